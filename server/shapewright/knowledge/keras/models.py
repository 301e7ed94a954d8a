"""What models accept as data. Source: keras/src/models/functional.py and keras/src/layers/input_spec.py (Keras 3)."""

from __future__ import annotations

from shapewright.knowledge.rule import refuse
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape


def accept(data: Shape, declared: Shape, functional: bool, name: str | None, tensor_text: str) -> Shape:
    """The shape that the model's first layers see when it is called on data of a shape.

    A Functional model compares every size with the declared input (`functional`), and so does a Sequential one called
    on a symbolic tensor, but on data it looks at the rank alone; both add or drop a
    trailing axis of size 1 to make the ranks fit. `name` is that of the input
    where it was given one, `tensor_text` how the data is printed.
    """
    if functional:
        _compare_sizes(data, declared, name or "input_layer")
    if data.rank == declared.rank:
        return data
    if data.rank == declared.rank + 1 and data[-1].size == 1:
        return data.without(-1)
    if data.rank == declared.rank - 1 and declared[-1].size == 1:
        return data.insert(-1, Dim(1))
    if (data.rank == declared.rank + 1 and not data[-1].is_known) or (
        data.rank == declared.rank - 1 and not (declared[-1].is_known or declared[-1].is_dynamic)
    ):
        return declared
    refuse(
        "data-rank",
        f"Invalid input shape for input {tensor_text} with name '{name or 'keras_tensor'}' and path ''. "
        f"Expected shape {declared}, but input has incompatible shape {data}",
        expected=declared,
        shape=data,
    )


def _compare_sizes(data: Shape, declared: Shape, name: str) -> None:
    """InputSpec with `allow_last_axis_squeeze`: sizes of 1 at the end do not count."""
    found = data.without(-1) if data.rank and data[-1].size == 1 else data
    asked = declared.without(-1) if declared.rank and declared[-1].size == 1 else declared
    for axis, (want, have) in enumerate(zip(asked, found, strict=False)):
        if axis and same_length(want, have) is False:
            refuse(
                "data-size",
                f"Input 0 with name '{name}' of layer '{{layer}}' is incompatible with the layer: "
                f"expected shape={Shape((None, *declared.dims[1:]))}, found shape={found}",
                expected=declared,
                shape=data,
                axis=axis,
            )
