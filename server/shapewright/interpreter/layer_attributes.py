"""What layers have and do besides being called: `.output`, `.kernel`, `.get_weights()`, `.compute_output_shape(...)`.

Source: keras/src/layers/layer.py.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import apply_layer, built_state, compute_layer, given_inputs
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.scalars import some_texts
from shapewright.interpreter.weights import parameters, weights_of
from shapewright.knowledge.registry import Rule
from shapewright.knowledge.rule import Given, NotKnown, Refused
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    BoundApi,
    ListRef,
    Literal,
    Size,
    Tuple,
    Value,
    int_of,
    is_none,
    literal,
    str_of,
)

_KERNEL = ("kernel", "bias")
_NORM = ("gamma", "beta")
_NAMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Dense", "DepthwiseConv1D", "DepthwiseConv2D"), _KERNEL),
    **{f"Conv{n}D{kind}": _KERNEL for n in (1, 2, 3) for kind in ("", "Transpose")},
    **{f"SeparableConv{n}D": ("depthwise_kernel", "pointwise_kernel", "bias") for n in (1, 2)},
    **dict.fromkeys(("BatchNormalization", "LayerNormalization", "GroupNormalization"), _NORM),
    "Embedding": ("embeddings",),
    "PReLU": ("alpha",),
}
"""What layers call their trainable weights, in the order in which they make them."""
_OPTIONAL = {"bias": "use_bias", "gamma": "scale", "beta": "center"}
_KEPT = frozenset(
    [
        *("units", "filters", "rate", "n", "input_dim", "output_dim", "mask_zero", "use_bias", "num_heads", "key_dim"),
        *("return_sequences", "return_state", "go_backwards", "stateful", "groups", "depth_multiplier", "epsilon"),
        *("momentum", "center", "scale", "padding", "layer", "forward_layer", "height", "width", "cell"),
    ]
)
"""Arguments that a layer keeps as they are, under their own names."""
_WINDOWS = frozenset(["kernel_size", "strides", "dilation_rate", "pool_size"])
"""Arguments that a layer keeps as one number for each axis."""
_METHODS = frozenset(
    [
        *("adapt", "build", "compute_mask", "compute_output_shape", "count_params", "get_vocabulary", "get_weights"),
        *("reset_state", "reset_states", "set_weights", "vocabulary_size", "load_own_variables", "save_own_variables"),
    ]
)


@attributes(LayerRef)
def attribute_of_layer(run: Run, layer: LayerRef, name: str) -> Value:
    if name in _METHODS:
        return BoundApi(layer, name)
    state = built_state(run, layer)
    if name in ("output", "input") and len(state.calls) == 1:
        return state.calls[0][1 if name == "output" else 0]
    if name in ("output_shape", "input_shape") and len(state.calls) == 1:
        value = state.calls[0][1 if name == "output_shape" else 0]
        return ShapeValue(value.shape) if isinstance(value, Tensor) and value.shape is not None else UNKNOWN
    if name == "name":
        return UNKNOWN if layer.name is None else Literal(layer.name)
    if name in ("weights", "variables", "trainable_weights", "trainable_variables", "non_trainable_weights"):
        return _weights(run, layer, name)
    if name == "built":
        return literal(True) if state.built else UNKNOWN
    if name == "activation":
        return _activation(layer)
    if layer.class_name == "Normalization" and name in ("mean", "variance"):
        return _statistics(run, layer)
    if name in _NAMES.get(layer.class_name, ()):
        return _named_weight(run, layer, name)
    if name == "moving_mean" or name == "moving_variance":
        frozen = state.frozen
        return _variable(layer, frozen[0]) if layer.class_name == "BatchNormalization" and frozen else UNKNOWN
    if name in _WINDOWS:
        return _window(run, layer, name)
    return _argument(layer, name) if name in _KEPT else UNKNOWN


def _argument(layer: LayerRef, name: str) -> Value:
    """What the layer was made with, or the default of its class."""
    if name in layer.config:
        kept: Value = layer.config[name]
        return kept
    default = next((p.default for p in layer.rule.arguments if p.name == name), inspect.Parameter.empty)
    if isinstance(default, tuple) and all(isinstance(size, int) for size in default):
        return Tuple(tuple(map(literal, default)))
    return literal(default) if default is None or isinstance(default, (int, float, str)) else UNKNOWN


def _window(run: Run, layer: LayerRef, name: str) -> Value:
    """A number for each axis that a window moves along. Source: BaseConv.__init__, BasePooling.__init__ in keras/src/layers."""
    found = re.search(r"(?:Conv|Pooling)([123])D", layer.class_name)
    axes, given = int(found[1]) if found is not None else None, _argument(layer, name)
    if name == "strides" and is_none(given):
        given = _argument(layer, "pool_size")
    if axes is None or name not in {p.name for p in layer.rule.arguments}:
        return UNKNOWN
    if int_of(given) is not None:
        return Tuple((given,) * axes)
    items = items_of(run, given) if isinstance(given, (Tuple, ListRef)) else None
    return UNKNOWN if items is None or len(items) != axes else Tuple(tuple(items))


def _activation(layer: LayerRef) -> Value:
    """A name becomes the function, and nothing the function that changes nothing."""
    given = _argument(layer, "activation")
    name = "linear" if is_none(given) else str_of(given)
    return given if name is None else Api(f"keras.activations.{name}")


def _variable(layer: LayerRef, shape: Shape) -> Value:
    return Tensor(shape, "float32" if is_none(layer.config.get("dtype", NONE)) else None, Library.TENSORFLOW)


def _named_weight(run: Run, layer: LayerRef, name: str) -> Value:
    """`.kernel`, `.bias` and the like: the weights in order, those left out that the layer was told not to have."""
    state = built_state(run, layer)
    if not state.built or not state.certain:
        return UNKNOWN
    rest = iter(state.weights)
    for known in _NAMES[layer.class_name]:
        flag = _argument(layer, _OPTIONAL[known]) if known in _OPTIONAL else literal(True)
        if not isinstance(flag, Literal):
            return UNKNOWN
        shape = next(rest, None) if flag.value else None
        if known == name:
            return NONE if shape is None else _variable(layer, shape)
    return UNKNOWN


def _statistics(run: Run, layer: LayerRef) -> Value:
    """The mean that a Normalization found in data: the sizes of the axes that it keeps, 1 for all others.
    Source: finalize_state in keras/src/layers/preprocessing/normalization.py."""
    state, adapted = built_state(run, layer), run.store.read(layer, "adapted")
    first = state.calls[-1][0] if state.calls else UNKNOWN
    shape = adapted.shape if isinstance(adapted, ShapeValue) else first.shape if isinstance(first, Tensor) else None
    axis = _argument(layer, "axis")
    axes = [int_of(axis)] if isinstance(axis, Literal) and not is_none(axis) else [] if is_none(axis) else [None]
    if shape is None or not is_none(_argument(layer, "mean")) or not shape.rank or None in axes:
        return UNKNOWN
    kept = {n % shape.rank for n in axes if n is not None}
    return _variable(layer, Shape(dim if n in kept else 1 for n, dim in enumerate(shape)))


def _adapt(run: Run, layer: LayerRef, data: Value) -> None:
    """Shows a layer its data: it is built for it."""
    shape = data.element.shape if isinstance(data, Dataset) and isinstance(data.element, Tensor) else None
    if isinstance(data, Tensor):
        shape = data.shape
    if shape is None or layer.class_name != "Normalization":
        return
    run.store.write(layer, "adapted", ShapeValue(shape))
    if not built_state(run, layer).built:
        apply_layer(run, layer, Tensor(shape, "float32", Library.TENSORFLOW), None, None, record=False)


def _weights(run: Run, layer: LayerRef, name: str) -> Value:
    found = weights_of(run, layer)
    if found is None:
        return UNKNOWN
    trainable, frozen = found
    if name == "non_trainable_weights":
        shapes = list(frozen)
    elif name.startswith("trainable"):
        shapes = list(trainable)
    else:
        shapes = [*trainable, *frozen]
    return _list(run, [_variable(layer, shape) for shape in shapes])


def _list(run: Run, items: Sequence[Value]) -> Value:
    made = ListRef()
    run.store.write(made, "items", Tuple(tuple(items)))
    return made


def call_layer_method(run: Run, layer: LayerRef, method: str, call: Call) -> Value:
    """A method of a layer other than calling it."""
    if method == "count_params":
        count = parameters(run, layer)
        return UNKNOWN if count is None else literal(count)
    if method == "get_weights":
        found = weights_of(run, layer)
        if found is None:
            return UNKNOWN
        return _list(run, [Tensor(shape, "float32", Library.NUMPY) for part in found for shape in part])
    if method == "set_weights":
        if layer.class_name in _NAMES:
            compare_weights(run, layer, call)
        return NONE
    if method == "compute_mask":
        return _mask(layer, call.by_name("inputs").get("inputs", UNKNOWN))
    if method == "compute_output_shape":
        return _output_shape(run, layer, call)
    if method == "build":
        shape = shape_of(run, call.by_name("input_shape").get("input_shape", UNKNOWN))
        if shape is not None and not built_state(run, layer).built:
            apply_layer(run, layer, Tensor(shape, "float32", Library.TENSORFLOW), None, None, record=False)
        return NONE
    if method == "adapt":
        _adapt(run, layer, call.by_name("data").get("data", UNKNOWN))
    if method == "get_vocabulary":
        return some_texts(run) if layer.class_name in ("StringLookup", "TextVectorization") else UNKNOWN
    return Size(Dim(UNNAMED)) if method == "vocabulary_size" else NONE


def _mask(layer: LayerRef, inputs: Value) -> Value:
    """Which steps count: not those that are 0, to an Embedding, or wholly the mask value, to a Masking layer."""
    if not isinstance(inputs, Tensor) or inputs.shape is None or inputs.is_symbolic:
        return UNKNOWN
    if layer.class_name == "Embedding":
        flag = _argument(layer, "mask_zero")
        if not isinstance(flag, Literal):
            return UNKNOWN
        return Tensor(inputs.shape, "bool", Library.TENSORFLOW) if flag.value else NONE
    if layer.class_name == "Masking" and inputs.shape.rank:
        return Tensor(Shape(inputs.shape.dims[:-1]), "bool", Library.TENSORFLOW)
    return UNKNOWN


def compare_weights(run: Run, layer: LayerRef | ModelRef | SequentialRef, call: Call) -> None:
    """Reports an array of another shape than the weight it is for. Source: Layer.set_weights."""
    found = weights_of(run, layer)
    items = items_of(run, call.args[0]) if call.args else None
    if found is None or items is None or (found[1] and not isinstance(layer, LayerRef)):
        return  # how the weights of a model that are not trained come between the others is not followed
    weights = [*found[0], *found[1]]
    if len(weights) != len(items):
        message = (
            f"You called `set_weights(weights)` on layer '{{layer}}' with a weight list of length {len(items)}, but the layer "
            f"was expecting {len(weights)} weights."
        )
        facts = {"given": len(items), "expected": tuple(weights)}
        run.report(Mismatch("weight-count", message, call.span(), layer, None, None, facts, tuple(run.call_stack)))
        return
    for weight, given in zip(weights, items, strict=True):
        if not isinstance(given, Tensor) or given.doubtful or given.shape is None:
            return
        if not given.shape.is_known or not weight.is_known:
            return
        if given.shape.sizes != weight.sizes:  # whatever their axes are called
            message = f"Layer {{layer}} weight shape {weight} is not compatible with provided weight shape {given.shape}."
            facts = {"shape": given.shape, "expected": weight, "weights": len(weights)}
            run.report(Mismatch("weights", message, call.span(), layer, given, None, facts, tuple(run.call_stack)))
            return


def _output_shape(run: Run, layer: LayerRef, call: Call) -> Value:
    """What the layer gives for a shape, as a shape."""
    shape = shape_of(run, call.by_name("input_shape").get("input_shape", UNKNOWN))
    rule: Rule = layer.rule
    if shape is None:
        return UNKNOWN
    try:
        given: list[Any] = given_inputs(run, rule, Tensor(shape, "float32"))
        if len(given) != 1 or not isinstance(given[0], Given):
            return UNKNOWN
        output = compute_layer(run, layer, given).output
    except (NotKnown, Refused):
        return UNKNOWN
    return ShapeValue(output) if isinstance(output, Shape) else UNKNOWN
