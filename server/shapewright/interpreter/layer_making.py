"""Making layers: what their constructors take, and what they refuse."""

from __future__ import annotations

from typing import Any

from shapewright.interpreter.arguments import (
    CannotBind,
    argument_spans,
    bind,
    convert_all,
    plain,
)
from shapewright.interpreter.events import Lost
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.wrong_calls import refuse_tensors
from shapewright.knowledge.registry import LAYERS, MAKING, Rule
from shapewright.knowledge.rule import NotKnown, Refused
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    ListRef,
    Tuple,
    Value,
    int_of,
    str_of,
)


def make_layer(run: Run, name: str, call: Call, noted: bool = True) -> Value:
    """The layer that calling its class makes. Arguments are kept as they are; the rule asks for them when it is called.
    What is not `noted` does not count among the layers that Keras numbers."""
    rule = LAYERS[name]
    try:
        config = bind(rule, call)
    except NotKnown:
        run.store.note(Lost(name.rsplit(".", 1)[-1]))
        refuse_tensors(run, rule, None, call)
        return UNKNOWN
    except CannotBind as error:
        run.store.note(Lost(name.rsplit(".", 1)[-1]))
        _refuse_missing(run, rule, call, error)
        return UNKNOWN
    _refuse_removed(run, name, call)
    if refuse_tensors(run, rule, config, call):
        return UNKNOWN
    given_name = str_of(config.get("name", NONE))
    layer = LayerRef(name, rule, config, argument_spans(rule, call), call.span(), given_name)
    if noted:
        run.store.note(layer)
    if not _can_be_made(run, layer, call):
        return UNKNOWN
    if layer.class_name == "Embedding" and not _takes_weights(run, layer, call):
        return UNKNOWN
    if layer.class_name == "Dense" and int_of(config.get("units", NONE)) == 1:
        _suspect_softmax(run, layer, call)
    return layer


def _takes_weights(run: Run, layer: LayerRef, call: Call) -> bool:
    """Whether an Embedding takes the array that it is made with. Source: keras/src/layers/core/embedding.py."""
    value = layer.config.get("weights", NONE)
    given = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else None
    sizes = int_of(layer.config.get("input_dim", NONE)), int_of(layer.config.get("output_dim", NONE))
    array = given[0] if given is not None and len(given) == 1 else None
    if None in sizes or is_keras_2(run) or not isinstance(array, Tensor) or array.doubtful:
        return True
    shape, weight = array.shape, Shape(tuple(size for size in sizes if size is not None))
    if shape is None or not shape.is_known or shape.sizes == weight.sizes:
        return True
    message = f"Layer {{layer}} weight shape {weight} is not compatible with provided weight shape {shape}."
    facts = {"shape": shape, "expected": weight, "weights": 1}
    span, trail = layer.spans.get("weights"), tuple(run.call_stack)
    run.report(Mismatch("weights", message, call.span(), layer, array, span, facts, trail))
    return False


def _suspect_softmax(run: Run, layer: LayerRef, call: Call) -> None:
    """Reports a softmax over one unit, which is 1 whatever comes in."""
    activation = layer.config.get("activation", NONE)
    name = activation.name.rsplit(".", 1)[-1] if isinstance(activation, Api) else str_of(activation)
    if name == "softmax":
        span, trail = layer.spans.get("activation"), tuple(run.call_stack)
        run.report(Mismatch("softmax-one", None, call.span(), layer, None, span, {}, trail))


def _refuse_missing(run: Run, rule: Rule, call: Call, error: CannotBind) -> None:
    """Reports that arguments are missing, with Python's words."""
    if error.missing and not is_keras_2(run):
        names = [f"'{name}'" for name in error.missing]
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{',' * (len(names) > 2)} and {names[-1]}"
        text = f"{rule.name.rsplit('.', 1)[-1]}.__init__() missing {len(names)} required positional argument"
        message = f"{text}{'s' * (len(names) > 1)}: {listed}"
        facts = {"arguments": error.missing}
        run.report(Mismatch("missing", message, call.span(), None, None, None, facts, tuple(run.call_stack)))


def _can_be_made(run: Run, layer: LayerRef, call: Call) -> bool:
    """Whether the layer's constructor takes its arguments; reports where it does not."""
    check = MAKING.get(layer.api)
    if check is None:
        return True
    names = {parameter.name for parameter in check.arguments}
    try:
        _, keywords = convert_all(run, check, {name: value for name, value in layer.config.items() if name in names})
        check.give(**keywords)
    except NotKnown:
        return True
    except Refused as refused:
        span, trail = layer.spans.get(refused.facts["argument"]), tuple(run.call_stack)
        run.report(Mismatch(refused.kind, refused.message, call.span(), layer, None, span, refused.facts, trail))
        return False
    return True


_REMOVED = ("batch_input_shape", "batch_size")
"""Arguments of every layer in Keras 2 that Keras 3 does not take."""


def _refuse_removed(run: Run, name: str, call: Call) -> None:
    """Reports arguments that Keras 3 refuses. Source: Layer.__init__ in keras/src/layers/layer.py."""
    own = {parameter.name for parameter in LAYERS[name].arguments}
    found = {key: call.keywords[key] for key in _REMOVED if key in call.keywords and key not in own}
    if not found or is_keras_2(run):
        return
    first = next(iter(found))
    values = {key: plain(run, value) for key, value in found.items()}
    known = all(
        isinstance(value, int) or (isinstance(value, (tuple, list)) and UNKNOWN not in value)
        for value in values.values()
    )
    shown = "{" + ", ".join(f"{key!r}: {_printed(value)}" for key, value in values.items()) + "}" if known else "{...}"
    message = f"Unrecognized keyword arguments passed to {name.rsplit('.', 1)[-1]}: {shown}"
    facts = {"argument": first, "value": values[first]}
    span = call.argument_span(first)
    run.report(Mismatch("removed", message, call.span(), None, found[first], span, facts, tuple(run.call_stack)))


def _printed(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    inside = ", ".join(str(item) for item in value)
    return f"({inside},)" if len(value) == 1 else f"({inside})"
