"""The functions of the program in a `TextVectorization`: `standardize=` and `split=` are called with texts.

Source: _preprocess and adapt in keras/src/layers/preprocessing/text_vectorization.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shapewright.interpreter.datasets import as_tensors
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.tracing import traced
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function, Method, Partial
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import ListRef, Value

_CALLABLE = (Function, Method, Partial)


def hand_texts(run: Run, layer: LayerRef, texts: Value, frame: Frame) -> None:
    """Calls the functions with the texts that the layer is called on; a symbolic tensor is handed to none."""
    standardize, split = (layer.config.get(name) for name in ("standardize", "split"))
    if not isinstance(texts, Tensor) or texts.is_symbolic or texts.shape is None:
        return
    given: Value = replace(texts, dtype="string", library=Library.TENSORFLOW)
    if isinstance(standardize, _CALLABLE):
        given = run.call(standardize, Call([given], {}), frame)
    if not isinstance(split, _CALLABLE) or not isinstance(given, Tensor) or given.shape is None:
        return
    if given.shape.rank > 1:
        if given.shape[-1].size != 1:
            return
        given = replace(given, shape=Shape(given.shape.dims[:-1]))
    run.call(split, Call([given], {}), frame)


def hand_adapted(run: Run, layer: LayerRef, data: Value, frame: Frame) -> None:
    """Calls the functions with each batch of a dataset, or with all texts, one below the other."""
    if not any(isinstance(layer.config.get(name), _CALLABLE) for name in ("standardize", "split")):
        return
    with traced(run, False):
        for texts in _batches(run, data):
            hand_texts(run, layer, texts, frame)


def _batches(run: Run, data: Value) -> Iterable[Value]:
    if isinstance(data, Dataset):
        return dict.fromkeys(data.elements)
    if not isinstance(data, (Tensor, ListRef)):
        return ()
    whole = as_tensors(run, data)
    if isinstance(whole, Tensor) and whole.shape is not None and whole.shape.rank == 1:
        whole = Tensor(Shape((*whole.shape, 1)), "string", Library.TENSORFLOW)
    return (whole,)
