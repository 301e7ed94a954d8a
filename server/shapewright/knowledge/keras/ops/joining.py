"""Functions that stack, cut, mirror and turn arrays, or build them from vectors. Source: keras/src/ops/numpy.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import (
    Operand,
    axes_of,
    axis_of,
    narrowed,
    operand,
    operands,
    promoted,
    size_of,
    sizes_of,
)
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library


def at_least(shape: Shape, rank: int) -> Shape:
    """Axes of size 1 where NumPy's atleast_1d, atleast_2d and atleast_3d put them."""
    if shape.rank == 0:
        return Shape((1,) * rank)
    if shape.rank == 1 and rank > 1:
        shape = shape.insert(0, 1)
    return shape.insert(2, 1) if shape.rank == 2 and rank == 3 else shape


def _stacked(xs: Any, rank: int, axis: int) -> Result:
    found = operands(xs)
    grown = [at_least(x.shape, rank) for x in found]
    at = 0 if rank == 1 and grown[0].rank == 1 else axis
    if at != axis and any(x.library is Library.KERAS for x in found):
        raise NotKnown("rows")
    return Result(joined(shapes.concatenated(grown, at), found, grown, at), promoted("keras", *found))


def joined(made: Shape, found: Sequence[Operand], given: Sequence[Shape], axis: Any) -> Shape:
    """Among Keras tensors the sizes are those of the first; in reality they are those that are known."""
    if all(x.library is not Library.KERAS for x in found) or not isinstance(axis, int):
        return made
    return Shape(dim if n == axis % made.rank else given[0][n] for n, dim in enumerate(made))


@function("keras.ops.vstack")
def vstack(xs: Any) -> Result:
    """One below the other; vectors one behind the other.

    >>> {name}([Input((4, 3)), Input((4, 3))])
    >>> {name}([np.ones((3,), "float32"), np.ones((3,), "float32")])
    """
    return _stacked(xs, 1, 0)


@function("keras.ops.hstack")
def hstack(xs: Any) -> Result:
    """One beside the other.

    >>> {name}([np.ones((2, 3), "float32"), np.ones((2, 1), "float32")])
    >>> {name}([np.ones((3,), "float32"), np.ones((3,), "float32")])
    """
    return _stacked(xs, 1, 1)


@function("keras.ops.dstack")
def dstack(xs: Any) -> Result:
    """One behind the other.

    >>> {name}([np.ones((2, 3), "float32"), np.ones((2, 3), "float32")])
    >>> {name}([np.ones((3,), "float32"), np.ones((3,), "float32")])
    """
    return _stacked(xs, 3, 2)


@function("keras.ops.append")
def append(x1: Any, x2: Any, axis: Any = None) -> Result:
    """The second behind the first, flattened unless an axis is given.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    >>> {name}(np.ones((2, 3), "float32"), np.ones((1, 3), "float32"), axis=0)
    """
    if not isinstance(x1, Given) or not isinstance(x2, Given):
        raise NotKnown("tensors")
    a, b = operand(x1), operand(x2)
    if axis is None:
        return Result(Shape((number_of_elements(a.shape) + number_of_elements(b.shape),)), promoted("keras", a, b))
    made = shapes.concatenated([a.shape, b.shape], axis)
    open_sizes = any(dim.is_dynamic for dim in (*a.shape, *b.shape))
    if open_sizes and axis % a.shape.rank == 0:
        raise NotKnown("sizes that add up")
    if Library.KERAS in (a.library, b.library) and a.shape.replace(axis, 0).sizes != b.shape.replace(axis, 0).sizes:
        raise NotKnown("which of the sizes Keras takes")
    return Result(made, promoted("keras", a, b))


def _cut(x: Any, parts: Any, axis: int, uneven: bool = False) -> Sequence[Result]:
    found = operand(x)
    return [Result(part, narrowed(found)) for part in shapes.divided(found.shape, parts, axis, uneven)]


