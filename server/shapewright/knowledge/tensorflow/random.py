"""Random tensors."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, narrowed, operand, plain_sizes, size_of
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown, Result


@function("tensorflow.random.normal", "tensorflow.random.truncated_normal")
def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3))
    >>> {name}(shape=[2, 3], dtype="float64")
    >>> {name}(tf.shape(tf.zeros((2, 3))))
    """
    return _sample(shape, dtype, mean, stddev)


@function("tensorflow.random.uniform")
def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3))
    >>> {name}((), 0, 10, tf.int32)
    >>> {name}(shape=(2,), minval=-1.0, maxval=1.0)
    """
    return _sample(shape, dtype, minval, maxval)


@function("tensorflow.random.stateless_uniform")
def stateless_uniform(
    shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", name: Any = None, **_: Any
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3), seed=(1, 2))
    """
    return _sample(shape, dtype, minval, maxval)


@function("tensorflow.random.stateless_normal")
def stateless_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", name: Any = None, **_: Any
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3), seed=(1, 2))
    """
    return _sample(shape, dtype, mean, stddev)


def _sample(shape: Any, dtype: Any, *bounds: Any) -> Result:
    """Numbers between bounds that are numbers themselves."""
    if any(operand(bound).shape.rank for bound in bounds if bound is not None):
        raise NotKnown("bounds that are numbers")
    return Result(plain_sizes(shape), chosen_dtype(dtype, None))


@function("tensorflow.random.shuffle")
def shuffle(value: Any, seed: Any = None, name: Any = None) -> Result:
    """The same shape in another order.

    >>> {name}(tf.zeros((4, 3)))
    """
    found = operand(value)
    return Result(found.shape, narrowed(found))


@function("tensorflow.random.categorical")
def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: Any = None, name: Any = None) -> Result:
    """So many samples for each row.

    >>> {name}(tf.zeros((4, 3)), num_samples=1)
    """
    shape = operand(logits).shape
    if shape.rank != 2:
        raise NotKnown("rows")
    return Result(shape.replace(1, size_of(num_samples)), chosen_dtype(dtype, "int64"))
