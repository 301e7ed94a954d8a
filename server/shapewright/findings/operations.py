"""SW206, SW207: what functions of TensorFlow ask of the axes of their input, and what fits into the weights of a layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, library_name, short, with_batch_axis
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.layer_repairs import with_argument
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef

_INPUTS = ("input", "image", "images", "value")


def operation_rank(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW206: an operation on a tensor with another number of axes, or with a size for fewer axes than there are."""
    shape = mismatch.facts.get("shape")
    if mismatch.kind not in ("axes", "crop") or not isinstance(shape, Shape):
        return None
    name = f"`{mismatch.facts['function'].replace('tensorflow', 'tf')}`"
    if mismatch.kind == "crop":
        size = mismatch.facts["size"]
        message = (
            f"The size of {name} has a number for every axis, the batch and the channels as well: this has {shape.rank} "
            f"axes, {shape}, and the size is {size}."
        )
        whole = _whole_size(context, mismatch, shape, size)
        return context.repaired(rules.OPERATION_RANK, mismatch, message, whole, mismatch.span)
    takes = f"{mismatch.facts['expected']} axes, the first of them the batch axis"
    if mismatch.facts["expected"] == 3:
        takes = "images, (height, width, channels), or a batch of them"
    channels = mismatch.facts.get("channels")
    takes = takes if channels is None else f"images of {channels} channels"
    message = f"{name} takes {takes}, and this is {shape}."
    return context.repaired(rules.OPERATION_RANK, mismatch, message, _axis_more(context, mismatch, shape), mismatch.span)


def _argument(context: Context, mismatch: Mismatch, position: int, names: tuple[str, ...]) -> Span | None:
    """Where an argument of the call that fails is written."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or any(isinstance(given, ast.Starred) for given in node.args):
        return None
    given = [*node.args[position : position + 1], *(k.value for k in node.keywords if k.arg in names)]
    return mismatch.span.chunk.span(given[0]) if given else None


def _axis_more(context: Context, mismatch: Mismatch, shape: Shape) -> Iterator[Candidate]:
    """A batch of one where the batch axis is missing; a last axis of size 1 for gray images."""
    source, span = context.facts.source, _argument(context, mismatch, 0, _INPUTS)
    if span is None or shape.rank != mismatch.facts["expected"] - 1:
        return
    if mismatch.facts["expected"] == 3:
        name = library_name(source, "tensorflow") or library_name(source, "numpy")
        if name is not None:
            added = f"[..., {name}.newaxis]"
            title = f"Give gray images their axis of channels: {short(span.source)}{added}"
            yield Fix(title, (Edit(place_of(source, span).end, added),), preferred=True), span
        return
    yield from with_batch_axis(source, context.origins(mismatch.trail).chain(span)[:1])


def _whole_size(context: Context, mismatch: Mismatch, shape: Shape, size: Shape) -> Iterator[Candidate]:
    """The size of the crop with what is kept whole: the batch in front, the channels behind."""
    span = _argument(context, mismatch, 1, ("size",))
    if span is None or shape.rank not in (3, 4) or size.rank not in (2, 3) or size.rank >= shape.rank:
        return
    for origin in context.origins(mismatch.trail).chain(span):
        node = origin.node
        if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) != size.rank:
            continue
        front = [str(shape[0])] if shape.rank == 4 else []
        behind = [str(shape[-1])] if size.rank == 2 else []
        if not all(text.isdigit() for text in (*front, *behind)):
            return
        written = [origin.chunk.span(item).source for item in node.elts]
        text = ", ".join((*front, *written, *behind))
        text = f"[{text}]" if isinstance(node, ast.List) else f"({text})"
        edit = replacing(context.facts.source, origin.span, text)
        yield Fix(f"Give a size for every axis: {text}", (edit,), preferred=True), origin.span


def weight_shapes(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW207: arrays that do not fit into the weights of a layer."""
    layer = mismatch.subject
    if isinstance(layer, (ModelRef, SequentialRef)):
        return _weights_of_model(context, mismatch)
    if mismatch.kind == "weight-count" and isinstance(layer, LayerRef):
        shapes = ", ".join(map(str, mismatch.facts["expected"]))
        message = f"This {layer.class_name} has weights of the shapes {shapes}, and is given {mismatch.facts['given']} arrays."
        return context.finding(rules.WEIGHT_SHAPE, mismatch.span, message, mismatch, (), context.raised_at(mismatch, "")[1:])
    if mismatch.kind != "weights" or not isinstance(layer, LayerRef):
        return None
    given, weight = mismatch.facts["shape"], mismatch.facts["expected"]
    message = f"This {layer.class_name} has a weight of shape {weight}, and is given one of shape {given}."
    repairs = _embedding_of(context, layer, given)
    candidates = (*repairs, *_turned_round(context, mismatch, given, weight))
    return context.repaired(rules.WEIGHT_SHAPE, mismatch, message, candidates, mismatch.span)


