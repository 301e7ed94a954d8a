"""Keras models: Functional and Sequential, and what calling them and their methods gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapewright.interpreter.batches import batch_of, batch_sizes, data_arguments, rows
from shapewright.interpreter.classes import keras_base
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import InputSource, apply_layer, shape_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.structures import map_structure
from shapewright.interpreter.targets import compare_target, compile_model
from shapewright.knowledge.keras.models import accept
from shapewright.knowledge.rule import Refused
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.dataset import Dataset
from shapewright.values.keras import CallInputs, InputLayerRef, LayerRef, ModelRef, SequentialRef, Stack
from shapewright.values.tensor import History, Library, Operation, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    BoundApi,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Value,
    int_of,
    str_of,
)

DATA_METHODS = frozenset(["predict", "predict_on_batch", "fit", "evaluate", "train_on_batch", "test_on_batch"])
"""Methods whose first argument is data for the model's inputs."""


# -- making models


def make_model(run: Run, call: Call) -> Value:
    """`keras.Model(inputs, outputs)`."""
    given = dict(zip(("inputs", "outputs", "name"), call.args, strict=False)) | call.keywords
    inputs, outputs = given.get("inputs", UNKNOWN), given.get("outputs", UNKNOWN)
    if not call.complete or not flatten(run, inputs) or not flatten(run, outputs):
        return UNKNOWN
    model = ModelRef(_snapshot(run, inputs), _snapshot(run, outputs), call.span(), str_of(given.get("name", NONE)))
    run.store.trace.sequence.append(model)
    _check_connected(run, model, call)
    return model


def _check_connected(run: Run, model: ModelRef, call: Call) -> None:
    """Reports an output that cannot be computed from the inputs. Source: Function.__init__ in keras/src/ops/function.py."""
    inputs = {id(tensor.history) for tensor in flatten(run, model.inputs) if tensor.history is not None}
    outputs = flatten(run, model.outputs)
    for number, output in enumerate(outputs):
        missing = _other_sources(run, output, inputs)
        if missing and not output.doubtful:
            path = "" if len(outputs) == 1 else str(number)
            message = f"Output with path `{path}` is not connected to `inputs`"
            span = call.argument_span(0) or call.argument_span("inputs")
            facts = {"missing": tuple(missing), "output": output}
            run.report(
                Mismatch("disconnected", message, call.span(), model, output, span, facts, tuple(run.call_stack))
            )
            return


def _other_sources(run: Run, output: Tensor, inputs: set[int]) -> list[Tensor]:
    """The Inputs that a tensor is computed from and that are not among a model's inputs."""
    found: list[Tensor] = []
    todo, seen = [output], set(inputs)
    while todo:
        tensor = todo.pop()
        history = tensor.history
        if history is None or id(history) in seen:
            continue
        seen.add(id(history))
        if isinstance(history.producer, InputSource):
            found.append(tensor)
        elif history.inputs is not None:
            todo += flatten(run, history.inputs)
    return found


def _snapshot(run: Run, value: Value) -> Value:
    """A list as it is now: a model keeps the tensors it was made from."""
    return Tuple(tuple(items_of(run, value) or ())) if isinstance(value, ListRef) else value


def make_sequential(run: Run, call: Call) -> Value:
    """`keras.Sequential(layers)`."""
    given = dict(zip(("layers", "trainable", "name"), call.args, strict=False)) | call.keywords
    model = SequentialRef(call.span(), str_of(given.get("name", NONE)))
    run.store.trace.sequence.append(model)
    layers = given.get("layers", NONE)
    items = [] if layers == NONE or (isinstance(layers, Literal) and layers.value is None) else items_of(run, layers)
    run.store.write(model, "stack", Stack(certain=items is not None and call.complete))
    for item in items or ():
        add_layer(run, model, item)
    return model


def is_layer(value: Value) -> bool:
    """Whether Keras takes a value for a layer: layers, models, and instances of classes derived from them."""
    if isinstance(value, Instance):
        return keras_base(value.cls) is not None
    return isinstance(value, (LayerRef, ModelRef, SequentialRef))


def stack_of(run: Run, model: SequentialRef) -> Stack:
    """The layers of a Sequential model by now."""
    state = run.store.read(model, "stack")
    return state if isinstance(state, Stack) else Stack(certain=False)


