"""`fit`, `evaluate` and `predict` of subclassed models: what their steps are given, batch by batch.

Source: keras/src/backend/tensorflow/trainer.py, keras/src/trainers/data_adapters.
"""

from __future__ import annotations

from shapewright.interpreter.batches import (
    as_data,
    batch_of,
    batch_sizes,
    data_arguments,
    eager_sizes,
    rows,
    runs_eagerly,
)
from shapewright.interpreter.callbacks import call_lambda_callbacks, hand_model_to_callbacks
from shapewright.interpreter.classes import class_attribute
from shapewright.interpreter.data_kinds import refuse_kind
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import map_structure
from shapewright.interpreter.subclassing import call_keras, takes_training
from shapewright.interpreter.targets import compare_target
from shapewright.interpreter.tracing import traced
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.values.callable import Function, Instance, Method
from shapewright.values.dataset import Dataset
from shapewright.values.value import NONE, UNKNOWN, ListRef, Literal, Tuple, Value, is_none

_STEPS = {
    "fit": "train_step",
    "train_on_batch": "train_step",
    "evaluate": "test_step",
    "test_on_batch": "test_step",
    "predict": "predict_step",
    "predict_on_batch": "predict_step",
}


def run_steps(run: Run, model: Instance, method: str, call: Call, frame: Frame) -> Value:
    """Evaluates the step that a method runs on each batch, and the method's result for `predict`."""
    given = data_arguments(run, method, call)
    if not call.complete:
        return UNKNOWN
    hand_model_to_callbacks(run, model, given)
    if refuse_kind(run, model, method, given, call):
        return UNKNOWN
    x = given.get("x", UNKNOWN)
    parts = [given.get(name, NONE) for name in ("x", "y", "sample_weight")]
    output: Value = UNKNOWN
    eager = runs_eagerly(run, model)
    sizes = eager_sizes if eager and not isinstance(x, Dataset) else batch_sizes
    for size in sizes(run, method, x, given):
        for batch in x.elements if eager and isinstance(x, Dataset) else [_batches(run, x, parts, size)]:
            output = _step(run, model, _STEPS[method], batch, frame, eager)
        if not isinstance(class_attribute(run, model.cls, _STEPS[method]), Function):
            compare_target(run, model, method, given, output, size, call)
    validation = given.get("validation_data", NONE)
    if method == "fit" and not is_none(validation):
        validation = as_data(run, validation)
        more = list(validation.items) if isinstance(validation, Tuple) else [validation]
        if eager and isinstance(validation, Dataset):
            tested = validation.elements
        else:
            tested = (_batches(run, validation, more, Dim(UNNAMED if eager else None)),)
        for batch in tested:
            _step(run, model, "test_step", batch, frame, eager)
    call_lambda_callbacks(run, given, frame)
    return rows(run, output, x) if method.startswith("predict") else UNKNOWN


def _batches(run: Run, x: Value, parts: list[Value], size: Dim) -> Value:
    """What a step gets: an element of the dataset, or a batch of each of the arrays. A list of inputs comes in a tuple of
    one item. Source: pack_x_y_sample_weight in keras/src/trainers/data_adapters/data_adapter_utils.py."""
    if isinstance(x, Dataset):
        return x.element
    while len(parts) > 1 and is_none(parts[-1]):
        parts.pop()
    batches = [map_structure(run, part, lambda leaf, _: batch_of(leaf, size)) for part in parts]
    alone = len(batches) == 1 and not isinstance(parts[0], (Tuple, ListRef))
    return batches[0] if alone else Tuple(tuple(batches))


def _step(run: Run, model: Instance, name: str, data: Value, frame: Frame, eager: bool) -> Value:
    """The model's own step, or what Keras's does: call the model on the first part of the data."""
    step = class_attribute(run, model.cls, name)
    with traced(run, not eager):
        if isinstance(step, Function):
            return run.call(Method(step, model), Call([data], {}), frame)
        inputs = data.items[0] if isinstance(data, Tuple) and data.items else data
        flag = Literal(name == "train_step")
        given: dict[str, Value] = {"training": flag} if takes_training(run, model) else {}
        return call_keras(run, model, Call([inputs], given), frame)
