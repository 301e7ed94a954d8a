"""Tensors made from nothing. Source: keras/src/ops/numpy.py, keras/src/random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, elements, narrowed, operand, plain_sizes, size_of
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result, sized_by_data
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@function(*spelled("keras.ops.", "zeros ones empty"))
def zeros(shape: Any, dtype: Any = None) -> Result:
    """The given shape; float32 unless told.

    >>> {name}((2, 3))
    >>> {name}([4], dtype="int32")
    >>> {name}(5)
    """
    return Result(plain_sizes(shape), chosen_dtype(dtype, "float32"))


@function("keras.ops.full")
def full(shape: Any, fill_value: Any, dtype: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3), 1.0)
    """
    if isinstance(shape, int):
        raise NotKnown("a tuple")
    return Result(plain_sizes(shape), None if dtype is None else dtype_name(dtype))


@function(*spelled("keras.ops.", "zeros_like ones_like"))
def zeros_like(x: Any, dtype: Any = None) -> Result:
    """The shape and dtype of another tensor.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"), dtype="int32")
    """
    found = operand(x)
    return Result(found.shape, chosen_dtype(dtype, narrowed(found)))


@function("keras.ops.eye")
def eye(N: Any, M: Any = None, k: Any = 0, dtype: Any = None) -> Result:
    """(N, M), and M is N unless told.

    >>> {name}(3)
    >>> {name}(3, 4)
    """
    rows, columns = size_of(N), size_of(N if M is None else M)
    if any(isinstance(dim.size, int) and dim.size < 1 for dim in (rows, columns)):
        raise NotKnown("sizes")
    ends = [dim.size for dim in (rows, columns) if isinstance(dim.size, int)]
    if not isinstance(k, int) or any(abs(k) >= end for end in ends):
        raise NotKnown("a diagonal of the matrix")
    return Result(Shape((rows, columns)), chosen_dtype(dtype, "float32"))


