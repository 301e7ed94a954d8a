"""From facts to a plan: the layers, calls and models of a program as data that real Keras can build again.

A plan holds nothing of the user's code: public names of Keras, literal arguments, and who is called on what. What cannot
be said so (the program's own layers, a `Lambda`, an argument that is not known) is left out, with all that comes of it.
The format is described in docs/validation.md.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from shapewright.interpreter.facts import Facts
from shapewright.interpreter.graph import call_key
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import built_state
from shapewright.interpreter.model_state import stack_of
from shapewright.knowledge.registry import FUNCTIONS, LAYERS
from shapewright.tensors.shape import Shape
from shapewright.values.keras import CallInputs, InputLayerRef, LayerRef, ModelRef, ObjectRef, SequentialRef, Stack
from shapewright.values.tensor import History, Operation, ShapeValue, Tensor
from shapewright.values.value import (
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Range,
    Slice,
    Tuple,
    Value,
    is_none,
    str_of,
)

VERSION = 1
MAX_STEPS = 5000
"""A plan has no more steps than this; what comes after them is not asked about."""
_USER_CODE = frozenset(["Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"])
"""Layers that run something of the user's."""
_ADAPTED = frozenset(["StringLookup", "IntegerLookup", "TextVectorization"])
"""Layers whose width is decided by `adapt`, unless they give indices."""
_MODULES = ("activations", "constraints", "initializers", "losses", "metrics", "regularizers")
_OPERATORS = frozenset(
    [
        *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "neg", "pos", "abs", "eq", "ne", "lt", "le"),
        *("gt", "ge", "getitem", "and_", "or_", "xor", "invert"),
    ]
)
_DTYPES = frozenset(
    [
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "bfloat16"),
        *("float32", "float64", "complex64", "complex128", "string"),
    ]
)
_DECLARED = ("input_shape", "input_dim", "batch_input_shape")


class _NotPlanned(Exception):
    """Something that a plan cannot say."""


@dataclass(frozen=True)
class Step:
    """One step: its data, and a key that is equal for steps that have the same result in every plan."""

    data: Mapping[str, Any]
    key: str


@dataclass(frozen=True)
class Plan:
    """Steps, and which values of the program they stand for.

    `calls` has the step of each call by `call_key`; `inner` those of layers in a Sequential model, with their place in it;
    `values` the steps of layers and models; `paths` where in the result of its call a tensor is; `places` the steps of the
    operations that stand at a place of the source.
    """

    steps: tuple[Step, ...]
    calls: Mapping[object, int] = field(default_factory=dict)
    inner: Mapping[object, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Value, int] = field(default_factory=dict)
    paths: Mapping[int, tuple[int | str, ...]] = field(default_factory=dict)
    places: Mapping[object, list[int]] = field(default_factory=dict)

    def without(self, known: Callable[[str], bool]) -> list[int]:
        """The numbers of the steps that have to be built, in order, when the results of some keys are known."""
        needed: set[int] = set()
        users = self._callers()
        todo = [n for n, step in enumerate(self.steps) if not known(step.key)]
        while todo:
            number = todo.pop()
            if number in needed:
                continue
            needed.add(number)
            before = references(self.steps[number].data)
            todo += before
            # What a layer gives depends on the calls that came before on the same layer.
            todo += [call for layer in before for call in users.get(layer, ()) if call < number]
        return sorted(needed)

    def _callers(self) -> dict[int, list[int]]:
        callers: dict[int, list[int]] = {}
        for number, step in enumerate(self.steps):
            for used in references(step.data):
                if self.steps[used].data["do"] == "layer":
                    callers.setdefault(used, []).append(number)
        return callers

    def as_json(self, numbers: Iterable[int] | None = None) -> dict[str, Any]:
        """The plan, or some of its steps, as the worker takes it. References count within these steps."""
        chosen = list(range(len(self.steps))) if numbers is None else list(numbers)
        renumbered: dict[int, int | str] = {number: place for place, number in enumerate(chosen)}
        steps = [_renumbered(self.steps[number].data, renumbered) for number in chosen]
        return {"version": VERSION, "steps": steps}


