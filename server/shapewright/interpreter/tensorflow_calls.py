"""Functions of TensorFlow that call functions of the program, or that give something other than tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.dataset_methods import cardinality_of
from shapewright.interpreter.datasets import as_tensors, dtype_of, merged, tensor_spec, with_first, without_first
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import dim_value, items_of
from shapewright.interpreter.joins import join
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.interpreter.tracing import is_traced, traced
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.callable import Function, Method, Partial
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import History, Library, Lost, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Value,
    is_none,
)

Handle = Callable[[Run, Call, Frame], Value]
TENSORFLOW: dict[str, Handle] = {}
"""The functions, by name."""


def _handles(*names: str) -> Callable[[Handle], Handle]:
    def register(handle: Handle) -> Handle:
        TENSORFLOW.update({f"tensorflow.{name}": handle for name in names})
        return handle

    return register


def _list(run: Run, items: list[Value]) -> ListRef:
    made = ListRef()
    run.store.write(made, "items", Tuple(tuple(items)))
    return made


# -- functions of functions


@_handles("function")
def graph_function(run: Run, call: Call, frame: Frame) -> Value:
    """`tf.function(f)`, or with other arguments a decorator. Arguments that make TensorFlow forget sizes are not followed."""
    given = call.by_name("func", "input_signature")
    function = given.get("func", NONE)
    if is_none(function):
        kept = tuple((name, value) for name, value in call.keywords.items() if name != "func")
        return Partial(Api("tensorflow.function"), (), kept)
    relaxed = any(name in given for name in ("reduce_retracing", "experimental_relax_shapes"))
    signature = given.get("input_signature", NONE)
    known = is_none(signature) or isinstance(signature, (Tuple, ListRef))
    if isinstance(function, Method):
        inner = replace(
            function.function, graph=signature, decorated=function.function.decorated or relaxed or not known
        )
        return Method(inner, function.receiver)
    if isinstance(function, Function):
        return replace(function, graph=signature, decorated=function.decorated or relaxed or not known)
    return function if is_none(signature) and not relaxed else UNKNOWN


@_handles("map_fn")
def map_fn(run: Run, call: Call, frame: Frame) -> Value:
    """The function of each element, one below the other."""
    return _mapped(run, call, frame)


@_handles("vectorized_map")
def vectorized_map(run: Run, call: Call, frame: Frame) -> Value:
    with traced(run):
        return _mapped(run, call, frame)


def _mapped(run: Run, call: Call, frame: Frame) -> Value:
    given = call.by_name("fn", "elems")
    elems = as_tensors(run, given.get("elems", UNKNOWN))
    one = map_structure(run, elems, lambda leaf, _: without_first(leaf))
    result = run.call(given.get("fn", UNKNOWN), Call([one], {}), frame)
    return _one_below_the_other(run, result, elems)


def _one_below_the_other(run: Run, result: Value, elems: Value) -> Value:
    firsts = [leaf.shape[0] for leaf in leaves(run, elems) if isinstance(leaf, Tensor) and leaf.shape]
    if not firsts:
        return UNKNOWN
    count = next((dim for dim in firsts if dim.is_known), firsts[0])
    return map_structure(run, _tensors_in(run, result), lambda leaf, _: with_first(leaf, count))


def _tensors_in(run: Run, value: Value) -> Value:
    """Python's numbers as tensors; lists stay lists."""

    def leaf(item: Value, _: int) -> Value:
        return as_tensors(run, item)

    return map_structure(run, value, leaf)


@_handles("scan")
def scan(run: Run, call: Call, frame: Frame) -> Value:
    """All results of a function of the last one and the next element. Without a first one it is the first element."""
    given = call.by_name("fn", "elems", "initializer")
    elems = as_tensors(run, given.get("elems", UNKNOWN))
    one = map_structure(run, elems, lambda leaf, _: without_first(leaf))
    start = as_tensors(run, given["initializer"]) if not is_none(given.get("initializer", NONE)) else one
    after = as_tensors(run, run.call(given.get("fn", UNKNOWN), Call([start, one], {}), frame))
    return _one_below_the_other(run, start, elems) if _alike(run, start, after) else UNKNOWN


@_handles("foldl", "foldr")
def fold(run: Run, call: Call, frame: Frame) -> Value:
    given = call.by_name("fn", "elems", "initializer")
    elems = as_tensors(run, given.get("elems", UNKNOWN))
    one = map_structure(run, elems, lambda leaf, _: without_first(leaf))
    start = as_tensors(run, given["initializer"]) if not is_none(given.get("initializer", NONE)) else one
    after = as_tensors(run, run.call(given.get("fn", UNKNOWN), Call([start, one], {}), frame))
    return start if _alike(run, start, after) else UNKNOWN


