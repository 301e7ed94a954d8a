"""`keras.applications`: the model of a known architecture, layer by layer, so that its shapes and parameters are Keras's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from shapewright.interpreter.arguments import CannotBind, bind, convert_all
from shapewright.interpreter.events import Lost
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.layers import apply_layer
from shapewright.interpreter.model_calls import apply_value
from shapewright.interpreter.models import make_sequential
from shapewright.interpreter.rule_calls import call_rule
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import flatten
from shapewright.knowledge.keras.applications import (
    NUMBERED_BY_HAND,
    correct_pad,
    default_name,
    divisible,
    pooling_name,
)
from shapewright.knowledge.keras.architectures import Network, architecture
from shapewright.knowledge.registry import FUNCTIONS, LAYERS, Rule
from shapewright.knowledge.rule import Applied, Given, NotKnown
from shapewright.tensors.shape import Shape
from shapewright.values.keras import InputLayerRef, LayerRef, ModelRef
from shapewright.values.tensor import History, Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, Tuple, Value, is_none, literal, str_of

APPLICATIONS = frozenset(
    n for n in FUNCTIONS if n.startswith("keras.applications.") and n.rsplit(".", 1)[-1][0].isupper()
)


MAX_UNNAMED = 4
"""Layers of one class without a name: more are made in another order than they come in the graph."""


def make_application(run: Run, name: str, call: Call) -> Value:
    """The model that an application builds; `UNKNOWN` where that is not certain."""
    rule = FUNCTIONS[name]
    try:
        arguments = bind(rule, call)
        positional, keywords = convert_all(run, rule, arguments)
        network = rule.give(*positional, **keywords)
        assert isinstance(network, Network)
        return _Builder(run, network, call.span(), name, arguments).model()
    except (NotKnown, CannotBind):
        run.store.note(Lost(""))
        return UNKNOWN


class _Builder:
    """Puts the layers of one network together."""

    def __init__(self, run: Run, network: Network, span: Any, function: str, config: Mapping[str, Value]) -> None:
        self._run, self._network, self._span = run, network, span
        self._function, self._config = function, config
        self._outputs: list[Value] = []
        self._layers: list[Value] = []

    def model(self) -> Value:
        run, network = self._run, self._network
        data = architecture(network.name)
        found_before = len(run.store.trace.mismatches)
        unnamed = Counter(kind for name, kind, *_ in data["layers"] if not name)
        for kind in [kind for kind, count in unnamed.items() if count > MAX_UNNAMED]:
            run.store.note(Lost(kind))
        for row in data["layers"]:
            self._add(*row)
        if network.include_top:
            for name, kind, arguments, inputs in data["top"]:
                self._add(name, kind, self._with_classes(arguments), inputs)
        else:
            if network.pooling is not None:
                kind = "GlobalAveragePooling2D" if network.pooling == "avg" else "GlobalMaxPooling2D"
                self._add(pooling_name(network), kind, {}, [len(self._outputs) - 1])
            for name, kind, arguments, _ in data["end"]:
                self._add(name, kind, arguments, [len(self._outputs) - 1])
        output, source = self._outputs[-1], self._source()
        if len(run.store.trace.mismatches) > found_before or not isinstance(output, Tensor):
            del run.store.trace.mismatches[found_before:]
            raise NotKnown("an input that the architecture takes")
        inputs = source if network.input is None else Tuple((source,))  # Keras makes a list of it then
        given = self._config.get("name", NONE)
        name = default_name(network) if is_none(given) else str_of(given)
        made = ModelRef(inputs, output, self._span, name, self._function, self._config)
        run.store.note(made)
        run.store.write(made, "layers", Tuple(tuple(self._layers)))
        return made

    def _source(self) -> Tensor:
        """The input of the model: that of the tensor it was put on, where one was given."""
        first = self._outputs[0]
        assert isinstance(first, Tensor)
        found = {id(t.history): t for t in _sources(self._run, first)}
        if len(found) != 1:
            raise NotKnown("one input")
        return next(iter(found.values()))

    def _with_classes(self, arguments: dict[str, Any]) -> dict[str, Any]:
        classes = self._network.classes
        return {
            key: classes
            if value == 1000
            else [classes if n == 1000 else n for n in value]
            if key == "target_shape"
            else value
            for key, value in arguments.items()
        }

    def _add(self, name: str, kind: str, arguments: dict[str, Any], inputs: list[Any]) -> None:
        name = name or NUMBERED_BY_HAND.get((self._network.name, kind), "")
        if kind == "InputLayer":
            self._outputs.append(self._input())
            return
        if self._left_out(kind, name):
            self._outputs.append(self._outputs[inputs[0]])
            return
        given = [self._given(value) for value in inputs]
        output = self._apply(name, kind, arguments, given)
        if kind == "Normalization" and self._network.rescaled:
            output = self._apply("", "Rescaling", {"scale": 1.0}, [output])
        self._outputs.append(output)

    def _left_out(self, kind: str, name: str) -> bool:
        """Whether a layer that prepares the images is left out: where that is asked for, and where the architecture
        prepares images of three channels alone."""
        if len(self._outputs) > 3 or not (kind in ("Rescaling", "Normalization") or "prestem" in name):
            return False
        of_three = kind != "Rescaling" and not self._network.name.startswith("EfficientNetB")
        return not self._network.preprocessing or (of_three and self._network.sample.sizes[2] != 3)

    def _input(self) -> Tensor:
        network = self._network
        if network.input is not None:
            found: Tensor = network.input
            if found.history is None or not found.is_symbolic:
                raise NotKnown("a Keras tensor")
            return found
        source = InputSource(self._span, {}, {})
        made = Tensor(Shape((None, *network.sample)), "float32", Library.KERAS, History(source, None, self._span))
        self._run.store.note(made.history)
        self._layers.append(InputLayerRef(made))
        return made

    def _given(self, value: Any) -> Value:
        if isinstance(value, list):
            return Tuple(tuple(self._outputs[n] for n in value))
        return self._outputs[value] if isinstance(value, int) else literal(value["value"])

    def _apply(self, name: str, kind: str, arguments: dict[str, Any], given: list[Value]) -> Value:
        run = self._run
        if kind in ("Add", "Multiply") and len(given) == 2:
            return call_rule(run, FUNCTIONS[f"keras.ops.{kind.lower()}"], Call(given, {}))
        layer = (
            self._sequential(name, arguments) if kind == "Sequential" else self._layer(name, kind, arguments, given[0])
        )
        self._layers.append(layer)
        if isinstance(layer, LayerRef):
            run.store.note(layer)
            return apply_layer(run, layer, given[0], self._span, None)
        return apply_value(run, layer, given[0], self._span, None)

    def _layer(self, name: str, kind: str, arguments: dict[str, Any], given: Value) -> LayerRef:
        rule = LAYERS.get(f"keras.layers.{kind}")
        if rule is None:
            rule = _keeping(kind, [Shape(shape) for shape in arguments.get("weights", ())], isinstance(given, Tuple))
            arguments = {}
        elif "correct_pad" in arguments:
            assert isinstance(given, Tensor)
            arguments = {"padding": correct_pad(Given(given), arguments["correct_pad"])}
        if self._network.alpha != 1 and kind == "Conv2D" and name != "conv_preds":
            arguments = {**arguments, "filters": self._scaled(name, arguments["filters"], given)}
        config = {key: _value(value) for key, value in arguments.items()}
        return LayerRef(rule.name, rule, config, {}, self._span, name or None)

    def _scaled(self, name: str, filters: int, given: Value) -> int:
        """How many filters a convolution of a MobileNet has for another `alpha`.

        Source: keras/src/applications/mobilenet.py, mobilenet_v2.py.
        """
        alpha = self._network.alpha
        if self._network.name == "MobileNet":
            return int(filters * alpha)
        if name.endswith("_expand"):
            channels = given.shape[-1].size if isinstance(given, Tensor) and given.shape else None
            if not isinstance(channels, int):
                raise NotKnown("channels")
            return 6 * channels
        if name == "Conv_1":
            return divisible(filters * alpha) if alpha > 1 else filters
        return divisible(filters * alpha if name == "Conv1" else int(filters * alpha))

    def _sequential(self, name: str, arguments: dict[str, Any]) -> Value:
        layers = [self._layer(inner, kind, config, UNKNOWN) for inner, kind, config in arguments["layers"]]
        return make_sequential(self._run, Call([Tuple(tuple(layers))], {"name": literal(name)}))


def _keeping(kind: str, weights: list[Shape], several: bool) -> Rule:
    """The rule of an architecture's own layer, all of which keep the shape of their first input."""

    def kept(x: Given) -> Applied:
        return Applied(x.shape, weights)

    def kept_first(x: list[Given]) -> Applied:
        return Applied(x[0].shape, weights)

    return Rule(f"keras.layers.{kind}", kept_first if several else kept)


def _value(data: Any) -> Value:
    """JSON as a value."""
    if isinstance(data, (list, tuple)):
        return Tuple(tuple(_value(item) for item in data))
    return literal(data)


def _sources(run: Run, tensor: Tensor) -> Iterator[Tensor]:
    """The inputs that a tensor is made from."""
    todo, seen = [tensor], set[int]()
    while todo:
        current = todo.pop()
        history = current.history
        if history is None or id(history) in seen:
            continue
        seen.add(id(history))
        if history.inputs is None:
            yield current
        else:
            todo += flatten(run, history.inputs)