def add_layer(run: Run, model: SequentialRef, layer: Value) -> None:
    """Puts a layer on top; once the input is known the model is built as far as it goes."""
    stack = stack_of(run, model)
    if isinstance(layer, InputLayerRef):
        layer = layer.output
    if isinstance(layer, Tensor) and layer.history is not None and isinstance(layer.history.producer, InputSource):
        run.store.write(model, "stack", Stack(stack.layers, layer, (), stack.certain))
        return
    if not is_layer(layer):
        run.store.write(model, "stack", Stack((*stack.layers, layer), stack.input, stack.outputs, certain=False))
        return
    first = stack.input
    if first is None and not stack.layers and stack.certain:
        first = _declared_input(run, layer)
    outputs = stack.outputs
    if first is not None and stack.certain:
        below = outputs[-1] if outputs else first
        span = getattr(layer, "node", None)
        outputs = (*outputs, apply_value(run, layer, below, span, None))
    run.store.write(model, "stack", Stack((*stack.layers, layer), first, outputs, stack.certain))


def _declared_input(run: Run, layer: Value) -> Tensor | None:
    """The input that a first layer declares by `input_shape=` or `input_dim=`, or that a model
    put first has."""
    if isinstance(layer, SequentialRef):
        return stack_of(run, layer).input
    if isinstance(layer, ModelRef):
        return layer.inputs if isinstance(layer.inputs, Tensor) else None
    if not isinstance(layer, LayerRef):
        return None
    for key in ("input_shape", "input_dim", "batch_input_shape"):
        value = layer.config.get(key)
        if value is None:
            continue
        if key == "batch_input_shape":
            whole = shape_of(run, value)
            source = InputSource(layer.node, {}, {})
            return None if whole is None else Tensor(whole, "float32", Library.KERAS, History(source, None, layer.node))
        sample = (
            Shape((number,)) if key == "input_dim" and (number := int_of(value)) is not None else shape_of(run, value)
        )
        if sample is None:
            return None
        shape = Shape((None, *sample))
        source = InputSource(layer.node, dict(layer.spans), dict(layer.config))
        return Tensor(shape, "float32", Library.KERAS, History(source, None, layer.node))
    return None


# -- what a model is


def model_input(run: Run, model: Value) -> Value:
    """The input tensor of a model, or its structure of inputs; `UNKNOWN` before it is built."""
    if isinstance(model, ModelRef):
        return model.inputs
    return (stack_of(run, model).input or UNKNOWN) if isinstance(model, SequentialRef) else UNKNOWN


def model_output(run: Run, model: Value) -> Value:
    """The output tensor of a model, or its structure of outputs."""
    if isinstance(model, ModelRef):
        return model.outputs
    if isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        if stack.certain and stack.input is not None and len(stack.outputs) == len(stack.layers):
            return stack.outputs[-1] if stack.outputs else stack.input
    return UNKNOWN


def model_layers(run: Run, model: Value) -> list[Value] | None:
    """The layers that `model.layers` lists, inputs left out; `None` where they are not all known."""
    if isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        return list(stack.layers) if stack.certain else None
    if not isinstance(model, ModelRef):
        return None
    found: dict[Value, None] = {}
    seen: set[int] = set()

    def visit(tensor: Tensor) -> None:
        todo: list[tuple[Tensor, bool]] = [(tensor, False)]
        while todo:
            current, done = todo.pop()
            history = current.history
            if history is None:
                continue
            if done:
                if isinstance(history.producer, Value) and is_layer(history.producer):
                    found.setdefault(history.producer)
                continue
            if id(history) in seen:
                continue
            seen.add(id(history))
            todo.append((current, True))
            if history.inputs is not None:
                todo += [(t, False) for t in reversed(flatten(run, history.inputs))]

    for output in flatten(run, model.outputs):
        visit(output)
    return list(found)


def flatten(run: Run, value: Value) -> list[Tensor]:
    """The tensors in a structure of tuples, lists and dicts, in order."""
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, (Tuple, ListRef)):
        return [t for item in items_of(run, value) or () for t in flatten(run, item)]
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return [t for _, item in state.items for t in flatten(run, item)] if isinstance(state, DictItems) else []
    return []


# -- calling models


def apply_value(run: Run, callable_: Value, inputs: Value, span: Any, input_span: Any, record: bool = True) -> Value:
    """Applies a layer or a model to an input."""
    if isinstance(callable_, LayerRef):
        return apply_layer(run, callable_, inputs, span, input_span, record)
    if isinstance(callable_, (ModelRef, SequentialRef)):
        return apply_model(run, callable_, inputs, span, input_span, "__call__")
    if isinstance(callable_, Instance):
        return run.call(callable_, Call([inputs], {}), Frame(run.memory.module, callable_.cls.chunk))
    return UNKNOWN


