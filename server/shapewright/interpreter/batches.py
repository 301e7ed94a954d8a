"""The batches that `fit`, `evaluate` and `predict` make of arrays.

Keras traces the steps of `fit` and `evaluate` once for all batches, so that their batch axis is `None` unless all batches
have the same size. The step of
`predict` is traced for the first batch as it is, and once more where another size follows. `train_on_batch` and its like run
on just what they are given. Source: keras/src/backend/tensorflow/trainer.py, keras/src/trainers/data_adapters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from shapewright.interpreter.arguments import as_given
from shapewright.interpreter.classes import class_attribute, library_base
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.interpreter.table_state import as_array as as_array_of_table
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function, Generated, Instance, Method
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, ListRef, Literal, Tuple, Unknown, Value, int_of, is_none

DATA_METHODS = frozenset(["predict", "predict_on_batch", "fit", "evaluate", "train_on_batch", "test_on_batch"])
"""Methods of a model whose first argument is data for its inputs."""


def data_arguments(run: Run, method: str, call: Call) -> dict[str, Value]:
    """The arguments of a method that takes data, by name; a generator of batches as the dataset that Keras makes of it."""
    given = {name: as_array_of_table(run, value) for name, value in call.by_name(*_parameters(method)).items()}
    if "x" in given:
        given["x"] = as_data(run, given["x"])
    return given


def as_data(run: Run, data: Value) -> Value:
    """A generator of batches, or an object that gives them, as the dataset that Keras makes of it."""
    if isinstance(data, Generated):
        return _as_dataset(run, data)
    if isinstance(data, Instance) and library_base(data.cls) in _PY_DATASETS:
        return _from_items(run, data)
    return data


_PY_DATASETS = ("keras.utils.PyDataset", "keras.utils.Sequence")


def _from_items(run: Run, data: Instance) -> Value:
    """The batches that `__getitem__` gives. Source: keras/src/trainers/data_adapters/py_dataset_adapter.py."""
    function = class_attribute(run, data.cls, "__getitem__")
    if not isinstance(function, Function):
        return UNKNOWN
    frame = Frame(function.module, function.chunk)
    get = Method(function, data)
    length = class_attribute(run, data.cls, "__len__")
    count = int_of(run.call(Method(length, data), Call([], {}), frame)) if isinstance(length, Function) else None
    numbers: list[Value] = [UNKNOWN]
    if count is not None and count > 0:
        numbers = [Literal(n) for n in dict.fromkeys((0, 1, count - 1)) if n < count]
    batches = [run.call(get, Call([number], {}), frame) for number in numbers]
    if count is None and any(not isinstance(leaf, Tensor) or leaf.shape is None for leaf in leaves(run, batches[0])):
        batches = [run.call(get, Call([Literal(n)], {}), frame) for n in (0, 1)]
    # Keras looks at the first two batches, too: where they are alike, so are the others to it
    shapes = [
        [leaf.shape.sizes[1:] if isinstance(leaf, Tensor) and leaf.shape else None for leaf in leaves(run, part)]
        for part in batches
    ]
    if isinstance(batches[0], Unknown) or any(found != shapes[0] for found in shapes):
        return UNKNOWN
    element = map_structure(run, batches[0], lambda leaf, _: _open_batch(leaf))
    rounds = [map_structure(run, part, lambda leaf, _: _as_it_is(leaf)) for part in batches] if count is not None else []
    return Dataset(element, count, tuple(dict.fromkeys(rounds)))


def _as_it_is(leaf: Value) -> Value:
    """A batch that a step is run with which is not traced."""
    return batch_of(leaf, leaf.shape[0]) if isinstance(leaf, Tensor) and leaf.shape else leaf


def _open_batch(leaf: Value) -> Value:
    """A batch whose number of samples was forgotten; what a program makes itself keeps its dtype."""
    batch = batch_of(leaf, Dim(None))
    return replace(batch, dtype=leaf.dtype) if isinstance(batch, Tensor) and isinstance(leaf, Tensor) else batch


def _as_dataset(run: Run, data: Generated) -> Value:
    """Source: keras/src/trainers/data_adapters/generator_data_adapter.py: the batch axis of the first batch is forgotten."""
    if len(data.elements) != 1:
        return UNKNOWN
    return Dataset(map_structure(run, data.elements[0], lambda leaf, _: _open_batch(leaf)))


def _parameters(method: str) -> tuple[str, ...]:
    if method == "fit":
        return ("x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data")
    if method == "evaluate":
        return ("x", "y", "batch_size", "verbose", "sample_weight")
    return ("x", "batch_size") if method.startswith("predict") else ("x", "y", "sample_weight")


def batch_sizes(run: Run, method: str, x: Value, given: Mapping[str, Value]) -> list[Dim]:
    """The batch axes that the step is traced with."""
    rows, size = _number_of_rows(run, x), int_of(given.get("batch_size", Literal(32))) or 32
    count = rows.size
    if method.endswith("_on_batch"):
        return [rows]
    if isinstance(x, Dataset) or not isinstance(count, int) or size < 1:
        return [Dim(None)]
    if method == "predict":
        first = Dim(min(count, size))
        return [first, Dim(None)] if count > size and count % size else [first]
    split = given.get("validation_split", Literal(0.0))
    if not isinstance(split, Literal) or not isinstance(split.value, (int, float)):
        return [Dim(None)]
    count = math.floor(count * (1.0 - split.value))
    return [Dim(size if count and count % size == 0 else None)]


EAGER = "runs eagerly"
"""Where it is written down of a model whether it was compiled with `run_eagerly`."""


def runs_eagerly(run: Run, model: Value) -> bool:
    """Whether a model's steps are not traced, but run on each batch as it is."""
    flag = run.store.read(model, EAGER)
    return isinstance(flag, Literal) and flag.value is True


