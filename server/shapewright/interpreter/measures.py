"""The user's own losses and metrics: classes derived from `keras.losses.Loss` and `keras.metrics.Metric`.

Source: keras/src/losses/loss.py, keras/src/metrics/metric.py.
"""

from __future__ import annotations

from shapewright.interpreter.classes import class_attribute, library_base
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.structures import map_structure
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function, Instance, Method
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, Literal, Value

_REDUCTION = "reduction"
_MEANS = ("sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "auto")


def note_reduction(run: Run, loss: Instance, call: Call) -> None:
    """Keeps how a loss is reduced, as the base class was told: `super().__init__(reduction="none")`."""
    if not (library_base(loss.cls) or "").startswith("keras.losses."):
        return
    reduction = call.by_name("name", "reduction").get("reduction", Literal("sum_over_batch_size"))
    run.store.write(loss, _REDUCTION, reduction if call.complete else UNKNOWN)


def call_loss(run: Run, loss: Instance, call: Call, frame: Frame) -> Value:
    """`call` gives a number for each sample, the base class one for all of them."""
    given = call.by_name("y_true", "y_pred", "sample_weight")
    function = class_attribute(run, loss.cls, "call")
    if not isinstance(function, Function) or not call.complete or "y_pred" not in given:
        return UNKNOWN
    pair = [map_structure(run, given[name], _converted) for name in ("y_true", "y_pred") if name in given]
    each = run.call(Method(function, loss), Call(pair, {}), frame)
    reduction = run.store.read(loss, _REDUCTION)
    kind = reduction.value if isinstance(reduction, Literal) else ""
    if reduction is MISSING or kind in _MEANS:
        return Tensor(Shape(()), each.dtype if isinstance(each, Tensor) else None, Library.TENSORFLOW)
    return each if kind in (None, "none") and "sample_weight" not in given else UNKNOWN


def call_metric(run: Run, metric: Instance, call: Call, frame: Frame) -> Value:
    """Updates the metric and gives its result so far."""
    update, result = (class_attribute(run, metric.cls, name) for name in ("update_state", "result"))
    if isinstance(update, Function):
        run.call(Method(update, metric), call, frame)
    return run.call(Method(result, metric), Call([], {}), frame) if isinstance(result, Function) else UNKNOWN


def measure_with(run: Run, measure: Instance, target: Tensor, output: Tensor) -> None:
    """What `fit` does with a loss or metric that it was compiled with."""
    frame = Frame(run.memory.module, measure.cls.chunk)
    base = library_base(measure.cls) or ""
    if base.startswith("keras.losses."):
        call_loss(run, measure, Call([target, output], {}), frame)
    update = class_attribute(run, measure.cls, "update_state")
    if base.startswith("keras.metrics.") and isinstance(update, Function):
        run.call(Method(update, measure), Call([target, output], {"sample_weight": NONE}), frame)


def _converted(leaf: Value, _: int) -> Value:
    """A target or prediction as a tensor of floats."""
    if not isinstance(leaf, Tensor):
        return leaf
    return Tensor(leaf.shape, "float32", Library.TENSORFLOW, None, leaf.doubtful)
