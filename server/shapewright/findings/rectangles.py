"""SW407, SW503, SW303: rows of several lengths, arrays of several lengths cut into samples, labels against logits."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, keras_name, resized_literal, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.row_repairs import cut_rows, other_names
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span


def ragged(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW407: nested lists whose rows have not one length."""
    if mismatch.kind != "ragged":
        return None
    shapes = list(dict.fromkeys(map(str, mismatch.facts["shapes"])))
    message = f"An array has one length for each axis, and these rows have several: {', '.join(shapes[:4])}."
    repairs = _padded(context, mismatch)
    return context.repaired(rules.RAGGED, mismatch, message, repairs, mismatch.span)


def _padded(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """Lists of numbers brought to one length by zeros behind."""
    keras, node = keras_name(context.facts.source), node_at(context.facts, mismatch.span)
    ranks = {shape.rank for shape in mismatch.facts["shapes"]}
    if keras is None or ranks != {1} or not isinstance(node, ast.Call) or not node.args or len(node.args) > 1 or node.keywords:
        return
    text = mismatch.span.chunk.span(node.args[0]).source
    made = f'{keras}.utils.pad_sequences({text}, padding="post")'
    title = f"Fill the short rows with zeros behind: {keras}.utils.pad_sequences"
    yield Fix(title, (replacing(context.facts.source, mismatch.span, made),)), mismatch.span


def slices(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW503: arrays of several lengths in `from_tensor_slices`."""
    if mismatch.kind != "slices":
        return None
    sizes = ", ".join(map(str, mismatch.facts["whole"]))
    message = f"A dataset takes its samples from all arrays in step, and these have several lengths: {sizes}."
    node = node_at(context.facts, mismatch.span)
    given = node.args[0] if isinstance(node, ast.Call) and node.args else None
    parts = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
    spans = [mismatch.span.chunk.span(part) for part in parts]
    repairs = (*other_names(context, mismatch, spans), *cut_rows(context, mismatch, spans)) if len(spans) == 2 else ()
    where = mismatch.value_span if isinstance(mismatch.value_span, Span) else mismatch.span
    return context.repaired(rules.ROW_COUNTS, mismatch, message, repairs, where)


def labels(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW303: labels that a function of TensorFlow cannot compare with the logits."""
    if mismatch.kind != "labels":
        return None
    given, logits = mismatch.facts["labels"], mismatch.facts["logits"]
    name = mismatch.facts["function"].rpartition(".")[2]
    if name.startswith("sparse_"):
        asked = "whole numbers as labels: the shape of the logits without the last axis, the classes"
    elif name.startswith("softmax_"):
        asked = "one number for each class, as one-hot labels have: the shape of the logits"
    else:
        asked = "labels of the shape of the logits"
    message = f"`{name}` takes {asked}. The logits are {logits}, the labels {given}."
    return context.repaired(rules.LABELS, mismatch, message, _label_repairs(context, mismatch), mismatch.span)


def _label_repairs(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call):
        return
    source, chunk = context.facts.source, mismatch.span.chunk
    name = mismatch.facts["function"].rpartition(".")[2]
    given, logits = mismatch.facts["labels"], mismatch.facts["logits"]
    callee = chunk.span(node.func)
    first, second = "sparse_softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits"
    fits = given.rank == (logits.rank - 1 if name == second else logits.rank)  # the other function takes these
    if fits and name in (first, second) and callee.source.endswith(name):
        other = second if name == first else first
        text = callee.source.removesuffix(name) + other
        yield Fix(f"Use {other}", (replacing(source, callee, text),), preferred=True), mismatch.span
    span = next((chunk.span(k.value) for k in node.keywords if k.arg == "labels"), None)
    if span is None and node.args:
        span = chunk.span(node.args[0])
    if span is None:
        return
    for origin in context.origins(mismatch.trail).chain(span):
        want = logits.sizes[:-1] if name == first else logits.sizes
        if len(want) == given.rank:
            yield from resized_literal(source, [origin], given.sizes, want, "Make the labels for the logits")
    place, tensorflow = place_of(source, span), ast.unparse(node.func).split(".")[0]
    texts = []
    if given.rank == logits.rank and given.rank and given[-1].size == 1:
        texts.append((f"{tensorflow}.squeeze(", ", axis=-1)", "Take the last axis out"))
    if given.rank == logits.rank - 1:
        texts.append(("", "[..., None]", "Give them one more axis"))
    for before, after, title in texts:
        edits = (Edit(place.start, before), Edit(place.end, after)) if before else (Edit(place.end, after),)
        yield Fix(f"{title}: {before}{short(span.source)}{after}", edits, preferred=True), span