def eager_sizes(run: Run, method: str, x: Value, given: Mapping[str, Value]) -> list[Dim]:
    """The batch axes that steps run with which are not traced: all but the last batch have the same."""
    rows, size = _number_of_rows(run, x), int_of(given.get("batch_size", Literal(32))) or 32
    count, split = rows.size, given.get("validation_split", Literal(0.0))
    steps, epochs = given.get("steps_per_epoch", given.get("steps", NONE)), int_of(given.get("epochs", Literal(1)))
    if method.endswith("_on_batch"):
        return [rows]
    known = isinstance(split, Literal) and isinstance(split.value, (int, float)) and epochs is not None
    if not isinstance(count, int) or not known or not (is_none(steps) or int_of(steps) is not None):
        return [Dim(UNNAMED)]
    assert isinstance(split, Literal) and isinstance(split.value, (int, float)) and epochs is not None
    count = math.floor(count * (1.0 - split.value))
    whole = not is_none(steps) and (int_of(steps) or 0) * epochs * size <= count
    return [Dim(size)] * (count >= size) + [Dim(count % size)] * (count % size > 0 and not whole)


def _number_of_rows(run: Run, x: Value) -> Dim:
    firsts = [leaf.shape[0] for leaf in leaves(run, x) if isinstance(leaf, Tensor) and leaf.shape]
    alike = len({dim.size for dim in firsts}) == 1 and not isinstance(x, Dataset)
    return firsts[0] if alike else Dim(UNNAMED)


def as_array(run: Run, data: Value) -> Value:
    """Lists of numbers as arrays."""
    if not isinstance(data, (ListRef, Tuple)):
        return data
    try:
        return as_given(run, data).tensor
    except NotKnown:
        return UNKNOWN


def batch_of(leaf: Value, size: Dim) -> Value:
    """Some rows of an array."""
    if not isinstance(leaf, Tensor) or leaf.shape is None or not leaf.shape.rank:
        return leaf
    return Tensor(Shape((size, *leaf.shape.dims[1:])), _float32(leaf.dtype), Library.TENSORFLOW, None, leaf.doubtful)


def _float32(dtype: str | None) -> str | None:
    """Arrays of floats become Keras's float32."""
    return "float32" if dtype is not None and dtype.startswith("float") else dtype


def rows(run: Run, output: Value, x: Value) -> Value:
    """The results of all batches, one below the other, as NumPy arrays."""
    count = _number_of_rows(run, x)

    def leaf(item: Value, _: int) -> Value:
        if not isinstance(item, Tensor):
            return UNKNOWN
        shape = Shape((count, *item.shape.dims[1:])) if item.shape is not None and item.shape.rank else None
        return Tensor(shape, item.dtype, Library.NUMPY, None, item.doubtful)

    return map_structure(run, output, leaf)
