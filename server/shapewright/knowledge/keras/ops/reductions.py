"""Functions that reduce axes. Source: keras/src/ops/numpy.py, keras/src/ops/math.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.arrays.arguments import axis_of, narrowed, operand
from shapewright.knowledge.arrays.shapes import reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result


def _float(x: Any, axis: Any, keepdims: Any) -> Result:
    found = operand(x)
    dtype = narrowed(found)
    return Result(reduced(found.shape, axis, keepdims), dtype if dtypes.is_float(dtype) else None)


@function(*spelled("keras.ops.", "mean std var sum logsumexp median amax amin"))
def reduction(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(Input((4, 3)), axis=(1, 2), keepdims=True)
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _float(x, axis, keepdims)


@function("keras.ops.prod")
def prod(x: Any, axis: Any = None, keepdims: Any = False, dtype: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    made = _float(x, axis, keepdims)
    return made if dtype is None else Result(made.shape)


@function(*spelled("keras.ops.", "max min"))
def extreme(x: Any, axis: Any = None, keepdims: Any = False, initial: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(np.ones((2, 3), "float32"), axis=0, keepdims=True)
    """
    found = operand(x)
    return Result(reduced(found.shape, axis, keepdims), narrowed(found))


@function(*spelled("keras.ops.", "any all"))
def truth(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the reduced axes; the dtype is bool.

    >>> {name}(Input((4, 3), dtype="bool"), axis=-1)
    """
    return Result(reduced(operand(x).shape, axis, keepdims), "bool")


@function(*spelled("keras.ops.", "argmax argmin"))
def place(x: Any, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the axis; the dtype is int32.

    >>> {name}(Input((4, 3)), axis=-1)
    >>> {name}(np.ones((2, 3), "float32"), axis=0)
    """
    return Result(reduced(operand(x).shape, axis, keepdims), "int32")


@function("keras.ops.count_nonzero")
def count_nonzero(x: Any, axis: Any = None) -> Result:
    """Without the axis; the dtype is int32.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    return Result(reduced(operand(x).shape, axis, False), "int32")


@function("keras.ops.norm", "keras.ops.linalg.norm")
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Result:
    """Without the axes of the vectors or matrices.

    >>> {name}(Input((4, 3)), axis=-1)
    """
    return _float(x, axis, keepdims)


@function("keras.ops.moments")
def moments(x: Any, axes: Any, keepdims: Any = False, synchronized: Any = False) -> tuple[Result, Result]:
    """Mean and variance over some axes.

    >>> {name}(Input((4, 3)), axes=[1])
    """
    made = _float(x, axes, keepdims)
    return made, made


@function("keras.ops.normalize")
def normalize(x: Any, axis: Any = -1, order: Any = 2, epsilon: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return _float(x, [], False)


@function(*spelled("keras.ops.", "sort argsort"))
def sort(x: Any, axis: Any = -1) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    found = operand(x)
    if axis is None:
        raise NotKnown("axis")
    return Result(found.shape)


@function("keras.ops.top_k")
def top_k(x: Any, k: int, sorted: Any = True) -> tuple[Result, Result]:
    """The k largest of the last axis, and where they are.

    >>> {name}(Input((4, 3)), 2)
    """
    found = operand(x)
    axis_of(-1, found.shape.rank)
    shape = found.shape.replace(-1, k)
    return Result(shape, narrowed(found)), Result(shape, "int32")
