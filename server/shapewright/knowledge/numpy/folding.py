"""What functions give for numbers that are known: `np.prod(x.shape[1:])`, `int(np.sqrt(n))`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from shapewright.knowledge.numpy.arguments import elements
from shapewright.knowledge.rule import Given
from shapewright.tensors.dimension import Dim


class _Open(Exception):
    """An element is not known."""


def _sum(*numbers: Any) -> Any:
    total = numbers[0]
    for number in numbers[1:]:
        total = total + number
    return total


def _product(*numbers: Any) -> Any:
    product = Dim(1) if any(isinstance(n, Dim) for n in numbers) else 1
    for number in numbers:
        product = product * number
    return product


_ALL: dict[str, Callable[..., Any]] = {
    "prod": _product,
    "sum": _sum,
    "max": max,
    "min": min,
    "amax": max,
    "amin": min,
    "mean": lambda *numbers: sum(numbers) / len(numbers),
}
"""Functions of all elements."""
_EACH: dict[str, Callable[..., Any]] = {
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "exp": math.exp,
    "ceil": lambda x: float(math.ceil(x)),
    "floor": lambda x: float(math.floor(x)),
    "rint": lambda x: float(round(x)),
    "abs": abs,
    "absolute": abs,
    "square": lambda x: x * x,
    "power": lambda a, b: a**b if abs(b) <= 64 else _stop(),
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "floor_divide": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "maximum": max,
    "minimum": min,
}
"""Functions of one or two numbers."""
_TAKE_SYMBOLS = frozenset(["prod", "sum", "add", "subtract", "multiply", "floor_divide", "mod"])


def folded(name: str, positional: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """The number that a function gives, or `None`: of arrays that are not known nothing is."""
    module, _, function = name.rpartition(".")
    given = [*positional, *keywords.values()]
    if module != "numpy" or (function not in _ALL and function not in _EACH) or not given:
        return None
    try:
        if function in _ALL:
            numbers = list(_numbers(given[0])) if len(given) == 1 else []
            return _checked(_ALL[function](*numbers), function, numbers) if 0 < len(numbers) <= 64 else None
        numbers = [_one(value) for value in given]
        return _checked(_EACH[function](*numbers), function, numbers)
    except (_Open, ArithmeticError, ValueError, TypeError):
        return None


def _checked(result: Any, function: str, numbers: Sequence[Any]) -> Any:
    symbolic = any(isinstance(n, Dim) for n in numbers)
    if symbolic and function not in _TAKE_SYMBOLS:
        return None
    return result if isinstance(result, (int, float, Dim)) and not isinstance(result, bool) else None


def _numbers(value: Any) -> Iterator[Any]:
    value = elements(value)
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    else:
        yield _one(value)


def _one(value: Any) -> Any:
    value = elements(value)
    if isinstance(value, Dim):
        if value.size is None:
            raise _Open
        return value.size if isinstance(value.size, int) else value
    if isinstance(value, (Given, bool)) or not isinstance(value, (int, float)):
        raise _Open
    return value


def _stop() -> Any:
    raise _Open
