"""Arrays made from nothing or from nested lists."""

from __future__ import annotations

import math
from typing import Any

from shapewright.knowledge.arrays.arguments import operand, promoted
from shapewright.knowledge.arrays.dtypes import is_float, is_int
from shapewright.knowledge.arrays.shapes import broadcast_to as to_shape
from shapewright.knowledge.arrays.shapes import broadcasted, diagonal
from shapewright.knowledge.numpy.arguments import (
    NUMBER_TYPES,
    as_shape,
    content_of,
    dtype_name,
    elements,
    nested_dtype,
    nested_shape,
    size_of,
)
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, Misfit, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, Api


@function("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray")
def array(a: Any, /, dtype: Any = None, **_: Any) -> Result:
    """The shape of nested lists is their lengths, outermost first.

    >>> {name}([[1, 2], [3, 4]])
    >>> {name}([np.ones((3,), "float32"), np.ones((3,), "float32")])
    >>> {name}([1, 2.5], "float32")
    """
    try:
        shape = nested_shape(a)
    except Misfit as misfit:
        number = dtype is None or is_float(dtype_name(dtype)) or is_int(dtype_name(dtype))
        raise misfit if number and not _ else NotKnown("items of one shape") from None
    ndmin = _.get("ndmin")
    if ndmin is not None:
        if not isinstance(ndmin, int):
            raise NotKnown("ndmin")
        shape = Shape((*(1,) * (ndmin - shape.rank), *shape))
    found = nested_dtype(a) if dtype is None else dtype_name(dtype)
    return Result(shape, found, content=_kept(a, found) if shape.rank == nested_shape(a).rank else None)


def _kept(value: Any, dtype: str | None) -> Any:
    """The elements of a short list of numbers."""
    if isinstance(value, Given):
        held = value.tensor.content
        return content_of(held) if held is not None and value.dtype == dtype else None
    if isinstance(value, (list, tuple)):
        return [_kept(item, dtype) for item in value] if len(value) <= 32 else None
    whole = dtype in ("int32", "int64")  # smaller ones wrap around
    return value if whole and isinstance(value, (int, Dim)) and not isinstance(value, bool) else None


def _number_type(dtype: str) -> Any:
    def number(value: Any = 0, /) -> Result:
        found = operand(value)
        return Result(found.shape, dtype)

    number.__doc__ = """A number, or an array of the type.

    >>> {name}(3)
    >>> {name}(np.ones((2, 3)))
    """
    return number


for _type in NUMBER_TYPES:
    function(f"numpy.{_type}")(_number_type(_type.rstrip("_")))


@function("numpy.dtype")
def dtype_(dtype: Any, /, align: Any = False, copy: Any = False, **_: Any) -> str:
    """A dtype is known by its name.

    >>> {name}("f4").name
    """
    name = dtype_name(dtype)
    if name is None:
        raise NotKnown("dtype")
    return name


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


def _like(a: Given, dtype: Any, shape: Any) -> Result:
    return Result(a.shape if shape is None else as_shape(shape), a.dtype if dtype is None else dtype_name(dtype))


@function("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like")
def zeros_like(
    a: Given, /, dtype: Any = None, order: Any = "K", subok: Any = True, shape: Any = None, **_: Any
) -> Result:
    """The shape and dtype of another array.

    >>> {name}(np.ones((2, 3)))
    """
    return _like(a, dtype, shape)


@function("numpy.full_like")
def full_like(
    a: Given, fill_value: Any, dtype: Any = None, order: Any = "K", subok: Any = True, shape: Any = None, **_: Any
) -> Result:
    """The shape and dtype of another array.

    >>> {name}(np.ones((2, 3), "float32"), 7)
    """
    return _like(a, dtype, shape)


@function("numpy.arange")
def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None, **_: Any) -> Result:
    """As many numbers as fit from start to stop.

    >>> {name}(2, 9, 3)
    >>> {name}(0, 1, 0.25)
    >>> {name}(5, dtype="float32")
    """
    numbers = [_plain_number(n) for n in ((0, start, step) if stop is None else (start, stop, step))]
    wanted = None if dtype is None else dtype_name(dtype)
    if any(isinstance(n, Dim) for n in numbers):
        whole = all(isinstance(n, (Dim, int)) for n in numbers)  # a size is a whole number
        return Result(Shape((_count(numbers),)), wanted if dtype is not None else "int64" if whole else None)
    first, last, by = numbers
    if by == 0:
        raise NotKnown("a step")
    integers = all(isinstance(n, int) for n in numbers)
    count = max(0, -(-(last - first) // by) if integers else math.ceil((last - first) / by))
    if not integers and (
        count > 1e9 or (not float((last - first) / by).is_integer() and abs(_off(first, last, by)) < 1e-9)
    ):
        raise NotKnown("how floats round")
    content = list(range(first, last, by)) if integers and count <= 32 and dtype is None else None
    return Result(
        Shape((int(count),)), ("int64" if integers else "float64") if dtype is None else wanted, content=content
    )


def _off(first: float, last: float, by: float) -> float:
    """How far the number of steps is from a whole number."""
    steps = (last - first) / by
    return float(steps - round(steps))


def _plain_number(value: Any) -> Any:
    value = elements(value)
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float, Dim)):
        raise NotKnown("bounds")
    return value.size if isinstance(value, Dim) and isinstance(value.size, int) else value


