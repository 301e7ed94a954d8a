"""Functions, classes and instances that the user's program defines."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from shapewright.values.value import Ref, Value


@dataclass(frozen=True, eq=False, slots=True)
class Function(Ref):
    """A function or lambda: its tree, the chunk it stands in, its defaults, and what it closes over."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    chunk: Any
    module: Any
    defaults: tuple[Value, ...]
    keyword_defaults: tuple[tuple[str, Value], ...]
    closure: Any
    owner: Value | None = None  # the class in whose body it stands
    decorated: bool = False  # by something that is not known to leave it as it is
    graph: Value | None = None  # of `tf.function`: its `input_signature`, or `None` in a literal where it has none

    @property
    def name(self) -> str:
        return "<lambda>" if isinstance(self.node, ast.Lambda) else self.node.name


@dataclass(frozen=True, eq=False, slots=True)
class Class(Ref):
    """A class of the user's program; the store holds its attributes."""

    node: ast.ClassDef
    chunk: Any
    bases: tuple[Value, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Instance(Ref):
    """An instance of a `Class`; the store holds its attributes."""

    cls: Class


@dataclass(frozen=True, slots=True)
class Partial(Value):
    """`functools.partial(function, ...)`."""

    function: Value
    args: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class OneOf(Value):
    """One of a few functions, classes, layers or models, where a condition that is not known decides which."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Generated(Value):
    """What a generator gives: its items in order; when `complete` is false, the different ones among them. The state of a
    list of unknown length is one, too: `added` is how many items it got since the round of a loop began."""

    items: tuple[Value, ...]
    complete: bool
    added: int | None = None

    @property
    def elements(self) -> tuple[Value, ...]:
        """The different items, as far as that is known."""
        return tuple(dict.fromkeys(self.items))


@dataclass(frozen=True, slots=True)
class Member(Value):
    """A member of an enumeration."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Method(Value):
    """A function bound to the object it was looked up on."""

    function: Function
    receiver: Value
