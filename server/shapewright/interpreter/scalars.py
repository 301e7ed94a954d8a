"""Texts, numbers and bools that are not known: what operators and methods make of them is of a known kind, too."""

from __future__ import annotations

import ast

from shapewright.interpreter.run import Run, attributes
from shapewright.values.callable import Generated
from shapewright.values.value import (
    SOME_BOOL,
    SOME_FLOAT,
    TEXT,
    UNKNOWN,
    BoundApi,
    ListRef,
    Literal,
    Scalar,
    Size,
    Tuple,
    Value,
)

_DTYPES: dict[type, str] = {str: "string", float: "float64", bool: "bool", int: "int64"}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Mod, ast.FloorDiv, ast.Pow)
_TEXTS = frozenset(
    [
        *("lower", "upper", "strip", "lstrip", "rstrip", "replace", "format", "join", "title", "capitalize", "zfill"),
        *("center", "ljust", "rjust", "swapcase", "removeprefix", "removesuffix", "casefold", "expandtabs", "translate"),
    ]
)
_TESTS = frozenset(
    [
        *("startswith", "endswith", "isdigit", "isalpha", "isupper", "islower", "isnumeric", "isspace", "isalnum"),
        *("isdecimal", "isidentifier", "istitle"),
    ]
)
_LISTS = frozenset(["split", "rsplit", "splitlines"])
_COUNTS = frozenset(["count", "find", "rfind", "index", "rindex"])
_PARTS = frozenset(["partition", "rpartition"])


def dtype_of_scalar(value: Value) -> str | None:
    """What an array of a Python text, number or bool has as its dtype; `None` for all else, and for a number of some kind."""
    if isinstance(value, Scalar):
        return value.dtype
    if isinstance(value, Literal):
        return _DTYPES.get(type(value.value))
    return "int64" if isinstance(value, Size) else None


def scalar_result(op: ast.operator, a: Value, b: Value) -> Value:
    """What arithmetic of Python scalars gives, of which at least one is not known."""
    kinds = (dtype_of_scalar(a), dtype_of_scalar(b))
    if "string" in kinds:
        joined = isinstance(op, ast.Add) and kinds == ("string", "string")
        repeated = isinstance(op, ast.Mult) and "int64" in kinds
        return TEXT if joined or repeated else UNKNOWN
    if Scalar(None) in (a, b) and all(kind in (None, "int64", "float64") for kind in kinds) and _are_numbers(a, b):
        return Scalar(None) if isinstance(op, (*_ARITHMETIC, ast.Div)) else UNKNOWN
    if not all(kinds) or "bool" in kinds:
        return UNKNOWN
    if isinstance(op, ast.Div):
        return SOME_FLOAT
    if not isinstance(op, _ARITHMETIC):
        return UNKNOWN
    if isinstance(op, ast.Pow):
        whole = isinstance(b, Literal) and isinstance(b.value, int) and b.value >= 0
        return Scalar(kinds[0]) if whole else UNKNOWN if "float64" in kinds else Scalar(None)  # roots may be complex
    return SOME_FLOAT if "float64" in kinds else Scalar("int64")


def _are_numbers(*values: Value) -> bool:
    """Whether all are numbers of which the kind may not be known."""
    return all(v == Scalar(None) or (isinstance(v, (Scalar, Size, Literal)) and bool(dtype_of_scalar(v))) for v in values)


@attributes(Scalar)
def attribute_of_scalar(run: Run, value: Scalar, name: str) -> Value:
    return BoundApi(value, name) if value.dtype == "string" else UNKNOWN


def text_method(run: Run, method: str) -> Value:
    """What a method of a text gives, of which the text or an argument is not known."""
    if method in _TEXTS:
        return TEXT
    if method in _TESTS:
        return SOME_BOOL
    if method in _COUNTS:
        return Scalar("int64")
    if method in _PARTS:
        return Tuple((TEXT, TEXT, TEXT))
    return some_texts(run) if method in _LISTS else UNKNOWN


def some_texts(run: Run) -> ListRef:
    """A list of texts, of which neither the number nor one is known."""
    made = ListRef()
    run.store.write(made, "items", Generated((TEXT,), complete=False))
    return made
