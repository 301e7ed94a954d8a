"""Losses, metrics and gradient tapes: objects of a library that have no shape, and give tensors that have one.

Source: keras/src/losses/loss.py, keras/src/metrics/metric.py.
"""

from __future__ import annotations

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.structures import flatten, map_structure
from shapewright.tensors.shape import Shape
from shapewright.values.keras import ObjectRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, BoundApi, Literal, Value

_TAPE = "tensorflow.GradientTape"
_METRIC_METHODS = frozenset(["update_state", "reset_state", "reset_states"])
_NOT_SCALAR = frozenset(["keras.metrics.F1Score", "keras.metrics.FBetaScore", "keras.metrics.R2Score"])
"""Metrics whose result has an axis for the classes unless they are averaged."""


def make_object(name: str, call: Call) -> Value:
    """A loss, a metric or a gradient tape; `UNKNOWN` for all else."""
    module, _, kind = name.rpartition(".")
    if name == _TAPE or (module in ("keras.losses", "keras.metrics") and kind[:1].isupper()):
        return ObjectRef(name, dict(call.keywords))
    return UNKNOWN


@attributes(ObjectRef)
def attribute_of_object(run: Run, owner: ObjectRef, name: str) -> Value:
    return owner.config.get(name) or BoundApi(owner, name)


@callee(ObjectRef)
def call_object(run: Run, owner: ObjectRef, call: Call, frame: Frame) -> Value:
    """The loss of a batch: one number, unless it is not reduced. A metric gives its result so far."""
    if owner.api.startswith("keras.losses."):
        reduction = owner.config.get("reduction", Literal("sum_over_batch_size"))
        if not isinstance(reduction, Literal) or reduction.value in (None, "none"):
            return UNKNOWN
        return _scalar(run, call)
    return _scalar(run, call) if _is_scalar(owner) else UNKNOWN


def _is_scalar(owner: ObjectRef) -> bool:
    return owner.api.startswith("keras.metrics.") and owner.api not in _NOT_SCALAR


def _scalar(run: Run, call: Call) -> Value:
    tensors = [t for value in (*call.args, *call.keywords.values()) for t in flatten(run, value)]
    if any(tensor.is_symbolic for tensor in tensors):
        return UNKNOWN
    return Tensor(Shape(()), "float32", Library.TENSORFLOW, None, any(t.doubtful for t in tensors))


def call_object_method(run: Run, owner: ObjectRef, method: str, call: Call) -> Value:
    """`metric.result()`, `tape.gradient(loss, x)`."""
    if owner.api == _TAPE:
        return _gradient(run, call) if method == "gradient" else UNKNOWN
    if method in _METRIC_METHODS:
        return NONE
    return _scalar(run, call) if method == "result" and _is_scalar(owner) else UNKNOWN


def _gradient(run: Run, call: Call) -> Value:
    """Gradients have the shapes of what they are taken for."""
    given = call.by_name("target", "sources")

    def leaf(item: Value, _: int) -> Value:
        return Tensor(item.shape, item.dtype, Library.TENSORFLOW) if isinstance(item, Tensor) else UNKNOWN

    return map_structure(run, given.get("sources", UNKNOWN), leaf)
