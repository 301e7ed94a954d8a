"""The user's callbacks: classes derived from `keras.callbacks.Callback`, and functions in a LambdaCallback."""

from __future__ import annotations

from collections.abc import Mapping

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of, set_attribute
from shapewright.interpreter.run import Call, Run
from shapewright.values.callable import Function, Instance, Method
from shapewright.values.keras import ObjectRef
from shapewright.values.value import NONE, UNKNOWN, ListRef, Tuple, Value

LAMBDA_CALLBACK = "keras.callbacks.LambdaCallback"


def hand_model_to_callbacks(run: Run, model: Value, given: Mapping[str, Value]) -> None:
    """A callback knows the model that it is trained with. Source: Callback.set_model in keras/src/callbacks/callback.py."""
    callbacks = given.get("callbacks", NONE)
    items = items_of(run, callbacks) if isinstance(callbacks, (Tuple, ListRef)) else [callbacks]
    for callback in items or ():
        if isinstance(callback, Instance):
            set_attribute(run, callback, "model", model)


def call_lambda_callbacks(run: Run, given: Mapping[str, Value], frame: Frame) -> None:
    """What a LambdaCallback was given is called while the model trains: `on_epoch_end(epoch, logs)` and the like, where
    what does not take both takes the logs alone. Source: keras/src/callbacks/lambda_callback.py."""
    callbacks = given.get("callbacks", NONE)
    items = items_of(run, callbacks) if isinstance(callbacks, (Tuple, ListRef)) else [callbacks]
    for callback in items or ():
        if isinstance(callback, ObjectRef) and callback.api == LAMBDA_CALLBACK:
            for name, function in callback.config.items():
                count = 1 if name in ("on_train_begin", "on_train_end") else 2
                if isinstance(function, (Function, Method)):
                    run.call(function, Call([UNKNOWN] * count, {}), frame)
