"""What NumPy functions accept as shapes, dtypes and array-likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapewright.knowledge.arrays.dtypes import numpy_promoted
from shapewright.knowledge.rule import Given, Misfit, NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN, Api, Literal, Size, Tuple

_DTYPES = {
    "float": "float64",
    "double": "float64",
    "single": "float32",
    "half": "float16",
    "int": "int64",
    "int_": "int64",
    "intp": "int64",
    "long": "int64",
    "longlong": "int64",
    "uint": "uint64",
    "uintp": "uint64",
    "ulong": "uint64",
    "ulonglong": "uint64",
    "intc": "int32",
    "uintc": "uint32",
    "short": "int16",
    "ushort": "uint16",
    "byte": "int8",
    "ubyte": "uint8",
    "bool": "bool",
    "bool_": "bool",
    "complex": "complex128",
    "cdouble": "complex128",
    "csingle": "complex64",
    "object_": "object",
    "?": "bool",
    "b1": "bool",
    "O": "object",
}
_DTYPES |= {
    letter: name
    for letters, name in (
        ("b i1", "int8"),
        ("h i2", "int16"),
        ("i i4", "int32"),
        ("l q p i8", "int64"),
        ("B u1", "uint8"),
        ("H u2", "uint16"),
        ("I u4", "uint32"),
        ("L Q P u8", "uint64"),
        ("e f2", "float16"),
        ("f f4", "float32"),
        ("d f8", "float64"),
        ("F c8", "complex64"),
        ("D c16", "complex128"),
    )
    for letter in letters.split()
}
_NAMES = frozenset(
    ["float16", "float32", "float64", "bfloat16", "complex64", "complex128", "bool", "string", "str", "object"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)
NUMBER_TYPES = (
    *("float16", "float32", "float64", "complex64", "complex128", "bool_"),
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
)
"""NumPy's types of numbers, which can be called: `np.uint8(image)`."""


def dtype_name(dtype: Any) -> str | None:
    """The name of a dtype given as a string, a Python type or a NumPy or TensorFlow name; `None` where not known."""
    if isinstance(dtype, Api):
        dtype = dtype.name.rsplit(".", 1)[-1]
    if isinstance(dtype, str):
        name = _DTYPES.get(dtype) or _DTYPES.get(dtype.lstrip("<>=|"), dtype)
        return name if name in _NAMES else None
    return None


def elements(value: Any) -> Any:
    """A tensor that holds sizes as those sizes; all else as it is."""
    if isinstance(value, Given) and value.tensor.content is not None:
        return content_of(value.tensor.content)
    return value


def content_of(value: Any) -> Any:
    """The numbers in the content of a tensor."""
    if isinstance(value, Tuple):
        return tuple(content_of(item) for item in value.items)
    if isinstance(value, Size):
        return value.dim
    if isinstance(value, Literal) and isinstance(value.value, float):
        return value.value
    if isinstance(value, Literal) and isinstance(value.value, int):
        return Dim(value.value, value.origin)
    return UNKNOWN


def as_shape(shape: Any) -> Shape:
    """A shape given as one size or a sequence of sizes."""
    shape = elements(shape)
    if isinstance(shape, (int, Dim)) and not isinstance(shape, bool):
        shape = (shape,)
    if isinstance(shape, Shape):
        return shape
    if not isinstance(shape, (tuple, list)):
        raise NotKnown("shape")
    dims = [Dim(UNNAMED) if size is UNKNOWN else size_of(size) for size in shape]  # some number
    if any(isinstance(d.size, int) and d.size < 0 for d in dims):
        raise NotKnown("a shape without negative sizes")
    return Shape(dims)


def size_of(size: Any) -> Dim:
    """One size of a shape argument, -1 included."""
    size = elements(size)
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
            raise _ragged(value, shapes)
        return Shape((len(value), *shapes[0]))
    if value is None or isinstance(value, (int, float, complex, str, bytes, Dim)):
        return Shape(())
    raise NotKnown("items")


def _ragged(value: Any, shapes: list[Shape]) -> NotKnown:
    """Items of several shapes: NumPy says how many axes they have in common."""
    common = [len(value)]
    for sizes in zip(*(shape.sizes for shape in shapes), strict=False):
        if len(set(sizes)) > 1:
            break
        common.append(sizes[0])
    whole = all(isinstance(size, int) for shape in shapes for size in shape.sizes)
    foreign = any(isinstance(leaf, Given) and leaf.library is not Library.NUMPY for leaf in leaves(value))
    if not whole or foreign:
        return NotKnown("items of one shape")
    plain = not any(isinstance(leaf, Given) for leaf in leaves(value))
    return Misfit("ragged", shapes=tuple(shapes), common=tuple(common), plain=plain)


def nested_dtype(value: Any) -> str | None:
    """The dtype NumPy gives to nested lists of numbers and arrays."""
    found: set[str | None] = set()
    for leaf in leaves(value):
        if isinstance(leaf, Given):
            found.add(leaf.dtype)
        elif isinstance(leaf, bool):
            found.add("bool")
        elif isinstance(leaf, (int, Dim)):
            found.add("int64")
        elif isinstance(leaf, float):
            found.add("float64")
        elif isinstance(leaf, complex):
            found.add("complex128")
        else:
            return None
    return numpy_promoted(*found) if found else "float64"


def leaves(value: Any) -> Iterator[Any]:
    """What nested lists hold in the end."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    else:
        yield value
