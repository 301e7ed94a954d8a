"""Functions of single elements. Source: keras/src/ops/numpy.py, keras/src/ops/nn.py, keras/src/activations."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.arrays.arguments import axes_of, axis_of, narrowed, operand
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, Misfit, NotKnown, Result
from shapewright.values.tensor import Library


def _alike(x: Any) -> Result:
    """The same shape and dtype."""
    found = operand(x)
    return Result(found.shape, narrowed(found))


def _as_float(x: Any) -> Result:
    """The same shape; integers become floats."""
    found = operand(x)
    dtype = narrowed(found)
    if dtypes.is_int(dtype) or dtype == "bool":
        dtype = None if dtype == "int64" else "float32"
    return Result(found.shape, dtype)


def _float_or_silent(x: Any) -> Result:
    """The same shape, and dtype where that is a float; what becomes of whole numbers differs."""
    found = operand(x)
    dtype = narrowed(found)
    if not dtypes.is_float(dtype) and dtype is not None and found.library is not Library.KERAS:
        raise NotKnown("floats")  # TensorFlow has many of these for floats alone
    return Result(found.shape, dtype if dtypes.is_float(dtype) else None)


@function(
    *spelled("keras.ops.", "abs absolute copy negative sign stop_gradient round conj conjugate"),
)
def alike(x: Any, /, *_: Any) -> Result:
    """Keeps shape and dtype.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _alike(x)


@function("keras.ops.square")
def square(x: Any, /) -> Result:
    """Keeps the shape, and the dtype of numbers.

    >>> {name}(Input((4, 3)))
    """
    made = _alike(x)
    return made if made.dtype != "bool" else Result(made.shape, "int32")


@function(*spelled("keras.ops.", "bitwise_invert bitwise_not"))
def inverted(x: Any, /) -> Result:
    """Keeps shape and dtype of whole numbers.

    >>> {name}(Input((4, 3), dtype="int32"))
    """
    found = operand(x)
    if not dtypes.is_int(narrowed(found)):
        raise NotKnown("whole numbers")
    return Result(found.shape, narrowed(found))


@function(
    *spelled(
        "keras.ops.",
        "arccos arccosh arcsin arcsinh arctan arctanh cos cosh exp expm1 log log10 log1p log2 sin sinh "
        "sqrt tan tanh angle cbrt deg2rad rad2deg exp2 fabs i0 sinc",
    ),
)
def floating(x: Any, /) -> Result:
    """Keeps the shape; whole numbers become floats.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _as_float(x)


@function(
    *spelled(
        "keras.ops.",
        "reciprocal rsqrt erf erfinv erfc sigmoid relu relu6 silu swish softplus softsign log_sigmoid selu hard_sigmoid "
        "hard_silu hard_swish hard_tanh tanh_shrink sparse_plus sparse_sigmoid",
    ),
    *spelled(
        "keras.activations.",
        "exponential selu sigmoid silu swish softplus softsign tanh relu6 hard_sigmoid log_sigmoid hard_tanh "
        "sparse_plus sparse_sigmoid tanh_shrink",
    ),
)
def activated(x: Any, /) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _float_or_silent(x)


@function(*spelled("keras.ops.", "ceil floor trunc"))
def whole(x: Any, /) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.activations.relu")
def relu(x: Any, negative_slope: Any = 0.0, max_value: Any = None, threshold: Any = 0.0) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), max_value=6)
    """
    return _float_or_silent(x)


@function(*spelled("keras.activations.", "elu celu"), *spelled("keras.ops.", "elu celu"))
def elu(x: Any, alpha: Any = 1.0) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.activations.gelu")
def gelu_activation(x: Any, approximate: Any = False) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.ops.gelu")
def gelu(x: Any, approximate: Any = True) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.ops.leaky_relu", "keras.activations.leaky_relu")
def leaky_relu(x: Any, negative_slope: Any = 0.2) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.activations.linear")
def linear(x: Any) -> Result:
    """What comes in.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, narrowed(found), found.library)


@function(*spelled("keras.activations.", "hard_silu hard_swish mish"))
def eager(x: Any) -> Result:
    """Keeps the shape. These are written with TensorFlow, which takes no Keras tensor.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    if isinstance(x, Given) and x.tensor.is_symbolic:
        raise NotKnown("a tensor with values")
    return _float_or_silent(x)


