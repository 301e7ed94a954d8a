"""Functions that join, cut and repeat arrays, or pick from them."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axis_of, operand, operands, promoted
from shapewright.knowledge.arrays.shapes import (
    concatenated,
    divided,
    matmul,
    moved,
    padded,
    repeated,
    stacked,
    swapped,
    taken,
    tiled,
)
from shapewright.knowledge.arrays.shapes import dot as dot_shape
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.einsum import EquationError
from shapewright.tensors.einsum import einsum as einsum_shape
from shapewright.tensors.shape import Shape


@function("numpy.concatenate")
def concatenate(arrays: Any, /, axis: Any = 0, **_: Any) -> Result:
    """Alike but for one axis, whose sizes add up.

    >>> {name}([np.ones((2, 3)), np.ones((4, 3))])
    >>> {name}((np.ones((2, 3), "float32"), np.ones((2, 1), "float32")), axis=-1)
    >>> {name}((np.ones((2, 3)), np.ones((2, 1))), axis=None)
    """
    parts = operands(arrays)
    return Result(concatenated([p.shape for p in parts], axis), promoted("numpy", *parts) if not _ else None)


@function("numpy.stack")
def stack(arrays: Any, axis: Any = 0, **_: Any) -> Result:
    """Arrays of one shape along a new axis.

    >>> {name}([np.ones((2, 3)), np.ones((2, 3))])
    >>> {name}([np.ones((2, 3)), np.ones((2, 3))], axis=-1)
    """
    parts = operands(arrays)
    return Result(stacked([p.shape for p in parts], axis), promoted("numpy", *parts) if not _ else None)


@function("numpy.vstack")
def vstack(tup: Any, **_: Any) -> Result:
    """One below the other.

    >>> {name}([np.ones((2, 3)), np.ones((4, 3))])
    >>> {name}([np.ones((3,)), np.ones((3,))])
    """
    parts = operands(tup)
    shapes = [p.shape if p.shape.rank > 1 else Shape((*(1,) * (2 - p.shape.rank), *p.shape)) for p in parts]
    return Result(concatenated(shapes, 0), promoted("numpy", *parts) if not _ else None)


@function("numpy.hstack")
def hstack(tup: Any, **_: Any) -> Result:
    """One beside the other.

    >>> {name}([np.ones((2, 3)), np.ones((2, 1))])
    >>> {name}([np.ones((3,)), np.ones((2,))])
    """
    parts = operands(tup)
    shapes = [p.shape if p.shape.rank else Shape((1,)) for p in parts]
    axis = 0 if shapes[0].rank == 1 else 1
    return Result(concatenated(shapes, axis), promoted("numpy", *parts) if not _ else None)


@function("numpy.split", "numpy.array_split")
def split(ary: Any, indices_or_sections: Any, axis: Any = 0) -> list[Result]:
    """Equal parts along an axis, or cut at some positions.

    >>> {name}(np.ones((4, 6)), 2)
    >>> {name}(np.ones((4, 6)), [1, 3], axis=1)
    """
    found = operand(ary)
    return [Result(shape, found.dtype) for shape in divided(found.shape, indices_or_sections, axis)]


@function("numpy.tile")
def tile(A: Any, reps: Any) -> Result:
    """Each axis so many times.

    >>> {name}(np.ones((2, 3)), 2)
    >>> {name}(np.ones((2, 3)), (4, 1, 1))
    """
    found = operand(A)
    return Result(tiled(found.shape, reps), found.dtype)


@function("numpy.repeat")
def repeat(a: Any, repeats: Any, axis: Any = None) -> Result:
    """Each element so many times.

    >>> {name}(np.ones((2, 3)), 3)
    >>> {name}(np.ones((2, 3)), 3, axis=-1)
    >>> {name}(np.ones((2, 3)), [1, 4], 0)
    """
    found = operand(a)
    return Result(repeated(found.shape, repeats, axis), found.dtype)


@function("numpy.pad")
def pad(array: Any, pad_width: Any, mode: Any = "constant", **_: Any) -> Result:
    """So much added before and after each axis.

    >>> {name}(np.ones((2, 3)), ((0, 1), (2, 2)))
    >>> {name}(np.ones((2, 3)), 1, mode="edge")
    """
    found = operand(array)
    return Result(padded(found.shape, pad_width), found.dtype)


@function("numpy.flip")
def flip(m: Any, axis: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)), 1)
    """
    found = operand(m)
    return Result(found.shape, found.dtype)


@function("numpy.roll")
def roll(a: Any, shift: Any, axis: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)), 1, axis=0)
    """
    found = operand(a)
    return Result(found.shape, found.dtype)


@function("numpy.swapaxes")
def swapaxes(a: Any, axis1: Any, axis2: Any) -> Result:
    """Two axes exchanged.

    >>> {name}(np.ones((2, 3, 4)), 0, -1)
    """
    found = operand(a)
    return Result(swapped(found.shape, axis1, axis2), found.dtype)


@function("numpy.moveaxis")
def moveaxis(a: Any, source: Any, destination: Any) -> Result:
    """Axes moved to other places.

    >>> {name}(np.ones((2, 3, 4)), 0, -1)
    """
    found = operand(a)
    return Result(moved(found.shape, source, destination), found.dtype)


@function("numpy.take")
def take(a: Any, indices: Any, axis: Any = None, **_: Any) -> Result:
    """The axes of the indices in place of one axis.

    >>> {name}(np.ones((5, 3)), [0, 2], axis=0)
    >>> {name}(np.ones((5, 3)), [[0, 2]])
    """
    found = operand(a)
    return Result(taken(found.shape, operand(indices).shape, axis), found.dtype)


@function("numpy.dot")
def dot(a: Any, b: Any, /) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> {name}(np.ones((2, 3)), np.ones((3, 4)))
    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    """
    first, second = operand(a), operand(b)
    return Result(dot_shape(first.shape, second.shape), promoted("numpy", first, second))


@method("ndarray.dot")
def dot_method(self: Given, b: Any) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> np.ones((2, 3)).{name}(np.ones((3, 4)))
    """
    return dot(self, b)


@function("numpy.matmul")
def matmul_(a: Any, b: Any, /) -> Result:
    """Matrices in the last two axes, the others broadcast.

    >>> {name}(np.ones((5, 2, 3)), np.ones((3, 4)))
    """
    first, second = operand(a), operand(b)
    return Result(matmul(first.shape, second.shape), promoted("numpy", first, second))


@function("numpy.einsum")
def einsum(equation: str, /, *inputs: Any) -> Result:
    """As the equation says.

    >>> {name}("ij,jk->ik", np.ones((2, 3)), np.ones((3, 4)))
    """
    found = [operand(value) for value in inputs]
    try:
        return Result(einsum_shape(equation, [x.shape for x in found]), promoted("numpy", *found))
    except EquationError as error:
        raise NotKnown(str(error)) from None


@method("ndarray.repeat")
def repeat_method(self: Given, repeats: Any, axis: Any = None) -> Result:
    """Each element so many times.

    >>> np.ones((2, 3)).{name}(2, axis=0)
    """
    return repeat(self, repeats, axis)


@function("numpy.sort")
def sort(a: Any, axis: Any = -1, **_: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(a)
    axis_of(axis, found.shape.rank)
    return Result(found.shape, found.dtype)


@function("numpy.argsort")
def argsort(a: Any, axis: Any = -1, **_: Any) -> Result:
    """The same shape of positions.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(a)
    axis_of(axis, found.shape.rank)
    return Result(found.shape, "int64")