@callee(ModelRef, SequentialRef)
def call_model(run: Run, model: ModelRef | SequentialRef, call: Call, frame: Frame) -> Value:
    inputs = call.args[0] if call.args else call.keywords.get("inputs", UNKNOWN)
    span = call.argument_span(0) or call.argument_span("inputs")
    return apply_model(run, model, inputs, call.span(), span, "__call__")


def apply_model(
    run: Run,
    model: ModelRef | SequentialRef,
    inputs: Value,
    span: Any,
    input_span: Any,
    method: str,
    batch: Dim | None = None,
) -> Value:
    """The output of a model for data or for another model's tensor; with `batch`, for that many rows of the data."""
    if inputs is UNKNOWN and method in ("fit", "evaluate"):
        inputs = model_input(run, model)  # it fits, or Keras would refuse it
    from_dataset = isinstance(inputs, Dataset)
    if isinstance(inputs, Dataset):
        inputs = (
            inputs.element.items[0] if isinstance(inputs.element, Tuple) and inputs.element.items else inputs.element
        )
    declared = model_input(run, model)
    inputs = _only_item(run, inputs)
    if isinstance(inputs, Tensor) and isinstance(declared, Tensor):
        seen = _accepted(run, model, inputs, declared, span, input_span, method, from_dataset)
        if seen is None:
            return UNKNOWN
        inputs = seen
    if batch is not None and not from_dataset:
        inputs = map_structure(run, inputs, lambda leaf, _: batch_of(leaf, batch))
    found_before = len(run.store.trace.mismatches)
    if isinstance(model, SequentialRef):
        output = _through_stack(run, model, inputs, span, method)
    else:
        output = _through_graph(run, model, inputs)
    _blame_call(run, found_before, model, inputs, declared, span, input_span, method)
    return _as_output_of(model, output, inputs, span)


def _as_output_of(model: Value, output: Value, inputs: Value, span: Any, index: int = 0) -> Value:
    """A symbolic output is made by the model as a whole, not by the layers inside."""
    if isinstance(output, Tensor) and output.is_symbolic:
        history = History(model, inputs, span, index)
        return Tensor(output.shape, output.dtype, output.library, history, output.doubtful)
    if isinstance(output, Tuple):
        return Tuple(tuple(_as_output_of(model, item, inputs, span, n) for n, item in enumerate(output.items)))
    return output


def _only_item(run: Run, inputs: Value) -> Value:
    """A list of one input is that input. Source: Function.call in keras/src/ops/function.py flattens structures."""
    items = items_of(run, inputs) if isinstance(inputs, (Tuple, ListRef)) else None
    return items[0] if items is not None and len(items) == 1 and isinstance(items[0], Tensor) else inputs


def _blame_call(
    run: Run, since: int, model: Value, inputs: Value, declared: Value, span: Any, input_span: Any, method: str
) -> None:
    """What a layer inside refuses is a mistake of the call that brought the data, not of the model: one finding, there."""
    inside = run.store.trace.mismatches[since:]
    if inside:
        first: Mismatch = inside[0]
        facts = {**first.facts, "method": method, "declared": declared, "inside": first}
        blamed = Mismatch("data-inside", first.message, span, model, inputs, input_span, facts, tuple(run.call_stack))
        run.store.trace.mismatches[since:] = [blamed]