@function("keras.ops.array_split")
def array_split(x: Any, indices_or_sections: Any, axis: Any = 0) -> Sequence[Result]:
    """An axis cut into nearly equal parts.

    >>> {name}(np.ones((7, 2), "float32"), 3)
    """
    return _cut(x, indices_or_sections, axis, uneven=True)


@function("keras.ops.vsplit")
def vsplit(x: Any, indices_or_sections: Any) -> Sequence[Result]:
    """The first axis cut.

    >>> {name}(np.ones((4, 2), "float32"), 2)
    """
    return _cut(x, indices_or_sections, 0)


@function("keras.ops.hsplit")
def hsplit(x: Any, indices_or_sections: Any) -> Sequence[Result]:
    """The second axis cut, or the only one.

    >>> {name}(np.ones((4, 2), "float32"), 2)
    >>> {name}(np.ones((4,), "float32"), 2)
    """
    return _cut(x, indices_or_sections, 0 if operand(x).shape.rank == 1 else 1)


@function("keras.ops.dsplit")
def dsplit(x: Any, indices_or_sections: Any) -> Sequence[Result]:
    """The third axis cut.

    >>> {name}(np.ones((4, 2, 6), "float32"), 3)
    """
    return _cut(x, indices_or_sections, 2)


@function(*spelled("keras.ops.", "fliplr flipud"))
def mirrored(x: Any) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    if found.shape.rank < 2:
        raise NotKnown("two axes")
    return Result(found.shape, narrowed(found))


@function("keras.ops.rot90")
def rot90(array: Any, k: Any = 1, axes: Any = (0, 1)) -> Result:
    """Two axes exchanged for each quarter turn.

    >>> {name}(np.ones((2, 3, 4), "float32"))
    >>> {name}(np.ones((2, 3, 4), "float32"), k=2, axes=(1, 2))
    """
    found = operand(array)
    turned = axes_of(axes, found.shape.rank)
    if not isinstance(k, int) or len(turned) != 2:
        raise NotKnown("how often, and two axes")
    a, b = turned
    turns = k % 2 or found.library is Library.KERAS  # for Keras tensors Keras does not look how often
    return Result(shapes.swapped(found.shape, a, b) if turns else found.shape, narrowed(found))


@function("keras.ops.diff")
def diff(a: Any, n: Any = 1, axis: Any = -1) -> Result:
    """An axis that gets one shorter each time.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(Input((4, 3)), axis=1)
    """
    found = operand(a)
    at = axis_of(axis, found.shape.rank)
    if not isinstance(n, int) or n < 0:
        raise NotKnown("how often")
    size = found.shape[at].size
    made = Dim(max(0, size - n)) if isinstance(size, int) else found.shape[at] - n
    return Result(found.shape.replace(at, made), narrowed(found) if is_float(found.dtype) else None)


@function("keras.ops.diag")
def diag(x: Any, k: Any = 0) -> Result:
    """A matrix with a vector on its diagonal, or the diagonal of a matrix.

    >>> {name}(np.ones((3,), "float32"), 1)
    >>> {name}(np.ones((3, 4), "float32"))
    """
    found = operand(x)
    if found.shape.rank == 2:
        made = shapes.diagonal(found.shape, k)
        if made[0].size == 0:
            raise NotKnown("a diagonal of the matrix")
        return Result(made, narrowed(found))
    return _on_diagonal(found.shape, k, narrowed(found))


def _on_diagonal(shape: Shape, k: Any, dtype: str | None) -> Result:
    if shape.rank != 1 or not isinstance(k, int) or not shape[0].is_known:
        raise NotKnown("a vector")
    return Result(Shape((shape[0] + abs(k), shape[0] + abs(k))), dtype)


