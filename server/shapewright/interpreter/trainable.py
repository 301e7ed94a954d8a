"""Which weights are trained: `layer.trainable = False`, and how many weights of each kind there are.

Source: Layer.trainable and Layer.trainable_variables in keras/src/layers/layer.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from shapewright.interpreter.iteration import ASSIGNED
from shapewright.interpreter.layers import DTYPE_POLICY, built_state
from shapewright.interpreter.model_state import is_layer, model_layers
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.weights import layers_of_instance
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import NONE, UNKNOWN, Api, Literal, Tuple, Unknown, Value, is_none, str_of

_SOMEWHERE = Api("keras.Layer.trainable")
"""Where it is written down that the trainable flag of some layer was set that is not known."""
_BYTES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}


@dataclass(frozen=True)
class Count:
    """A number of weights and their bytes, `None` where they are not known."""

    number: int | None = 0
    bytes: int | None = 0

    def __add__(self, other: Count) -> Count:
        return Count(_sum(self.number, other.number), _sum(self.bytes, other.bytes))


def _sum(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


LOST = Count(None, None)


def set_trainable(run: Run, owner: Value, value: Value) -> None:
    """`owner.trainable = value` sets it for all layers inside as well."""
    if isinstance(owner, Unknown):
        run.store.write(_SOMEWHERE, "set", Literal(True))
    elif is_layer(owner):
        run.store.write(owner, "trainable", value)
        inside = layers_of_instance(run, owner) if isinstance(owner, Instance) else model_layers(run, owner)
        for layer in inside or ():
            set_trainable(run, layer, value)


ASSIGNED["trainable"] = set_trainable


def trained_and_frozen(run: Run, model: Value) -> tuple[Count, Count]:
    """How many weights of a layer or model are trained and how many are not."""
    found = _counts(run, model, set())
    flag = trained_flag(run, model)
    return found if flag else (Count(), found[0] + found[1]) if flag is False else (LOST, LOST)


def _counts(run: Run, value: Value, seen: set[Value]) -> tuple[Count, Count]:
    """What the layers themselves say decides; a model that contains them does not count."""
    if value in seen:
        return Count(), Count()
    seen.add(value)
    trained = trained_flag(run, value)
    if isinstance(value, LayerRef):
        state = built_state(run, value)
        if not state.built:
            return Count(), Count()
        if not state.certain:
            return LOST, LOST
        return _split(_weigh(run, value, state.weights), _weigh(run, value, state.frozen), trained)
    total = _own_weights(run, value, trained) if isinstance(value, Instance) else (Count(), Count())
    inside = layers_of_instance(run, value) if isinstance(value, Instance) else model_layers(run, value)
    if inside is None:
        return LOST, LOST
    for layer in inside:
        found = _counts(run, layer, seen)
        total = total[0] + found[0], total[1] + found[1]
    return total


def _split(weights: Count, frozen: Count, trained: bool | None) -> tuple[Count, Count]:
    if trained is None and weights.number:
        return LOST, LOST
    return (weights, frozen) if trained else (Count(), weights + frozen)


def trained_flag(run: Run, value: Value) -> bool | None:
    """Whether a layer is trainable; `None` where that is not known."""
    if run.store.read(_SOMEWHERE, "set") is not MISSING:
        return None
    flag = run.store.read(value, "trainable")
    if flag is MISSING:
        flag = value.config.get("trainable", Literal(True)) if isinstance(value, LayerRef) else Literal(True)
    return flag.value if isinstance(flag, Literal) and isinstance(flag.value, bool) else None


def _weigh(run: Run, layer: LayerRef, shapes: Sequence[Shape]) -> Count:
    given = layer.config.get("dtype", NONE)
    dtype = "float32" if is_none(given) else str_of(given)
    plain = run.store.read(DTYPE_POLICY, "changed") is MISSING
    size = 4 if (dtype or "").startswith("mixed_") else _BYTES.get(dtype or "") if plain or not is_none(given) else None
    # Normalization counts the data that it was adapted to, in an integer of eight bytes
    more = 4 if layer.class_name == "Normalization" and any(shape.rank == 0 for shape in shapes) else 0
    return _count(shapes, size) + Count(0, more)


def _count(shapes: Sequence[Shape | None], size: int | None) -> Count:
    number = 0
    for shape in shapes:
        sizes: list[Any] = [] if shape is None else list(shape.sizes)
        if shape is None or not all(isinstance(n, int) for n in sizes):
            return LOST
        number += prod(sizes)
    return Count(number, None if size is None and number else number * (size or 0))


def _own_weights(run: Run, instance: Instance, trained: bool | None) -> tuple[Count, Count]:
    weights, flags = run.store.read(instance, "weights"), run.store.read(instance, "weights trained")
    total = Count(), Count()
    pairs = zip(weights.items, flags.items, strict=False) if isinstance(weights, Tuple) and isinstance(flags, Tuple) else ()
    for weight, flag in pairs:
        if not isinstance(weight, Tensor) or flag is UNKNOWN:
            return LOST, LOST
        count = _count([weight.shape], 4 if weight.dtype == "float32" else None)
        kept = flag == Literal(True)
        found = _split(count if kept else Count(), Count() if kept else count, trained)
        total = total[0] + found[0], total[1] + found[1]
    return total
