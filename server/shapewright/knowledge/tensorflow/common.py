"""What many functions of TensorFlow have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from shapewright.knowledge.arrays.arguments import Operand, narrowed, operand
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result, refuse
from shapewright.tensors.dimension import same_length
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN

_FIRST = ("x", "input", "features", "logits", "tensor", "input_tensor", "image", "images", "value", "values", "a", "t")


class Absent:
    """Stands for an argument that was given by a name that the rule does not spell out."""


ABSENT = Absent()


def first_operand(x: Any, named: dict[str, Any]) -> Operand:
    """The first argument of a function of one tensor, whatever its name is."""
    if isinstance(x, Absent):
        x = next((named[name] for name in _FIRST if name in named), None)
    return operand(x)


def bracketed(sizes: Sequence[object]) -> str:
    """Sizes as TensorFlow's kernels print them."""
    return "[" + ",".join(str(size) if isinstance(size, int) else "?" for size in sizes) + "]"


def refuse_rank(shape: Shape, expected: int, text: str, traced: str | None = None) -> NoReturn:
    """Says that an operation takes another number of axes; `text` is what it says where it runs at once, if that is known."""
    text = text if not text or not TRACED.get() else traced or f"Shape must be rank {expected} but is rank {shape.rank}"
    refuse("axes", text, shape=shape, expected=expected)


def refuse_image(shape: Shape, text: str) -> NoReturn:
    """Says that a function of images was given something that is not one, nor a batch of them."""
    refuse("axes", text, shape=shape, expected=3)


def refuse_counts(shape: Shape, given: int, text: str, traced: str) -> NoReturn:
    """Says that there is not one number, or pair of numbers, for each axis."""
    refuse("counts", traced if TRACED.get() else text, shape=shape, given=given)


def refuse_crop(shape: Shape, size: Shape) -> NoReturn:
    """Says that the size of a crop does not have a number for each axis."""
    eager, traced = "Incompatible shapes: [{}] vs. [{}]", "Dimensions must be equal, but are {} and {}"
    text = (traced if TRACED.get() else eager).format(shape.rank, size.rank)
    refuse("crop", text, shape=shape, size=size)


def alike(found: Operand) -> Result:
    """The same shape and dtype."""
    return Result(found.shape, narrowed(found))


def alike_shapes(*shapes: Shape) -> Shape:
    """The shape that tensors have which must have one: what is known of any."""
    dims = list(shapes[0])
    for other in shapes[1:]:
        if other.rank != len(dims) or any(same_length(a, b) is False for a, b in zip(dims, other, strict=True)):
            raise NotKnown("tensors of one shape")
        dims = [a if a.is_known else b for a, b in zip(dims, other, strict=True)]
    return Shape(dims)


def leading(shape: Shape, count: int) -> Shape:
    """All but the last `count` axes."""
    if shape.rank < count:
        raise NotKnown(f"{count} axes")
    return Shape(shape.dims[: shape.rank - count])


def check_updates(shape: Shape, indices: Shape, updates: Shape) -> None:
    """Whether there is an update for each index, of the shape of what the index picks."""
    deep = indices[-1].size if indices.rank else None
    if not isinstance(deep, int) or deep > shape.rank:
        raise NotKnown("indices of the tensor")
    wanted = [*indices.dims[:-1], *shape.dims[deep:]]
    if len(wanted) != updates.rank or any(same_length(a, b) is False for a, b in zip(wanted, updates, strict=True)):
        raise NotKnown("an update for each index")


def complex_of(dtype: str | None) -> str | None:
    """The dtype of complex numbers whose parts have a dtype."""
    return {"float32": "complex64", "float64": "complex128"}.get(dtype or "")


def real_of(dtype: str | None) -> str | None:
    """The dtype of the parts of complex numbers, or of real ones as they are."""
    return {"complex64": "float32", "complex128": "float64"}.get(dtype or "", dtype)


def flag(value: Any) -> bool:
    """An argument that is true or false."""
    if value not in (True, False):
        raise NotKnown("true or false")
    return bool(value)


def of_unknown_rank(value: Any) -> bool:
    """Whether a tensor is one of which not even the rank is known."""
    return value is UNKNOWN or (isinstance(value, Given) and value.tensor.shape is None)


def dtype_of(value: Any) -> str | None:
    """The dtype of a tensor of which not even the rank needs to be known."""
    return value.dtype if isinstance(value, Given) else None
