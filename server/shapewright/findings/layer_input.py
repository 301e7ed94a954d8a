"""SW2xx, SW3xx, SW4xx: what layers and array functions ask of their input."""

from __future__ import annotations

from shapewright.findings import rules
from shapewright.findings.context import Context, needs
from shapewright.findings.finding import Finding, Related
from shapewright.interpreter.mismatch import Mismatch
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef


def layer_rank(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW201: too many or too few axes."""
    found, wanted = mismatch.facts.get("shape"), mismatch.facts.get("expected")
    if mismatch.kind != "rank" or not isinstance(mismatch.subject, LayerRef) or not isinstance(found, Shape):
        return None
    message = f"{needs(mismatch.subject, int(wanted or 0))}, and this is {found}: {_axes(found.rank)}."
    if found.rank and found[0].is_dynamic:
        message += " The first `None` is the batch axis, which Keras adds."
    return context.finding(rules.LAYER_RANK, mismatch.span, message, mismatch, (), _trail(context, mismatch))


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
    return context.finding(rules.NO_SIZE_LEFT, mismatch.span, message, mismatch, (), _trail(context, mismatch))


def undefined_size(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW204: weights for a number of features that is not known."""
    if mismatch.kind != "undefined" or not isinstance(mismatch.subject, LayerRef):
        return None
    given = getattr(mismatch.value, "shape", None)
    message = (
        f"{mismatch.subject.class_name} makes its weights for the size of the last axis, and that of {given} is `None`: "
        "it has to be a number."
    )
    return context.finding(rules.UNDEFINED, mismatch.span, message, mismatch, (), _trail(context, mismatch))


def merge(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW301: shapes that do not go together."""
    if mismatch.kind != "merge":
        return None
    shapes = " and ".join(map(str, mismatch.facts.get("shapes", ())))
    what = mismatch.subject.class_name if isinstance(mismatch.subject, LayerRef) else "This operation"
    message = f"{what} cannot put {shapes} together: their sizes differ on an axis where they must be equal."
    return context.finding(rules.MERGE, mismatch.span, message, mismatch, (), _trail(context, mismatch))


def elements(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW401: a reshape to another number of elements."""
    if mismatch.kind != "elements":
        return None
    given, target = mismatch.facts.get("shape"), mismatch.facts.get("target")
    message = f"{given} cannot be reshaped into {target}: the number of elements must stay the same."
    if isinstance(mismatch.subject, LayerRef) and isinstance(given, Shape):
        message += f" The batch axis is not counted: {Shape(given.dims[1:])} is what Reshape works on."
    return context.finding(rules.ELEMENTS, mismatch.span, message, mismatch, (), _trail(context, mismatch))


def index(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW402: an index that does not exist."""
    if mismatch.kind != "index":
        return None
    message = f"{mismatch.message} (its shape is {mismatch.facts.get('shape')})."
    return context.finding(
        rules.INDEX, mismatch.span, message[0].upper() + message[1:], mismatch, (), _trail(context, mismatch)
    )


def data_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW501: data that the model does not take, for no reason that another rule knows."""
    if not mismatch.kind.startswith("data-") or mismatch.kind == "data-one-sample":
        return None
    if mismatch.kind == "data-count":
        return _input_count(context, mismatch)
    declared = mismatch.facts.get("declared")
    given = getattr(mismatch.value, "shape", None)
    message = (
        f"The model takes {getattr(declared, 'shape', None)}, and this is {given}. The first axis is the batch axis."
    )
    span = mismatch.value_span or mismatch.span
    related = context.raised_at(mismatch, "this is where Keras would raise")
    return context.finding(rules.DATA_SHAPE, span, message, mismatch, (), related)


def _input_count(context: Context, mismatch: Mismatch) -> Finding:
    wanted, given = mismatch.facts["expected"], mismatch.facts["given"]
    message = f"The model has {_inputs(wanted)}, and this gives it {given}: a list (or dict) with one array for each."
    span = mismatch.value_span or mismatch.span
    related = context.raised_at(mismatch, "this is where Keras would raise")
    return context.finding(rules.DATA_SHAPE, span, message, mismatch, (), related)


def _inputs(count: int) -> str:
    return "one input" if count == 1 else f"{count} inputs"
