"""What `fit`, `evaluate` and `predict` do not take for data at all: lists of numbers, targets beside a dataset.

Source: get_data_adapter in keras/src/trainers/data_adapters/__init__.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapewright.interpreter.arguments import plain
from shapewright.interpreter.classes import library_base
from shapewright.interpreter.contents import NUMBERS
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING
from shapewright.values.callable import Generated, Instance
from shapewright.values.dataset import Dataset
from shapewright.values.value import NONE, ListRef, Literal, Tuple, Unknown, Value, is_none

_WHOLE = ("fit", "evaluate", "predict")
_MEANT = {"y": "the targets", "sample_weight": "the sample weights"}


def refuse_kind(run: Run, subject: Value, method: str, given: Mapping[str, Value], call: Call) -> bool:
    """Reports data of a kind that a method does not take."""
    if method not in _WHOLE or not call.complete:
        return False
    if method == "fit" and _split_dataset(run, subject, given, call):
        return True
    return _beside_dataset(run, subject, method, given, call) or _lists(run, subject, method, given, call)


def argument_span(call: Call, name: str) -> Any:
    """Where the data, the targets or the weights stand in a call."""
    position = {"x": 0, "y": 1}.get(name)
    span = call.argument_span(position) if position is not None else None
    return span or call.argument_span(name)


def _beside_dataset(run: Run, subject: Value, method: str, given: Mapping[str, Value], call: Call) -> bool:
    """Targets or weights that are given beside a dataset, which has to hold them."""
    x = call.args[0] if call.args else call.keywords.get("x", NONE)
    kind = "tf.data.Dataset" if isinstance(x, Dataset) else "generator" if isinstance(x, Generated) else None
    if isinstance(x, Instance) and library_base(x.cls) in ("keras.utils.PyDataset", "keras.utils.Sequence"):
        kind = "PyDataset"
    if kind is None or method == "predict":
        return False
    for name, meant in _MEANT.items():
        value = given.get(name, NONE)
        if is_none(value) or isinstance(value, Unknown):
            continue
        argument = "sample_weights" if name == "sample_weight" else name
        text = f"When providing `x` as a {kind}, `{argument}` should not be passed. Instead, {meant} should be included as part"
        facts = {"method": method, "argument": name, "dataset": kind}
        _report(run, "kind-beside", f"{text} of the {kind}.", subject, value, call, name, facts)
        return True
    return False


def _split_dataset(run: Run, subject: Value, given: Mapping[str, Value], call: Call) -> bool:
    """`validation_split` of data that comes batch by batch. Source: train_validation_split in
    keras/src/trainers/data_adapters/array_slicing.py, which is asked unless there is `validation_data`."""
    x = call.args[0] if call.args else call.keywords.get("x", NONE)
    part, span = given.get("validation_split", NONE), call.argument_span("validation_split")
    if not isinstance(part, Literal) or not isinstance(part.value, float) or not 0 < part.value < 1 or span is None:
        return False
    if not isinstance(x, (Dataset, Generated)) or not is_none(given.get("validation_data", NONE)):
        return False
    kind = "generator" if isinstance(x, Generated) else "tf.data.Dataset"
    text = "Argument `validation_split` is only supported for tensors or NumPy arrays.Found incompatible type in the input: "
    text += "[<class 'generator'>]" if isinstance(x, Generated) else "[...]"
    facts = {"method": "fit", "argument": "validation_split", "dataset": kind}
    _report(run, "kind-beside", text, subject, part, call, "validation_split", facts)
    return True


def _lists(run: Run, subject: Value, method: str, given: Mapping[str, Value], call: Call) -> bool:
    """Lists of numbers in place of arrays."""
    names = [name for name in ("x", "y", "sample_weight") if is_numbers(run, given.get(name, NONE))]
    if not names or any(isinstance(given.get(name), (Dataset, Unknown)) for name in ("x", "y")):
        return False
    x = given.get("x", NONE)
    kind = "tuple" if isinstance(x, Tuple) else "list"
    text = f"{_printed(plain(run, x))} (of type <class '{kind}'>)"
    if "x" not in names:
        text = "[...] (of type <class 'numpy.ndarray'>)"
    facts = {"method": method, "lists": tuple(names)}
    _report(run, "kind-list", f"Unrecognized data type: x={text}", subject, given[names[0]], call, names[0], facts)
    return True


def _printed(value: Any) -> str:
    """A list as Python prints it, cut short where it is long or not known."""
    parts, todo = 0, [value]
    while todo:
        item = todo.pop()
        parts += 1
        if isinstance(item, (list, tuple)):
            todo += item
        elif not isinstance(item, (int, float)):
            return "[...]"
    return str(value) if parts < 100 else "[...]"


def is_numbers(run: Run, value: Value) -> bool:
    """Whether a value is a Python list of numbers, or of lists of them, and not of arrays."""
    for _ in range(8):
        if isinstance(value, ListRef) and run.store.read(value, NUMBERS) is not MISSING:
            return True
        items = items_of(run, value) if isinstance(value, (ListRef, Tuple)) else None
        if not items:
            return False
        value = items[0]
        if isinstance(value, Literal):
            return isinstance(value.value, (int, float))
    return False


def _report(
    run: Run, kind: str, message: str, subject: Value, value: Value, call: Call, name: str, facts: dict[str, Any]
) -> None:
    spans = {key: argument_span(call, key) for key in {"x", "y", "sample_weight", name}}
    facts = {**facts, "spans": spans}
    trail = tuple(run.call_stack)
    run.report(Mismatch(kind, message, call.span(), subject, value, spans[name], facts, trail))