@function(*spelled("keras.ops.", "hard_shrink soft_shrink"), *spelled("keras.activations.", "hard_shrink soft_shrink"))
def shrink(x: Any, threshold: Any = 0.5) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float_or_silent(x)


@function("keras.ops.threshold", "keras.activations.threshold")
def threshold(x: Any, threshold: Any, default_value: Any) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), 0.5, 0.0)
    """
    return _float_or_silent(x)


@function("keras.ops.squareplus", "keras.activations.squareplus")
def squareplus(x: Any, b: Any = 4) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    if not isinstance(b, (int, float)):
        raise NotKnown("a number")
    return _float_or_silent(x)


@function("keras.ops.glu", "keras.activations.glu")
def glu(x: Any, axis: Any = -1) -> Result:
    """Half of an axis gates the other half.

    >>> {name}(Input((4, 6)))
    >>> {name}(np.ones((2, 4), "float32"), axis=0)
    """
    found = operand(x)
    at = axis_of(axis, found.shape.rank)
    if isinstance(size := found.shape[at].size, int) and size % 2:
        raise NotKnown("an even size")
    if found.shape[at].is_dynamic:
        raise NotKnown("an even size")
    return Result(found.shape.replace(at, found.shape[at] // 2), _float_or_silent(x).dtype)


@function("keras.ops.nan_to_num")
def nan_to_num(x: Any, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    found = operand(x)
    return Result(found.shape, narrowed(found))


@function(*spelled("keras.ops.", "real imag"))
def part(x: Any) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "complex64"))
    """
    found = operand(x)
    dtype = narrowed(found)
    return Result(found.shape, "float32" if dtype == "complex64" else dtype if dtypes.is_float(dtype) else None)


@function(*spelled("keras.ops.", "softmax log_softmax"), *spelled("keras.activations.", "softmax log_softmax"))
def softmax(x: Any, axis: Any = -1) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    try:
        axes_of(axis, found.shape.rank)
    except Misfit:
        if isinstance(axis, (list, tuple)) and found.library is not Library.KERAS:
            raise NotKnown("words that are known") from None
        raise
    return _float_or_silent(x)


@function(*spelled("keras.ops.", "isfinite isinf isnan logical_not isneginf isposinf isreal signbit"))
def tested(x: Any, /) -> Result:
    """Keeps the shape; the dtype is bool.

    >>> {name}(Input((4, 3)))
    """
    return Result(operand(x).shape, "bool")


@function("keras.ops.sparsemax", "keras.activations.sparsemax")
def sparsemax(x: Any, axis: Any = -1) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    axis_of(axis, operand(x).shape.rank)
    return _float_or_silent(x)


@function("keras.ops.cast", "keras.ops.saturate_cast")
def cast(x: Any, dtype: Any) -> Result:
    """The same shape in another dtype.

    >>> {name}(Input((4, 3)), "int32")
    >>> {name}(np.ones((2, 3)), "float32")
    """
    return Result(operand(x).shape, dtype_name(dtype))


@function("keras.ops.clip")
def clip(x: Any, x_min: Any, x_max: Any) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), 0.0, 1.0)
    """
    found = operand(x)
    return Result(found.shape, narrowed(found) if dtypes.is_float(found.dtype) else None)


@function(*spelled("keras.ops.", "cumsum cumprod"))
def cumulated(x: Any, axis: Any = None, dtype: Any = None) -> Result:
    """Along an axis; the shape stays.

    >>> {name}(Input((4, 3)), axis=1)
    """
    found = operand(x)
    if axis is None and found.shape.rank != 1:
        found = operand(None)
    if dtype is not None and dtype_name(dtype) == "bool":
        raise NotKnown("numbers")
    axis_of(0 if axis is None else axis, found.shape.rank)
    return Result(found.shape, narrowed(found) if dtype is None and dtypes.is_float(found.dtype) else None)
