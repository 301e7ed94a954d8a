"""Products of matrices. Source: keras/src/ops/numpy.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import operand, promoted
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.einsum import EquationError
from shapewright.tensors.einsum import einsum as einsum_shape
from shapewright.tensors.shape import Shape


@function("keras.ops.matmul")
def matmul(x1: Any, x2: Any) -> Result:
    """Matrices in the last two axes, the others broadcast.

    >>> {name}(Input((4, 3)), Input((3, 5)))
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "float32"))
    """
    a, b = operand(x1), operand(x2)
    return Result(shapes.matmul(a.shape, b.shape), promoted("keras", a, b))


@function("keras.ops.dot")
def dot(x1: Any, x2: Any) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((4, 3, 5), "float32"))
    """
    a, b = operand(x1), operand(x2)
    return Result(shapes.dot(a.shape, b.shape), promoted("keras", a, b))


@function("keras.ops.tensordot")
def tensordot(x1: Any, x2: Any, axes: Any = 2) -> Result:
    """Summed over pairs of axes.

    >>> {name}(np.ones((2, 3, 4), "float32"), np.ones((4, 3, 5), "float32"), axes=[[1, 2], [1, 0]])
    """
    a, b = operand(x1), operand(x2)
    return Result(shapes.tensordot(a.shape, b.shape, axes), promoted("keras", a, b))


@function("keras.ops.outer")
def outer(x1: Any, x2: Any) -> Result:
    """Each element of the first times each of the second.

    >>> {name}(np.ones((2,), "float32"), np.ones((3,), "float32"))
    """
    a, b = operand(x1), operand(x2)
    if a.shape.rank != 1 or b.shape.rank != 1:
        raise NotKnown("vectors")
    return Result(Shape((*a.shape, *b.shape)), promoted("keras", a, b))


@function("keras.ops.einsum")
def einsum(subscripts: str, /, *operands: Any, **_: Any) -> Result:
    """As the equation says.

    >>> {name}("bij,bjk->bik", Input((4, 3)), Input((3, 5)))
    >>> {name}("...ij->...ji", np.ones((2, 3, 4), "float32"))
    >>> {name}("ij,jk", np.ones((2, 3), "float32"), np.ones((3, 4), "float32"))
    """
    found = [operand(x) for x in operands]
    if not all(isinstance(x, Given) for x in operands):
        raise NotKnown("tensors")
    try:
        return Result(einsum_shape(subscripts, [x.shape for x in found]), promoted("keras", *found))
    except EquationError:
        raise NotKnown("an equation that fits") from None
