"""`tfds.load`: a dataset, a list of them or a dict, with what is known of their elements.

Source: tensorflow_datasets/core/load.py.
"""

from __future__ import annotations

from shapewright.interpreter.dataset_methods import call_dataset_method
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.knowledge.data_sets import FEATURES, SPLITS
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Tuple,
    Value,
    is_none,
    str_of,
)


def load(run: Run, call: Call, frame: Frame) -> Value:
    """What `split` asks for: one part, several, or all by name; with `with_info` a pair of that and something else."""
    given = call.by_name("name")
    supervised, info = given.get("as_supervised", Literal(False)), given.get("with_info", Literal(False))
    if not call.complete or not isinstance(supervised, Literal) or not isinstance(info, Literal):
        return UNKNOWN
    one = Dataset(_element(run, str_of(given.get("name", UNKNOWN)) or "", bool(supervised.value)))
    if not is_none(given.get("batch_size", NONE)):
        return UNKNOWN
    if any(not is_none(given.get(name, NONE)) for name in ("decoders", "as_dataset_kwargs")):
        one = Dataset(UNKNOWN)
    found = _parts(run, given.get("split", NONE), one)
    return Tuple((found, UNKNOWN)) if info.value else found


def _element(run: Run, name: str, supervised: bool) -> Value:
    features = FEATURES.get(name.partition("/")[0].partition(":")[0])
    if features is None:
        return UNKNOWN
    tensors = {key: Tensor(Shape(shape), dtype, Library.TENSORFLOW) for key, (shape, dtype) in features.items()}
    if supervised:
        return Tuple((tensors["image" if "image" in tensors else "text"], tensors["label"]))
    made = DictRef()
    run.store.write(made, "items", DictItems(tuple((Literal(key), tensor) for key, tensor in tensors.items())))
    return made


def _parts(run: Run, split: Value, one: Dataset) -> Value:
    if str_of(split) is not None:
        return one
    if is_none(split):
        every = DictRef()
        run.store.write(every, "items", DictItems(tuple((Literal(name), one) for name in SPLITS), complete=False))
        return every
    items = items_of(run, split) if isinstance(split, (Tuple, ListRef)) else None
    if items is None:
        return UNKNOWN
    parts = tuple(_parts(run, item, one) if str_of(item) is not None else UNKNOWN for item in items)
    if isinstance(split, Tuple):
        return Tuple(parts)
    made = ListRef()
    run.store.write(made, "items", Tuple(parts))
    return made


def as_numpy(run: Run, call: Call, frame: Frame) -> Value:
    """`tfds.as_numpy(dataset)`: the elements as arrays."""
    dataset = call.args[0] if call.args else UNKNOWN
    if not isinstance(dataset, Dataset):
        return UNKNOWN
    return call_dataset_method(run, dataset, "as_numpy_iterator", Call([], {}), frame)


CATALOG = {"tensorflow_datasets.load": load, "tensorflow_datasets.as_numpy": as_numpy}
