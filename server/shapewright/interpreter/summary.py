"""What `model.summary()` tells of a functional or Sequential model: its rows in Keras's order, and its weights.

Source: print_summary in keras/src/utils/summary_utils.py, map_graph in keras/src/ops/function.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from shapewright.interpreter.classes import keras_base
from shapewright.interpreter.graph import MAX_NODES, NoGraph, call_key
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.layers import built_state
from shapewright.interpreter.model_state import model_output, stack_of
from shapewright.interpreter.naming import Names
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.structures import flatten, leaves
from shapewright.interpreter.trainable import Count, trained_and_frozen
from shapewright.interpreter.weights import parameters
from shapewright.knowledge.keras.layers.built import BUILT_WHEN_MADE
from shapewright.knowledge.keras.ops.classes import operation_class
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.keras import CallInputs, InputLayerRef, LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Choice, History, Operation, Tensor
from shapewright.values.value import UNKNOWN, DictItems, DictRef, Tuple, Value, str_of

UNSURE = "it is not certain that its layers fit together; see `shapewright check`"


@dataclass(frozen=True)
class Connection:
    """Where an input of a layer comes from: whose output, of which of its calls, and which output of that."""

    name: str | None
    call: int | None
    output: int


@dataclass(frozen=True)
class Row:
    """One layer. What is `None` is not known; `shapes` is empty where there is no shape yet."""

    name: str | None
    class_name: str | None
    shapes: tuple[Shape | None, ...] | None
    parameters: int | None
    built: bool
    connections: tuple[Connection, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The rows of a model and its weights; `branches` says whether the column "Connected to" is shown."""

    name: str | None
    rows: tuple[Row, ...]
    branches: bool
    trained: Count
    frozen: Count


def summary_of(run: Run, names: Names, model: Value) -> Summary:
    """The summary of a model. Raises `NoGraph` where its layers are not known."""
    if isinstance(model, SequentialRef):
        rows, branches = _stacked(run, names, model), False
    elif isinstance(model, ModelRef) and names.is_copy(model):
        raise NoGraph("it is a copy, for which Keras makes other inputs and names")
    elif isinstance(model, ModelRef):
        rows, branches = _Functional(run, names, model).rows()
    else:
        raise NoGraph("only functional and Sequential models have one that does not depend on what they are called with")
    return Summary(names.of(model), tuple(rows), branches, *trained_and_frozen(run, model))


class _Calls(Names):
    """Tells calls apart where no names are wanted."""

    def __init__(self) -> None:
        super().__init__(lambda instance: UNKNOWN)
        self._first: dict[tuple[object, object], History] = {}

    def call(self, history: History) -> History:
        return self._first.setdefault(call_key(history), history)


def layers_in_order(run: Run, model: ModelRef) -> list[Value] | None:
    """What `model.layers` is; `None` where that is not certain."""
    try:
        return _Functional(run, _Calls(), model).layers()
    except NoGraph:
        return None


def _stacked(run: Run, names: Names, model: SequentialRef) -> list[Row]:
    stack = stack_of(run, model)
    if not stack.certain:
        raise NoGraph("not all of its layers are known")
    if any(value.doubtful for output in stack.outputs for value in leaves(run, output) if isinstance(value, Tensor)):
        raise NoGraph(UNSURE)
    rows = []
    for number, layer in enumerate(stack.layers):
        output = stack.outputs[number] if number < len(stack.outputs) else None
        shapes = _shapes_of_last_call(run, layer)
        if shapes is None:
            shapes = () if output is None else _shapes(run, output)
        rows.append(_row(run, names, layer, shapes))
    return rows


def _row(run: Run, names: Names, layer: Value, shapes: tuple[Shape | None, ...] | None) -> Row:
    count = parameters(run, layer)
    if count is None and isinstance(layer, LayerRef) and not built_state(run, layer).built:
        count = 0
    return Row(names.of(layer), _class_name(layer), shapes, count, _is_built(run, layer))


def _class_name(layer: object) -> str | None:
    if isinstance(layer, InputSource):
        return "InputLayer"
    if isinstance(layer, LayerRef):
        return layer.class_name
    if isinstance(layer, Operation):
        return operation_class(layer.name or "")
    if isinstance(layer, Instance):
        return layer.cls.node.name
    return "Functional" if isinstance(layer, ModelRef) else "Sequential"


