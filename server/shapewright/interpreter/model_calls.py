"""Calling models: what they accept, and what comes out when their layers are applied again."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shapewright.interpreter.batches import batch_of
from shapewright.interpreter.events import Rebuilt
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import apply_layer
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.model_state import model_input, model_output, stack_of
from shapewright.interpreter.run import Call, Run, callee
from shapewright.interpreter.structures import flatten, leaves, map_structure
from shapewright.interpreter.training_flag import flag_of_call, training
from shapewright.knowledge.keras.models import accept, count_inputs
from shapewright.knowledge.rule import Refused
from shapewright.syntax.chunk import Span
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.dataset import Dataset
from shapewright.values.keras import CallInputs, LayerRef, ModelRef, SequentialRef, Stack
from shapewright.values.tensor import History, Library, Lost, Operation, Tensor
from shapewright.values.value import (
    UNKNOWN,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Unknown,
    Value,
    str_of,
)


def apply_value(run: Run, callable_: Value, inputs: Value, span: Any, input_span: Any, record: bool = True) -> Value:
    """Applies a layer or a model to an input."""
    if isinstance(callable_, LayerRef):
        return apply_layer(run, callable_, inputs, span, input_span, record)
    if isinstance(callable_, (ModelRef, SequentialRef)):
        return apply_model(run, callable_, inputs, span, input_span, "__call__")
    if isinstance(callable_, Instance):
        return run.call(callable_, _made_again(inputs), Frame(run.memory.module, callable_.cls.chunk))
    return UNKNOWN


def _made_again(inputs: Value) -> Call:
    """The call of a subclassed layer that was made with some inputs."""
    if not isinstance(inputs, CallInputs):
        return Call([inputs], {})
    pairs = list(zip(inputs.names, inputs.items, strict=True))
    return Call([item for name, item in pairs if name is None], {n: item for n, item in pairs if n is not None})


@callee(ModelRef, SequentialRef)
def call_model(run: Run, model: ModelRef | SequentialRef, call: Call, frame: Frame) -> Value:
    inputs = call.args[0] if call.args else call.keywords.get("inputs", UNKNOWN)
    span = call.argument_span(0) or call.argument_span("inputs")
    given = call.args[1] if len(call.args) > 1 else flag_of_call(run, call)
    with training(run, given):
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
    if isinstance(inputs, Unknown) and method in ("fit", "evaluate"):
        inputs = model_input(run, model)  # it fits, or Keras would refuse it
    from_dataset = isinstance(inputs, Dataset)
    if isinstance(inputs, Dataset):
        if method == "predict" and inputs.rounds:  # it runs on the first batch as it is
            inputs = Dataset(inputs.rounds[0])
        inputs = (
            inputs.element.items[0] if isinstance(inputs.element, Tuple) and inputs.element.items else inputs.element
        )
    declared = model_input(run, model)
    if not from_dataset and _missing_input(run, model, inputs, declared, span, input_span, method):
        return UNKNOWN
    inputs = _by_key(run, _only_item(run, inputs), declared)
    if isinstance(inputs, Tensor) and isinstance(declared, Tensor):
        seen = _accepted(run, model, inputs, declared, span, input_span, method, from_dataset)
        if seen is None:
            return UNKNOWN
        inputs = seen
    elif isinstance(model, ModelRef):
        if not _all_accepted(run, model, inputs, declared, span, input_span, method):
            return UNKNOWN
        inputs = _with_ranks_of(run, inputs, flatten(run, declared))
    whole = inputs
    if batch is not None and not from_dataset:
        inputs = map_structure(run, inputs, lambda leaf, _: batch_of(leaf, batch))
    found_before = len(run.store.trace.mismatches)
    if isinstance(model, SequentialRef):
        output = _through_stack(run, model, inputs, span, method)
    else:
        output = _through_graph(run, model, inputs)
    if len(run.store.trace.mismatches) == found_before and method == "fit" and isinstance(model, SequentialRef):
        _suspect_other_sizes(run, model, whole, declared, span, input_span)
    _blame_call(run, found_before, model, inputs, declared, span, input_span, method)
    return _as_output_of(run, model, output, inputs, span)


def _as_output_of(run: Run, model: Value, output: Value, inputs: Value, span: Any) -> Value:
    """A symbolic output is made by the model as a whole, not by the layers inside."""

    def leaf(item: Value, index: int) -> Value:
        if not isinstance(item, Tensor) or not item.is_symbolic:
            return item
        history = History(model, inputs, span, index)
        if index == 0:
            run.store.note_node(history)
        return Tensor(item.shape, item.dtype, item.library, history, item.doubtful)

    return map_structure(run, output, leaf)


def _by_key(run: Run, inputs: Value, declared: Value) -> Value:
    """A dict in the order of the model's inputs: Keras goes by keys, or by the names of the inputs, and leaves out others.

    Source: Functional._standardize_inputs in keras/src/models/functional.py.
    """
    given = run.store.read(inputs, "items") if isinstance(inputs, DictRef) else None
    if not isinstance(given, DictItems):
        return inputs
    wanted = run.store.read(declared, "items") if isinstance(declared, DictRef) else None
    if isinstance(wanted, DictItems):
        keys = [key for key, _ in wanted.items]
    else:
        names = [_input_name(tensor) for tensor in flatten(run, declared)]
        keys = [Literal(name) for name in names if name is not None]
    found = [(key, value) for key in keys if (value := given.get(key)) is not None and value is not UNKNOWN]
    if len(found) != len(keys):
        return inputs if given.complete else UNKNOWN
    made = DictRef()
    run.store.write(made, "items", DictItems(tuple(found)))
    return made


def _missing_input(
    run: Run, model: Value, inputs: Value, declared: Value, span: Any, input_span: Any, method: str
) -> bool:
    """Reports a dict that lacks one of the model's inputs. Source: assert_input_compatibility in
    keras/src/layers/input_spec.py, which goes by the names of the Inputs, or by the keys of the dict that declares them."""
    given = run.store.read(inputs, "items") if isinstance(inputs, DictRef) else None
    if not isinstance(model, ModelRef) or not isinstance(given, DictItems) or not given.complete:
        return False
    wanted = run.store.read(declared, "items") if isinstance(declared, DictRef) else None
    keys = [str_of(key) for key, _ in given.items]
    if isinstance(wanted, DictItems):
        names = sorted(str_of(key) or "" for key, _ in wanted.items)
    else:
        names = [_input_name(tensor) or "" for tensor in flatten(run, declared)]
    missing = [name for name in names if name not in keys]
    if not missing or "" in names or None in keys or len(set(names)) != len(names):
        return False
    message = (
        f'Missing data for input "{missing[0]}". You passed a data dictionary with keys {keys}. '
        f"Expected the following keys: {names}"
    )
    facts = {"method": method, "missing": missing, "unknown": [key for key in keys if key not in names], "names": names}
    run.report(Mismatch("key", message, span, model, inputs, input_span, facts, tuple(run.call_stack)))
    return True


def _only_item(run: Run, inputs: Value) -> Value:
    """A list of one input is that input. Source: Function.call in keras/src/ops/function.py flattens structures."""
    items = items_of(run, inputs) if isinstance(inputs, (Tuple, ListRef)) else None
    return items[0] if items is not None and len(items) == 1 and isinstance(items[0], Tensor) else inputs


def _blame_call(
    run: Run, since: int, model: Value, inputs: Value, declared: Value, span: Any, input_span: Any, method: str
) -> None:
    """What a layer inside refuses is a mistake of the call that brought the data, not of the model: one finding, there."""
    inside = [m for m in run.store.trace.mismatches[since:] if m.message is not None and m.kind != "symbolic"]
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
        lost = data.history.producer if data.history is not None else None
        if isinstance(lost, Lost) and from_dataset and declared.shape is not None:
            text = "Cannot take the length of shape with unknown rank."
            facts = {"declared": declared, "method": method}
            run.report(Mismatch("lost", text, span, model, data, input_span, facts, tuple(run.call_stack)))
            return None
        return Tensor(None, data.dtype, data.library)
    made_by = "data"
    if (from_dataset or method.endswith("_on_batch")) and data.dtype == "float64":
        made_by = "{layer}/Cast" if isinstance(model, ModelRef) else "Cast"
    text = f'Tensor("{made_by}:0", shape={data.shape}, dtype=float32)' if method != "__call__" else "data"
    compared = isinstance(model, ModelRef) or data.is_symbolic
    try:
        name, symbolic = _input_name(declared), data.is_symbolic
        shape = accept(data.shape, declared.shape, name, text, functional=compared, symbolic=symbolic)
    except Refused as refused:
        if not data.doubtful and not any(t.doubtful for t in flatten(run, model_output(run, model))):
            facts = {**refused.facts, "method": method, "declared": declared, "dataset": from_dataset}
            trail = tuple(run.call_stack)
            message = refused.message
            if message is not None and isinstance(model, SequentialRef):
                message = message.replace("{layer}", "functional")  # the graph inside a Sequential model
            run.report(Mismatch(refused.kind, message, span, model, data, input_span, facts, trail))
        return None
    if symbolic and (data.shape.rank != declared.shape.rank or _other_last(data.shape, declared.shape)):
        return Tensor(None, data.dtype, data.library, data.history, data.doubtful)  # Keras skips the layers' own checks here
    if shape.rank != data.shape.rank and method != "__call__" and not data.is_symbolic:
        _suspect_missing_batch(run, model, data, declared, span, input_span, method)
    library = data.library if data.is_symbolic else Library.TENSORFLOW
    dtype = "float32" if data.dtype is None or data.dtype.startswith("float") else data.dtype
    return Tensor(shape, dtype, library, data.history, data.doubtful)


def _other_last(data: Shape, declared: Shape) -> bool:
    """Whether the last sizes differ, one of them being 1: then the sizes before are compared alone."""
    return bool(data.rank and declared.rank) and same_length(data[-1], declared[-1]) is False


def _all_accepted(
    run: Run, model: ModelRef, inputs: Value, declared: Value, span: Any, input_span: Any, method: str
) -> bool:
    """Whether a model of several inputs takes what it is given; reports the first that it does not."""
    wanted, given = flatten(run, declared), flatten(run, inputs)
    if not _is_whole(run, inputs) or not wanted:
        return True
    names = [_input_name(tensor) for tensor in wanted]
    index = 0
    try:
        count_inputs(names, len(given))
        for index, (want, have) in enumerate(zip(wanted, given, strict=True)):
            if want.shape is not None and have.shape is not None and isinstance(inputs, (Tuple, ListRef)):
                accept(
                    have.shape, want.shape, names[index], "data", index, functional=True, symbolic=have.is_symbolic
                )
    except Refused as refused:
        if not any(t.doubtful for t in (*given, *flatten(run, model_output(run, model)))):
            subject: Value = given[index] if refused.kind != "data-count" else inputs
            facts = {**refused.facts, "method": method, "declared": wanted[index], "declared_all": tuple(wanted)}
            where = item_span(input_span, index) if refused.kind != "data-count" else input_span
            trail = tuple(run.call_stack)
            run.report(Mismatch(refused.kind, refused.message, span, model, subject, where, facts, trail))
        return False
    return True


def _with_ranks_of(run: Run, inputs: Value, wanted: Sequence[Tensor]) -> Value:
    """Data with a last axis of size 1 more or less than an input, as Keras makes it fit.
    Source: Functional._adjust_input_rank in keras/src/models/functional.py."""
    if len(leaves(run, inputs)) != len(wanted):
        return inputs

    def leaf(item: Value, index: int) -> Value:
        want = wanted[index].shape
        if not isinstance(item, Tensor) or item.is_symbolic or item.shape is None or want is None:
            return item
        if item.shape.rank == want.rank - 1 and want[-1].size == 1:
            return replace(item, shape=Shape((*item.shape, want[-1])), content=None)
        if item.shape.rank == want.rank + 1 and item.shape[-1].size == 1:
            return replace(item, shape=Shape(item.shape.dims[:-1]), content=None)
        return item

    return map_structure(run, inputs, leaf)


def _is_whole(run: Run, inputs: Value) -> bool:
    """Whether all that is given is known to be tensors."""
    found = leaves(run, inputs)
    return bool(found) and all(isinstance(leaf, Tensor) for leaf in found)


def _input_name(tensor: Tensor) -> str | None:
    source = tensor.history.producer if tensor.history is not None else None
    return source.name if isinstance(source, InputSource) else None


def item_span(span: Any, index: int) -> Any:
    """One item of a list that is written out, else the whole."""
    if isinstance(span, Span):
        for node in ast.walk(span.chunk.tree):
            if isinstance(node, (ast.List, ast.Tuple)) and span.chunk.span(node) == span and index < len(node.elts):
                return span.chunk.span(node.elts[index])
    return span


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


def _suspect_other_sizes(
    run: Run, model: Value, data: Value, declared: Value, span: Any, input_span: Any
) -> None:
    """A Sequential model runs on data of other sizes than it declares, if its layers can: it was not meant for them."""
    if not isinstance(data, Tensor) or not isinstance(declared, Tensor) or data.is_symbolic or data.doubtful:
        return
    if data.shape is None or declared.shape is None or data.shape.rank != declared.shape.rank:
        return
    pairs = list(zip(data.shape, declared.shape, strict=True))[1:]
    if any(a.is_known and b.is_known and a.size != b.size for a, b in pairs):
        facts = {"method": "fit", "declared": declared, "shape": data.shape, "rows": data.shape[0].size}
        trail = tuple(run.call_stack)
        run.report(Mismatch("data-differs", None, span, model, data, input_span, facts, trail))


def _through_stack(run: Run, model: SequentialRef, inputs: Value, span: Any, method: str) -> Value:
    stack = stack_of(run, model)
    if not stack.certain:
        return UNKNOWN
    value, found_before = inputs, len(run.store.trace.mismatches)
    run.store.again += 1
    for layer in stack.layers:
        value = apply_value(run, layer, value, span, None, record=False)
    run.store.again -= 1
    refused = len(run.store.trace.mismatches) > found_before or (isinstance(value, Tensor) and value.doubtful)
    if stack.input is None and isinstance(inputs, Tensor) and inputs.shape is not None and not refused:
        _remember_build(run, model, inputs, method)
    return value


def _remember_build(run: Run, model: SequentialRef, inputs: Tensor, method: str) -> None:
    """A Sequential model without an input is built by the first data it is called on, the size of that batch included.

    How many samples `fit` and `predict` take at first depends on more than the shape of the data.
    """
    assert inputs.shape is not None
    if not inputs.shape.rank or inputs.doubtful:
        return
    whole = method == "__call__" or method.endswith("_on_batch")
    shape = inputs.shape if whole else inputs.shape.replace(0, UNNAMED)
    build_stack(run, model, Tensor(shape, inputs.dtype))


def build_stack(run: Run, model: SequentialRef, inputs: Tensor) -> None:
    """Builds the layers of a Sequential model for an input that it did not declare."""
    stack = stack_of(run, model)
    first = Tensor(inputs.shape, inputs.dtype, Library.KERAS, History(InputSource(None, {}, {}), None, None))
    run.store.note(first.history)
    value: Value = first
    outputs = []
    for layer in stack.layers:
        value = apply_value(run, layer, value, None, None)
        outputs.append(value)
    run.store.note(Rebuilt(stack.layers))
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
        return map_structure(run, value, lambda leaf, _: substitute(leaf)) if isinstance(value, DictRef) else value

    for node in _topological(run, flatten(run, model.outputs), set(known)):
        history = node.history
        assert history is not None and history.inputs is not None
        again = substitute(history.inputs)
        producer = history.producer
        run.store.again += 1
        if isinstance(producer, Operation):
            output: Value = producer.apply(run, again)
        elif isinstance(producer, Value):
            output = apply_value(run, producer, again, history.node, None, record=False)
        else:
            output = UNKNOWN
        run.store.again -= 1
        if isinstance(output, (Tuple, ListRef, DictRef)) and not isinstance(producer, Operation):
            output = Tuple(tuple(leaves(run, output)))  # a layer's outputs are numbered as they come
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
