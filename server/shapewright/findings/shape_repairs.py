"""Edits of the shape that an Input declares: the batch axis left out, an axis added, other sizes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from shapewright.findings.data_repairs import Candidate, preferred_order, short
from shapewright.findings.finding import Edit, Fix
from shapewright.findings.origins import Origin
from shapewright.findings.repair import place_of, replacing, without_first_item
from shapewright.syntax.source import Source

Follow = Callable[[Origin, ast.expr], Sequence[Origin]]
"""Where one element of a shape comes from, the element itself first."""


def without_batch(source: Source, reached: Sequence[Origin]) -> Iterator[Candidate]:
    """A shape without its first axis, changed where it is written; where it is used, if other places use it as well."""
    if len(reached) == 1 or (reached and reached[1].shared):
        node = reached[0].node
        if isinstance(node, (ast.Name, ast.Attribute)) and getattr(node, "attr", None) != "shape":
            edit = Edit(place_of(source, reached[0].span).end, "[1:]")
            title = f"Leave the batch axis out: {short(reached[0].span.source)}[1:]"
            yield Fix(title, (edit,), preferred=True), reached[0].span
    for origin in reached:
        node, span = origin.node, origin.span
        if isinstance(node, (ast.Tuple, ast.List)):
            shorter = without_first_item(span, node)
            if shorter is not None:
                edit = replacing(source, span, shorter)
                yield Fix(f"Leave the batch axis out: {short(shorter)}", (edit,), preferred=True), span
        elif isinstance(node, ast.Attribute) and node.attr == "shape":
            edit = Edit(place_of(source, span).end, "[1:]")
            yield Fix(f"Leave the batch axis out: {short(span.source)}[1:]", (edit,), preferred=True), span
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Tuple):
            if len(node.left.elts) == 1:
                text = origin.chunk.span(node.right).source
                yield Fix(f"Leave the batch axis out: {short(text)}", (replacing(source, span, text),), preferred=True), span


def with_last_axis(source: Source, chain: Sequence[Origin]) -> Iterator[Candidate]:
    """An axis of size 1 behind: the features of a series, the channel of grey images."""
    for origin in chain:
        node = origin.node
        if isinstance(node, (ast.Tuple, ast.List)) and node.elts:
            last, whole = place_of(source, origin.chunk.span(node.elts[-1])), place_of(source, origin.span)
            rest = source.text_with(origin.chunk).lines[last.end_line][last.end_column : whole.end_column]
            comma = last.end_line == whole.end_line and rest.startswith(",")
            end = replace(last.end, end_column=last.end_column + (1 if comma else 0))
            text = origin.chunk.span_between(node.elts[0], node.elts[-1]).source
            title = f"Add an axis of size 1 for the features: ({short(text)}, 1)"
            yield Fix(title, (Edit(end, ", 1"),), preferred=True), origin.span
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            text = f"(*{origin.span.source}, 1)"
            edit = replacing(source, origin.span, text)
            yield Fix(f"Add an axis of size 1 for the features: {short(text)}", (edit,), preferred=True), origin.span


def without_last_axis(source: Source, chain: Sequence[Origin]) -> Iterator[Candidate]:
    """The last axis left out."""
    for origin in chain:
        node = origin.node
        if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) > 1:
            kept = origin.chunk.span_between(node.elts[0], node.elts[-2])
            start, end = place_of(source, kept), place_of(source, origin.chunk.span(node.elts[-1]))
            comma = "," if len(node.elts) == 2 else ""
            edit = Edit(start.end.before(end.end), comma)
            yield Fix(f"Leave the last axis out: ({short(kept.source)}{comma})", (edit,), preferred=True), origin.span


def with_sizes(
    source: Source, chain: Sequence[Origin], follow: Follow, have: Sequence[object], want: Sequence[object]
) -> Iterator[Candidate]:
    """The sizes that the data has in place of those that are declared."""
    text = "(" + ", ".join(map(str, want)) + (",)" if len(want) == 1 else ")")
    for origin in chain:
        node = origin.node
        if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == len(have) == len(want):
            wrong = [n for n, (a, b) in enumerate(zip(have, want, strict=True)) if a != b]
            parts = [preferred_order(follow(origin, node.elts[n])) for n in wrong]
            for choice in (0, -1):
                edits = tuple(_size_edit(source, part[choice], want[n]) for n, part in zip(wrong, parts, strict=True))
                span = parts[0][choice].span if len(parts) == 1 else origin.span
                yield Fix(f"Declare the sizes that the data has: {text}", edits, preferred=True), span
    shapes = (ast.Tuple, ast.List, ast.Attribute)
    for origin in preferred_order(chain) if len(want) == len(have) == 1 and isinstance(have[0], int) else ():
        if not isinstance(origin.node, shapes):
            edit = _size_edit(source, origin, want[0])
            yield Fix(f"Declare the size that the data has: {edit.new_text}", (edit,), preferred=True), origin.span
    known = all(isinstance(size, int) for size in want)
    if known and chain and isinstance(chain[0].node, (*shapes, ast.Name)):
        edit = replacing(source, chain[0].span, text)
        yield Fix(f"Declare the shape that one sample has: {text}", (edit,), preferred=True), chain[0].span


def _size_edit(source: Source, origin: Origin, size: object) -> Edit:
    """A size replaced; a count of samples by the size of the axis that was meant."""
    node = origin.node
    if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "len" and len(node.args) == 1:
        return replacing(source, origin.span, f"{origin.chunk.span(node.args[0]).source}.shape[1]")
    return replacing(source, origin.span, str(size))


def channels_last(source: Source, chain: Sequence[Origin]) -> Iterator[Candidate]:
    """The channels behind, where Keras looks for them: `(3, 64, 64)` as `(64, 64, 3)`."""
    for origin in chain:
        node = origin.node
        if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) not in (3, 4):
            continue
        first = node.elts[0]
        if isinstance(first, ast.Constant) and first.value in (1, 2, 3, 4):
            texts = [origin.chunk.span(item).source for item in (*node.elts[1:], first)]
            text = f"({', '.join(texts)})"
            edit = replacing(source, origin.span, text)
            yield Fix(f"Put the channels last, where Keras looks for them: {text}", (edit,), preferred=True), origin.span


def with_number(source: Source, chain: Sequence[Origin], follow: Follow) -> Iterator[Candidate]:
    """A number in place of a `None`; which one, only the user knows."""
    for origin in chain:
        node = origin.node
        if not isinstance(node, (ast.Tuple, ast.List)):
            continue
        for item in reversed(node.elts):
            last = follow(origin, item)[-1]
            if isinstance(last.node, ast.Constant) and last.node.value is None:
                edit = replacing(source, last.span, "10")
                yield Fix("Put the size that your data has in place of None (10 stands for it)", (edit,)), last.span
