"""Calling Keras layers on tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from shapewright.interpreter.arguments import (
    absent,
    as_given,
    convert,
    convert_all,
)
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.keras_version import in_words_of_keras_2, is_keras_2
from shapewright.interpreter.masks import masked_by
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run, callee
from shapewright.interpreter.standardizing import hand_texts
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.structures import map_structure
from shapewright.interpreter.suspicions import suspect_layer
from shapewright.interpreter.tracing import is_traced
from shapewright.interpreter.wrong_calls import refuse_inputs
from shapewright.knowledge.registry import Rule
from shapewright.knowledge.rule import BUILT, TRACED, Applied, Given, InputRefused, NotKnown, Refused
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.keras import Built, CallInputs, LayerRef
from shapewright.values.tensor import History, Library, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    ListRef,
    Literal,
    Scalar,
    Tuple,
    Value,
    int_of,
    literal,
    str_of,
)


def built_state(run: Run, layer: LayerRef) -> Built:
    """What is known of a layer's weights and calls by now."""
    state = run.store.read(layer, "built")
    return state if isinstance(state, Built) else Built()


@callee(LayerRef)
def call_layer(run: Run, layer: LayerRef, call: Call, frame: Frame) -> Value:
    """The output of a layer for the input of a call."""
    span = call.argument_span(0) or call.argument_span("inputs")
    if refuse_inputs(run, layer, call):
        return Tensor(None, doubtful=True)
    inputs = call_inputs(layer.rule, call)
    if layer.class_name in _TAKE_TEXTS:
        inputs = _as_array(run, inputs)
    if layer.class_name == "TextVectorization":
        hand_texts(run, layer, inputs, frame)
    return apply_layer(run, layer, inputs, call.span(), span)


_TAKE_TEXTS = (
    *("StringLookup", "IntegerLookup", "TextVectorization", "Hashing", "WordPieceTokenizer", "BytePairTokenizer"),
    *("SentencePieceTokenizer", "ByteTokenizer", "UnicodeCodepointTokenizer"),
)
"""Layers that make one tensor of lists of texts or numbers."""


def _as_array(run: Run, value: Value) -> Value:
    if isinstance(value, Literal) and isinstance(value.value, (str, int)):
        return Tensor(Shape(()), None, Library.TENSORFLOW)
    if isinstance(value, (Scalar, ListRef)) and not _tensors_of(run, value):
        try:
            return replace(as_given(run, value).tensor, library=Library.TENSORFLOW)
        except NotKnown:
            return UNKNOWN
    return value


def call_inputs(rule: Rule, call: Call) -> Value:
    """The one input of a call, or all that it was called with where that is more."""
    ignored = ("inputs", "training") if call.args or "inputs" in call.keywords else ("training",)
    others = {n: v for n, v in call.keywords.items() if n not in ignored and not absent(v)}
    first = call.args[0] if call.args else call.keywords.get("inputs")
    if not call.complete:
        return UNKNOWN
    if len(call.args) < 2 and not others:
        return UNKNOWN if first is None else first
    if first is None and not rule.call:
        return UNKNOWN
    positional = call.args or ([] if first is None else [first])
    return CallInputs((*positional, *others.values()), (*[None] * len(positional), *others))


