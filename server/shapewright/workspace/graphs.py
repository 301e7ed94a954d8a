"""The graph of a model as data and as a picture: JSON, Mermaid, Graphviz' dot, SVG."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from shapewright.interpreter.facts import Facts
from shapewright.interpreter.graph import Graph, Node, NoGraph
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import ModelRef, SequentialRef
from shapewright.values.value import Value
from shapewright.workspace.layout import layout
from shapewright.workspace.questions import parameters_text

MAX_LABEL = 40


class NoModel(Exception):
    """There is no such model, or there are several; the message says which there are, `names` what to choose from."""

    def __init__(self, message: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


@dataclass(frozen=True)
class Named:
    """A model of the program and the name that holds it."""

    name: str
    model: Value
    place: Place


def find_model(facts: Facts, wanted: str | None) -> Named:
    """The model that a name holds at the end, or that the program named so; without a name the only one there is."""
    held: dict[str, Named] = {}
    for fact in facts.all():
        models = [value for value in fact.values if isinstance(value, (ModelRef, SequentialRef))]
        if fact.is_target and models:
            held[fact.span.source] = Named(fact.span.source, models[-1], fact.place)
    if not held:
        raise NoModel("there is no functional or Sequential model in it")
    if wanted is None:
        distinct = {id(named.model): named for named in held.values()}
        if len(distinct) == 1:
            return next(iter(distinct.values()))
        raise NoModel(f"there are several models in it; name one: {', '.join(held)}", tuple(held))
    found = held.get(wanted) or next((n for n in held.values() if getattr(n.model, "name", None) == wanted), None)
    if found is None:
        raise NoModel(f"there is no model {wanted} in it; there is {', '.join(held)}", tuple(held))
    return found


def model_graph(facts: Facts, named: Named) -> Graph:
    """The graph of a model. Raises `NoModel` with the reason where it is not known."""
    try:
        return facts.view.graph(named.model)
    except NoGraph as error:
        raise NoModel(f"the graph of {named.name} is not known: {error}") from None


def as_data(facts: Facts, named: Named, where: Callable[[Place], dict[str, int]]) -> dict[str, Any]:
    """The graph as JSON data; `where` spells a place."""
    graph = model_graph(facts, named)
    nodes = []
    for number, node in enumerate(graph.nodes):
        entry: dict[str, Any] = {"id": number, "kind": node.kind, "class": node.class_name or None, "name": node.name}
        entry["shapes"] = [_sizes(shape) for shape in node.shapes]
        entry["parameters"] = node.parameters
        place = _place(facts, node)
        if place is not None and isinstance(node.span, Span):
            entry |= {**where(place), "text": node.span.source}
        nodes.append(entry)
    return {
        "version": 1,
        "model": named.name,
        "kind": "Sequential" if isinstance(named.model, SequentialRef) else "Functional",
        "name": getattr(named.model, "name", None),
        "parameters": facts.view.parameters(named.model),
        "nodes": nodes,
        "edges": [{"from": a, "to": b} for a, b in graph.edges],
    }


def _sizes(shape: Shape | None) -> list[Any] | None:
    return None if shape is None else list(shape.sizes)


def _place(facts: Facts, node: Node) -> Place | None:
    return facts.source.place(node.span) if isinstance(node.span, Span) and facts.source.holds(node.span.chunk) else None


def as_json(facts: Facts, named: Named, where: Callable[[Place], dict[str, int]]) -> str:
    """The graph as JSON."""
    return json.dumps(as_data(facts, named, where), indent=1)


def _label(node: Node) -> list[str]:
    """The lines in a box: what it is, the shape of what comes out, its parameters."""
    title = node.class_name
    if node.kind == "operation":
        title = " ".join(node.span.source.split()) if isinstance(node.span, Span) else "operation"
        title = title if len(title) <= MAX_LABEL else title[: MAX_LABEL - 1] + "…"
    elif node.name is not None:
        title = f"{title} {node.name}"
    shapes = ", ".join("?" if shape is None else str(shape) for shape in node.shapes)
    return [title, shapes, *([text] if (text := parameters_text(node.parameters)) else [])]


def as_mermaid(graph: Graph) -> str:
    """A Mermaid flowchart."""
    lines = ["flowchart TD"]
    for number, node in enumerate(graph.nodes):
        text = "<br/>".join(escape(line).replace("&#x27;", "'").replace("&quot;", "#quot;") for line in _label(node))
        lines.append(f'    n{number}["{text}"]')
    lines += [f"    n{a} --> n{b}" for a, b in graph.edges]
    return "\n".join(lines)


def as_dot(graph: Graph) -> str:
    """A graph for Graphviz."""
    lines = ["digraph model {", "    node [shape=box];"]
    for number, node in enumerate(graph.nodes):
        text = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in _label(node))
        lines.append(f'    n{number} [label="{text}"];')
    lines += [f"    n{a} -> n{b};" for a, b in graph.edges]
    return "\n".join([*lines, "}"])


_WIDTH, _LINE, _GAP, _ROW = 7.3, 18, 24, 44  # of a character, a line, between boxes, between rows


def as_svg(graph: Graph) -> str:
    """A picture that stands alone."""
    labels = [_label(node) for node in graph.nodes]
    width = max(len(line) for label in labels for line in label) * _WIDTH + 20
    height = max(len(label) for label in labels) * _LINE + 12
    placed = layout(len(graph.nodes), graph.edges)
    right, below = width + _GAP, height + _ROW
    total_width, total_height = placed.columns * right + _GAP, placed.rows * below - _ROW + 2 * _GAP

    def middle(column: float, row: int) -> tuple[float, float]:
        return _GAP / 2 + (column + 0.5) * right, _GAP + row * below + height / 2

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total_width:.0f}" height="{total_height:.0f}"'
        f' viewBox="0 0 {total_width:.0f} {total_height:.0f}" font-family="monospace" font-size="12">',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#666"/></marker></defs>',
        *(_line(way, middle, height) for way in placed.ways),
    ]
    for label, (column, row) in zip(labels, placed.places, strict=True):
        x, y = middle(column, row)
        parts.append(
            f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}" rx="5"'
            ' fill="#f5f7fa" stroke="#8794a5"/>'
        )
        for number, line in enumerate(label):
            down = y + (number - (len(label) - 1) / 2) * _LINE + 4
            weight = ' font-weight="bold"' if number == 0 else ""
            parts.append(f'<text x="{x:.1f}" y="{down:.1f}" text-anchor="middle"{weight}>{escape(line)}</text>')
    return "\n".join([*parts, "</svg>"])


def _line(way: list[tuple[float, int]], middle: Callable[[float, int], tuple[float, float]], height: float) -> str:
    """An edge: from the lower side of a box, past the boxes between, to the upper side of another."""
    points = [middle(*point) for point in way]
    x, y = points[0]
    path = f"M{x:.1f} {y + height / 2:.1f}"
    y += height / 2
    for number, (next_x, next_y) in enumerate(points[1:], 1):
        top = next_y - height / 2
        half = (y + top) / 2
        path += f" C{x:.1f} {half:.1f} {next_x:.1f} {half:.1f} {next_x:.1f} {top:.1f}"
        x, y = next_x, top
        if number < len(points) - 1:
            path += f" L{x:.1f} {next_y + height / 2:.1f}"
            y = next_y + height / 2
    return f'<path d="{path}" fill="none" stroke="#666" marker-end="url(#arrow)"/>'


PICTURES: dict[str, Callable[[Graph], str]] = {"mermaid": as_mermaid, "dot": as_dot, "svg": as_svg}
