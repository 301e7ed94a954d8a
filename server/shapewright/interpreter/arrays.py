"""Attributes and methods of NumPy's arrays that no rule describes: those that give Python's own values, or change the array."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from shapewright.interpreter.collections import make_list
from shapewright.interpreter.contents import NUMBERS, changed, contents_of
from shapewright.interpreter.iteration import dim_value
from shapewright.interpreter.joins import join
from shapewright.interpreter.run import Call, Run
from shapewright.knowledge.arrays.dtypes import real_part
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.callable import Generated
from shapewright.values.tensor import Tensor
from shapewright.values.value import NONE, UNKNOWN, BoundApi, ListRef, Literal, Scalar, Size, Tuple, Value

_IN_PLACE = frozenset(["sort", "fill", "partition", "put", "itemset", "setfield", "setflags", "byteswap"])
_BYTES = {"bool": 1, "complex64": 8, "complex128": 16} | {
    f"{kind}{bits}": bits // 8 for kind in ("int", "uint", "float") for bits in (8, 16, 32, 64)
}

_KINDS = {"int": "int64", "uint": "int64", "float": "float64", "bool": "bool"}


def attribute_of_array(run: Run, array: Tensor, name: str) -> Value | None:
    """`x.T`, `x.size`; `None` where the name is that of a method."""
    if name == "itemsize":
        return Literal(_BYTES[array.dtype]) if array.dtype in _BYTES else UNKNOWN
    shape = array.shape
    if shape is None:
        return Tensor(None, array.dtype, array.library) if name in ("T", "mT") else None
    if name == "T":
        return Tensor(Shape(reversed(shape.dims)), array.dtype, array.library, doubtful=array.doubtful)
    if name == "mT" and shape.rank > 1:
        return replace(array, shape=Shape((*shape.dims[:-2], shape[-1], shape[-2])), content=None)
    if name == "size":
        return dim_value(number_of_elements(shape))
    if name == "nbytes":
        return dim_value(number_of_elements(shape) * _BYTES[array.dtype]) if array.dtype in _BYTES else UNKNOWN
    if name == "flat":
        return Tensor(Shape((number_of_elements(shape),)), array.dtype, array.library)
    if name in ("real", "imag"):
        return replace(array, dtype=real_part(array.dtype), content=None)
    return None


def call_array_method(run: Run, array: Tensor, method: str, call: Call) -> Value:
    """`x.tolist()`, `x.item()`, `x.sort()`."""
    held = contents_of(run, array)
    if method == "tolist":
        made = _as_list(run, held) if held is not None else _unknown_list(run, array)
        if isinstance(made, ListRef):
            run.store.write(made, NUMBERS, Literal(True))
        return made
    if method == "item":
        return _item(array, held) if not call.args else UNKNOWN
    if method in _IN_PLACE:
        changed(run, array)
        return NONE
    if method == "resize":
        changed(run, array)
    return UNKNOWN


def _as_list(run: Run, content: Value) -> Value:
    if isinstance(content, Tuple):
        return make_list(run, [_as_list(run, item) for item in content.items])
    return content


def _unknown_list(run: Run, array: Tensor) -> Value:
    """Lists of numbers that are not known, as long as the axes are."""
    if array.shape is None:
        return UNKNOWN
    if not array.shape.rank:
        return _kind_of_item(array)
    size = array.shape[0].size
    if array.shape.rank == 1 and not isinstance(size, int):
        made = make_list(run, None)
        run.store.write(made, "items", Generated((_kind_of_item(array),), complete=False))
        return made
    if not isinstance(size, int) or size > 256 or array.shape.rank > 2:
        return make_list(run, None)
    inner = replace(array, shape=Shape(array.shape.dims[1:]), content=None)
    return make_list(run, [_unknown_list(run, inner) for _ in range(size)])


def _kind_of_item(array: Tensor) -> Value:
    """A number of which only the kind is known."""
    kind = _KINDS.get((array.dtype or "").rstrip("0123456789"))
    return UNKNOWN if kind is None else Scalar(kind)


def _item(array: Tensor, held: Value | None) -> Value:
    while isinstance(held, Tuple) and len(held.items) == 1:
        held = held.items[0]
    if isinstance(held, (Literal, Size)):
        return held
    return Size(Dim(UNNAMED)) if (array.dtype or "").startswith(("int", "uint")) else UNKNOWN


def attribute_or_method(run: Run, array: Tensor, name: str) -> Value:
    found = attribute_of_array(run, array, name)
    return BoundApi(array, name) if found is None else found


def mixed(run: Run, value: Value) -> None:
    """The items of a list, or the elements of an array, in an order that nobody knows."""
    if isinstance(value, ListRef):
        state = run.store.read(value, "items")
        if isinstance(state, Tuple) and len(set(state.items)) > 1:
            run.store.write(value, "items", Tuple((reduce(join, state.items),) * len(state.items)))
    changed(run, value)
