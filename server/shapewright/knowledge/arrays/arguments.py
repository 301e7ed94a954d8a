"""What functions of arrays are given: operands, axes, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shapewright.knowledge.arrays import dtypes
from shapewright.knowledge.numpy.arguments import (
    dtype_name,
    leaves,
    nested_dtype,
    nested_shape,
)
from shapewright.knowledge.numpy.arguments import elements as elements
from shapewright.knowledge.rule import Given, Misfit, NotKnown, sized_by_data
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@dataclass(frozen=True)
class Operand:
    """An array, a nested list or a number. A Python number is `weak`: it takes the dtype of the other operand."""

    shape: Shape
    dtype: str | None
    weak: bool = False
    library: Library | None = None


def operand(value: Any) -> Operand:
    """What a function that takes array-likes sees of an argument."""
    if isinstance(value, Given):
        return Operand(value.shape, value.dtype, False, value.library)
    if isinstance(value, bool):
        return Operand(Shape(()), "bool")
    if isinstance(value, (int, Dim)):
        return Operand(Shape(()), "int64", True)
    if isinstance(value, float):
        return Operand(Shape(()), "float64", True)
    if isinstance(value, complex):
        return Operand(Shape(()), "complex128", True)
    if isinstance(value, (str, bytes)):
        return Operand(Shape(()), None, True)
    if isinstance(value, (list, tuple)):
        library = next((leaf.library for leaf in leaves(value) if isinstance(leaf, Given)), None)
        return Operand(nested_shape(value), nested_dtype(value), False, library)
    raise NotKnown("an array")


def operands(values: Any) -> list[Operand]:
    """What a function that takes a list of array-likes sees of it."""
    if isinstance(values, Given):
        size = values.axis(0).size
        if not isinstance(size, int) or size > 1000:
            raise NotKnown("how many arrays")
        return [Operand(values.shape.without(0), values.dtype, False, values.library)] * size
    if not isinstance(values, (list, tuple)) or not values:
        raise NotKnown("a list of arrays")
    return [operand(value) for value in values]


def one_of_many(values: Any) -> Operand | None:
    """One of the arrays in a list of unknown length, all of one shape; `None` for every other argument."""
    if not isinstance(values, Given) or not values.rank or isinstance(values.axis(0).size, int):
        return None
    return Operand(values.shape.without(0), values.dtype, False, values.library)


def contents(value: Any) -> list[Dim] | None:
    """The sizes that a list or a small tensor holds; `None` where it does not hold sizes."""
    try:
        shape = sizes_of(value)
    except NotKnown:
        return None
    return list(shape) if shape.rank <= 16 else None


def narrowed(found: Operand) -> str | None:
    """The dtype of an operand in TensorFlow and Keras, where lists and numbers become int32 and float32."""
    if found.library is not None:
        return found.dtype
    return {"int64": "int32", "float64": "float32"}.get(found.dtype or "", found.dtype)


def tensors(x1: Any, x2: Any) -> tuple[Operand, Operand]:
    """Two operands. Where it works out a shape Keras does not look into a list."""
    a, b = operand(x1), operand(x2)
    if (isinstance(x1, (list, tuple)) or isinstance(x2, (list, tuple))) and Library.KERAS in (a.library, b.library):
        raise NotKnown("tensors")
    return a, b


def promoted(rule: str, *values: Operand) -> str | None:
    """The dtype of an elementwise result in `numpy`, `keras` or `tensorflow`."""
    strong = [value for value in values if not value.weak]
    if not strong:
        strong = list(values)
    if rule == "tensorflow":
        found = {value.dtype for value in strong if value.library is not None}
        return found.pop() if len(found) == 1 else None if found else narrowed(strong[0])
    if rule == "numpy":
        return _numpy_promoted(strong, values)
    dtype = dtypes.keras_promoted(*(narrowed(value) for value in strong))
    for value in values:
        if value.weak and dtype is not None:
            if value.dtype == "float64" and not dtypes.is_float(dtype):
                return "float32"
            if dtype == "bool":
                return None
    return dtype


def _numpy_promoted(strong: Sequence[Operand], values: Sequence[Operand]) -> str | None:
    dtype = dtypes.numpy_promoted(*(value.dtype for value in strong))
    for value in values:
        if value.weak:
            dtype = dtypes.numpy_with_number(dtype, value.dtype or "")
    return dtype


def chosen_dtype(dtype: Any, default: str | None) -> str | None:
    """The dtype that was asked for, else the default."""
    return default if dtype is None else dtype_name(dtype)


def axis_of(axis: Any, rank: int) -> int:
    """One axis, counted from the front."""
    if not isinstance(axis, int) or isinstance(axis, bool):
        raise NotKnown("an axis of the array")
    if not -rank <= axis < rank:
        raise Misfit("outside", axis=axis, rank=rank)
    return axis % rank


def axes_of(axis: Any, rank: int) -> tuple[int, ...]:
    """Axes given as `None` (all of them), one, or several."""
    if axis is None:
        return tuple(range(rank))
    if isinstance(axis, Given):
        axis = elements(axis)
    found = tuple(axis_of(n, rank) for n in (axis if isinstance(axis, (tuple, list)) else [axis]))
    if len(set(found)) != len(found):
        raise NotKnown("different axes")
    return found


def size_of(value: Any) -> Dim:
    """One size of a shape argument: a number, a `Dim`, `None`, or a scalar tensor."""
    value = elements(value)
    if isinstance(value, Dim):
        return value
    if value is None:
        return Dim(None)
    if isinstance(value, int) and not isinstance(value, bool):
        return Dim(value)
    if (
        isinstance(value, Given)
        and value.tensor.shape is not None
        and not value.rank
        and value.library is not Library.NUMPY
    ):
        return sized_by_data()
    raise NotKnown("size")


def sizes_of(shape: Any) -> Shape:
    """A shape given as one size, as a sequence of sizes, or as a tensor that holds them."""
    shape = elements(shape)
    if isinstance(shape, Shape):
        return shape
    if isinstance(shape, (tuple, list)):
        return Shape(Dim(UNNAMED) if size is UNKNOWN else size_of(size) for size in shape)  # some number
    if isinstance(shape, (int, Dim)) and not isinstance(shape, bool):
        return Shape((size_of(shape),))
    raise NotKnown("shape")


def plain_sizes(shape: Any) -> Shape:
    """A shape to make an array of: no -1."""
    found = sizes_of(shape)
    if any(isinstance(size, int) and size < 0 for size in found.sizes):
        raise NotKnown("a shape without negative sizes")
    return found


def is_dynamic(value: Any) -> bool:
    return isinstance(value, Dim) and not value.is_known


def unnamed(dim: Dim) -> Dim:
    """A size that depends on another one in a way that has no name: dynamic stays dynamic."""
    return Dim(None if dim.is_dynamic else UNNAMED)
