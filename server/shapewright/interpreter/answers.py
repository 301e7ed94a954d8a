"""What real Keras said about values of a program: it stands in where the analysis knows less, and outweighs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value


@dataclass(frozen=True)
class Answer:
    """The shape and dtype that Keras gave a tensor."""

    shape: Shape
    dtype: str | None


class Answers(Protocol):
    """Keras's answers about one analysis."""

    @property
    def keras(self) -> str:
        """The version that answered."""

    def tensor(self, tensor: Tensor) -> Answer | None:
        """What a symbolic tensor is; `None` where Keras was not asked or refused."""

    def parameters(self, value: Value) -> int | None:
        """How many parameters a layer or model has; `None` where Keras was not asked or it is not built."""
