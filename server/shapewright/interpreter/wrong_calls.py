"""Layers made with a tensor, and called with something else than their inputs: `Flatten(x)`, `Add()(a, b)`."""

from __future__ import annotations

from typing import Any

from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.tracing import is_traced
from shapewright.knowledge.keras.wrong_calls import (
    ASKING,
    MERGES,
    refusal_of_layer,
    refusal_of_one,
    refusal_of_tensor,
    symbolic_text,
)
from shapewright.knowledge.names import snake_case
from shapewright.knowledge.registry import Rule
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import ListRef, Tuple, Value

_JOINING = (*MERGES, "Concatenate", "Dot")


def refuse_tensors(run: Run, rule: Rule, config: dict[str, Value] | None, call: Call) -> bool:
    """Reports a tensor among the arguments of a layer's constructor; whether there is one.

    `config` are the arguments by name, `None` where the constructor does not take so many.
    """
    layer = rule.name.rpartition(".")[2]
    if is_keras_2(run):
        return False
    if config is None:
        given = call.args if call.complete and layer in MERGES else []
        tensors = [t for value in given for t in _tensors(run, value)]
        if not tensors or not all(_is_made_of_inputs(t) for t in tensors):
            return False
        text = f"Merge.__init__() takes 1 positional argument but {len(given) + 1} were given"
        _report(run, "tensor-for-argument", text, call, tensors[0], layer=layer, argument=None)
        return True
    for name, value in config.items():
        if isinstance(value, Tensor) and _is_made_of_inputs(value):
            message = refusal_of_tensor(layer, name, symbolic_text(value.shape, value.dtype))
            if message is not None:
                _report(run, "tensor-for-argument", message, call, value, layer=layer, argument=name)
                return True
    return False


def refuse_inputs(run: Run, layer: LayerRef, call: Call) -> bool:
    """Reports inputs that a layer does not take at all; whether there are some."""
    if not call.complete or not call.args or is_traced(run) or is_keras_2(run):
        return False
    first, name = call.args[0], layer.class_name
    tensors = [t for value in call.args for t in _tensors(run, value)]
    if isinstance(first, LayerRef) and len(call.args) == 1 and not run.store.again:
        message = refusal_of_layer(first.class_name, snake_case(first.class_name))
        if message is None:
            return False
        run.report(_mismatch(run, "layer-for-tensor", message, call, first, first, layer=name))
        return True
    if not tensors or not all(_is_made_of_inputs(t) for t in tensors):
        return False
    if len(call.args) > 1 and name in _JOINING:
        _report(run, "inputs-not-listed", "too many positional arguments", call, first, layer=name)
        return True
    if isinstance(first, Tensor):
        message = refusal_of_one(name, first.shape) if len(call.args) == 1 or name.endswith("Attention") else None
        if message is None or call.keywords.keys() - {"training", "name"}:
            return False
        if name in ASKING and len(call.args) > 1:
            return False
        _report(run, "inputs-not-listed" if len(call.args) > 1 else "one-for-list", message, call, first, layer=name)
        return True
    if len(call.args) == 1 and len(tensors) > 1 and layer.rule.spec is not None and len(layer.rule.call) < 2:
        return _refuse_list(run, layer, tensors, call)
    return False


def refuse_merged(run: Run, name: str, call: Call) -> bool:
    """Reports tensors that a function which merges them is given by themselves: `add(a, b)`, `concatenate(a)`."""
    layer, first = name.rpartition(".")[2], call.args[0] if call.complete and call.args else None
    if not isinstance(first, Tensor) or not _is_made_of_inputs(first) or is_keras_2(run) or is_traced(run):
        return False
    message = refusal_of_one(layer, first.shape)
    if len(call.args) > 1 and layer in MERGES:
        message = f"{layer.lower()}() takes 1 positional argument but {len(call.args)} were given"
    elif len(call.args) > 1 and layer == "Dot":
        message = "dot() got multiple values for argument 'axes'" if "axes" in call.keywords else None
    if message is None:
        return False
    _report(run, "one-for-list" if len(call.args) == 1 else "inputs-not-listed", message, call, first, layer=layer)
    return True


def _refuse_list(run: Run, layer: LayerRef, tensors: list[Tensor], call: Call) -> bool:
    """Several tensors where a layer takes one. Source: assert_input_compatibility in keras/src/layers/input_spec.py."""
    items = items_of(run, call.args[0]) if isinstance(call.args[0], (Tuple, ListRef)) else None
    if items is None or any(not isinstance(item, Tensor) for item in items):
        return False
    shown = ", ".join(symbolic_text(t.shape, t.dtype) for t in tensors)
    message = f'Layer "{{layer}}" expects 1 input(s), but it received {len(tensors)} input tensors. Inputs received: [{shown}]'
    shapes = tuple(t.shape for t in tensors)
    run.report(_mismatch(run, "list-for-one", message, call, layer, call.args[0], layer=layer.class_name, shapes=shapes))
    return True


def _report(run: Run, kind: str, message: str, call: Call, value: Value, **facts: Any) -> None:
    run.report(_mismatch(run, kind, message, call, None, value, **facts))


def _mismatch(
    run: Run, kind: str, message: str, call: Call, subject: Value | None, value: Value, **facts: Any
) -> Mismatch:
    return Mismatch(kind, message, call.span(), subject, value, call.argument_span(0), facts, tuple(run.call_stack))


def _tensors(run: Run, value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else None
    return [item for item in items or () if isinstance(item, Tensor)]


def _is_made_of_inputs(tensor: Tensor) -> bool:
    """Whether a tensor is surely one of Keras that holds no numbers, and its shape known."""
    known = tensor.shape is not None and tensor.dtype is not None and tensor.history is not None
    return known and tensor.is_symbolic and not tensor.doubtful
