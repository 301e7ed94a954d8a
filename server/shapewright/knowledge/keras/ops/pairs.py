"""Functions of the elements of two arrays, broadcast. Source: keras/src/ops/numpy.py, keras/src/ops/nn.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.arrays.arguments import narrowed, operand, promoted, tensors
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library


def _two(x1: Any, x2: Any) -> Result:
    a, b = tensors(x1, x2)
    return Result(broadcasted("keras", a.shape, b.shape), promoted("keras", a, b))


@function("keras.ops.fmod")
def remainder(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast; what it makes of truth values is not known.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    """
    made = _two(x1, x2)
    return Result(made.shape, None if made.dtype == "bool" else made.dtype)


@function("keras.ops.mod")
def modulo(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast; truths are numbers here.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    >>> {name}(np.ones((2, 3), "bool"), np.ones((3,), "bool"))
    """
    made = _two(x1, x2)
    return Result(made.shape, "int32" if made.dtype == "bool" else made.dtype)


@function("keras.ops.add")
def add(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast. With data, a vector that is as long as axis 1 is added along that axis.
    Source: add in keras/src/backend/tensorflow/numpy.py.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    >>> {name}(np.ones((6, 3, 2), "float32"), np.ones((3,), "float32"))
    """
    a, b = tensors(x1, x2)
    vector = [size for size in b.shape.sizes if size is None or size != 1]
    if Library.KERAS not in (a.library, b.library) and a.shape.rank > 1 and len(vector) == 1:
        if vector[0] == a.shape[1].size != a.shape[-1].size:
            return Result(a.shape, promoted("keras", a, b))
    return _two(x1, x2)


@function(*spelled("keras.ops.", "subtract multiply maximum minimum power floor_divide fmax fmin"))
def arithmetic(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    >>> {name}(Input((4, 3)), 2)
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "float32"))
    """
    return _two(x1, x2)


@function(
    *spelled("keras.ops.", "divide true_divide arctan2 logaddexp logaddexp2 divide_no_nan hypot heaviside nextafter")
)
def division(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast; a float comes out.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    """
    made = _two(x1, x2)
    return Result(made.shape, made.dtype if dtypes.is_float(made.dtype) else None)


@function(
    *spelled(
        "keras.ops.",
        "equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor",
    )
)
def compared(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast; the dtype is bool.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    >>> {name}(np.ones((2, 3)), 0)
    """
    return Result(_two(x1, x2).shape, "bool")


@function(*spelled("keras.ops.", "isclose"))
def isclose(x1: Any, x2: Any, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: Any = False) -> Result:
    """Two arrays, broadcast; the dtype is bool.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    """
    return Result(_two(x1, x2).shape, "bool")


@function("keras.ops.allclose")
def allclose(x1: Any, x2: Any, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: Any = False) -> Result:
    """One truth for two arrays that broadcast.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    """
    _two(x1, x2)
    return Result(Shape(()), "bool")


@function("keras.ops.isin")
def isin(x1: Any, x2: Any, assume_unique: Any = False, invert: Any = False) -> Result:
    """The shape of the first; the dtype is bool.

    >>> {name}(np.ones((2, 3), "int32"), [1, 2])
    """
    if Library.KERAS in (operand(x1).library, operand(x2).library) and not all(isinstance(x, Given) for x in (x1, x2)):
        raise NotKnown("tensors")
    return Result(operand(x1).shape, "bool")


@function(*spelled("keras.ops.", "gcd lcm"))
def divisor(x1: Any, x2: Any) -> Result:
    """Two arrays of whole numbers, broadcast.

    >>> {name}(np.ones((2, 3), "int32"), np.ones((3,), "int32"))
    """
    made = _two(x1, x2)
    if not dtypes.is_int(narrowed(operand(x1))) or not dtypes.is_int(narrowed(operand(x2))):
        raise NotKnown("whole numbers")
    weak = operand(x1).weak or operand(x2).weak
    return Result(made.shape, made.dtype if made.dtype == "int32" and not weak else None)


@function("keras.ops.ldexp")
def ldexp(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "int32"))
    """
    made = _two(x1, x2)
    if not dtypes.is_int(narrowed(operand(x2))):
        raise NotKnown("whole numbers")
    return Result(made.shape, made.dtype if dtypes.is_float(made.dtype) else None)


@function(
    *spelled("keras.ops.", "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift left_shift"),
    *spelled("keras.ops.", "right_shift"),
)
def bitwise(x: Any, y: Any) -> Result:
    """Two arrays of whole numbers, broadcast.

    >>> {name}(np.ones((2, 3), "int32"), np.ones((3,), "int32"))
    """
    a, b = operand(x), operand(y)
    if Library.KERAS in (a.library, b.library) and a.shape.sizes != b.shape.sizes:
        raise NotKnown("one shape")  # Keras gives Keras tensors the shape of the first
    if not dtypes.is_int(narrowed(a)) or not dtypes.is_int(narrowed(b)):
        raise NotKnown("whole numbers")
    made = _two(x, y)
    return Result(made.shape, made.dtype if made.dtype == "int32" else None)


@function("keras.ops.polar")
def polar(abs_: Any, angle: Any) -> Result:
    """Complex numbers from lengths and angles.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    """
    made = _two(abs_, angle)
    if made.dtype != "float32" or Library.KERAS in (operand(abs_).library, operand(angle).library):
        raise NotKnown("float32")  # Keras gives Keras tensors the shape of one of the two
    return Result(made.shape, "complex64" if made.dtype == "float32" else None)


@function("keras.ops.psnr")
def psnr(x1: Any, x2: Any, max_val: Any) -> Result:
    """One number for two arrays of one shape.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"), 1.0)
    """
    a, b = operand(x1), operand(x2)
    if a.shape.sizes != b.shape.sizes:
        raise NotKnown("arrays of one shape")
    return Result(Shape(()), a.dtype if a.dtype == b.dtype == "float32" else None)


@function("keras.ops.digitize")
def digitize(x: Any, bins: Any) -> Result:
    """Keeps the shape; the dtype is int32.

    >>> {name}(np.ones((2, 3), "float32"), [0.0, 1.0])
    """
    if operand(bins).shape.rank != 1 or isinstance(bins, Given):
        raise NotKnown("a list of edges")
    return Result(operand(x).shape, "int32")


@function("keras.ops.searchsorted")
def searchsorted(sorted_sequence: Any, values: Any, side: Any = "left") -> Result:
    """A place for each of the values; the dtype is int32.

    >>> {name}(np.ones((4,), "float32"), np.ones((3,), "float32"))
    """
    if operand(sorted_sequence).shape.rank != 1 or operand(values).shape.rank != 1:
        raise NotKnown("a sequence")
    long = operand(sorted_sequence).shape[0].is_dynamic  # it may have more elements than int32 can count
    return Result(operand(values).shape, "int64" if long else "int32")


@function("keras.ops.dtype")
def dtype(x: Any) -> str:
    """The name of the dtype.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    if not isinstance(x, Given) or x.dtype is None:
        raise NotKnown("dtype")
    return x.dtype


@function("keras.ops.where")
def where(condition: Any, x1: Any = None, x2: Any = None) -> Result:
    """Three arrays, broadcast.

    >>> {name}(Input((4, 1), dtype="bool"), Input((4, 3)), 0.0)
    """
    test, a, b = operand(condition), operand(x1), operand(x2)
    return Result(broadcasted("keras", test.shape, a.shape, b.shape), promoted("keras", a, b))
