"""SW605: arguments that the constructor of a layer refuses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.values.keras import LayerRef

_WINDOWS = ("kernel_size", "strides", "dilation_rate", "pool_size", "size")
_COUNTS = {
    "units": "how many numbers come out for each sample or step",
    "filters": "how many channels come out",
    "n": "how often the vector is repeated",
    "input_dim": "how many different words there are",
    "output_dim": "how many numbers stand for a word",
}


def layer_argument(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW605: a size that is none, a tuple of another length."""
    if mismatch.kind != "argument" or not isinstance(mismatch.subject, LayerRef):
        return None
    span = mismatch.value_span or mismatch.span
    layer = mismatch.subject.class_name
    return context.repaired(rules.ARGUMENT, mismatch, _said(mismatch, layer), _repairs(context, mismatch, layer, span), span)


def _said(mismatch: Mismatch, layer: str) -> str:
    name, value = mismatch.facts["argument"], mismatch.facts["value"]
    count = mismatch.facts.get("count")
    if count is not None and name in _WINDOWS:
        axes = "one axis" if count == 1 else f"{count} axes"
        return f"`{name}` of {layer} is one number, or one for each axis that its window moves along: {axes}, no channels."
    if name in _WINDOWS:
        return f"`{name}` of {layer} takes whole numbers, 1 at least, and this is {value}."
    if name in _COUNTS:
        return f"`{name}` of {layer} is {_COUNTS[name]}: a whole number of Python's, 1 at least."
    if name == "dims":
        return f"`dims` names the axes of one sample, each once, from 1 on, the batch axis not counted. {value} does not."
    if name == "target_shape":
        return f"`target_shape` is the shape of one sample, of which one size may be left open as -1, and this is {value}."
    if name == "padding" and "Conv" in layer:
        before = "kernel_size, strides" if layer.startswith("Depthwise") else "filters, kernel_size, strides"
        return f'`padding` of {layer} is "valid" or "same": by position come {before}, padding.'
    return f"`{name}` of {layer} cannot be {value}."


def _repairs(context: Context, mismatch: Mismatch, layer: str, span: Span) -> Iterator[Candidate]:
    name, count, source = mismatch.facts["argument"], mismatch.facts.get("count"), context.facts.source
    if name == "padding" and "Conv" in layer:
        yield from _window_by_position(context, mismatch, layer)
    if name == "target_shape":
        yield Fix("Leave one size open: (-1,)", (replacing(source, span, "(-1,)"),)), span
    for origin in context.origins(mismatch.trail).chain(span):
        node, chunk = origin.node, origin.chunk
        numbers = [chunk.span(n).source for n in node.elts] if isinstance(node, (ast.Tuple, ast.List)) else []
        if count is not None and numbers and name in _WINDOWS:
            kept = numbers[:count] if len(numbers) > count else [*numbers, *numbers[-1:] * (count - len(numbers))]
            text = f"({', '.join(kept)}{',' if count == 1 else ''})"
            yield Fix(f"One number for each axis: {text}", (replacing(source, origin.span, text),), True), origin.span
        elif name == "dims" and numbers:
            yield from _dims(context, mismatch, origin.span)
        elif name in _COUNTS and len(numbers) == 1:
            text = numbers[0]
            yield Fix(f"Give the number: {text}", (replacing(source, origin.span, text),), preferred=True), origin.span
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            left, right = (chunk.span(side).source for side in (node.left, node.right))
            edit = replacing(source, origin.span, f"{left} // {right}")
            yield Fix(f"Divide whole numbers: {short(left)} // {short(right)}", (edit,), preferred=True), origin.span
        elif isinstance(node, ast.Constant) and isinstance(node.value, (float, str)):
            text = str(node.value).removesuffix(".0")
            if text.isdigit():
                yield Fix(f"Give a whole number: {text}", (replacing(source, origin.span, text),), True), origin.span
    if name in _COUNTS and not isinstance(mismatch.facts["value"], (tuple, list)):
        place = place_of(source, span)
        edits = (Edit(place.start, "int("), Edit(place.end, ")"))
        yield Fix(f"Make it a number of Python's: int({short(span.source)})", edits, preferred=True), span


def _dims(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """`dims` without the batch axis, or counted from 1."""
    dims = mismatch.facts["value"]
    for order, title in (
        ([n for n in dims if n != 0], "Leave the batch axis out"),
        ([n + 1 for n in dims], "Count the axes from 1"),
    ):
        if sorted(order) == list(range(1, len(order) + 1)):
            text = "(" + ", ".join(map(str, order)) + (",)" if len(order) == 1 else ")")
            yield Fix(f"{title}: {text}", (replacing(context.facts.source, span, text),), preferred=True), span


def _window_by_position(context: Context, mismatch: Mismatch, layer: str) -> Iterator[Candidate]:
    """`Conv2D(32, 3, 3, 3)` as `Conv2D(32, (3, 3))`: the sizes of a kernel are one argument."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or len(node.args) < 4 or any(isinstance(given, ast.Starred) for given in node.args):
        return
    rank = int(next((letter for letter in layer if letter.isdigit()), "0"))
    chunk, source = mismatch.span.chunk, context.facts.source
    sizes = [chunk.span(given).source for given in node.args[1 : 1 + rank]]
    if not 1 < rank <= len(node.args) - 1:
        return
    whole = chunk.span_between(node.args[1], node.args[3])
    text = f"({', '.join(sizes)})"
    title = f"Give the sizes of the kernel as one tuple: {text}"
    yield Fix(title, (replacing(source, whole, text),), preferred=True), mismatch.span
