"""Which kinds of arguments functions take: dtypes, lists, numbers. A function that is called on another kind is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.arrays.refused_dtypes import ALIKE, REFUSED
from shapewright.knowledge.rule import Given
from shapewright.tensors.dimension import Dim
from shapewright.values.tensor import Library

_REFUSED = {place: frozenset(dtypes.split()) for dtypes, places in REFUSED.items() for place in places.split()}
_ALIKE = {name: tuple(parameters) for name, *parameters in (line.split(":") for line in ALIKE.split())}


def takes_dtypes(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether a function takes tensors of these dtypes. What TensorFlow's functions make of arrays is not known here.

    >>> bool_tensor = Given(Shape((2,)), "bool", Library.TENSORFLOW)
    >>> takes_dtypes("tensorflow.add", {"x": bool_tensor, "y": bool_tensor})
    False
    """
    only = Library.TENSORFLOW if name.startswith("tensorflow.") else None
    dtypes = {
        parameter: x.dtype
        for parameter, x in arguments.items()
        if isinstance(x, Given) and x.dtype is not None and (only is None or x.library is only)
    }
    if any(dtype in _REFUSED.get(f"{name}:{parameter}", ()) for parameter, dtype in dtypes.items()):
        return False
    alike = _ALIKE.get(name, ())
    found = {dtypes[parameter] for parameter in alike if parameter in dtypes}
    fraction = only is not None and any(isinstance(arguments.get(parameter), float) for parameter in alike)
    return len(found) < 2 and not (fraction and any(is_int(dtype) or dtype == "bool" for dtype in found))


class Kinds:
    """For the functions of one library the kinds that they do not take as their first argument; names stand in texts."""

    def __init__(
        self, prefix: str, integers: str, booleans: str, lists: str, numbers: str, floats: str = "", one_dtype: str = ""
    ) -> None:
        def names(text: str) -> frozenset[str]:
            return frozenset(prefix + name for name in text.split())

        self._integers, self._booleans = names(integers), names(integers) | names(booleans)
        self._lists, self._numbers, self._floats = names(lists), names(numbers), names(floats)
        self._one_dtype = names(one_dtype)

    def take(self, name: str, first: Any, second: Any = None) -> bool:
        """Whether a function can be called on its first arguments, as far as the kinds of those go."""
        if name in self._one_dtype and _different(first, second):
            return False
        if isinstance(first, Given):
            dtype = first.dtype or ""
            return not (
                (dtype == "bool" and name in self._booleans)
                or ("int" in dtype and name in self._integers)
                or (dtype.startswith("float") and name in self._floats)
            )
        if isinstance(first, (tuple, list)):
            return name not in self._lists
        return not (isinstance(first, (int, Dim)) and name in self._numbers)


def _different(first: Any, second: Any) -> bool:
    """Whether two tensors of TensorFlow have two dtypes: it converts none of them."""
    dtypes = [x.dtype for x in (first, second) if isinstance(x, Given) and x.library is Library.TENSORFLOW]
    return len(dtypes) == 2 and None not in dtypes and dtypes[0] != dtypes[1]
