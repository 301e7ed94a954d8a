"""Targets against outputs: what `compile` was told, and what `fit` then compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shapewright.interpreter.batches import EAGER, as_array, batch_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.measures import measure_with
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import leaves
from shapewright.interpreter.suspicions import suspect_maps
from shapewright.interpreter.tracing import traced
from shapewright.knowledge.keras.losses import CATEGORICAL, SPARSE, fit_target, loss_name, same_rank
from shapewright.knowledge.rule import Refused
from shapewright.tensors.dimension import Dim
from shapewright.values.callable import Function, Instance
from shapewright.values.dataset import Dataset
from shapewright.values.keras import ObjectRef, SequentialRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, Api, DictRef, ListRef, Literal, Tuple, Value, str_of

HAS_TARGETS = "targets"
"""The key in the store under which a model says that it was given targets: then they tell what its output should be."""


@dataclass(frozen=True, slots=True)
class Compiled(Value):
    """What a model was compiled with: its loss, by Keras's name or as the program defines it, where that is written, and
    the metrics that the program defines."""

    loss: str | None
    span: Any = None
    function: Function | Instance | None = None
    metrics: tuple[Function | Instance, ...] = ()


def compile_model(run: Run, model: Value, call: Call) -> None:
    """Remembers the loss of a model."""
    given = call.args[1] if len(call.args) > 1 else call.keywords.get("loss", UNKNOWN)
    span = call.argument_span(1) or call.argument_span("loss")
    function = given if isinstance(given, (Function, Instance)) else None
    name = _name_of(given)
    metrics = call.args[3] if len(call.args) > 3 else call.keywords.get("metrics", NONE)
    listed = items_of(run, metrics) if isinstance(metrics, (Tuple, ListRef)) else None
    own = tuple(metric for metric in listed or () if isinstance(metric, (Function, Instance)))
    run.store.write(model, "compiled", Compiled(name, span, function, own))
    run.store.write(model, EAGER, call.keywords.get("run_eagerly", Literal(False)) if call.complete else UNKNOWN)
    if name in (CATEGORICAL, SPARSE) and isinstance(model, SequentialRef):
        suspect_maps(run, model)


def _name_of(loss: Value) -> str | None:
    if isinstance(loss, ObjectRef) and loss.api.startswith("keras.losses."):
        return loss_name(loss.api.rsplit(".", 1)[-1])
    if isinstance(loss, Api) and loss.name.startswith("keras.losses."):
        return loss_name(loss.name.rsplit(".", 1)[-1])
    name = str_of(loss)
    return None if name is None else loss_name(name)


def compare_target(
    run: Run, model: Value, method: str, given: dict[str, Value], output: Value, size: Dim, call: Call
) -> None:
    """Compares the target that a method was given with the model's output, as the loss will."""
    x, target = given.get("x", UNKNOWN), given.get("y", NONE)
    output = _only(run, output)
    if isinstance(x, Dataset):
        _check_target(run, model, method, _only(run, _target_of(x.element)), output, call, call.argument_span(0))
        return
    span = call.argument_span(1) or call.argument_span("y")
    if method.endswith("_on_batch") and isinstance(target, Tensor):
        _check_target(run, model, method, target, output, call, span)
    elif _is_for_several(run, target):
        check_rows(run, method, given, call, span)
    elif isinstance(target, (Tensor, ListRef)) and check_rows(run, method, given, call, span):
        _check_target(run, model, method, batch_of(_only(run, as_array(run, target)), size), output, call, span)


def _is_for_several(run: Run, target: Value) -> bool:
    """Whether a target is a list of arrays: one for each output."""
    items = items_of(run, target) if isinstance(target, ListRef) else None
    return items is not None and len(items) > 1 and all(isinstance(item, Tensor) and item.shape for item in items)


def _only(run: Run, value: Value) -> Value:
    """A list of one output or target is that one."""
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else None
    return items[0] if items is not None and len(items) == 1 and isinstance(items[0], Tensor) else value


