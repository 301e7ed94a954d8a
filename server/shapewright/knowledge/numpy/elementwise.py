"""Functions of each element, alone or with those of other arrays."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, axes_of, axis_of, operand, promoted
from shapewright.knowledge.arrays.dtypes import averaged, floating, is_float, is_int, real_part, summed
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, method, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape, number_of_elements

# -- of one array

_FLOATS = (
    "sqrt exp exp2 log log2 log10 log1p expm1 sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh"
)


@function(*spelled("numpy.", _FLOATS))
def floats(x: Any, /, out: Any = None, **options: Any) -> Result:
    """The same shape, as floats.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(np.ones((2, 3), "int64"))
    >>> {name}(np.ones((2, 3), "uint8"))
    """
    return _ufunc(operand(x).shape, floating(operand(x).dtype), options)


@function(*spelled("numpy.", "cbrt deg2rad rad2deg degrees radians"))
def real_floats(x: Any, /, out: Any = None, **options: Any) -> Result:
    """The same shape, as floats.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(np.ones((2, 3), "int64"))
    """
    return floats(x, out, **options)


@function(*spelled("numpy.", "negative positive conj conjugate reciprocal invert bitwise_not sign square"))
def same(x: Any, /, out: Any = None, **options: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3), "int32"))
    >>> {name}([[1, 2]])
    """
    found = operand(x)
    return _ufunc(found.shape, None if found.dtype == "bool" else found.dtype, options)


@function("numpy.abs", "numpy.absolute", "numpy.fabs")
def absolute(x: Any, /, out: Any = None, **options: Any) -> Result:
    """The same shape; of complex numbers it is a float.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return _ufunc(found.shape, real_part(found.dtype) if not is_int(found.dtype) else None, options)


@function(*spelled("numpy.", "floor ceil trunc rint"))
def rounded(x: Any, /, out: Any = None, **options: Any) -> Result:
    """The same shape. Whether integers stay integers has changed with NumPy's versions.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return _ufunc(found.shape, found.dtype if is_float(found.dtype) else None, options)


@function(*spelled("numpy.", "isnan isinf isfinite signbit logical_not"))
def asked(x: Any, /, out: Any = None, **options: Any) -> Result:
    """A bool for each element.

    >>> {name}(np.ones((2, 3)))
    """
    return _ufunc(operand(x).shape, "bool", options)


@function("numpy.isreal", "numpy.iscomplex")
def is_real(x: Any) -> Result:
    """A bool for each element.

    >>> {name}(np.ones((2, 3)))
    """
    return Result(operand(x).shape, "bool")


@function("numpy.isposinf", "numpy.isneginf")
def is_infinite(x: Any, out: Any = None) -> Result:
    """A bool for each element.

    >>> {name}(np.ones((2, 3)))
    """
    return Result(operand(x).shape, "bool")


@function("numpy.nan_to_num")
def nan_to_num(x: Any, copy: Any = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, found.dtype)


