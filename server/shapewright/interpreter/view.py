"""What a value looks like from outside: shapes, kind, dtype, parameters, read from the state after the last statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shapewright.interpreter.answers import Answer, Answers
from shapewright.interpreter.graph import Graph, graph_of
from shapewright.interpreter.layers import built_state
from shapewright.interpreter.memory import Memory
from shapewright.interpreter.model_state import model_input, model_layers, model_output
from shapewright.interpreter.naming import Names
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import MISSING, Location, Trace
from shapewright.interpreter.structures import flatten
from shapewright.interpreter.summary import Summary, summary_of
from shapewright.interpreter.targets import HAS_TARGETS
from shapewright.interpreter.weights import parameters
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import NONE, UNKNOWN, DictItems, DictRef, ListRef, Tuple, Value, str_of

Structure = Any
"""A `Shape`, `None` for an unknown rank, or a dict of those by position or name."""


class View:
    """Reads values against the final state of a run. Nothing it does is recorded anywhere."""

    def __init__(self, cells: Mapping[Location, Value]) -> None:
        self._run = Run(Memory())
        self._run.store.cells = dict(cells)
        self.answers: Answers | None = None  # those of real Keras, once it was asked

    @property
    def run(self) -> Run:
        """A run in which the state can be read."""
        return self._run

    def kind(self, value: Value) -> str:
        """The `kind` of the contract."""
        if isinstance(value, Tensor):
            return "array" if value.library is Library.NUMPY else "tensor"
        if isinstance(value, ShapeValue):
            return "shape"
        return "layer" if isinstance(value, LayerRef) else "model"

    def shape(self, value: Value) -> Shape | None:
        """The shape of a tensor or of a shape tuple."""
        answer = self._answer(value)
        if answer is not None:
            return answer.shape
        return value.shape if isinstance(value, (Tensor, ShapeValue)) else None

    def dtype(self, value: Value) -> str | None:
        """The dtype of a tensor."""
        answer = self._answer(value)
        if answer is not None and answer.dtype is not None:
            return answer.dtype
        return value.dtype if isinstance(value, Tensor) else None

    def _answer(self, value: Value) -> Answer | None:
        return self.answers.tensor(value) if self.answers is not None and isinstance(value, Tensor) else None

    def is_validated(self, value: Value) -> bool:
        """Whether what is shown of a value is what real Keras gave."""
        if self.answers is None:
            return False
        if isinstance(value, Tensor):
            return self._answer(value) is not None
        shown = [*self.tensors(self._input(value)), *self.tensors(self._output(value))]
        return bool(shown) and all(self._answer(tensor) is not None for tensor in shown)

    def shows(self, value: Value) -> bool:
        """Whether there is something certain to show."""
        if value is UNKNOWN:
            return False
        if isinstance(value, (Tensor, ShapeValue)):
            shape = self.shape(value)
            return shape is not None and not (isinstance(value, Tensor) and value.doubtful and _vague(shape))
        if isinstance(value, LayerRef):
            return self.outputs(value) is not None
        return self.outputs(value) is not None

    def inputs(self, value: Value) -> Structure:
        """The shape that a layer was called on, or a model's input; `None` before that is known."""
        found = self._input(value)
        return None if found is None else self.structure(found)

    def outputs(self, value: Value) -> Structure:
        """The shape that a layer gave, or a model's output; `None` before that is known."""
        found = self._output(value)
        return None if found is None else self.structure(found)

    def _input(self, value: Value) -> Value | None:
        if isinstance(value, LayerRef):
            calls = built_state(self._run, value).calls
            return calls[-1][0] if calls else None
        return model_input(self._run, value)

    def _output(self, value: Value) -> Value | None:
        if isinstance(value, LayerRef):
            calls = built_state(self._run, value).calls
            return calls[-1][1] if calls else None
        return model_output(self._run, value)

    def parameters(self, value: Value) -> int | None:
        """How many parameters a layer or model holds."""
        answered = None if self.answers is None else self.answers.parameters(value)
        return parameters(self._run, value) if answered is None else answered

    def layers(self, model: Value) -> list[Value] | None:
        """The layers of a model, its inputs left out."""
        return model_layers(self._run, model)

    def graph(self, model: Value) -> Graph:
        """The calls of layers that a model is made of. Raises `NoGraph` where they are not certain."""
        return graph_of(self._run, model)

    def summary(self, model: Value, names: Names) -> Summary:
        """What `model.summary()` tells. Raises `NoGraph` where the model's layers are not known."""
        return summary_of(self._run, names, model)

    def names(self, traces: Iterable[Trace]) -> Names:
        """The names of all that some traces made."""
        run = self._run
        return Names(lambda instance: run.store.cells.get((instance, "name"), NONE)).follow(traces)

    def has_targets(self, model: Value) -> bool:
        """Whether a model was given targets to compare its output with."""
        return self._run.store.read(model, HAS_TARGETS) is not MISSING

    def model_input(self, model: Value) -> Value:
        """The model's input tensor or structure of them."""
        return model_input(self._run, model)

    def tensors(self, value: Value | None) -> list[Tensor]:
        """The tensors in a tensor, tuple, list or dict, in order."""
        return [] if value is None else flatten(self._run, value)

    def structure(self, value: Value) -> Structure:
        """The shapes in a tensor, tuple, list or dict."""
        if isinstance(value, Tensor):
            return self.shape(value)
        if isinstance(value, ListRef):
            value = self._run.store.read(value, "items")
        if isinstance(value, Tuple):
            return {str(n): self.structure(item) for n, item in enumerate(value.items)}
        if isinstance(value, DictRef):
            state = self._run.store.read(value, "items")
            if isinstance(state, DictItems) and state.complete:
                return {str_of(key) or "?": self.structure(item) for key, item in state.items}
        return None

    def key(self, value: Value) -> Any:
        """Equal for values that look the same."""
        if value is UNKNOWN:
            return None
        if isinstance(value, (Tensor, ShapeValue)):
            shape = self.shape(value)
            return (self.kind(value), shape.sizes if shape is not None else None)
        return (self.kind(value), str(self.outputs(value)))


def _vague(shape: Shape) -> bool:
    return any(isinstance(size, str) for size in shape.sizes)
