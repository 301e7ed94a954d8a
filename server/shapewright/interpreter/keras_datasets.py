"""The datasets that keras.utils makes of folders and of series. Source: keras/src/utils/image_dataset_utils.py and beside it."""

from __future__ import annotations

from collections.abc import Callable

from shapewright.interpreter.arguments import CannotBind, bind, shape_of
from shapewright.interpreter.run import Call, Run
from shapewright.knowledge.keras import folders as _folders
from shapewright.knowledge.registry import FUNCTIONS
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, ListRef, Tuple, Value, int_of, is_none, literal, str_of

assert _folders.REGISTERED
_PREFIX = "keras.utils."
_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}


def _arguments(name: str, call: Call) -> dict[str, Value]:
    """The arguments of a call, the defaults of the function among them."""
    rule = FUNCTIONS[name]
    given = bind(rule, call)
    defaults = {
        p.name: literal(p.default)
        for p in rule.arguments
        if isinstance(p.default, (int, float, str)) or p.default is None
    }
    return {**defaults, **given}


def _tensor(batch: Value, *sizes: int | Dim | None, dtype: str) -> Value:
    """One part of an element, with a batch axis unless there are no batches."""
    lead = [] if is_none(batch) else [Dim(None)]
    return Tensor(Shape((*lead, *sizes)), dtype, Library.TENSORFLOW)


def _labels(run: Run, given: dict[str, Value], batch: Value) -> Value | None:
    """The labels of an element; `None` where there are none."""
    mode = given["label_mode"]
    if is_none(mode) or is_none(given["labels"]):
        return None
    names = given["class_names"]
    count = Dim(UNNAMED)
    if isinstance(names, (Tuple, ListRef)):
        state = run.store.read(names, "items") if isinstance(names, ListRef) else names
        count = Dim(len(state.items)) if isinstance(state, Tuple) else count
    kinds: dict[str | None, Value] = {
        "int": _tensor(batch, dtype="int32"),
        "binary": _tensor(batch, 1, dtype="float32"),
        "categorical": _tensor(batch, count, dtype="float32"),
    }
    return kinds.get(str_of(mode), UNKNOWN)


def _of_folder(run: Run, given: dict[str, Value], data: Value, batch: Value) -> Value:
    labels = _labels(run, given, batch)
    made = Dataset(data if labels is None else Tuple((data, labels)), None, ())
    return Tuple((made, made)) if str_of(given["subset"]) == "both" else made


def _image_dataset(run: Run, name: str, call: Call) -> Value:
    given = _arguments(name, call)
    size = shape_of(run, given["image_size"]) if "image_size" in given else Shape((256, 256))
    channels, batch = _CHANNELS.get(str_of(given["color_mode"]) or ""), given["batch_size"]
    known = is_none(given["data_format"]) or str_of(given["data_format"]) == "channels_last"
    if size is None or size.rank != 2 or channels is None or not known or str_of(given["format"]) != "tf":
        return UNKNOWN
    return _of_folder(run, given, _tensor(batch, *size, channels, dtype="float32"), batch)


def _text_dataset(run: Run, name: str, call: Call) -> Value:
    given = _arguments(name, call)
    if str_of(given["format"]) != "tf":
        return UNKNOWN
    return _of_folder(run, given, _tensor(given["batch_size"], dtype="string"), given["batch_size"])


def _series(run: Run, name: str, call: Call) -> Value:
    """Windows of a series: their length is not part of what TensorFlow knows of an element, only of each batch."""
    given = _arguments(name, call)
    data, targets, batch = given["data"], given["targets"], given["batch_size"]
    length, rate, stride = (int_of(given[key]) for key in ("sequence_length", "sampling_rate", "sequence_stride"))
    if not isinstance(data, Tensor) or not data.shape or str_of(given["format"]) != "tf":
        return UNKNOWN
    series, rest = data, data.shape.dims[1:]
    lead = [] if is_none(batch) else [Dim(None)]
    parts: list[tuple[Tensor, tuple[Dim, ...]]] = [(series, (Dim(None), *rest))]
    if isinstance(targets, Tensor) and targets.shape:
        parts.append((targets, targets.shape.dims[1:]))
    elif not is_none(targets):
        return UNKNOWN
    element = _pack(lead, parts)
    count = _count(given, [part.shape[0].size for part, _ in parts if part.shape], length, rate, stride)
    size = int_of(batch)
    if length is None:
        return Dataset(element, None, ())
    parts[0] = (series, (Dim(length), *rest))  # every window is whole
    if count is None or size is None:
        return Dataset(element, None, (_pack(lead, parts),))
    sizes = [size] * (count >= size) + [count % size] * (count % size > 0)
    return Dataset(element, -(-count // size), tuple(_pack([Dim(n)], parts) for n in sizes))


def _pack(lead: list[Dim], parts: list[tuple[Tensor, tuple[Dim, ...]]]) -> Value:
    """An element: of each part what it is of, and its axes behind the batch axis."""
    made = [Tensor(Shape((*lead, *dims)), part.dtype, Library.TENSORFLOW) for part, dims in parts]
    return made[0] if len(made) == 1 else Tuple(tuple(made))


def _count(
    given: dict[str, Value], sizes: list[object], length: int | None, rate: int | None, stride: int | None
) -> int | None:
    """How many windows there are."""
    start, end = given["start_index"], given["end_index"]
    rows = [size for size in sizes if isinstance(size, int)]
    if None in (length, rate, stride) or len(rows) != len(sizes) or not is_none(start) or not is_none(end):
        return None
    assert length is not None and rate is not None and stride is not None
    count = min([rows[0] - (length - 1) * rate, *rows[1:]])
    return None if count < 1 or stride < 1 else -(-count // stride)


_MAKERS: dict[str, Callable[[Run, str, Call], Value]] = {
    "image_dataset_from_directory": _image_dataset,
    "text_dataset_from_directory": _text_dataset,
    "timeseries_dataset_from_array": _series,
}


def make_dataset(run: Run, name: str, call: Call) -> Value:
    """The dataset that a function of keras.utils makes; `UNKNOWN` where that is not certain."""
    try:
        return _MAKERS[name.removeprefix(_PREFIX)](run, name, call)
    except (NotKnown, CannotBind, KeyError):
        return UNKNOWN


KERAS_DATASETS = frozenset(_PREFIX + name for name in _MAKERS)
