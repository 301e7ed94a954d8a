"""SW502 to SW505: targets against the model's output and the loss."""

from __future__ import annotations

from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.insertion import layer_before
from shapewright.findings.repair import place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.knowledge.keras.losses import CATEGORICAL, SPARSE
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.value import Literal

Candidate = tuple[Fix, Span]
"""A fix that may work, and the piece of source that it is about."""

_RECURRENT = ("LSTM", "GRU", "SimpleRNN")


def target_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW502: a target that the loss cannot compare with the output. SW504: one that is stretched to fit."""
    if mismatch.kind not in ("target", "target-broadcast"):
        return None
    facts = mismatch.facts
    target, output, loss = facts["target"], facts["output"], facts["loss"]
    rule = rules.TARGET_SHAPE if mismatch.kind == "target" else rules.TARGET_BROADCAST
    message = f"The model gives {output}, and the targets are {target}. {_asked(loss, target, output)}"
    candidates = [*_loss_fixes(context, mismatch), *_layer_fixes(context, mismatch)]
    fixes = context.proof.proven(mismatch, (fix for fix, _ in candidates))
    span = mismatch.value_span or mismatch.span
    if not fixes:
        return context.finding(rule, span, message, mismatch, (), context.raised_at(mismatch, "")[1:])
    edited = next(where for fix, where in candidates if fix.title == fixes[0].title)
    given = Related(place_of(context.facts.source, span), f"the targets, {target}")
    related = (given, *context.raised_at(mismatch, "this is where they are compared"))
    return context.finding(rule, edited, message, mismatch, fixes, related)


def _asked(loss: str, target: Shape, output: Shape) -> str:
    if loss == SPARSE:
        return f"`{loss}` takes whole numbers as labels: the output's shape without its last axis, the classes."
    if loss == CATEGORICAL:
        return f"`{loss}` takes one number for each class, as one-hot labels have: the same shape as the output."
    if target.rank != output.rank:
        more = abs(target.rank - output.rank)
        axes = "one axis" if more == 1 else f"{more} axes"
        return f"`{loss}` compares them element by element, and the {_longer(target, output)} {axes} more."
    return f"`{loss}` compares them element by element."


def _longer(target: Shape, output: Shape) -> str:
    return "targets have" if target.rank > output.rank else "output has"


def _loss_fixes(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """Labels as whole numbers take the sparse loss, one-hot labels the other one."""
    facts = mismatch.facts
    span: Span | None = facts["loss_span"]
    loss, target, output = facts["loss"], facts["target"], facts["output"]
    if span is None or loss not in (CATEGORICAL, SPARSE) or not context.facts.source.holds(span.chunk):
        return
    whole = not str(facts.get("dtype") or "").startswith("float")
    narrow = target.rank == output.rank - 1 or (target.rank == output.rank and target[-1].size == 1)
    if loss == CATEGORICAL and narrow and whole:
        yield _renamed(context, span, loss, SPARSE, "The labels are whole numbers")
    if loss == SPARSE and target.rank == output.rank and target[-1].size == output[-1].size:
        yield _renamed(context, span, loss, CATEGORICAL, "The labels are one-hot")


def _renamed(context: Context, span: Span, loss: str, other: str, reason: str) -> Candidate:
    text = span.source
    spellings = {loss: other, _camel(loss): _camel(other)}
    for before, after in spellings.items():
        text = text.replace(before, after) if before in text else text
    return Fix(f"{reason}: use {other}", (replacing(context.facts.source, span, text),), preferred=True), span


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _layer_fixes(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """A missing Flatten, sequences that are returned or not, another number of units."""
    target, output = mismatch.facts["target"], mismatch.facts["output"]
    layers = _written_layers(context, mismatch)
    if output.rank > target.rank:
        yield from _fewer_axes(context, layers)
    elif output.rank == target.rank:
        yield from _other_units(context, layers, target)
    elif target.rank == output.rank + 1:
        yield from _whole_sequence(context, layers)


def _written_layers(context: Context, mismatch: Mismatch) -> list[tuple[LayerRef, Span]]:
    """The layers of the model that this source makes, and the calls that make them."""
    source = context.facts.source
    layers = context.facts.view.layers(mismatch.subject) if mismatch.subject is not None else None
    return [
        (layer, layer.node)
        for layer in layers or ()
        if isinstance(layer, LayerRef) and isinstance(layer.node, Span) and source.holds(layer.node.chunk)
    ]


def _other_units(context: Context, layers: list[tuple[LayerRef, Span]], target: Shape) -> Iterator[Candidate]:
    layer, node = layers[-1] if layers else (None, None)
    if layer is None or node is None or layer.class_name != "Dense" or not target.rank or not target[-1].is_known:
        return
    units = layer.spans.get("units")
    if isinstance(units, Span):
        edit = replacing(context.facts.source, units, str(target[-1]))
        yield Fix(f"Give it as many units as the targets have: {target[-1]}", (edit,), preferred=True), node


def _whole_sequence(context: Context, layers: list[tuple[LayerRef, Span]]) -> Iterator[Candidate]:
    for layer, node in reversed(layers):
        if layer.class_name in _RECURRENT and "return_sequences" not in layer.config:
            place = place_of(context.facts.source, node)
            end = Place(place.end_line, place.end_column - 1, place.end_line, place.end_column - 1)
            edit = Edit(end, ", return_sequences=True")
            yield Fix(f"Let {layer.class_name} return the whole sequence", (edit,), preferred=True), node
            return


def _fewer_axes(context: Context, layers: list[tuple[LayerRef, Span]]) -> Iterator[Candidate]:
    source = context.facts.source
    for layer, node in reversed(layers):
        if layer.class_name in _RECURRENT:
            given, span = layer.config.get("return_sequences"), layer.spans.get("return_sequences")
            if isinstance(given, Literal) and given.value is True and isinstance(span, Span):
                edit = replacing(source, span, "False")
                yield Fix(f"Let the last {layer.class_name} return its last output only", (edit,), preferred=True), node
            break
    wide = [(layer, node) for layer, node in layers if layer.class_name == "Dense" and _axes_taken(context, layer) > 2]
    if not wide:
        return
    # what the first layer declares by input_shape= has to stay with it
    layer, node = wide[-1] if any(key in wide[0][0].config for key in ("input_shape", "input_dim")) else wide[0]
    edits = layer_before(source, layer, "Flatten")
    if edits:
        taken = context.facts.view.inputs(layer)
        yield Fix(f"Flatten what Dense gets: {taken} has more axes than (batch, features)", edits, preferred=True), node


def _axes_taken(context: Context, layer: LayerRef) -> int:
    taken = context.facts.view.inputs(layer)
    return taken.rank if isinstance(taken, Shape) else 0


def row_counts(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW503: as many targets as samples."""
    if mismatch.kind != "rows":
        return None
    x, y = mismatch.facts["sizes"]
    message = f"There are {x[0]} samples and {y[0]} targets: every sample needs one."
    span = mismatch.value_span or mismatch.span
    return context.finding(rules.ROW_COUNTS, span, message, mismatch, (), context.raised_at(mismatch, "")[1:])


def softmax_over_one(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW505: a softmax over a single unit."""
    if mismatch.kind != "softmax-one":
        return None
    span = mismatch.value_span or mismatch.span
    fixes: tuple[Fix, ...] = ()
    if isinstance(span, Span) and "softmax" in span.source:
        edit = replacing(context.facts.source, span, span.source.replace("softmax", "sigmoid"))
        fixes = context.proof.proven(
            mismatch, [Fix("Use sigmoid, which gives one probability", (edit,), preferred=True)]
        )
    message = "Softmax shares 1 out among the units: over a single unit it is always 1, and nothing is learnt."
    return context.finding(rules.SOFTMAX_ONE, span, message, mismatch, fixes)
