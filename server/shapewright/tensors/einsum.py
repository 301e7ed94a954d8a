"""Equations such as `bij,bjk->bik`: the shape of an einsum."""

from __future__ import annotations

from collections.abc import Sequence

from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape


class EquationError(ValueError):
    """The equation cannot be read, or does not fit the shapes."""


def split_equation(equation: str) -> tuple[list[str], str]:
    """The letters of each operand and those of the output. Without `->` the output has those that stand once, in order."""
    text = equation.replace(" ", "")
    left, arrow, right = text.partition("->")
    operands = left.split(",")
    if not arrow:
        letters = sorted({c for c in left if c.isalpha() and left.count(c) == 1})
        right = ("..." if "..." in left else "") + "".join(letters)
    for part in (*operands, right):
        if not part.replace("...", "", 1).isalpha() and part.replace("...", "", 1):
            raise EquationError(equation)
    return operands, right


def dense_equation(equation: str) -> tuple[str, str, str]:
    """The letters of input, kernel and output of a layer's equation."""
    operands, output = split_equation(equation)
    if len(operands) != 2:
        raise EquationError(equation)
    return operands[0], operands[1], output


def einsum(equation: str, shapes: Sequence[Shape]) -> Shape:
    """The shape of the result. Raises `EquationError` where the equation does not fit the shapes."""
    operands, output = split_equation(equation)
    if len(operands) != len(shapes):
        raise EquationError(equation)
    sizes: dict[str, Dim] = {}
    rest = Shape(())
    for letters, shape in zip(operands, shapes, strict=True):
        front, dots, back = letters.partition("...")
        free = shape.rank - len(front) - len(back)
        if free < 0 or (free and not dots):
            raise EquationError(f"{equation} and a rank of {shape.rank}")
        end = shape.rank - len(back)
        for letter, dim in [*zip(front, shape.dims, strict=False), *zip(back, shape.dims[end:], strict=True)]:
            sizes[letter] = _one_size(sizes.get(letter), dim)
        if free:
            try:
                rest = broadcast(rest, Shape(shape.dims[len(front) : end]))
            except BroadcastError as error:
                raise EquationError(str(error)) from None
    front, dots, back = output.partition("...")
    if any(letter not in sizes for letter in front + back):
        raise EquationError(equation)
    middle = rest.dims if dots else ()
    return Shape((*(sizes[c] for c in front), *middle, *(sizes[c] for c in back)))


def _one_size(known: Dim | None, dim: Dim) -> Dim:
    """The size that two axes of one letter share."""
    if known is None or known.size == 1:
        return dim
    if dim.size == 1 or same_length(known, dim):
        return known
    if same_length(known, dim) is False:
        raise EquationError(f"{known} is not {dim}")
    return known if known.is_known else dim
