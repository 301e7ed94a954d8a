"""Functions that take axes away, or count what is in them."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axes_of, axis_of, operand
from shapewright.knowledge.arrays.dtypes import averaged, is_float, is_int, real_part, summed
from shapewright.knowledge.arrays.shapes import reduced
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, method, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape


def _reduced(a: Any, axis: Any, keepdims: Any, dtype: str | None) -> Result:
    shape = operand(a).shape
    if not shape.rank and axis in (0, -1):
        raise NotKnown("whether this function takes a number for an array of one")
    return Result(reduced(shape, axis, keepdims), dtype)


@function("numpy.mean", "numpy.nanmean")
def mean(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, *, where: Any = None
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "int8"))
    >>> {name}(np.ones((2, 3, 4)), axis=(0, 2), keepdims=True)
    """
    return _reduced(a, axis, keepdims, averaged(operand(a).dtype) if dtype is None else dtype_name(dtype))


@function(*spelled("numpy.", "std var nanstd nanvar"))
def std(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, **_: Any
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "int64"), keepdims=True)
    """
    found = real_part(averaged(operand(a).dtype))
    return _reduced(a, axis, keepdims, found if dtype is None else dtype_name(dtype))


@function(*spelled("numpy.", "sum prod nansum nanprod"))
def sum_(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    keepdims: Any = False,
    initial: Any = 0,
    where: Any = True,
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "uint8"), 1)
    >>> {name}(np.ones((2, 3, 4)), axis=(0, 2), keepdims=True)
    """
    return _reduced(a, axis, keepdims, summed(operand(a).dtype) if dtype is None else dtype_name(dtype))


@function(*spelled("numpy.", "max min amax amin nanmax nanmin"))
def maximum(
    a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, initial: Any = None, where: Any = True
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3)), axis=-1, keepdims=True)
    """
    _check_not_empty(a, axis)
    return _reduced(a, axis, keepdims, operand(a).dtype)


def _check_not_empty(a: Any, axis: Any) -> None:
    """Of nothing there is no largest."""
    shape = operand(a).shape
    if any(shape[n].size == 0 for n in axes_of(axis, shape.rank)):
        raise NotKnown("some elements")


@function("numpy.ptp")
def ptp(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    """
    dtype = operand(a).dtype
    if dtype == "bool":
        raise NotKnown("numbers")
    _check_not_empty(a, axis)
    return _reduced(a, axis, keepdims, dtype)


@function(*spelled("numpy.", "argmax argmin nanargmax nanargmin"))
def argmax(a: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Result:
    """Without one axis, or one number.

    >>> {name}(np.ones((2, 3)), axis=-1)
    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3)), axis=0, keepdims=True)
    """
    if axis is not None and not isinstance(axis, int):
        raise NotKnown("one axis")
    _check_not_empty(a, axis)
    return _reduced(a, axis, keepdims, "int64")


@function("numpy.any", "numpy.all")
def any_(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, *, where: Any = True) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "bool"), axis=0)
    """
    return _reduced(a, axis, keepdims, "bool")


@function("numpy.count_nonzero")
def count_nonzero(a: Any, axis: Any = None, *, keepdims: Any = False) -> Any:
    """Without the reduced axes. Without any it is a number.

    >>> {name}(np.ones((2, 3)), axis=0)
    """
    if axis is None and not keepdims:
        raise NotKnown("the number")
    return _reduced(a, axis, keepdims, "int64")


@function("numpy.average")
def average(a: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False) -> Any:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3)), axis=0, weights=[1, 2])
    """
    if returned is not False:
        raise NotKnown("a second result")
    dtype = averaged(operand(a).dtype)
    return _reduced(a, axis, keepdims, dtype if weights is None else None)