@function("keras.ops.diagflat")
def diagflat(x: Any, k: Any = 0) -> Result:
    """A matrix with all elements on its diagonal.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return _on_diagonal(Shape((number_of_elements(found.shape),)), k, narrowed(found))


@function("keras.ops.vander")
def vander(x: Any, N: Any = None, increasing: Any = False) -> Result:
    """The powers of a vector's elements.

    >>> {name}(np.ones((3,), "float32"), 4)
    >>> {name}(np.ones((3,), "float32"))
    """
    found = operand(x)
    if found.shape.rank != 1:
        raise NotKnown("a vector")
    return Result(Shape((found.shape[0], found.shape[0] if N is None else size_of(N))))


@function(*spelled("keras.ops.", "bartlett blackman hamming hanning"))
def window(x: int) -> Result:
    """A window of so many numbers.

    >>> {name}(5)
    """
    return Result(Shape((x,)), "float32")


@function("keras.ops.kaiser")
def kaiser(x: int, beta: Any) -> Result:
    """A window of so many numbers.

    >>> {name}(5, 14.0)
    """
    if operand(beta).shape.rank:
        raise NotKnown("one number")
    return Result(Shape((x,)), "float32")


@function("keras.ops.identity")
def identity(n: Any, dtype: Any = None) -> Result:
    """(n, n).

    >>> {name}(3)
    """
    return tri(n, None, 0, dtype)


@function("keras.ops.tri")
def tri(N: Any, M: Any = None, k: Any = 0, dtype: Any = None) -> Result:
    """(N, M), and M is N unless told.

    >>> {name}(3)
    >>> {name}(3, 4)
    """
    rows, columns = size_of(N), size_of(N if M is None else M)
    if any(isinstance(dim.size, int) and dim.size < 1 for dim in (rows, columns)):
        raise NotKnown("sizes")
    return Result(Shape((rows, columns)), "float32" if dtype is None else None)


def _spaced(start: Any, stop: Any, num: int, dtype: Any, axis: Any) -> Result:
    if axis not in (0, -1) or (dtype is not None and not is_float(dtype_name(dtype))):
        raise NotKnown("an axis, and floats")
    if operand(start).shape.rank or operand(stop).shape.rank:
        raise NotKnown("two scalars")
    return Result(Shape((num,)), "float32" if dtype is None else None)


@function("keras.ops.logspace")
def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: Any = True, base: Any = 10, dtype: Any = None, axis: Any = 0
) -> Result:
    """`num` powers of a base.

    >>> {name}(0.0, 1.0, 5)
    """
    return _spaced(start, stop, num, dtype, axis)


@function("keras.ops.geomspace")
def geomspace(start: Any, stop: Any, num: int = 50, endpoint: Any = True, dtype: Any = None, axis: Any = 0) -> Result:
    """`num` numbers of equal ratio.

    >>> {name}(1.0, 8.0, 4)
    """
    return _spaced(start, stop, num, dtype, axis)


@function("keras.ops.empty_like")
def empty_like(x: Any, dtype: Any = None) -> Result:
    """The shape of another tensor.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, narrowed(found) if dtype is None else None)


@function("keras.ops.full_like")
def full_like(x: Any, fill_value: Any, dtype: Any = None) -> Result:
    """The shape of another tensor.

    >>> {name}(Input((4, 3)), 2.0)
    """
    found = operand(x)
    if operand(fill_value).shape.rank:
        raise NotKnown("one value")
    return Result(found.shape, narrowed(found) if dtype is None else None)


@function("keras.ops.select")
def select(condlist: Any, choicelist: Any, default: Any = 0) -> Result:
    """Arrays of one shape, one of them chosen for each element.

    >>> {name}([np.ones((2, 3), "bool")], [np.ones((2, 3), "float32")])
    """
    found = [*operands(condlist), *operands(choicelist)]
    if len({x.shape.sizes for x in found}) > 1 or operand(default).shape.rank:
        raise NotKnown("arrays of one shape")
    return Result(found[0].shape)


