"""Arrays and tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from shapewright.tensors.shape import Shape
from shapewright.values.value import Value


class Library(Enum):
    """Whose tensor it is: that decides its methods and what `kind` the contract gives it."""

    NUMPY = "array"
    KERAS = "keras"  # symbolic, made by `Input` and by layers called on symbolic tensors
    TENSORFLOW = "tensorflow"


class Operation:
    """Something other than a layer that made a symbolic tensor; `apply(run, inputs)` makes it again from others.

    `name` is the function that did it, as `keras.ops.add` or `operator.add`, where a name says all of it; `keywords`
    are the names of the last of its inputs, `more` the arguments that follow the inputs. `several` says that it gave a
    tuple of tensors.
    """

    __slots__ = ("apply", "keywords", "more", "name", "several")

    def __init__(
        self,
        apply: Callable[[Any, Any], Value],
        name: str | None = None,
        keywords: tuple[str, ...] = (),
        more: tuple[Value, ...] = (),
        several: bool = False,
    ) -> None:
        self.apply = apply
        self.name = name
        self.keywords = keywords
        self.more = more
        self.several = several


class Choice(Operation):
    """Stands for one of two tensors, where a condition that is not known decides which."""

    __slots__ = ()


class Lost:
    """Stands for Python code inside a graph, behind which TensorFlow knows no shape; `found` is what it has when it runs."""

    __slots__ = ("found",)

    def __init__(self, found: Value) -> None:
        self.found = found


class History:
    """How a symbolic tensor was made: the layer (or operation) that was called and what it was called with.

    Compared by identity: two tensors of the same shape are two nodes of a graph.
    """

    __slots__ = ("index", "inputs", "node", "producer")

    def __init__(self, producer: object, inputs: Value | None, node: object, index: int = 0) -> None:
        self.producer = producer
        self.inputs = inputs
        self.node = node
        self.index = index  # which of the producer's outputs


@dataclass(frozen=True, slots=True)
class Tensor(Value):
    """An array or a tensor. `shape` is `None` where not even the rank is known; `dtype` is `None` where unknown."""

    shape: Shape | None
    dtype: str | None = None
    library: Library = Library.KERAS
    history: History | None = None
    doubtful: bool = False
    """Whether it comes after a mismatch: it is what the layer would have given, and no cause for a second finding."""
    content: Value | None = None
    """The elements, where they are known and can serve as sizes: one number, or a tuple of numbers."""
    masked: int | None = None
    """How many of the first axes the mask has that Keras keeps with the tensor; `None` where it keeps none, or none is known."""

    labels: Value | None = None
    """Where the store says how many labels there are, of an array that holds the numbers from 0 on."""

    most_axes: int | None = None
    """How many axes there may be, where the shape is not known."""

    @property
    def is_symbolic(self) -> bool:
        """Whether this is a Keras tensor, which a functional model can be made from."""
        return self.library is Library.KERAS


@dataclass(frozen=True, slots=True)
class ShapeValue(Value):
    """What `x.shape` is: a tuple of sizes that remembers being a shape."""

    shape: Shape
