"""The functions of `keras.ops` that call functions of the program: `map`, `cond`, `scan`, `while_loop` and their like.

On tensors they are TensorFlow's functions of functions. On Keras tensors the function is traced with TensorFlow's tensors of
the same shapes, and what comes out is a Keras tensor again. Source: keras/src/ops/core.py, keras/src/backend/tensorflow/core.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from shapewright.interpreter.datasets import as_tensors, with_first, without_first
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.joins import join
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import flatten, leaves, map_structure
from shapewright.interpreter.tensorflow_calls import TENSORFLOW
from shapewright.interpreter.tracing import traced
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import History, Library, Operation, Tensor
from shapewright.values.value import NONE, UNKNOWN, ListRef, Literal, Tuple, Value, int_of, is_none

Given = dict[str, Value]
Evaluate = Callable[[Run, Given, Frame], Value]


@dataclass(frozen=True)
class Control:
    """One of the functions: its parameters, how many of them must be given, and what it gives."""

    parameters: tuple[str, ...]
    required: int
    eager: Evaluate
    symbolic: Evaluate


def call_control(run: Run, name: str, call: Call, frame: Frame) -> Value:
    """What the function gives for tensors, and for Keras tensors."""
    control = KERAS_CONTROL[name]
    if not call.complete:
        return UNKNOWN
    given = call.by_name(*control.parameters)
    if name == "keras.ops.switch":
        given["operands"] = Tuple(tuple(call.args[2:]))
    if any(name not in given for name in control.parameters[: control.required]):
        return UNKNOWN
    if not any(tensor.is_symbolic for value in given.values() for tensor in flatten(run, value)):
        return control.eager(run, given, frame)
    made = control.symbolic(run, given, frame)
    names = list(given)

    def again(other: Run, inputs: Value) -> Value:
        assert isinstance(inputs, Tuple)
        keywords = dict(zip(names, inputs.items, strict=True))
        operands = keywords.pop("operands", None) if name == "keras.ops.switch" else None
        if name == "keras.ops.cond":
            return UNKNOWN  # its functions hold on to the tensors that they were made with
        args = [keywords.pop("index"), keywords.pop("branches"), *operands.items] if isinstance(operands, Tuple) else []
        return call_control(other, name, Call(args, keywords, call.node, call.chunk), frame)

    whole = Tuple(tuple(given.values()))

    def leaf(item: Value, index: int) -> Value:
        if not isinstance(item, Tensor):
            return item
        return Tensor(item.shape, item.dtype, Library.KERAS, History(Operation(again), whole, call.span(), index))

    return map_structure(run, made, leaf)


# -- what all of them do with functions


def _traced(run: Run, function: Value, arguments: list[Value], frame: Frame) -> Value:
    """What a function gives when it is traced with TensorFlow's tensors in place of Keras's."""
    with traced(run):
        return run.call(function, Call([_placeholders(run, value) for value in arguments], {}), frame)


def _placeholders(run: Run, value: Value) -> Value:
    def leaf(item: Value, _: int) -> Value:
        if not isinstance(item, Tensor) or not item.is_symbolic:
            return item
        return Tensor(item.shape, item.dtype, Library.TENSORFLOW, None, item.doubtful)

    return map_structure(run, value, leaf)


def _first(run: Run, structure: Value) -> Value:
    return map_structure(run, structure, lambda leaf, _: without_first(leaf))


def _count(run: Run, structure: Value) -> Dim | None:
    """How many elements the first of the tensors has."""
    found = flatten(run, structure)
    shape = found[0].shape if found else None
    return shape[0] if shape else None


def _stacked(run: Run, structure: Value, count: Dim | None) -> Value:
    return UNKNOWN if count is None else map_structure(run, structure, lambda leaf, _: with_first(leaf, count))


def _same(run: Run, a: Value, b: Value) -> bool:
    """Whether two structures of tensors have the same known shapes and dtypes."""
    first, second = leaves(run, a), leaves(run, b)
    if len(first) != len(second):
        return False
    for x, y in zip(first, second, strict=True):
        if not isinstance(x, Tensor) or not isinstance(y, Tensor) or x.shape is None or y.shape is None:
            return False
        if x.shape.sizes != y.shape.sizes or x.dtype is None or x.dtype != y.dtype:
            return False
    return True


def _pair(run: Run, value: Value) -> tuple[Value, Value]:
    """The two things that a function returns."""
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else None
    return (items[0], items[1]) if items is not None and len(items) == 2 else (UNKNOWN, UNKNOWN)


# -- map and cond: TensorFlow's functions


def _like_tensorflow(meant: str, theirs: dict[str, str]) -> Evaluate:
    """The function of TensorFlow, and what it calls the parameters."""

    def evaluate(run: Run, given: Given, frame: Frame) -> Value:
        return TENSORFLOW[meant](run, Call([], {theirs[name]: value for name, value in given.items()}), frame)

    return evaluate


def _map(function: str, elements: str) -> Evaluate:
    def evaluate(run: Run, given: Given, frame: Frame) -> Value:
        one = _first(run, given[elements])
        return _stacked(run, _traced(run, given[function], [one], frame), _count(run, given[elements]))

    return evaluate


def _cond(run: Run, given: Given, frame: Frame) -> Value:
    first, second = (_traced(run, given[name], [], frame) for name in ("true_fn", "false_fn"))
    return first if _same(run, first, second) else UNKNOWN


# -- scan


def _length(run: Run, given: Given) -> Dim | None:
    length = int_of(given.get("length", NONE))
    return Dim(length) if length is not None else _count(run, given.get("xs", NONE))


def _step(run: Run, given: Given) -> list[Value]:
    xs = given.get("xs", NONE)
    return [given["init"], NONE if is_none(xs) else _first(run, xs)]


def _scan(run: Run, given: Given, frame: Frame) -> Value:
    """What is carried on, and all results. Both keep the shapes of the beginning."""
    start = as_tensors(run, given["init"])
    xs = given.get("xs", NONE)
    tensors = {**given, "init": start, "xs": NONE if is_none(xs) else as_tensors(run, xs)}
    carry, result = _pair(run, run.call(given["f"], Call(_step(run, tensors), {}), frame))
    if not _same(run, start, as_tensors(run, carry)) or not _same(run, start, as_tensors(run, result)):
        return UNKNOWN
    return Tuple((start, _stacked(run, start, _length(run, tensors))))


def _scan_symbolic(run: Run, given: Given, frame: Frame) -> Value:
    carry, result = _pair(run, _traced(run, given["f"], _step(run, given), frame))
    return Tuple((carry, _stacked(run, result, _length(run, given))))


def _associative(run: Run, given: Given, frame: Frame) -> Value:
    """Tensors like those that are combined: the function takes any number of them at once."""
    elems, axis = as_tensors(run, given["elems"]), int_of(given.get("axis", Literal(0)))
    if axis is None:
        return UNKNOWN

    def some(leaf: Value, _: int) -> Value:
        known = isinstance(leaf, Tensor) and leaf.shape is not None and -leaf.shape.rank <= axis < leaf.shape.rank
        return replace(leaf, shape=leaf.shape.replace(axis, Dim(UNNAMED))) if known else UNKNOWN  # type: ignore

    part = map_structure(run, elems, some)
    made = run.call(given["f"], Call([part, part], {}), frame)
    return elems if _same(run, part, as_tensors(run, made)) else UNKNOWN


def _associative_symbolic(run: Run, given: Given, frame: Frame) -> Value:
    axis, found = int_of(given.get("axis", Literal(0))), flatten(run, given["elems"])
    if axis is None or not found or found[0].shape is None:
        return UNKNOWN

    def one(leaf: Value, _: int) -> Value:
        known = isinstance(leaf, Tensor) and leaf.shape is not None and -leaf.shape.rank <= axis < leaf.shape.rank
        return replace(leaf, shape=leaf.shape.replace(axis, Dim(1))) if known else UNKNOWN  # type: ignore

    part = map_structure(run, given["elems"], one)
    made = _traced(run, given["f"], [part, part], frame)
    whole: Shape = found[0].shape
    return map_structure(run, made, lambda t, _: replace(t, shape=whole) if isinstance(t, Tensor) else UNKNOWN)


# -- switch and loops


def _branches(run: Run, given: Given) -> tuple[list[Value], list[Value]]:
    operands = given["operands"]
    return list(items_of(run, given["branches"]) or ()), list(operands.items) if isinstance(operands, Tuple) else []


def _switch(run: Run, given: Given, frame: Frame) -> Value:
    """What the branch gives that the index says, or what all of them give alike."""
    branches, operands = _branches(run, given)
    index = int_of(given["index"])
    if index is not None and branches:
        branches = [branches[min(max(index, 0), len(branches) - 1)]]
    results = [as_tensors(run, run.call(branch, Call(operands, {}), frame)) for branch in branches]
    if not results:
        return UNKNOWN
    found = results[0]
    for result in results[1:]:
        found = join(found, result)
    return found


def _switch_symbolic(run: Run, given: Given, frame: Frame) -> Value:
    branches, operands = _branches(run, given)
    return _traced(run, branches[0], operands, frame) if branches else UNKNOWN


def _fori_loop(run: Run, given: Given, frame: Frame) -> Value:
    """The value, where a round leaves its shape as it is."""
    start = as_tensors(run, given["init_val"])
    number = as_tensors(run, given["lower"])
    after = as_tensors(run, run.call(given["body_fun"], Call([number, start], {}), frame))
    return start if _same(run, start, after) else UNKNOWN


def _fori_loop_symbolic(run: Run, given: Given, frame: Frame) -> Value:
    start = given["init_val"]
    return replace(start, content=None) if isinstance(start, Tensor) else UNKNOWN


def _while_loop(run: Run, given: Given, frame: Frame) -> Value:
    """TensorFlow's loop; several variables come back as a tuple."""
    variables = given["loop_vars"]
    items = items_of(run, variables) if isinstance(variables, (Tuple, ListRef)) else [variables]
    if items is None:
        return UNKNOWN
    whole = Tuple(tuple(as_tensors(run, item) for item in items))
    keywords = {"cond": given["cond"], "body": given["body"], "loop_vars": whole}
    after = TENSORFLOW["tensorflow.while_loop"](run, Call([], keywords), frame)
    if not isinstance(after, Tuple):
        return UNKNOWN
    return after if isinstance(variables, (Tuple, ListRef)) else after.items[0]