@function("keras.ops.arange")
def arange(start: Any, stop: Any = None, step: Any = None, dtype: Any = None) -> Result:
    """As many numbers as fit from start to stop.

    >>> {name}(5)
    >>> {name}(1, 10, 3)
    >>> {name}(0, 6, dtype="float32")
    """
    numbers = [0, start, 1] if stop is None else [start, stop, step or 1]
    if stop is None and step is not None:
        numbers[2] = step
    numbers = [n.size if isinstance(n, Dim) and n.is_known else n for n in map(elements, numbers)]
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers):
        return _arange_of_sizes(numbers, chosen_dtype(dtype, "int32"))
    if not numbers[2]:
        raise NotKnown("whole numbers")
    count = -(-(numbers[1] - numbers[0]) // numbers[2])
    away = (numbers[1] - numbers[0]) * numbers[2] < 0
    if away or count < 0 or (dtype is not None and dtype_name(dtype) == "bool"):
        raise NotKnown("numbers from start to stop")
    return Result(Shape((count,)), chosen_dtype(dtype, "int32"))


def _arange_of_sizes(numbers: Sequence[Any], dtype: str | None) -> Result:
    """Up to a size that is not known as a number: `ops.arange(ops.shape(x)[1])`."""
    start, stop, step = numbers
    if not isinstance(stop, Dim) or not isinstance(step, int) or isinstance(start, float):
        raise NotKnown("whole numbers")
    return Result(Shape((stop if start == 0 and step == 1 else sized_by_data(),)), dtype)


@function("keras.ops.linspace")
def linspace(
    start: Any,
    stop: Any,
    num: int = 50,
    endpoint: Any = True,
    retstep: Any = False,
    dtype: Any = None,
    axis: Any = 0,
) -> Result:
    """`num` numbers between two scalars, or between the elements of two arrays.

    >>> {name}(0.0, 1.0, 5)
    >>> {name}(np.ones((3, 4), "float32"), np.ones((4,), "float32"), 5)
    >>> {name}(np.ones((3, 4), "float32"), np.ones((3, 4), "float32"), 5, axis=-1)
    """
    if retstep is not False or (dtype is not None and dtype_name(dtype) == "bool"):
        raise NotKnown("numbers alone")
    ends = [operand(start), operand(stop)]
    between = broadcasted("keras", *(end.shape for end in ends))
    if not isinstance(axis, int) or not -between.rank - 1 <= axis <= between.rank:
        raise NotKnown("an axis")
    at = axis % (between.rank + 1)
    plain = all(not end.shape.rank or end.dtype in ("float32", "int32", "int64") for end in ends)
    dims = between.dims
    return Result(Shape((*dims[:at], num, *dims[at:])), chosen_dtype(dtype, "float32" if plain else None))


@function("keras.ops.array", "keras.ops.convert_to_tensor")
def convert(x: Any, dtype: Any = None, *_: Any, **__: Any) -> Result:
    """The shape of an array or of nested lists.

    >>> {name}([[1, 2, 3], [4, 5, 6]])
    >>> {name}(np.ones((2, 3)), dtype="float32")
    """
    found = operand(x)
    return Result(found.shape, chosen_dtype(dtype, narrowed(found)))


@function("keras.ops.convert_to_numpy")
def convert_to_numpy(x: Any) -> Result:
    """The same values as a NumPy array.

    >>> {name}(keras.ops.ones((2, 3)))
    """
    if isinstance(x, Given) and x.tensor.is_symbolic:
        raise NotKnown("values")
    found = operand(x)
    return Result(found.shape, found.dtype if isinstance(x, Given) else None, Library.NUMPY)


@function("keras.ops.one_hot")
def one_hot(x: Any, num_classes: Any, axis: Any = -1, dtype: Any = None, sparse: Any = False) -> Result:
    """A new axis with one place for each class.

    >>> {name}(Input((4,), dtype="int32"), 10)
    >>> {name}(np.array([1, 2]), 3, axis=0)
    """
    if not isinstance(axis, int) or sparse is not False:
        raise NotKnown("axis")
    found = operand(x)
    if not -1 <= axis <= found.shape.rank - (found.library is Library.KERAS):
        raise NotKnown("axis")
    return Result(found.shape.insert(axis, size_of(num_classes)), chosen_dtype(dtype, "float32"))


@function("keras.ops.shape")
def shape(x: Any) -> tuple[Any, ...]:
    """The sizes as a tuple; those that are not known before the program runs are scalar tensors.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(Input((4, 3)))
    """
    found = operand(x)
    if isinstance(x, Given) and x.tensor.library is Library.TENSORFLOW:
        return tuple(
            Result(Shape(()), "int32", Library.TENSORFLOW, content=dim) if dim.is_dynamic else dim
            for dim in found.shape
        )
    return tuple(found.shape)


@function("keras.ops.ndim")
def ndim(x: Any) -> int:
    """The number of axes.

    >>> {name}(np.ones((2, 3)))
    """
    return operand(x).shape.rank


@function("keras.ops.is_tensor", "keras.utils.is_keras_tensor", "keras.backend.is_keras_tensor")
def is_tensor(x: Any) -> bool:
    """Whether it is a tensor: known for arrays of NumPy.

    >>> {name}(np.ones((2, 3)))
    """
    if isinstance(x, Given) and x.library is Library.NUMPY:
        return False
    raise NotKnown("x")


# -- random


def _drawn(size: Any, dtype: Any, default: str = "float32") -> Result:
    if size is UNKNOWN:
        raise NotKnown("shape")
    return Result(plain_sizes(size), chosen_dtype(dtype, default))


@function("keras.random.normal", "keras.random.truncated_normal")
def normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3))
    """
    return _drawn(shape, dtype)


@function("keras.random.uniform")
def uniform(shape: Any, minval: Any = 0.0, maxval: Any = 1.0, dtype: Any = None, seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3))
    """
    return _drawn(shape, dtype)


@function("keras.random.randint")
def randint(shape: Any, minval: Any, maxval: Any, dtype: Any = "int32", seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3), 0, 10)
    """
    return _drawn(shape, dtype, "int32")


@function("keras.random.dropout")
def dropout(inputs: Any, rate: Any, noise_shape: Any = None, seed: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(keras.ops.ones((4, 3)), 0.5)
    """
    if isinstance(inputs, Given) and inputs.tensor.is_symbolic:
        raise NotKnown("a tensor with values")
    found = operand(inputs)
    return Result(found.shape, narrowed(found))


@function("keras.random.shuffle")
def shuffle(x: Any, axis: Any = 0, seed: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    return Result(found.shape, narrowed(found))


@function("keras.random.categorical")
def categorical(logits: Any, num_samples: Any, dtype: Any = "int32", seed: Any = None) -> Result:
    """(batch, classes) -> (batch, num_samples).

    >>> {name}(np.ones((2, 3), "float32"), 4)
    """
    found = operand(logits)
    if found.shape.rank != 2:
        raise NotKnown("(batch, classes)")
    return Result(found.shape.replace(1, size_of(num_samples)), chosen_dtype(dtype, "int32"))


@function("keras.random.gamma")
def gamma(shape: Any, alpha: Any, dtype: Any = None, seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3), 0.5)
    """
    return _drawn(shape, dtype)


@function("keras.random.beta")
def beta(shape: Any, alpha: Any, beta: Any, dtype: Any = None, seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3), 0.5, 0.5)
    """
    return _drawn(shape, dtype)


@function("keras.random.binomial")
def binomial(shape: Any, counts: Any, probabilities: Any, dtype: Any = None, seed: Any = None) -> Result:
    """The given shape.

    >>> {name}((2, 3), 10.0, 0.5)
    """
    return _drawn(shape, dtype)