def _alike(run: Run, a: Value, b: Value) -> bool:
    """Whether two structures of tensors have the same known shapes."""
    first, second = leaves(run, a), leaves(run, b)
    return len(first) == len(second) and all(
        (isinstance(x, Tensor) and isinstance(y, Tensor) and x.shape and y.shape and x.shape.sizes == y.shape.sizes)
        or (isinstance(x, Tensor) and isinstance(y, Tensor) and x.shape == y.shape == Shape(()))
        for x, y in zip(first, second, strict=True)
    )


@_handles("cond")
def cond(run: Run, call: Call, frame: Frame) -> Value:
    """What both ways give; sizes in which they differ are `None` in a graph."""
    given = call.by_name("pred", "true_fn", "false_fn")
    ways = [run.call(given.get(name, UNKNOWN), Call([], {}), frame) for name in ("true_fn", "false_fn")]
    first, second = (_tensors_in(run, way) for way in ways)
    if is_traced(run) and len(leaves(run, first)) == len(leaves(run, second)):
        return merged(run, first, second)
    return join(first, second) if not isinstance(first, (ListRef, DictRef)) else UNKNOWN


@_handles("while_loop")
def while_loop(run: Run, call: Call, frame: Frame) -> Value:
    """The variables, where a round leaves their shapes as they are."""
    given = call.by_name("cond", "body", "loop_vars", "shape_invariants")
    items = items_of(run, given.get("loop_vars", UNKNOWN))
    if items is None or "shape_invariants" in given:
        return UNKNOWN
    before = [as_tensors(run, item) for item in items]
    run.call(given.get("cond", UNKNOWN), Call(before, {}), frame)
    result = run.call(given.get("body", UNKNOWN), Call(before, {}), frame)
    after = items_of(run, result) if isinstance(result, (Tuple, ListRef)) else [result]
    if after is None or len(after) != len(before):
        return UNKNOWN
    if not all(_alike(run, x, as_tensors(run, y)) for x, y in zip(before, after, strict=True)):
        return UNKNOWN
    whole = given["loop_vars"]
    return Tuple(tuple(before)) if isinstance(whole, Tuple) else _list(run, before)


@_handles("py_function", "numpy_function")
def python_function(run: Run, call: Call, frame: Frame) -> Value:
    """What Python computes: of a graph's tensors nothing but the dtype is known afterwards."""
    given = call.by_name("func", "inp", "Tout")
    inputs = items_of(run, given.get("inp", UNKNOWN))
    arguments = Call([], {}, complete=False) if inputs is None else Call([_eager(item) for item in inputs], {})
    with traced(run, False):
        result = run.call(given.get("func", UNKNOWN), arguments, frame)
    types = given.get("Tout", UNKNOWN)
    several = items_of(run, types) if isinstance(types, (Tuple, ListRef)) else None
    if not is_traced(run):
        return as_tensors(run, result)
    if several is None:
        return _lost(as_tensors(run, result), dtype_of(types), call, 0)
    parts = items_of(run, result) if isinstance(result, (Tuple, ListRef)) else None
    given_back = parts if parts is not None and len(parts) == len(several) else [UNKNOWN] * len(several)
    pairs = enumerate(zip(given_back, several, strict=True))
    return _list(run, [_lost(as_tensors(run, part), dtype_of(dtype), call, n) for n, (part, dtype) in pairs])


def _lost(found: Value, dtype: str | None, call: Call, index: int) -> Tensor:
    """A tensor of which TensorFlow does not know the rank any more."""
    return Tensor(None, dtype, Library.TENSORFLOW, History(Lost(found), None, call.span(), index))


def _eager(value: Value) -> Value:
    """A tensor of a graph as Python gets it when the program runs: with some size where the graph has `None`."""
    if not isinstance(value, Tensor) or value.shape is None:
        return value
    return replace(value, shape=Shape(Dim(UNNAMED) if dim.is_dynamic else dim for dim in value.shape))


@_handles("recompute_grad", "autograph.experimental.do_not_convert", "grad_pass_through")
def same_function(run: Run, call: Call, frame: Frame) -> Value:
    return call.args[0] if call.args else UNKNOWN


@_handles("custom_gradient")
def custom_gradient(run: Run, call: Call, frame: Frame) -> Value:
    """The function without the gradient that it returns beside its result."""
    function = call.args[0] if call.args else UNKNOWN
    return Partial(Api("tensorflow.custom_gradient()"), (function,), ())


@_handles("custom_gradient()")
def with_custom_gradient(run: Run, call: Call, frame: Frame) -> Value:
    """What such a function gives: the first of the two things that it returns."""
    function, *args = call.args
    result = run.call(function, Call(args, call.keywords, call.node, call.chunk, complete=call.complete), frame)
    return as_tensors(run, result.items[0]) if isinstance(result, Tuple) and len(result.items) == 2 else UNKNOWN


