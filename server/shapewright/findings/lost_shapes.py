"""SW208: tensors whose shape TensorFlow does not know, because Python code made them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import place_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.values.tensor import Lost, Tensor


def lost_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW208: a model that is given what a Python function made inside a dataset."""
    value = mismatch.value
    if mismatch.kind != "lost" or not isinstance(value, Tensor) or value.history is None:
        return None
    where = value.history.node
    span = where if isinstance(where, Span) and context.facts.source.holds(where.chunk) else mismatch.span
    message = (
        "TensorFlow does not know the shape of what this Python function gives, not even its number of axes, and the model "
        "needs it: `set_shape` says it."
    )
    repairs = _with_shapes(context, mismatch, span) if span != mismatch.span else ()
    found = context.proof.searched(mismatch, repairs)
    related = context.raised_at(mismatch, "this is where Keras would raise")
    return context.finding(rules.LOST, span, message, mismatch, tuple(fix for fix, _ in found), related)


def _with_shapes(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """`set_shape` for every name that the results are given."""
    chunk, source = span.chunk, context.facts.source
    for statement in ast.walk(chunk.tree):
        if not isinstance(statement, ast.Assign) or chunk.span(statement.value) != span:
            continue
        target = statement.targets[0]
        names = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        shapes = _shapes(context, mismatch, span, len(names))
        if shapes is None or not all(isinstance(name, ast.Name) for name in names):
            return
        place = place_of(source, chunk.span(statement))
        line = source.lines[place.line]
        if line[: place.column].strip() or source.lines[place.end_line][place.end_column :].strip():
            return
        indent = line[: place.column]
        pairs = zip(names, shapes, strict=True)
        added = "".join(f"\n{indent}{ast.unparse(name)}.set_shape({shape})" for name, shape in pairs)
        title = "Say what the shapes are: " + ", ".join(shapes)
        yield Fix(title, (Edit(place.end, added),), preferred=True), span


def _shapes(context: Context, mismatch: Mismatch, span: Span, count: int) -> list[str] | None:
    """The shapes of the results: as the function gives them, or the model declares them."""
    declared = getattr(mismatch.facts["declared"], "shape", None)
    found: list[str | None] = [None] * count
    for value in _values(context, span):
        history = value.history
        if history is not None and isinstance(history.producer, Lost) and history.index < count:
            shape = getattr(history.producer.found, "shape", None)
            if shape is not None:
                sizes = [str(size) if isinstance(size, int) else "None" for size in shape.sizes]
                found[history.index] = f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
    index = mismatch.value.history.index if isinstance(mismatch.value, Tensor) and mismatch.value.history else 0
    if index < count and found[index] is None and declared is not None:
        sizes = [str(size) for size in declared.sizes[1:]]
        found[index] = f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
    return None if None in found else [text for text in found if text is not None]


def _values(context: Context, span: Span) -> list[Tensor]:
    """What the call gave, the items of a list one by one: they are what the names that it is assigned to stand for."""
    tensors = []
    for node in ast.walk(span.chunk.tree):
        if isinstance(node, ast.Assign) and span.chunk.span(node.value) == span:
            for name in ast.walk(node.targets[0]):
                if isinstance(name, ast.Name):
                    fact = next((f for f in context.facts.all() if f.node is name), None)
                    tensors += [v for v in (() if fact is None else fact.values) if isinstance(v, Tensor)]
    return tensors
