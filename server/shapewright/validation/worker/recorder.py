"""What shapes the places of a program had while it ran."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from .harmless import Harmless
from .instrument import Place
from .library import Library
from .values import described, is_tensor, sizes

MOST_SHAPES = 8
MOST_ITEMS = 16
KINDS = frozenset(["tensor", "array", "variable", "dataset", "layer", "model", "shape"])


class Recorder:
    """What an instrumented program calls: `see(place, value)`, and a few more around loops and assignments."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.seen: dict[int, dict[str, tuple[str, Any]]] = {}  # place -> text of a shape -> its kind and itself
        self.kinds: dict[type, str | None] = {}
        self.steps_of_training = 0
        self.loops: dict[int, int] = {}

    def __call__(self, place: int, value: Any) -> Any:
        kind = self.kind(value)
        if kind is not None:
            self._note(place, kind, value)
        return value

    # Around loops and assignments

    def unpacked(self, value: Any, pattern: tuple[Any, ...]) -> Any:
        """What stands in for a result of training can be unpacked in any way that is wanted."""
        if not isinstance(value, Harmless):
            return value
        return [value if part is None else self.unpacked(value, part) for part in pattern]

    def each_unpacked(self, values: Iterable[Any], pattern: tuple[Any, ...]) -> Iterator[Any]:
        for value in values:
            yield self.unpacked(value, pattern)

    def rounds(self, values: Any) -> Iterator[Any]:
        """The rounds of a `for` loop: after one that trained there is no other."""
        before = self.steps_of_training
        for value in values:
            yield value
            if self.steps_of_training != before:
                return

    def enter(self, loop: int) -> None:
        self.loops[loop] = self.steps_of_training

    def again(self, loop: int) -> bool:
        return self.loops.get(loop) == self.steps_of_training

    # Kinds of values

    def kind(self, value: Any) -> str | None:
        """What a value is, if it has a shape."""
        found = type(value)
        if found in (tuple, list, dict):
            return self._kind_of_parts(value)
        if found not in self.kinds:
            self.kinds[found] = self._kind_of_type(found)
        return self.kinds[found]

    def _kind_of_type(self, found: type) -> str | None:
        keras, tensorflow, numpy = self.library.keras, self.library.tensorflow, sys.modules.get("numpy")
        if issubclass(found, keras.layers.Layer):
            return "model" if issubclass(found, keras.Model) else "layer"
        if self.library.major >= 3:
            if issubclass(found, keras.KerasTensor):
                return "tensor"
            if issubclass(found, keras.Variable):
                return "variable"
        if numpy is not None and issubclass(found, numpy.ndarray):
            return "array"
        if tensorflow is None or self.library.backend != "tensorflow":
            return None  # other backends trace with made-up sizes in place of None
        if issubclass(found, tensorflow.Variable):
            return "variable"
        if issubclass(found, tensorflow.data.Dataset):
            return "dataset"
        if issubclass(found, tensorflow.TensorShape):
            return "shape"
        if issubclass(found, tensorflow.Tensor) or found.__name__ == "KerasTensor":
            return "tensor"
        return None

    def _kind_of_parts(self, value: Any) -> str | None:
        """A structure of tensors, or of arrays, has their kind."""
        if not 0 < len(value) <= MOST_ITEMS:
            return None
        kinds = {self.kind(item) for item in (value.values() if isinstance(value, dict) else value)}
        return kinds.pop() if len(kinds) == 1 and kinds <= {"tensor", "array"} else None

    def _note(self, place: int, kind: str, value: Any) -> None:
        try:
            shape = _shape(kind, value)
        except Exception:
            return  # a layer that has no input yet, a class with properties of its own
        if shape is None:
            return
        shapes = self.seen.setdefault(place, {})
        if len(shapes) < MOST_SHAPES:
            shapes.setdefault(json.dumps(shape), (kind, shape))

    def result(self, places: list[Place]) -> list[dict[str, Any]]:
        return [
            {
                "line": places[place].line,
                "column": places[place].column,
                "end_line": places[place].end_line,
                "end_column": places[place].end_column,
                "kind": next(iter(shapes.values()))[0],
                "shapes": [shape for _, shape in shapes.values()],
            }
            for place, shapes in sorted(itertools.islice(self.seen.items(), None))
            if len({kind for kind, _ in shapes.values()}) == 1
        ]


def _shape(kind: str, value: Any) -> Any:
    if kind == "dataset":
        return described(value.element_spec)
    if kind == "shape":
        return {"shape": sizes(value), "dtype": None}
    if kind in ("layer", "model"):
        ends = {end: _end(value, kind, end) for end in ("inputs", "outputs")}
        return ends if all(ends.values()) else None
    return described(value)


def _end(layer: Any, kind: str, end: str) -> Any:
    value = getattr(layer, end if kind == "model" else end[:-1])
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    parts = value if isinstance(value, (list, tuple)) else value.values() if isinstance(value, dict) else [value]
    return described(value) if all(is_tensor(part) for part in parts) else None