def _accepted(
    run: Run,
    model: ModelRef | SequentialRef,
    data: Tensor,
    declared: Tensor,
    span: Any,
    input_span: Any,
    method: str,
    from_dataset: bool = False,
) -> Tensor | None:
    """The data as the model's first layer sees it; `None` after a refusal."""
    if data.shape is None or declared.shape is None:
        return Tensor(None, data.dtype, data.library)
    made_by = "Cast" if from_dataset and data.dtype == "float64" else "data"
    text = f'Tensor("{made_by}:0", shape={data.shape}, dtype=float32)' if method != "__call__" else "data"
    source = declared.history.producer if declared.history is not None else None
    given = source.name if isinstance(source, InputSource) else None
    compared = isinstance(model, ModelRef) or data.is_symbolic
    try:
        shape = accept(data.shape, declared.shape, compared, given, text)
    except Refused as refused:
        if not data.doubtful and not any(t.doubtful for t in flatten(run, model_output(run, model))):
            facts = {**refused.facts, "method": method, "declared": declared, "dataset": from_dataset}
            trail = tuple(run.call_stack)
            message = refused.message
            if message is not None and isinstance(model, SequentialRef):
                message = message.replace("{layer}", "functional")  # the graph inside a Sequential model
            run.report(Mismatch(refused.kind, message, span, model, data, input_span, facts, trail))
        return None
    if shape.rank != data.shape.rank and method != "__call__" and not data.is_symbolic:
        _suspect_missing_batch(run, model, data, declared, span, input_span, method)
    library = data.library if data.is_symbolic else Library.TENSORFLOW
    dtype = "float32" if data.dtype is None or data.dtype.startswith("float") else data.dtype
    return Tensor(shape, dtype, library, data.history, data.doubtful)


def _suspect_missing_batch(
    run: Run, model: Value, data: Tensor, declared: Tensor, span: Any, input_span: Any, method: str
) -> None:
    """Data that looks exactly like one sample runs when Keras can add a trailing axis of size 1, as so many samples."""
    assert data.shape is not None and declared.shape is not None
    sample = declared.shape.dims[1:]
    alike = data.shape.rank == len(sample) and all(
        have.size == want.size and want.is_known for have, want in zip(data.shape, sample, strict=True)
    )
    if alike:
        facts = {"method": method, "declared": declared, "expected": declared.shape, "shape": data.shape}
        run.report(Mismatch("data-one-sample", None, span, model, data, input_span, facts, tuple(run.call_stack)))


def _through_stack(run: Run, model: SequentialRef, inputs: Value, span: Any, method: str) -> Value:
    stack = stack_of(run, model)
    if not stack.certain:
        return UNKNOWN
    value = inputs
    for layer in stack.layers:
        value = apply_value(run, layer, value, span, None, record=False)
    if stack.input is None and isinstance(inputs, Tensor) and inputs.shape is not None:
        _remember_build(run, model, stack, inputs, method)
    return value


def _remember_build(run: Run, model: SequentialRef, stack: Stack, inputs: Tensor, method: str) -> None:
    """A Sequential model without an input is built by the first data it is called on, the size of that batch included.

    How many samples `fit` and `predict` take at first depends on more than the shape of the data.
    """
    assert inputs.shape is not None
    if not inputs.shape.rank or inputs.doubtful:
        return
    whole = method == "__call__" or method.endswith("_on_batch")
    shape = inputs.shape if whole else inputs.shape.replace(0, UNNAMED)
    source = InputSource(None, {}, {})
    first = Tensor(shape, inputs.dtype, Library.KERAS, History(source, None, None))
    value: Value = first
    outputs = []
    for layer in stack.layers:
        value = apply_value(run, layer, value, None, None)
        outputs.append(value)
    run.store.write(model, "stack", Stack(stack.layers, first, tuple(outputs), stack.certain))


def _through_graph(run: Run, model: ModelRef, inputs: Value) -> Value:
    """The model's outputs with its inputs replaced: every node of the graph is applied again."""
    before, now = flatten(run, model.inputs), flatten(run, inputs)
    if len(before) != len(now):
        return UNKNOWN
    known: dict[int, Value] = {
        id(old.history): new for old, new in zip(before, now, strict=True) if old.history is not None
    }

    def substitute(value: Value) -> Value:
        if isinstance(value, Tensor):
            return known.get(id(value.history), value)
        if isinstance(value, CallInputs):
            return CallInputs(tuple(substitute(item) for item in value.items), value.names)
        if isinstance(value, (Tuple, ListRef)):
            return Tuple(tuple(substitute(item) for item in items_of(run, value) or ()))
        return value

    for node in _topological(run, flatten(run, model.outputs), set(known)):
        history = node.history
        assert history is not None and history.inputs is not None
        again = substitute(history.inputs)
        producer = history.producer
        if isinstance(producer, Operation):
            output: Value = producer.apply(run, again)
        elif isinstance(producer, Value):
            output = apply_value(run, producer, again, history.node, None, record=False)
        else:
            output = UNKNOWN
        if isinstance(output, Tuple) and isinstance(producer, LayerRef):
            output = Tuple(tuple(flatten(run, output)))  # a layer's outputs are numbered as they come
        if isinstance(output, Tuple):
            output = output.items[history.index] if history.index < len(output.items) else UNKNOWN
        known[id(node.history)] = output
    return substitute(model.outputs)


