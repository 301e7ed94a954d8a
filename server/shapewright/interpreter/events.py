"""What is noted in the sequence of what was made, besides layers, models and calls: see `naming.py`."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.values.value import Value

RESET = "reset"
"""In a sequence of what was made: `keras.utils.clear_session()`, after which names begin anew."""


@dataclass(frozen=True, eq=False)
class Rebuilt:
    """A Sequential model was built (again): its layers are called, and a functional model of them is made."""

    layers: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Lost:
    """Something of a class was made, or may have been, of which no more is known; of any class where none is named."""

    class_name: str


@dataclass(frozen=True, eq=False)
class Nameless:
    """A model whose name the program gives, but not as a text that is known. Stands before the model."""

    model: Value


@dataclass(frozen=True, eq=False)
class Copied:
    """A model that is a copy of another, and has its name. Stands before the copy."""

    model: Value
    of: Value