@function("numpy.median", "numpy.nanmedian")
def median(a: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "int64"))
    """
    return _reduced(a, axis, keepdims, averaged(operand(a).dtype))


@function(*spelled("numpy.", "percentile quantile nanpercentile nanquantile"))
def quantile(
    a: Any,
    q: Any,
    axis: Any = None,
    out: Any = None,
    overwrite_input: Any = False,
    method: Any = "linear",
    keepdims: Any = False,
    **_: Any,
) -> Result:
    """Without the reduced axes, and in front those of `q`.

    >>> {name}(np.ones((2, 3)), 0.5)
    >>> {name}(np.ones((2, 3)), [0.1, 0.5, 0.9], axis=0)
    """
    _check_not_empty(a, axis)
    rest = reduced(operand(a).shape, axis, keepdims)
    dtype = operand(a).dtype
    if dtype == "bool" or (dtype or "").startswith("complex"):
        raise NotKnown("real numbers")
    return Result(Shape((*operand(q).shape, *rest)), "float64" if dtype == "float64" or is_int(dtype) else None)


@function("numpy.bincount")
def bincount(x: Any, /, weights: Any = None, minlength: Any = 0) -> Result:
    """How often each number occurs, up to the largest there is.

    >>> {name}(np.ones((3,), "int64")).ndim
    """
    return Result(Shape((UNNAMED,)), "int64" if weights is None else "float64")


@function("numpy.histogram")
def histogram(
    a: Any, bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None
) -> tuple[Result, Result]:
    """The counts, and the edges, which are one more.

    >>> {name}(np.ones((20,)), bins=5)
    """
    dtype = operand(a).dtype
    if isinstance(bins, int):
        if bins < 1:
            raise NotKnown("bins")
        counts = bins
    elif isinstance(bins, (list, tuple, Given)):
        size = operand(bins).shape[0].size
        if not isinstance(size, int):
            raise NotKnown("bins")
        counts = size - 1
    else:
        raise NotKnown("bins")
    plain = density is None and weights is None
    edges = "float64" if isinstance(bins, int) and (dtype == "float64" or is_int(dtype)) else None
    return Result(Shape((counts,)), "int64" if plain else None), Result(Shape((counts + 1,)), edges)


@function("numpy.histogram2d")
def histogram2d(
    x: Any, y: Any, bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None
) -> tuple[Result, Result, Result]:
    """The counts, and the edges along both axes.

    >>> {name}(np.ones((20,)), np.ones((20,)), bins=(5, 4))
    """
    rows, columns = bins if isinstance(bins, (list, tuple)) and len(bins) == 2 else (bins, bins)
    if not isinstance(rows, int) or not isinstance(columns, int):
        raise NotKnown("bins")
    return Result(Shape((rows, columns)), "float64"), Result(Shape((rows + 1,))), Result(Shape((columns + 1,)))


# -- methods


@method("ndarray.mean")
def mean_method(
    self: Given, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, **_: Any
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    """
    return mean(self, axis, dtype, keepdims=keepdims)


@method("ndarray.std", "ndarray.var")
def std_method(
    self: Given, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, **_: Any
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    """
    return std(self, axis, dtype, keepdims=keepdims)


@method("ndarray.sum", "ndarray.prod")
def sum_method(
    self: Given, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, **_: Any
) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0, keepdims=True)
    """
    return sum_(self, axis, dtype, keepdims=keepdims)


@method("ndarray.max", "ndarray.min")
def max_method(self: Given, axis: Any = None, out: Any = None, keepdims: Any = False, **_: Any) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    >>> np.ones((2, 3)).{name}()
    """
    return maximum(self, axis, keepdims=keepdims)


@method("ndarray.any", "ndarray.all")
def any_method(self: Given, axis: Any = None, out: Any = None, keepdims: Any = False, **_: Any) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    """
    return any_(self, axis, keepdims=keepdims)


@method("ndarray.argmax", "ndarray.argmin")
def argmax_method(self: Given, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Result:
    """Without one axis, or one number.

    >>> np.ones((2, 3)).{name}(axis=1)
    """
    return argmax(self, axis, keepdims=keepdims)


@function("numpy.linalg.norm")
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the axes that it is taken over: all of them unless told.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3), "float32"), axis=1)
    >>> {name}(np.ones((2, 3)), 2, -1, True)
    """
    dtype = real_part(averaged(operand(x).dtype))
    if ord is not None and dtype is not None and not (ord in (1, 2) and axis is not None):
        dtype = None
    return _reduced(x, axis, keepdims, dtype)


@function("numpy.trapezoid")
def trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: Any = -1) -> Result:
    """Without one axis.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(y)
    if x is not None and operand(x).shape.rank != 1:
        raise NotKnown("x")
    return Result(
        found.shape.without(axis_of(axis, found.shape.rank)),
        found.dtype if is_float(found.dtype) and x is None else None,
    )
