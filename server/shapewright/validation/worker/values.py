"""Values between a plan and Python: what stands in arguments, and what a result looks like (docs/validation.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from .names import BadName, Names

DEEPEST = 60
FLOATS = {"inf": float("inf"), "-inf": float("-inf"), "nan": float("nan")}


class BadPlan(Exception):
    """The plan is not what docs/validation.md says. The worker refuses all of it."""


class Arguments:
    """Turns the values of a plan into Python's.

    Args:
        names: What {"name": ...} may stand for.
        result: Gives what an earlier step gave, for {"ref": n}.
    """

    def __init__(self, names: Names, result: Callable[[int], Any]) -> None:
        self.names = names
        self.result = result

    def by_name(self, arguments: Any) -> dict[str, Any]:
        """The keyword arguments of a step."""
        if not isinstance(arguments, dict):
            raise BadPlan("arguments: an object is expected")
        for name in arguments:
            if not name.isidentifier() or name.startswith("__"):
                raise BadPlan(f"no name of an argument: {name[:100]}")
        return {name: self.value(value) for name, value in arguments.items()}

    def in_order(self, arguments: Any) -> list[Any]:
        if not isinstance(arguments, list):
            raise BadPlan("args: a list is expected")
        return [self.value(value) for value in arguments]

    def value(self, value: Any, depth: int = 0) -> Any:
        if depth > DEEPEST:
            raise BadPlan("a value is nested too deeply")
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, list):
            return [self.value(item, depth + 1) for item in value]
        if not isinstance(value, dict) or len(value) != 1:
            raise BadPlan(f"no value: {repr(value)[:100]}")
        ((kind, content),) = value.items()
        if kind == "ref":
            return self.result(content)
        if kind == "name":
            return self.name(content)
        if kind == "tuple" and isinstance(content, list):
            return tuple(self.value(item, depth + 1) for item in content)
        if kind == "dict" and isinstance(content, list):
            return self._dict(content, depth)
        if kind == "float" and content in FLOATS:
            return FLOATS[content]
        if kind == "slice" and isinstance(content, list) and len(content) == 3:
            return slice(*(self.value(item, depth + 1) for item in content))
        if kind == "ellipsis":
            return Ellipsis
        raise BadPlan(f"no value: {repr(value)[:100]}")

    def name(self, name: Any) -> Any:
        try:
            return self.names.value(name)
        except BadName as error:
            raise BadPlan(f"a plan may not name {error}") from None

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        result = {}
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise BadPlan("dict: pairs of key and value are expected")
            key = self.value(pair[0], depth + 1)
            try:
                result[key] = self.value(pair[1], depth + 1)
            except TypeError:
                raise BadPlan(f"no key: {repr(pair[0])[:100]}") from None
        return result


def described(value: Any, depth: int = 0) -> dict[str, Any]:
    """A value as results show it: a shape and a dtype, a structure of those, or the name of its type.

    >>> described((1, [2]))
    {'tuple': [{'other': 'int'}, {'list': [{'other': 'int'}]}]}
    """
    if depth > DEEPEST:
        return {"other": type(value).__name__}
    if is_tensor(value):
        return {"shape": sizes(value.shape), "dtype": dtype_name(value.dtype)}
    if isinstance(value, tuple):
        return {"tuple": [described(item, depth + 1) for item in value]}
    if isinstance(value, list):
        return {"list": [described(item, depth + 1) for item in value]}
    if isinstance(value, Mapping) and all(isinstance(key, (str, int)) for key in value):
        return {"dict": {str(key): described(item, depth + 1) for key, item in value.items()}}
    return {"other": type(value).__name__}


def is_tensor(value: Any) -> bool:
    """A tensor of any kind: what has a shape of sizes and a dtype, and is no layer, variable or class."""
    if isinstance(value, type) or not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return False
    shape = value.shape
    return isinstance(shape, tuple) or hasattr(shape, "as_list")


def sizes(shape: Any) -> list[int | None] | None:
    """Sizes as numbers and None; None in place of the list where not even their number is known."""
    if hasattr(shape, "as_list"):  # tf.TensorShape
        if shape.rank is None:
            return None
        shape = shape.as_list()
    return [None if size is None else int(size) for size in shape]


def dtype_name(dtype: Any) -> str:
    """
    >>> dtype_name("float32")
    'float32'
    """
    name = getattr(dtype, "name", None) or str(dtype)
    return str(name).replace("torch.", "")


def message_of(error: BaseException) -> dict[str, Any]:
    """An exception as the user would read it, without its traceback."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return {"type": type(error).__name__, "message": text[:20_000]}


def is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    errors = getattr(sys.modules.get("tensorflow"), "errors", None)
    return errors is not None and isinstance(error, errors.ResourceExhaustedError)
