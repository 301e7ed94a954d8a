"""What models accept as data. Source: keras/src/models/functional.py and keras/src/layers/input_spec.py (Keras 3)."""

from __future__ import annotations

from shapewright.knowledge.rule import refuse
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape


def accept(
    data: Shape,
    declared: Shape,
    name: str | None,
    tensor_text: str,
    index: int = 0,
    *,
    functional: bool,
    symbolic: bool = False,
) -> Shape:
    """The shape that the model's first layers see when it is called on data of a shape.

    A Functional model compares every size with the declared input (`functional`), as far as both go, and so does a Sequential
    one called on a symbolic tensor, but on data it looks at the rank alone; both add or drop a trailing axis of size 1 to
    make the ranks fit. The rank of a symbolic tensor is not compared. `name` is that of the input
    where it was given one, `tensor_text` how the data is printed, `index` which of the model's inputs this is.
    """
    if functional:
        _compare_sizes(data, declared, name or _automatic_name(index), index)
    if data.rank == declared.rank or symbolic:
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


def _automatic_name(index: int) -> str:
    """What Keras calls an Input that was given no name, where no others were made before."""
    return f"input_layer_{index}" if index else "input_layer"


def _compare_sizes(data: Shape, declared: Shape, name: str, index: int) -> None:
    """InputSpec with `allow_last_axis_squeeze`: sizes of 1 at the end do not count."""
    found = data.without(-1) if data.rank and data[-1].size == 1 else data
    asked = declared.without(-1) if declared.rank and declared[-1].size == 1 else declared
    for axis, (want, have) in enumerate(zip(asked, found, strict=False)):
        if axis and same_length(want, have) is False:
            refuse(
                "data-size",
                f"Input {index} with name '{name}' of layer '{{layer}}' is incompatible with the layer: "
                f"expected shape={Shape((None, *declared.dims[1:]))}, found shape={found}",
                expected=declared,
                shape=data,
                axis=axis,
            )


def count_inputs(names: list[str | None], given: int) -> None:
    """Refuses another number of inputs. Source: Functional._standardize_inputs in keras/src/models/functional.py."""
    if given == len(names):
        return
    keys = [name or _automatic_name(n) for n, name in enumerate(names)]
    example = ", ".join(f"{key!r}: ..." for key in keys)
    refuse(
        "data-count",
        f'Layer "{{layer}}" expects {len(names)} named input(s) with keys {keys}, but it received {given} input tensors. '
        f"Pass inputs as a dict, e.g. `layer({{{example}}})`.",
        expected=len(names),
        given=given,
    )
