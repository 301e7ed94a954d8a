"""The graph of a functional or Sequential model: its calls of layers, from the inputs to the outputs."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.layers import built_state
from shapewright.interpreter.model_state import is_layer, model_output, stack_of
from shapewright.interpreter.run import Run
from shapewright.interpreter.structures import flatten, leaves
from shapewright.interpreter.weights import parameters
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Choice, History, Operation, Tensor
from shapewright.values.value import UNKNOWN, Value

MAX_NODES = 5000
"""Larger graphs are not drawn."""


class NoGraph(Exception):
    """Why a model's graph is not known."""


@dataclass(frozen=True)
class Node:
    """One call of a layer, or an input. `kind` is `input`, `layer`, `model` or `operation`; `span` is the call, `name` what
    the program named the layer, `shapes` are those of what came out, `None` where a rank is not known."""

    kind: str
    class_name: str
    name: str | None
    span: object
    shapes: tuple[Shape | None, ...]
    parameters: int | None


@dataclass(frozen=True)
class Graph:
    """Nodes, each behind those it takes its inputs from, and the edges between them by number."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int], ...]


def graph_of(run: Run, model: Value) -> Graph:
    """The graph of a model. Raises `NoGraph` where not all of it is certain."""
    if isinstance(model, SequentialRef):
        return _chain(run, model)
    if isinstance(model, ModelRef):
        return _graph(run, model)
    raise NoGraph("only functional and Sequential models have a graph that does not depend on what they are called with")


def _chain(run: Run, model: SequentialRef) -> Graph:
    stack = stack_of(run, model)
    if not stack.certain:
        raise NoGraph("not all of its layers are known")
    if not isinstance(stack.input, Tensor) or len(stack.outputs) != len(stack.layers):
        raise NoGraph("it has no shapes yet: nothing says what its input is")
    nodes = [_node(run, stack.input, (stack.input.shape,))]
    for layer, output in zip(stack.layers, stack.outputs, strict=True):
        outputs = flatten(run, output)
        if not outputs or any(value is UNKNOWN for value in leaves(run, output)):
            raise NoGraph("the output of one of its layers is not known")
        nodes.append(_layer_node(run, layer, getattr(layer, "node", None), tuple(t.shape for t in outputs)))
    return Graph(tuple(nodes), tuple((n, n + 1) for n in range(len(nodes) - 1)))


def _graph(run: Run, model: ModelRef) -> Graph:
    order: list[tuple[object, object]] = []
    outputs: dict[tuple[object, object], dict[int, Tensor]] = {}
    histories: dict[tuple[object, object], History] = {}
    before: dict[tuple[object, object], list[tuple[object, object]]] = {}
    inputs = {call_key(t.history) for t in flatten(run, model.inputs) if t.history is not None}
    todo = [(tensor, False) for tensor in reversed([*flatten(run, model.outputs), *flatten(run, model.inputs)])]
    if any(value is UNKNOWN for value in leaves(run, model_output(run, model))):
        raise NoGraph("one of its outputs is not known")
    while todo:
        tensor, done = todo.pop()
        history = tensor.history
        if history is None:
            raise NoGraph("it is not known where one of its tensors comes from")
        key = call_key(history)
        if done:
            order.append(key)
            continue
        outputs.setdefault(key, {})[history.index] = tensor
        if key in histories:
            continue
        histories[key] = history
        if len(histories) > MAX_NODES:
            raise NoGraph(f"it has more than {MAX_NODES} layers")
        todo.append((tensor, True))
        if isinstance(history.producer, Choice):
            raise NoGraph("which layers it has depends on something that is not known")
        given = [] if key in inputs or history.inputs is None else _given(run, history)
        before[key] = list(dict.fromkeys(call_key(t.history) for t in given if t.history is not None))
        todo += [(t, False) for t in reversed(given)]
    numbers = {key: number for number, key in enumerate(order)}
    nodes = tuple(_node(run, next(iter(outputs[key].values())), _shapes(run, key, outputs[key])) for key in order)
    return Graph(nodes, tuple((numbers[b], numbers[key]) for key in order for b in before[key]))


def call_key(history: History) -> tuple[object, object]:
    """The same for all outputs of one call."""
    return (id(history.producer), id(history if history.inputs is None else history.inputs))


def _shapes(run: Run, key: tuple[object, object], seen: dict[int, Tensor]) -> tuple[Shape | None, ...]:
    """The shapes of all outputs of a call, those that the graph does not use among them."""
    history = next(iter(seen.values())).history
    assert history is not None
    producer = history.producer
    if isinstance(producer, LayerRef):
        for _, output in built_state(run, producer).calls:
            made = flatten(run, output)
            if any(tensor.history is not None and call_key(tensor.history) == key for tensor in made):
                return tuple(tensor.shape for tensor in made)
    count = max(seen) + 1
    if isinstance(producer, (ModelRef, SequentialRef)):
        count = max(count, len(flatten(run, model_output(run, producer))))
    return tuple(seen[n].shape if n in seen else None for n in range(count))


def _given(run: Run, history: History) -> list[Tensor]:
    """The symbolic tensors that a call was given."""
    assert history.inputs is not None
    if not isinstance(history.producer, Operation) and any(v is UNKNOWN for v in leaves(run, history.inputs)):
        raise NoGraph("what one of its layers is called with is not known")
    return [tensor for tensor in flatten(run, history.inputs) if tensor.history is not None]


def _node(run: Run, tensor: Tensor, shapes: tuple[Shape | None, ...]) -> Node:
    history = tensor.history
    assert history is not None
    producer = history.producer
    if isinstance(producer, InputSource):
        return Node("input", "Input", producer.name, producer.span, shapes, 0)
    if isinstance(producer, Value) and (is_layer(producer) or isinstance(producer, Instance)):
        return _layer_node(run, producer, history.node, shapes)
    return Node("operation", "", None, history.node, shapes, 0)


def _layer_node(run: Run, layer: Value, span: object, shapes: tuple[Shape | None, ...]) -> Node:
    name = getattr(layer, "name", None)
    count = parameters(run, layer)
    if isinstance(layer, LayerRef):
        return Node("layer", layer.class_name, name, span, shapes, count)
    if isinstance(layer, Instance):
        return Node("layer", layer.cls.node.name, name, span, shapes, count)
    return Node("model", "Sequential" if isinstance(layer, SequentialRef) else "Functional", name, span, shapes, count)
