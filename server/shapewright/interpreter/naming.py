"""The names that Keras gives: a class in snake case, with a number when there was one of that name before.

Layers, models, inputs and operations count together, in the order they are made. What is made without being seen counts, too:
the functional model inside of a Sequential one, the layers inside of others. Where a program may or may not have made
something, later names of that kind are not known. Source: auto_name in keras/src/utils/naming.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from shapewright.interpreter.classes import keras_base
from shapewright.interpreter.events import RESET, Copied, Lost, Nameless, Rebuilt
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.store import MAYBE, Trace
from shapewright.knowledge.keras.ops.classes import operation_class
from shapewright.knowledge.names import snake_case
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Choice, History, Operation
from shapewright.values.value import NONE, UNKNOWN, Literal, Value, is_none, str_of

_INSIDE = {
    "TextVectorization": ("StringLookup",),
    "MultiHeadAttention": ("Softmax", "Dropout"),
    "GroupQueryAttention": ("Softmax", "Dropout"),
}
"""Layers that others make without a name: the first when they are made, attention when it is built."""
_WITH_MASKS = ("concatenate", "any", "all", "expand_dims", "logical_or", "logical_and", "not_equal", "ones_like", "reshape")
"""What merging layers and others may make of masks."""


class Names:
    """The names of everything that some traces made, and which call of a layer is which."""

    def __init__(self, given_name: Callable[[Instance], Value]) -> None:
        self._given_name = given_name
        self._counts: Counter[str] = Counter()
        self._vague: set[str] = set()  # names whose number is not known any more
        self._all_vague = False
        self._nameless: set[Value] = set()
        self._copies: set[Value] = set()
        self._masks = False
        self.likely: dict[Any, str] = {}
        self._certain: set[Any] = set()
        self._calls: defaultdict[Any, list[History]] = defaultdict(list)
        self._rebuilt: set[Value] = set()

    def of(self, made: object) -> str | None:
        """The name of a layer, model, input or operation; `None` where it is not certain."""
        return self.likely[made] if made in self._certain else None

    def is_copy(self, model: Value) -> bool:
        """Whether a model is a copy of another."""
        return model in self._copies

    def call(self, history: History) -> History:
        """The same for all tensors that one call of a layer gave."""
        calls = self._calls[history.producer]
        if history not in calls:  # not the first of several outputs
            alike = [call for call in calls if call.inputs is history.inputs]
            return alike[0] if len(alike) == 1 else history
        return history

    def call_number(self, history: History) -> int | None:
        """Which of the calls of its layer made a tensor, from 0; `None` where that is not certain."""
        if not isinstance(history.producer, Value):
            return 0
        calls, this = self._calls[history.producer], self.call(history)
        return calls.index(this) if this in calls and history.producer not in self._rebuilt else None

    def is_last_call(self, history: History) -> bool:
        """Whether a tensor was made by the last call of its layer."""
        calls = self._calls[history.producer]
        return not calls or calls[-1] is self.call(history)

    def follow(self, traces: Iterable[Trace]) -> Names:
        """Takes in what traces made, in their order."""
        for trace in traces:
            for item, perhaps in _items(trace, False):
                self._see(item, perhaps)
        return self

    def _see(self, item: Any, perhaps: bool) -> None:
        if item is RESET:
            self._counts.clear()
            self._vague.clear()
        elif isinstance(item, Rebuilt):
            self._rebuilt.update(item.layers)
            self._number("Functional", perhaps)
        elif isinstance(item, Lost):
            self._vague.add(snake_case(item.class_name))
            self._all_vague = self._all_vague or not item.class_name
        elif isinstance(item, Nameless):
            self._nameless.add(item.model)
        elif isinstance(item, Copied):
            self._copies.add(item.model)
            self.likely[item.model] = self.likely.get(item.of, "")
            self._certain |= {item.model} if item.of in self._certain else set()
        elif isinstance(item, History):
            self._call(item, perhaps)
        elif isinstance(item, LayerRef):
            self._name(item, item.class_name, item.config.get("name"), item.name, perhaps)
            if item.class_name == "TextVectorization":
                self._inside(item, perhaps)
        elif isinstance(item, (ModelRef, SequentialRef)):
            kind = "Functional" if isinstance(item, ModelRef) else "Sequential"
            given = UNKNOWN if item in self._nameless else None
            self._name(item, kind, given, item.name, perhaps)
        elif isinstance(item, Instance) and keras_base(item.cls) is not None:
            value = self._given_name(item)
            name = value.value if isinstance(value, Literal) and isinstance(value.value, str) else None
            self._name(item, item.cls.node.name, value, name, perhaps)

    def _call(self, history: History, perhaps: bool) -> None:
        producer = history.producer
        first = not self._calls[producer]
        self._calls[producer].append(history)
        if isinstance(producer, InputSource):
            given = producer.given.get("name")
            if str_of(given or NONE) is not None:
                given = None  # a name that is not the input's own is that of the layer which declares it
            self._name(producer, "InputLayer", given, producer.name, perhaps)
        elif isinstance(producer, Operation) and not isinstance(producer, Choice):
            kind = operation_class(producer.name or "")
            if kind is not None:
                self._name(producer, kind, None, None, perhaps)
        elif isinstance(producer, LayerRef):
            if first and producer.class_name.endswith("Attention"):
                self._inside(producer, perhaps)
            masking = producer.config.get("mask_zero", Literal(producer.class_name == "Masking"))
            self._masks = self._masks or masking not in (Literal(False), NONE)
            if self._masks:
                self._vague.update(_WITH_MASKS)

    def _inside(self, layer: LayerRef, perhaps: bool) -> None:
        for kind in _INSIDE.get(layer.class_name, ()):
            self._number(kind, perhaps)

    def _name(self, made: Any, kind: str, given: Value | None, name: str | None, perhaps: bool) -> None:
        if made in self.likely:
            return
        if name is not None:
            self.likely[made] = name
            self._certain.add(made)
        elif given is None or is_none(given):
            self.likely[made] = self._number(kind, perhaps)
            if snake_case(kind) not in self._vague and not self._all_vague:
                self._certain.add(made)

    def _number(self, kind: str, perhaps: bool) -> str:
        base = snake_case(kind)
        number = self._counts[base]
        self._counts[base] += 1
        if perhaps:
            self._vague.add(base)
        return f"{base}_{number}" if number else base


def _items(trace: Trace, perhaps: bool) -> Iterator[tuple[Any, bool]]:
    """What a trace and its calls made, and whether that may not have happened."""
    sequence = trace.sequence
    for number, item in enumerate(sequence):
        if item is MAYBE:
            continue
        maybe = perhaps or (number + 1 < len(sequence) and sequence[number + 1] is MAYBE)
        if isinstance(item, Trace):
            yield from _items(item, maybe)
        else:
            yield item, maybe
