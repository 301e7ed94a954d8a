"""SW501: one array where a model has several inputs, and several where it has one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, called, library_name, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape
from shapewright.values.value import Tuple


def input_count(context: Context, mismatch: Mismatch) -> Finding:
    """Another number of arrays than the model has inputs."""
    wanted, given = mismatch.facts["expected"], mismatch.facts["given"]
    message = f"The model has {_inputs(wanted)}, and this gives it {given}: a list (or dict) with one array for each."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.DATA_SHAPE, mismatch, message, _repairs(context, mismatch, span), span)


def _inputs(count: int) -> str:
    return "one input" if count == 1 else f"{count} inputs"


def _repairs(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    if not isinstance(span, Span):
        return
    source, chain = context.facts.source, context.origins(mismatch.trail).chain(span)
    name = library_name(source, "numpy", "tensorflow")
    if mismatch.facts["expected"] == 1:
        samples = _is_one_sample_each(mismatch)
        for origin in chain[:2] if name else ():
            function = ("array" if name != "tf" else "stack") if samples else "concatenate" if name != "tf" else "concat"
            end = ")" if name != "tf" or samples else ", axis=0)"
            place = place_of(source, origin.span)
            edits = (Edit(place.start, f"{name}.{function}("), Edit(place.end, end))
            title = f"Make one array of the list: {name}.{function}({short(origin.span.source)})"
            yield Fix(title, edits, preferred=True), origin.span
        return
    for origin in chain:
        node = origin.node
        if called(node) in ("array", "asarray", "stack") and isinstance(node, ast.Call) and node.args:
            items = node.args[0]
            if isinstance(items, (ast.List, ast.Tuple)) and len(items.elts) == mismatch.facts["expected"]:
                text = origin.chunk.span(items).source
                yield Fix(f"Give a list of arrays: {short(text)}", (replacing(source, origin.span, text),), True), origin.span
    yield from _columns(context, mismatch, chain[0].span if chain else span)


def _is_one_sample_each(mismatch: Mismatch) -> bool:
    """Whether every array of a list is one sample, not a batch."""
    declared = getattr(mismatch.facts.get("declared"), "shape", None)
    items = mismatch.value.items if isinstance(mismatch.value, Tuple) else mismatch.facts.get("shapes", ())
    first = next((getattr(item, "shape", item) for item in items), None)
    return isinstance(declared, Shape) and isinstance(first, Shape) and first.rank == declared.rank - 1


def _columns(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """One table whose columns are those of all inputs."""
    inputs = mismatch.facts.get("declared_all", ())
    widths = [t.shape[-1].size for t in inputs if t.shape is not None and t.shape.rank == 2]
    given = getattr(mismatch.value, "shape", None)
    text = span.source
    if not isinstance(given, Shape) or given.rank != 2 or len(widths) != len(inputs) or not text.isidentifier():
        return
    if not all(isinstance(n, int) for n in widths) or sum(widths) != given[-1].size:
        return
    parts, start = [], 0
    for number, width in enumerate(widths):
        stop = start + width
        bounds = f"{start or ''}:{'' if number == len(widths) - 1 else stop}"
        parts.append(f"{text}[:, {bounds}]")
        start = stop
    edit = replacing(context.facts.source, span, f"[{', '.join(parts)}]")
    yield Fix("Give each input its columns", (edit,), preferred=True), span