def _count(numbers: list[Any]) -> Dim:
    """How many numbers lie between bounds that are not known: the last itself where they start at 0."""
    first, last, by = numbers
    if first == 0 and by == 1 and isinstance(last, Dim):
        return last if last.size is not None else Dim(UNNAMED)
    return Dim(UNNAMED)


@function("numpy.linspace")
def linspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: Any = True,
    retstep: Any = False,
    dtype: Any = None,
    axis: Any = 0,
    **_: Any,
) -> Any:
    """`num` numbers between two others.

    >>> {name}(0, 1, 5)
    >>> {name}(np.zeros((3,)), 1.0, 5)
    """
    if axis != 0:
        raise NotKnown("axis")
    bounds = [operand(value) for value in (start, stop)]
    ends = broadcasted("arrays", *(bound.shape for bound in bounds))
    plain = all(bound.dtype in ("int64", "float64") for bound in bounds)
    made = Result(Shape((size_of(num), *ends)), ("float64" if plain else None) if dtype is None else dtype_name(dtype))
    return made if retstep is False else (made, UNKNOWN)


@function("numpy.logspace")
def logspace(
    start: Any, stop: Any, num: Any = 50, endpoint: Any = True, base: Any = 10.0, dtype: Any = None, axis: Any = 0
) -> Any:
    """`num` numbers on a scale of logarithms.

    >>> {name}(0, 1, 5)
    """
    return linspace(start, stop, num, endpoint, False, dtype, axis)


@function("numpy.geomspace")
def geomspace(start: Any, stop: Any, num: Any = 50, endpoint: Any = True, dtype: Any = None, axis: Any = 0) -> Any:
    """`num` numbers, each so many times the one before.

    >>> {name}(1, 100, 5)
    """
    return linspace(start, stop, num, endpoint, False, dtype, axis)


@function("numpy.eye")
def eye(N: Any, M: Any = None, k: Any = 0, dtype: Any = None, **_: Any) -> Result:
    """(N, M), and M is N unless told.

    >>> {name}(3, 4)
    """
    columns = N if M is None else M
    return Result(Shape((size_of(N), size_of(columns))), "float64" if dtype is None else dtype_name(dtype))


@function("numpy.identity")
def identity(n: Any, dtype: Any = None, **_: Any) -> Result:
    """(n, n).

    >>> {name}(3)
    """
    return eye(n, dtype=dtype)


@function("numpy.tri")
def tri(N: Any, M: Any = None, k: Any = 0, dtype: Any = None, **_: Any) -> Result:
    """(N, M), and M is N unless told.

    >>> {name}(3, 4)
    """
    return eye(N, M, dtype=dtype)


@function("numpy.tril", "numpy.triu")
def tril(m: Any, k: Any = 0) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(m)
    if found.shape.rank < 1:
        raise NotKnown("a matrix")
    shape = found.shape if found.shape.rank > 1 else Shape((found.shape[0], found.shape[0]))
    return Result(shape, found.dtype)


@function("numpy.diag")
def diag(v: Any, k: Any = 0) -> Result:
    """A matrix with a diagonal, or the diagonal of a matrix.

    >>> {name}([1, 2, 3])
    >>> {name}(np.ones((3, 4)), 1)
    """
    found = operand(v)
    if not isinstance(k, int):
        raise NotKnown("k")
    if found.shape.rank == 1:
        size = found.shape[0] + abs(k)
        return Result(Shape((size, size)), found.dtype)
    if found.shape.rank != 2:
        raise NotKnown("a vector or a matrix")
    return Result(diagonal(found.shape, k), found.dtype)


@function("numpy.diagflat")
def diagflat(v: Any, k: Any = 0) -> Result:
    """A matrix with all elements on a diagonal.

    >>> {name}([[1, 2], [3, 4]])
    """
    found = operand(v)
    return diag(array_of(Shape((number_of_elements(found.shape),)), found.dtype), k)


def array_of(shape: Shape, dtype: str | None) -> Given:
    """An array of a shape."""
    return Given(Tensor(shape, dtype, Library.NUMPY))