# -- structures


@_handles("nest.map_structure")
def nest_map(run: Run, call: Call, frame: Frame) -> Value:
    function, *structures = call.args if call.args else [UNKNOWN]
    if not structures:
        return UNKNOWN
    others = [leaves(run, structure) for structure in structures[1:]]

    def leaf(item: Value, index: int) -> Value:
        more = [column[index] if index < len(column) else UNKNOWN for column in others]
        return run.call(function, Call([item, *more], {}), frame)

    return map_structure(run, structures[0], leaf)


@_handles("nest.flatten")
def nest_flatten(run: Run, call: Call, frame: Frame) -> Value:
    whole = call.by_name("structure").get("structure", UNKNOWN)
    if whole is UNKNOWN or isinstance(whole, DictRef):
        return UNKNOWN
    found = leaves(run, whole)
    return UNKNOWN if UNKNOWN in found else _list(run, found)


@_handles("TensorShape")
def tensor_shape(run: Run, call: Call, frame: Frame) -> Value:
    known = shape_of(run, call.by_name("dims").get("dims", UNKNOWN))
    return UNKNOWN if known is None else ShapeValue(known)


@_handles("data.experimental.cardinality")
def cardinality(run: Run, call: Call, frame: Frame) -> Value:
    dataset = call.args[0] if call.args else UNKNOWN
    return cardinality_of(dataset) if isinstance(dataset, Dataset) else Tensor(Shape(()), "int64", Library.TENSORFLOW)


@_handles("data.experimental.get_single_element")
def single_element(run: Run, call: Call, frame: Frame) -> Value:
    dataset = call.args[0] if call.args else UNKNOWN
    return dataset.first if isinstance(dataset, Dataset) else UNKNOWN


# -- examples in records


@_handles("io.FixedLenFeature")
def fixed_length(run: Run, call: Call, frame: Frame) -> Value:
    """Stands for the tensor that it describes."""
    return tensor_spec(run, call)


@_handles("io.FixedLenSequenceFeature")
def fixed_length_sequence(run: Run, call: Call, frame: Frame) -> Value:
    one = tensor_spec(run, call)
    return with_first(one, Dim(None))


@_handles("io.parse_single_example")
def parse_single_example(run: Run, call: Call, frame: Frame) -> Value:
    """A tensor for each feature of fixed length; the others are sparse or ragged."""
    return _features(run, call.by_name("serialized", "features").get("features", UNKNOWN), None)


@_handles("io.parse_example")
def parse_example(run: Run, call: Call, frame: Frame) -> Value:
    given = call.by_name("serialized", "features")
    records = as_tensors(run, given.get("serialized", UNKNOWN))
    if not isinstance(records, Tensor) or records.shape is None or records.shape.rank != 1:
        return UNKNOWN
    return _features(run, given.get("features", UNKNOWN), records.shape[0])


def _features(run: Run, features: Value, count: Dim | None) -> Value:
    state = run.store.read(features, "items") if isinstance(features, DictRef) else None
    if not isinstance(state, DictItems):
        return UNKNOWN
    made = DictRef()
    pairs = tuple((key, spec if count is None else with_first(spec, count)) for key, spec in state.items)
    run.store.write(made, "items", DictItems(pairs, state.complete))
    return made


# -- shapes and their tensors


def shape_method(run: Run, shape: ShapeValue, method: str, call: Call) -> Value:
    """What the methods of a `TensorShape` give."""
    if method == "as_list":
        return _list(run, [dim_value(dim) for dim in shape.shape])
    if method == "num_elements":
        return dim_value(number_of_elements(shape.shape)) if None not in shape.shape.sizes else NONE
    if method == "is_fully_defined":
        return Literal(shape.shape.is_known) if None in shape.shape.sizes or shape.shape.is_known else UNKNOWN
    if method in ("with_rank", "with_rank_at_least", "merge_with") and method != "merge_with":
        return shape
    if method == "concatenate" and call.args:
        more = shape_of(run, call.args[0])
        return UNKNOWN if more is None else ShapeValue(Shape((*shape.shape, *more)))
    return UNKNOWN


def set_shape(run: Run, tensor: Tensor, call: Call) -> Tensor | None:
    """The tensor with what its `set_shape` adds."""
    wanted = shape_of(run, call.by_name("shape").get("shape", UNKNOWN))
    if wanted is None or (tensor.shape is not None and tensor.shape.rank != wanted.rank):
        return None
    before = tensor.shape if tensor.shape is not None else wanted
    dims = [a if a.is_known or b.is_dynamic else b for a, b in zip(before, wanted, strict=True)]
    return replace(tensor, shape=Shape(dims))