def references(data: Any) -> list[int]:
    """The steps that a step refers to."""
    if isinstance(data, dict):
        if data.keys() == {"ref"}:
            return [data["ref"]]
        return [n for value in data.values() for n in references(value)]
    return [n for value in data for n in references(value)] if isinstance(data, list) else []


def _renumbered(data: Any, numbers: Mapping[int, int | str]) -> Any:
    """The same with other references."""
    if isinstance(data, dict):
        if data.keys() == {"ref"}:
            return {"ref": numbers[data["ref"]]}
        return {key: _renumbered(value, numbers) for key, value in data.items()}
    return [_renumbered(value, numbers) for value in data] if isinstance(data, list) else data


def plan_of(facts: Facts) -> Plan:
    """The plan of a program: all of its symbolic tensors, layers and models that can be built again."""
    planner = _Planner(facts)
    for value in facts.symbolic_values():
        if len(planner.steps) >= MAX_STEPS:
            break
        planner.take(value)
    return planner.plan()


class _Planner:
    """Writes down steps, each behind those it refers to."""

    def __init__(self, facts: Facts) -> None:
        self._run = facts.view.run
        self.steps: list[dict[str, Any]] = []
        self._keys: list[str] = []
        self._states: list[str] = []  # what a step's result depends on by now: a layer's changes with each call
        self._calls: dict[object, int] = {}
        self._inner: dict[object, tuple[int, int]] = {}
        self._values: dict[Value, int] = {}
        self._paths: dict[int, tuple[int | str, ...]] = {}
        self._places_of: dict[object, list[int]] = {}
        self._items: dict[tuple[int, tuple[int | str, ...]], int] = {}
        self._left_out: set[object] = set()

    def take(self, value: Value) -> None:
        """Plans a value, if it can be."""
        with suppress(_NotPlanned):
            self._encode(value)

    def plan(self) -> Plan:
        """What was written down."""
        keys = [
            self._states[n] if step["do"] in ("layer", "model", "sequential", "application") else self._keys[n]
            for n, step in enumerate(self.steps)
        ]
        steps = tuple(Step(data, key) for data, key in zip(self.steps, keys, strict=True))
        return Plan(steps, self._calls, self._inner, self._values, self._paths, self._places_of)

    def _add(self, data: dict[str, Any]) -> int:
        used = references(data)
        # References are by what they stand for, not by number: an edit elsewhere does not change a key.
        text = json.dumps(_renumbered(data, {n: self._states[n] for n in used}), sort_keys=True)
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        self.steps.append(data)
        self._keys.append(key)
        self._states.append(key)
        return len(self.steps) - 1

    def _happened(self, layer: int, what: int, place: int = 0) -> None:
        """A call changes what later calls of the same layer give; in a Sequential model its place says which call it was."""
        joined = f"{self._states[layer]} {self._keys[what]} {place}"
        self._states[layer] = hashlib.sha256(joined.encode()).hexdigest()[:32]

    # -- values

    def _encode(self, value: Value) -> Any:
        if isinstance(value, Literal):
            return _literal(value.value)
        if isinstance(value, ShapeValue):
            return {"tuple": _sizes(value.shape)}
        if isinstance(value, Range):
            return {"tuple": list(range(value.start, value.stop, value.step)[:1000])}
        if isinstance(value, (Tuple, ListRef)):
            items = items_of(self._run, value)
            if items is None:
                raise _NotPlanned
            encoded = [self._encode(item) for item in items]
            return {"tuple": encoded} if isinstance(value, Tuple) else encoded
        if isinstance(value, DictRef):
            return {"dict": [[self._encode(key), self._encode(item)] for key, item in self._dict_items(value)]}
        if isinstance(value, Slice):
            return {"slice": [self._encode(part) for part in (value.start, value.stop, value.step)]}
        if isinstance(value, Api):
            return _name(value.name)
        if isinstance(value, Tensor):
            return self._tensor(value)
        return {"ref": self._ref(value)}

    def _dict_items(self, value: DictRef) -> tuple[tuple[Value, Value], ...]:
        state = self._run.store.read(value, "items")
        if not isinstance(state, DictItems) or not state.complete:
            raise _NotPlanned
        return state.items

    def _ref(self, value: Value) -> int:
        """The step that makes a layer, a model or an object."""
        if value in self._values:
            return self._values[value]
        makers: dict[type, Callable[[Any], int]] = {
            LayerRef: self._layer,
            ObjectRef: self._object,
            ModelRef: self._model,
            SequentialRef: self._sequential,
        }
        maker = makers.get(type(value))
        if maker is None or id(value) in self._left_out:
            raise _NotPlanned
        try:
            self._values[value] = maker(value)
        except _NotPlanned:
            self._left_out.add(id(value))
            raise
        return self._values[value]

    def _layer(self, layer: LayerRef) -> int:
        adapted = layer.class_name in _ADAPTED and str_of(layer.config.get("output_mode", Literal("int"))) != "int"
        known = layer.api.startswith("keras.") and LAYERS.get(layer.api) is layer.rule
        if layer.class_name in _USER_CODE or adapted or not known:
            raise _NotPlanned
        return self._add({"do": "layer", "class": layer.api, "arguments": self._arguments(layer.config)})

    def _object(self, value: ObjectRef) -> int:
        if value.api.split(".")[1:2][0] not in _MODULES or not value.api.startswith("keras."):
            raise _NotPlanned
        return self._add({"do": "object", "class": value.api, "arguments": self._arguments(value.config)})

    def _arguments(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._encode(value) for name, value in config.items()}

    def _model(self, model: ModelRef) -> int:
        if model.application is not None:
            config = {name: value for name, value in model.config.items() if name != "weights"}
            arguments = {**self._arguments(config), "weights": None}
            return self._add({"do": "application", "function": model.application, "arguments": arguments})
        data = {"inputs": self._encode(model.inputs), "outputs": self._encode(model.outputs), "name": model.name}
        return self._add({"do": "model", **data})

    def _sequential(self, model: SequentialRef) -> int:
        stack = stack_of(self._run, model)
        if not stack.certain:
            raise _NotPlanned
        source = stack.input.history.producer if stack.input is not None and stack.input.history is not None else None
        declared = isinstance(source, InputSource) and any(name in source.given for name in _DECLARED)
        first = None if stack.input is None or declared or _is_of_layer(stack) else self._tensor(stack.input)
        layers = [self._ref(layer) for layer in stack.layers]
        refs = [{"ref": n} for n in layers]
        number = self._add({"do": "sequential", "layers": refs, "input": first, "name": model.name})
        for place, layer in enumerate(layers):
            self._happened(layer, number, place)
        for place, output in enumerate(stack.outputs):
            for tensor, path in _leaves(self._run, output):
                if tensor.history is not None:
                    self._inner.setdefault(call_key(tensor.history), (number, place))
                    self._paths[id(tensor.history)] = path
        return number

    # -- tensors

    def _tensor(self, tensor: Tensor) -> dict[str, Any]:
        history = tensor.history
        if history is None:
            raise _NotPlanned  # an array: what is in it is not part of a plan
        key = call_key(history)
        if key in self._left_out:
            raise _NotPlanned
        try:
            if key not in self._calls:
                self._calls[key] = self._call(tensor, history)
            path = self._path(history)
            self._paths[id(history)] = path
        except _NotPlanned:
            self._left_out.add(key)
            raise
        number = self._calls[key]
        if path and (number, path) not in self._items:
            self._items[number, path] = self._add({"do": "item", "of": {"ref": number}, "path": list(path)})
        return {"ref": self._items[number, path] if path else number}

    def _call(self, tensor: Tensor, history: History) -> int:
        producer = history.producer
        if isinstance(producer, InputSource):
            return self._input(tensor, producer)
        if isinstance(producer, Operation):
            number = self._operation(producer, history.inputs)
            self._places_of.setdefault(history.node, []).append(number)
            return number
        if not isinstance(producer, Value) or history.inputs is None:
            raise _NotPlanned
        args, kwargs = self._called_with(history.inputs)
        if not references([args, kwargs]):
            raise _NotPlanned  # called on data
        callee = self._ref(producer)
        number = self._add({"do": "call", "callee": {"ref": callee}, "args": args, "kwargs": kwargs})
        self._happened(callee, number)
        return number

    def _called_with(self, inputs: Value) -> tuple[list[Any], dict[str, Any]]:
        if not isinstance(inputs, CallInputs):
            return [self._encode(inputs)], {}
        given = list(zip(inputs.names, inputs.items, strict=True))
        args = [self._encode(value) for name, value in given if name is None]
        return args, {name: self._encode(value) for name, value in given if name is not None}

    def _input(self, tensor: Tensor, source: InputSource) -> int:
        if tensor.shape is None or any(not is_none(source.given.get(key, Literal(None))) for key in ("sparse", "ragged")):
            raise _NotPlanned
        batch, *sample = _sizes(tensor.shape)
        arguments = {"shape": {"tuple": sample}, "batch_size": batch, "dtype": tensor.dtype, "name": source.name}
        return self._add({"do": "input", "arguments": {k: v for k, v in arguments.items() if v is not None}})

    def _operation(self, operation: Operation, inputs: Value | None) -> int:
        library, _, function = (operation.name or "").rpartition(".")
        values = list(inputs.items) if isinstance(inputs, Tuple) else [] if inputs is None else [inputs]
        values += operation.more
        if library == "operator" and function in _OPERATORS:
            return self._add({"do": "operator", "operator": function, "args": [self._encode(v) for v in values]})
        if not library.startswith(("keras.ops", "keras.activations")):
            raise _NotPlanned
        named = len(values) - len(operation.keywords)
        args = [self._encode(value) for value in values[:named]]
        kwargs = {name: self._encode(v) for name, v in zip(operation.keywords, values[named:], strict=True)}
        return self._add({"do": "op", "function": operation.name, "args": args, "kwargs": kwargs})

    def _path(self, history: History) -> tuple[int | str, ...]:
        """Where a tensor is in what its call gave."""
        producer = history.producer
        given: list[Value] = []
        if isinstance(producer, LayerRef):
            given = [output for _, output in built_state(self._run, producer).calls]
        elif isinstance(producer, ModelRef):
            given = [producer.outputs]
        elif isinstance(producer, SequentialRef):
            given = list(stack_of(self._run, producer).outputs[-1:])
        elif isinstance(producer, Operation):
            return (history.index,) if producer.several else ()
        found = [path for output in given for path in self._places(output)[history.index : history.index + 1]]
        if found:
            return found[0]
        if history.index:
            raise _NotPlanned
        return ()

    def _places(self, output: Value) -> list[tuple[int | str, ...]]:
        return [path for _, path in _leaves(self._run, output)]