def apply_layer(run: Run, layer: LayerRef, inputs: Value, span: Any, input_span: Any, record: bool = True) -> Value:
    """Applies a layer to its input: checks, output, weights, and with `record` the call among the layer's calls.

    A model that is called on something else applies its layers again; that adds no call to them.
    """
    rule: Rule = layer.rule
    tensors = _tensors_of(run, inputs)
    symbolic = any(t.is_symbolic for t in tensors)
    doubtful = any(t.doubtful for t in tensors)
    if layer.api in EVALUATED:
        return _evaluated(run, layer, inputs, span, symbolic, record)
    library = Library.KERAS if symbolic or not tensors else Library.TENSORFLOW
    state = built_state(run, layer)
    first = not state.built
    refused, early = state.refused, False
    doubtful, record = doubtful or refused, record and not refused
    TRACED.set(is_traced(run))
    try:
        given = given_inputs(run, rule, inputs)
    except NotKnown:
        given = None
    whole = inputs
    if isinstance(inputs, CallInputs) and not rule.call:
        inputs = inputs.items[0]
    applied: Applied | None = None
    if given is not None:
        try:
            if not symbolic:
                _check_batch_of_states(layer, given[0], state)
            applied = _apply_checked(run, layer, given, state)
            if not symbolic:
                _check_when_run(layer, applied, whole)
            if first and _has_size_none(applied):
                applied, record = None, False  # Keras cannot make such weights
                doubtful = refused = True
        except NotKnown:
            applied = None
        except Refused as error:
            if not doubtful:
                facts = {**error.facts, "layer_config": layer.config}
                trail = tuple(run.call_stack)
                text = in_words_of_keras_2(error.message) if is_keras_2(run) else error.message
                run.report(Mismatch(error.kind, text, span, layer, inputs, input_span, facts, trail))
            early = isinstance(error, InputRefused)
            refused = refused or (first and not early)
            doubtful = True
            record = False
            applied = _instead(run, layer, given)
    if symbolic and not doubtful and record:
        source = inputs.history.producer if isinstance(inputs, Tensor) and inputs.history is not None else None
        suspect_layer(run, layer, inputs, span, input_span, isinstance(source, InputSource))
    history = History(layer, whole, span) if symbolic else None
    if history is not None and record:
        run.store.note_node(history)
    output = masked_by(layer, whole, tensors, _output(applied, library, doubtful, history))
    weights, frozen = _weights(applied)
    run.store.write(
        layer,
        "built",
        Built(
            state.built or not early,
            (weights or ()) if first else state.weights,
            (weights is not None or early) if first else state.certain,
            frozen if first else state.frozen,
            (*state.calls[-7:], (inputs, output)) if record and symbolic else state.calls,
            tuple(applied.input_axes) if first and applied is not None else state.input_axes,
            refused,
        ),
    )
    return output


EVALUATED: dict[str, Callable[[Run, LayerRef, Value, bool], Value]] = {}
"""Layers that a rule cannot describe: `evaluate(run, layer, inputs, symbolic)` gives the output."""


def _evaluated(run: Run, layer: LayerRef, inputs: Value, span: Any, symbolic: bool, record: bool) -> Value:
    """What a layer gives that is evaluated."""
    doubtful = any(t.doubtful for t in _tensors_of(run, inputs))
    made = EVALUATED[layer.api](run, layer, inputs, symbolic)

    def outside(leaf: Value, index: int) -> Value:
        if not isinstance(leaf, Tensor):
            return UNKNOWN
        history = History(layer, inputs, span, index) if symbolic else None
        library = Library.KERAS if symbolic else Library.TENSORFLOW
        return Tensor(leaf.shape, leaf.dtype, library, history, doubtful or leaf.doubtful)

    if symbolic and record:
        run.store.note_node(History(layer, inputs, span))
    output = map_structure(run, made if made is not UNKNOWN or not symbolic else Tensor(None), outside)
    state = built_state(run, layer)
    calls = (*state.calls[-7:], (inputs, output)) if record and symbolic else state.calls
    run.store.write(layer, "built", replace(state, built=True, calls=calls))
    return output


def _check_batch_of_states(layer: LayerRef, given: Any, state: Built) -> None:
    """A stateful layer takes batches of the size that it was built for. Source: RNN.call in keras/src/layers/rnn/rnn.py; a
    smaller last batch is found out by TensorFlow."""
    stateful = layer.config.get("stateful")
    built = state.calls[0][0] if state.calls else None
    if not isinstance(stateful, Literal) or stateful.value is not True or not isinstance(given, Given):
        return
    if not isinstance(built, Tensor) or not built.shape or given.tensor.shape is None or not given.rank:
        return
    expected, size = built.shape[0].size, given.shape[0].size
    if not isinstance(expected, int) or expected == size or not (isinstance(size, int) or size is None):
        return
    text = "Graph execution error"
    if size is not None:
        text = (
            "If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of the initial "
            f"state. \n- Expected batch size: {expected}\n- Received batch size: {size}"
        )
    raise Refused("state-batch", text, expected=expected, size=size)


