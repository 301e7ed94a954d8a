"""Ragged tensors of TensorFlow."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.tensors.shape import Shape
from shapewright.values.value import Value


@dataclass(frozen=True, slots=True)
class Ragged(Value):
    """A `tf.RaggedTensor` whose rows along the last axis differ in length. `shape` is that of the tensor that they fill."""

    shape: Shape
    dtype: str | None = None
