"""Layers that rearrange axes. Source: keras/src/layers/reshaping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements


@layer("keras.layers.Flatten")
def flatten(x: Given, data_format: Any = None, **_: Any) -> Applied:
    """(batch, a, b, ...) -> (batch, a * b * ...). Source: keras/src/layers/reshaping/flatten.py."""
    channels_last(data_format)
    if x.rank == 0:
        raise NotKnown("a batch axis")
    return Applied(Shape((x.axis(0), number_of_elements(x.shape.dims[1:]))), dtype=x.cast_dtype)


@layer("keras.layers.Reshape")
def reshape(x: Given, target_shape: Sequence[Dim], **_: Any) -> Applied:
    """(batch, ...) -> (batch, *target_shape), one -1 standing for what is left.

    Source: keras/src/layers/reshaping/reshape.py, compute_reshape_output_shape in keras/src/ops/operation_utils.py.
    """
    given = Shape(x.shape.dims[1:])
    target = Shape(target_shape)
    free = [axis for axis, dim in enumerate(target) if dim.size == -1]
    if len(free) > 1:
        raise NotKnown("a target with one -1 at most")
    total = number_of_elements(given)
    rest = number_of_elements(dim for dim in target if dim.size != -1)
    if isinstance(total.size, int) and isinstance(rest.size, int):
        facts = f" Received: input_shape={given}, target_shape={target}"
        if not free and total.size != rest.size:
            refuse("elements", f"The total size of the tensor must be unchanged.{facts}", shape=x.shape, target=target)
        if free and (rest.size == 0 or total.size % rest.size):
            refuse(
                "elements",
                "The total size of the tensor must be unchanged, however, the input size cannot by divided by the "
                f"specified dimensions in target_shape.{facts}",
                shape=x.shape,
                target=target,
            )
    if free:
        dynamic = None in given.sizes or None in target.sizes
        left = total // rest if total.is_known and rest.is_known else Dim(None if dynamic else UNNAMED)
        target = target.replace(free[0], left)
    return Applied(Shape((x.axis(0), *target)), dtype=x.cast_dtype)


@layer("keras.layers.Permute")
def permute(x: Given, dims: Sequence[int], **_: Any) -> Applied:
    """Reorders the axes behind the batch axis, which are counted from 1. Source: keras/src/layers/reshaping/permute.py."""
    if sorted(dims) != list(range(1, x.rank)):
        raise NotKnown("a permutation")
    return Applied(Shape((x.axis(0), *(x.axis(d) for d in dims))), dtype=x.cast_dtype)


@layer("keras.layers.RepeatVector", ndim=2, axes="batch features")
def repeat_vector(x: Given, n: Dim, **_: Any) -> Applied:
    """(batch, features) -> (batch, n, features). Source: keras/src/layers/reshaping/repeat_vector.py."""
    return Applied(Shape((x.axis(0), n, x.axis(1))), dtype=x.cast_dtype)
