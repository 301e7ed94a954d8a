"""`tfds.load`: a dataset, a list of them or a dict, with what is known of their elements.

Source: tensorflow_datasets/core/load.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapewright.interpreter.collections import make_list
from shapewright.interpreter.dataset_methods import call_dataset_method
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.knowledge.data_sets import SPLITS, data_set
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.keras import ObjectRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    NONE,
    TEXT,
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
    known = data_set(str_of(given.get("name", UNKNOWN)) or "")
    one = Dataset(UNKNOWN if known is None else _element(run, known, bool(supervised.value)))
    if not is_none(given.get("batch_size", NONE)):
        return UNKNOWN
    if any(not is_none(given.get(name, NONE)) for name in ("decoders", "as_dataset_kwargs", "builder_kwargs")):
        one = Dataset(UNKNOWN)
    found = _parts(run, given.get("split", NONE), one)
    return Tuple((found, UNKNOWN if known is None else _info(run, known))) if info.value else found


def _element(run: Run, known: dict[str, Any], supervised: bool) -> Value:
    whole = _tensors(run, known["features"])
    if not supervised:
        return whole
    names = known.get("supervised")
    state = run.store.read(whole, "items")
    if names is None or not isinstance(state, DictItems):
        return UNKNOWN
    return Tuple(tuple(state.get(Literal(name)) or UNKNOWN for name in names))


def _tensors(run: Run, feature: Any) -> Value:
    if isinstance(feature, dict):
        return _dict(run, {key: _tensors(run, part) for key, part in feature.items()})
    return UNKNOWN if feature is None else Tensor(Shape(feature[0]), feature[1], Library.TENSORFLOW)


def _dict(run: Run, items: Mapping[str, Value]) -> DictRef:
    made = DictRef()
    run.store.write(made, "items", DictItems(tuple((Literal(key), value) for key, value in items.items())))
    return made


def _info(run: Run, known: dict[str, Any]) -> Value:
    """`info.features["label"].num_classes`, `info.features["image"].shape`."""
    classes = known.get("classes", {})
    features: dict[str, Value] = {}
    for key, feature in known["features"].items():
        facts: dict[str, Value] = {}
        if isinstance(feature, list):
            facts["shape"] = Tuple(tuple(Literal(size) for size in feature[0]))
        if key in classes:
            facts |= {"num_classes": Literal(classes[key]), "names": make_list(run, [TEXT] * classes[key])}
        features[key] = ObjectRef(_FEATURE, facts)
    return ObjectRef(_INFO, {"features": _dict(run, features)})


_INFO, _FEATURE = "tensorflow_datasets.core.DatasetInfo", "tensorflow_datasets.features.FeatureConnector"


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
