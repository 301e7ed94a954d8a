"""SW501: data that the model does not take, for a reason that no other rule knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from shapewright.findings import rules
from shapewright.findings.context import Context, source_of
from shapewright.findings.data_repairs import (
    Candidate,
    each_in_batch,
    keras_name,
    library_name,
    moved_expansion,
    preferred_order,
    resized_literal,
    short,
    squeezed,
    transposed,
    with_batch_axis,
    with_dataset_batches,
    without_new_axis,
)
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.input_lists import input_count
from shapewright.findings.layer_repairs import declared_shapes, with_argument
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.shape_repairs import with_last_axis, with_sizes
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor

_KEYS = ("shape", "input_shape", "batch_shape", "input_dim")


def data_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW501: data that the model does not take."""
    if not mismatch.kind.startswith("data-") or mismatch.kind in ("data-one-sample", "data-differs"):
        return None
    if mismatch.kind == "data-count":
        return input_count(context, mismatch)
    inside = mismatch.facts.get("inside")
    if isinstance(inside, Mismatch) and inside.kind in ("attention", "state"):
        return _only_when_run(context, mismatch, inside)
    if isinstance(inside, Mismatch) and inside.kind == "state-batch":
        return _batch_of_states(context, mismatch, inside)
    declared = mismatch.facts.get("declared")
    given = getattr(mismatch.value, "shape", None)
    takes = getattr(declared, "shape", None)
    message = f"This is {given}, and the model takes {takes}. The first axis is the batch axis."
    if takes is None or mismatch.kind == "data-inside":
        message = f"A layer of the model does not take what comes of this data, {given}."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.DATA_SHAPE, mismatch, message, _repairs(context, mismatch, span, declared), span)


def _only_when_run(context: Context, mismatch: Mismatch, inside: Mismatch) -> Finding | None:
    """SW301: widths that nobody compares before there is data: the model is built, and every call of it fails."""
    layer = inside.subject
    if not isinstance(layer, LayerRef):
        return None
    if inside.kind == "state":
        message = (
            f"The initial state of this {layer.class_name} is {inside.facts['shape']}, and it has {inside.facts['expected']} "
            "units: a state has as many features as the layer has units. Keras finds out when the model is given data."
        )
    else:
        query, key = inside.facts["shapes"]
        message = (
            f"Attention compares queries with keys feature by feature, and these are {query} and {key}: the last axes must be "
            "equal. Keras finds out when the model is given data."
        )
    return context.repaired(rules.MERGE, mismatch, message, _same_width(context, mismatch, inside), mismatch.span)


def _batch_of_states(context: Context, mismatch: Mismatch, inside: Mismatch) -> Finding:
    """SW104: batches of another size than a stateful model keeps states for."""
    expected, size = inside.facts["expected"], inside.facts["size"]
    came = "the last one of this data has fewer" if size is None else f"this has {size}"
    message = f"A stateful model keeps one state for each of {expected} samples: every batch has just as many, and {came}."
    span = mismatch.value_span or mismatch.span
    repairs = (*_with_batch_size(context, mismatch, expected), *_whole_batches(context, mismatch, expected))
    return context.repaired(rules.STATEFUL, mismatch, message, repairs, span)


def _whole_batches(context: Context, mismatch: Mismatch, size: int) -> Iterator[Candidate]:
    """Samples and targets without those that fill no batch: where the arrays are made, else where they are given."""
    node = node_at(context.facts, mismatch.span) if isinstance(mismatch.span, Span) else None
    rows = getattr(mismatch.value, "shape", None)
    if not isinstance(node, ast.Call) or mismatch.facts.get("method") not in ("fit", "evaluate", "predict"):
        return
    given = node.args[: 2 if mismatch.facts["method"] != "predict" else 1]
    given += [k.value for k in node.keywords if k.arg in ("x", "y")]
    spans = [mismatch.span.chunk.span(item) for item in given]
    known = [v.shape for span in spans for v in context.values_at(span) if isinstance(v, Tensor) and v.shape]
    counts = {shape[0].size for shape in known}
    if len(known) != len(spans) or len(counts) != 1 or rows is None:
        return
    count = next(iter(counts))
    if not isinstance(count, int) or count < size:
        return
    origins, source = context.origins(mismatch.trail), context.facts.source
    cut = f"[:{count - count % size}]"
    made = [preferred_order(origins.chain(span))[0] for span in spans]
    batches = next(_with_batch_size(context, mismatch, size), None)
    same = any(k.arg == "batch_size" and ast.unparse(k.value) == str(size) for k in node.keywords)
    for places in ([o.span for o in made], spans):
        edits = tuple(Edit(place_of(source, place).end, cut) for place in places)
        edits += () if batches is None or same else batches[0].edits
        title = f"Leave out the samples that fill no batch of {size}: {cut}"
        yield Fix(title, edits, preferred=True), places[0]


