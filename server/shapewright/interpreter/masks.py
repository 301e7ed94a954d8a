"""Masks: which steps of a tensor count. Keras keeps a mask with the tensors that layers give, and hands it on.

A tensor knows how many of its first axes its mask has. What is measured: which layers make, keep and drop masks.
Source: Layer.__call__ and Layer._set_mask_metadata in keras/src/layers/layer.py.
"""

from __future__ import annotations

from dataclasses import replace

from shapewright.interpreter.classes import class_attribute
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import flatten, map_structure
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function, Instance, Method
from shapewright.values.keras import CallInputs, LayerRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, Literal, Value, is_none

_KEEP = frozenset(
    [
        *("Activation", "ActivityRegularization", "AlphaDropout", "BatchNormalization", "Dense", "Dropout", "ELU"),
        *("GaussianDropout", "GaussianNoise", "GroupNormalization", "Identity", "LayerNormalization", "LeakyReLU"),
        *("MultiHeadAttention", "Normalization", "PReLU", "ReLU", "Rescaling", "Softmax", "SpatialDropout1D"),
        *("TimeDistributed", "UnitNormalization"),
    ]
)
"""Layers whose output has the mask of their first input."""
_MERGE = frozenset(["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"])
_RECURRENT = frozenset(["GRU", "LSTM", "SimpleRNN"])


def masked_by(layer: LayerRef, inputs: Value, tensors: list[Tensor], output: Value) -> Value:
    """The output of a layer of Keras's, with the mask that it has."""
    if not isinstance(output, Tensor) or output.shape is None:
        return output
    first = inputs.items[0] if isinstance(inputs, CallInputs) else inputs
    mask = first.masked if isinstance(first, Tensor) else None
    name = layer.class_name
    if name == "Bidirectional":
        inner = layer.config.get("layer")
        name, layer = (inner.class_name, inner) if isinstance(inner, LayerRef) else (name, layer)
    if name in _MERGE:
        masks = {tensor.masked for tensor in tensors}  # without one of them there is none
        mask = masks.pop() if len(masks) == 1 else None
    elif name == "Masking" or (name == "Embedding" and _is_true(layer.config.get("mask_zero"))):
        mask = output.shape.rank - 1
    elif name in _RECURRENT:
        mask = mask if _is_true(layer.config.get("return_sequences")) else None
    elif name not in _KEEP:
        mask = None
    return output if mask is None or mask > output.shape.rank else replace(output, masked=mask)


def _is_true(value: object) -> bool:
    return isinstance(value, Literal) and value.value is True


def mask_of(tensor: Value) -> Value:
    """The mask of a tensor as a tensor, or `None`."""
    if not isinstance(tensor, Tensor) or tensor.shape is None or tensor.masked is None:
        return NONE
    return Tensor(Shape(tensor.shape.dims[: tensor.masked]), "bool", Library.TENSORFLOW, doubtful=tensor.doubtful)


def masks_for(run: Run, function: Function, call: Call) -> dict[str, Value]:
    """The masks that `call` is handed: `mask` where one argument has tensors, `x_mask` for each argument `x` where more have."""
    args = function.node.args
    names = [parameter.arg for parameter in (*args.posonlyargs, *args.args)][1:]
    taken = {*names, *(parameter.arg for parameter in args.kwonlyargs)}
    given = dict(zip(names, call.args, strict=False)) | call.keywords
    tensors = {name: value for name, value in given.items() if flatten(run, value)}
    found: dict[str, Value] = {}
    for name, value in tensors.items():
        parameter = "mask" if len(tensors) == 1 else f"{name}_mask"
        if parameter in taken and (parameter not in given or is_none(given[parameter])):
            found[parameter] = map_structure(run, value, lambda leaf, _: mask_of(leaf))
    return found


def with_mask(run: Run, instance: Instance, call: Call, output: Value, frame: Frame) -> Value:
    """What a subclassed layer gave, with the mask that it computes, or hands on where it says that it supports masks."""
    if not isinstance(output, Tensor) or output.shape is None or not call.args:
        return output
    function, inputs = class_attribute(run, instance.cls, "compute_mask"), call.args[0]
    previous = call.keywords.get("mask", NONE)
    if is_none(previous):
        previous = map_structure(run, inputs, lambda leaf, _: mask_of(leaf))
    if isinstance(function, Function):
        previous = run.call(Method(function, instance), Call([inputs, previous], {}), frame)
    elif not _is_true(run.store.read(instance, ".supports_masking")):
        return output
    shape = previous.shape if isinstance(previous, Tensor) else None
    fits = shape is not None and shape.rank <= output.shape.rank and shape.sizes == output.shape.sizes[: shape.rank]
    return replace(output, masked=shape.rank) if fits and shape is not None else output