@function("keras.ops.nonzero")
def nonzero(x: Any) -> Sequence[Result]:
    """For each axis the places of what is not zero.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    if any(dim.is_dynamic for dim in found.shape):
        raise NotKnown("an array with values")
    return [Result(Shape((UNNAMED,)), "int32")] * found.shape.rank


@function("keras.ops.unravel_index")
def unravel_index(indices: Any, shape: Any) -> Sequence[Result]:
    """For each axis of a shape the places.

    >>> {name}(np.ones((4,), "int32"), (2, 3))
    """
    found = operand(indices)
    if not isinstance(shape, (tuple, list)):
        raise NotKnown("shape")
    return [Result(found.shape)] * len(shape)


# -- scattering


@function("keras.ops.scatter")
def scatter(indices: Any, values: Any, shape: Any) -> Result:
    """Zeros of a shape with values in some places.

    >>> {name}(np.array([[0, 1], [1, 2]]), np.array([1.0, 2.0], "float32"), (3, 4))
    """
    sizes, places, given = sizes_of(shape), operand(indices).shape, operand(values)
    if (
        not sizes.is_known
        or places.rank != 2
        or places[-1].size != sizes.rank
        or given.shape.sizes != places.sizes[:-1]
    ):
        raise NotKnown("a place for each value")
    return Result(sizes, narrowed(given))


@function("keras.ops.scatter_update")
def scatter_update(inputs: Any, indices: Any, updates: Any, reduction: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((3, 4), "float32"), np.array([[0, 1], [1, 2]]), np.array([1.0, 2.0], "float32"))
    """
    found, places, given = operand(inputs), operand(indices).shape, operand(updates)
    depth = places[-1].size if places.rank == 2 else None
    if not isinstance(depth, int) or not 0 < depth <= found.shape.rank or given.dtype != found.dtype:
        raise NotKnown("a place for each update")
    if given.shape.sizes != (*places.sizes[:-1], *found.shape.sizes[depth:]):
        raise NotKnown("a place for each update")
    return Result(found.shape, narrowed(found))


@function("keras.ops.slice_update")
def slice_update(inputs: Any, start_indices: Any, updates: Any) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((3, 4), "float32"), [1, 1], np.ones((1, 2), "float32"))
    """
    found, given = operand(inputs), operand(updates)
    starts = operand(start_indices).shape
    if starts.sizes != (found.shape.rank,) or given.shape.rank != found.shape.rank or given.dtype != found.dtype:
        raise NotKnown("an update that fits")
    pairs = zip(given.shape.sizes, found.shape.sizes, strict=True)
    if any(not isinstance(a, int) or not isinstance(b, int) or a > b for a, b in pairs):
        raise NotKnown("an update that fits")
    return Result(found.shape, narrowed(found))


@function("keras.ops.get_item")
def get_item(x: Any, key: Any) -> Result:
    """Basic indexing with whole numbers.

    >>> {name}(ops.ones((3, 4)), 1)
    >>> {name}(Input((3, 4)), (0, 1))
    """
    found = operand(x)
    keys = key if isinstance(key, tuple) else (key,)
    if not all(isinstance(k, int) and not isinstance(k, bool) for k in keys) or len(keys) > found.shape.rank:
        raise NotKnown("whole numbers")
    if any(isinstance(d.size, int) and not -d.size <= k < d.size for k, d in zip(keys, found.shape, strict=False)):
        raise NotKnown("a place of the array")
    return Result(Shape(found.shape.dims[len(keys) :]), narrowed(found), found.library)


@function("keras.ops.view")
def view(x: Any, dtype: Any = None) -> Result:
    """The bits read as another dtype of the same width.

    >>> {name}(np.ones((3, 4), "float32"), "int32")
    """
    found = operand(x)
    if (narrowed(found), dtype) not in (("float32", "int32"), ("int32", "float32")):
        raise NotKnown("dtypes of one width")
    return Result(found.shape, dtype)
