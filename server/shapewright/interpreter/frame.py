"""Where names live: modules, function calls, class bodies and comprehensions."""

from __future__ import annotations

import ast
from typing import Any

from shapewright.interpreter.store import MISSING, Store
from shapewright.syntax.scopes import bound_names
from shapewright.values.value import UNKNOWN, Value

STAR_IMPORTS = "*"
"""The key under which a module keeps the libraries that it star-imported."""


class Module:
    """The owner of a module's global names; `path` is its file. One lives as long as its file is known.

    `unread` is the source of a module of an installed package, of which a statement is evaluated once a name that it binds
    is asked for.
    """

    __slots__ = ("path", "unread")

    def __init__(self, path: str) -> None:
        self.path = path
        self.unread: Any = None


class Frame:
    """One activation of a scope. `names` are those bound in it; all others are looked up outwards."""

    __slots__ = (
        "branches",
        "captured",
        "chunk",
        "closure",
        "depth",
        "is_class",
        "module",
        "names",
        "node",
        "owner",
        "receiver",
        "returns",
        "steps_before",
        "yields",
        "yields_all",
    )

    def __init__(
        self,
        module: Module,
        chunk: Any,
        node: ast.AST | None = None,
        closure: Frame | None = None,
        depth: int = 0,
        is_class: bool = False,
    ) -> None:
        self.module = module
        self.chunk = chunk
        self.node = node
        self.closure = closure
        self.names = bound_names(node) if node is not None else frozenset()
        self.depth = depth
        self.is_class = is_class
        self.captured = False  # whether a function was made here that may outlive the call
        self.returns: list[Value] = []
        self.steps_before: int | None = None  # of a comprehension: the steps left when the outermost began
        self.branches = 0  # in how many branches the call began
        self.yields: list[Value] = []
        self.yields_all = True  # whether each `yield` was sure to be reached as often as it was evaluated
        self.owner: Value | None = None  # the class whose method this is, for super()
        self.receiver: Value | None = None

    @property
    def is_module(self) -> bool:
        return self.node is None

    def lookup(self, store: Store, name: str) -> Value:
        """The value of a name; `MISSING` where no scope binds it, `UNKNOWN` where it is bound but not known when."""
        frame: Frame | None = self
        while frame is not None and not frame.is_module:
            if name in frame.names and (frame is self or not frame.is_class):
                value = store.read(frame, name)
                if value is not MISSING:
                    return value
                if not frame.is_class:
                    return UNKNOWN
            frame = frame.closure
        return store.read(self.module, name)

    def bind(self, store: Store, name: str, value: Value) -> None:
        """Assigns a name in the scope that it belongs to."""
        frame: Frame | None = self
        while frame is not None and not frame.is_module:
            if name in frame.names:
                store.write(frame, name, value)
                return
            if frame.node is not None and not isinstance(frame.node, _INLINE) and not _is_nonlocal(frame.node, name):
                break
            frame = frame.closure
        store.write(self.module, name, value)


_INLINE = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _is_nonlocal(node: ast.AST, name: str) -> bool:
    return any(isinstance(n, ast.Nonlocal) and name in n.names for n in ast.walk(node))
