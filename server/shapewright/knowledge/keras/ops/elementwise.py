"""Functions of single elements. Source: keras/src/ops/numpy.py, keras/src/ops/nn.py, keras/src/activations."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.arrays.arguments import narrowed, operand, promoted
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Result


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


@function(*spelled("keras.ops.", "abs absolute copy negative sign square stop_gradient round"))
def alike(x: Any, /, *_: Any) -> Result:
    """Keeps shape and dtype.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _alike(x)


@function(
    *spelled(
        "keras.ops.",
        "arccos arccosh arcsin arcsinh arctan arctanh cos cosh exp expm1 log log10 log1p log2 reciprocal rsqrt sin sinh "
        "sqrt tan tanh erf erfinv sigmoid relu relu6 silu swish softplus softsign log_sigmoid selu hard_sigmoid "
        "hard_silu hard_swish hard_tanh tanh_shrink sparse_plus",
    ),
    *spelled(
        "keras.activations.",
        "exponential selu sigmoid silu swish softplus softsign tanh relu6 hard_sigmoid log_sigmoid",
    ),
)
def floating(x: Any, /) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _as_float(x)


@function(*spelled("keras.ops.", "ceil floor"))
def whole(x: Any, /) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _as_float(x)


@function("keras.activations.relu")
def relu(x: Any, negative_slope: Any = 0.0, max_value: Any = None, threshold: Any = 0.0) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), max_value=6)
    """
    return _as_float(x)


@function(*spelled("keras.activations.", "elu celu"), *spelled("keras.ops.", "elu celu"))
def elu(x: Any, alpha: Any = 1.0) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _as_float(x)


@function("keras.activations.gelu")
def gelu_activation(x: Any, approximate: Any = False) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _as_float(x)


@function("keras.ops.gelu")
def gelu(x: Any, approximate: Any = True) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _as_float(x)


@function("keras.ops.leaky_relu", "keras.activations.leaky_relu")
def leaky_relu(x: Any, negative_slope: Any = 0.2) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _as_float(x)


@function(*spelled("keras.ops.", "softmax log_softmax"), *spelled("keras.activations.", "softmax log_softmax"))
def softmax(x: Any, axis: Any = -1) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _as_float(x)


@function(*spelled("keras.ops.", "isfinite isinf isnan logical_not"))
def tested(x: Any, /) -> Result:
    """Keeps the shape; the dtype is bool.

    >>> {name}(Input((4, 3)))
    """
    return Result(operand(x).shape, "bool")


@function("keras.ops.cast")
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
    return Result(found.shape, narrowed(found) if dtype is None and dtypes.is_float(found.dtype) else None)


# -- of two


def _two(x1: Any, x2: Any) -> Result:
    a, b = operand(x1), operand(x2)
    return Result(broadcasted("keras", a.shape, b.shape), promoted("keras", a, b))


@function(*spelled("keras.ops.", "add subtract multiply maximum minimum mod power floor_divide"))
def arithmetic(x1: Any, x2: Any) -> Result:
    """Two arrays, broadcast.

    >>> {name}(Input((4, 3)), Input((1, 3)))
    >>> {name}(Input((4, 3)), 2)
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "float32"))
    """
    return _two(x1, x2)


@function(*spelled("keras.ops.", "divide true_divide arctan2 logaddexp divide_no_nan"))
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


@function("keras.ops.where")
def where(condition: Any, x1: Any = None, x2: Any = None) -> Result:
    """Three arrays, broadcast.

    >>> {name}(Input((4, 1), dtype="bool"), Input((4, 3)), 0.0)
    """
    test, a, b = operand(condition), operand(x1), operand(x2)
    return Result(broadcasted("keras", test.shape, a.shape, b.shape), promoted("keras", a, b))
