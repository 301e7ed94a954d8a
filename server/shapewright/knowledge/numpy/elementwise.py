"""Functions of each element, alone or with those of other arrays, and reductions."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import operand, promoted
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result

_FLOATS = (
    "sqrt",
    "exp",
    "log",
    "log2",
    "log10",
    "log1p",
    "expm1",
    "sin",
    "cos",
    "tan",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
)


def _floating(dtype: str | None) -> str | None:
    """What functions that give floats make of a dtype."""
    return "float64" if dtype in ("int64", "int32", "float64") else dtype if is_float(dtype) else None


@function(*(f"numpy.{name}" for name in _FLOATS))
def floats(x: Any, /) -> Result:
    """The same shape, as floats.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(np.ones((2, 3), "int64"))
    """
    found = operand(x)
    return Result(found.shape, _floating(found.dtype))


@function("numpy.abs", "numpy.absolute", "numpy.square", "numpy.negative")
def same(x: Any, /) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}([[1, 2]])
    """
    found = operand(x)
    return Result(found.shape, found.dtype)


@function(*(f"numpy.{name}" for name in ("round", "floor", "ceil", "sign", "rint", "nan_to_num")))
def rounded(x: Any, /, *_: Any, **__: Any) -> Result:
    """The same shape.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, found.dtype if is_float(found.dtype) else None)


@function(*(f"numpy.{name}" for name in ("add", "subtract", "multiply", "maximum", "minimum")))
def binary(a: Any, b: Any, /) -> Result:
    """Two operands broadcast to one shape.

    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    >>> {name}(np.ones((2, 1), "float32"), 2.0)
    """
    first, second = operand(a), operand(b)
    return Result(broadcasted("arrays", first.shape, second.shape), promoted("numpy", first, second))


@function("numpy.divide", "numpy.true_divide", "numpy.power")
def divide(a: Any, b: Any, /) -> Result:
    """Two operands broadcast to one shape.

    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    """
    first, second = operand(a), operand(b)
    dtype = promoted("numpy", first, second)
    return Result(broadcasted("arrays", first.shape, second.shape), dtype if is_float(dtype) else None)


@function(*(f"numpy.{name}" for name in ("equal", "not_equal", "greater", "greater_equal", "less", "less_equal")))
def compare(a: Any, b: Any, /) -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(np.ones((2, 3)), 0.5)
    """
    return Result(broadcasted("arrays", operand(a).shape, operand(b).shape), "bool")


@function("numpy.where")
def where(condition: Any, x: Any = None, y: Any = None, /) -> Result:
    """Three operands broadcast to one shape.

    >>> {name}(np.ones((2, 1), "bool"), np.ones((3,)), 0.0)
    """
    if x is None or y is None:
        raise NotKnown("how many elements are true")
    a, b = operand(x), operand(y)
    return Result(broadcasted("arrays", operand(condition).shape, a.shape, b.shape), promoted("numpy", a, b))


@function("numpy.clip")
def clip(a: Any, a_min: Any, a_max: Any, /) -> Result:
    """The same shape.

    >>> {name}(np.ones((2, 3), "float32"), 0, 1)
    """
    found = operand(a)
    if any(operand(bound).shape.rank for bound in (a_min, a_max) if bound is not None):
        raise NotKnown("bounds that are numbers")
    return Result(found.shape, found.dtype if is_float(found.dtype) else None)


@method("ndarray.clip")
def clip_method(self: Given, min: Any = None, max: Any = None) -> Result:
    """The same shape.

    >>> np.ones((2, 3)).{name}(0, 1)
    """
    return clip(self, min, max)


def _reduced(a: Any, axis: Any, keepdims: Any, dtype: str | None) -> Result:
    return Result(reduced(operand(a).shape, axis, keepdims), dtype)


@function("numpy.mean", "numpy.std", "numpy.var")
def mean(a: Any, axis: Any = None, dtype: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "int64"))
    >>> {name}(np.ones((2, 3, 4)), axis=(0, 2), keepdims=True)
    """
    return _reduced(a, axis, keepdims, _floating(operand(a).dtype) if dtype is None else dtype_name(dtype))


@function("numpy.sum", "numpy.prod")
def sum_(a: Any, axis: Any = None, dtype: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3), "int32"), 1)
    >>> {name}(np.ones((2, 3, 4)), axis=(0, 2), keepdims=True)
    """
    found = operand(a).dtype
    whole = "int64" if found in ("bool", "int32", "int64") else found if is_float(found) else None
    return _reduced(a, axis, keepdims, whole if dtype is None else dtype_name(dtype))


@function("numpy.max", "numpy.min", "numpy.amax", "numpy.amin")
def maximum(a: Any, axis: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    >>> {name}(np.ones((2, 3)), axis=-1, keepdims=True)
    """
    return _reduced(a, axis, keepdims, operand(a).dtype)


@function("numpy.argmax", "numpy.argmin")
def argmax(a: Any, axis: Any = None) -> Result:
    """Without one axis, or one number.

    >>> {name}(np.ones((2, 3)), axis=-1)
    >>> {name}(np.ones((2, 3)))
    """
    if axis is not None and not isinstance(axis, int):
        raise NotKnown("one axis")
    return _reduced(a, axis, False, "int64")


@function("numpy.any", "numpy.all")
def any_(a: Any, axis: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(np.ones((2, 3), "bool"), axis=0)
    """
    return _reduced(a, axis, keepdims, "bool")


@method("ndarray.mean", "ndarray.std", "ndarray.var")
def mean_method(self: Given, axis: Any = None, dtype: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    """
    return mean(self, axis, dtype, keepdims=keepdims)


@method("ndarray.sum", "ndarray.prod")
def sum_method(self: Given, axis: Any = None, dtype: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0, keepdims=True)
    """
    return sum_(self, axis, dtype, keepdims=keepdims)


@method("ndarray.max", "ndarray.min")
def max_method(self: Given, axis: Any = None, *, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> np.ones((2, 3)).{name}(axis=0)
    >>> np.ones((2, 3)).{name}()
    """
    return maximum(self, axis, keepdims=keepdims)


@method("ndarray.argmax", "ndarray.argmin")
def argmax_method(self: Given, axis: Any = None) -> Result:
    """Without one axis, or one number.

    >>> np.ones((2, 3)).{name}(axis=1)
    """
    return argmax(self, axis)
