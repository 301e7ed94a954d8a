"""The form of a rule: what it is given, what it answers, and how it refuses.

A rule is a small function whose signature is that of the library call it describes, the input first for a layer.
Annotations say how arguments arrive:

    Given           an array or tensor, whose shape is there when it is known
    list[Given]     a list of them, for merging layers
    Dim             a size that ends up in a shape; remembers the source it came from
    int, str, tuple a known plain value
    Ints            an int, or a tuple or list of ints
    Inner           a layer, for wrappers
    list[Inner]     a list of layers, or one
    none            a plain Python value, or `UNKNOWN`

An argument that is needed and not known raises `NotKnown`, and what the call returns is then not known either.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, Union

from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library, Tensor

Ints = Union[int, Sequence[int]]
ShapeLike = Union[Shape, Sequence[Dim | int]]


class NotKnown(Exception):
    """Something that the rule needs is not known."""


class Misfit(NotKnown):
    """Shapes or axes that certainly do not fit, found where it is not known which library is asked, nor in which way.

    What the library would say is in `refusals.py`; where that is not known, nothing is.
    """

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


class Refused(Exception):
    """What the library would not accept.

    `kind` names the kind of mistake for the findings, `message` is the library's own text (`{layer}` stands for the
    layer's name), `axis` the axis it is about and `expected` what it should have been.
    """

    def __init__(self, kind: str, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.facts = facts


class InputRefused(Refused):
    """What is refused before the layer has weights: the next call builds it."""


def refuse(kind: str, message: str, **facts: Any) -> NoReturn:
    """Says that the library would raise `ValueError(message)`."""
    raise Refused(kind, message, **facts)


TRACED: ContextVar[bool] = ContextVar("TRACED", default=False)
"""Whether the call that a rule describes is traced into a graph, as in `Dataset.map` or `tf.function`."""


BUILT: ContextVar[bool] = ContextVar("BUILT", default=False)
"""Whether the layer that a rule describes has its weights by now."""


class Listed:
    """The annotation of a list of arrays, of which it need not be known how many there are: then it arrives as one array of
    them. What takes it refuses an empty list."""


def sized_by_data() -> Dim:
    """A size that only the values of tensors decide: `None` in a graph, some number where the code just runs."""
    return Dim(None if TRACED.get() else UNNAMED)


class Given:
    """An array or tensor as a rule sees it. Asking for what is not known raises `NotKnown`."""

    __slots__ = ("tensor",)

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor

    @property
    def shape(self) -> Shape:
        if self.tensor.shape is None:
            raise NotKnown("rank")
        return self.tensor.shape

    @property
    def rank(self) -> int:
        return self.shape.rank

    @property
    def dtype(self) -> str | None:
        return self.tensor.dtype

    @property
    def library(self) -> Library:
        return self.tensor.library

    @property
    def cast_dtype(self) -> str | None:
        """The dtype that most layers give: of Keras tensors the layer's float32, which stands for what it computes; of
        others floats become float32, and integers stay."""
        return "float32" if self.tensor.is_symbolic else self.kept_dtype

    @property
    def kept_dtype(self) -> str | None:
        """The dtype after a layer's autocast: floats become the layer's float32, integers stay."""
        dtype = self.tensor.dtype
        return "float32" if dtype is not None and dtype.startswith(("float", "bfloat")) else dtype

    def axis(self, axis: int) -> Dim:
        """The size of one axis."""
        shape = self.shape
        if not -shape.rank <= axis < shape.rank:
            raise NotKnown(f"axis {axis} of {shape}")
        return shape[axis]


class Inner(Protocol):
    """A layer that another one wraps."""

    @property
    def class_name(self) -> str:
        """`LSTM`."""

    def argument(self, name: str) -> Any:
        """What the layer was made with, as a plain value; the rule's default, `UNKNOWN`."""

    def wrapped(self, name: str) -> list[Inner]:
        """The layers that an argument of it is a list of."""

    def apply(self, shape: Shape, dtype: str | None = None) -> Applied:
        """What calling the layer on an input of a shape gives; refuses and raises as the layer would."""


@dataclass(frozen=True)
class Applied:
    """What calling a layer gives.

    `output` is a shape, `None` where the rank is not known, or a list of shapes for several outputs. `weights` are the
    shapes of the layer's trainable weights in creation order, `frozen` those of the others. `dtype` is the output's
    (a list of dtypes for several outputs). `input_axes` are the (axis, size) that later calls of the layer must have.
    `undefined` is what Keras says where a size that the first weight takes from the input is `None`.
    """

    output: Any
    weights: Sequence[ShapeLike] = ()
    frozen: Sequence[ShapeLike] = ()
    dtype: Any = "float32"
    input_axes: Sequence[tuple[int, Dim]] = ()
    undefined: str | None = None
    fails: Refused | None = None
    """What Keras refuses only once there is data: a model is built, and fails in `predict`."""


def undefined(shape: ShapeLike, name: str) -> str:
    """What Keras says of a weight with a size `None`. Source: Variable.__init__ in keras/src/backend/common/variables.py."""
    whole = shape if isinstance(shape, Shape) else Shape(shape)
    text = "Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: "
    return f"{text}shape={whole} for variable path='{{layer}}/{name}'"


@dataclass(frozen=True)
class InputSpec:
    """What a layer asks of its input before anything else. Source: keras/src/layers/input_spec.py."""

    ndim: int | None = None
    min_ndim: int | None = None

    def check(self, shape: Shape) -> None:
        """Refuses a shape of the wrong rank with Keras's own words."""
        start = "Input 0 with name 'None' of layer '{layer}' is incompatible with the layer: "
        end = f", found ndim={shape.rank}. Full shape received: {shape}"
        if self.ndim is not None and shape.rank != self.ndim:
            text = f"{start}expected ndim={self.ndim}{end}"
            raise InputRefused("rank", text, expected=self.ndim, shape=shape)
        if self.min_ndim is not None and shape.rank < self.min_ndim:
            text = f"{start}expected min_ndim={self.min_ndim}{end}"
            raise InputRefused("rank", text, expected=self.min_ndim, shape=shape)

    @property
    def rank(self) -> int | None:
        return self.ndim if self.ndim is not None else self.min_ndim


@dataclass(frozen=True)
class Result:
    """What a function gives: the shape and dtype of the array or tensor it returns.

    A rule may also return a tuple or list of these for several results, or a plain number, string or `Dim`.
    """

    shape: Shape | None
    dtype: str | None = None
    library: Library | None = None  # whose array it is, where that is not what the function's name says
    content: Any = None  # its elements, where they can serve as sizes: a number, a `Dim`, or a tuple of those
    labels: int | None = None  # its elements are the numbers from 0 up to this one, all of them
    most_axes: int | None = None  # how many axes it may have, where the shape is not known