def _check_target(run: Run, model: Value, method: str, target: Value, output: Value, call: Call, span: Any) -> None:
    """Reports a target that the loss cannot compare with the output, or compares by broadcasting. `span` is where the
    target stands in the call."""
    compiled = run.store.read(model, "compiled")
    if isinstance(compiled, Compiled):
        with traced(run):
            _measure(run, compiled, target, output)
    if not isinstance(compiled, Compiled) or compiled.loss is None:
        return
    run.store.write(model, HAS_TARGETS, Literal(True))
    if not isinstance(target, Tensor) or not isinstance(output, Tensor) or target.doubtful or output.doubtful:
        return
    if target.shape is None or output.shape is None:
        return
    try:
        fit_target(compiled.loss, target.shape, output.shape)
    except Refused as refused:
        facts = {**refused.facts, "method": method, "loss_span": compiled.span, "dtype": target.dtype}
        message = refused.message or None
        trail = tuple(run.call_stack)
        run.report(Mismatch(refused.kind, message, call.span(), model, target, span, facts, trail))


def refuse_no_targets(run: Run, model: Value, data: Value, call: Call) -> bool:
    """Reports data to validate with that has no targets, where the loss of the model is one of Keras's. Source:
    unpack_x_y_sample_weight in keras/src/trainers/data_adapters/data_adapter_utils.py, which takes an array for samples."""
    compiled, alone = run.store.read(model, "compiled"), _only(run, data)
    if not isinstance(compiled, Compiled) or compiled.loss is None or is_keras_2(run):
        return False
    if not isinstance(alone, Tensor) or alone.doubtful or alone.is_symbolic:
        return False
    span, trail = call.argument_span("validation_data"), tuple(run.call_stack)
    facts = {"method": "fit"}
    run.report(Mismatch("target-none", "None values not supported.", call.span(), model, data, span, facts, trail))
    return True


def _measure(run: Run, compiled: Compiled, target: Value, output: Value) -> None:
    """Calls the loss and the metrics that the program defines as Keras does.
    Source: LossFunctionWrapper in keras/src/losses/losses.py, MeanMetricWrapper in keras/src/metrics/reduction_metrics.py."""
    if not isinstance(target, Tensor) or not isinstance(output, Tensor) or target.doubtful or output.doubtful:
        return
    if target.shape is None or output.shape is None:
        return
    same = same_rank(target.shape, output.shape)
    for measure in (compiled.function, *compiled.metrics):
        if isinstance(measure, Function):
            shapes = same if measure is compiled.function else (target.shape, output.shape)
            given: list[Value] = [Tensor(shape, output.dtype, Library.TENSORFLOW) for shape in shapes]
            run.call(measure, Call(given, {}), Frame(run.memory.module, measure.chunk))
        elif isinstance(measure, Instance):
            measure_with(run, measure, target, output)


def check_rows(
    run: Run, method: str, given: dict[str, Value], call: Call, span: Any, first: Any = None
) -> bool:
    """Reports arrays of different lengths. Source: check_data_cardinality in keras/src/trainers/data_adapters."""
    names = [name for name in ("x", "y", "sample_weight") if isinstance(given.get(name), (Tensor, ListRef, Tuple, DictRef))]
    x, y = given.get("x", UNKNOWN), given.get("y", UNKNOWN)
    sizes = [_lengths(run, given[name]) for name in names]
    every = {size for part in sizes for size in part}
    if isinstance(x, Dataset) or len(every) < 2 or None in every or names[:2] != ["x", "y"] or not all(sizes):
        return True
    message = "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples."
    for name, part in zip(names, sizes, strict=True):
        message += f"'{name}' sizes: {', '.join(map(str, part))}\n"
    facts = {"method": method, "sizes": tuple(sizes), "validation": first}
    if len({*sizes[0], *sizes[1]}) == 1:
        span, y = call.argument_span("sample_weight"), given["sample_weight"]
    run.report(Mismatch("rows", message, call.span(), None, y, span, facts, tuple(run.call_stack)))
    return False


def _lengths(run: Run, data: Value) -> list[int | None]:
    tensors = [leaf for leaf in leaves(run, data) if isinstance(leaf, Tensor)]
    firsts = [t.shape[0].size if t.shape else None for t in tensors]
    return [size if isinstance(size, int) else None for size in firsts]


def _target_of(data: Value) -> Value:
    """The target in what a dataset gives: the second of a pair or triple."""
    return data.items[1] if isinstance(data, Tuple) and len(data.items) in (2, 3) else NONE