@function("numpy.vander")
def vander(x: Any, N: Any = None, increasing: Any = False) -> Result:
    """(x, N), and N is the length unless told.

    >>> {name}([1, 2, 3], 4)
    """
    found = operand(x)
    if found.shape.rank != 1:
        raise NotKnown("a vector")
    return Result(Shape((found.shape[0], found.shape[0] if N is None else size_of(N))))


@function("numpy.frombuffer")
def frombuffer(buffer: Any, dtype: Any = None, count: Any = -1, offset: Any = 0, **_: Any) -> Result:
    """A row of numbers; how many is not known unless it is told.

    >>> {name}(b"abcdefgh", "uint8", 4)
    """
    size = count if isinstance(count, int) and count >= 0 else UNNAMED
    return Result(Shape((size,)), "float64" if dtype is None else dtype_name(dtype))


@function("numpy.fromstring")
def fromstring(string: Any, dtype: Any = None, count: Any = -1, *, sep: Any = "", **_: Any) -> Result:
    """A row of numbers; how many is not known unless it is told.

    >>> {name}("1 2 3", "int32", 2, sep=" ")
    """
    return frombuffer(string, dtype, count)


@function("numpy.indices")
def indices(dimensions: Any, dtype: Any = None, sparse: Any = False) -> Result:
    """The positions of a grid: one array an axis.

    >>> {name}((3, 4))
    """
    if sparse is not False or isinstance(dimensions, int):
        raise NotKnown("a tuple")
    shape = as_shape(dimensions)
    return Result(
        shape.insert(0, shape.rank), "int64" if dtype is None or dtype == Api("builtins.int") else dtype_name(dtype)
    )


@function("numpy.meshgrid")
def meshgrid(*xi: Any, copy: Any = True, sparse: Any = False, indexing: Any = "xy") -> Any:
    """A grid: the first two axes exchanged unless told.

    >>> {name}([1, 2], [3, 4, 5])
    >>> {name}([1, 2], [3, 4, 5], indexing="ij")
    >>> {name}([1, 2], [3, 4, 5], [6], sparse=True)
    """
    found = [operand(x) for x in xi]
    if any(x.shape.rank > 1 for x in found) or indexing not in ("xy", "ij") or sparse not in (True, False):
        raise NotKnown("vectors")
    sizes = [x.shape[0] if x.shape.rank else Dim(1) for x in found]
    order = list(range(len(sizes)))
    if indexing == "xy" and len(order) > 1:
        order[0], order[1] = 1, 0
    return tuple(
        Result(Shape(sizes[n] if not sparse or n == number else Dim(1) for n in order), x.dtype)
        for number, x in enumerate(found)
    )


@function("numpy.copy")
def copy(a: Any, order: Any = "K", subok: Any = False) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(a)
    return Result(found.shape, found.dtype)


@method("ndarray.copy")
def copy_method(self: Given, order: Any = "C") -> Result:
    """The same shape and dtype.

    >>> np.ones((2, 3)).{name}()
    """
    return Result(self.shape, self.dtype)


@function(*(f"numpy.{name}" for name in ("hanning", "hamming", "blackman", "bartlett")))
def window(M: Dim) -> Result:
    """A window of M numbers.

    >>> {name}(8)
    """
    return Result(Shape((M,)), "float64")


@function("numpy.kaiser")
def kaiser(M: Dim, beta: Any) -> Result:
    """A window of M numbers.

    >>> {name}(8, 14)
    """
    return Result(Shape((M,)), "float64")


@function("numpy.broadcast_to")
def broadcast_to(array: Any, shape: Any, subok: Any = False) -> Result:
    """The shape that was asked for.

    >>> {name}(np.ones((3,)), (2, 3))
    """
    found = operand(array)
    return Result(to_shape(found.shape, as_shape(shape)), found.dtype)


@function("numpy.broadcast_arrays")
def broadcast_arrays(*args: Any, subok: Any = False) -> Any:
    """All arrays broadcast to one shape.

    >>> {name}(np.ones((3,)), np.ones((2, 1)))
    """
    found = [operand(value) for value in args]
    shape = broadcasted("arrays", *(x.shape for x in found))
    return tuple(Result(shape, x.dtype) for x in found)


@function("numpy.result_type")
def result_type(*arrays_and_dtypes: Any) -> str:
    """The dtype that holds all is known by its name.

    >>> {name}(np.ones((2,), "float32"), np.ones((2,), "int8")).name
    """
    values = [a for a in arrays_and_dtypes if isinstance(a, Given)]
    dtype = promoted("numpy", *(operand(value) for value in values)) if len(values) == len(arrays_and_dtypes) else None
    if dtype is None:
        raise NotKnown("dtype")
    return dtype