def _check_when_run(layer: LayerRef, applied: Applied, whole: Value) -> None:
    """What Keras refuses on data alone. Source: LSTMCell.call and others in keras/src/layers/rnn."""
    if applied.fails is not None:
        raise applied.fails
    units = int_of(layer.config.get("units", NONE))
    if layer.class_name not in ("LSTM", "GRU", "SimpleRNN") or units is None or not isinstance(whole, CallInputs):
        return
    for name, value in zip(whole.names, whole.items, strict=True):
        states = [value] if isinstance(value, Tensor) else getattr(value, "items", ())
        for state in states if name == "initial_state" else ():
            shape = state.shape if isinstance(state, Tensor) and not state.doubtful else None
            size = shape[-1].size if shape is not None and shape.rank == 2 else None
            if isinstance(size, int) and size != units:
                text = f"Dimensions must be equal, but are {size} and {units}"
                raise Refused("state", text, expected=units, shape=shape)


def given_inputs(run: Run, rule: Rule, inputs: Value) -> list[Any]:
    """The inputs as the rule takes them."""
    if not rule.call:
        return [_one_given(run, rule, inputs.items[0] if isinstance(inputs, CallInputs) else inputs)]
    bound: dict[str, Value] = {}
    if isinstance(inputs, CallInputs):
        for position, (name, value) in enumerate(zip(inputs.names, inputs.items, strict=True)):
            if name is None and position >= len(rule.call):
                raise NotKnown("more inputs than the layer takes")
            bound[rule.call[position] if name is None else name] = value
    else:
        bound[rule.call[0]] = inputs
    found = []
    for parameter in rule.parameters[: rule.inputs]:
        if parameter.name in bound and parameter.annotation == list[Given]:
            found.append(_one_given(run, rule, bound[parameter.name]))
        elif parameter.name in bound:
            found.append(convert(run, bound[parameter.name], parameter))
        elif parameter.annotation is Any:
            found.append(None)
        else:
            raise NotKnown(parameter.name)
    return found


def _one_given(run: Run, rule: Rule, inputs: Value) -> Any:
    """The input as the rule takes it: one tensor, or a list of them for a merging layer."""
    if rule.input.annotation == list[Given]:
        items = items_of(run, inputs) if isinstance(inputs, (Tuple, ListRef)) else None
        if items is None:
            raise NotKnown("a list of inputs")
        if any(isinstance(item, (Tuple, ListRef)) and _tensors_of(run, item) for item in items):
            raise NotKnown("one tensor an input")
        return [as_given(run, item) for item in items]
    if isinstance(inputs, ListRef) or (isinstance(inputs, Tuple) and _tensors_of(run, inputs)):
        raise NotKnown("one input")
    return as_given(run, inputs)


def _apply_checked(run: Run, layer: LayerRef, given: list[Any], state: Built) -> Applied:
    """What Keras does on a call, in its order: the input spec, what was built before, the layer itself."""
    rule: Rule = layer.rule
    if isinstance(given[0], Given):
        if rule.spec is not None:
            rule.spec.check(given[0].shape)
        _check_built_axis(given[0].shape, state)
    BUILT.set(state.built)
    applied = compute_layer(run, layer, given)
    first = next(iter(applied.weights), None)
    if not state.built and applied.undefined is not None and first is not None and None in Shape(first).sizes:
        nested = layer.class_name in ("LSTM", "GRU", "SimpleRNN")  # the layer itself is built by then, its cell is not
        raise (Refused if nested else InputRefused)("undefined", applied.undefined, kernel=Shape(first))
    return applied


