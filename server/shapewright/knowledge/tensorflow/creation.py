"""Tensors made from nothing, from lists and from arrays."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import (
    Operand,
    chosen_dtype,
    contents,
    elements,
    narrowed,
    operand,
    plain_sizes,
    size_of,
)
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result
from shapewright.knowledge.tensorflow.common import of_unknown_rank
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library


@function("tensorflow.zeros", "tensorflow.ones")
def zeros(shape: Any, dtype: Any = "float32", name: Any = None, **_: Any) -> Result:
    """The given shape.

    >>> {name}((2, 3))
    >>> {name}([2, tf.shape(tf.zeros((2, 3)))[1]], dtype=tf.int32)
    >>> {name}(tf.shape(tf.zeros((2, 3))))
    """
    return Result(plain_sizes(shape), chosen_dtype(dtype, None))


@function("tensorflow.zeros_like", "tensorflow.ones_like")
def zeros_like(input: Any, dtype: Any = None, name: Any = None, **_: Any) -> Result:
    """The shape and dtype of another tensor.

    >>> {name}(tf.zeros((2, 3)))
    >>> {name}(np.zeros((2, 3)), "int32")
    """
    found = operand(input)
    if dtype is None and found.dtype == "string":
        raise NotKnown("numbers")
    return Result(found.shape, chosen_dtype(dtype, narrowed(found)))


@function("tensorflow.fill")
def fill(dims: Any, value: Any, name: Any = None, **_: Any) -> Result:
    """The given shape; the dtype of the value.

    >>> {name}((2, 3), 1.0)
    >>> {name}([2, 3], 1)
    """
    return Result(plain_sizes(dims), narrowed(operand(value)))


def _converted(value: Any, dtype: Any) -> Result:
    found = operand(value)
    name = chosen_dtype(dtype, narrowed(found))
    if not _converts(found, name):
        raise NotKnown("a dtype that it is converted to")
    holds = contents(value) if found.shape.rank == 1 and is_int(name) else None
    return Result(found.shape, name, content=holds)


def _converts(found: Operand, to: str | None) -> bool:
    """Whether TensorFlow makes a tensor of a dtype of it: it changes that of no tensor, and makes no fraction whole."""
    dtype = narrowed(found)
    if dtype is None or to is None or dtype == to or found.library is Library.NUMPY:
        return True
    if found.library is not None:
        return False
    return to != "bool" and dtype != "bool" and not (dtype.startswith("float") and is_int(to))


@function("tensorflow.constant")
def constant(value: Any, dtype: Any = None, shape: Any = None, name: Any = "Const") -> Result:
    """The shape of nested lists; int32 and float32 for Python's numbers.

    >>> {name}([[1, 2, 3], [4, 5, 6]])
    >>> {name}([1.0, 2.0])
    >>> {name}(np.ones((2, 3)))
    >>> {name}(5, dtype="float32")
    >>> {name}(0.0, shape=(2, 3))
    """
    if isinstance(value, Given) and value.library is Library.TENSORFLOW and TRACED.get():
        raise NotKnown("no tensor is a constant of a graph")
    found = _converted(value, dtype)
    if shape is None:
        return found
    if TRACED.get() and isinstance(shape, Given):
        raise NotKnown("sizes that are known before")
    wanted = plain_sizes(shape)
    if found.shape is None or (found.shape.rank and (found.shape.sizes != wanted.sizes)):
        raise NotKnown("one number, or as many as it holds")
    return Result(wanted, found.dtype)


@function("tensorflow.convert_to_tensor")
def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: Any = None) -> Result:
    """The shape of an array or of nested lists.

    >>> {name}(np.ones((2, 3)))
    >>> {name}([tf.zeros((3,)), tf.zeros((3,))])
    >>> {name}([[1, 2]], dtype=tf.float32)
    """
    return _converted(value, dtype)


@function("tensorflow.Variable")
def variable(initial_value: Any, *, dtype: Any = None, shape: Any = None, **_: Any) -> Result:
    """The shape of its first value.

    >>> {name}(tf.zeros((2, 3)))
    >>> {name}(0.0, trainable=False)
    """
    if shape is not None:
        raise NotKnown("the shape that later values may have")
    found = operand(initial_value)
    return Result(found.shape, chosen_dtype(dtype, narrowed(found)))


@function("tensorflow.range")
def range_(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: Any = "range") -> Result:
    """As many whole numbers as fit.

    >>> {name}(5)
    >>> {name}(2, 9, 3)
    >>> {name}(start=0, limit=tf.shape(tf.zeros((4, 2)))[0], delta=1)
    >>> {name}(0, 4, dtype="float32")
    """
    first, last = (0, start) if limit is None else (start, limit)
    bounds = [size_of(elements(n)).size for n in (first, last, delta)]
    given = [n.dtype for n in (start, limit) if isinstance(n, Given)]
    name_ = chosen_dtype(dtype, "int32" if set(given) <= {"int32"} else None)
    if name_ == "bool":
        raise NotKnown("numbers")
    if any(not isinstance(n, int) for n in bounds):
        if bounds[0] != 0 or bounds[2] != 1:
            raise NotKnown("bounds")
        return Result(Shape((Dim(bounds[1]),)), name_)
    a, b, step = (n for n in bounds if isinstance(n, int))
    if step == 0 or (b - a) * step < 0:
        raise NotKnown("a step in the right direction")
    return Result(Shape((max(0, -(-(b - a) // step)),)), name_)


@function("tensorflow.linspace")
def linspace(start: Any, stop: Any, num: Any, name: Any = None, axis: Any = 0) -> Result:
    """`num` numbers between two.

    >>> {name}(0.0, 1.0, 5)
    """
    if operand(start).shape.rank or operand(stop).shape.rank or axis != 0:
        raise NotKnown("two scalars")
    return Result(Shape((size_of(num),)), None)


@function("tensorflow.eye", "tensorflow.linalg.eye")
def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = "float32", name: Any = None
) -> Result:
    """A matrix with ones on its diagonal.

    >>> {name}(3)
    >>> {name}(3, 4, batch_shape=[2])
    """
    lead = plain_sizes(batch_shape) if batch_shape is not None else Shape(())
    rows = size_of(num_rows)
    columns = rows if num_columns is None else size_of(num_columns)
    return Result(Shape((*lead, rows, columns)), chosen_dtype(dtype, None))


@function("tensorflow.one_hot")
def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: Any = None,
    dtype: Any = None,
    name: Any = None,
) -> Result:
    """A new axis of size `depth`, the last unless told.

    >>> {name}([0, 2, 1], 3)
    >>> {name}(tf.zeros((2, 3), tf.int32), depth=5, axis=1, dtype=tf.int32)
    """
    default = "float32" if on_value is None and off_value is None else None
    if default is not None and chosen_dtype(dtype, None) == "bool":
        raise NotKnown("a dtype of numbers")
    if of_unknown_rank(indices):
        return Result(None, chosen_dtype(dtype, default))
    shape = operand(indices).shape
    place = -1 if axis is None else axis
    if not isinstance(place, int) or not -1 <= place <= shape.rank:
        raise NotKnown("axis")
    return Result(shape.insert(place, size_of(depth)), chosen_dtype(dtype, default))
