"""Layers inside layers, as the rules of wrappers see them. Source: `Inner` in knowledge/rule.py."""

from __future__ import annotations

import inspect
from typing import Any

from shapewright.interpreter.arguments import CONVERTERS, plain
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import compute_layer, given_inputs
from shapewright.interpreter.model_state import is_layer
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.weights import weights_of
from shapewright.knowledge.registry import Rule
from shapewright.knowledge.rule import Applied, Inner, NotKnown
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, ListRef, Tuple, Value


class WrappedLayer:
    """A layer of Keras."""

    def __init__(self, run: Run, layer: LayerRef) -> None:
        self._run = run
        self._layer = layer

    @property
    def class_name(self) -> str:
        return self._layer.class_name

    def argument(self, name: str) -> Any:
        if name in self._layer.config:
            return plain(self._run, self._layer.config[name])
        default = next((p.default for p in self._layer.rule.arguments if p.name == name), UNKNOWN)
        return UNKNOWN if default is inspect.Parameter.empty else default

    def wrapped(self, name: str) -> list[Inner]:
        return _wrapped_list(self._run, self._layer.config.get(name, UNKNOWN))

    def apply(self, shape: Shape, dtype: str | None = None) -> Applied:
        rule: Rule = self._layer.rule
        given = given_inputs(self._run, rule, Tensor(shape, dtype))
        if rule.spec is not None:
            rule.spec.check(shape)
        return compute_layer(self._run, self._layer, given)


class WrappedCallable:
    """A model, or a layer of the program: what it gives is known by calling it."""

    def __init__(self, run: Run, value: Value) -> None:
        self._run = run
        self._value = value

    class_name = ""

    def argument(self, name: str) -> Any:
        return UNKNOWN

    def wrapped(self, name: str) -> list[Inner]:
        raise NotKnown(name)

    def apply(self, shape: Shape, dtype: str | None = None) -> Applied:
        run = self._run
        frame = Frame(run.memory.module, getattr(self._value, "chunk", None), depth=len(run.call_stack))
        output = run.call(self._value, Call([Tensor(shape, dtype, Library.TENSORFLOW)], {}), frame)
        weights = weights_of(run, self._value)
        if not isinstance(output, Tensor) or output.shape is None or weights is None:
            raise NotKnown("one output")
        return Applied(output.shape, *weights, dtype=output.dtype)


def _wrapped(run: Run, value: Value) -> Inner:
    if isinstance(value, LayerRef):
        return WrappedLayer(run, value)
    if not is_layer(value):
        raise NotKnown("a layer")
    return WrappedCallable(run, value)


def _wrapped_list(run: Run, value: Value) -> list[Inner]:
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else [value]
    return [_wrapped(run, item) for item in items or ()]


CONVERTERS[Inner] = _wrapped
CONVERTERS[list[Inner]] = _wrapped_list
