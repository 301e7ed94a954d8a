"""What many functions of TensorFlow have in common."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, narrowed, operand
from shapewright.knowledge.rule import Given, NotKnown, Result
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


def alike(found: Operand) -> Result:
    """The same shape and dtype."""
    return Result(found.shape, narrowed(found))


def leading(shape: Shape, count: int) -> Shape:
    """All but the last `count` axes."""
    if shape.rank < count:
        raise NotKnown(f"{count} axes")
    return Shape(shape.dims[: shape.rank - count])


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
