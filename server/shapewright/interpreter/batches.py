"""The batches that `fit`, `evaluate` and `predict` make of arrays.

Keras traces the steps of `fit` and `evaluate` once for batches of any size, so that their batch axis is `None`. The step of
`predict` is traced for the first batch as it is, and once more where another size follows. `train_on_batch` and its like run
on just what they are given. Source: keras/src/backend/tensorflow/trainer.py, keras/src/trainers/data_adapters.
"""

from __future__ import annotations

from shapewright.interpreter.run import Run
from shapewright.interpreter.structures import leaves, map_structure
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, Value, int_of


def batch_sizes(run: Run, method: str, x: Value, batch_size: Value) -> list[Dim]:
    """The batch axes that the step is traced with."""
    rows, size = _number_of_rows(run, x), int_of(batch_size)
    if method.endswith("_on_batch"):
        return [rows]
    if method != "predict" or isinstance(x, Dataset) or not isinstance(rows.size, int) or size is None or size < 1:
        return [Dim(None)]
    first = Dim(min(rows.size, size))
    return [first, Dim(None)] if rows.size > size and rows.size % size else [first]


def _number_of_rows(run: Run, x: Value) -> Dim:
    counts = {leaf.shape[0] for leaf in leaves(run, x) if isinstance(leaf, Tensor) and leaf.shape}
    return counts.pop() if len(counts) == 1 and not isinstance(x, Dataset) else Dim(UNNAMED)


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