def _while_loop_symbolic(run: Run, given: Given, frame: Frame) -> Value:
    return given["loop_vars"]


KERAS_CONTROL: dict[str, Control] = {
    "keras.ops.map": Control(
        ("f", "xs"), 2, _like_tensorflow("tensorflow.map_fn", {"f": "fn", "xs": "elems"}), _map("f", "xs")
    ),
    "keras.ops.vectorized_map": Control(
        ("function", "elements"),
        2,
        _like_tensorflow("tensorflow.vectorized_map", {"function": "fn", "elements": "elems"}),
        _map("function", "elements"),
    ),
    "keras.ops.cond": Control(
        ("pred", "true_fn", "false_fn"),
        3,
        _like_tensorflow("tensorflow.cond", {name: name for name in ("pred", "true_fn", "false_fn")}),
        _cond,
    ),
    "keras.ops.scan": Control(("f", "init", "xs", "length", "reverse", "unroll"), 2, _scan, _scan_symbolic),
    "keras.ops.associative_scan": Control(("f", "elems", "reverse", "axis"), 2, _associative, _associative_symbolic),
    "keras.ops.switch": Control(("index", "branches"), 2, _switch, _switch_symbolic),
    "keras.ops.fori_loop": Control(("lower", "upper", "body_fun", "init_val"), 4, _fori_loop, _fori_loop_symbolic),
    "keras.ops.while_loop": Control(
        ("cond", "body", "loop_vars", "maximum_iterations"), 3, _while_loop, _while_loop_symbolic
    ),
}
