"""Equations such as `bij,bjk->bik`: the shape of an einsum."""

from __future__ import annotations

from collections.abc import Sequence

from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape


class EquationError(ValueError):
    """The equation cannot be read, or does not fit the shapes."""


class SizeError(EquationError):
    """An axis whose letter stands for another size: the number of the operand, its axis, and the two sizes."""

    def __init__(self, operand: int, axis: int, known: int, found: int) -> None:
        super().__init__(f"{known} is not {found}")
        self.operand, self.axis, self.known, self.found = operand, axis, known, found


class RankError(EquationError):
    """An operand with another number of axes than it has letters."""

    def __init__(self, operand: int, letters: str, rank: int) -> None:
        super().__init__(f"{letters} and a rank of {rank}")
        self.operand, self.letters, self.rank = operand, letters, rank


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


def einsum(equation: str, shapes: Sequence[Shape], strict: bool = False) -> Shape:
    """The shape of the result. Raises `EquationError` where the equation does not fit the shapes.

    An axis of size 1 goes with one of any size, as NumPy has it; `strict` is for those who say that it does not.
    """
    operands, output = split_equation(equation)
    if len(operands) != len(shapes):
        raise EquationError(equation)
    sizes: dict[str, Dim] = {}
    rest = Shape(())
    for number, (letters, shape) in enumerate(zip(operands, shapes, strict=True)):
        front, dots, back = letters.partition("...")
        free = shape.rank - len(front) - len(back)
        if free < 0 or (free and not dots):
            raise RankError(number, letters, shape.rank)
        end = shape.rank - len(back)
        for letter, axis in [*zip(front, range(end), strict=False), *zip(back, range(end, shape.rank), strict=True)]:
            known, dim = sizes.get(letter), shape[axis]
            if known is not None and (strict or 1 not in (known.size, dim.size)) and same_length(known, dim) is False:
                raise SizeError(number, axis, int(known.size or 0), int(dim.size or 0))
            sizes[letter] = _one_size(known, dim)
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
    return known if dim.size == 1 or known.is_known else dim