def _weights_of_model(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW207 of a whole model."""
    if mismatch.kind == "weight-count":
        expected = len(mismatch.facts["expected"])
        given_count = mismatch.facts["given"]
        message = f"This model has {expected} weights, a kernel and a bias for most layers, and is given {given_count}."
    elif mismatch.kind == "weights":
        given, weight = mismatch.facts["shape"], mismatch.facts["expected"]
        message = f"This model has a weight of shape {weight} where it is given one of shape {given}: it is built otherwise."
    else:
        return None
    repairs: Iterator[Candidate] = iter(())
    if mismatch.kind == "weights":
        repairs = _turned_round(context, mismatch, mismatch.facts["shape"], mismatch.facts["expected"])
    return context.repaired(rules.WEIGHT_SHAPE, mismatch, message, repairs, mismatch.span)


def _turned_round(context: Context, mismatch: Mismatch, given: Shape, weight: Shape) -> Iterator[Candidate]:
    """A matrix whose rows and columns are exchanged."""
    node = node_at(context.facts, mismatch.span)
    if given.rank != 2 or given.sizes != weight.sizes[::-1] or not isinstance(node, ast.Call) or not node.args:
        return
    for origin in context.origins(mismatch.trail).chain(mismatch.span.chunk.span(node.args[0])):
        for item in origin.node.elts if isinstance(origin.node, (ast.List, ast.Tuple)) else ():
            span = origin.chunk.span(item)
            if any(getattr(value, "shape", None) == given for value in context.values_at(span)):
                edit = Edit(place_of(context.facts.source, span).end, ".T")
                yield Fix(f"Turn it round: {short(span.source)}.T", (edit,), preferred=True), span


def operation_counts(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW206: numbers, or pairs of numbers, that are not one for each axis."""
    if mismatch.kind != "counts":
        return None
    shape, given = mismatch.facts["shape"], mismatch.facts["given"]
    name = f"`{mismatch.facts['function'].replace('tensorflow', 'tf')}`"
    message = (
        f"{name} takes one entry for each axis, the batch axis as well: this has {shape.rank} axes, {shape}, and {given} are "
        "given."
    )
    repairs = _one_for_each(context, mismatch, shape, shape.rank - given)
    return context.repaired(rules.OPERATION_RANK, mismatch, message, repairs, mismatch.span)


def _one_for_each(context: Context, mismatch: Mismatch, shape: Shape, lacking: int) -> Iterator[Candidate]:
    """Entries that change nothing for the axes that lack one, in front or behind; the last or first left out."""
    span = _argument(context, mismatch, 1, ("multiples", "paddings", "pad_width"))
    if span is None:
        return
    nothing = "1" if mismatch.facts["function"].endswith("tile") else "[0, 0]"
    for origin in context.origins(mismatch.trail).chain(span):
        node = origin.node
        if not isinstance(node, (ast.List, ast.Tuple)) or not node.elts:
            continue
        items = [origin.chunk.span(item).source for item in node.elts]
        choices = [(items[:lacking], "Leave the last out"), (items[-lacking:], "Leave the first out")] if lacking < 0 else [
            ([nothing] * lacking + items, "Leave the first axis as it is"),
            (items + [nothing] * lacking, "Leave the last axis as it is"),
        ]
        if shape.rank == 3 and not mismatch.facts["function"].endswith("tile"):  # an image has its channels behind
            choices.reverse()
        for kept, title in choices:
            text = ", ".join(kept) + ("," if len(kept) == 1 and isinstance(node, ast.Tuple) else "")
            text = f"[{text}]" if isinstance(node, ast.List) else f"({text})"
            yield Fix(f"{title}: {text}", (replacing(context.facts.source, origin.span, text),), True), origin.span


def _embedding_of(context: Context, layer: LayerRef, given: Shape) -> Iterator[Candidate]:
    """An Embedding made for as many words and features as the array has rows and columns."""
    if layer.class_name != "Embedding" or given.rank != 2:
        return
    edits: list[Edit] = []
    for name, size in zip(("input_dim", "output_dim"), given.sizes, strict=True):
        for fix, _ in with_argument(context, layer, name, str(size), ""):
            edits += fix.edits
    if len(edits) == 2 and isinstance(layer.node, Span):
        title = f"Make the Embedding for the array: {given[0]} words, {given[1]} features"
        yield Fix(title, tuple(edits), preferred=True), layer.node
