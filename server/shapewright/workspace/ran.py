"""What running a file told: it fills the places that the analysis leaves open, and says where it is from."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shapewright.interpreter.facts import Fact, Facts
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.workspace.questions import Hint, Hover, shape_text, structure_text

Structure = object
"""A `Shape`, or a dict of those by position or name."""


@dataclass(frozen=True)
class Seen:
    """What a place had while the file ran: the distinct shapes; of a layer or model its inputs and outputs."""

    kind: str
    shapes: tuple[Structure, ...]
    dtype: str | None = None
    ends: tuple[Structure, Structure] | None = None

    @property
    def texts(self) -> list[str]:
        """The shapes as lines of text."""
        if self.ends is not None:
            return [f"{structure_text(self.ends[0])} → {structure_text(self.ends[1])}"]
        return [structure_text(shape) for shape in self.shapes]


@dataclass(frozen=True)
class Ran:
    """What running one version of a file told."""

    keras: str
    places: Mapping[Place, Seen]

    @property
    def origin(self) -> str:
        """Where it is from, for a reader."""
        return f"from running this file under Keras {self.keras}"


def hover_of_run(facts: Facts, ran: Ran, line: int, column: int) -> Hover | None:
    """What to say about a position of which the analysis says nothing."""
    fact = facts.at(line, column)
    place = _innermost(facts, ran, line, column)
    if place is None or (fact is not None and _place(fact) == place and _is_known(facts, fact)):
        return None
    seen = ran.places[place]
    text = " ".join(source_of(facts, place).split())
    name = text if len(text) <= 48 else text[:45] + "..."
    fence = "\n".join(f"{name}: {shape}" for shape in seen.texts)
    about = " · ".join(part for part in (seen.dtype, ran.origin) if part)
    return Hover(f"```\n{fence}\n```\n{about}", place)


def hints_of_run(facts: Facts, ran: Ran, first_line: int, last_line: int, max_length: int = 60) -> list[Hint]:
    """The shapes behind assigned names of which the analysis knows none, or leaves sizes open."""
    targets = [f for f in facts.in_lines(first_line, last_line) if f.is_target]
    known = {_place(f) for f in targets if _is_known(facts, f) and not is_filled(facts, ran, f)}
    found = []
    for place, node in _nodes(facts, first_line, last_line):
        seen = ran.places.get(place)
        if (
            seen is None
            or place in known
            or seen.kind == "layer"
            or not _is_target(node)
            or not first_line <= place.end_line <= last_line
        ):
            continue
        label = " | ".join(seen.texts)
        if len(label) > max_length:
            label = label[: max_length - 1] + "…"
        tooltip = ran.origin[0].upper() + ran.origin[1:] + "."
        found.append(Hint(place.end_line, place.end_column, f": {label}", tooltip))
    return found


def with_hints_of_run(
    hints: list[Hint], facts: Facts, ran: Ran, first_line: int, last_line: int, max_length: int = 60
) -> list[Hint]:
    """The hints of an analysis, with what running the file told in place of those that leave sizes open, and besides."""
    more = {(hint.line, hint.column): hint for hint in hints_of_run(facts, ran, first_line, last_line, max_length)}
    facts_here = facts.in_lines(first_line, last_line)
    filled = {(fact.place.end_line, fact.place.end_column) for fact in facts_here if is_filled(facts, ran, fact)}
    found = {(hint.line, hint.column): hint for hint in hints}
    found |= {at: hint for at, hint in more.items() if at not in found or at in filled}
    return sorted(found.values(), key=lambda hint: (hint.line, hint.column))


def agrees(facts: Facts, ran: Ran, fact: Fact) -> bool:
    """Whether a place had just the shapes that the analysis tells of it."""
    seen = ran.places.get(_place(fact))
    if seen is None or not _is_known(facts, fact):
        return False
    return set(seen.texts) == {shape_text(facts, value) for value in fact.values}


def agreement(facts: Facts, ran: Ran, hover: Hover) -> Hover:
    """A hover of the analysis, which says so where the run had the same, or what that had where sizes are left open."""
    line = hover.place.line
    found = next((fact for fact in facts.in_lines(line, line) if fact.place == hover.place), None)
    if found is not None and is_filled(facts, ran, found):
        shapes = " | ".join(ran.places[_place(found)].texts)
        return Hover(f"{hover.markdown}  \n{shapes} {ran.origin}.", hover.place)
    if found is None or "Validated by Keras" in hover.markdown or not agrees(facts, ran, found):
        return hover
    return Hover(f"{hover.markdown}  \nValidated by running this file under Keras {ran.keras}.", hover.place)


def differences(facts: Facts, ran: Ran) -> Iterator[str]:
    """A line for each place that had a shape which the analysis excludes."""
    for fact in facts.all():
        seen = ran.places.get(_place(fact))
        if seen is None or seen.ends is not None or not _is_known(facts, fact):
            continue
        told = [facts.view.shape(value) for value in fact.values]
        for shape in seen.shapes:
            if isinstance(shape, Shape) and not any(ours is not None and _covers(ours, shape) for ours in told):
                shown = " | ".join(str(ours) for ours in told)
                yield f"line {fact.place.line + 1}: {fact.span.source}: {shown}, when it was run {shape}"


def _covers(ours: Shape, theirs: Shape) -> bool:
    """Whether a shape is what the analysis says, or what that leaves open."""
    if ours.rank != theirs.rank:
        return False
    pairs = zip(ours.sizes, theirs.sizes, strict=True)
    return all(size is None or isinstance(size, str) or size == other for size, other in pairs)


def unknown_places(facts: Facts, ran: Ran) -> Iterator[tuple[Place, Seen]]:
    """The places of which only the run tells all, in the order of the text."""
    known = {_place(fact) for fact in facts.all() if _is_known(facts, fact) and not is_filled(facts, ran, fact)}
    for place in sorted(ran.places, key=lambda p: (p.line, p.column, p.end_line, p.end_column)):
        if place not in known:
            yield place, ran.places[place]


def is_filled(facts: Facts, ran: Ran, fact: Fact) -> bool:
    """Whether the analysis leaves sizes of a tensor open, and the run had just what it leaves open."""
    seen = ran.places.get(_place(fact))
    if seen is None or seen.ends is not None or not _is_known(facts, fact):
        return False
    told = [shape for value in fact.values if (shape := facts.view.shape(value)) is not None]
    is_open = any(isinstance(size, str) for shape in told for size in shape.sizes)
    return is_open and all(
        isinstance(shape, Shape) and any(_covers(ours, shape) for ours in told) for shape in seen.shapes
    )


def _is_known(facts: Facts, fact: Fact) -> bool:
    return bool(fact.values) and all(facts.view.shows(value) for value in fact.values)


def _place(fact: Fact) -> Place:
    return _name_only(fact.place, fact.node)


def _name_only(place: Place, node: ast.AST) -> Place:
    """The place of a parameter without its annotation."""
    if not isinstance(node, ast.arg):
        return place
    return Place(place.line, place.column, place.line, place.column + len(node.arg))


def _is_target(node: ast.AST) -> bool:
    return isinstance(node, ast.arg) or isinstance(getattr(node, "ctx", None), ast.Store)


def _innermost(facts: Facts, ran: Ran, line: int, column: int) -> Place | None:
    """The smallest expression at a position; its place if the run saw that, and the position is on the thing itself: on a
    name or the last word of what is called, not on one of its arguments."""
    holding = [
        (place, node)
        for place, node in _nodes(facts, line, line)
        if (place.line, place.column) <= (line, column) < (place.end_line, place.end_column)
    ]
    if not holding:
        return None
    holding.sort(key=lambda item: (item[0].end_line - item[0].line, item[0].end_column - item[0].column))
    place, node = holding[0]
    called = next((n for _, n in holding if isinstance(n, ast.Call) and n.func is node), None)
    if called is not None and place not in ran.places:
        place = next(place for place, node in holding if node is called)
    return place if place in ran.places else None


def _nodes(facts: Facts, first: int, last: int) -> Iterator[tuple[Place, ast.AST]]:
    """The expressions and parameters of the chunks that touch some lines, with their places."""
    source = facts.source
    for chunk, start in zip(source.chunks, source.first_lines, strict=True):
        if start <= last and start + len(chunk.lines) > first:
            for node in ast.walk(chunk.tree):
                if isinstance(node, (ast.expr, ast.arg)):
                    place = source.place(chunk.span(node))
                    if place is not None:
                        yield _name_only(place, node), node


def source_of(facts: Facts, place: Place) -> str:
    """The text at a place."""
    lines = facts.source.lines[place.line : place.end_line + 1]
    if len(lines) == 1:
        return lines[0][place.column : place.end_column]
    return "\n".join([lines[0][place.column :], *lines[1:-1], lines[-1][: place.end_column]])
