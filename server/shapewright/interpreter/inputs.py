"""`keras.Input`: symbolic inputs, and where they come from."""

from __future__ import annotations

from typing import Any

from shapewright.interpreter.arguments import absent, as_dim, plain, shape_of
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.keras import InputLayerRef
from shapewright.values.tensor import History, Library, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    ListRef,
    Tuple,
    Value,
    int_of,
    is_none,
    str_of,
)


def make_input(run: Run, call: Call) -> Value:
    """The tensor that `keras.Input` gives. Source: keras/src/layers/core/input_layer.py."""
    names = ("shape", "batch_size", "dtype", "sparse", "ragged", "batch_shape", "name", "tensor", "optional")
    given = call.by_name(*names)
    spans = {name: call.argument_span(n) for n, name in enumerate(names[: len(call.args)])}
    spans |= {name: call.argument_span(name) for name in call.keywords}
    if not call.complete or given.get("tensor", NONE) != NONE:
        return Tensor(None)
    if int_of(given.get("shape", NONE)) is not None and not is_keras_2(run):
        number, span = given["shape"], spans.get("shape")
        message = f"Cannot convert '{int_of(number)}' to a shape."
        facts = {"argument": "shape", "rest": spans.get("batch_size") if len(call.args) > 1 else None}
        run.report(Mismatch("int", message, call.span(), None, number, span, facts, tuple(run.call_stack)))
        return Tensor(None, doubtful=True)
    batch_shape = given.get("batch_shape", NONE)
    if not is_keras_2(run) and _refuse_sizes(run, given, spans, call):
        return Tensor(None, doubtful=True)
    if is_none(batch_shape):
        number_of = int_of(given.get("shape", NONE))  # Keras 2 takes a number for one axis
        sample = shape_of(run, given.get("shape", NONE)) if number_of is None else Shape((number_of,))
        batch = given.get("batch_size", NONE)
        shape = None if sample is None else Shape((_batch_dim(batch, call), *sample))
    else:
        shape = shape_of(run, batch_shape)
    dtype = str_of(given.get("dtype", NONE)) or ("float32" if absent(given.get("dtype")) else None)
    layer = InputSource(call.span(), spans, given, str_of(given.get("name", NONE)))
    history = History(layer, None, call.span())
    run.store.note(history)
    return Tensor(shape, dtype, Library.KERAS, history)


def _refuse_sizes(run: Run, given: dict[str, Value], spans: dict[str, Any], call: Call) -> bool:
    """Reports a shape whose sizes are no whole numbers. Source: standardize_shape in keras/src/backend/common/variables.py."""
    both = all(not is_none(given.get(name, NONE)) for name in ("shape", "batch_shape"))
    if both and all(_is_shape(run, given[name]) for name in ("shape", "batch_shape")):
        message = "You cannot pass both `shape` and `batch_shape` at the same time."
        facts: dict[str, Any] = {"argument": "both", "size": None, "spans": spans}
        run.report(Mismatch("sizes", message, call.span(), None, None, spans["batch_shape"], facts, tuple(run.call_stack)))
        return True
    for name in ("shape", "batch_shape"):
        value = given.get(name, NONE)
        whole = plain(run, value) if isinstance(value, (Tuple, ListRef)) else None
        shown = _shown_sizes(whole) if isinstance(whole, (tuple, list)) else None
        if shown is None or not isinstance(whole, (tuple, list)):
            continue
        position = next((n for n, size in enumerate(whole) if not _is_size(size)), None)
        if position is None:
            continue
        size = whole[position]
        message = f"Cannot convert '{shown}' to a shape. Negative dimensions are not allowed."
        if not isinstance(size, int):
            kind = type(size).__name__
            text = _shown_sizes(size) if isinstance(size, (tuple, list)) else str(size)
            message = f"Cannot convert '{shown}' to a shape. Found invalid dimension '{text}' of type '<class '{kind}'>'."
        facts = {"argument": name, "size": size if isinstance(size, int) else repr(size), "position": position, "value": size}
        span = spans.get(name)
        run.report(Mismatch("sizes", message, call.span(), None, value, span, facts, tuple(run.call_stack)))
        return True
    return False


def _is_shape(run: Run, value: Value) -> bool:
    return shape_of(run, value) is not None or int_of(value) is not None


def _is_size(size: Any) -> bool:
    return size is None or (isinstance(size, int) and size >= 0)


def _shown_sizes(sizes: Any) -> str | None:
    """A tuple or list as Python prints it; `None` where not all of it is known."""
    shown = []
    for size in sizes:
        if isinstance(size, (tuple, list)):
            inner = _shown_sizes(size)
            if inner is None:
                return None
            shown.append(inner)
        elif size is None or isinstance(size, (float, str)):
            shown.append(repr(size))
        elif isinstance(size, int):
            shown.append(str(int(size)) if not isinstance(size, bool) else str(size))
        else:
            return None
    inside = ", ".join(shown)
    return f"[{inside}]" if isinstance(sizes, list) else f"({inside},)" if len(shown) == 1 else f"({inside})"


def make_input_layer(run: Run, call: Call) -> Value:
    """The layer that `InputLayer` makes. It still takes `input_shape` for `shape`."""
    old = call.keywords.get("input_shape")
    if old is not None:
        keywords = {**call.keywords, "shape": old}
        spans = {**call.spans, "shape": call.spans["input_shape"]} if "input_shape" in call.spans else call.spans
        call = Call(call.args, keywords, call.node, call.chunk, spans, call.complete)
    made = make_input(run, call)
    return InputLayerRef(made) if isinstance(made, Tensor) else UNKNOWN


@attributes(InputLayerRef)
def attribute_of_input_layer(run: Run, layer: InputLayerRef, name: str) -> Value:
    return layer.output if name == "output" else UNKNOWN


class InputSource:
    """Where a symbolic input comes from: the call of `Input` (or the first layer's `input_shape`) and its arguments."""

    __slots__ = ("given", "name", "span", "spans")

    def __init__(self, span: Any, spans: dict[str, Any], given: dict[str, Value], name: str | None = None) -> None:
        self.span = span
        self.spans = spans
        self.given = given
        self.name = name


def _batch_dim(batch: Value, call: Call) -> Dim:
    if absent(batch):
        return Dim(None, call.span())
    try:
        return as_dim(batch)
    except NotKnown:
        return Dim(UNNAMED)
