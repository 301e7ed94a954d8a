"""SW2xx, SW3xx, SW4xx: what layers and array functions ask of their input."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from shapewright.findings import layer_repairs, rules
from shapewright.findings.context import Context, needs, source_of
from shapewright.findings.data_repairs import Candidate, with_batch_axis, with_dataset_batches, without_new_axis
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.reshape_repairs import reshape_repairs
from shapewright.findings.shape_repairs import (
    with_last_axis,
    with_number,
    without_batch,
    without_last_axis,
)
from shapewright.findings.silent import moved_channels
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor


def layer_rank(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW201: too many or too few axes."""
    found, wanted = mismatch.facts.get("shape"), mismatch.facts.get("expected")
    if mismatch.kind != "rank" or not isinstance(mismatch.subject, LayerRef) or not isinstance(found, Shape):
        return None
    message = f"{needs(mismatch.subject, int(wanted or 0))}, and this is {found}: {_axes(found.rank)}."
    inner = mismatch.subject.config.get("layer")
    if mismatch.subject.class_name == "TimeDistributed" and isinstance(inner, LayerRef) and int(wanted or 0) > 3:
        message = (
            f"TimeDistributed calls {inner.class_name} on each step of a series: {wanted} axes, (batch, time, ...), and this is "
            f"{found}: {_axes(found.rank)}."
        )
    if found.rank and found[0].is_dynamic:
        message += " The first `None` is the batch axis, which Keras adds."
    return context.repaired(
        rules.LAYER_RANK, mismatch, message, _rank_repairs(context, mismatch, found, int(wanted or 0)), mismatch.span
    )


def _rank_repairs(context: Context, mismatch: Mismatch, found: Shape, wanted: int) -> Iterator[Candidate]:
    """An axis less where it came from, or an axis more where it is missing."""
    source, layer, given = context.facts.source, mismatch.subject, mismatch.value
    assert isinstance(layer, LayerRef)
    origins = context.origins(mismatch.trail)
    symbolic = isinstance(given, Tensor) and given.is_symbolic
    shapes = layer_repairs.declared_shapes(context, given, mismatch.trail) if symbolic else []
    if layer.class_name == "Permute":
        yield from _permuted(context, layer, found)
    if layer.class_name == "TimeDistributed" and wanted > 3:
        yield from _series(context, layer, shapes)
        return
    before = layer_repairs.before_of(given)
    if found.rank > wanted:
        for chain in shapes if any(b.class_name == "Embedding" for b in before) else ():
            yield from without_last_axis(source, chain)  # the width is what the Embedding adds
        yield from layer_repairs.fewer_axes(context, layer, given, wanted)
        for chain in shapes:
            reached = origins.reachable(chain[0].span)
            yield from without_new_axis(source, reached)
            yield from without_batch(source, reached)
            yield from without_last_axis(source, chain)
    elif symbolic:
        declared = [c for chain in shapes if found.rank == wanted - 1 for c in with_last_axis(source, chain)]
        yield from declared if not before else ()
        yield from layer_repairs.more_axes(context, layer, given)
        yield from declared
    if not symbolic:
        yield from _data_repairs(context, mismatch, found.rank < wanted)


def _series(context: Context, layer: LayerRef, shapes: Sequence[Sequence[Origin]]) -> Iterator[Candidate]:
    """The layer inside alone, for one image; or the number of steps, which may be any, in front of the shape."""
    source, inner, found = context.facts.source, layer.spans.get("layer"), layer_repairs.call_of(context, layer)
    if isinstance(inner, Span) and found is not None:
        edit = replacing(source, found[0], inner.source)
        one = "series" if "Conv" not in inner.source else "image"
        yield Fix(f"One {one} for each sample: leave TimeDistributed out", (edit,), preferred=True), found[0]
    what = "images" if isinstance(inner, Span) and "Conv" in inner.source else "series"
    for origin in (o for chain in shapes for o in chain):
        if isinstance(origin.node, (ast.Tuple, ast.List)) and origin.node.elts:
            at = place_of(source, origin.chunk.span(origin.node.elts[0])).start
            title = f"A series of {what} for each sample: None in front, any number of steps"
            yield Fix(title, (Edit(at, "None, "),), preferred=True), origin.span


def _data_repairs(context: Context, mismatch: Mismatch, short: bool) -> Iterator[Candidate]:
    """What the calls that led here were given, with an axis more or less."""
    source = context.facts.source
    spans = [mismatch.value_span] if isinstance(mismatch.value_span, Span) else []
    for number, call in enumerate(reversed(mismatch.trail)):
        node = node_at(context.facts, call) if isinstance(call, Span) and source.holds(call.chunk) else None
        if isinstance(node, ast.Call) and node.args and number < 3:
            spans.append(call.chunk.span(node.args[0]))
    for span in spans:
        if not source.holds(span.chunk):
            continue
        origins = context.origins(mismatch.trail)
        chain = origins.chain(span)
        if short:
            loops = [origin for origin in chain[1:] if origins.is_looped(origin)]
            yield from with_dataset_batches(source, loops)
            if len(spans) == 1 or span != spans[0] or chain[1:]:
                yield from with_batch_axis(source, chain)
        else:
            yield from without_new_axis(source, origins.reachable(span))


