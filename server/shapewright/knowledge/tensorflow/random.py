"""Random tensors."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, narrowed, operand, plain_sizes, size_of
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library


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
    return _sample(shape, dtype, minval, maxval, whole=True)


@method("Random.normal", "Random.truncated_normal")
def drawn_normal(
    self: Any, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", name: Any = None
) -> Result:
    """A tensor of the given shape. Source: tensorflow/python/ops/stateful_random_ops.py.

    >>> tf.random.Generator.from_seed(1).{name}((2, 3))
    """
    return _sample(shape, dtype, mean, stddev)


@method("Random.uniform")
def drawn_uniform(
    self: Any, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", name: Any = None
) -> Result:
    """A tensor of the given shape. Source: tensorflow/python/ops/stateful_random_ops.py.

    >>> tf.random.Generator.from_seed(1).{name}((2, 3))
    >>> tf.random.Generator.from_seed(1).{name}([4], 0, 10, tf.int32)
    """
    return _sample(shape, dtype, minval, maxval, whole=True)


@function("tensorflow.random.stateless_truncated_normal")
def stateless_truncated_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", name: Any = None, **_: Any
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3), seed=(1, 2))
    """
    return _sample(shape, dtype, mean, stddev)


@function("tensorflow.random.gamma")
def gamma(
    shape: Any, alpha: Any, beta: Any = None, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> Result:
    """The given shape, then the axes of alpha and beta.

    >>> {name}((2, 3), 0.5)
    >>> {name}([10], tf.ones((5,)))
    """
    rest = operand(alpha).shape
    if beta is not None:
        rest = broadcasted("tensors", rest, operand(beta).shape)
    if TRACED.get() and None in rest.sizes:
        raise NotKnown("what a graph works out")
    to = chosen_dtype(dtype, None)
    given = {x.dtype for x in (alpha, beta) if isinstance(x, Given) and x.library is Library.TENSORFLOW}
    if to is None or not to.startswith(("float", "bfloat")) or not given <= {to}:
        raise NotKnown("fractions of one dtype")
    return Result(Shape((*plain_sizes(shape), *rest)), to)


@function("tensorflow.random.poisson")
def poisson(shape: Any, lam: Any, dtype: Any = "float32", seed: Any = None, name: Any = None) -> Result:
    """The given shape, then the axes of lam.

    >>> {name}([10], [0.5, 1.5])
    """
    return Result(Shape((*plain_sizes(shape), *operand(lam).shape)), chosen_dtype(dtype, None))


@function("tensorflow.random.stateless_categorical")
def stateless_categorical(logits: Any, num_samples: Any, seed: Any, dtype: Any = "int64", name: Any = None) -> Result:
    """So many samples for each row.

    >>> {name}(tf.zeros((4, 3)), 2, seed=(1, 2))
    """
    return categorical(logits, num_samples, dtype)


@function("tensorflow.random.experimental.stateless_shuffle")
def stateless_shuffle(value: Any, seed: Any, *_: Any, **__: Any) -> Result:
    """The same shape in another order.

    >>> {name}(tf.zeros((4, 3)), (1, 2))
    """
    found = operand(value)
    return Result(found.shape, narrowed(found))


@function("tensorflow.random.stateless_uniform")
def stateless_uniform(
    shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32", name: Any = None, **_: Any
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3), seed=(1, 2))
    """
    return _sample(shape, dtype, minval, maxval, whole=True)


@function("tensorflow.random.stateless_normal")
def stateless_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32", name: Any = None, **_: Any
) -> Result:
    """A tensor of the given shape.

    >>> {name}((2, 3), seed=(1, 2))
    """
    return _sample(shape, dtype, mean, stddev)


def _sample(shape: Any, dtype: Any, *bounds: Any, whole: bool = False) -> Result:
    """Numbers between bounds that are numbers themselves."""
    if any(operand(bound).shape.rank for bound in bounds if bound is not None):
        raise NotKnown("bounds that are numbers")
    to = chosen_dtype(dtype, None)
    if to is not None and not to.startswith(("float", "bfloat", "int", "uint") if whole else ("float", "bfloat")):
        raise NotKnown("a dtype of numbers")
    return Result(plain_sizes(shape), to)


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
    shape, to = operand(logits).shape, chosen_dtype(dtype, "int64")
    if shape.rank != 2 or to not in ("int32", "int64"):
        raise NotKnown("rows, and whole numbers")
    return Result(shape.replace(1, size_of(num_samples)), to)
