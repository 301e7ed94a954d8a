"""How many parameters layers and models hold."""

from __future__ import annotations

from shapewright.interpreter.classes import keras_base
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import built_state
from shapewright.interpreter.model_state import model_layers
from shapewright.interpreter.run import Run
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import DictItems, DictRef, ListRef, Tuple, Value, str_of

BASE = "base layer"
"""Where an instance keeps the layer of Keras's own that it also is."""


def parameters(run: Run, value: Value) -> int | None:
    """The number of parameters of a layer or model, each layer counted once; `None` where not known."""
    if isinstance(value, LayerRef):
        return built_state(run, value).parameters
    if isinstance(value, Instance):
        return _instance_parameters(run, value)
    layers = _single_layers(run, value)
    if layers is None:
        return None
    counts = [parameters(run, layer) for layer in layers]
    return None if None in counts else sum(c for c in counts if c is not None)


def _single_layers(run: Run, model: Value) -> dict[Value, None] | None:
    """The layers of a model and of the models in it, each once, however often it is used; `None` where not known."""
    found: dict[Value, None] = {}
    layers = model_layers(run, model)
    for layer in layers or ():
        inner = _single_layers(run, layer) if isinstance(layer, (ModelRef, SequentialRef)) else {layer: None}
        if inner is None:
            return None
        found |= inner
    return None if layers is None else found


def weights_of(run: Run, value: Value) -> tuple[list[Shape], list[Shape]] | None:
    """The shapes of the weights of a layer or model, trainable and frozen; `None` where not known."""
    if isinstance(value, LayerRef):
        state = built_state(run, value)
        return (list(state.weights), list(state.frozen)) if state.built and state.certain else None
    if isinstance(value, Instance):
        count = _instance_parameters(run, value)
        return None if count is None else ([Shape((count,))], [])  # how they are split is not followed
    trainable: list[Shape] = []
    frozen: list[Shape] = []
    layers = _single_layers(run, value)
    for layer in layers or ():
        found = weights_of(run, layer)
        if found is None:
            return None
        trainable += found[0]
        frozen += found[1]
    return None if layers is None else (trainable, frozen)


def _instance_parameters(run: Run, instance: Instance) -> int | None:
    """How many parameters an instance holds: its own weights and those of the layers in its attributes."""
    total = 0
    weights = run.store.read(instance, "weights")
    for weight in weights.items if isinstance(weights, Tuple) else ():
        shape = weight.shape if isinstance(weight, Tensor) else None
        if shape is None or not shape.is_known:
            return None
        product = 1
        for dim in shape:
            product *= dim.size if isinstance(dim.size, int) else 0
        total += product
    seen: set[Value] = set()
    for layer in layers_of_instance(run, instance):
        if layer in seen:
            continue
        seen.add(layer)
        count = _count(run, layer)
        if count is None:
            return None
        total += count
    return total


def layers_of_instance(run: Run, instance: Instance) -> list[Value]:
    """The layers in the attributes of an instance, as Keras tracks them, and the layer of Keras's own that it also is."""
    names = run.store.read(instance, "attributes")
    base = run.store.read(instance, BASE)
    found: list[Value] = [base] if isinstance(base, LayerRef) else []
    for name in names.items if isinstance(names, Tuple) else ():
        found += _layers_in(run, run.store.read(instance, f".{str_of(name)}"))
    return found


def _count(run: Run, layer: Value) -> int | None:
    if isinstance(layer, LayerRef) and not built_state(run, layer).built:
        return 0  # a layer that was never called has no weights
    return parameters(run, layer)


def _layers_in(run: Run, value: Value) -> list[Value]:
    """The layers that Keras tracks in an attribute: itself, or the items of a list, tuple or dict."""
    if isinstance(value, (LayerRef, ModelRef, SequentialRef)):
        return [value]
    if isinstance(value, Instance):
        return [value] if keras_base(value.cls) is not None else []
    if isinstance(value, (Tuple, ListRef)):
        return [layer for item in items_of(run, value) or () for layer in _layers_in(run, item)]
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        items = state.items if isinstance(state, DictItems) else ()
        return [layer for _, item in items for layer in _layers_in(run, item)]
    return []
