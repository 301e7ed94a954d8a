"""`keras.models.clone_model`: a model of the same layers made anew. Source: keras/src/models/cloning.py."""

from __future__ import annotations

from shapewright.interpreter.events import Copied
from shapewright.interpreter.model_state import stack_of
from shapewright.interpreter.run import Call, Run
from shapewright.values.keras import ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import UNKNOWN, Tuple, Value


def clone_model(run: Run, call: Call) -> Value:
    """A copy whose layers have the same shapes. A Sequential model that is not built yet may be built for other data than
    its copy, and other arguments may put other layers into it: these copies are not known."""
    given = call.by_name("model")
    model = given.get("model", UNKNOWN)
    if len(given) > 1 or not call.complete:
        return UNKNOWN
    if isinstance(model, ModelRef):
        made: ModelRef | SequentialRef = ModelRef(model.inputs, model.outputs, call.span(), model.name)
        layers = run.store.read(model, "layers")
        if isinstance(layers, Tuple):
            run.store.write(made, "layers", layers)
    elif isinstance(model, SequentialRef) and isinstance(stack_of(run, model).input, Tensor):
        made = SequentialRef(call.span(), model.name)
        run.store.write(made, "stack", stack_of(run, model))
    else:
        return UNKNOWN
    run.store.note(Copied(made, model))
    run.store.note(made)
    return made
