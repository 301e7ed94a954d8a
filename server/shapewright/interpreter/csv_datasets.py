"""`tf.data.experimental.make_csv_dataset`: batches of the columns of CSV files, by name.

Source: make_csv_dataset_v2 in tensorflow/python/data/experimental/ops/readers.py.
"""

from __future__ import annotations

from shapewright.interpreter.datasets import dtype_of
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.scalars import dtype_of_scalar
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import INFINITE, Dataset
from shapewright.values.tensor import Library, Tensor
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
    int_of,
    is_none,
    str_of,
)

_NAMES = ("file_pattern", "batch_size", "column_names", "column_defaults", "label_name", "select_columns")
_DTYPES = {"string": "string", "int64": "int32", "float64": "float32"}


def make_csv_dataset(run: Run, call: Call) -> Value:
    """A dict of columns, and beside it the label where there is one. Without a number of epochs it never ends, and all batches
    are full."""
    if not call.complete:
        return Dataset(UNKNOWN)
    given = call.by_name(*_NAMES)
    size, epochs = given.get("batch_size", UNKNOWN), given.get("num_epochs", NONE)
    number, endless = int_of(size), is_none(epochs)
    if not endless and int_of(epochs) is None:
        return Dataset(UNKNOWN)
    full = Dim(number, size.origin) if number is not None and isinstance(size, Literal) else Dim(UNNAMED)
    columns, label = _columns(run, given), given.get("label_name", NONE)
    if not is_none(label) and str_of(label) is None:
        return Dataset(UNKNOWN)

    def element(rows: Dim) -> Value:
        pairs = [(name, Tensor(Shape((rows,)), dtype, Library.TENSORFLOW)) for name, dtype in columns or ()]
        rest = UNKNOWN if columns is not None else Tensor(Shape((rows,)), None, Library.TENSORFLOW)
        features = DictRef()
        kept = tuple((Literal(name), column) for name, column in pairs if name != str_of(label))
        run.store.write(features, "items", DictItems(kept, columns is not None, rest))
        if is_none(label):
            return features
        target = next((column for name, column in pairs if name == str_of(label)), rest)
        return Tuple((features, target))

    if endless:
        return Dataset(element(full), INFINITE)
    return Dataset(element(Dim(None)), None, ())


def _columns(run: Run, given: dict[str, Value]) -> list[tuple[str, str | None]] | None:
    """The names of the columns and their dtypes; `None` where only the file knows them."""
    names = _texts(run, given.get("column_names", NONE))
    if names is None:
        return None
    if not is_none(given.get("select_columns", NONE)):
        chosen = items_of(run, given["select_columns"])
        if chosen is None:
            return None
        picked = [names[n] if (n := int_of(one)) is not None and n < len(names) else str_of(one) for one in chosen]
        if any(name not in names for name in picked):
            return None
        names = [name for name in names if name in picked]
    defaults = items_of(run, given.get("column_defaults", NONE))
    if defaults is None or len(defaults) != len(names):
        return [(name, None) for name in names]
    return [(name, _dtype(run, default)) for name, default in zip(names, defaults, strict=True)]


def _texts(run: Run, value: Value) -> list[str] | None:
    texts = [str_of(item) for item in items_of(run, value) or ()]
    known = [text for text in texts if text is not None]
    return known if known and len(known) == len(texts) else None


def _dtype(run: Run, default: Value) -> str | None:
    """A column's dtype, by what stands for a missing entry."""
    if isinstance(default, Api):
        return dtype_of(default)
    items = items_of(run, default) if isinstance(default, (ListRef, Tuple)) else [default]
    return _DTYPES.get(dtype_of_scalar(items[0]) or "") if items and len(items) == 1 else None
