"""One axis of a shape: a known size, Keras's `None`, or a symbolic size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

from shapewright.tensors.symbols import operand_text, spelled

Size = Union[int, None, str]
"""An `int` is known; `None` is decided per batch; a `str` names a size that is fixed but not known, e.g. `height//2`."""

UNNAMED = "?"
"""The symbolic size that has no better name."""


class Sized(int):
    """A known integer that remembers the source it came from, for when it becomes the size of an axis."""

    origin: object = None

    def __new__(cls, number: int, origin: object) -> Sized:
        made = super().__new__(cls, number)
        made.origin = origin
        return made


class Dim:
    """The size of one axis and the source that decided it.

    `origin` is the span of source code that this size came from. It is opaque here: a mismatch hands it to whoever
    explains the mistake. Two dims are equal when size and origin are; compare `size` to compare lengths.
    """

    __slots__ = ("origin", "size")

    def __init__(self, size: Size, origin: object = None) -> None:
        if isinstance(size, Sized):
            origin = size.origin
            size = int(size)
        self.size = size
        self.origin = origin

    @property
    def is_known(self) -> bool:
        return isinstance(self.size, int)

    @property
    def is_dynamic(self) -> bool:
        """Whether this is Keras's `None`."""
        return self.size is None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dim) and self.size == other.size and self.origin == other.origin

    def __hash__(self) -> int:
        return hash(self.size)

    def __repr__(self) -> str:
        return str(self.size)

    # Arithmetic follows Python for known sizes; `None` and unnamed sizes spread; a name is spelled out ("n//2").

    def __add__(self, other: int | Dim) -> Dim:
        return self._combine(other, "+", lambda a, b: a + b)

    def __sub__(self, other: int | Dim) -> Dim:
        return self._combine(other, "-", lambda a, b: a - b)

    def __mul__(self, other: int | Dim) -> Dim:
        return self._combine(other, "*", lambda a, b: a * b)

    def __floordiv__(self, other: int | Dim) -> Dim:
        return self._combine(other, "//", lambda a, b: a // b)

    def __mod__(self, other: int | Dim) -> Dim:
        return self._combine(other, "%", lambda a, b: a % b)

    def __neg__(self) -> Dim:
        if isinstance(self.size, int):
            return Dim(-self.size, self.origin)
        return self if self.size is None or self.size == UNNAMED else Dim(f"-{operand_text(self.size)}", self.origin)

    def _combine(self, other: int | Dim, sign: str, compute: Callable[[int, int], int]) -> Dim:
        right = other if isinstance(other, Dim) else Dim(other)
        origin = self.origin if self.origin is not None else right.origin
        a, b = self.size, right.size
        if isinstance(a, int) and isinstance(b, int):
            return Dim(UNNAMED if sign in ("//", "%") and b == 0 else compute(a, b), origin)
        if (sign in "+-" and b == 0) or (sign in ("*", "//") and b == 1):
            return Dim(a, origin)
        if a is None or b is None:
            return Dim(None, origin)
        if UNNAMED in (a, b):
            return Dim(UNNAMED, origin)
        return Dim(spelled(a, sign, b), origin)

    def ceil_div(self, other: int) -> Dim:
        """`ceil(self / other)`, as strides with padding `same` use it."""
        if isinstance(self.size, int):
            return Dim(-(-self.size // other), self.origin)
        if other == 1:
            return self
        return Dim(None if self.size is None else UNNAMED, self.origin)

    def derive(self, size: Size) -> Dim:
        """Another size that has the same origin."""
        return Dim(size, self.origin)


def same_length(a: Dim, b: Dim) -> bool | None:
    """Whether two axes have the same length: `True`, `False`, or `None` where that is not known."""
    if isinstance(a.size, int) and isinstance(b.size, int):
        return a.size == b.size
    if isinstance(a.size, str) and a.size == b.size and a.size != UNNAMED:
        return True
    return None
