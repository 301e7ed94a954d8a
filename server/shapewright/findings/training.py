"""SW502 to SW505: targets against the model's output and the loss."""

from __future__ import annotations

from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import (
    Candidate,
    library_name,
    preferred_order,
    resized_literal,
    squeezed,
    without_new_axis,
)
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.insertion import layer_before, layers_after
from shapewright.findings.repair import place_of, replacing
from shapewright.findings.row_repairs import row_repairs, weight_repairs
from shapewright.interpreter.mismatch import Mismatch
from shapewright.knowledge.keras.losses import CATEGORICAL, SPARSE
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.value import Literal

_RECURRENT = ("LSTM", "GRU", "SimpleRNN")


def target_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW502: a target that the loss cannot compare with the output. SW504: one that is stretched to fit."""
    if mismatch.kind == "target-none":
        return _targets_missing(context, mismatch)
    if mismatch.kind not in ("target", "target-broadcast"):
        return None
    facts = mismatch.facts
    target, output, loss = facts["target"], facts["output"], facts["loss"]
    rule = rules.TARGET_SHAPE if mismatch.kind == "target" else rules.TARGET_BROADCAST
    message = f"The model gives {output}, and the targets are {target}. {_asked(loss, target, output)}"
    span = mismatch.value_span or mismatch.span
    candidates = [
        *_loss_fixes(context, mismatch),
        *_layer_fixes(context, mismatch),
        *_target_fixes(context, mismatch, span),
    ]
    found = context.proof.searched(mismatch, candidates)
    if not found:
        return context.finding(rule, span, message, mismatch, (), context.raised_at(mismatch, "")[1:])
    given = Related(place_of(context.facts.source, span), f"the targets, {target}")
    related = (given, *context.raised_at(mismatch, "this is where they are compared"))
    return context.finding(rule, found[0][1], message, mismatch, tuple(fix for fix, _ in found), related)


def _targets_missing(context: Context, mismatch: Mismatch) -> Finding:
    """Data to validate with that has no targets."""
    span = mismatch.value_span or mismatch.span
    message = "The loss needs targets to validate with, too: `validation_data=(x_val, y_val)`. These are samples alone."
    return context.finding(rules.TARGET_SHAPE, span, message, mismatch, ())


def _target_fixes(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """Targets with an axis that they should not have."""
    target, output = mismatch.facts["target"], mismatch.facts["output"]
    source, origins = context.facts.source, context.origins(mismatch.trail)
    chain = origins.chain(span)
    if target.rank and output.rank and isinstance(output[0].size, int) and target[0].size not in (None, output[0].size):
        want = (output.sizes[0], *target.sizes[1:])
        yield from resized_literal(source, chain, target.sizes, want, "Give as many targets as there are samples")
    if not chain or target.rank != output.rank + 1:
        return
    yield from without_new_axis(source, origins.reachable(span))
    for axis in [n for n, dim in enumerate(target) if n and dim.size == 1]:
        yield from squeezed(source, chain, axis)
    name = library_name(source, "numpy", "tensorflow")
    if target.rank == 3 and target[-1].size == output[-1].size and name is not None:
        for origin in preferred_order(chain)[:1]:
            edit = Edit(place_of(source, origin.span).end, "[:, -1]")
            yield Fix("Take the target of the last step: [:, -1]", (edit,), preferred=True), origin.span


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
    yield from _ended(context, mismatch, layers)
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
                title = f"Let the last {layer.class_name} return its last output only"
                yield Fix(title, (edit,), preferred=True), node
                edits = (edit, *_unwrapped(context, layers))
                if len(edits) > 1:
                    yield Fix(f"{title}, and leave TimeDistributed out", edits, preferred=True), node
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


def _unwrapped(context: Context, layers: list[tuple[LayerRef, Span]]) -> Iterator[Edit]:
    """`TimeDistributed(layer)` as the layer alone."""
    for layer, node in layers:
        inner = layer.spans.get("layer")
        if layer.class_name == "TimeDistributed" and isinstance(inner, Span):
            yield replacing(context.facts.source, node, inner.source)


def _ended(context: Context, mismatch: Mismatch, layers: list[tuple[LayerRef, Span]]) -> Iterator[Candidate]:
    """A Sequential model that ends in maps gets the layers that make classes of them."""
    target, output = mismatch.facts["target"], mismatch.facts["output"]
    layer, node = layers[-1] if layers else (None, None)
    if layer is None or node is None or layer.class_name == "Dense" or output.rank < 3:
        return
    if any(other.class_name == "Dense" for other, _ in layers) or mismatch.facts["loss"] not in (CATEGORICAL, SPARSE):
        return
    units = target[-1].size if mismatch.facts["loss"] == CATEGORICAL and target.rank == 2 else None
    if isinstance(units, int) and units > 1:
        made = [("Flatten", ""), ("Dense", f'{units}, activation="softmax"')]
        edits = layers_after(context.facts.source, layer, made)
        if edits:
            yield Fix(f"End with one number for each class: Flatten and Dense({units})", edits, preferred=True), node


def _axes_taken(context: Context, layer: LayerRef) -> int:
    taken = context.facts.view.inputs(layer)
    return taken.rank if isinstance(taken, Shape) else 0


def row_counts(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW503: as many targets as samples."""
    if mismatch.kind != "rows":
        return None
    x, y = mismatch.facts["sizes"][:2]
    if len({*x, *y}) == 1:
        weights = mismatch.facts["sizes"][2]
        message = f"There are {x[0]} samples and {weights[0]} sample weights: every sample needs one."
        span = mismatch.value_span or mismatch.span
        repairs = weight_repairs(context, mismatch, span)
        return context.repaired(rules.ROW_COUNTS, mismatch, message, repairs, span)
    message = f"There are {x[0]} samples and {y[0]} targets: every sample needs one."
    if len(x) > 1:
        message = f"This is a list of {len(x)} arrays: Keras takes each for the data of one input, of {x[0]} samples."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.ROW_COUNTS, mismatch, message, row_repairs(context, mismatch, span), span)


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
