"""`tf.data`: where datasets come from, and what their methods make of them.

Source: tensorflow/python/data/ops/dataset_ops.py.
"""

from __future__ import annotations

from collections.abc import Callable

from shapewright.interpreter.arguments import as_given
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.layers import shape_of
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    UNKNOWN,
    Api,
    BoundApi,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Value,
    int_of,
    str_of,
)

Make = Callable[[Run, Call], Value]
DATASETS: dict[str, Make] = {}
"""The functions that make a dataset, by name."""


def _makes(*names: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        DATASETS.update({f"tensorflow.data.Dataset.{name}": make for name in names})
        return make

    return register


# -- making datasets


@_makes("from_tensor_slices")
def from_tensor_slices(run: Run, call: Call) -> Value:
    whole = as_tensors(run, call.by_name("tensors").get("tensors", UNKNOWN))
    lengths = {leaf.shape[0].size if isinstance(leaf, Tensor) and leaf.shape else None for leaf in leaves(run, whole)}
    length = lengths.pop() if len(lengths) == 1 else None
    element = map_structure(run, whole, lambda leaf, _: _without_first(leaf))
    return Dataset(element, length if isinstance(length, int) else None)


@_makes("from_tensors")
def from_tensors(run: Run, call: Call) -> Value:
    return Dataset(as_tensors(run, call.by_name("tensors").get("tensors", UNKNOWN)), 1)


@_makes("range")
def dataset_range(run: Run, call: Call) -> Value:
    numbers = [int_of(argument) for argument in call.args]
    known = [n for n in numbers if n is not None]
    length = len(range(*known)) if known and len(known) == len(numbers) and 0 not in known[2:] else None
    return Dataset(Tensor(Shape(()), "int64", Library.TENSORFLOW), length)


@_makes("from_generator")
def from_generator(run: Run, call: Call) -> Value:
    names = ("generator", "output_types", "output_shapes", "args", "output_signature")
    return Dataset(call.by_name(*names).get("output_signature", UNKNOWN))


@_makes("zip")
def zipped(run: Run, call: Call) -> Value:
    parts = list(call.args)
    if len(parts) == 1 and not isinstance(parts[0], Dataset):
        parts = items_of(run, parts[0]) or []
    sets = [part for part in parts if isinstance(part, Dataset)]
    if not sets or len(sets) < len(parts):
        return UNKNOWN
    lengths = [part.length for part in sets]
    length = min((n for n in lengths if n is not None), default=None) if None not in lengths else None
    element = Tuple(tuple(part.element for part in sets))
    if all(part.rounds is None for part in sets):
        return Dataset(element, length)
    counts = {len(part.elements) for part in sets}
    together = len(counts) == 1 and len(set(lengths)) == 1 and length is not None
    rounds = zip(*(part.elements for part in sets), strict=True) if together else ()
    return Dataset(element, length, tuple(Tuple(tuple(items)) for items in rounds))


def tensor_spec(run: Run, call: Call) -> Value:
    """`tf.TensorSpec(shape, dtype)` stands for the tensors that it describes."""
    given = call.by_name("shape", "dtype", "name")
    return Tensor(shape_of(run, given.get("shape", UNKNOWN)), dtype_of(given.get("dtype", UNKNOWN)), Library.TENSORFLOW)


def dtype_of(value: Value) -> str | None:
    """The dtype that a string or `tf.float32` names."""
    if isinstance(value, Api) and value.name.split(".", 1)[0] in ("tensorflow", "numpy"):
        return value.name.rsplit(".", 1)[-1]
    return str_of(value)


def as_tensors(run: Run, value: Value) -> Value:
    """Arrays and lists of numbers as the tensors that TensorFlow makes of them; tuples and dicts stay structures."""

    def leaf(item: Value, _: int) -> Value:
        if isinstance(item, Tensor):
            return Tensor(item.shape, item.dtype, Library.TENSORFLOW, None, item.doubtful, item.content)
        if isinstance(item, Literal):
            return Tensor(Shape(()), _literal_dtype(item), Library.TENSORFLOW)
        return item

    if isinstance(value, Tuple):
        return Tuple(tuple(as_tensors(run, item) for item in value.items))
    if isinstance(value, ListRef):
        return _stacked(run, value)
    return map_structure(run, value, leaf) if isinstance(value, DictRef) else leaf(value, 0)


def _stacked(run: Run, value: ListRef) -> Value:
    items = items_of(run, value)
    if not items:
        return UNKNOWN
    if all(isinstance(item, Tensor) for item in items):
        first = items[0]
        assert isinstance(first, Tensor)
        same = first.shape is not None and all(isinstance(i, Tensor) and i.shape == first.shape for i in items)
        shape = Shape((len(items), *first.shape)) if same and first.shape is not None else None
        return Tensor(shape, first.dtype, Library.TENSORFLOW)
    try:
        tensor = as_given(run, value).tensor
    except NotKnown:
        return UNKNOWN
    dtype = {"float64": "float32", "int64": "int32"}.get(tensor.dtype or "", tensor.dtype)
    return Tensor(tensor.shape, dtype, Library.TENSORFLOW)


def _literal_dtype(value: Literal) -> str | None:
    return {bool: "bool", int: "int32", float: "float32", str: "string"}.get(type(value.value))


def _without_first(leaf: Value) -> Value:
    if isinstance(leaf, Tensor):
        rest = Shape(leaf.shape.dims[1:]) if leaf.shape is not None and leaf.shape.rank else None
        return Tensor(rest, leaf.dtype, leaf.library, None, leaf.doubtful)
    return UNKNOWN


def _with_first(leaf: Value, size: Dim) -> Value:
    if isinstance(leaf, Tensor):
        shape = None if leaf.shape is None else Shape((size, *leaf.shape))
        return Tensor(shape, leaf.dtype, leaf.library, None, leaf.doubtful)
    return UNKNOWN


# -- methods

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
    return known(run, dataset, call, frame) if known is not None else UNKNOWN


@_method("shuffle", "prefetch", "cache", "with_options", "ignore_errors")
def _same(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return dataset


@_method("filter", "shard", "snapshot", "sample_from_datasets")
def _fewer(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    if call.args:
        _call_on(run, call.args[0], dataset.element, frame)
    rounds = dataset.rounds if dataset.rounds is None or len(dataset.rounds) == 1 else ()
    return Dataset(dataset.element, None, rounds)


@_method("map")
def _map(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    function = call.by_name("map_func").get("map_func", UNKNOWN)
    element = _call_on(run, function, dataset.element, frame)
    if dataset.rounds is None:
        return Dataset(element, dataset.length)
    seen = run.store.trace.mark()  # TensorFlow traces the function once, with what all elements have in common
    rounds = tuple(_call_on(run, function, one, frame) for one in dataset.rounds)
    run.store.trace.rewind(seen)
    return Dataset(element, dataset.length, rounds)


def _call_on(run: Run, function: Value, element: Value, frame: Frame) -> Value:
    args = list(element.items) if isinstance(element, Tuple) else [element]
    return as_tensors(run, run.call(function, Call(args, {}), frame))


@_method("batch", "padded_batch")
def _batch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    """Puts a batch axis in front: `None`, because the last batch may be smaller, unless the remainder is dropped."""
    given = call.by_name("batch_size", "drop_remainder")
    size, drops = given.get("batch_size", UNKNOWN), given.get("drop_remainder", Literal(False))
    number = int_of(size)
    if not isinstance(drops, Literal) or "padded_shapes" in given:
        return Dataset(UNKNOWN)
    full = Dim(number, size.origin) if number is not None and isinstance(size, Literal) else Dim(UNNAMED)
    whole = map_structure(run, dataset.element, lambda leaf, _: _with_first(leaf, full))
    if drops.value:
        length = dataset.length // number if dataset.length is not None and number else None
        return Dataset(whole, length)
    element = map_structure(run, dataset.element, lambda leaf, _: _with_first(leaf, Dim(None)))
    if dataset.length is None or not number or dataset.rounds is not None:
        return Dataset(element, None, ())
    count, rest = divmod(dataset.length, number)
    rounds: tuple[Value, ...] = (whole,) if count else ()
    if rest:
        rounds += (map_structure(run, dataset.element, lambda leaf, _: _with_first(leaf, Dim(rest))),)
    return Dataset(element, count + bool(rest), rounds)


@_method("unbatch")
def _unbatch(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return Dataset(map_structure(run, dataset.element, lambda leaf, _: _without_first(leaf)))


@_method("repeat")
def _repeat(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    times = int_of(call.by_name("count").get("count", UNKNOWN))
    length = dataset.length * times if dataset.length is not None and times is not None and times >= 0 else None
    return Dataset(dataset.element, length, dataset.rounds)


@_method("take")
def _take(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    count = int_of(call.by_name("count").get("count", UNKNOWN))
    if dataset.length is None or count is None:
        one = dataset.rounds if dataset.rounds is None or len(dataset.rounds) == 1 else ()
        return Dataset(dataset.element, None, one)
    length = dataset.length if count < 0 else min(count, dataset.length)
    rounds = dataset.rounds[:1] if dataset.rounds and length < dataset.length else dataset.rounds
    return Dataset(dataset.element, length, rounds)


@_method("skip")
def _skip(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    count = int_of(call.by_name("count").get("count", UNKNOWN))
    length = max(dataset.length - count, 0) if dataset.length is not None and count is not None else None
    rounds = dataset.rounds
    if rounds and length is not None and length <= 1:
        rounds = rounds[-1:]
    return Dataset(dataset.element, length, rounds if length is not None or not rounds or len(rounds) == 1 else ())


@_method("enumerate")
def _enumerate(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    number = Tensor(Shape(()), "int64", Library.TENSORFLOW)
    pair: Callable[[Value], Value] = lambda element: Tuple((number, element))  # noqa: E731
    rounds = None if dataset.rounds is None else tuple(map(pair, dataset.rounds))
    return Dataset(pair(dataset.element), dataset.length, rounds)


@_method("concatenate")
def _concatenate(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    other = call.args[0] if call.args else UNKNOWN
    if not isinstance(other, Dataset) or other.element != dataset.element:
        return Dataset(UNKNOWN)
    length = None if None in (dataset.length, other.length) else (dataset.length or 0) + (other.length or 0)
    return Dataset(dataset.element, length, None if dataset.rounds is None and other.rounds is None else ())


@_method("apply")
def _apply(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    return run.call(call.args[0], Call([dataset], {}), frame) if call.args else UNKNOWN


@_method("as_numpy_iterator")
def _as_numpy(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    def leaf(item: Value, _: int) -> Value:
        return Tensor(item.shape, item.dtype, Library.NUMPY) if isinstance(item, Tensor) else UNKNOWN

    rounds = None if dataset.rounds is None else tuple(map_structure(run, one, leaf) for one in dataset.rounds)
    return Dataset(map_structure(run, dataset.element, leaf), dataset.length, rounds)


@_method("cardinality", "__len__")
def _cardinality(run: Run, dataset: Dataset, call: Call, frame: Frame) -> Value:
    content = None if dataset.length is None else Literal(dataset.length)
    return Tensor(Shape(()), "int64", Library.TENSORFLOW, content=content)
