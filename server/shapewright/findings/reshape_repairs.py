"""Edits of the shape that a reshape is given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, called
from shapewright.findings.finding import Edit, Fix
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing, without_first_item
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.keras import LayerRef


def reshape_repairs(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """The batch axis left out of what a Reshape is given, or one size as it has to be."""
    given = mismatch.facts.get("shape")
    if not isinstance(given, Shape):
        return
    if isinstance(mismatch.subject, LayerRef):
        target, given = mismatch.subject.spans.get("target_shape"), Shape(given.dims[1:])
        spans = [target] if isinstance(target, Span) else []
    else:
        spans = _targets(context, mismatch.span)
    origins = context.origins(mismatch.trail)
    total = number_of_elements(given).size
    if not isinstance(mismatch.subject, LayerRef):
        yield from _samples_kept(context, mismatch, given)
    for span in spans:
        if not context.facts.source.holds(span.chunk):
            continue
        for origin in origins.chain(span):
            if isinstance(mismatch.subject, LayerRef):
                yield from _without_batch(context, origin)
            if isinstance(total, int):
                yield from _one_size(context, mismatch, origin, total)


def _targets(context: Context, span: Span) -> list[Span]:
    """Where the shape stands that a function or method reshapes to."""
    node = node_at(context.facts, span) if isinstance(span, Span) else None
    if not isinstance(node, ast.Call) or called(node) != "reshape":
        return []
    keywords = [k.value for k in node.keywords if k.arg in ("shape", "newshape")]
    tuples = [a for a in node.args if isinstance(a, (ast.Tuple, ast.List))]
    others = node.args[-1:]
    return [span.chunk.span(item) for item in (*keywords, *tuples, *others)][:1]


def _samples_kept(context: Context, mismatch: Mismatch, given: Shape) -> Iterator[Candidate]:
    """The shape of one sample with the batch axis in front: `reshape(28, 28, 1)` of many images as `reshape(-1, 28, 28, 1)`;
    a first -1 as the number of samples where another size is open as well."""
    sizes = [size for d in mismatch.facts.get("target") or () if isinstance(size := d.size if isinstance(d, Dim) else d, int)]
    one = number_of_elements(Shape(given.dims[1:])).size if given.rank > 1 else None
    several = sizes.count(-1) > 1 and sizes[0] == -1 and given.rank and isinstance(given[0].size, int)
    node, source = node_at(context.facts, mismatch.span), context.facts.source
    if not isinstance(node, ast.Call) or not (several or one == number_of_elements(Shape(sizes)).size):
        return
    chunk = mismatch.span.chunk
    shapes = [a for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, (ast.Tuple, ast.List))]
    items = shapes[0].elts if shapes else node.args[-len(sizes) :]
    if len(items) != len(sizes):
        return
    first = place_of(source, chunk.span(items[0]))
    edit = replacing(source, chunk.span(items[0]), str(given[0])) if several else Edit(first.start, "-1, ")
    title = f"Keep the first axis as it is: {given[0]}" if several else "Keep the samples apart: -1 in front, for the batch axis"
    yield Fix(title, (edit,), preferred=True), mismatch.span


def _without_batch(context: Context, origin: Origin) -> Iterator[Candidate]:
    node, source = origin.node, context.facts.source
    if isinstance(node, (ast.Tuple, ast.List)):
        text = without_first_item(origin.span, node)
        if text is not None and len(node.elts) > 1:
            edit = replacing(source, origin.span, text)
            yield Fix(f"Leave the batch axis out: {' '.join(text.split())}", (edit,), preferred=True), origin.span
    elif isinstance(node, ast.Attribute) and node.attr == "shape":
        edit = Edit(place_of(source, origin.span).end, "[1:]")
        yield Fix(f"Leave the batch axis out: {origin.span.source}[1:]", (edit,), preferred=True), origin.span
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        right = origin.chunk.span(node.right)
        if isinstance(node.right, ast.Attribute) and node.right.attr == "shape":
            edit = Edit(place_of(source, right).end, "[1:]")
            yield Fix(f"Leave the batch axis out: {right.source}[1:]", (edit,), preferred=True), origin.span


def _one_size(context: Context, mismatch: Mismatch, origin: Origin, total: int) -> Iterator[Candidate]:
    """One of the sizes as the number of elements asks for."""
    target, node = mismatch.facts.get("target"), origin.node
    sizes = [size for d in target or () if isinstance(size := d.size if isinstance(d, Dim) else d, int)]
    if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) != len(sizes):
        return
    source = context.facts.source
    given = mismatch.facts["shape"]
    keeps = not isinstance(mismatch.subject, LayerRef) and given.rank and given[0].size == sizes[0]  # the samples stay apart
    for number in (*range(1, len(sizes)), 0) if keeps else range(len(sizes)):
        item = node.elts[number]
        rest = 1
        for other, size in enumerate(sizes):
            rest *= size if other != number and size != -1 else 1
        if -1 in sizes or rest == 0 or total % rest or total // rest == sizes[number]:
            continue
        edit = replacing(source, origin.chunk.span(item), str(total // rest))
        yield Fix(f"Keep the number of elements: {total // rest} for {sizes[number]}", (edit,)), origin.span
    if len(node.elts) > 1 and -1 not in sizes:
        whole = origin.chunk.span(node.elts[-1])
        edit = replacing(source, whole, "-1")
        yield Fix("Let the last size follow from the others: -1", (edit,)), origin.span
