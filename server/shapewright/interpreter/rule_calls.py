"""Calls of functions and methods that a rule describes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shapewright.interpreter.arguments import CannotBind, as_given, bind, convert_all
from shapewright.interpreter.contents import with_contents
from shapewright.interpreter.iteration import dim_value, items_of
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.labels import made_of_labels, with_labels
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.suspicions import suspect_function
from shapewright.interpreter.tracing import is_traced
from shapewright.knowledge.arrays.kinds import takes_beside_symbolic, takes_kinds, takes_shapes
from shapewright.knowledge.numpy.folding import folded
from shapewright.knowledge.refusals import refusal
from shapewright.knowledge.registry import Rule
from shapewright.knowledge.rule import TRACED, Misfit, NotKnown, Refused, Result
from shapewright.knowledge.tensorflow.values import takes_values
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import History, Library, Operation, ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, ListRef, Literal, NamedTuple, Size, Tuple, Value

_OF_ARRAYS = ("numpy.", "ndarray.", "Generator.", "RandomState.", "scipy.", "sklearn.", "cv2.")


def call_rule(run: Run, rule: Rule, call: Call, receiver: Value | None = None) -> Value:
    """What a function or method gives by its rule; `UNKNOWN` where that cannot be told."""
    given = [*([] if receiver is None else [receiver]), *call.args, *call.keywords.values()]
    tensors = list(_tensors(run, given))
    symbolic = any(tensor.is_symbolic for tensor in tensors)
    library = _library(rule, symbolic)
    if symbolic and library is Library.TENSORFLOW and is_keras_2(run):
        library = Library.KERAS  # Keras 2 makes a layer of it
    if symbolic and library is not Library.KERAS:
        if receiver is None:
            _refuse_symbolic(run, rule, call)
        return UNKNOWN  # NumPy and TensorFlow refuse Keras tensors
    doubtful = any(tensor.doubtful for tensor in tensors)
    TRACED.set(is_traced(run))
    skip = 0 if receiver is None else 1
    try:
        arguments = bind(rule, call, skip)
        first = [as_given(run, receiver) if isinstance(receiver, Tensor) else receiver] if receiver is not None else []
        positional, keywords = convert_all(run, rule, arguments, skip)
        by_name = dict(zip((parameter.name for parameter in rule.arguments), positional, strict=False)) | keywords
        measured = not symbolic and receiver is None
        defaults = {parameter.name: parameter.default for parameter in rule.arguments if not parameter.required}
        if measured and not (takes_kinds(rule.name, by_name) and takes_values(rule.name, defaults | by_name)):
            raise NotKnown("arguments that the function takes")
        if symbolic and not takes_beside_symbolic(rule.name, by_name):
            raise NotKnown("arguments that the function takes beside Keras tensors")
        result = rule.give(*first, *positional, **keywords)
        if measured and not takes_shapes(rule.name, by_name):
            raise NotKnown("as many axes as the function takes")
        if isinstance(result, Result) and result.content is None and receiver is None:
            known = folded(rule.name, positional, keywords)
            result = result if known is None else replace(result, content=known)
    except Misfit as misfit:
        silent = doubtful or (rule.name.startswith("tensorflow.") and _of_several_dtypes(tensors))
        message = None if silent else refusal(rule.name, way_of(rule.name, symbolic, is_traced(run)), misfit)
        if message is not None:
            facts = {**misfit.facts, "function": rule.name}
            given_trail = tuple(run.call_stack)
            run.report(Mismatch(misfit.kind, message, call.span(), None, given[0], None, facts, given_trail))
            return Tensor(None, None, library, doubtful=True)
        return Tensor(None, None, library, _history(run, rule, call, receiver), doubtful) if symbolic else UNKNOWN
    except (NotKnown, CannotBind):
        return Tensor(None, None, library, _history(run, rule, call, receiver), doubtful) if symbolic else UNKNOWN
    except Refused as refused:
        if not doubtful:
            facts = {**refused.facts, "function": rule.name}
            subject = given[0] if given else None
            trail = tuple(run.call_stack)
            run.report(Mismatch(refused.kind, refused.message or None, call.span(), None, subject, None, facts, trail))
        return Tensor(None, None, library, doubtful=True)
    if not doubtful and isinstance(result, Result):
        suspect_function(
            run, rule, call, receiver if receiver is not None else call.args[0] if call.args else None, result
        )
    several = isinstance(result, (tuple, list))
    history = _history(run, rule, call, receiver, several) if symbolic else None
    value = _value(run, result, library, history, doubtful, tensors)
    if tensors and tensors[0].labels is not None:
        value = made_of_labels(run, rule.name, tensors[0], value)
    names = _FIELDS.get(rule.name) if not symbolic else None
    return NamedTuple(value.items, names) if names and isinstance(value, Tuple) else value


_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("tensorflow.math.top_k", "tensorflow.nn.top_k", "keras.ops.top_k"), ("values", "indices")),
    "tensorflow.unique": ("y", "idx"),
    "tensorflow.unique_with_counts": ("y", "idx", "count"),
    **dict.fromkeys(("tensorflow.linalg.qr", "keras.ops.qr", "keras.ops.linalg.qr"), ("q", "r")),
    "tensorflow.linalg.slogdet": ("sign", "log_abs_determinant"),
    "tensorflow.image.combined_non_max_suppression": (
        *("nmsed_boxes", "nmsed_scores", "nmsed_classes", "valid_detections"),
    ),
    "numpy.linalg.svd": ("U", "S", "Vh"),
    "numpy.linalg.qr": ("Q", "R"),
    **dict.fromkeys(("numpy.linalg.eig", "numpy.linalg.eigh"), ("eigenvalues", "eigenvectors")),
    "numpy.linalg.slogdet": ("sign", "logabsdet"),
}
"""What the results of functions that return several are called; of Keras tensors they have no names."""


def way_of(name: str, symbolic: bool, traced: bool) -> str:
    """Which of the texts of `refusals` a function raises."""
    module = name.partition(".")[0]
    if module in ("numpy", "ndarray"):
        return "numpy"
    if name.startswith("tensorflow.experimental."):
        return ""
    if module in ("tensorflow", "tensor"):
        return "graph" if traced else "tensorflow"
    if name.startswith("keras.ops."):
        return "symbolic" if symbolic else "graph" if traced else "keras"
    return ""


def _of_several_dtypes(tensors: list[Tensor]) -> bool:
    """Whether TensorFlow may refuse the dtypes before it looks at the shapes."""
    dtypes = {tensor.dtype for tensor in tensors if tensor.library is Library.TENSORFLOW}
    return len(dtypes) > 1 or "bool" in dtypes


_TAKES_SYMBOLIC = frozenset(
    f"{library}.{name}"
    for library in ("numpy", "tensorflow")
    for name in (
        "zeros",
        "ones",
        "empty",
        "full",
        "constant",
        "eye",
        "squeeze",
        "flip",
        "shape",
        "ndim",
        "size",
        "einsum",
    )
) - {"tensorflow.squeeze", "tensorflow.shape", "tensorflow.size"}
"""Functions that do not refuse a Keras tensor, or refuse it with other words."""
_NOT_FOR_TENSORFLOW = """A KerasTensor cannot be used as input to a TensorFlow function. A KerasTensor is a symbolic \
placeholder for a shape and dtype, used when constructing Keras Functional models or Keras Functions. You can only use it \
as input to a Keras layer or a Keras operation (from the namespaces `keras.layers` and `keras.ops`). You are likely doing \
something like:

```
x = Input(...)
...
tf_fn(x)  # Invalid.
```

What you should do instead is wrap `tf_fn` in a layer:

```
class MyLayer(Layer):
    def call(self, x):
        return tf_fn(x)

x = MyLayer()(x)
```
"""
_NOT_FOR_NUMPY = (
    "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value. "
    "You cannot convert it to a NumPy array."
)


def _refuse_symbolic(run: Run, rule: Rule, call: Call) -> None:
    """Reports a Keras tensor that is given to TensorFlow or NumPy. Source: keras/src/backend/common/keras_tensor.py."""
    library = rule.name.partition(".")[0]
    given = [*call.args, *call.keywords.values()]
    first = next((v for v in given if isinstance(v, Tensor) and v.is_symbolic), None)
    if library not in ("numpy", "tensorflow") or rule.name in _TAKES_SYMBOLIC or ".random." in rule.name:
        return
    if first is None or first.doubtful or not call.complete:
        return
    message = _NOT_FOR_TENSORFLOW if library == "tensorflow" else _NOT_FOR_NUMPY
    facts = {"function": rule.name, "shape": first.shape}
    trail = tuple(run.call_stack)
    run.report(Mismatch("symbolic", message, call.span(), None, first, None, facts, trail))


def _library(rule: Rule, symbolic: bool) -> Library:
    """Whose array or tensor comes out."""
    if rule.name.startswith(_OF_ARRAYS):
        return Library.NUMPY
    return Library.KERAS if symbolic and rule.name.startswith("keras.") else Library.TENSORFLOW


def _history(run: Run, rule: Rule, call: Call, receiver: Value | None, several: bool = False) -> History:
    """How to compute the result again from other tensors, when a model that it is part of is called."""
    names = list(call.keywords)

    def again(other: Run, inputs: Value) -> Value:
        assert isinstance(inputs, Tuple)
        values = list(inputs.items)
        owner = values.pop(0) if receiver is not None else None
        args, rest = values[: len(call.args)], values[len(call.args) :]
        renewed = Call(args, dict(zip(names, rest, strict=True)), call.node, call.chunk, call.spans, call.complete)
        return call_rule(other, rule, renewed, owner)

    given = [*([] if receiver is None else [receiver]), *call.args, *call.keywords.values()]
    redo = Operation(again, rule.name if receiver is None else None, tuple(names), several=several)
    history = History(redo, Tuple(tuple(_frozen(run, value) for value in given)), call.span())
    run.store.note_node(history)
    return history


def _frozen(run: Run, value: Value) -> Value:
    """A list as it is now."""
    items = items_of(run, value) if isinstance(value, ListRef) else None
    return Tuple(tuple(_frozen(run, item) for item in items)) if items is not None else value


def _tensors(run: Run, values: Iterable[Value]) -> Iterable[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (Tuple, ListRef)):
            items = items_of(run, value)
            if items is not None and len(items) <= 64:
                yield from _tensors(run, items)


def _value(
    run: Run, result: Any, library: Library, history: History | None, doubtful: bool, sources: list[Tensor]
) -> Value:
    """What a rule returned, as a value."""
    if isinstance(result, Result):
        if result.shape is not None and any(isinstance(size, int) and size < 0 for size in result.shape.sizes):
            return UNKNOWN  # the library refuses what would give less than nothing
        library = result.library or library
        history = history if library is Library.KERAS else None
        made = Tensor(result.shape, result.dtype, library, history, doubtful, most_axes=result.most_axes)
        content = _content(result.content)
        if result.labels is not None:
            return with_labels(run, made, result.labels)
        return made if content is None else with_contents(run, made, content, sources)
    if isinstance(result, (tuple, list)):
        parts = [
            _value(run, part, library, _numbered(history, number), doubtful, sources)
            for number, part in enumerate(result)
        ]
        return Tuple(tuple(parts))
    if isinstance(result, Dim):
        return dim_value(result)
    if isinstance(result, Shape):
        return ShapeValue(result)
    return Literal(result) if result is None or isinstance(result, (int, float, str, bool)) else UNKNOWN


def _content(content: Any) -> Value | None:
    """The elements of a small tensor, as values."""
    if isinstance(content, (tuple, list)):
        parts = [_content(part) for part in content]
        return None if None in parts else Tuple(tuple(part for part in parts if part is not None))
    if isinstance(content, Dim):
        return Size(content) if content.size is None else dim_value(content)
    return Literal(content) if isinstance(content, (int, float)) else None


def _numbered(history: History | None, index: int) -> History | None:
    return None if history is None else History(history.producer, history.inputs, history.node, index)
