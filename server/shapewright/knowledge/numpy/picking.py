"""Functions that pick, sort and search elements."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axis_of, elements, operand
from shapewright.knowledge.arrays.dtypes import is_complex
from shapewright.knowledge.arrays.shapes import broadcasted, diagonal, taken
from shapewright.knowledge.numpy.arguments import as_shape, leaves
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements


@function("numpy.take")
def take(a: Any, indices: Any, axis: Any = None, out: Any = None, mode: Any = "raise") -> Result:
    """The axes of the indices in place of one axis.

    >>> {name}(np.ones((5, 3)), [0, 2], axis=0)
    >>> {name}(np.ones((5, 3)), [[0, 2]])
    """
    found = operand(a)
    if mode == "raise":
        _check_positions(
            indices, number_of_elements(found.shape) if axis is None else found.shape[axis_of(axis, found.shape.rank)]
        )
    return Result(taken(found.shape, operand(indices).shape, axis), found.dtype)


def _check_positions(indices: Any, size: Dim) -> None:
    """Positions that are known lie within the axis."""
    held = elements(indices)
    numbers = [n.size if isinstance(n, Dim) else n for n in leaves(held)]
    if isinstance(size.size, int) and any(isinstance(n, int) and not -size.size <= n < size.size for n in numbers):
        raise NotKnown("positions within the axis")


@method("ndarray.take")
def take_method(self: Given, indices: Any, axis: Any = None, out: Any = None, mode: Any = "raise") -> Result:
    """The axes of the indices in place of one axis.

    >>> np.ones((5, 3)).{name}([0, 2], axis=0)
    """
    return take(self, indices, axis)


@function("numpy.take_along_axis")
def take_along_axis(arr: Any, indices: Any, axis: Any = -1) -> Result:
    """The shape of the indices, broadcast with the array but for one axis.

    >>> {name}(np.ones((5, 3)), np.zeros((5, 1), "int64"), axis=1)
    """
    found, where = operand(arr), operand(indices).shape
    if axis is None:
        return Result(where, found.dtype)
    at = axis_of(axis, found.shape.rank)
    if where.rank != found.shape.rank:
        raise NotKnown("as many axes")
    try:
        shape = broadcast(found.shape.replace(at, where[at]), where)
    except BroadcastError:
        raise NotKnown("axes that broadcast") from None
    return Result(shape, found.dtype)


@function("numpy.extract")
def extract(condition: Any, arr: Any) -> Result:
    """Those for which a condition holds; how many is not known.

    >>> {name}([True, False], np.ones((2,))).ndim
    """
    return compress(condition, arr)


@function("numpy.compress")
def compress(condition: Any, a: Any, axis: Any = None, out: Any = None) -> Result:
    """Those for which a condition holds; how many is not known.

    >>> {name}([True, False], np.ones((2,))).ndim
    """
    found = operand(a)
    if axis is None:
        return Result(Shape((UNNAMED,)), found.dtype)
    return Result(found.shape.replace(axis_of(axis, found.shape.rank), UNNAMED), found.dtype)


@function("numpy.diagonal")
def diagonal_(a: Any, offset: Any = 0, axis1: Any = 0, axis2: Any = 1) -> Result:
    """Without two axes, and their diagonal last.

    >>> {name}(np.ones((3, 4, 5)), 1)
    """
    found = operand(a)
    return Result(diagonal(found.shape, offset, axis1, axis2), found.dtype)


@method("ndarray.diagonal")
def diagonal_method(self: Given, offset: Any = 0, axis1: Any = 0, axis2: Any = 1) -> Result:
    """Without two axes, and their diagonal last.

    >>> np.ones((3, 4)).{name}()
    """
    return diagonal_(self, offset, axis1, axis2)


@function("numpy.trace")
def trace(a: Any, offset: Any = 0, axis1: Any = 0, axis2: Any = 1, dtype: Any = None, out: Any = None) -> Result:
    """Without two axes.

    >>> {name}(np.ones((3, 4, 5)))
    """
    found = operand(a)
    shape = diagonal(found.shape, offset, axis1, axis2)
    return Result(
        Shape(shape.dims[:-1]),
        found.dtype if found.dtype in ("float32", "float64", "int64") and dtype is None else None,
    )


@method("ndarray.trace")
def trace_method(
    self: Given, offset: Any = 0, axis1: Any = 0, axis2: Any = 1, dtype: Any = None, out: Any = None
) -> Result:
    """Without two axes.

    >>> np.ones((3, 4)).{name}()
    """
    return trace(self, offset, axis1, axis2, dtype)


# -- sorting


@function("numpy.sort")
def sort(a: Any, axis: Any = -1, kind: Any = None, order: Any = None, **_: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3)), axis=None)
    """
    found = operand(a)
    if axis is None:
        return Result(Shape((number_of_elements(found.shape),)), found.dtype)
    axis_of(axis, found.shape.rank)
    return Result(found.shape, found.dtype)