def _with_batch_size(context: Context, mismatch: Mismatch, size: int) -> Iterator[Candidate]:
    node = node_at(context.facts, mismatch.span) if isinstance(mismatch.span, Span) else None
    if not isinstance(node, ast.Call) or mismatch.facts.get("method") not in ("fit", "evaluate", "predict") or not node.args:
        return
    chunk, source, title = mismatch.span.chunk, context.facts.source, f"Make batches of {size}: batch_size={size}"
    given = next((keyword.value for keyword in node.keywords if keyword.arg == "batch_size"), None)
    if given is not None:
        yield Fix(title, (replacing(source, chunk.span(given), str(size)),), preferred=True), chunk.span(given)
    else:
        end = place_of(source, chunk.span(node.args[-1])).end
        yield Fix(title, (Edit(end, f", batch_size={size}"),), preferred=True), mismatch.value_span or mismatch.span


def _same_width(context: Context, mismatch: Mismatch, inside: Mismatch) -> Iterator[Candidate]:
    layer = inside.subject
    assert isinstance(layer, LayerRef)
    if inside.kind == "state":
        width = inside.facts["shape"][-1]
        units = str(width)
        yield from with_argument(context, layer, "units", units, f"Give it as many units as the state has: {units}")
        return
    width = inside.facts["shapes"][0][-1]
    source = context.facts.source
    for tensor in context.facts.view.tensors(context.facts.view.model_input(mismatch.subject) if mismatch.subject else None):
        for chain in declared_shapes(context, tensor, mismatch.trail):
            for origin in chain:
                if isinstance(origin.node, (ast.Tuple, ast.List)) and origin.node.elts:
                    edit = replacing(source, origin.chunk.span(origin.node.elts[-1]), str(width))
                    yield Fix(f"Give both the same width: {width}", (edit,)), origin.span


