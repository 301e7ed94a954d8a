"""`tf.data`: where datasets come from.

Source: tensorflow/python/data/ops/dataset_ops.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shapewright.interpreter.arguments import as_given, of_scalars, shape_of
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.interpreter.table_state import as_array
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated
from shapewright.values.dataset import INFINITE, Dataset
from shapewright.values.tensor import History, Library, Lost, Tensor
from shapewright.values.value import (
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Scalar,
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
        DATASETS.update({f"tensorflow.data.{name}": make for name in names})
        return make

    return register


@_makes("Dataset.from_tensor_slices")
def from_tensor_slices(run: Run, call: Call) -> Value:
    whole = as_tensors(run, call.by_name("tensors", "name").get("tensors", UNKNOWN))
    lengths = {leaf.shape[0].size if isinstance(leaf, Tensor) and leaf.shape else None for leaf in leaves(run, whole)}
    known = {length for length in lengths if isinstance(length, int)}
    if len(known) > 1 and None not in lengths:
        return _refuse_lengths(run, whole, call)
    element = map_structure(run, whole, lambda leaf, _: without_first(leaf))
    return Dataset(element, known.pop() if len(known) == 1 else None)


def _refuse_lengths(run: Run, whole: Value, call: Call) -> Value:
    """Reports arrays of different lengths that are to be cut into samples together."""
    arrays = [leaf for leaf in leaves(run, whole) if isinstance(leaf, Tensor)]
    sizes = [leaf.shape[0].size for leaf in arrays if leaf.shape]
    other = next(size for size in sizes if size != sizes[0])
    message, span = f"Dimensions {sizes[0]} and {other} are not compatible", call.argument_span(0)
    facts = {"sizes": ([sizes[0]], [other]), "whole": tuple(sizes)}
    run.report(Mismatch("slices", message, call.span(), None, whole, span, facts, tuple(run.call_stack)))
    return UNKNOWN


@_makes("Dataset.from_tensors")
def from_tensors(run: Run, call: Call) -> Value:
    return Dataset(as_tensors(run, call.by_name("tensors", "name").get("tensors", UNKNOWN)), 1)


def split_dataset(run: Run, call: Call) -> Value:
    """`keras.utils.split_dataset`: two datasets of the samples. Source: keras/src/utils/dataset_utils.py."""
    given = call.by_name("dataset", "left_size", "right_size").get("dataset", UNKNOWN)
    if not isinstance(given, Dataset):
        one = Dataset(map_structure(run, as_tensors(run, given), lambda leaf, _: without_first(leaf)))
        return Tuple((one, one))
    first = given.first
    if any(isinstance(leaf, Tensor) and leaf.shape == Shape(()) for leaf in leaves(run, first)):
        return Tuple((Dataset(first), Dataset(first)))

    def some(leaf: Value, _: int) -> Value:
        """Batches may be put together anew: of another size where the samples end."""
        known = isinstance(leaf, Tensor) and leaf.shape is not None and leaf.shape.rank
        return with_first(without_first(leaf), Dim(UNNAMED)) if known else leaf

    return Tuple((Dataset(map_structure(run, first, some)), Dataset(map_structure(run, first, some))))


@_makes("Dataset.range")
def dataset_range(run: Run, call: Call) -> Value:
    numbers = [int_of(argument) for argument in call.args]
    known = [n for n in numbers if n is not None]
    length = len(range(*known)) if known and len(known) == len(numbers) and 0 not in known[2:] else None
    dtype = dtype_of(call.keywords["output_type"]) if "output_type" in call.keywords else "int64"
    return Dataset(Tensor(Shape(()), dtype, Library.TENSORFLOW), length)


@_makes("Dataset.random", "experimental.RandomDataset")
def random_numbers(run: Run, call: Call) -> Value:
    return Dataset(Tensor(Shape(()), "int64", Library.TENSORFLOW), INFINITE)


@_makes("experimental.Counter", "Dataset.counter")
def counter(run: Run, call: Call) -> Value:
    return Dataset(Tensor(Shape(()), "int64", Library.TENSORFLOW), INFINITE)


@_makes("TextLineDataset", "TFRecordDataset", "FixedLengthRecordDataset", "Dataset.list_files")
def strings(run: Run, call: Call) -> Value:
    """Lines of text, records, names of files: one string at a time."""
    return Dataset(Tensor(Shape(()), "string", Library.TENSORFLOW))


@_makes("experimental.CsvDataset")
def csv(run: Run, call: Call) -> Value:
    columns = items_of(run, call.by_name("filenames", "record_defaults").get("record_defaults", UNKNOWN))
    if columns is None:
        return Dataset(UNKNOWN)
    return Dataset(Tuple(tuple(Tensor(Shape(()), _column_dtype(c), Library.TENSORFLOW) for c in columns)))


def _column_dtype(default: Value) -> str | None:
    return dtype_of(default) if isinstance(default, Api) else None


@_makes("Dataset.load", "experimental.load", "experimental.SqlDataset")
def of_something(run: Run, call: Call) -> Value:
    return Dataset(UNKNOWN)


@_makes("Dataset.from_generator")
def from_generator(run: Run, call: Call) -> Value:
    """What the signature says; of types alone the rank is not known."""
    given = call.by_name("generator", "output_types", "output_shapes", "args", "output_signature")
    if "output_signature" in given:
        return Dataset(given["output_signature"])
    return Dataset(_specified(run, given.get("output_types", UNKNOWN), given.get("output_shapes")))


def _specified(run: Run, types: Value, shapes: Value | None) -> Value:
    """Tensors of some types, in the structure of the types, with the shapes that belong to them."""
    if isinstance(types, Tuple):
        parts = items_of(run, shapes) if isinstance(shapes, (Tuple, ListRef)) else None
        each = parts if parts is not None and len(parts) == len(types.items) else [None] * len(types.items)
        if shapes is not None and parts is None:
            return UNKNOWN
        return Tuple(tuple(_specified(run, t, s) for t, s in zip(types.items, each, strict=True)))
    if isinstance(types, DictRef):
        state = run.store.read(types, "items")
        sizes = run.store.read(shapes, "items") if isinstance(shapes, DictRef) else None
        if not isinstance(state, DictItems) or (shapes is not None and not isinstance(sizes, DictItems)):
            return UNKNOWN
        made, given = DictRef(), sizes if isinstance(sizes, DictItems) else DictItems()
        pairs = tuple((key, _specified(run, dtype, given.get(key))) for key, dtype in state.items)
        run.store.write(made, "items", DictItems(pairs, state.complete))
        return made
    if not isinstance(types, (Api, Literal)):
        return UNKNOWN
    return Tensor(None if shapes is None else shape_of(run, shapes), dtype_of(types), Library.TENSORFLOW)


@_makes("Dataset.zip")
def zipped(run: Run, call: Call) -> Value:
    """`zip(a, b)` and `zip((a, b))`; structures of datasets are structures of elements."""
    parts = list(call.args) or [call.keywords.get("datasets", UNKNOWN)]
    whole = parts[0] if len(parts) == 1 and not isinstance(parts[0], Dataset) else Tuple(tuple(parts))
    sets = leaves(run, whole)
    if not sets or not any(isinstance(part, Dataset) for part in sets):
        return Dataset(UNKNOWN) if isinstance(whole, Tuple) else UNKNOWN

    def of(number: int | None) -> Value:
        def leaf(part: Value, _: int) -> Value:
            if not isinstance(part, Dataset):
                return UNKNOWN
            return part.element if number is None else part.elements[number]

        return map_structure(run, whole, leaf)

    lengths = [part.length if isinstance(part, Dataset) else None for part in sets]
    known = [n for n in lengths if n is not None]
    length = min(known) if len(known) == len(lengths) else None
    if all(isinstance(part, Dataset) and part.rounds is None for part in sets):
        return Dataset(of(None), length)
    counts = {len(part.elements) for part in sets if isinstance(part, Dataset)}
    ordered = all(isinstance(part, Dataset) and part.ordered for part in sets)
    together = ordered and len(counts) == 1 and len(set(lengths)) == 1 and length is not None
    rounds = tuple(of(n) for n in range(counts.pop())) if together else ()
    return Dataset(of(None), length, rounds)


@_makes("Dataset.sample_from_datasets", "experimental.sample_from_datasets")
def sample_from_datasets(run: Run, call: Call) -> Value:
    return _one_of(run, call.by_name("datasets", "weights").get("datasets", UNKNOWN))


@_makes("Dataset.choose_from_datasets", "experimental.choose_from_datasets")
def choose_from_datasets(run: Run, call: Call) -> Value:
    return _one_of(run, call.by_name("datasets", "choice_dataset").get("datasets", UNKNOWN))


def _one_of(run: Run, datasets: Value) -> Value:
    """Elements of several datasets in some order."""
    sets = items_of(run, datasets) or []
    known = [part for part in sets if isinstance(part, Dataset)]
    if not known or len(known) < len(sets):
        return Dataset(UNKNOWN)
    element = known[0].element
    for part in known[1:]:
        element = merged(run, element, part.element)
    alike = all(part.rounds is None and part.element == element for part in known)
    return Dataset(element, None, None if alike else (), False)


def merged(run: Run, a: Value, b: Value) -> Value:
    """What two elements have in common: sizes in which they differ are `None`."""
    others = iter(leaves(run, b))

    def leaf(item: Value, _: int) -> Value:
        other = next(others, UNKNOWN)
        if not isinstance(item, Tensor) or not isinstance(other, Tensor):
            return UNKNOWN
        dtype = item.dtype if item.dtype == other.dtype else None
        if item.shape is None or other.shape is None or item.shape.rank != other.shape.rank:
            return Tensor(None, dtype, item.library)
        dims = [x if x.size == y.size else Dim(None) for x, y in zip(item.shape, other.shape, strict=True)]
        return Tensor(Shape(dims), dtype, item.library, None, item.doubtful or other.doubtful)

    return map_structure(run, a, leaf)


def tensor_spec(run: Run, call: Call) -> Value:
    """`tf.TensorSpec(shape, dtype)` stands for the tensors that it describes."""
    given = call.by_name("shape", "dtype", "name")
    dtype = dtype_of(given["dtype"]) if "dtype" in given else "float32"
    return Tensor(shape_of(run, given.get("shape", UNKNOWN)), dtype, Library.TENSORFLOW)


def dtype_of(value: Value) -> str | None:
    """The dtype that a string or `tf.float32` names."""
    if isinstance(value, Api) and value.name.split(".", 1)[0] in ("tensorflow", "numpy", "builtins"):
        return dtype_name(value)
    return str_of(value)


# -- elements


def as_tensors(run: Run, value: Value) -> Value:
    """Arrays and lists of numbers as the tensors that TensorFlow makes of them; tuples and dicts stay structures."""
    value = as_array(run, value)
    if isinstance(value, Tuple):
        return Tuple(tuple(as_tensors(run, item) for item in value.items))
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        if not isinstance(state, DictItems):
            return UNKNOWN
        made = DictRef()
        pairs = tuple((key, as_tensors(run, item)) for key, item in state.items)
        run.store.write(made, "items", DictItems(pairs, state.complete, as_tensors(run, state.rest)))
        return made
    if isinstance(value, ListRef):
        return _stacked(run, value)
    if isinstance(value, Tensor):
        return Tensor(value.shape, value.dtype, Library.TENSORFLOW, _lost(value), value.doubtful, value.content)
    if isinstance(value, Literal) and value.value is not None:
        return Tensor(Shape(()), _literal_dtype(value), Library.TENSORFLOW)
    if isinstance(value, Scalar):
        return Tensor(Shape(()), {"float64": "float32", "int64": "int32"}.get(value.dtype or "", value.dtype), Library.TENSORFLOW)
    if isinstance(value, Generated) and not value.complete:
        return _stacked_scalars(run, value)
    return value


def _stacked_scalars(run: Run, value: Value) -> Value:
    """A list of texts or numbers of which it is not known how many there are."""
    made = of_scalars(run, value)
    state = run.store.read(value, "items") if isinstance(value, ListRef) else value
    if made.shape is None or not isinstance(state, Generated):
        return UNKNOWN
    inner = as_tensors(run, state.items[0])
    return replace(made, library=Library.TENSORFLOW, dtype=inner.dtype if isinstance(inner, Tensor) else None)


def _stacked(run: Run, value: ListRef) -> Value:
    items = items_of(run, value)
    if not items:
        return _stacked_scalars(run, value)
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
    if tensor.shape is None:
        return UNKNOWN
    dtype = {"float64": "float32", "int64": "int32"}.get(tensor.dtype or "", tensor.dtype)
    return Tensor(tensor.shape, dtype, Library.TENSORFLOW)


def _literal_dtype(value: Literal) -> str | None:
    return {bool: "bool", int: "int32", float: "float32", str: "string"}.get(type(value.value))


def without_first(leaf: Value) -> Value:
    """One of those that lie along the first axis."""
    if isinstance(leaf, Tensor):
        rest = Shape(leaf.shape.dims[1:]) if leaf.shape is not None and leaf.shape.rank else None
        return Tensor(rest, leaf.dtype, leaf.library, None, leaf.doubtful)
    return UNKNOWN


def _lost(tensor: Tensor) -> History | None:
    """Where Python code made a tensor whose shape nobody knows any more."""
    history = tensor.history if tensor.shape is None else None
    return history if history is not None and isinstance(history.producer, Lost) else None


def with_first(leaf: Value, size: Dim) -> Value:
    """Several along a new first axis."""
    if isinstance(leaf, Tensor):
        shape = None if leaf.shape is None else Shape((size, *leaf.shape))
        return Tensor(shape, leaf.dtype, leaf.library, _lost(leaf), leaf.doubtful)
    return UNKNOWN


DATASETS["keras.utils.split_dataset"] = split_dataset
