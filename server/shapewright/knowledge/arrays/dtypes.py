"""Which dtype comes out of two."""

from __future__ import annotations

from functools import reduce

_BITS = {"8": 8, "16": 16, "32": 32, "64": 64}


def _parts(dtype: str) -> tuple[str, int] | None:
    """`uint8` as ("uint", 8)."""
    if dtype == "bool":
        return "bool", 0
    name = dtype.rstrip("0123456789")
    bits = dtype[len(name) :]
    return (name, int(bits)) if name in ("int", "uint", "float") and bits in _BITS else None


def is_float(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(("float", "bfloat"))


def is_int(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(("int", "uint"))


def numpy_promoted(*dtypes: str | None) -> str | None:
    """The dtype that holds all, as numpy.result_type; `None` where not known."""
    return reduce(_numpy_pair, dtypes)


def _numpy_pair(a: str | None, b: str | None) -> str | None:
    if a == b or a is None or b is None:
        return a if a == b else None
    first, second = _parts(a), _parts(b)
    if first is None or second is None:
        return None
    if "bool" in (first[0], second[0]):
        return b if first[0] == "bool" else a
    if first[0] == second[0]:
        return a if first[1] >= second[1] else b
    kinds = dict([first, second])
    if "float" in kinds:
        whole = next(bits for kind, bits in kinds.items() if kind != "float")
        return f"float{max(kinds['float'], {8: 16, 16: 32}.get(whole, 64))}"
    signed, unsigned = kinds["int"], kinds["uint"]
    if signed > unsigned:
        return f"int{signed}"
    return f"int{unsigned * 2}" if unsigned < 64 else "float64"


def keras_promoted(*dtypes: str | None) -> str | None:
    """The dtype that holds all, as keras.backend.result_type: any float wins over any integer."""
    return reduce(_keras_pair, dtypes)


def _keras_pair(a: str | None, b: str | None) -> str | None:
    if a == b or a is None or b is None:
        return a if a == b else None
    if is_float(a) and is_float(b):
        return None if "bfloat16" in (a, b) else _numpy_pair(a, b)
    if is_float(a) or is_float(b):
        other = b if is_float(a) else a
        return (a if is_float(a) else b) if other == "bool" or is_int(other) else None
    if {a, b} & {"uint64"}:
        return None
    return _numpy_pair(a, b)
