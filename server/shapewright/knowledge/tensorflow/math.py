"""The rest of `tf.math`: less usual functions of each element, segments, counts."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import (
    axes_of,
    axis_of,
    chosen_dtype,
    narrowed,
    operand,
    operands,
    promoted,
    size_of,
)
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result, sized_by_data
from shapewright.knowledge.tensorflow.common import ABSENT, alike, alike_shapes, complex_of, first_operand, real_of
from shapewright.tensors.dimension import same_length
from shapewright.tensors.shape import Shape

_ANGLES = "acos acosh asin asinh atan atanh cosh sinh"
_SPECIAL = (
    "bessel_i0 bessel_i0e bessel_i1 bessel_i1e digamma erfc erfcinv erfinv expm1 lgamma log_sigmoid ndtri"
    " rint softsign reciprocal_no_nan"
)


@function(
    *spelled("tensorflow.", _ANGLES),
    *spelled("tensorflow.math.", f"{_ANGLES} {_SPECIAL}"),
    "tensorflow.nn.softsign",
)
def elementwise(x: Any = ABSENT, /, *_: Any, **named: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)))
    """
    return alike(first_operand(x, named))


@function(*spelled("tensorflow.math.", "is_finite is_inf is_nan"))
def is_special(x: Any, name: Any = None) -> Result:
    """The same shape of bools.

    >>> {name}(tf.ones((2, 3)))
    """
    return Result(operand(x).shape, "bool")


@function(*spelled("tensorflow.math.", "is_non_decreasing is_strictly_increasing"))
def is_sorted(x: Any, name: Any = None) -> Result:
    """One bool.

    >>> {name}(tf.ones((2, 3)))
    """
    return Result(Shape(()), "bool")


@function(*spelled("tensorflow.math.", "real imag angle"))
def part(input: Any, name: Any = None) -> Result:
    """The same shape of real numbers.

    >>> {name}(tf.complex(tf.ones((2, 3)), 0.0))
    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(input)
    return Result(found.shape, real_of(narrowed(found)))


@function("tensorflow.math.conj")
def conj(x: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.complex(tf.ones((2, 3)), 0.0))
    """
    return alike(operand(x))


@function("tensorflow.complex", "tensorflow.dtypes.complex")
def complex_(real: Any, imag: Any, name: Any = None) -> Result:
    """Two parts broadcast to one shape.

    >>> {name}(tf.ones((2, 3)), tf.ones((3,)))
    """
    a, b = operand(real), operand(imag)
    return Result(broadcasted("tensors", a.shape, b.shape), complex_of(promoted("tensorflow", a, b)))


@function(
    *spelled("tensorflow.", "atan2 truediv"),
    *spelled(
        "tensorflow.math.",
        "atan2 truediv nextafter xdivy xlogy xlog1py multiply_no_nan zeta igamma igammac polygamma",
    ),
)
def binary(x: Any = ABSENT, y: Any = ABSENT, /, *_: Any, **named: Any) -> Result:
    """Two operands broadcast to one shape.

    >>> {name}(tf.ones((2, 3)), tf.ones((3,)))
    """
    a, b = first_operand(x, named), operand(named.get("y") if y is ABSENT else y)
    found = promoted("tensorflow", a, b)
    floating = found is not None and found.startswith("float")
    return Result(broadcasted("tensors", a.shape, b.shape), found if floating else None)


@function("tensorflow.math.betainc")
def betainc(a: Any, b: Any, x: Any, name: Any = None) -> Result:
    """Three operands broadcast to one shape.

    >>> {name}(tf.ones((2, 3)), tf.ones((2, 3)), tf.ones((2, 3)))
    """
    found = [operand(value) for value in (a, b, x)]
    shapes = [value.shape for value in found if value.shape.rank] or [Shape(())]
    return Result(alike_shapes(*shapes), promoted("tensorflow", *found))


@function("tensorflow.math.logical_xor")
def logical_xor(x: Any, y: Any, name: Any = "LogicalXor") -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(tf.ones((2, 3), "bool"), tf.ones((3,), "bool"))
    """
    return Result(broadcasted("tensors", operand(x).shape, operand(y).shape), "bool")


@function("tensorflow.scalar_mul", "tensorflow.math.scalar_mul")
def scalar_mul(scalar: Any, x: Any, name: Any = None) -> Result:
    """The shape of the tensor.

    >>> {name}(2.0, tf.ones((2, 3)))
    """
    found = operand(x)
    if isinstance(scalar, float) and is_int(narrowed(found)):
        raise NotKnown("numbers of one kind")
    return alike(found)


@function("tensorflow.math.lbeta")
def lbeta(x: Any, name: Any = None) -> Result:
    """Without the last axis.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(x)
    return Result(reduced(found.shape, -1, False), narrowed(found))


