"""The examples in the docstrings of the rules, and what our analysis says of them.

A line `>>> {name}(keras.ops.ones((2, 3)))` in a rule's docstring is an example; `{name}` stands for each name that the
rule is registered under, and for methods for the part behind the dot. `keras`, `np`, `tf`, `Input`, `layers` and `ops` are there.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from shapewright.interpreter import engine
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.mismatch import Mismatch
from shapewright.knowledge.registry import FUNCTIONS, LAYERS, METHODS, OBJECTS, Rule
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import DictItems, DictRef, ListRef, Literal, Size, Tuple, Value
from shapewright.workspace.analysis import Buffer, with_deep_stack

from .run_examples import PRELUDE

SILENT = "silent"


@dataclass(frozen=True)
class Example:
    """One example of one rule."""

    rule: str
    text: str


def all_rules() -> dict[str, Rule]:
    """The rules of all tables by name."""
    assert engine.REGISTERED

    return {**LAYERS, **FUNCTIONS, **METHODS, **OBJECTS}


def examples_of(name: str, rule: Rule) -> list[Example]:
    """The examples that a rule's docstring gives, for one of its names."""
    lines = re.findall(r"^\s*>>> (.*)$", inspect.getdoc(rule.compute) or "", re.MULTILINE)
    called = name.rsplit(".", 1)[-1] if name in METHODS else re.sub("^tensorflow", "tf", re.sub("^numpy", "np", name))
    return [Example(name, line.replace("{name}", called)) for line in lines]


def analyse(examples: list[Example]) -> list[dict[str, Any]]:
    """What our analysis says of each example, in the form of run_examples.run."""
    return with_deep_stack(lambda: [answer for part in _parts(examples) for answer in _analyse_part(part)])


def _parts(examples: list[Example], size: int = 200) -> list[list[Example]]:
    return [examples[n : n + size] for n in range(0, len(examples), size)]


def _analyse_part(examples: list[Example]) -> list[dict[str, Any]]:
    lines = []
    for number, example in enumerate(examples):
        before, _, last = example.text.rpartition("; ")
        lines.append(f"{before}; e{number} = {last}" if before else f"e{number} = {last}")
    buffer = Buffer()
    facts = buffer.analyse(PRELUDE + "\n".join(lines) + "\n").facts
    refused: dict[int, Mismatch] = {}
    first = PRELUDE.count("\n")
    for mismatch in facts.mismatches:
        place = facts.source.place(mismatch.span)
        assert place is not None
        refused.setdefault(place.line - first, mismatch)
    frame = Frame(buffer._memory.module, facts.source.chunks[0])
    return [
        _answer(facts, frame.lookup(facts.view._run.store, f"e{number}"), refused.get(number))
        for number in range(len(examples))
    ]


def _answer(facts: Facts, value: Value, refused: Mismatch | None) -> dict[str, Any]:
    if refused is not None:
        return {"raised": refused.message}
    return {"value": describe(facts, value), "parameters": _parameters(facts, value)}


def describe(facts: Facts, value: Value) -> Any:
    """A value as data, as run_examples.describe does it."""
    store = facts.view._run.store
    if isinstance(value, Tensor):
        if value.shape is None:
            return SILENT
        kind = "array" if value.library is Library.NUMPY else "tensor"
        return {"shape": list(value.shape.sizes), "dtype": value.dtype, "kind": kind}
    if isinstance(value, ListRef):
        value = store.read(value, "items")
    if isinstance(value, Tuple):
        return [describe(facts, item) for item in value.items]
    if isinstance(value, DictRef):
        state = store.read(value, "items")
        if isinstance(state, DictItems):
            return {str(getattr(key, "value", "?")): describe(facts, item) for key, item in state.items}
    if isinstance(value, ShapeValue):
        return _sizes(value.shape)
    if isinstance(value, Size):
        return value.dim.size
    return value.value if isinstance(value, Literal) else SILENT


def _sizes(shape: Shape) -> list[Any]:
    return list(shape.sizes)


def _parameters(facts: Facts, value: Value) -> int | None:
    first = value.items[0] if isinstance(value, Tuple) and value.items else value
    producer = first.history.producer if isinstance(first, Tensor) and first.history is not None else None
    return facts.view.parameters(producer) if isinstance(producer, LayerRef) else None


def differences(ours: dict[str, Any], real: dict[str, Any]) -> str | None:
    """What is wrong with our answer; `None` where it is right. An answer that says nothing is wrong here, too."""
    if "raised" in real:
        if "raised" not in ours:
            return f"it raises {real['type']}: {real['raised'][:300]}, and we say {ours['value']}"
        return (
            None
            if same_text(ours["raised"], real["raised"])
            else f"we say {ours['raised']!r}, it says {real['raised']!r}"
        )
    if "raised" in ours:
        return f"we say that it raises {ours['raised']!r}, and it gives {real['value']}"
    found = _different(ours["value"], real["value"])
    if found is None and real["parameters"] is not None and ours["parameters"] != real["parameters"]:
        return f"{ours['parameters']} parameters, and it has {real['parameters']}"
    return found


def _different(ours: Any, real: Any) -> str | None:
    if isinstance(ours, list) and isinstance(real, list) and len(ours) == len(real):
        return next((d for a, b in zip(ours, real, strict=True) if (d := _different(a, b)) is not None), None)
    if isinstance(ours, dict) and isinstance(real, dict) and "shape" in ours and "shape" in real:
        same = ours["kind"] == real["kind"] and ours["dtype"] in (None, real["dtype"])
        if same and _same_sizes(ours["shape"], real["shape"]):
            return None
    elif isinstance(ours, dict) and isinstance(real, dict) and ours.keys() == real.keys():
        return next((d for key in ours if (d := _different(ours[key], real[key])) is not None), None)
    elif type(ours) is type(real) and ours == real and ours != SILENT:
        return None
    return f"we say {ours}, it gives {real}"


def _same_sizes(ours: list[Any], real: list[Any]) -> bool:
    """A size without a name says nothing."""
    return len(ours) == len(real) and all(a in (b, UNNAMED) for a, b in zip(ours, real, strict=True))


def same_text(ours: str | None, real: str) -> bool:
    """Whether two messages say the same; layers' names differ, and libraries add the arguments they were called with."""

    def plain(text: str) -> str:
        text = re.sub(r"Exception encountered when calling .*\n\n\x1b\[1m|\x1b\[\d*m", "", text)
        text = re.sub(r"layer ['\"]?[\w{}]+['\"]?", "layer L", text)
        return " ".join(text.split())

    return ours is not None and plain(ours) in plain(real)