def _permuted(context: Context, layer: LayerRef, found: Shape) -> Iterator[Candidate]:
    """`dims` counts the axes of one sample from 1, all of them."""
    dims = layer.spans.get("dims")
    if not isinstance(dims, Span):
        return
    for origin in context.origins().chain(dims):
        node = origin.node
        if not isinstance(node, (ast.Tuple, ast.List)):
            continue
        numbers = [n.value for n in node.elts if isinstance(n, ast.Constant) and isinstance(n.value, int)]
        if len(numbers) != len(node.elts):
            continue
        rank = found.rank - 1
        order = [n + 1 for n in numbers] if 0 in numbers else numbers
        if len(order) > rank and sorted(order) == list(range(1, len(order) + 1)):
            order = [n - 1 for n in order if n != 1]  # the batch axis was counted
        order = [*order, *(n for n in range(1, rank + 1) if n not in order)]
        text = "(" + ", ".join(map(str, order)) + (",)" if len(order) == 1 else ")")
        edit = replacing(context.facts.source, origin.span, text)
        yield Fix(f"Name all axes of one sample: {text}", (edit,), preferred=True), origin.span


def _axes(count: int) -> str:
    return f"{count} axis" if count == 1 else f"{count} axes"


def _trail(context: Context, mismatch: Mismatch) -> tuple[Related, ...]:
    """The calls that lead to a finding that stands where Keras raises."""
    return context.raised_at(mismatch, "")[1:]


def layer_axis(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW202: a layer that was built for another width."""
    if mismatch.kind != "axis" or not isinstance(mismatch.subject, LayerRef):
        return None
    facts = mismatch.facts
    message = (
        f"This {mismatch.subject.class_name} was built for {facts['expected']} on axis {facts['axis']} when it was first "
        f"called, and now gets {facts['shape'][facts['axis']]}: {facts['shape']}."
    )
    return context.finding(rules.LAYER_AXIS, mismatch.span, message, mismatch, (), _trail(context, mismatch))


def no_size_left(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW203: a window larger than its axis."""
    if mismatch.kind != "size" or not isinstance(mismatch.subject, LayerRef):
        return None
    message = (
        f"{mismatch.subject.class_name} has no position left on an axis of {mismatch.facts['shape']}: "
        "its window is larger than the axis."
    )
    if mismatch.subject.class_name.startswith("Cropping"):
        message = f"{mismatch.subject.class_name} leaves nothing of an axis of {mismatch.facts['shape']}."
    return context.repaired(rules.NO_SIZE_LEFT, mismatch, message, _size_repairs(context, mismatch), mismatch.span)


def _size_repairs(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    layer = mismatch.subject
    assert isinstance(layer, LayerRef)
    origin = source_of(mismatch.value)
    if origin is not None and origin[0].shape is not None:
        yield from moved_channels(context, mismatch, origin[0].shape)
    yield from layer_repairs.smaller_window(context, layer, mismatch.value)


def undefined_size(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW204: weights for a number of features that is not known."""
    if mismatch.kind != "undefined" or not isinstance(mismatch.subject, LayerRef):
        return None
    given = getattr(mismatch.value, "shape", None)
    last = given is None or not given.rank or given[-1].is_dynamic
    where = f"the size of the last axis, and that of {given} is" if last else f"sizes of its input, and {given} has a"
    message = f"{mismatch.subject.class_name} makes its weights for {where} `None`: it has to be a number."
    return context.repaired(rules.UNDEFINED, mismatch, message, _defined(context, mismatch), mismatch.span)


def _defined(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """A pooling over the open axes in place of a Flatten, or a number in place of a `None`."""
    assert isinstance(mismatch.subject, LayerRef)
    yield from layer_repairs.global_pooling(context, mismatch.subject, mismatch.value)
    origins = context.origins(mismatch.trail)
    for chain in layer_repairs.declared_shapes(context, mismatch.value, mismatch.trail):
        yield from with_number(context.facts.source, chain, lambda o, node: origins.chain(o.chunk.span(node)))


def merge(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW301: shapes that do not go together."""
    if mismatch.kind != "merge":
        return None
    shapes = " and ".join(map(str, mismatch.facts.get("shapes", ())))
    what = mismatch.subject.class_name if isinstance(mismatch.subject, LayerRef) else "This operation"
    message = f"{what} cannot put {shapes} together: their sizes differ on an axis where they must be equal."
    return context.repaired(rules.MERGE, mismatch, message, _merge_repairs(context, mismatch), mismatch.span)


def _merge_repairs(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    given = [shape for shape in mismatch.facts.get("shapes", ()) if isinstance(shape, Shape)]
    yield from layer_repairs.flattened_item(context, mismatch.span, given)
    for tensor in context.facts.view.tensors(mismatch.value):
        for chain in layer_repairs.declared_shapes(context, tensor, mismatch.trail):
            yield from layer_repairs.rounded_sizes(context, chain)


def elements(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW401: a reshape to another number of elements."""
    if mismatch.kind != "elements":
        return None
    given, target = mismatch.facts.get("shape"), mismatch.facts.get("target")
    message = f"{given} cannot be reshaped into {target}: the number of elements must stay the same."
    if isinstance(mismatch.subject, LayerRef) and isinstance(given, Shape):
        message += f" The batch axis is not counted: {Shape(given.dims[1:])} is what Reshape works on."
    return context.repaired(rules.ELEMENTS, mismatch, message, reshape_repairs(context, mismatch), mismatch.span)


def index(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW402: an index that does not exist."""
    if mismatch.kind != "index":
        return None
    message = f"{mismatch.message} (its shape is {mismatch.facts.get('shape')})."
    return context.finding(
        rules.INDEX, mismatch.span, message[0].upper() + message[1:], mismatch, (), _trail(context, mismatch)
    )