@function(*spelled("tensorflow.", "add_n"), *spelled("tensorflow.math.", "add_n accumulate_n"))
def add_n(inputs: Any, *_: Any, **__: Any) -> Result:
    """Tensors of one shape, added.

    >>> {name}([tf.ones((2, 3)), tf.ones((2, 3))])
    """
    if isinstance(inputs, Given):
        raise NotKnown("a list of tensors")
    parts = operands(inputs)
    if len({narrowed(part) for part in parts}) > 1 or narrowed(parts[0]) == "bool":
        raise NotKnown("numbers of one dtype")
    return Result(alike_shapes(*(part.shape for part in parts)), narrowed(parts[0]))


@function("tensorflow.math.count_nonzero")
def count_nonzero(input: Any, axis: Any = None, keepdims: Any = None, dtype: Any = "int64", name: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(tf.ones((2, 3)), axis=1)
    >>> {name}(tf.ones((2, 3)), keepdims=True, dtype=tf.int32)
    """
    return Result(reduced(operand(input).shape, axis, keepdims), chosen_dtype(dtype, None))


@function("tensorflow.math.reduce_euclidean_norm")
def reduce_euclidean_norm(input_tensor: Any, axis: Any = None, keepdims: Any = False, name: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(tf.ones((2, 3)), axis=1)
    """
    found = operand(input_tensor)
    return Result(reduced(found.shape, axis, keepdims), narrowed(found))


@function("tensorflow.math.zero_fraction", "tensorflow.nn.zero_fraction")
def zero_fraction(value: Any, name: Any = None) -> Result:
    """One number.

    >>> {name}(tf.ones((2, 3)))
    """
    return Result(Shape(()), "float32")


@function("tensorflow.math.in_top_k", "tensorflow.nn.in_top_k")
def in_top_k(targets: Any, predictions: Any, k: Any, name: Any = None) -> Result:
    """One bool for each target.

    >>> {name}(tf.zeros((4,), tf.int32), tf.ones((4, 10)), 3)
    """
    return Result(operand(targets).shape, "bool")


@function("tensorflow.math.invert_permutation")
def invert_permutation(x: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.constant([1, 0]))
    """
    return alike(operand(x))


@function("tensorflow.math.bincount")
def bincount(
    arr: Any,
    weights: Any = None,
    minlength: Any = None,
    maxlength: Any = None,
    dtype: Any = "int32",
    name: Any = None,
    axis: Any = None,
    binary_output: Any = False,
) -> Result:
    """A count for each number; how many there are depends on the largest of them.

    >>> {name}(tf.constant([1, 2, 2]))
    >>> {name}(tf.constant([[1, 2], [0, 1]]), axis=-1)
    """
    shape = operand(arr).shape
    if not isinstance(arr, Given):
        raise NotKnown("a tensor")  # in a graph the numbers of a list are known
    if axis is None:
        return Result(Shape((sized_by_data(),)), None)
    if axis_of(axis, shape.rank) == 0:
        return Result(Shape((sized_by_data(),)), None)
    return Result(Shape((shape[0], sized_by_data())), None)


@function("tensorflow.math.confusion_matrix")
def confusion_matrix(
    labels: Any, predictions: Any, num_classes: Any = None, weights: Any = None, dtype: Any = "int32", name: Any = None
) -> Result:
    """A row and a column for each class.

    >>> {name}([1, 2], [1, 1], 5)
    >>> {name}([1, 2], [1, 1])
    """
    size = sized_by_data() if num_classes is None else size_of(num_classes)
    return Result(Shape((size, size)), chosen_dtype(dtype, None))


@function(*spelled("tensorflow.math.segment_", "max mean min prod sum"))
def segment(data: Any, segment_ids: Any, name: Any = None) -> Result:
    """As many rows as there are segments.

    >>> {name}(tf.ones((4, 3)), [0, 0, 1, 1])
    """
    found, ids = operand(data), operand(segment_ids).shape
    if ids.rank != 1 or not found.shape.rank or same_length(ids[0], found.shape[0]) is False:
        raise NotKnown("a segment for each row")
    return Result(found.shape.replace(axis_of(0, found.shape.rank), sized_by_data()), narrowed(found))


@function(*spelled("tensorflow.math.unsorted_segment_", "mean sqrt_n"))
def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Result:
    """A row for each segment; what a graph makes of whole numbers is left open.

    >>> {name}(tf.ones((4, 3)), [0, 0, 1, 1], 2)
    """
    found = unsorted_segment(data, segment_ids, num_segments)
    return Result(found.shape, None if is_int(found.dtype) else found.dtype)


@function(*spelled("tensorflow.math.unsorted_segment_", "max min prod sum"))
def unsorted_segment(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Result:
    """A row for each segment.

    >>> {name}(tf.ones((4, 3)), [0, 0, 1, 1], 2)
    >>> {name}(tf.ones((4, 3)), [0, 0, 1, 1], num_segments=tf.shape(tf.ones((7, 2)))[0])
    """
    found, ids = operand(data), operand(segment_ids).shape
    if ids.rank > found.shape.rank or any(same_length(a, b) is False for a, b in zip(ids, found.shape, strict=False)):
        raise NotKnown("a segment for each row")
    return Result(Shape((size_of(num_segments), *found.shape.dims[ids.rank :])), narrowed(found))


@function("tensorflow.searchsorted")
def searchsorted(
    sorted_sequence: Any, values: Any, side: Any = "left", out_type: Any = "int32", name: Any = None
) -> Result:
    """A position for each value.

    >>> {name}(tf.constant([1.0, 2.0, 3.0]), tf.ones((5,)))
    """
    return Result(operand(values).shape, chosen_dtype(out_type, None))


@function("tensorflow.unique")
def unique(x: Any, out_idx: Any = "int32", name: Any = None) -> tuple[Result, Result]:
    """The different elements, and which of them each element is.

    >>> {name}(tf.constant([1, 2, 2]))
    """
    found = operand(x)
    if found.shape.rank != 1:
        raise NotKnown("one axis")
    return Result(Shape((sized_by_data(),)), narrowed(found)), Result(found.shape, chosen_dtype(out_idx, None))


@function("tensorflow.unique_with_counts")
def unique_with_counts(x: Any, out_idx: Any = "int32", name: Any = None) -> tuple[Result, Result, Result]:
    """The different elements, which of them each element is, and how often they are there.

    >>> {name}(tf.constant([1, 2, 2]))
    """
    first, index = unique(x, out_idx)
    return first, index, Result(first.shape, index.dtype)


@function("tensorflow.clip_by_norm")
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), 1.0)
    """
    found = operand(t)
    axes_of(axes, found.shape.rank)
    return alike(found)


@function("tensorflow.linalg.global_norm")
def global_norm(t_list: Any, name: Any = None) -> Result:
    """One number.

    >>> {name}([tf.ones((2, 3)), tf.ones((2,))])
    """
    if any((narrowed(part) or "float").startswith(("int", "uint", "bool")) for part in operands(t_list)):
        raise NotKnown("fractions")
    return Result(Shape(()), None)


@function("tensorflow.clip_by_global_norm")
def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: Any = None) -> Any:
    """The tensors as they are, and their norm.

    >>> {name}([tf.ones((2, 3)), tf.ones((2,))], 1.0)
    """
    if not isinstance(t_list, (list, tuple)):
        raise NotKnown("a list of tensors")
    return [alike(operand(t)) for t in t_list], Result(Shape(()), None)


@function("tensorflow.bitcast")
def bitcast(input: Any, type: Any, name: Any = None) -> Result:
    """The same bytes as numbers of a dtype of the same width.

    >>> {name}(tf.ones((2, 3)), tf.int32)
    """
    found, to = operand(input), chosen_dtype(type, None)
    bits = [(dtype or "").lstrip("abcdefghijklmnopqrstuvwxyz") for dtype in (narrowed(found), to)]
    if bits[0] != bits[1] or not bits[0]:
        raise NotKnown("dtypes of one width")
    return Result(found.shape, to)


@function("tensorflow.saturate_cast", "tensorflow.dtypes.saturate_cast")
def saturate_cast(value: Any, dtype: Any, name: Any = None) -> Result:
    """The same shape in another dtype.

    >>> {name}(tf.ones((2, 3)), tf.int32)
    """
    to = chosen_dtype(dtype, None)
    if to == "bool":
        raise NotKnown("a dtype of numbers")
    return Result(operand(value).shape, to)