def _is_built(run: Run, layer: Value) -> bool:
    if isinstance(layer, LayerRef):
        return built_state(run, layer).built or layer.class_name in BUILT_WHEN_MADE
    if isinstance(layer, SequentialRef):
        return stack_of(run, layer).input is not None
    if isinstance(layer, Instance):
        return run.store.read(layer, "built") is not MISSING
    return True


def _shapes_of_last_call(run: Run, layer: Value) -> tuple[Shape | None, ...] | None:
    """What came of the last symbolic call of a layer; `None` where that is not kept."""
    if not isinstance(layer, LayerRef):
        return None
    calls = built_state(run, layer).calls
    return _shapes(run, calls[-1][1]) if calls else None


def _shapes(run: Run, output: Value) -> tuple[Shape | None, ...] | None:
    found = leaves(run, output)
    if any(not isinstance(value, Tensor) for value in found):
        return None
    return tuple(value.shape for value in found if isinstance(value, Tensor))


_Node = History


class _Functional:
    """The graph of a functional model, in the order in which Keras goes through it."""

    def __init__(self, run: Run, names: Names, model: ModelRef) -> None:
        self._run, self._names = run, names
        self._inputs = self._tensors(model.inputs)
        self._outputs = self._tensors(model.outputs)
        if any(value is UNKNOWN for value in (*leaves(run, model.inputs), *leaves(run, model.outputs))):
            raise NoGraph("one of its inputs or outputs is not known")
        self._histories: dict[_Node, History] = {}
        self._given: dict[_Node, list[Tensor]] = {}
        self._made: defaultdict[_Node, dict[int, Tensor]] = defaultdict(dict)

    def rows(self) -> tuple[list[Row], bool]:
        """The rows, and whether the model has branches."""
        producers, depths = self._order()
        by_depth: defaultdict[int, list[_Node]] = defaultdict(list)
        for node, depth in depths.items():
            by_depth[depth].append(node)
        lined_up = all(len(nodes) == 1 and len(self._given[nodes[0]]) <= 1 for nodes in by_depth.values())
        by_producer: defaultdict[Any, list[_Node]] = defaultdict(list)
        for node in depths:
            by_producer[self._histories[node].producer].append(node)
        branches = not lined_up or any(len(nodes) > 1 for nodes in by_producer.values())
        return [self._row(made, by_producer[made], branches) for made in producers], branches

    def layers(self) -> list[Value]:
        """The layers that `model.layers` lists."""
        inputs = {self._histories[self._node(t)].producer: t for t in self._inputs}
        listed = [InputLayerRef(inputs[made]) if made in inputs else made for made in self._order()[0]]
        return [made for made in listed if isinstance(made, Value)]

    def _order(self) -> tuple[list[Any], dict[_Node, int]]:
        """What makes the tensors, in Keras's order, and how deep its nodes are."""
        order, index = self._traverse()
        depths, of_producer = self._depths(order)
        for tensor in self._inputs:
            node = self._node(tensor)
            producer = self._histories[node].producer
            if producer not in of_producer:
                of_producer[producer], depths[node], index[producer] = 0, 0, -1
        producers = sorted(of_producer, key=lambda made: (-of_producer[made], index[made]))
        return producers, depths

    def _traverse(self) -> tuple[list[_Node], dict[Any, int]]:
        """All nodes, each behind those it depends on, and the order in which their layers were met."""
        order: list[_Node] = []
        index: dict[Any, int] = {}
        done: set[_Node] = set()
        todo = [(tensor, False) for tensor in reversed(self._outputs)]
        while todo:
            tensor, finished = todo.pop()
            node = self._node(tensor)
            if finished:
                if node not in done:
                    done.add(node)
                    order.append(node)
                continue
            if node in done:
                continue
            producer = self._histories[node].producer
            if isinstance(producer, Choice):
                raise NoGraph("which layers it has depends on something that is not known")
            if len(self._histories) > MAX_NODES:
                raise NoGraph(f"it has more than {MAX_NODES} layers")
            index.setdefault(producer, len(index))
            todo.append((tensor, True))
            todo += [(given, False) for given in reversed(self._given[node])]
        for tensor in self._inputs:
            if not isinstance(self._histories[self._node(tensor)].producer, InputSource):
                raise NoGraph("it begins at a tensor inside of another model")
        return order, index

    def _depths(self, order: list[_Node]) -> tuple[dict[_Node, int], dict[Any, int]]:
        """How far each node, and each layer, is from the outputs."""
        depths: dict[_Node, int] = {}
        of_producer: dict[Any, int] = {}
        for node in reversed(order):
            producer = self._histories[node].producer
            depth = max(depths.setdefault(node, 0), of_producer.get(producer, 0))
            of_producer[producer] = depths[node] = depth
            for tensor in self._given[node]:
                before = self._node(tensor)
                depths[before] = max(depth + 1, depths.get(before, 0))
        return depths, of_producer

    def _node(self, tensor: Tensor) -> _Node:
        history = tensor.history
        if history is None:
            raise NoGraph("it is not known where one of its tensors comes from")
        node = self._names.call(history)
        if node not in self._histories:
            self._histories[node] = history
            self._given[node] = [] if history.inputs is None else self._call_tensors(history)
        if tensor.doubtful:
            raise NoGraph(UNSURE)
        self._made[node].setdefault(self._output_number(history), tensor)
        return node

    def _output_number(self, history: History) -> int:
        """Which of the outputs of a call a tensor is: those of a model that gives a dict are in the order of its keys."""
        producer = history.producer
        outputs = model_output(self._run, producer) if isinstance(producer, ModelRef) else None
        state = self._run.store.read(outputs, "items") if isinstance(outputs, DictRef) else None
        if not isinstance(state, DictItems) or history.index >= len(state.items):
            return history.index
        keys = [str_of(key) or "" for key, _ in state.items]
        return sorted(keys).index(keys[history.index])

    def _call_tensors(self, history: History) -> list[Tensor]:
        """The symbolic tensors that a call was given: by position, then by keyword in the order of the alphabet."""
        given = history.inputs
        assert given is not None
        if isinstance(given, CallInputs):
            pairs = sorted(zip(given.names, given.items, strict=True), key=lambda pair: pair[0] or "")
            given = Tuple(tuple(value for _, value in pairs))
        if not isinstance(history.producer, Operation) and any(v is UNKNOWN for v in leaves(self._run, given)):
            raise NoGraph("what one of its layers is called with is not known")
        return [tensor for tensor in self._tensors(given) if tensor.history is not None]

    def _tensors(self, value: Value) -> list[Tensor]:
        """The tensors in a structure, those of a dict in the order of its keys."""
        if isinstance(value, Tuple):
            return [tensor for item in value.items for tensor in self._tensors(item)]
        state = self._run.store.read(value, "items") if isinstance(value, DictRef) else None
        if isinstance(state, DictItems):
            pairs = sorted(state.items, key=lambda pair: str_of(pair[0]) or "")
            return [tensor for _, item in pairs for tensor in self._tensors(item)]
        return flatten(self._run, value)

    def _row(self, producer: Any, nodes: list[_Node], branches: bool) -> Row:
        shapes = self._last_shapes(producer, nodes)
        if isinstance(producer, InputSource):
            row = Row(self._names.of(producer), "InputLayer", shapes, 0, True)
        elif isinstance(producer, Operation):
            row = Row(self._names.of(producer), _class_name(producer), shapes, 0, True)
        else:
            row = _row(self._run, self._names, producer, shapes)
        connections = self._connections(nodes) if branches else ()
        return Row(row.name, row.class_name, row.shapes, row.parameters, row.built, connections)

    def _last_shapes(self, producer: Any, nodes: list[_Node]) -> tuple[Shape | None, ...] | None:
        """The shapes of what the last call gave, as Keras shows them for a layer that is called several times."""
        kept = _shapes_of_last_call(self._run, producer) if isinstance(producer, Value) else None
        if kept is not None:
            return kept
        last = next((n for n in nodes if self._names.is_last_call(self._histories[n])), None)
        if last is None:
            return None
        made = self._made[last]
        if isinstance(producer, (ModelRef, SequentialRef)):
            count = len(_model_outputs(self._run, producer))
            return tuple(made[n].shape if n in made else None for n in range(count))
        if isinstance(producer, Instance) and keras_base(producer.cls) is not None and len(made) > 1:
            return None  # how many there are besides is not kept
        return tuple(made[n].shape if n in made else None for n in range(max(made) + 1))

    def _connections(self, nodes: list[_Node]) -> tuple[Connection, ...]:
        calls = [(self._names.call_number(self._histories[node]), node) for node in nodes]
        calls.sort(key=lambda call: -1 if call[0] is None else call[0])
        found = []
        for _, node in calls:
            for tensor in self._given[node]:
                history = tensor.history
                assert history is not None
                name = self._names.of(history.producer)
                found.append(Connection(name, self._names.call_number(history), self._output_number(history)))
        return tuple(found)


def _model_outputs(run: Run, model: ModelRef | SequentialRef) -> list[Tensor]:
    return flatten(run, model_output(run, model))
