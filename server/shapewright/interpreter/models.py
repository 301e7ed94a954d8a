"""Keras models: making Functional and Sequential ones, their attributes and their methods."""

from __future__ import annotations

from collections.abc import Callable

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.batches import (
    DATA_METHODS,
    batch_of,
    batch_sizes,
    data_arguments,
    eager_sizes,
    rows,
    runs_eagerly,
)
from shapewright.interpreter.callbacks import hand_model_to_callbacks
from shapewright.interpreter.data_kinds import refuse_kind
from shapewright.interpreter.events import RESET, Nameless, Rebuilt
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layer_attributes import compare_weights
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.model_calls import apply_model, apply_value, build_stack, item_span
from shapewright.interpreter.model_state import is_layer, model_input, model_layers, model_output, stack_of
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.structures import flatten
from shapewright.interpreter.summary import layers_in_order
from shapewright.interpreter.targets import check_rows, compare_target, compile_model, refuse_no_targets
from shapewright.interpreter.tracing import traced
from shapewright.interpreter.training_flag import flag_of_method, training
from shapewright.interpreter.variables import VARIABLES, losses_of, variables_of
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.dataset import Dataset
from shapewright.values.keras import InputLayerRef, LayerRef, ModelRef, SequentialRef, Stack
from shapewright.values.tensor import Choice, History, Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    BoundApi,
    ListRef,
    Literal,
    Tuple,
    Value,
    int_of,
    is_none,
    str_of,
)

# -- making models


def make_model(run: Run, call: Call, noted: bool = True) -> Value:
    """`keras.Model(inputs, outputs)`; not `noted` where it is a part of another model."""
    given = call.by_name("inputs", "outputs", "name")
    inputs, outputs = given.get("inputs", UNKNOWN), given.get("outputs", UNKNOWN)
    if not call.complete or not flatten(run, inputs) or not flatten(run, outputs):
        return UNKNOWN
    name = given.get("name", NONE)
    model = ModelRef(_snapshot(run, inputs), _snapshot(run, outputs), call.span(), str_of(name))
    if noted:
        _note_model(run, model, name)
    _check_connected(run, model, call)
    return model


def _note_model(run: Run, model: ModelRef | SequentialRef, name: Value) -> None:
    if model.name is None and not is_none(name):
        run.store.note(Nameless(model))
    run.store.note(model)


def clear_session(run: Run, call: Call) -> Value:
    """`keras.utils.clear_session()`: the names of layers begin anew."""
    run.store.note(RESET)
    return NONE


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
    """The Inputs that a tensor is computed from and that are not among a model's inputs, none where that is not certain."""
    found: list[Tensor] = []
    todo, seen = [output], set(inputs)
    while todo:
        tensor = todo.pop()
        history = tensor.history
        if history is None or id(history) in seen:
            continue
        seen.add(id(history))
        if isinstance(history.producer, Choice):
            return []
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
    given = call.by_name("layers", "trainable", "name")
    name = given.get("name", NONE)
    model = SequentialRef(call.span(), str_of(name))
    _note_model(run, model, name)
    layers = given.get("layers", NONE)
    items = [] if is_none(layers) else items_of(run, layers)
    if _refused_inside(run, call):
        items = None  # one of the layers was never made, nor was the model
    run.store.write(model, "stack", Stack(certain=items is not None and call.complete))
    for item in items or ():
        _put_layer(run, model, item)
    _note_build(run, model, first=True)
    return model


def _refused_inside(run: Run, call: Call) -> bool:
    """Whether an argument of a call is a layer that its constructor refuses."""
    whole, found = call.span(), [m.span for m in run.store.trace.mismatches if m.kind in ("argument", "missing")]
    return any(
        span.chunk is whole.chunk
        and whole.holds(span.line, span.column)
        and whole.holds(span.end_line, span.end_column)
        for span in found
        if span is not None and whole is not None
    )


def add_layer(run: Run, model: SequentialRef, layer: Value) -> None:
    """`model.add(layer)`."""
    _put_layer(run, model, layer)
    _note_build(run, model, first=len(stack_of(run, model).layers) == 2)


def _note_build(run: Run, model: SequentialRef, first: bool) -> None:
    """Keras builds the model whenever its input and one layer are known. For a model that is put first it makes an input
    when a second layer comes."""
    stack = stack_of(run, model)
    if stack.input is None or not stack.layers:
        return
    if isinstance(stack.layers[0], (ModelRef, SequentialRef)) and _declared_input(run, stack.layers[0]) is stack.input:
        if len(stack.layers) < 2:
            return
        if first:
            run.store.note(History(InputSource(None, {}, {}), None, None))
    run.store.note(Rebuilt(stack.layers))


def _put_layer(run: Run, model: SequentialRef, layer: Value) -> None:
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
    own = {parameter.name for parameter in layer.rule.arguments}  # the `input_dim` of Embedding counts words
    for key in ("input_shape", "input_dim", "batch_input_shape"):
        value = layer.config.get(key)
        if value is None or key in own:
            continue
        if key == "batch_input_shape":
            whole = shape_of(run, value)
            return None if whole is None else _input_of(run, whole, InputSource(layer.node, {}, {}))
        sample = (
            Shape((number,)) if key == "input_dim" and (number := int_of(value)) is not None else shape_of(run, value)
        )
        if sample is None:
            return None
        shape = Shape((None, *sample))
        return _input_of(run, shape, InputSource(layer.node, dict(layer.spans), dict(layer.config)))
    return None


