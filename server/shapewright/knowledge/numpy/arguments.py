"""What NumPy functions accept as shapes, dtypes and array-likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapewright.knowledge.rule import Given, NotKnown
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN, Api

_DTYPES = {
    "float": "float64",
    "double": "float64",
    "single": "float32",
    "half": "float16",
    "int": "int64",
    "bool": "bool",
    "bool_": "bool",
    "complex": "complex128",
}
_NAMES = frozenset(
    ["float16", "float32", "float64", "bfloat16", "complex64", "complex128", "bool", "string", "str"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)


def dtype_name(dtype: Any) -> str | None:
    """The name of a dtype given as a string, a Python type or a NumPy or TensorFlow name; `None` where not known."""
    if isinstance(dtype, Api):
        dtype = dtype.name.rsplit(".", 1)[-1]
    if isinstance(dtype, str):
        name = _DTYPES.get(dtype, dtype)
        return name if name in _NAMES else None
    return None


def as_shape(shape: Any) -> Shape:
    """A shape given as one size or a sequence of sizes."""
    if isinstance(shape, (int, Dim)) and not isinstance(shape, bool):
        shape = (shape,)
    if isinstance(shape, Shape):
        return shape
    if not isinstance(shape, (tuple, list)):
        raise NotKnown("shape")
    dims = [size_of(size) for size in shape]
    if any(isinstance(d.size, int) and d.size < 0 for d in dims):
        raise NotKnown("a shape without negative sizes")
    return Shape(dims)


def size_of(size: Any) -> Dim:
    """One size of a shape argument, -1 included."""
    if isinstance(size, Dim):
        return size
    if isinstance(size, int) and not isinstance(size, bool):
        return Dim(size)
    raise NotKnown("size")


def nested_shape(value: Any) -> Shape:
    """The shape NumPy gives to nested lists of numbers and arrays."""
    if isinstance(value, Given):
        return value.shape
    if isinstance(value, (list, tuple)):
        if not value:
            return Shape((0,))
        shapes = [nested_shape(item) for item in value]
        if any(s.sizes != shapes[0].sizes for s in shapes):
            raise NotKnown("items of one shape")
        return Shape((len(value), *shapes[0]))
    if value is UNKNOWN or isinstance(value, (dict, Api)):
        raise NotKnown("items")
    return Shape(())


def nested_dtype(value: Any) -> str | None:
    """The dtype NumPy gives to nested lists of numbers."""
    found = set()
    for leaf in leaves(value):
        if isinstance(leaf, Given):
            found.add(leaf.dtype)
        elif isinstance(leaf, bool):
            found.add("bool")
        elif isinstance(leaf, (int, Dim)):
            found.add("int64")
        elif isinstance(leaf, float):
            found.add("float64")
        else:
            return None
    if found == {"int64", "float64"} or not found:
        return "float64"
    return found.pop() if len(found) == 1 else None


def leaves(value: Any) -> Iterator[Any]:
    """What nested lists hold in the end."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def normalize_axis(axis: int, rank: int) -> int:
    """An axis counted from the front."""
    if not -rank <= axis < rank:
        raise NotKnown("an axis of the array")
    return axis % rank
