"""The user's callbacks: classes derived from `keras.callbacks.Callback`."""

from __future__ import annotations

from collections.abc import Mapping

from shapewright.interpreter.iteration import items_of, set_attribute
from shapewright.interpreter.run import Run
from shapewright.values.callable import Instance
from shapewright.values.value import NONE, ListRef, Tuple, Value


def hand_model_to_callbacks(run: Run, model: Value, given: Mapping[str, Value]) -> None:
    """A callback knows the model that it is trained with. Source: Callback.set_model in keras/src/callbacks/callback.py."""
    callbacks = given.get("callbacks", NONE)
    items = items_of(run, callbacks) if isinstance(callbacks, (Tuple, ListRef)) else [callbacks]
    for callback in items or ():
        if isinstance(callback, Instance):
            set_attribute(run, callback, "model", model)
