"""A plan, rebuilt step by step with the user's Keras, without memory for weights (docs/validation.md)."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Iterable
from typing import Any

from .library import Library
from .names import BadName, Names, NotHere
from .values import Arguments, BadPlan, described, is_out_of_memory, message_of

VERSION = 1
MOST_STEPS = 200_000
OPERATORS = frozenset(
    """add sub mul truediv floordiv mod pow matmul neg pos abs eq ne lt le gt ge getitem and_ or_ xor invert""".split()
)


class _Missing(Exception):
    """A step needs what an earlier step did not give, or what is not done in a plan."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


class PlanBuilder:
    """Builds one plan. What a step gives is kept for the steps after it, and described in the results."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.names = Names(library)
        self.arguments = Arguments(self.names, self._result_of)
        self.given: list[Any] = []  # by step; meaningless where `results` says error or skipped
        self.results: list[dict[str, Any]] = []
        self.half_built: dict[int, int] = {}  # id of a layer whose first call raised -> the step of that call
        self.kinds: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "input": self._input,
            "given": self._given,
            "layer": self._layer,
            "object": self._object,
            "call": self._call,
            "op": self._op,
            "operator": self._operator,
            "item": self._item,
            "model": self._model,
            "sequential": self._sequential,
            "application": self._application,
        }

    def build(self, plan: Any) -> dict[str, dict[str, Any]]:
        """
        Raises:
            BadPlan: The plan is not one; nothing that it says can be relied on.
        """
        for step in self._checked(plan):
            self.given.append(None)
            try:
                result = self.kinds[step["do"]](step)
            except BadPlan:
                raise
            except _Missing as missing:
                result = {"skipped": missing.step}
            except NotHere:
                result = {"skipped": len(self.results)}
            except KeyError as error:
                raise BadPlan(f"step {len(self.results)}: {error} is missing") from None
            self.results.append(result)
        self._describe_at_the_end()
        return {str(step): result for step, result in enumerate(self.results)}

    def _checked(self, plan: Any) -> Iterable[dict[str, Any]]:
        if not isinstance(plan, dict) or plan.get("version") != VERSION:
            raise BadPlan(f"a plan of version {VERSION} is expected")
        steps = plan.get("steps")
        if not isinstance(steps, list) or len(steps) > MOST_STEPS:
            raise BadPlan(f"steps: a list of at most {MOST_STEPS:,} is expected")
        for number, step in enumerate(steps):
            if not isinstance(step, dict) or step.get("do") not in self.kinds:
                raise BadPlan(f"step {number}: not known")
        return steps

    # What the steps do. Each gives its result; what it made is in `given`.

    def _input(self, step: dict[str, Any]) -> dict[str, Any]:
        arguments = self.arguments.by_name(step["arguments"])
        return self._value(lambda: self.library.keras.Input(**arguments))

    def _given(self, step: dict[str, Any]) -> dict[str, Any]:
        shape, dtype = step["shape"], step["dtype"]
        if not isinstance(shape, list) or not isinstance(dtype, str):
            raise BadPlan("given: a shape and a dtype are expected")
        return self._value(lambda: self.library.tensor(shape, dtype))

    def _layer(self, step: dict[str, Any]) -> dict[str, Any]:
        return self._made(_allowed(self.names.layer, step["class"]), step["arguments"])

    def _object(self, step: dict[str, Any]) -> dict[str, Any]:
        return self._made(_allowed(self.names.object, step["class"]), step["arguments"])

    def _made(self, make: Any, arguments: Any) -> dict[str, Any]:
        converted = self.arguments.by_name(arguments)
        if isinstance(converted.get("vocabulary"), str):
            raise _Missing(len(self.results))  # the name of a file, which a plan does not read
        return self._attempt(lambda: make(**converted)) or {}

    def _call(self, step: dict[str, Any]) -> dict[str, Any]:
        callee = self.arguments.value(step["callee"])
        args = self.arguments.in_order(step.get("args", []))
        kwargs = self.arguments.by_name(step.get("kwargs", {}))
        if not isinstance(callee, self.library.keras.layers.Layer):
            raise BadPlan(f"step {len(self.results)}: what is called is no layer")
        if id(callee) in self.half_built:
            raise _Missing(self.half_built[id(callee)])
        built = callee.built
        layers = list(getattr(callee, "layers", ())) if isinstance(callee, self.library.keras.Sequential) else []
        calls = [_times_called(layer) for layer in layers]
        result = self._value(lambda: callee(*args, **kwargs))
        if "error" in result:
            if not built:
                self.half_built[id(callee)] = len(self.results)
                self._blame(result, layers, calls, args[0] if len(args) == 1 else None)
        return result

    def _op(self, step: dict[str, Any]) -> dict[str, Any]:
        function = _allowed(self.names.function, step["function"])
        args = self.arguments.in_order(step.get("args", []))
        kwargs = self.arguments.by_name(step.get("kwargs", {}))
        return self._value(lambda: function(*args, **kwargs))

    def _operator(self, step: dict[str, Any]) -> dict[str, Any]:
        if step["operator"] not in OPERATORS:
            raise BadPlan("no operator: {}".format(repr(step["operator"])[:100]))
        args = self.arguments.in_order(step["args"])
        return self._value(lambda: getattr(operator, step["operator"])(*args))

    def _item(self, step: dict[str, Any]) -> dict[str, Any]:
        whole, path = self.arguments.value(step["of"]), step["path"]
        if not isinstance(path, list) or not all(isinstance(key, (int, str)) for key in path):
            raise BadPlan("path: a list of numbers and names is expected")
        value = whole
        for key in path:
            if not isinstance(value, (tuple, list, dict)):
                raise BadPlan(f"step {len(self.results)}: {type(value).__name__} has no items")
            try:
                value = value[key]
            except (LookupError, TypeError) as error:
                return {"error": message_of(error)}
        return self._value(lambda: value)

    def _model(self, step: dict[str, Any]) -> dict[str, Any]:
        inputs, outputs = self.arguments.value(step["inputs"]), self.arguments.value(step["outputs"])
        name = self.arguments.value(step.get("name"))
        error = self._attempt(lambda: self.library.keras.Model(inputs=inputs, outputs=outputs, name=name))
        return error or self._ends(self.given[-1])

    def _application(self, step: dict[str, Any]) -> dict[str, Any]:
        make = _allowed(self.names.application, step["function"])
        arguments = self.arguments.by_name(step["arguments"])
        if arguments.get("weights") is not None:
            raise BadPlan("an application is built without the weights of anybody")
        arguments["weights"] = None
        return self._attempt(lambda: make(**arguments)) or self._ends(self.given[-1])

    def _sequential(self, step: dict[str, Any]) -> dict[str, Any]:
        layers = self.arguments.value(step["layers"])
        first = self.arguments.value(step.get("input"))
        if not isinstance(layers, list):
            raise BadPlan("layers: a list is expected")
        calls = [_times_called(layer) for layer in layers]
        name = self.arguments.value(step.get("name"))
        everything = layers if first is None else [first, *layers]
        result = self._attempt(lambda: self.library.keras.Sequential(everything, name=name))
        if result is not None:
            self._blame(result, layers, calls, first)
            return result
        return {**self._ends(self.given[-1]), "layers": [None] * len(layers)}

    # Helpers

    def _result_of(self, step: Any) -> Any:
        if not isinstance(step, int) or isinstance(step, bool) or not 0 <= step < len(self.results):
            raise BadPlan(f"no earlier step: {repr(step)[:100]}")
        if "error" in self.results[step] or "skipped" in self.results[step]:
            raise _Missing(step)
        return self.given[step]

    def _attempt(self, make: Callable[[], Any]) -> dict[str, Any] | None:
        """Makes something with Keras.

        Returns:
            The error, if Keras raised one.
        """
        try:
            self.given[-1] = make()
        except Exception as error:
            if is_out_of_memory(error):
                raise MemoryError(str(error)[:500]) from None
            # States that are made in a call are not, in this way; and what needs TensorFlow or PIL is no refusal without.
            if "in a stateless scope" in str(error) or isinstance(error, ImportError):
                raise _Missing(len(self.results)) from None
            return {"error": message_of(error)}
        return None

    def _value(self, make: Callable[[], Any]) -> dict[str, Any]:
        return self._attempt(make) or {"value": described(self.given[-1])}

    def _blame(self, result: dict[str, Any], layers: list[Any], calls: list[int], first: Any) -> None:
        """Which layer of a Sequential refused: the first one that has not been called once more than before.

        Where that is the very first, the error may also be about something else, such as two layers of one name: it is
        that layer's if it refuses the same tensor again.
        """
        for index, (layer, before) in enumerate(zip(layers, calls)):
            if _times_called(layer) <= before:
                if index > 0 or (first is not None and _raises(lambda: layers[0](first))):
                    result["layer"] = index
                return

    def _ends(self, model: Any) -> dict[str, Any]:
        """What goes into a model and what comes out, as far as that is settled."""
        return {"inputs": _described_end(model, "inputs"), "outputs": _described_end(model, "outputs")}

    def _describe_at_the_end(self) -> None:
        """The numbers of parameters, and what a Sequential became: the first call may have built it."""
        for result, value in zip(self.results, self.given):
            if "error" in result or "skipped" in result or not isinstance(value, self.library.keras.layers.Layer):
                continue
            if "value" in result:
                continue
            result["parameters"] = None if id(value) in self.half_built else _parameters(value)
            if "inputs" in result:
                result.update(self._ends(value))
            if "layers" in result:
                result["layers"] = _outputs_of_layers(value, len(result["layers"]))


def _raises(act: Callable[[], Any]) -> bool:
    try:
        act()
    except Exception:
        return True
    return False


def _allowed(find: Callable[[str], Any], name: Any) -> Any:
    try:
        return find(name)
    except BadName as error:
        raise BadPlan(f"a plan may not name {error}") from None


def _parameters(layer: Any) -> int | None:
    if not layer.built:
        return None
    try:
        return int(layer.count_params())
    except Exception:
        return None  # some layers say that they are built before they have any weights


def _described_end(model: Any, end: str) -> dict[str, Any] | None:
    try:
        value = getattr(model, end)
    except Exception:
        return None  # a Sequential that is not built
    return None if value is None or inspect.ismethod(value) else described(value)


def _times_called(layer: Any) -> int:
    return len(getattr(layer, "_inbound_nodes", ()))


def _outputs_of_layers(model: Any, count: int) -> list[Any]:
    """What each layer of a Sequential gave inside it (and not where it is used elsewhere)."""
    network = getattr(model, "_functional", None) or model  # Keras 3; Keras 2
    nodes = [node for nodes in getattr(network, "_nodes_by_depth", {}).values() for node in nodes]
    made = {id(getattr(node, "operation", None) or getattr(node, "layer", None)): node for node in nodes}
    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    outputs: list[Any] = []
    for layer in layers:
        node = made.get(id(layer))
        outputs.append(None if node is None else described(node.outputs))
    return outputs if len(outputs) == count else [None] * count