def _is_of_layer(stack: Stack) -> bool:
    """Whether the first layer is a model that has an input itself."""
    return bool(stack.layers) and isinstance(stack.layers[0], (ModelRef, SequentialRef, InputLayerRef))


def _leaves(run: Any, value: Value) -> list[tuple[Tensor, tuple[int | str, ...]]]:
    """The tensors in a structure and where they are in it."""
    if isinstance(value, Tensor):
        return [(value, ())]
    if isinstance(value, (Tuple, ListRef)):
        items = items_of(run, value) or ()
        return [(t, (n, *path)) for n, item in enumerate(items) for t, path in _leaves(run, item)]
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        pairs = state.items if isinstance(state, DictItems) else ()
        return [(t, (name, *path)) for key, item in pairs if (name := str_of(key)) for t, path in _leaves(run, item)]
    return []


def _sizes(shape: Shape) -> list[int | None]:
    sizes = []
    for size in shape.sizes:
        if size is not None and not isinstance(size, int):
            raise _NotPlanned  # a size that has a name only
        sizes.append(size)
    return sizes


def _literal(value: Any) -> Any:
    if value is ...:
        return {"ellipsis": True}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise _NotPlanned


def _name(name: str) -> Any:
    """A public name of Keras; dtypes by their own, functions of `tf.nn` as the activations of the same name."""
    library, _, last = name.rpartition(".")
    if library == "tensorflow" and last in _DTYPES:
        return last
    if library == "tensorflow.nn" and f"keras.activations.{last}" in FUNCTIONS:
        return {"name": f"keras.activations.{last}"}
    if library in {f"keras.{module}" for module in _MODULES}:
        return {"name": name}
    raise _NotPlanned