DTYPE_POLICY = Api("keras.config.dtype_policy")
"""Where it is written down that the program has changed the dtype that layers have unless told."""


def set_dtype_policy(run: Run, call: Call) -> Value:
    """`keras.mixed_precision.set_global_policy("mixed_float16")`: which dtype layers give is not followed from there on."""
    run.store.write(DTYPE_POLICY, "changed", literal(True))
    return NONE


def compute_layer(run: Run, layer: LayerRef, given: list[Any]) -> Applied:
    positional, keywords = convert_all(run, layer.rule, layer.config)
    applied = layer.rule.give(*given, *positional, **keywords)
    assert isinstance(applied, Applied)
    if run.store.read(DTYPE_POLICY, "changed") is not MISSING:
        applied = replace(applied, dtype=None)
    dtype = str_of(layer.config.get("dtype", NONE))
    if dtype != "float32" and not absent(layer.config.get("dtype")) and not rule_keeps_dtype(layer.rule):
        return replace(applied, dtype=None)
    return applied


def rule_keeps_dtype(rule: Rule) -> bool:
    """Whether the rule itself answers for `dtype=`."""
    return any(parameter.name == "dtype" for parameter in rule.arguments)


def _check_built_axis(shape: Shape, state: Built) -> None:
    for axis, size in state.input_axes:
        if -shape.rank <= axis < shape.rank and same_length(shape[axis], size) is False:
            raise Refused(
                "axis",
                "Input 0 with name 'None' of layer '{layer}' is incompatible with the layer: "
                f"expected axis {axis} of input shape to have value {size}, but received input with shape {shape}",
                shape=shape,
                axis=axis,
                expected=size,
            )


def _instead(run: Run, layer: LayerRef, inputs: list[Any]) -> Applied | None:
    """What the layer would have given for an input of the right rank, as far as that is certain."""
    spec, given = layer.rule.spec, inputs[0]
    if not isinstance(given, Given) or spec is None or spec.rank is None:
        return None
    batch = given.shape[0] if given.rank else Dim(UNNAMED)
    stand_in = Given(Tensor(Shape((batch, *[UNNAMED] * (spec.rank - 1))), given.dtype))
    try:
        return compute_layer(run, layer, [stand_in, *inputs[1:]])
    except (NotKnown, Refused):
        return None


def _output(applied: Applied | None, library: Library, doubtful: bool, history: History | None) -> Value:
    output = applied.output if applied is not None else None
    dtype = applied.dtype if applied is not None else None
    return _as_values(output, dtype, library, doubtful, history, count())


def _as_values(
    output: Any, dtype: Any, library: Library, doubtful: bool, history: History | None, numbers: Iterator[int]
) -> Value:
    """Shapes, or lists of shapes, as tensors, or tuples of tensors, numbered as they come."""
    if isinstance(output, list):
        dtypes = dtype if isinstance(dtype, list) else [dtype] * len(output)
        pairs = zip(output, dtypes, strict=True)
        return Tuple(tuple(_as_values(s, d, library, doubtful, history, numbers) for s, d in pairs))
    number = next(numbers)
    if history is not None and number:
        history = History(history.producer, history.inputs, history.node, number)
    return Tensor(output, dtype, library, history, doubtful)


def _weights(applied: Applied | None) -> tuple[Any, tuple[Shape, ...]]:
    if applied is None:
        return None, ()
    as_shapes: Callable[[Any], tuple[Shape, ...]] = lambda shapes: tuple(  # noqa: E731
        s if isinstance(s, Shape) else Shape(s) for s in shapes
    )
    return as_shapes(applied.weights), as_shapes(applied.frozen)


def _has_size_none(applied: Applied) -> bool:
    """Whether a weight would have an axis that is decided per batch."""
    weights, frozen = _weights(applied)
    return any(dim.is_dynamic for shape in (*(weights or ()), *frozen) for dim in shape)


def _tensors_of(run: Run, value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, (Tuple, ListRef)):
        return [t for item in items_of(run, value) or () for t in _tensors_of(run, item)]
    return []
