"""Edits that bring samples and targets into step."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, called, library_name, preferred_order, with_batch_axis
from shapewright.findings.finding import Edit, Fix
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span


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