def count_as_size(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW108: a Sequential model that declares the number of samples, or the batch size, as a size of one sample."""
    if mismatch.kind != "data-differs":
        return None
    declared, given, rows = mismatch.facts["declared"], mismatch.facts["shape"], mismatch.facts["rows"]
    first = declared.shape[1].size
    what = "the number of samples" if first == rows else "the batch size" if first in _batch_sizes(context, mismatch) else None
    if what is None or given[1].size == first:
        return None
    message = (
        f"The model declares samples of {first} steps, and gets samples of {given[1]}: {first} is {what}. It runs, because "
        "the layers take any number of steps."
    )
    span = mismatch.value_span or mismatch.span
    repairs = _declarations(context, mismatch, declared, given)
    return context.repaired(rules.COUNT_AS_SIZE, mismatch, message, repairs, span, raised="this is what it is given")


def _batch_sizes(context: Context, mismatch: Mismatch) -> set[object]:
    """The number that a call gives as its batch size, where it is written out."""
    node = node_at(context.facts, mismatch.span)
    given = [k.value for k in node.keywords if k.arg == "batch_size"] if isinstance(node, ast.Call) else []
    chains = [context.origins(mismatch.trail).chain(mismatch.span.chunk.span(value)) for value in given]
    return {o.node.value for chain in chains for o in chain if isinstance(o.node, ast.Constant)}


def _repairs(context: Context, mismatch: Mismatch, span: Span, declared: Any) -> Iterator[Candidate]:
    given, takes = getattr(mismatch.value, "shape", None), getattr(declared, "shape", None)
    if given is None or not isinstance(span, Span):
        return
    source, origins = context.facts.source, context.origins(mismatch.trail)
    chain, reached = origins.chain(span), origins.reachable(span)
    if takes is None:
        yield from with_dataset_batches(source, [o for o in chain[1:] if origins.is_looped(o)])
        yield from with_batch_axis(source, chain)
        return
    if given.rank > takes.rank:
        yield from without_new_axis(source, reached)
        for axis in [n for n, dim in enumerate(given) if dim.size == 1]:
            yield from squeezed(source, chain, axis)
    yield from _axis_of_one(context, span, takes)
    yield from _three_channels(context, mismatch, span, given, takes)
    for origin in reached:
        yield from moved_expansion(source, origin)
    if given.rank == takes.rank - 1:
        yield from each_in_batch(source, reached)
        yield from with_batch_axis(source, chain)
    if given.rank == takes.rank:
        order = _order(given, takes)
        if order is not None:
            yield from transposed(source, chain, order)
        made = resized_literal(source, chain, given.sizes[1:], takes.sizes[1:])
        whole = resized_literal(source, chain, given.sizes, (given.sizes[0], *takes.sizes[1:]))
        if mismatch.facts.get("method") in ("predict", "predict_on_batch", "__call__"):
            yield from whole
            yield from made
    yield from _declarations(context, mismatch, declared, given)


def _axis_of_one(context: Context, span: Span, takes: Shape) -> Iterator[Candidate]:
    """An axis of size 1 that the model has, and the data has not: one step, one channel."""
    source = context.facts.source
    for value in context.values_at(span):
        shape = value.shape if isinstance(value, Tensor) else None
        if shape is None or shape.rank != takes.rank - 1 or not isinstance(source.place(span), Place):
            continue
        for axis in range(1, takes.rank):
            if takes[axis].size == 1 and takes.without(axis).sizes[1:] == shape.sizes[1:]:
                index = "[..., None]" if axis == takes.rank - 1 else f"[{':, ' * axis}None]"
                edit = Edit(place_of(source, span).end, index)
                title = f"Add the axis of size 1 that the model has: {short(span.source)}{index}"
                yield Fix(title, (edit,), preferred=True), span


def _three_channels(context: Context, mismatch: Mismatch, span: Span, given: Shape, takes: Shape) -> Iterator[Candidate]:
    """Grey images for a model of colour images: the one channel three times."""
    if given.rank != takes.rank or given.rank < 4 or given[-1].size != 1 or not isinstance(takes[-1].size, int):
        return
    source, times, place = context.facts.source, takes[-1].size, place_of(context.facts.source, span)
    if isinstance(mismatch.value, Tensor) and mismatch.value.is_symbolic:
        keras = keras_name(source)
        if keras is not None:
            text = f"{keras}.layers.Concatenate()([{', '.join([span.source] * times)}])"
            yield Fix("Give it the grey channel three times", (replacing(source, span, text),), preferred=True), span
        return
    name = library_name(source, "numpy")
    if name is not None:
        edits = (Edit(place.start, f"{name}.repeat("), Edit(place.end, f", {times}, axis=-1)"))
        yield Fix(f"Give it the grey channel {times} times", edits, preferred=True), span


def _order(given: Shape, takes: Shape) -> Sequence[int] | None:
    """How axes that are there, but elsewhere, have to be put; the batch axis stays."""
    have, want = given.sizes[1:], takes.sizes[1:]
    if have == want or len(have) > 4 or not all(isinstance(n, int) for n in (*have, *want)):
        return None
    found = (order for order in permutations(range(len(have))) if tuple(have[n] for n in order) == want)
    first = next(found, None)
    return None if first is None else (0, *(n + 1 for n in first))


def _declarations(context: Context, mismatch: Mismatch, declared: Any, given: Shape) -> Iterator[Candidate]:
    """The Input as the data is."""
    origin = source_of(declared if isinstance(declared, Tensor) else None)
    if origin is None or origin[0].shape is None:
        return
    tensor, made = origin
    assert tensor.shape is not None
    source, origins = context.facts.source, context.origins(mismatch.trail)
    follow = lambda outer, node: origins.chain(outer.chunk.span(node))  # noqa: E731
    for key in _KEYS:
        span = made.spans.get(key)
        if not isinstance(span, Span) or not source.holds(span.chunk):
            continue
        chain = origins.chain(span)
        have, want = tensor.shape.sizes, given.sizes
        if len(have) == len(want):  # an open size takes any
            want = tuple(None if a is None else b for a, b in zip(have, want, strict=True))
        if key != "batch_shape":
            have, want = have[1:], want[1:]
        if len(want) == len(have) + 1 and want[-1] == 1:
            yield from with_last_axis(source, chain)
        yield from with_sizes(source, chain, follow, have, want)
