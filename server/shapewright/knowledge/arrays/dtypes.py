"""Which dtype comes out of two."""

from __future__ import annotations

from functools import reduce

_BITS = {"8": 8, "16": 16, "32": 32, "64": 64, "128": 128}
_KINDS = ("int", "uint", "float", "complex")


def _parts(dtype: str) -> tuple[str, int] | None:
    """`uint8` as ("uint", 8)."""
    if dtype == "bool":
        return "bool", 0
    name = dtype.rstrip("0123456789")
    bits = dtype[len(name) :]
    return (name, int(bits)) if name in _KINDS and bits in _BITS else None


def is_float(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(("float", "bfloat"))


def is_int(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(("int", "uint"))


def is_complex(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith("complex")


def floating(dtype: str | None) -> str | None:
    """What NumPy's functions that give floats make of a dtype: `sqrt` of int64 is float64."""
    if dtype is None or is_complex(dtype):
        return dtype
    small = {"bool": "float16", "int8": "float16", "uint8": "float16", "int16": "float32", "uint16": "float32"}
    return dtype if is_float(dtype) else small.get(dtype, "float64" if is_int(dtype) else None)


def averaged(dtype: str | None) -> str | None:
    """What NumPy's mean and division make of a dtype: all integers become float64."""
    if dtype is None or is_float(dtype) or is_complex(dtype):
        return dtype
    return "float64" if dtype == "bool" or is_int(dtype) else None


def summed(dtype: str | None) -> str | None:
    """What NumPy's sum makes of a dtype: small integers become int64."""
    if dtype in ("bool", "int8", "int16", "int32"):
        return "int64"
    return "uint64" if dtype in ("uint8", "uint16", "uint32") else dtype


def real_part(dtype: str | None) -> str | None:
    """The dtype of the parts of complex numbers."""
    return {"complex64": "float32", "complex128": "float64"}.get(dtype or "", dtype)


def complex_of(dtype: str | None) -> str | None:
    """The complex dtype that holds a dtype."""
    if dtype is None or is_complex(dtype):
        return dtype
    return "complex64" if dtype in ("float16", "float32") else "complex128"


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
    if "complex" in kinds:
        other, bits = next((kind, bits) for kind, bits in kinds.items() if kind != "complex")
        needed = bits if other == "float" else {8: 16, 16: 32}.get(bits, 64)
        return f"complex{max(kinds['complex'], 2 * needed)}" if needed <= 64 else None
    if "float" in kinds:
        whole = next(bits for kind, bits in kinds.items() if kind != "float")
        return f"float{max(kinds['float'], {8: 16, 16: 32}.get(whole, 64))}"
    signed, unsigned = kinds["int"], kinds["uint"]
    if signed > unsigned:
        return f"int{signed}"
    return f"int{unsigned * 2}" if unsigned < 64 else "float64"


def numpy_with_number(dtype: str | None, number: str) -> str | None:
    """The dtype of an array beside a Python number of a kind, which is as small as it can be (NEP 50)."""
    if dtype is None:
        return None
    if number == "int64":
        return "int64" if dtype == "bool" else dtype
    if number == "float64":
        return (
            dtype if is_float(dtype) or is_complex(dtype) else "float64" if dtype == "bool" or is_int(dtype) else None
        )
    if number == "complex128":
        if is_complex(dtype):
            return dtype
        return complex_of(dtype) if dtype == "bool" or is_float(dtype) or is_int(dtype) else None
    return None


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
