"""Layers and models: what is fixed when they are made. What changes later (being built) is in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import Ref, Tuple, Value


@dataclass(frozen=True, eq=False, slots=True)
class LayerRef(Ref):
    """A layer. `rule` is the knowledge about its class, `config` the arguments it was made with, by parameter name,
    `spans` the source of each argument, `node` the call that made it."""

    api: str
    rule: Any
    config: Mapping[str, Any]
    spans: Mapping[str, object]
    node: object
    name: str | None = None

    @property
    def class_name(self) -> str:
        return self.api.rsplit(".", 1)[-1]


@dataclass(frozen=True, eq=False, slots=True)
class ObjectRef(Ref):
    """A loss, a metric, a gradient tape: an object of a library that has no shape itself, and the arguments it was made with."""

    api: str
    config: Mapping[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class InputLayerRef(Ref):
    """`InputLayer(...)`: nothing but the tensor that `Input(...)` gives."""

    output: Tensor


@dataclass(frozen=True, slots=True)
class CallInputs(Tuple):
    """What a layer is called with besides one input, e.g. `attention(query, value, key=key)`: `names` are the keywords,
    `None` for what was given by position."""

    names: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Built(Value):
    """The state of a layer: the shapes of its weights in creation order, trainable and frozen (`certain` says whether they
    are known), and the symbolic calls made, as pairs of input and output. `input_axes` are the (axis, size) that later
    calls must have, as the InputSpec that Keras sets when it builds. `refused` says that the first call failed: what became
    of the layer is not known."""

    built: bool = False
    weights: tuple[Shape, ...] = ()
    certain: bool = True
    frozen: tuple[Shape, ...] = ()
    calls: tuple[tuple[Value, Value], ...] = ()
    input_axes: tuple[tuple[int, Any], ...] = ()
    refused: bool = False

    @property
    def parameters(self) -> int | None:
        """How many parameters the layer holds; `None` where that is not known."""
        if not self.built or not self.certain:
            return None
        total = 0
        for shape in (*self.weights, *self.frozen):
            product = 1
            for dim in shape:
                if not isinstance(dim.size, int):
                    return None
                product *= dim.size
            total += product
        return total


@dataclass(frozen=True, eq=False, slots=True)
class ModelRef(Ref):
    """A functional model: `inputs` and `outputs` are tensors or structures of tensors. Of a model that a function of
    `keras.applications` made, `application` is the function and `config` what it was called with."""

    inputs: Value
    outputs: Value
    node: object
    name: str | None = None
    application: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class SequentialRef(Ref):
    """A Sequential model; the store holds its `Stack`."""

    node: object
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Stack(Value):
    """The state of a Sequential model: its layers, and once they are known its input and the output of each layer."""

    layers: tuple[Value, ...] = ()
    input: Tensor | None = None
    outputs: tuple[Value, ...] = ()
    certain: bool = True  # false once a layer was added that is not known