@function("numpy.argsort")
def argsort(a: Any, axis: Any = -1, kind: Any = None, order: Any = None, **_: Any) -> Result:
    """The same shape of positions.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3)), axis=None)
    """
    return Result(sort(a, axis).shape, "int64")


@method("ndarray.argsort")
def argsort_method(self: Given, axis: Any = -1, kind: Any = None, order: Any = None, **_: Any) -> Result:
    """The same shape of positions.

    >>> np.ones((2, 3)).{name}()
    """
    return argsort(self, axis)


@function("numpy.partition")
def partition(a: Any, kth: Any, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)), 1)
    """
    return sort(a, axis)


@function("numpy.argpartition")
def argpartition(a: Any, kth: Any, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Result:
    """The same shape of positions.

    >>> {name}(np.ones((2, 3)), 1)
    """
    return argsort(a, axis)


@method("ndarray.argpartition")
def argpartition_method(self: Given, kth: Any, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Result:
    """The same shape of positions.

    >>> np.ones((2, 3)).{name}(1)
    """
    return argsort(self, axis)


@function("numpy.lexsort")
def lexsort(keys: Any, axis: Any = -1) -> Result:
    """The shape of one key.

    >>> {name}((np.ones((5,)), np.ones((5,))))
    """
    found = operand(keys).shape
    if found.rank < 2:
        raise NotKnown("keys")
    return Result(found.without(0), "int64")


# -- searching


@function("numpy.searchsorted")
def searchsorted(a: Any, v: Any, side: Any = "left", sorter: Any = None) -> Result:
    """A position for each of `v`.

    >>> {name}(np.ones((5,)), np.ones((2, 3)))
    >>> {name}(np.ones((5,)), 1.0)
    """
    operand(a)
    return Result(operand(v).shape, "int64")


@method("ndarray.searchsorted")
def searchsorted_method(self: Given, v: Any, side: Any = "left", sorter: Any = None) -> Result:
    """A position for each of `v`.

    >>> np.ones((5,)).{name}(np.ones((2, 3)))
    """
    return searchsorted(self, v)


@function("numpy.digitize")
def digitize(x: Any, bins: Any, right: Any = False) -> Result:
    """A position for each of `x`.

    >>> {name}(np.ones((2, 3)), [0, 1, 2])
    """
    if is_complex(operand(x).dtype):
        raise NotKnown("numbers that have an order")
    return Result(operand(x).shape, "int64")


@function("numpy.isin")
def isin(element: Any, test_elements: Any, assume_unique: Any = False, invert: Any = False, **_: Any) -> Result:
    """A bool for each element.

    >>> {name}(np.ones((2, 3)), [1, 2])
    """
    return Result(operand(element).shape, "bool")


@function("numpy.unique")
def unique(
    ar: Any,
    return_index: Any = False,
    return_inverse: Any = False,
    return_counts: Any = False,
    axis: Any = None,
    **_: Any,
) -> Any:
    """The different elements; how many is not known.

    >>> {name}(np.ones((2, 3))).ndim
    >>> len({name}(np.ones((2, 3)), return_counts=True))
    """
    found = operand(ar)
    asked = [return_index, return_inverse, return_counts]
    if any(flag not in (True, False) for flag in asked):
        raise NotKnown("what is returned")
    if axis is None:
        shape = Shape((UNNAMED,))
    else:
        shape = found.shape.replace(axis_of(axis, found.shape.rank), UNNAMED)
    first = Result(shape, found.dtype)
    if not any(asked):
        return first
    # the shape of the inverse has changed with NumPy's versions, but not that of a row
    inverse = found.shape if found.shape.rank == 1 and axis is None else None
    rest = [Result(Shape((UNNAMED,)), "int64"), Result(inverse, "int64"), Result(Shape((UNNAMED,)), "int64")]
    return (first, *(part for part, wanted in zip(rest, asked, strict=True) if wanted))


def _set(*arrays: Any) -> Result:
    dtypes = {operand(a).dtype for a in arrays}
    return Result(Shape((UNNAMED,)), dtypes.pop() if len(dtypes) == 1 else None)


@function("numpy.intersect1d")
def intersect1d(ar1: Any, ar2: Any, assume_unique: Any = False, return_indices: Any = False) -> Result:
    """The elements of both; how many is not known.

    >>> {name}([1, 2], [2, 3]).ndim
    """
    if return_indices is not False:
        raise NotKnown("one result")
    return _set(ar1, ar2)


@function("numpy.union1d")
def union1d(ar1: Any, ar2: Any) -> Result:
    """The elements of either; how many is not known.

    >>> {name}([1, 2], [2, 3]).ndim
    """
    return _set(ar1, ar2)


@function("numpy.setdiff1d", "numpy.setxor1d")
def setdiff1d(ar1: Any, ar2: Any, assume_unique: Any = False) -> Result:
    """Those of one and not of the other; how many is not known.

    >>> {name}([1, 2], [2, 3]).ndim
    """
    return _set(ar1, ar2)


@function("numpy.flatnonzero")
def flatnonzero(a: Any) -> Result:
    """The positions of the elements that are not zero; how many is not known.

    >>> {name}(np.ones((2, 3))).ndim
    """
    operand(a)
    return Result(Shape((UNNAMED,)), "int64")


@function("numpy.argwhere")
def argwhere(a: Any) -> Result:
    """The positions of the elements that are not zero, a row each; how many is not known.

    >>> {name}(np.ones((2, 3))).shape[1]
    """
    return Result(Shape((UNNAMED, operand(a).shape.rank)), "int64")


@function("numpy.ix_")
def ix_(*args: Any) -> Any:
    """Rows of positions, each along an axis of its own.

    >>> {name}([0, 1], [1, 2, 3])
    """
    found = [operand(value) for value in args]
    if any(x.shape.rank != 1 or x.dtype == "bool" for x in found):
        raise NotKnown("rows of positions")
    return tuple(
        Result(Shape(x.shape[0] if n == place else 1 for n in range(len(found))), x.dtype)
        for place, x in enumerate(found)
    )


@function("numpy.unravel_index")
def unravel_index(indices: Any, shape: Any, order: Any = "C") -> Any:
    """A position along each axis of a shape.

    >>> {name}([1, 5], (2, 3))
    """
    found = operand(indices).shape
    return tuple([Result(found, "int64")] * as_shape(shape).rank)


@function("numpy.ravel_multi_index")
def ravel_multi_index(multi_index: Any, dims: Any, mode: Any = "raise", order: Any = "C") -> Result:
    """One position for each.

    >>> {name}((np.zeros((4,), "int64"), np.zeros((4,), "int64")), (2, 3))
    """
    return Result(operand(multi_index).shape.without(0), "int64")


def _triangle(lower: bool) -> Any:
    def tril_indices(n: Any, k: Any = 0, m: Any = None) -> Any:
        columns = n if m is None else m
        if not all(isinstance(x, int) and not isinstance(x, bool) for x in (n, k, columns)) or n * columns > 10**6:
            raise NotKnown("sizes")
        below = sum(min(max(row + k + 1, 0), columns) for row in range(n))
        above = sum(columns - min(max(row + k, 0), columns) for row in range(n))
        part = Result(Shape((below if lower else above,)), "int64")
        return part, part

    tril_indices.__doc__ = """The positions of a triangle.

    >>> {name}(4)
    >>> {name}(4, 1, 6)
    >>> {name}(4, -2)
    """
    return tril_indices


for _name in ("tril_indices", "triu_indices"):
    function(f"numpy.{_name}")(_triangle(_name == "tril_indices"))


@function("numpy.choose")
def choose(a: Any, choices: Any, out: Any = None, mode: Any = "raise") -> Result:
    """The positions and all choices broadcast to one shape.

    >>> {name}([0, 1], [[1, 2], [3, 4]])
    """
    if not isinstance(choices, (list, tuple)):
        raise NotKnown("a list of arrays")
    found = [operand(value) for value in choices]
    return Result(broadcasted("arrays", operand(a).shape, *(x.shape for x in found)))