@function("numpy.round", "numpy.around")
def round_(a: Any, decimals: Any = 0, out: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(np.ones((2, 3), "int32"), 2)
    """
    found = operand(a)
    if found.dtype == "bool" and decimals != 0:
        raise NotKnown("numbers")
    return Result(found.shape, None if found.dtype == "bool" else found.dtype)


@function("numpy.fix")
def fix(x: Any, out: Any = None) -> Result:
    """The same shape.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    return rounded(x)


@function("numpy.sinc")
def sinc(x: Any) -> Result:
    """The same shape, as floats.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, found.dtype if is_float(found.dtype) else None)


@function("numpy.real", "numpy.imag")
def real(val: Any) -> Result:
    """The parts of complex numbers.

    >>> {name}(np.ones((2, 3), "complex64"))
    """
    found = operand(val)
    return Result(found.shape, real_part(found.dtype))


@function("numpy.angle")
def angle(z: Any, deg: Any = False) -> Result:
    """The angles of complex numbers.

    >>> {name}(np.ones((2, 3), "complex64"))
    """
    found = operand(z)
    return Result(found.shape, floating(real_part(found.dtype)))


@method("ndarray.conj", "ndarray.conjugate")
def conj_method(self: Given) -> Result:
    """The same shape and dtype.

    >>> np.ones((2, 3)).{name}()
    """
    return Result(self.shape, self.dtype)


@method("ndarray.round")
def round_method(self: Given, decimals: Any = 0, out: Any = None) -> Result:
    """The same shape and dtype.

    >>> np.ones((2, 3)).{name}(2)
    """
    return round_(self, decimals)


def _ufunc(shape: Shape, dtype: str | None, options: dict[str, Any]) -> Result:
    """The result of a ufunc, whose `dtype` option names that of the computation."""
    if not set(options) <= {"where", "casting", "order", "dtype", "subok"}:
        raise NotKnown("options")
    return Result(shape, dtype if options.get("dtype") is None else None)


# -- of two arrays


def _pair(a: Any, b: Any) -> tuple[Operand, Operand, Shape]:
    first, second = operand(a), operand(b)
    return first, second, broadcasted("numpy", first.shape, second.shape)


@function(*spelled("numpy.", "add multiply maximum minimum fmax fmin"))
def binary(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape.

    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    >>> {name}(np.ones((2, 1), "float32"), 2.0)
    >>> {name}(np.ones((2, 1), "int8"), np.ones((3,), "uint8"))
    """
    first, second, shape = _pair(a, b)
    return _ufunc(shape, promoted("numpy", first, second), options)


@function(*spelled("numpy.", "subtract remainder mod fmod floor_divide power gcd lcm"))
def binary_numbers(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape; what bools become differs.

    >>> {name}(np.ones((2, 3), "int32"), np.ones((3,), "int32"))
    >>> {name}(np.ones((2, 3), "int32"), 2)
    """
    first, second, shape = _pair(a, b)
    dtype = promoted("numpy", first, second)
    return _ufunc(shape, None if dtype == "bool" else dtype, options)


@function("numpy.divide", "numpy.true_divide")
def divide(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape of floats.

    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    >>> {name}(np.ones((2, 3), "uint8"), 255)
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "int8"))
    """
    first, second, shape = _pair(a, b)
    return _ufunc(shape, averaged(promoted("numpy", first, second)), options)


@function(*spelled("numpy.", "arctan2 hypot logaddexp logaddexp2 copysign nextafter heaviside"))
def binary_floats(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape of floats.

    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    >>> {name}(np.ones((2, 3), "int64"), np.ones((3,), "int64"))
    """
    first, second, shape = _pair(a, b)
    dtype = promoted("numpy", first, second)
    if (dtype or "").startswith("complex"):
        raise NotKnown("real numbers")
    return _ufunc(shape, floating(dtype), options)


@function("numpy.float_power")
def float_power(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape of float64.

    >>> {name}(np.ones((2, 3), "float32"), 2)
    """
    first, second, shape = _pair(a, b)
    dtype = promoted("numpy", first, second)
    return _ufunc(shape, "float64" if is_float(dtype) or is_int(dtype) else None, options)


@function(*spelled("numpy.", "bitwise_and bitwise_or bitwise_xor left_shift right_shift"))
def bitwise(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape of integers.

    >>> {name}(np.ones((2, 3), "int32"), np.ones((3,), "int32"))
    """
    return binary_numbers(a, b, out, **options)


_COMPARISONS = "equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor"


@function(*spelled("numpy.", _COMPARISONS))
def compare(a: Any, b: Any, /, out: Any = None, **options: Any) -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(np.ones((2, 3)), 0.5)
    """
    return _ufunc(_pair(a, b)[2], "bool", options)


@function("numpy.isclose")
def isclose(a: Any, b: Any, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: Any = False) -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(np.ones((2, 3)), 0.5)
    """
    return Result(_pair(a, b)[2], "bool")


@function("numpy.divmod")
def divmod_(a: Any, b: Any, /, *_: Any, **options: Any) -> tuple[Result, Result]:
    """Quotient and remainder.

    >>> {name}(np.ones((2, 3), "int32"), 2)
    """
    found = binary_numbers(a, b, **options)
    return found, found


@function("numpy.modf")
def modf(x: Any, /, *_: Any, **options: Any) -> tuple[Result, Result]:
    """What stands behind the point, and before it.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = floats(x, **options)
    return found, found


# -- methods of ufuncs

_BINARY = "add multiply maximum minimum logical_and logical_or"


@function(*(f"numpy.{name}.reduce" for name in _BINARY.split()))
def ufunc_reduce(array: Any, /, axis: Any = 0, dtype: Any = None, out: Any = None, **options: Any) -> Result:
    """Without the reduced axes, the first unless told.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3)), axis=1, keepdims=True)
    """
    return Result(reduced(operand(array).shape, axis, options.get("keepdims", False)))


@function(*(f"numpy.{name}.accumulate" for name in _BINARY.split()))
def ufunc_accumulate(array: Any, /, axis: Any = 0, dtype: Any = None, out: Any = None) -> Result:
    """The same shape.

    >>> {name}(np.ones((2, 3)))
    """
    shape = operand(array).shape
    axis_of(axis, shape.rank)
    return Result(shape)


@function(*(f"numpy.{name}.outer" for name in (*_BINARY.split(), "subtract")))
def ufunc_outer(A: Any, B: Any, /, **_: Any) -> Result:
    """The axes of the first, then those of the second.

    >>> {name}(np.ones((2, 3)), np.ones((4,)))
    """
    return Result(Shape((*operand(A).shape, *operand(B).shape)))


# -- choosing


@function("numpy.where")
def where(condition: Any, x: Any = None, y: Any = None, /) -> Any:
    """Three operands broadcast to one shape; of a condition alone the positions along each axis.

    >>> {name}(np.ones((2, 1), "bool"), np.ones((3,)), 0.0)
    """
    if x is None or y is None:
        return nonzero(condition)
    a, b = operand(x), operand(y)
    return Result(broadcasted("numpy", operand(condition).shape, a.shape, b.shape), promoted("numpy", a, b))


@function("numpy.nonzero")
def nonzero(a: Any) -> Any:
    """The positions along each axis of the elements that are not zero; how many is not known.

    >>> len({name}(np.ones((2, 3))))
    """
    shape = operand(a).shape
    return tuple([Result(Shape((UNNAMED,)), "int64")] * shape.rank)


@method("ndarray.nonzero")
def nonzero_method(self: Given) -> Any:
    """The positions along each axis of the elements that are not zero; how many is not known.

    >>> len(np.ones((2, 3)).{name}())
    """
    return nonzero(self)


@function("numpy.clip")
def clip(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **options: Any) -> Result:
    """The array and its bounds broadcast to one shape.

    >>> {name}(np.ones((2, 3), "float32"), 0, 1)
    >>> {name}(np.ones((3,)), np.zeros((2, 1)), None)
    """
    bounds = [options.get("min", a_min), options.get("max", a_max)]
    found = [operand(value) for value in (a, *bounds) if value is not None]
    return Result(broadcasted("numpy", *(x.shape for x in found)), promoted("numpy", *found))


@method("ndarray.clip")
def clip_method(self: Given, min: Any = None, max: Any = None, out: Any = None, **_: Any) -> Result:
    """The array and its bounds broadcast to one shape.

    >>> np.ones((2, 3)).{name}(0, 1)
    """
    return clip(self, min, max)


@function("numpy.interp")
def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Result:
    """A value for each of `x`.

    >>> {name}(np.ones((2, 3)), [0, 1], [2, 3])
    """
    if (operand(x).dtype or "c")[0] == "c":
        raise NotKnown("real numbers")
    dtype = operand(fp).dtype
    return Result(operand(x).shape, "float64" if is_float(dtype) or is_int(dtype) else None)


@function("numpy.select")
def select(condlist: Any, choicelist: Any, default: Any = 0) -> Result:
    """All conditions and choices broadcast to one shape.

    >>> {name}([np.ones((2, 3), "bool")], [np.ones((3,))])
    """
    if not isinstance(condlist, (list, tuple)) or not isinstance(choicelist, (list, tuple)):
        raise NotKnown("lists of arrays")
    found = [operand(value).shape for value in (*condlist, *choicelist)]
    return Result(broadcasted("arrays", *found))


@function("numpy.cumsum", "numpy.cumprod", "numpy.nancumsum", "numpy.nancumprod")
def cumsum(a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Result:
    """The same shape, or one axis without `axis`.

    >>> {name}(np.ones((2, 3), "int8"), axis=0)
    >>> {name}(np.ones((2, 3), "float32"))
    >>> {name}(np.ones(()), axis=0)
    """
    found = operand(a)
    return Result(_running(found.shape, axis), summed(found.dtype) if dtype is None else dtype_name(dtype))


def _running(shape: Shape, axis: Any) -> Shape:
    """What a cumulative function gives: the same shape, or all elements in a row."""
    if axis is None:
        return Shape((number_of_elements(shape),))
    if shape.rank == 0:
        shape = Shape((1,))  # a number is taken for an array of one
    axis_of(axis, shape.rank)
    return shape


@method("ndarray.cumsum", "ndarray.cumprod")
def cumsum_method(self: Given, axis: Any = None, dtype: Any = None, out: Any = None) -> Result:
    """The same shape, or one axis without `axis`.

    >>> np.ones((2, 3)).{name}(axis=0)
    """
    return cumsum(self, axis, dtype)


@function("numpy.gradient")
def gradient(f: Any, *varargs: Any, axis: Any = None, edge_order: Any = 1) -> Any:
    """The same shape, once for each axis.

    >>> {name}(np.ones((5,)))
    >>> {name}(np.ones((5, 4)))
    >>> {name}(np.ones((5, 4)), axis=0)
    """
    found = operand(f)
    places = axes_of(axis, found.shape.rank)
    if any(isinstance(size := found.shape[n].size, int) and size <= edge_order for n in places):
        raise NotKnown("enough elements")
    made = Result(found.shape, found.dtype if is_float(found.dtype) else None)
    if isinstance(axis, int) or found.shape.rank == 1:
        return made
    if axis is not None:
        raise NotKnown("axes")
    return tuple([made] * found.shape.rank)


@function("numpy.diff")
def diff(a: Any, n: Any = 1, axis: Any = -1, prepend: Any = None, append: Any = None) -> Result:
    """One less along an axis for each time.

    >>> {name}(np.ones((5, 4)))
    >>> {name}(np.ones((5, 4)), n=2, axis=0)
    """
    found = operand(a)
    if not found.shape.rank:
        raise NotKnown("an axis")
    at = axis_of(axis, found.shape.rank)
    if not isinstance(n, int) or n < 0 or prepend is not None or append is not None:
        raise NotKnown("how often")
    size = found.shape[at]
    shorter = size.derive(max(0, size.size - n)) if isinstance(size.size, int) else size - n
    return Result(found.shape.replace(at, shorter), None if found.dtype == "bool" else found.dtype)
