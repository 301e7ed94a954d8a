"""Running a file, for what the analysis cannot know. Only where the user asked for it.

The worker runs the program statement by statement, under all locks, and cuts off what trains, downloads, draws or waits.
Statements that only do such things are not sent to be run at all.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapewright.interpreter.facts import Facts
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.own_modules import OwnModule
from shapewright.workspace.ran import Ran, Seen, Structure

_FUNCTIONS = frozenset(["print", "display", "help", "input", "breakpoint", "exit", "quit", "plot_model"])
_METHODS = frozenset(["summary", "show", "savefig", "imshow", "plot_model", "save", "save_weights", "export", "to_csv"])
"""What is called for what it does and not for what it gives, and leaves models and data as they were. (`fit` is none of
these: it builds a model.)"""
_KINDS = frozenset(["tensor", "array", "variable", "dataset", "layer", "model", "shape"])


@dataclass(frozen=True)
class Slice:
    """The part of a file that builds models: its text, the lines (from 1, both included) that are left out, and the modules of
    the program's own that it imports."""

    text: str
    skip: tuple[tuple[int, int], ...]
    modules: Mapping[str, OwnModule]

    @property
    def key(self) -> str:
        """Equal for what is the same to run."""
        everything = f"{self.skip}\n{sorted(self.modules.items())}\n{self.text}"
        return hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()

    def as_request(self) -> dict[str, Any]:
        """What the worker is asked."""
        modules = {name: {"text": own.text, "package": own.is_package} for name, own in self.modules.items()}
        return {"do": "source", "text": self.text, "skip": [list(lines) for lines in self.skip], "modules": modules}


def slice_of(analysis: Analysis) -> Slice:
    """What of a file is run."""
    source = analysis.facts.source
    skip = [
        (first + chunk.tree.body[0].lineno, first + (chunk.tree.body[0].end_lineno or chunk.tree.body[0].lineno))
        for chunk, first in zip(source.chunks, source.first_lines, strict=True)
        if len(chunk.tree.body) == 1 and _is_left_out(chunk.tree.body[0])
    ]
    return Slice(source.parsed_text(), tuple(skip), analysis.own_modules())


def _is_left_out(statement: ast.stmt) -> bool:
    """Whether a statement is a call whose result nobody takes, of something that builds nothing."""
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call):
        return isinstance(value, (ast.Constant, ast.Name, ast.Attribute))
    if isinstance(value.func, ast.Name):
        return value.func.id in _FUNCTIONS
    return isinstance(value.func, ast.Attribute) and value.func.attr in _METHODS


def read_reply(reply: Mapping[str, Any], facts: Facts, keras: str) -> Ran:
    """What the worker saw, without what does not look like it. Lines that do not parse as they stand tell nothing."""
    stale = {
        first + line
        for chunk, first in zip(facts.source.chunks, facts.source.first_lines, strict=True)
        for line in chunk.stale
    }
    places = {}
    given = reply.get("places")
    for told in given if isinstance(given, list) else ():
        if not isinstance(told, dict):
            continue
        place, seen = _place(told), _seen(told)
        if place is not None and seen is not None and stale.isdisjoint(range(place.line, place.end_line + 1)):
            places[place] = seen
    return Ran(keras, places)


def _place(told: Mapping[str, Any]) -> Place | None:
    numbers = [told.get(name) for name in ("line", "column", "end_line", "end_column")]
    line, column, end_line, end_column = (number if isinstance(number, int) else -1 for number in numbers)
    return Place(line - 1, column, end_line - 1, end_column) if min(line, end_line, column + 1) > 0 else None


def _seen(told: Mapping[str, Any]) -> Seen | None:
    kind, shapes = told.get("kind"), told.get("shapes")
    if kind not in _KINDS or not isinstance(shapes, list) or not shapes:
        return None
    if kind in ("layer", "model"):
        last = shapes[-1]
        ends = [_structure(last.get(end)) if isinstance(last, dict) else None for end in ("inputs", "outputs")]
        return None if None in ends else Seen(str(kind), (ends[1],), None, (ends[0], ends[1]))
    structures = [_structure(shape) for shape in shapes]
    if any(structure is None for structure in structures):
        return None
    first = shapes[0].get("dtype")
    same = isinstance(first, str) and all(shape.get("dtype") == first for shape in shapes)
    return Seen(str(kind), tuple(structures), first if same else None)


def _structure(value: Any) -> Structure | None:
    """A value of the worker's as shapes by position or name; `None` where a part of it has none."""
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("shape"), list):
        sizes = value["shape"]
        known = all(size is None or (isinstance(size, int) and size >= 0) for size in sizes)
        return Shape(sizes) if known else None
    for kind in ("tuple", "list", "dict"):
        if kind in value:
            parts = value[kind]
            named = parts.items() if isinstance(parts, dict) else enumerate(parts if isinstance(parts, list) else ())
            found = {str(name): _structure(part) for name, part in named}
            return None if None in found.values() or not found else found
    return None
