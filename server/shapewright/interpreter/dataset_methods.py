"""`tf.data`: what the methods of a dataset make of it.

Source: tensorflow/python/data/ops/dataset_ops.py.
"""

from __future__ import annotations

from collections.abc import Callable

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.datasets import as_tensors, merged, with_first, without_first
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.interpreter.tracing import traced
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import INFINITE, Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    UNKNOWN,
    Api,
    BoundApi,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Value,
    int_of,
    is_none,
)

Method = Callable[[Run, Dataset, Call, Frame], Value]
_METHODS: dict[str, Method] = {}


def _method(*names: str) -> Callable[[Method], Method]:
    def register(method: Method) -> Method:
        _METHODS.update(dict.fromkeys(names, method))
        return method

    return register


@attributes(Dataset)
def attribute_of_dataset(run: Run, dataset: Dataset, name: str) -> Value:
    return dataset.element if name == "element_spec" else BoundApi(dataset, name)


def call_dataset_method(run: Run, dataset: Dataset, method: str, call: Call, frame: Frame) -> Value:
    """What a method of a dataset gives; a method that is not known here gives something unknown."""
    known = _METHODS.get(method)
    return known(run, dataset, call, frame) if known is not None and call.complete else UNKNOWN


def call_on(run: Run, function: Value, element: Value, frame: Frame) -> Value:
    """What a function makes of an element, traced into a graph; a tuple is given as several arguments. It gets dicts of its
    own, which it may change."""
    element = map_structure(run, element, lambda leaf, _: leaf)
    if element is UNKNOWN:
        call = Call([], {}, complete=False)
    else:
        call = Call(list(element.items) if isinstance(element, Tuple) else [element], {})
    with traced(run):
        result = run.call(function, call, frame)
    items = items_of(run, result) if isinstance(result, ListRef) else None
    if items is not None:  # a list is taken for a tuple
        result = Tuple(tuple(items))
    return as_tensors(run, result)


def _uncertain(dataset: Dataset) -> tuple[Value, ...] | None:
    """The rounds where some elements are left out: certain only where all are alike."""
    return dataset.rounds if dataset.rounds is None or len(dataset.rounds) == 1 else ()


# -- the same elements


