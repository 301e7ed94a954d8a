"""Layers that merge several inputs. Source: keras/src/layers/merging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown, refuse
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape


def _merged_dtype(inputs: Sequence[Given]) -> str | None:
    """Symbolic outputs have the layer's dtype; what eager integers give is not float32."""
    floats = all(x.tensor.is_symbolic or x.cast_dtype == "float32" for x in inputs)
    return "float32" if floats else None


def _elementwise(inputs: Sequence[Given]) -> Applied:
    """The inputs' shapes behind the batch axis, aligned at the end and broadcast against each other.

    Source: Merge.compute_output_shape in keras/src/layers/merging/base_merge.py.
    """
    shapes = [x.shape for x in inputs]
    if len(shapes) < 2 or any(s.rank == 0 for s in shapes):
        raise NotKnown("two inputs with a batch axis")
    output = Shape(shapes[0].dims[1:])
    for shape in shapes[1:]:
        output = _merge_two(output, Shape(shape.dims[1:]), shapes)
    batches = [s[0] for s in shapes if not s[0].is_dynamic]
    if len({b.size for b in batches if b.is_known}) > 1:
        listed = "[" + ", ".join(map(str, shapes)) + "]"
        refuse(
            "merge",
            f"Cannot merge tensors with different batch sizes. Received tensors with shapes {listed}",
            shapes=tuple(shapes),
            axis=0,
        )
    return Applied(Shape((batches[0] if batches else shapes[0][0], *output)), dtype=_merged_dtype(inputs))


def _merge_two(a: Shape, b: Shape, all_shapes: Sequence[Shape]) -> Shape:
    if a.rank < b.rank:
        a, b = b, a
    lead = a.rank - b.rank
    dims = list(a.dims[:lead])
    for x, y in zip(a.dims[lead:], b, strict=True):
        if x.size is None or y.size is None:
            dims.append(x if x.size is None else y)
        elif x.size == 1:
            dims.append(y)
        elif y.size == 1 or same_length(x, y):
            dims.append(x)
        elif x.is_known and y.is_known:
            refuse(
                "merge",
                f"Inputs have incompatible shapes. Received shapes {a} and {b}",
                shapes=tuple(all_shapes),
                axis=len(dims) - a.rank,
            )
        else:
            dims.append(Dim(UNNAMED))
    return Shape(dims)


@layer(
    "keras.layers.Add",
    "keras.layers.Subtract",
    "keras.layers.Multiply",
    "keras.layers.Average",
    "keras.layers.Maximum",
    "keras.layers.Minimum",
)
def elementwise(inputs: list[Given], **_: Any) -> Applied:
    """Inputs of one rank -> their broadcast shape. Source: keras/src/layers/merging/base_merge.py.

    >>> {name}()([Input((5, 3)), Input((5, 3))])
    >>> {name}()([Input((5, 1)), Input((3,))])
    >>> {name}()([Input((5,)), Input((3,))])
    """
    return _elementwise(inputs)


@layer("keras.layers.Concatenate")
def concatenate(inputs: list[Given], axis: int = -1, **_: Any) -> Applied:
    """Inputs alike but for `axis`, whose sizes add up. Source: keras/src/layers/merging/concatenate.py.

    >>> {name}()([Input((5, 3)), Input((5, 2))])
    >>> {name}(axis=1)([Input((None, 3)), Input((5, 3))])
    >>> {name}()([Input((5, 3)), Input((4, 3))])
    """
    shapes = [x.shape for x in inputs]
    if len({s.rank for s in shapes}) > 1 and all(s.rank > 1 for s in shapes):
        listed = "[" + ", ".join(map(str, shapes)) + "]"
        text = "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
        refuse("merge", f"{text}Received: input_shape={listed}", shapes=tuple(shapes))
    if not shapes or len({s.rank for s in shapes}) > 1 or not -shapes[0].rank <= axis < shapes[0].rank:
        raise NotKnown("inputs of one rank")
    rank = shapes[0].rank
    at = axis % rank
    output = list(shapes[0].dims)
    for shape in shapes[1:]:
        for n in range(rank):
            if n != at and same_length(output[n], shape[n]) is False:
                if 1 in (output[n].size, shape[n].size):
                    raise NotKnown("Keras builds this and refuses it only when it runs")
                listed = "[" + ", ".join(map(str, shapes)) + "]"
                refuse(
                    "merge",
                    "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                    f"Received: input_shape={listed}",
                    shapes=tuple(shapes),
                    axis=n,
                )
            if n == at:
                output[n] = output[n] + shape[n]
    return Applied(Shape(output), dtype=_merged_dtype(inputs))


@layer("keras.layers.Dot")
def dot(inputs: list[Given], axes: Any, normalize: Any = False, **_: Any) -> Applied:
    """Two inputs, multiplied and summed over an axis of each. Source: keras/src/layers/merging/dot.py.

    >>> {name}(axes=1)([Input((5, 3)), Input((5, 2))])
    >>> {name}(axes=(1, 2))([Input((5, 3)), Input((2, 5))])
    >>> {name}(axes=-1, normalize=True)([Input((5,)), Input((5,))])
    >>> {name}(axes=1)([Input((5,)), Input((4,))])
    """
    if len(inputs) != 2:
        raise NotKnown("two inputs")
    a, b = (x.shape for x in inputs)
    if isinstance(axes, int):
        pair = [axes % a.rank, axes % b.rank] if axes < 0 else [axes, axes]
    elif isinstance(axes, (tuple, list)) and len(axes) == 2 and all(isinstance(n, int) for n in axes):
        pair = list(axes)
    else:
        raise NotKnown("axes")
    if not 0 < pair[0] < a.rank or not 0 < pair[1] < b.rank:
        raise NotKnown("axes of the inputs")
    sizes = a[pair[0]].size, b[pair[1]].size
    if sizes[0] != sizes[1] and not any(isinstance(size, str) for size in sizes):  # a `None` is equal to `None` alone
        refuse(
            "merge",
            f"Incompatible input shapes: axis values {a[pair[0]]} (at axis {pair[0]}) != {b[pair[1]]} "
            f"(at axis {pair[1]}). Full input shapes: {a}, {b}",
            shapes=(a, b),
            axis=pair[0] - a.rank,
        )
    dims = [*a.without(pair[0]).dims, *b.without(pair[1]).dims[1:]]
    return Applied(Shape(dims if len(dims) > 1 else [*dims, Dim(1)]), dtype=_merged_dtype(inputs))