def _topological(run: Run, outputs: list[Tensor], known: set[int]) -> list[Tensor]:
    """The tensors between inputs and outputs, each after those it is made from."""
    order: list[Tensor] = []
    seen = set(known)
    todo = [(tensor, False) for tensor in reversed(outputs)]
    while todo:
        tensor, done = todo.pop()
        if done:
            order.append(tensor)
            continue
        if tensor.history is None or tensor.history.inputs is None or id(tensor.history) in seen:
            continue
        seen.add(id(tensor.history))
        todo.append((tensor, True))
        todo += [(t, False) for t in flatten(run, tensor.history.inputs)]
    return order


# -- attributes and methods


@attributes(ModelRef, SequentialRef)
def attribute_of_model(run: Run, model: ModelRef | SequentialRef, name: str) -> Value:
    simple: dict[str, Callable[[], Value]] = {
        "input": lambda: model_input(run, model),
        "output": lambda: model_output(run, model),
        "inputs": lambda: Tuple(tuple(flatten(run, model_input(run, model)))),
        "outputs": lambda: Tuple(tuple(flatten(run, model_output(run, model)))),
        "input_shape": lambda: _shape_value(model_input(run, model)),
        "output_shape": lambda: _shape_value(model_output(run, model)),
        "name": lambda: UNKNOWN if model.name is None else Literal(model.name),
    }
    if name in ("input", "output") and isinstance(model, SequentialRef):
        return UNKNOWN  # Keras 3 defines them once the model was called on a Keras tensor, and raises before
    if name in simple:
        return simple[name]()
    if name == "layers":
        layers = model_layers(run, model) if isinstance(model, SequentialRef) else _chain(run, model)
        return UNKNOWN if layers is None else Tuple(tuple(layers))
    return BoundApi(model, name)


def _chain(run: Run, model: ModelRef) -> list[Value] | None:
    """`model.layers` where each layer follows the one before: then their order is certain."""
    found: list[Value] = []
    tensor = model.outputs
    while isinstance(tensor, Tensor) and tensor.history is not None and isinstance(model.inputs, Tensor):
        history = tensor.history
        if history is model.inputs.history:
            return [InputLayerRef(model.inputs), *reversed(found)]
        if not isinstance(history.producer, Value) or not is_layer(history.producer) or history.producer in found:
            return None
        found.append(history.producer)
        tensor = history.inputs if history.inputs is not None else UNKNOWN
    return None


def _shape_value(value: Value) -> Value:
    return ShapeValue(value.shape) if isinstance(value, Tensor) and value.shape is not None else UNKNOWN


def call_model_method(run: Run, model: ModelRef | SequentialRef, method: str, call: Call) -> Value:
    """`model.predict(x)`, `model.add(layer)` and others."""
    if method == "add" and isinstance(model, SequentialRef) and call.args:
        add_layer(run, model, call.args[0])
        return NONE
    if method == "pop" and isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        run.store.write(model, "stack", Stack(stack.layers[:-1], stack.input, stack.outputs[:-1], stack.certain))
        return UNKNOWN
    if method == "get_layer":
        return _get_layer(run, model, call)
    if method == "compile":
        compile_model(run, model, call)
        return NONE
    return _use_data(run, model, method, call) if method in DATA_METHODS else UNKNOWN


def _use_data(run: Run, model: ModelRef | SequentialRef, method: str, call: Call) -> Value:
    """`predict`, `fit`, `evaluate` and the like."""
    given = data_arguments(run, method, call)
    x = given.get("x", UNKNOWN)
    span = call.argument_span(0) or call.argument_span("x")
    output: Value = UNKNOWN
    for size in batch_sizes(run, method, x, given):
        output = apply_model(run, model, x, call.span(), span, method, size)
        if not method.startswith("predict"):
            compare_target(run, model, method, given, output, size, call)
    return rows(run, output, x) if method.startswith("predict") else UNKNOWN


def _get_layer(run: Run, model: Value, call: Call) -> Value:
    given = dict(zip(("name", "index"), call.args, strict=False)) | call.keywords
    name = str_of(given.get("name", NONE))
    for layer in model_layers(run, model) or ():
        if name is not None and getattr(layer, "name", None) == name:
            return layer
    return UNKNOWN
