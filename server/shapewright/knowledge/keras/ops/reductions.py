"""Functions that reduce axes. Source: keras/src/ops/numpy.py, keras/src/ops/math.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.arrays.arguments import Operand, axes_of, axis_of, narrowed, operand, size_of
from shapewright.knowledge.arrays.shapes import diagonal, reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library


def _float(x: Any, axis: Any, keepdims: Any) -> Result:
    found = operand(x)
    dtype = narrowed(found)
    return Result(reduced(found.shape, axis, keepdims), dtype if dtypes.is_float(dtype) else None)


@function(
    *spelled("keras.ops.", "mean std var sum logsumexp median amax amin ptp"),
    *spelled("keras.ops.", "nanmax nanmean nanmin nanprod nanstd nansum nanvar"),
)
def reduction(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(Input((4, 3)), axis=(1, 2), keepdims=True)
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _float(x, axis, keepdims)


@function("keras.ops.nanmedian")
def nanmedian(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=1)
    """
    if operand(x).library is not Library.KERAS and not dtypes.is_float(narrowed(operand(x))):
        raise NotKnown("fractions")
    return _float(x, axis, keepdims)


@function("keras.ops.prod")
def prod(x: Any, axis: Any = None, keepdims: Any = False, dtype: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    made = _float(x, axis, keepdims)
    if operand(x).dtype == "bool":
        raise NotKnown("numbers")
    return made if dtype is None else Result(made.shape)


@function(*spelled("keras.ops.", "max min"))
def extreme(x: Any, axis: Any = None, keepdims: Any = False, initial: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(np.ones((2, 3), "float32"), axis=0, keepdims=True)
    """
    found = operand(x)
    return Result(reduced(found.shape, axis, keepdims), narrowed(found))


@function(*spelled("keras.ops.", "any all"))
def truth(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes; the dtype is bool.

    >>> {name}(Input((4, 3), dtype="bool"), axis=-1)
    """
    return Result(reduced(operand(x).shape, axis, keepdims), "bool")


@function(*spelled("keras.ops.", "argmax argmin nanargmax nanargmin"))
def place(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the axis; the dtype is int32.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    """
    if axis is not None and not isinstance(axis, int):
        raise NotKnown("one axis")
    return Result(reduced(operand(x).shape, axis, keepdims), "int32")


@function("keras.ops.count_nonzero")
def count_nonzero(x: Any, axis: Any = None) -> Result:
    """Without the axis; the dtype is int32.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    return Result(reduced(operand(x).shape, axis, False), "int32")


@function("keras.ops.norm", "keras.ops.linalg.norm")
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the axes of the vectors or matrices.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    count = len(axes_of(axis, operand(x).shape.rank))
    allowed = (None, "fro", "nuc", 1, -1, 2, -2, float("inf"), float("-inf")) if count == 2 else (None,)
    if not 0 < count <= 2 or not (ord in allowed or (count == 1 and isinstance(ord, (int, float)))):
        raise NotKnown("a norm of vectors or matrices")
    return _float(x, axis, keepdims)


@function("keras.ops.moments")
def moments(x: Any, axes: Any, keepdims: Any = False, synchronized: Any = False) -> tuple[Result, Result]:
    """Mean and variance over some axes.

    >>> {name}(Input((4, 3)), axes=[1])
    """
    made = _float(x, axes, keepdims)
    return made, made


@function("keras.ops.normalize")
def normalize(x: Any, axis: Any = -1, order: Any = 2, epsilon: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    axis_of(axis, operand(x).shape.rank)
    if not isinstance(order, int) or order < 1:
        raise NotKnown("order")
    return _float(x, [], False)


@function(*spelled("keras.ops.", "sort argsort"))
def sort(x: Any, axis: Any = -1) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    found = operand(x)
    axis_of(axis, found.shape.rank)
    return Result(found.shape)


@function("keras.ops.top_k")
def top_k(x: Any, k: int, sorted: Any = True) -> tuple[Result, Result]:
    """The k largest of the last axis, and where they are.

    >>> {name}(Input((4, 3)), 2)
    """
    found = operand(x)
    axis_of(-1, found.shape.rank)
    shape = found.shape.replace(-1, k)
    return Result(shape, narrowed(found)), Result(shape, "int32")


@function(*spelled("keras.ops.", "nanquantile nanpercentile"))
def nanquantile(x: Any, q: Any, axis: Any = None, method: Any = "linear", keepdims: Any = False) -> Result:
    """Without the reduced axes, behind those of `q`.

    >>> {name}(np.ones((2, 3), "float32"), 0.5, axis=1)
    """
    if operand(x).library is not Library.KERAS and not dtypes.is_float(narrowed(operand(x))):
        raise NotKnown("fractions")
    return quantile(x, q, axis, method, keepdims)


@function(*spelled("keras.ops.", "quantile percentile"))
def quantile(x: Any, q: Any, axis: Any = None, method: Any = "linear", keepdims: Any = False) -> Result:
    """Without the reduced axes, behind those of `q`.

    >>> {name}(np.ones((2, 3), "float32"), 0.5, axis=1)
    >>> {name}(np.ones((2, 3), "float32"), [0.25, 0.5, 0.75], axis=0, keepdims=True)
    """
    if method not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise NotKnown("method")
    made, asked = _float(x, axis, keepdims), operand(q)
    if asked.shape.rank > 1:
        raise NotKnown("a number, or a list of them")
    if isinstance(q, Given) and Library.KERAS in (operand(x).library, asked.library):
        raise NotKnown("numbers")
    assert made.shape is not None
    return Result(Shape((*asked.shape, *made.shape)), made.dtype)


@function("keras.ops.average")
def average(x: Any, axis: Any = None, weights: Any = None) -> Result:
    """Without the reduced axes.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(np.ones((2, 3), "float32"), axis=1, weights=[1.0, 2.0, 3.0])
    """
    if axis is not None and not isinstance(axis, int):
        raise NotKnown("one axis")
    if weights is not None:
        found, given = operand(x), operand(weights)
        along = found.shape if axis is None else Shape((found.shape[axis_of(axis, found.shape.rank)],))
        if given.shape.sizes not in (along.sizes, found.shape.sizes):
            raise NotKnown("weights that fit")
    return _float(x, axis, False)


@function("keras.ops.trace")
def trace(x: Any, offset: Any = 0, axis1: Any = 0, axis2: Any = 1) -> Result:
    """The sum along a diagonal.

    >>> {name}(np.ones((2, 3, 4), "float32"))
    """
    found = operand(x)
    return Result(diagonal(found.shape, offset, axis1, axis2).without(-1), narrowed(found) if _is_32(found) else None)


def _is_32(found: Operand) -> bool:
    return narrowed(found) in ("float32", "int32")


@function("keras.ops.trapezoid")
def trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: Any = -1) -> Result:
    """Without the axis.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    if x is not None and operand(x).shape.rank != 1:
        raise NotKnown("places that fit")
    found = operand(y)
    if axis_of(axis, found.shape.rank) != found.shape.rank - 1:
        raise NotKnown("the last axis")
    return _float(y, -1, False)


@function("keras.ops.bincount")
def bincount(x: Any, weights: Any = None, minlength: Any = 0, sparse: Any = False) -> Result:
    """As many numbers as the largest element asks for.

    >>> {name}(np.ones((4,), "int32"))
    """
    found = operand(x)
    if sparse is not False or found.shape.rank not in (1, 2):
        raise NotKnown("a dense result")
    if weights is not None and (found.library is Library.KERAS or operand(weights).shape.sizes != found.shape.sizes):
        raise NotKnown("a weight for each element")
    return Result(Shape((*found.shape.dims[:-1], UNNAMED)))


@function("keras.ops.histogram")
def histogram(x: Any, bins: Any = 10, range: Any = None) -> tuple[Result, Result]:
    """How many are in each bin, and the edges of the bins.

    >>> {name}(np.ones((4,), "float32"), bins=5)
    """
    count = size_of(bins)
    return Result(Shape((count,))), Result(Shape((count + 1,)))


@function("keras.ops.in_top_k")
def in_top_k(targets: Any, predictions: Any, k: Any) -> Result:
    """(batch,) and (batch, classes) -> (batch,); the dtype is bool.

    >>> {name}(np.ones((2,), "int32"), np.ones((2, 3), "float32"), 2)
    """
    if operand(targets).shape.rank != 1 or operand(predictions).shape.rank != 2:
        raise NotKnown("(batch,) and (batch, classes)")
    return Result(operand(targets).shape, "bool")


@function("keras.ops.argpartition")
def argpartition(x: Any, kth: Any, axis: Any = -1) -> Result:
    """Keeps the shape; the dtype is int32.

    >>> {name}(np.ones((2, 3), "float32"), 1)
    """
    found = operand(x)
    size = found.shape[axis_of(axis, found.shape.rank)].size
    if not isinstance(kth, int) or not isinstance(size, int) or not 0 <= kth < size:
        raise NotKnown("a place on the axis")
    if found.library is not Library.KERAS and any(not isinstance(n, int) or kth >= n for n in found.shape.sizes):
        raise NotKnown("a place on each axis")  # Keras looks for it on all of them
    return Result(found.shape, "int32")


@function(*spelled("keras.ops.", "nancumsum nancumprod"))
def cumulated(x: Any, axis: Any = None, dtype: Any = None) -> Result:
    """Along an axis; the shape stays.

    >>> {name}(np.ones((2, 3), "float32"), axis=1)
    """
    found = operand(x)
    axis_of(axis, found.shape.rank)
    return Result(found.shape, narrowed(found) if dtype is None and dtypes.is_float(found.dtype) else None)


@function("keras.ops.size")
def size(x: Any) -> Result:
    """How many elements there are.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    total = number_of_elements(operand(x).shape)
    return Result(Shape(()), "int32", content=total)


@function(*spelled("keras.ops.", "segment_sum segment_max segment_min segment_prod"))
def segments(data: Any, segment_ids: Any, num_segments: Any = None, sorted: Any = False) -> Result:
    """The first axis becomes the segments.

    >>> {name}(np.ones((4, 3), "float32"), np.array([0, 0, 1, 2]), num_segments=3)
    >>> {name}(np.ones((4, 3), "float32"), np.array([0, 0, 1, 2]))
    """
    found = operand(data)
    if found.library is not Library.KERAS and operand(segment_ids).library is Library.KERAS:
        raise NotKnown("two tensors of one kind")
    ids = operand(segment_ids).shape
    if ids.rank != 1 or not found.shape.rank or ids[0].size != found.shape[0].size:
        raise NotKnown("a segment for each row")
    count = Dim(UNNAMED) if num_segments is None else size_of(num_segments)
    return Result(found.shape.replace(0, count), narrowed(found) if dtypes.is_float(found.dtype) else None)
