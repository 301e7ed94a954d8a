"""Whether layers are called to train: the `training` that an outer call is given holds for the layers inside it.

Source: Layer._resolve_and_populate_arg in keras/src/layers/layer.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING
from shapewright.values.value import NONE, Api, Literal, Value, is_none

_OWNER = Api("keras.Layer.training")
_KEY = "value"


def training_flag(run: Run) -> Value:
    """The `training` of the call around; `NONE` where there is none. Part of the state, as remembered calls depend on it."""
    found = run.store.read(_OWNER, _KEY)
    return NONE if found is MISSING else found


@contextmanager
def training(run: Run, value: Value) -> Iterator[None]:
    """Layers are called inside of a call with `training=value`."""
    before = run.store.read(_OWNER, _KEY)
    run.store.write(_OWNER, _KEY, value)
    try:
        yield
    finally:
        run.store.write(_OWNER, _KEY, before)


def flag_of_call(run: Run, call: Call, default: Value = NONE) -> Value:
    """What `training` is inside a call: as given, or as in the call around, or the default of the parameter."""
    if "training" in call.keywords:
        return call.keywords["training"]
    outer = training_flag(run)
    return default if is_none(outer) else outer


def flag_of_method(method: str) -> Literal:
    """`fit` and `train_on_batch` train, `evaluate` and `predict` do not."""
    return Literal(method in ("fit", "train_on_batch"))
