"""Arrays made from nothing or from nested lists."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.numpy.arguments import as_shape, dtype_name, nested_dtype, nested_shape
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN


@function("numpy.array", "numpy.asarray")
def array(object: Any, /, dtype: Any = None, **_: Any) -> Result:
    """The shape of nested lists is their lengths, outermost first.

    >>> {name}([[1, 2], [3, 4]])
    """
    if _.get("ndmin") not in (None, 0):
        raise NotKnown("ndmin")
    found = nested_dtype(object) if dtype is None else dtype_name(dtype)
    return Result(nested_shape(object), found)


@function("numpy.zeros", "numpy.ones", "numpy.empty")
def zeros(shape: Any, dtype: Any = None, order: Any = "C", **_: Any) -> Result:
    """The given shape; float64 unless told.

    >>> {name}((2, 3), "int32")
    """
    return Result(as_shape(shape), "float64" if dtype is None else dtype_name(dtype))


@function("numpy.full")
def full(shape: Any, fill_value: Any, dtype: Any = None, order: Any = "C", **_: Any) -> Result:
    """The given shape; the dtype of the fill value unless told.

    >>> {name}((2, 3), 1.5)
    """
    return Result(as_shape(shape), nested_dtype(fill_value) if dtype is None else dtype_name(dtype))


@function("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like")
def zeros_like(
    a: Given, /, dtype: Any = None, order: Any = "K", subok: Any = True, shape: Any = None, **_: Any
) -> Result:
    """The shape and dtype of another array.

    >>> {name}(np.ones((2, 3)))
    """
    return Result(a.shape if shape is None else as_shape(shape), a.dtype if dtype is None else dtype_name(dtype))


@function("numpy.arange")
def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None, **_: Any) -> Result:
    """As many numbers as fit from start to stop.

    >>> {name}(2, 9, 3)
    """
    numbers = (0, start, step) if stop is None else (start, stop, step)
    if UNKNOWN in numbers or not all(isinstance(n, (int, float)) for n in numbers) or step == 0:
        raise NotKnown("bounds")
    integers = all(isinstance(n, int) for n in numbers)
    if not integers:
        raise NotKnown("how floats round")
    count = max(0, -(-(numbers[1] - numbers[0]) // numbers[2]))
    return Result(Shape((count,)), "int64" if dtype is None else dtype_name(dtype))


@function("numpy.linspace")
def linspace(
    start: Any, stop: Any, num: int = 50, endpoint: Any = True, retstep: bool = False, dtype: Any = None
) -> Result:
    """`num` numbers between two scalars.

    >>> {name}(0, 1, 5)
    """
    if retstep or not all(isinstance(n, (int, float)) for n in (start, stop)):
        raise NotKnown("two scalars")
    return Result(Shape((num,)), "float64" if dtype is None else dtype_name(dtype))


@function("numpy.eye")
def eye(N: int, M: Any = None, k: Any = 0, dtype: Any = None, **_: Any) -> Result:
    """(N, M), and M is N unless told.

    >>> {name}(3, 4)
    """
    columns = N if M is None else M
    if not isinstance(columns, int):
        raise NotKnown("columns")
    return Result(Shape((N, columns)), "float64" if dtype is None else dtype_name(dtype))
