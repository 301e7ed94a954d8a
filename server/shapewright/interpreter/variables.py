"""The variables of layers and models, and the losses that layers add.

Source: Layer.weights, Layer.trainable_variables and Layer.losses in keras/src/layers/layer.py.
"""

from __future__ import annotations

from shapewright.interpreter.layers import built_state
from shapewright.interpreter.model_state import model_layers
from shapewright.interpreter.run import Run
from shapewright.interpreter.summary import layers_in_order
from shapewright.interpreter.trainable import trained_flag
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated
from shapewright.values.keras import InputLayerRef, LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, ListRef, Tuple, Value, is_none

VARIABLES = {"weights": False, "trainable_weights": True, "trainable_variables": True}
"""Lists of variables that a model has: whether only those that are trained."""


def variables_of(run: Run, model: Value, name: str) -> Value:
    """`model.trainable_variables`: a list of variables, in the order of the layers."""
    found = _in_order(run, model, VARIABLES[name], set())
    if found is None:
        return UNKNOWN
    made = ListRef()
    run.store.write(made, "items", Tuple(tuple(found)))
    return made


def _in_order(run: Run, value: Value, trained_only: bool, seen: set[Value]) -> list[Tensor] | None:
    """The variables of a layer or model; `None` where they are not certain."""
    if value in seen or isinstance(value, (Tensor, InputLayerRef)):
        return []
    seen.add(value)
    flag = trained_flag(run, value) if trained_only else True
    if isinstance(value, LayerRef):
        state = built_state(run, value)
        if flag is None or (state.built and not state.certain):
            return None
        dtype = "float32" if is_none(value.config.get("dtype", NONE)) else None
        shapes = [*state.weights, *([] if trained_only else state.frozen)]
        return [Tensor(shape, dtype, Library.TENSORFLOW) for shape in shapes] if flag else []
    if not isinstance(value, (ModelRef, SequentialRef)) or flag is None:
        return None
    found: list[Tensor] = []
    layers = layers_in_order(run, value) if isinstance(value, ModelRef) else model_layers(run, value)
    for layer in layers or ():
        inner = _in_order(run, layer, trained_only, seen)
        if inner is None:
            return None
        found += inner
    return None if layers is None else found if flag else []


def losses_of(run: Run) -> Value:
    """`model.losses`: numbers, as many as layers and regularizers add."""
    made = ListRef()
    number = Tensor(Shape(()), "float32", Library.TENSORFLOW)
    run.store.write(made, "items", Generated((number,), complete=False))
    return made
