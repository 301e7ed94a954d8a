"""Products of matrices."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import operand, promoted
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, Misfit, NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library


@function("tensorflow.matmul", "tensorflow.linalg.matmul")
def matmul(
    a: Any,
    b: Any,
    transpose_a: Any = False,
    transpose_b: Any = False,
    adjoint_a: Any = False,
    adjoint_b: Any = False,
    **_: Any,
) -> Result:
    """Matrices in the last two axes, the others broadcast.

    >>> {name}(tf.ones((2, 3)), tf.ones((3, 4)))
    >>> {name}(tf.ones((5, 2, 3)), tf.ones((5, 4, 3)), transpose_b=True)
    >>> {name}(tf.ones((5, 2, 3)), tf.ones((3, 4)))
    """
    first, second = operand(a), operand(b)
    flags = (transpose_a, transpose_b, adjoint_a, adjoint_b)
    if any(flag not in (True, False) for flag in flags):
        raise NotKnown("flags")
    if min(first.shape.rank, second.shape.rank) < 2:
        raise Misfit("product-rank", shapes=(first.shape, second.shape))
    left = _turned(first.shape) if transpose_a or adjoint_a else first.shape
    right = _turned(second.shape) if transpose_b or adjoint_b else second.shape
    dtype = promoted("tensorflow", first, second) if not _ else None
    try:
        return Result(shapes.matmul(left, right), dtype)
    except Misfit as misfit:  # the messages show them as they were given
        raise Misfit(misfit.kind, **{**misfit.facts, "shapes": (first.shape, second.shape)}) from None


def _turned(shape: Shape) -> Shape:
    return Shape((*shape.dims[:-2], shape[-1], shape[-2]))


@function("tensorflow.tensordot", "tensorflow.linalg.tensordot")
def tensordot(a: Any, b: Any, axes: Any, name: Any = None) -> Result:
    """Summed over pairs of axes.

    >>> {name}(tf.ones((2, 3)), tf.ones((3, 4)), 1)
    >>> {name}(tf.ones((2, 3, 4)), tf.ones((4, 3)), axes=[[1, 2], [1, 0]])
    """
    first, second = operand(a), operand(b)
    return Result(shapes.tensordot(first.shape, second.shape, axes), promoted("tensorflow", first, second))


@function("tensorflow.einsum", "tensorflow.linalg.einsum")
def einsum(equation: str, /, *inputs: Any, **_: Any) -> Result:
    """As the equation says.

    >>> {name}("bij,bjk->bik", tf.ones((2, 3, 4)), tf.ones((2, 4, 5)))
    >>> {name}("...i->...", tf.ones((2, 3, 4)))
    """
    if not all(isinstance(value, Given) for value in inputs):
        raise NotKnown("tensors")
    found = [operand(value) for value in inputs]
    shape = shapes.einsum(equation, [x.shape for x in found], strict=True)
    if len({x.dtype for x in found if x.library is Library.TENSORFLOW}) > 1 or "bool" in {x.dtype for x in found}:
        raise NotKnown("numbers of one dtype")
    return Result(shape, promoted("tensorflow", *found))
