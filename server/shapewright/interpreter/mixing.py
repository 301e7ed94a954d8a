"""Layers that take structures, or that call other layers in turn: their inputs are looked at as they are.

Source: keras/src/layers/preprocessing/pipeline.py, image_preprocessing/mix_up.py, image_preprocessing/cut_mix.py.
"""

from __future__ import annotations

from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import EVALUATED
from shapewright.interpreter.model_calls import apply_value
from shapewright.interpreter.run import Run
from shapewright.interpreter.structures import map_structure
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, DictRef, Value


def mix(run: Run, layer: LayerRef, inputs: Value, symbolic: bool) -> Value:
    """A dict of images and labels with the same shapes."""
    if symbolic or not isinstance(inputs, DictRef):
        return UNKNOWN

    def leaf(item: Value, _: int) -> Value:
        return Tensor(item.shape, None, Library.TENSORFLOW) if isinstance(item, Tensor) else UNKNOWN

    return map_structure(run, inputs, leaf)


def pipe(run: Run, layer: LayerRef, inputs: Value, symbolic: bool) -> Value:
    """What the last of its layers gives."""
    layers = items_of(run, layer.config.get("layers", UNKNOWN))
    if layers is None:
        return UNKNOWN
    output = inputs
    for inner in layers:
        output = apply_value(run, inner, output, layer.node, None)
    return output


EVALUATED["keras.layers.MixUp"] = mix
EVALUATED["keras.layers.CutMix"] = mix
EVALUATED["keras.layers.Pipeline"] = pipe