def _input_of(run: Run, shape: Shape, source: InputSource) -> Tensor:
    history = History(source, None, source.span)
    run.store.note(history)
    return Tensor(shape, "float32", Library.KERAS, history)


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
        layers = model_layers(run, model) if isinstance(model, SequentialRef) else _listed(run, model)
        return UNKNOWN if layers is None else Tuple(tuple(layers))
    if name in VARIABLES:
        return variables_of(run, model, name)
    return losses_of(run) if name == "losses" else BoundApi(model, name)


def _listed(run: Run, model: ModelRef) -> list[Value] | None:
    """The layers of a functional model, in Keras's order."""
    listed = run.store.read(model, "layers")
    return list(listed.items) if isinstance(listed, Tuple) else layers_in_order(run, model)


def _shape_value(value: Value) -> Value:
    return ShapeValue(value.shape) if isinstance(value, Tensor) and value.shape is not None else UNKNOWN


def call_model_method(run: Run, model: ModelRef | SequentialRef, method: str, call: Call) -> Value:
    """`model.predict(x)`, `model.add(layer)` and others."""
    if method == "add" and isinstance(model, SequentialRef) and call.args:
        add_layer(run, model, call.args[0])
        return NONE
    if method == "set_weights":
        compare_weights(run, model, call)
        return NONE
    if method == "pop" and isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        run.store.write(model, "stack", Stack(stack.layers[:-1], stack.input, stack.outputs[:-1], stack.certain))
        return UNKNOWN
    if method == "build" and isinstance(model, SequentialRef):
        shape = shape_of(run, call.by_name("input_shape").get("input_shape", NONE))
        if shape is not None and stack_of(run, model).input is None:
            build_stack(run, model, Tensor(shape, "float32"))
        return NONE
    if method == "get_layer":
        return _get_layer(run, model, call)
    if method == "compile":
        compile_model(run, model, call)
        return NONE
    return _use_data(run, model, method, call) if method in DATA_METHODS else UNKNOWN


def _use_data(run: Run, model: ModelRef | SequentialRef, method: str, call: Call) -> Value:
    """`predict`, `fit`, `evaluate` and the like."""
    given = data_arguments(run, method, call)
    hand_model_to_callbacks(run, model, given)
    if refuse_kind(run, model, method, given, call):
        return UNKNOWN
    x = given.get("x", UNKNOWN)
    span = call.argument_span(0) or call.argument_span("x")
    output: Value = UNKNOWN
    eager = runs_eagerly(run, model)
    sizes = eager_sizes if eager and not isinstance(x, Dataset) else batch_sizes
    for size in sizes(run, method, x, given):
        with traced(run, not eager), training(run, flag_of_method(method)):
            output = apply_model(run, model, x, call.span(), span, method, size)
        if not method.startswith("predict"):
            compare_target(run, model, method, given, output, size, call)
    if method == "fit":
        _validate(run, model, given, call)
    return rows(run, output, x) if method.startswith("predict") else UNKNOWN


def _validate(run: Run, model: ModelRef | SequentialRef, given: dict[str, Value], call: Call) -> None:
    """What `fit` does with `validation_data`, which `evaluate` does, too."""
    data = given.get("validation_data", NONE)
    span = call.argument_span("validation_data")
    if refuse_no_targets(run, model, data, call):
        return
    parts = items_of(run, data) if isinstance(data, (Tuple, ListRef)) else None
    x = parts[0] if parts else data
    if parts and len(parts) in (2, 3):
        both = dict(zip(("x", "y", "sample_weight"), parts, strict=False))
        if not check_rows(run, "fit", both, call, item_span(span, 1), item_span(span, 0)):
            return
    if parts:
        span = item_span(span, 0)
    if isinstance(x, Tensor):
        x = batch_of(x, Dim(None))
    if isinstance(x, (Tensor, Dataset)):
        with traced(run), training(run, flag_of_method("evaluate")):
            apply_model(run, model, x, call.span(), span, "evaluate")


def _get_layer(run: Run, model: Value, call: Call) -> Value:
    given = call.by_name("name", "index")
    name = str_of(given.get("name", NONE))
    listed = run.store.read(model, "layers")
    index = int_of(given.get("index", NONE))
    if isinstance(listed, Tuple) and index is not None and -len(listed.items) <= index < len(listed.items):
        return listed.items[index]
    for layer in model_layers(run, model) or ():
        if name is not None and _name_of(run, layer) == name:
            return layer
    return UNKNOWN


def _name_of(run: Run, layer: Value) -> str | None:
    """The name that the program gave a layer."""
    given = run.store.read(layer, "name") if isinstance(layer, Instance) else None
    return getattr(layer, "name", None) if given is None else str_of(given)
