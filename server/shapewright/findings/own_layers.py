"""SW601 in classes derived from Layer: a weight whose name comes first."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import node_at, place_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span


def weight_named_first(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW601: `self.add_weight("kernel", ...)`, as Keras 2 took it."""
    if mismatch.kind != "name-first" or not isinstance(mismatch.value_span, Span):
        return None
    message = "`add_weight` of Keras 3 takes the shape first, and the name as a keyword."
    return context.repaired(rules.REMOVED, mismatch, message, _by_name(context, mismatch), mismatch.value_span)


def _by_name(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """The arguments that were given by position, by the names that they had in Keras 2."""
    node = node_at(context.facts, mismatch.span)
    names = mismatch.facts["names"]
    if not isinstance(node, ast.Call) or len(node.args) != len(names) or any(isinstance(a, ast.Starred) for a in node.args):
        return
    chunk, source = mismatch.span.chunk, context.facts.source
    edits = tuple(
        Edit(place_of(source, chunk.span(given)).start, f"{name}=") for name, given in zip(names, node.args, strict=True)
    )
    shown = ", ".join(f"{name}={chunk.span(given).source}" for name, given in zip(names, node.args, strict=True))
    yield Fix(f"Give them by name: {shown}", edits, preferred=True), chunk.span(node.args[0])
