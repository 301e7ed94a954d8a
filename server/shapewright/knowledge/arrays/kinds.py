"""Which tensors functions take: dtypes, lists, numbers, how many axes. What they refuse was measured, and is in refused.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shapewright.knowledge.arrays.arguments import operand
from shapewright.knowledge.arrays.dtypes import is_float, is_int
from shapewright.knowledge.arrays.refused import ALIKE, ALL, KINDS, RANKS, SQUARE, SYMBOLIC
from shapewright.knowledge.rule import Given, NotKnown
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library

_KINDS = {place: frozenset(kinds.split()) for kinds, places in KINDS.items() for place in places.split()}
_RANKS = {place: frozenset(map(int, ranks.split())) for ranks, places in RANKS.items() for place in places.split()}
_ALL = {name: frozenset(dtypes.split()) for dtypes, names in ALL.items() for name in names.split()}
_SYMBOLIC = {place: frozenset(kinds.split()) for kinds, places in SYMBOLIC.items() for place in places.split()}
_SQUARE = frozenset(SQUARE.split())
_ALIKE = {name: tuple(parameters) for name, *parameters in (line.split(":") for line in ALIKE.split())}


def takes_kinds(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether a function takes tensors of these dtypes, and these lists and numbers in place of tensors. What TensorFlow's
    functions make of arrays is not known here.

    >>> bool_tensor = Given(Shape((2,)), "bool", Library.TENSORFLOW)
    >>> takes_kinds("tensorflow.add", {"x": bool_tensor, "y": bool_tensor})
    False
    """
    kinds = {parameter: kind for parameter, x in arguments.items() if (kind := _kind(name, x)) is not None}
    dtypes = {kind for kind in kinds.values() if kind not in _PYTHON}
    tensors = [kind for kind in kinds.values() if kind in dtypes]
    whole = next(iter(arguments), None) in kinds  # the first may be a bool, or an array of which that is not known
    if whole and len(tensors) > 1 and len(dtypes) == 1 and not dtypes.isdisjoint(_ALL.get(name, ())):
        return False
    others = {"int32" if is_int(dtype) else "float32" if is_float(dtype) else dtype for dtype in dtypes}
    for parameter, kind in kinds.items():
        refused = _KINDS.get(f"{name}:{parameter}", frozenset())
        if kind in refused or (kind in _PYTHON and any(f"{kind}/{other}" in refused for other in others)):
            return False
    alike = {kinds[parameter] for parameter in _ALIKE.get(name, ()) if parameter in kinds}
    if name.startswith("tensorflow.") and "bool" in alike and not alike.isdisjoint(("float", "[float]")):
        return False
    return len(alike - _PYTHON) < 2


def takes_beside_symbolic(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether a function of Keras tensors takes these numbers and lists beside them.

    >>> takes_beside_symbolic("keras.ops.hypot", {"x2": 2})
    False
    """
    return not any(_kind(name, x) in _SYMBOLIC.get(f"{name}:{parameter}", ()) for parameter, x in arguments.items())


def takes_shapes(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether a function takes tensors of so many axes, and matrices that are not square where these are none.

    >>> takes_shapes("tensorflow.linalg.inv", {"input": Given(Shape((2, 3)), "float32", Library.TENSORFLOW)})
    False
    """
    for parameter, x in arguments.items():
        place = f"{name}:{parameter}"
        shape = _shape(x) if place in _RANKS or place in _SQUARE else None
        if shape is not None and (shape.rank in _RANKS.get(place, ()) or (place in _SQUARE and not _is_square(shape))):
            return False
    return True


_PYTHON = frozenset(["int", "float", "[int]", "[float]"])


def _kind(name: str, x: Any) -> str | None:
    """The dtype of a tensor, or what stands in its place."""
    if isinstance(x, Given):
        known = x.library is Library.TENSORFLOW or not name.startswith("tensorflow.")
        return x.dtype if known else None
    if isinstance(x, (list, tuple, Shape)):
        kinds = set(map(_number, _leaves(x)))
        return None if not kinds or None in kinds else "[float]" if "float" in kinds else "[int]"
    return _number(x)


def _number(x: Any) -> str | None:
    if isinstance(x, bool):
        return None
    return "float" if isinstance(x, float) else "int" if isinstance(x, (int, Dim)) else None


def _leaves(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from _leaves(item)
        else:
            yield item


def _shape(x: Any) -> Shape | None:
    if isinstance(x, (list, tuple)) and any(isinstance(leaf, Given) for leaf in _leaves(x)):
        return None
    try:
        return operand(x).shape
    except NotKnown:
        return None


def _is_square(shape: Shape) -> bool:
    return shape.rank < 2 or same_length(shape[-2], shape[-1]) is not False
