"""Edits that bring samples and targets into step."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from shapewright.findings.context import Context
from shapewright.findings.data_repairs import (
    Candidate,
    called,
    library_name,
    preferred_order,
    resized_literal,
    with_batch_axis,
)
from shapewright.findings.finding import Edit, Fix
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value


def row_repairs(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """A reshape that mixes the samples, or one sample that is not a batch."""
    x, y = mismatch.facts["sizes"][:2]
    source, origins = context.facts.source, context.origins(mismatch.trail)
    data = _first_argument(context, mismatch.span)
    name = library_name(source, "numpy")
    if len(x) > 1 and len(x) == y[0] and data is not None and name is not None:  # a list of samples: one array each
        for origin in preferred_order(origins.chain(data)):
            place = place_of(source, origin.span)
            edits = (Edit(place.start, f"{name}.array("), Edit(place.end, ")"))
            yield Fix(f"Make one array of the samples: {name}.array(...)", edits, preferred=True), origin.span
    for given in (data, span):
        if isinstance(given, Span) and source.holds(given.chunk):
            for origin in origins.reachable(given):
                yield from _kept_samples(context, origin)
    if data is not None and y[0] == 1 and x[0] != 1:
        yield from with_batch_axis(source, origins.chain(data))
    if x[0] == 1 and y[0] != 1 and isinstance(span, Span):
        yield from with_batch_axis(source, origins.chain(span))
    given = _first_argument(context, mismatch.span)
    if mismatch.facts.get("validation"):
        given = mismatch.facts["validation"]
    if isinstance(given, Span) and isinstance(span, Span) and len(x) == len(y) == 1:
        yield from other_names(context, mismatch, (given, span))
        yield from cut_rows(context, mismatch, (given, span))


def _first_argument(context: Context, span: Span) -> Span | None:
    node = node_at(context.facts, span)
    if not isinstance(node, ast.Call):
        return None
    named = [k.value for k in node.keywords if k.arg == "x"]
    return next((span.chunk.span(argument) for argument in (*node.args[:1], *named)), None)


def _kept_samples(context: Context, origin: Origin) -> Iterator[Candidate]:
    """`a.reshape(-1, n)` as `a.reshape(len(a), -1)`."""
    source, chunk = context.facts.source, origin.chunk
    for node in ast.walk(origin.node):
        if called(node) != "reshape" or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        items = node.args
        base = node.func.value
        if any(isinstance(a, (ast.Tuple, ast.List)) for a in items):
            shape = next(a for a in items if isinstance(a, (ast.Tuple, ast.List)))
            base = items[0] if items[0] is not shape else base
            items = shape.elts
        if len(items) < 2 or not _is_minus_one(items[0]):
            continue
        name = chunk.span(base).source
        edits = (
            replacing(source, chunk.span(items[0]), f"len({name})"),
            replacing(source, chunk.span(items[-1]), "-1"),
        )
        yield Fix(f"Keep the samples apart: reshape(len({name}), -1)", edits, preferred=True), chunk.span(node)


def _is_minus_one(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and ast.unparse(node) == "-1"


def other_names(context: Context, mismatch: Mismatch, spans: Sequence[Span]) -> Iterator[Candidate]:
    """Another array of the program in the place of one of two, that has as many rows as the other: `y_val` for `y_train`."""
    arrays = _named_arrays(context)
    for span, other in ((spans[1], spans[0]), (spans[0], spans[1])):
        mine, yours = _shape_at(context, span), _shape_at(context, other)
        if mine is None or yours is None or not span.source.isidentifier():
            continue
        fitting = [
            name
            for name, shape in arrays.items()
            if shape.rank == mine.rank and shape.sizes == (yours.sizes[0], *mine.sizes[1:]) and name != other.source
        ]
        for name in sorted(fitting, key=lambda name: -_common(name, span.source, other.source))[:2]:
            edit = replacing(context.facts.source, span, name)
            yield Fix(f"Give the one with as many rows: {name}", (edit,), preferred=True), span


def _common(name: str, mine: str, other: str) -> int:
    """How much a name looks like the partner of another: `y_val` begins like `y_train` and ends like `x_val`."""
    front = next((n for n, (a, b) in enumerate(zip(name, mine, strict=False)) if a != b), min(len(name), len(mine)))
    pairs = zip(reversed(name), reversed(other), strict=False)
    back = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(name), len(other)))
    return front + back


def _named_arrays(context: Context) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for chunk in context.facts.source.chunks:
        for node in chunk.tree.body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
                for part in parts:
                    shape = _shape_of(context.assigned_at(chunk.span(part))) if isinstance(part, ast.Name) else None
                    if shape is not None and shape.rank and isinstance(part, ast.Name):
                        found[part.id] = shape
    return found


def _shape_at(context: Context, span: Span) -> Shape | None:
    return _shape_of(context.values_at(span))


def _shape_of(values: tuple[Value, ...]) -> Shape | None:
    shape = values[0].shape if len(values) == 1 and isinstance(values[0], Tensor) else None
    return shape if shape is not None and shape.rank else None


def cut_rows(context: Context, mismatch: Mismatch, spans: Sequence[Span]) -> Iterator[Candidate]:
    """Arrays that are made with a number of rows are made with that of the other; others lose the rows too many."""
    source, origins = context.facts.source, context.origins(mismatch.trail)
    shapes = [_shape_at(context, span) for span in spans]
    first, second = (shape[0].size if shape is not None else None for shape in shapes)
    if not isinstance(first, int) or not isinstance(second, int) or first == second:
        return
    for number, want in ((1, first), (0, second)):
        for origin in origins.chain(spans[number]):
            shape = shapes[number]
            if shape is not None:
                yield from resized_literal(source, [origin], shape.sizes, (want, *shape.sizes[1:]), "Give both as many rows")
    number = 0 if first > second else 1
    edit = Edit(place_of(source, spans[number]).end, f"[:{min(first, second)}]")
    yield Fix(f"Leave out the rows without a partner: [:{min(first, second)}]", (edit,)), spans[number]


def weight_repairs(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """Sample weights for as many samples as there are."""
    data = _first_argument(context, mismatch.span)
    if isinstance(data, Span) and isinstance(span, Span):
        yield from other_names(context, mismatch, (data, span))
        yield from cut_rows(context, mismatch, (data, span))
