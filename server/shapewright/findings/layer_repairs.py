"""Edits of layers: what one is made with, what comes before it, what it is called on."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from shapewright.findings.context import Context, source_of
from shapewright.findings.data_repairs import Candidate
from shapewright.findings.finding import Edit, Fix
from shapewright.findings.insertion import layer_before, spelled_like
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.shape_repairs import without_batch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import Literal, Value

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
_POOLINGS = {3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D"}
_CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "DepthwiseConv2D")


def call_of(context: Context, layer: Value | None) -> tuple[Span, ast.Call] | None:
    """The call that makes a layer, where this source makes it."""
    span = getattr(layer, "node", None)
    if not isinstance(span, Span) or not context.facts.source.holds(span.chunk):
        return None
    node = node_at(context.facts, span)
    return (span, node) if isinstance(node, ast.Call) else None


def with_argument(
    context: Context, layer: LayerRef, name: str, text: str, title: str, preferred: bool = True
) -> Iterator[Candidate]:
    """A layer made with another value of an argument."""
    found = call_of(context, layer)
    if found is None:
        return
    span, call = found
    source = context.facts.source
    given = layer.spans.get(name)
    if isinstance(given, Span):
        edit = replacing(source, given, text)
    else:
        place = place_of(source, span)
        end = Place(place.end_line, place.end_column - 1, place.end_line, place.end_column - 1)
        last = max((*call.args, *(k.value for k in call.keywords)), key=lambda n: (n.lineno, n.col_offset), default=None)
        behind = "" if last is None else ", "
        if last is not None:  # right behind the last argument, in front of a comma or a comment that may follow it
            after = place_of(source, span.chunk.span(last))
            end = after.end
        edit = Edit(end, f"{behind}{name}={text}")
    yield Fix(title, (edit,), preferred), span


def before_of(value: Value | None) -> list[LayerRef]:
    """The layers that a symbolic tensor went through, the last one first, up to where several tensors meet."""
    found: list[LayerRef] = []
    while isinstance(value, Tensor) and value.history is not None:
        if isinstance(value.history.producer, LayerRef):
            found.append(value.history.producer)
        inputs = value.history.inputs
        items = getattr(inputs, "items", None)
        value = inputs if isinstance(inputs, Tensor) else items[0] if isinstance(items, tuple) and items else None
    return found


def more_axes(context: Context, layer: LayerRef, given: Value | None) -> Iterator[Candidate]:
    """An axis more for a layer that lacks one: a sequence that was not returned, a Flatten that came too early."""
    for before in before_of(given):
        if before.class_name in RECURRENT:
            title = f"Let {before.class_name} return the whole sequence"
            yield from with_argument(context, before, "return_sequences", "True", title)
            break
        if before.class_name == "Bidirectional":
            inner = before.config.get("layer")
            if isinstance(inner, LayerRef):
                title = f"Let {inner.class_name} return the whole sequence"
                yield from with_argument(context, inner, "return_sequences", "True", title)
            break
        if before.class_name == "Flatten" or before.class_name.startswith("Global"):
            yield from removed(context, before)
    rank = getattr(getattr(given, "shape", None), "rank", 0)
    if rank == 2:
        yield from inserted(context, layer, "Reshape", "(-1, 1)", "Give it one more axis, of size 1: Reshape((-1, 1))")


def fewer_axes(context: Context, layer: LayerRef, given: Value | None, wanted: int) -> Iterator[Candidate]:
    """An axis less for a layer that gets one too many."""
    shape = getattr(given, "shape", None)
    for before in before_of(given):
        if before.class_name == "Reshape":
            target = before.spans.get("target_shape")
            if isinstance(target, Span):
                yield from shorter_tuple(context, target)
        sequences = before.config.get("return_sequences")
        if before.class_name in RECURRENT and isinstance(sequences, Literal) and sequences.value is True:
            title = f"Let {before.class_name} return its last output only"
            yield from with_argument(context, before, "return_sequences", "False", title)
    if isinstance(shape, Shape) and wanted == 3 and shape.rank == 4:
        rest = shape[2].size * shape[3].size if shape[2].is_known and shape[3].is_known else None  # type: ignore[operator]
        first = shape[1].size if isinstance(shape[1].size, int) else -1
        if rest is not None:
            arguments = f"({first}, {rest})"
            yield from inserted(context, layer, "Reshape", arguments, f"Join the last two axes: Reshape({arguments})")


def shorter_tuple(context: Context, span: Span) -> Iterator[Candidate]:
    """A tuple that is written out, without its first item."""
    yield from without_batch(context.facts.source, context.origins().reachable(span))


def declared_shapes(context: Context, given: Value | None, trail: Sequence[Any]) -> list[list[Origin]]:
    """The shapes that the Input of a tensor was made with, each as the chain of names that leads to it."""
    found = source_of(given)
    spans = [] if found is None else [found[1].spans.get(key) for key in ("shape", "input_shape", "batch_shape")]
    source = context.facts.source
    return [context.origins(trail).chain(s) for s in spans if isinstance(s, Span) and source.holds(s.chunk)]


def inserted(context: Context, layer: LayerRef, name: str, arguments: str, title: str) -> Iterator[Candidate]:
    """Another layer right before one."""
    found = call_of(context, layer)
    edits = layer_before(context.facts.source, layer, name, arguments)
    if edits and found is not None:
        yield Fix(title, edits), found[0]


def removed(context: Context, layer: LayerRef) -> Iterator[Candidate]:
    """A layer taken out: its line in a list or its `model.add`, or its call around a tensor."""
    found = call_of(context, layer)
    if found is None:
        return
    span, call = found
    source = context.facts.source
    title = f"Take {layer.class_name} out"
    for parent in ast.walk(span.chunk.tree):
        if isinstance(parent, ast.Call) and parent.func is call and len(parent.args) == 1:
            text = span.chunk.span(parent.args[0]).source
            yield Fix(title, (replacing(source, span.chunk.span(parent), text),)), span
        elif isinstance(parent, ast.List) and any(item is call for item in parent.elts):
            edit = _without_item(context, span, parent, call)
            yield Fix(title, (edit,)), span
        elif isinstance(parent, ast.Expr) and isinstance(parent.value, ast.Call) and parent.value.args[:1] == [call]:
            place = place_of(source, span.chunk.span(parent))
            if place.line == place.end_line and source.lines[place.line].strip() == span.chunk.span(parent).source:
                whole = Place(place.line, 0, place.line + 1, 0)
                if place.line + 1 < len(source.lines):
                    yield Fix(title, (Edit(whole, ""),)), span


def _without_item(context: Context, span: Span, parent: ast.List, item: ast.AST) -> Edit:
    index = next(n for n, other in enumerate(parent.elts) if other is item)
    own = place_of(context.facts.source, span)
    if index + 1 < len(parent.elts):
        after = place_of(context.facts.source, span.chunk.span(parent.elts[index + 1]))
        return Edit(own.before(after), "")
    before = place_of(context.facts.source, span.chunk.span(parent.elts[index - 1]))
    return Edit(before.end.before(own.end), "")


def smaller_window(context: Context, layer: LayerRef, given: Value | None) -> Iterator[Candidate]:
    """Room for a window: strides that were meant as a kernel, padding, a pooling less."""
    yield from _positional_strides(context, layer, given)
    chain = before_of(given)
    if layer.class_name in (*_CONVOLUTIONS, *(f"{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3))):
        title = 'Keep the size at the borders: padding="same"'
        yield from with_argument(context, layer, "padding", '"same"', title, preferred=False)
    for before in chain:
        if "Pooling" in before.class_name:
            yield from removed(context, before)
            break


def _positional_strides(context: Context, layer: LayerRef, given: Value | None) -> Iterator[Candidate]:
    """Keras 1 wrote `Conv2D(filters, rows, columns)`; since Keras 2 the third argument is the stride."""
    found = []
    for before in (layer, *before_of(given)):
        made = call_of(context, before)
        if before.class_name not in ("Conv2D", "SeparableConv2D") or made is None:
            continue
        span, call = made
        if len(call.args) > 2 and all(isinstance(a, ast.Constant) and isinstance(a.value, int) for a in call.args[1:3]):
            kernel, strides = place_of(context.facts.source, span.chunk.span(call.args[1])), place_of(
                context.facts.source, span.chunk.span(call.args[2])
            )
            rows, columns = span.chunk.span(call.args[1]).source, span.chunk.span(call.args[2]).source
            text = rows if rows == columns else f"({rows}, {columns})"
            place = Place(kernel.line, kernel.column, strides.end_line, strides.end_column)
            found.append((Edit(place, text), span))
    if found:
        found.reverse()
        edits = tuple(edit for edit, _ in found)
        yield Fix("The third argument is the stride: give the size of the kernel as one", edits, True), found[0][1]


def global_pooling(context: Context, layer: LayerRef, given: Value | None) -> Iterator[Candidate]:
    """A Flatten of open sizes as a global pooling, whose output has a known width."""
    for before in before_of(given):
        if before.class_name != "Flatten":
            continue
        taken = context.facts.view.inputs(before)
        found = call_of(context, before)
        name = _POOLINGS.get(taken.rank) if isinstance(taken, Shape) else None
        if name is None or found is None:
            return
        span, call = found
        for what, kind in (("mean", name), ("largest", name.replace("Average", "Max"))):
            edits = renamed_class(context, span, call, kind)
            if edits:
                yield Fix(f"Take the {what} over the open axes: {kind}", edits), span


def renamed_class(context: Context, span: Span, call: ast.Call, name: str) -> tuple[Edit, ...]:
    """Another class in the place of the one that is called, imported like it."""
    spelled = spelled_like(context.facts.source, call.func, name)
    if spelled is None:
        return ()
    return (replacing(context.facts.source, span.chunk.span(call.func), spelled[0]), *spelled[1])


def flattened_item(context: Context, call: Span, shapes: Sequence[Shape]) -> Iterator[Candidate]:
    """Maps flattened before they are joined with vectors."""
    node = node_at(context.facts, call)
    if not isinstance(node, ast.Call) or not node.args:
        return
    items = node.args[0]
    if not isinstance(items, (ast.List, ast.Tuple)) or len(items.elts) != len(shapes):
        return
    rank = min(shape.rank for shape in shapes)
    wide = [n for n, shape in enumerate(shapes) if shape.rank > rank]
    if rank != 2 or not wide:
        return
    like = node.func.func if isinstance(node.func, ast.Call) else node.func
    origins = context.origins()
    for number in wide:
        chain = origins.chain(call.chunk.span(items.elts[number]))
        made = next((o for o in chain if isinstance(o.node, ast.Call) and not o.shared), chain[0])
        layer_call = made.node.func if isinstance(made.node, ast.Call) else None
        callee = layer_call.func if isinstance(layer_call, ast.Call) else like
        for name in ("Flatten", _POOLINGS.get(shapes[number].rank)):
            edits = wrapped_in_layer(context, made, callee, name)
            if edits:
                yield Fix(f"Make a vector of {shapes[number]} first: {name}", edits), made.span


def wrapped_in_layer(context: Context, origin: Origin, like: ast.expr, name: str | None) -> tuple[Edit, ...]:
    """A layer called on an expression, spelled like another one."""
    spelled = spelled_like(context.facts.source, like, name) if name is not None else None
    if spelled is None:
        return ()
    place = place_of(context.facts.source, origin.span)
    return (Edit(place.start, f"{spelled[0]}()("), Edit(place.end, ")"), *spelled[1])


def rounded_sizes(context: Context, chain: Sequence[Origin]) -> Iterator[Candidate]:
    """An Input whose sizes can be halved as often as the model does."""
    for origin in chain:
        if not isinstance(origin.node, (ast.Tuple, ast.List)) or len(origin.node.elts) < 2:
            continue
        sizes = [(n, n.value) for n in origin.node.elts[:-1] if isinstance(n, ast.Constant) and isinstance(n.value, int)]
        for step in (4, 8, 16, 32, 64):
            edits = tuple(
                replacing(context.facts.source, origin.chunk.span(node), str(-(-size // step) * step))
                for node, size in sizes
                if size % step
            )
            if edits:
                title = f"Take sizes that can be halved without a rest: multiples of {step}"
                yield Fix(title, edits), origin.span