@_method("prefetch", "cache", "with_options", "ignore_errors", "snapshot", "fingerprint")
def _same(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return dataset


@_method("shuffle")
def _shuffle(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return Dataset(dataset.element, dataset.length, dataset.rounds, False)


@_method("filter", "take_while", "unique")
def _fewer(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    function = call.by_name("predicate").get("predicate")
    if function is not None:
        call_on(run, function, dataset.element, frame)
    return Dataset(dataset.element, None, _uncertain(dataset), dataset.ordered)


@_method("shard")
def _shard(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    given = call.by_name("num_shards", "index")
    shards, index = int_of(given.get("num_shards", UNKNOWN)), int_of(given.get("index", UNKNOWN))
    length = None
    if dataset.length is not None and dataset.length < INFINITE and shards and index is not None and index >= 0:
        length = dataset.length // shards + (index < dataset.length % shards)
    return Dataset(dataset.element, length, _uncertain(dataset), dataset.ordered)


@_method("repeat")
def _repeat(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    times = int_of(call.by_name("count").get("count", Literal(-1)))
    if "count" in call.by_name("count") and is_none(call.by_name("count")["count"]):
        times = -1
    if times is not None and times < 0:
        length: int | None = INFINITE
    else:
        length = dataset.length * times if dataset.length is not None and times is not None else None
    return Dataset(dataset.element, _capped(length), dataset.rounds, dataset.ordered)


def _capped(length: int | None) -> int | None:
    return INFINITE if length is not None and length > INFINITE // 2 else length


@_method("take")
def _take(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    count = int_of(call.by_name("count").get("count", UNKNOWN))
    if dataset.length is None or count is None:
        return Dataset(dataset.element, None, _uncertain(dataset), dataset.ordered)
    length = dataset.length if count < 0 else min(count, dataset.length)
    if not dataset.rounds or length == dataset.length or len(dataset.rounds) == 1:
        return Dataset(dataset.element, length, dataset.rounds, dataset.ordered)
    return Dataset(dataset.element, length, dataset.rounds[:1] if dataset.ordered and len(dataset.rounds) == 2 else ())


@_method("skip")
def _skip(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    count = int_of(call.by_name("count").get("count", UNKNOWN))
    if dataset.length is None or count is None:
        return Dataset(dataset.element, None, _uncertain(dataset), dataset.ordered)
    length = _capped(max(dataset.length - count, 0) if count >= 0 else 0)
    rounds = dataset.rounds
    if rounds and len(rounds) > 1 and not dataset.ordered:
        rounds = ()
    elif rounds and length is not None and length <= 1:
        rounds = rounds[-1:]
    return Dataset(dataset.element, length, rounds, dataset.ordered)


@_method("concatenate")
def _concatenate(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    other = call.by_name("dataset").get("dataset", UNKNOWN)
    if not isinstance(other, Dataset):
        return Dataset(UNKNOWN)
    element = merged(run, dataset.element, other.element)
    length = None if None in (dataset.length, other.length) else (dataset.length or 0) + (other.length or 0)
    plain = dataset.rounds is None and other.rounds is None and len(leaves(run, element)) == 1
    if plain and dataset.element == element == other.element:
        return Dataset(element, _capped(length))
    certain = dataset.rounds != () and other.rounds != ()
    rounds = tuple(dict.fromkeys((*dataset.elements, *other.elements))) if certain else ()
    return Dataset(element, _capped(length), rounds, False)


# -- functions of elements


@_method("map")
def _map(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    function = call.by_name("map_func").get("map_func", UNKNOWN)
    element = call_on(run, function, dataset.element, frame)
    if dataset.rounds is None:
        return Dataset(element, dataset.length, None, dataset.ordered)
    seen = run.store.trace.mark()  # TensorFlow traces the function once, with what all elements have in common
    rounds = tuple(call_on(run, function, one, frame) for one in dataset.rounds)
    run.store.trace.rewind(seen)
    return Dataset(element, dataset.length, rounds, dataset.ordered)


@_method("interleave", "flat_map")
def _flat_map(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """The elements of the datasets that the function gives."""
    inner = call_on(run, call.by_name("map_func").get("map_func", UNKNOWN), dataset.element, frame)
    if not isinstance(inner, Dataset):
        return Dataset(UNKNOWN)
    length = None if None in (dataset.length, inner.length) else (dataset.length or 0) * (inner.length or 0)
    if dataset.rounds is not None:
        return Dataset(inner.element, None, inner.rounds if inner.rounds is None else (), False)
    return Dataset(inner.element, _capped(length), inner.rounds, False)


@_method("scan")
def _scan(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    given = call.by_name("initial_state", "scan_func")
    state = as_tensors(run, given.get("initial_state", UNKNOWN))
    with traced(run):
        pair = run.call(given.get("scan_func", UNKNOWN), Call([state, dataset.element], {}), frame)
    if not isinstance(pair, Tuple) or len(pair.items) != 2:
        return Dataset(UNKNOWN)
    rounds = None if dataset.rounds is None else ()
    return Dataset(as_tensors(run, pair.items[1]), dataset.length, rounds, dataset.ordered)


@_method("reduce")
def _reduce(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """The last state, which keeps its shape."""
    given = call.by_name("initial_state", "reduce_func")
    state = as_tensors(run, given.get("initial_state", UNKNOWN))
    with traced(run):
        after = as_tensors(run, run.call(given.get("reduce_func", UNKNOWN), Call([state, dataset.element], {}), frame))
    same = isinstance(state, Tensor) and isinstance(after, Tensor) and _sizes(state) == _sizes(after)
    return state if same and isinstance(state, Tensor) and state.shape is not None else UNKNOWN


def _sizes(tensor: Tensor) -> object:
    return None if tensor.shape is None else tensor.shape.sizes


@_method("group_by_window")
def _group_by_window(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    given = call.by_name("key_func", "reduce_func", "window_size")
    call_on(run, given.get("key_func", UNKNOWN), dataset.element, frame)
    key = Tensor(Shape(()), "int64", Library.TENSORFLOW)
    with traced(run):
        group = Dataset(dataset.element, None, _uncertain(dataset))
        inner = run.call(given.get("reduce_func", UNKNOWN), Call([key, group], {}), frame)
    if not isinstance(inner, Dataset):
        return Dataset(UNKNOWN)
    return Dataset(inner.element, None, inner.rounds if inner.rounds is None else (), False)


@_method("apply")
def _apply(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    function = call.args[0] if call.args else UNKNOWN
    name = function.name if isinstance(function, Api) else ""
    if name.startswith(_EXPERIMENTAL) and name.endswith("()"):
        method = name[len(_EXPERIMENTAL) : -2]
        return _unbatch(run, dataset, call, frame) if method == "unbatch" else dataset
    return run.call(function, Call([dataset], {}), frame)


_EXPERIMENTAL = "tensorflow.data.experimental."
TRANSFORMATIONS = frozenset(
    _EXPERIMENTAL + name
    for name in ("ignore_errors", "unbatch", "copy_to_device", "prefetch_to_device", "assert_cardinality", "snapshot")
)
"""What `dataset.apply` takes of `tf.data.experimental`."""


# -- batches


@_method("batch")
def _batch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    given = call.by_name("batch_size", "drop_remainder")
    return _batched(run, dataset, given, dataset.element)


@_method("padded_batch")
def _padded_batch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    given = call.by_name("batch_size", "padded_shapes", "padding_values", "drop_remainder")
    shapes = given.get("padded_shapes")
    known = shapes is None or is_none(shapes)
    element = dataset.element if known or shapes is None else _padded(run, dataset.element, shapes)
    return _batched(run, Dataset(element, dataset.length, dataset.rounds if known else ()), given, element)


def _padded(run: Run, element: Value, shapes: Value) -> Value:
    """An element padded to the shapes of a structure like its own; -1 and `None` are the longest of the batch."""
    if isinstance(element, Tuple):
        parts = items_of(run, shapes) if isinstance(shapes, (Tuple, ListRef)) else None
        if parts is None or len(parts) != len(element.items):
            return UNKNOWN
        return Tuple(tuple(_padded(run, item, part) for item, part in zip(element.items, parts, strict=True)))
    if isinstance(shapes, DictRef):
        sizes = run.store.read(shapes, "items")
        state = run.store.read(element, "items") if isinstance(element, DictRef) else None
        if not isinstance(sizes, DictItems):
            return UNKNOWN
        made = DictRef()
        before = state if isinstance(state, DictItems) else DictItems()
        pairs = tuple((key, _padded(run, before.get(key) or UNKNOWN, shape)) for key, shape in sizes.items)
        run.store.write(made, "items", DictItems(pairs, sizes.complete))
        return made
    if not isinstance(element, Tensor):
        return UNKNOWN
    shape = shape_of(run, shapes)
    if shape is None:
        return Tensor(None, element.dtype, element.library)
    dims = [Dim(None) if dim.size in (None, -1) else dim for dim in shape]
    return Tensor(Shape(dims), element.dtype, element.library, None, element.doubtful)


def _batched(run: Run, dataset: Dataset, given: dict[str, Value], element: Value) -> Value:
    """Puts a batch axis in front: `None`, because the last batch may be smaller, unless the remainder is dropped."""
    size, drops = given.get("batch_size", UNKNOWN), given.get("drop_remainder", Literal(False))
    number = int_of(size)
    if not isinstance(drops, Literal):
        return Dataset(UNKNOWN)
    full = Dim(number, size.origin) if number is not None and isinstance(size, Literal) else Dim(UNNAMED)

    def batch_of(one: Value, dim: Dim) -> Value:
        return map_structure(run, one, lambda leaf, _: with_first(leaf, dim))

    length = dataset.length
    alike = dataset.rounds is None or len(dataset.rounds) == 1
    one = dataset.rounds[0] if dataset.rounds is not None and alike else element
    if drops.value:
        count = length // number if length is not None and length < INFINITE and number else length
        rounds = None if dataset.rounds is None else (batch_of(one, full),) if alike else ()
        return Dataset(batch_of(element, full), count if number else None, rounds)
    whole = batch_of(element, Dim(None))
    if length is None or not number or not alike:
        return Dataset(whole, None, ())
    if length >= INFINITE:
        return Dataset(whole, INFINITE, (batch_of(one, full),))
    count, rest = divmod(length, number)
    found: tuple[Value, ...] = (batch_of(one, full),) if count else ()
    if rest:
        found += (batch_of(one, Dim(rest)),)
    return Dataset(whole, count + bool(rest), found)


@_method("ragged_batch")
def _ragged_batch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """A batch of tensors of known shape is a tensor, any other is ragged."""

    def leaf(item: Value, _: int) -> Value:
        return item if isinstance(item, Tensor) and item.shape is not None and item.shape.is_known else UNKNOWN

    dense = map_structure(run, dataset.element, leaf)
    given = call.by_name("batch_size", "drop_remainder")
    return _batched(run, Dataset(dense, dataset.length, dataset.rounds), given, dense)


@_method("unbatch")
def _unbatch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    rounds = None if dataset.rounds is None else _unbatched_rounds(run, dataset.rounds)
    element = map_structure(run, dataset.element, lambda leaf, _: without_first(leaf))
    return Dataset(element, None, rounds, dataset.ordered)


def _unbatched_rounds(run: Run, rounds: tuple[Value, ...]) -> tuple[Value, ...] | None:
    """After the batch axis is gone, batches of different sizes are alike."""
    each = [map_structure(run, one, lambda leaf, _: without_first(leaf)) for one in rounds]
    alike = each and all(_shapes(run, one) == _shapes(run, each[0]) for one in each)
    return (each[0],) if alike else ()


def _shapes(run: Run, element: Value) -> list[object]:
    return [_sizes(leaf) if isinstance(leaf, Tensor) else leaf for leaf in leaves(run, element)]


@_method("rebatch")
def _rebatch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """Other sizes of the first axis."""
    given = call.by_name("batch_size", "drop_remainder")
    flat = Dataset(map_structure(run, dataset.element, lambda leaf, _: without_first(leaf)), None, ())
    return _batched(run, flat, given, flat.element)


@_method("bucket_by_sequence_length")
def _bucket(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    names = ("element_length_func", "bucket_boundaries", "bucket_batch_sizes", "padded_shapes")
    given = call.by_name(*names)
    call_on(run, given.get("element_length_func", UNKNOWN), dataset.element, frame)
    element, shapes = dataset.element, given.get("padded_shapes")
    if shapes is not None and not is_none(shapes):
        element = _padded(run, element, shapes)
    return Dataset(map_structure(run, element, lambda leaf, _: with_first(leaf, Dim(None))), None, (), False)


@_method("window")
def _window(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """Datasets of so many elements: one for each part of an element."""
    given = call.by_name("size", "shift", "stride", "drop_remainder")
    size = int_of(given.get("size", UNKNOWN))
    shift = size if "shift" not in given or is_none(given["shift"]) else int_of(given["shift"])
    stride, drops = int_of(given.get("stride", Literal(1))), given.get("drop_remainder", Literal(False))
    whole = isinstance(drops, Literal) and bool(drops.value)
    rounds = _uncertain(dataset)
    element = map_structure(
        run, dataset.element, lambda leaf, _: Dataset(leaf, size if whole else None, None if rounds is None else ())
    )
    length = None
    if dataset.length is not None and dataset.length < INFINITE and size and shift and stride:
        reach = (size - 1) * stride + 1
        length = max(0, -(-(dataset.length - reach + 1) // shift)) if whole else -(-dataset.length // shift)
    return Dataset(element, length)


# -- elements with something added, and what comes out in the end


@_method("enumerate")
def _enumerate(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    number = Tensor(Shape(()), "int64", Library.TENSORFLOW)
    pair: Callable[[Value], Value] = lambda element: Tuple((number, element))  # noqa: E731
    rounds = None if dataset.rounds is None else tuple(map(pair, dataset.rounds))
    return Dataset(pair(dataset.element), dataset.length, rounds, dataset.ordered)


@_method("as_numpy_iterator")
def _as_numpy(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    def leaf(item: Value, _: int) -> Value:
        return Tensor(item.shape, item.dtype, Library.NUMPY) if isinstance(item, Tensor) else UNKNOWN

    rounds = None if dataset.rounds is None else tuple(map_structure(run, one, leaf) for one in dataset.rounds)
    return Dataset(map_structure(run, dataset.element, leaf), dataset.length, rounds, dataset.ordered)


@_method("next", "get_next", "get_single_element", "__next__")
def _next(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return dataset.first


@_method("__iter__")
def _iter(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return dataset


@_method("cardinality")
def _cardinality(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return cardinality_of(dataset)


@_method("__len__")
def _len(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    known = dataset.length is not None and dataset.length < INFINITE
    return Literal(dataset.length) if known else UNKNOWN


def cardinality_of(dataset: Dataset) -> Value:
    """How many elements there are, -1 for infinitely many."""
    length = -1 if dataset.length == INFINITE else dataset.length
    content = None if length is None else Literal(length)
    return Tensor(Shape(()), "int64", Library.TENSORFLOW, content=content)
