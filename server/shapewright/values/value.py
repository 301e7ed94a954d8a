"""The plain values: unknown, literal, tuple, and references to things that can change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from shapewright.tensors.dimension import Dim

Plain = Union[int, float, complex, str, bytes, bool, None, "ellipsis"]  # noqa: F821 - the type of `...`


class Value:
    """Anything an expression can be worth."""

    __slots__ = ()


class Unknown(Value):
    """Not known. It spreads: whatever is computed from it is not known either. There is one: `UNKNOWN`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Free(Unknown):
    """A parameter of a function that nothing calls, or arithmetic on it: not known, and of no known type. Where only a size
    can stand it is the size of that name: `height//2`."""

    dim: Dim

    __repr__ = Unknown.__repr__


@dataclass(frozen=True, slots=True)
class Scalar(Unknown):
    """A Python text, number or bool of which only that is known: a file name, a line of a file, a measured time. `dtype` is
    what an array of it would have, `None` for a number of some kind. An integer that can be a size is a `Size`."""

    dtype: str | None


TEXT = Scalar("string")
SOME_FLOAT = Scalar("float64")
SOME_BOOL = Scalar("bool")


@dataclass(frozen=True, slots=True)
class Literal(Value):
    """A known number, string, bool, `None` or `...`, and the span of source it came from."""

    value: Plain
    origin: object = None

    def __eq__(self, other: object) -> bool:
        # 1, 1.0 and True are different literals: a shape takes one of them and refuses the others.
        return (
            isinstance(other, Literal)
            and type(self.value) is type(other.value)
            and self.value == other.value
            and self.origin == other.origin
        )

    def __hash__(self) -> int:
        return hash(self.value)


@dataclass(frozen=True, slots=True)
class Size(Value):
    """An integer that is the size of an axis and not known as a number: symbolic, or Keras's `None`."""

    dim: Dim


@dataclass(frozen=True, slots=True)
class Tuple(Value):
    """A Python tuple."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class NamedTuple(Tuple):
    """A tuple whose items have names as well, as libraries return several results."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice(Value):
    """`start:stop:step` in a subscript."""

    start: Value
    stop: Value
    step: Value


@dataclass(frozen=True, slots=True)
class Range(Value):
    """A `range` of known bounds."""

    start: int
    stop: int
    step: int


@dataclass(frozen=True, slots=True)
class Api(Value):
    """A module, class or function of a known library, by its canonical dotted name: `keras.layers.LSTM`."""

    name: str


@dataclass(frozen=True, slots=True)
class BoundApi(Value):
    """A method of a value that a library defines, not called yet: `data.reshape`, `model.predict`."""

    owner: Value
    method: str


class Ref(Value):
    """A thing with an identity, whose state is in the store: a list, a dict, a layer, a model, an instance."""

    __slots__ = ()


class ListRef(Ref):
    """A Python list; the store holds its items."""

    __slots__ = ()


class DictRef(Ref):
    """A Python dict; the store holds its items."""

    __slots__ = ()


class SetRef(Ref):
    """A Python set; only its being one is known."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DictItems(Value):
    """The state of a dict: its items in order. `complete` is false once something unknown was put in; then `rest` is what
    all values of other keys have in common."""

    items: tuple[tuple[Value, Value], ...] = ()
    complete: bool = True
    rest: Value = UNKNOWN

    def get(self, key: Value) -> Value | None:
        """The value of a key, `None` where the dict has no such key, `UNKNOWN` where that cannot be told."""
        for known, value in reversed(self.items):
            if isinstance(known, Literal) and isinstance(key, Literal):
                if known.value == key.value:
                    return value
            elif known == key:
                return value
        if not isinstance(key, Literal):
            return self.rest if not self.complete and not self.items else UNKNOWN
        return None if self.complete else self.rest


def literal(value: Plain) -> Literal:
    """A literal that no source decided."""
    return Literal(value)


NONE = Literal(None)


def is_none(value: Value) -> bool:
    """Whether a value is known to be `None`."""
    return isinstance(value, Literal) and value.value is None


def int_of(value: Value) -> int | None:
    """The number, when a value is a known integer."""
    if isinstance(value, Literal) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return value.value
    return None


def str_of(value: Value) -> str | None:
    """The text, when a value is a known string."""
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None
