"""What the constructors of layers refuse, in their own words: sizes that are none, tuples of another length.

Source: standardize_tuple in keras/src/utils/argument_validation.py and the `__init__` of the layers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from shapewright.knowledge.rule import Given, refuse
from shapewright.tensors.dimension import Dim
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN

Arguments = Mapping[str, Any]
"""The arguments that were given, as plain Python; what is not known is `UNKNOWN`."""

_CONVOLUTION = re.compile(r"(Depthwise|Separable)?Conv([123])D(Transpose)?$")
_POOLING = re.compile(r"(?:Max|Average)Pooling([123])D$")


def refuse_arguments(class_name: str, given: Arguments) -> None:
    """Refuses what the constructor of a layer would refuse, as far as that is certain."""
    convolution, pooling = _CONVOLUTION.match(class_name), _POOLING.match(class_name)
    if convolution:
        _of_convolution(int(convolution[2]), given)
    elif pooling:
        for name in ("pool_size", "strides"):
            _tuple_of(given, name, int(pooling[1]), 0 if name == "strides" else 1)
    elif class_name in _CHECKS:
        _CHECKS[class_name](given)


def _of_convolution(rank: int, given: Arguments) -> None:
    for name in ("kernel_size", "strides", "dilation_rate"):
        _tuple_of(given, name, rank)
    padding = given.get("padding")
    if isinstance(padding, int) and not isinstance(padding, bool):
        refuse("argument", "'int' object has no attribute 'lower'", argument="padding", value=padding)
    filters = given.get("filters")
    if isinstance(filters, int) and filters <= 0:
        text = f"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}."
        refuse("argument", text, argument="filters", value=filters)
    groups = given.get("groups", 1)
    if isinstance(filters, int) and isinstance(groups, int) and groups > 0 and filters % groups:
        text = "The number of filters must be evenly divisible by the number of groups."
        refuse("argument", f"{text} Received: groups={groups}, filters={filters}.", argument="groups", value=groups)


def _tuple_of(given: Arguments, name: str, count: int, least: int = 1) -> None:
    """A number, or a tuple of so many."""
    value = given.get(name)
    text = f"The `{name}` argument must be a tuple of {count} integers. Received {name}={value}"
    if isinstance(value, float):
        refuse("argument", text, argument=name, value=value)
    if isinstance(value, int):
        numbers = [value]
    elif isinstance(value, (tuple, list)) and all(isinstance(n, int) for n in value):
        if len(value) != count:
            refuse("argument", text, argument=name, value=value, count=count)
        numbers = list(value)
    else:
        return
    wrong = {n for n in numbers if n < least}
    if len(wrong) == 1:
        asked = ">= 0" if least == 0 else "> 0"
        refuse("argument", f"{text}, including values {wrong} that do not satisfy `value {asked}`", argument=name, value=value)


def is_numpy_number(value: Any) -> bool:
    """Whether a value is a number of NumPy's, which is no `int`."""
    if not isinstance(value, Given) or value.tensor.library is not Library.NUMPY or value.tensor.shape is None:
        return False
    return value.rank == 0 and value.dtype is not None


def _units_of_dense(given: Arguments) -> None:
    units = given.get("units")
    wrong = isinstance(units, (float, str)) or units is None or (isinstance(units, int) and units <= 0)
    wrong = wrong or (isinstance(units, (tuple, list)) and all(isinstance(n, int) for n in units))
    shown: Any = units
    if is_numpy_number(units):
        wrong, content = True, units.tensor.content  # type: ignore[union-attr]
        shown = getattr(content, "value", "...")
    if wrong and "units" in given and units is not UNKNOWN:
        text = "Received an invalid value for `units`, expected a positive integer."
        refuse("argument", f"{text} Received: units={shown}", argument="units", value=units)


def _units_of_recurrent(given: Arguments) -> None:
    units = given.get("units")
    if isinstance(units, int) and not isinstance(units, bool) and units <= 0:
        text = f"Received an invalid value for argument `units`, expected a positive integer, got {units}."
        refuse("argument", text, argument="units", value=units)
    if isinstance(units, (tuple, list)):
        kind = type(units).__name__
        text = f"'<=' not supported between instances of '{kind}' and 'int'"
        refuse("argument", text, argument="units", value=units)


def _sizes_of_embedding(given: Arguments) -> None:
    for name in ("input_dim", "output_dim"):
        value = given.get(name)
        if isinstance(value, float) or (isinstance(value, int) and value <= 0):
            kind = "float" if isinstance(value, float) else "int"
            text = f"`{name}` must be a positive integer. Received: {name}={value} (of type {kind})."
            refuse("argument", text, argument=name, value=value)


def _target_of_reshape(given: Arguments) -> None:
    target = given.get("target_shape")
    sizes = list(target) if isinstance(target, (tuple, list)) else []
    plain = [size for n in sizes if isinstance(size := n.size if isinstance(n, Dim) else n, int)]
    if len(plain) != len(sizes):
        return
    shown = f"({', '.join(map(str, plain))}{',' if len(plain) == 1 else ''})"
    if plain.count(-1) > 1:
        text = "There must be at most one unknown dimension (-1) in `target_shape`."
        refuse("argument", f"{text} Received: target_shape={shown}.", argument="target_shape", value=tuple(plain))
    if min(plain, default=0) < -1:
        text = "Each dimension in `target_shape` must be a non-negative integer, or `-1` for a single unknown dimension."
        refuse("argument", f"{text} Received: target_shape={shown}.", argument="target_shape", value=tuple(plain))


def _times_of_repeat(given: Arguments) -> None:
    times = given.get("n")
    if isinstance(times, int) and times <= 0:
        refuse("argument", f"Argument `n` should be a positive integer. Received: n={times}", argument="n", value=times)
    if isinstance(times, (float, tuple)):
        text = f"Expected an integer value for `n`, got <class '{type(times).__name__}'>."
        refuse("argument", text, argument="n", value=times)


def _order_of_permute(given: Arguments) -> None:
    dims = given.get("dims")
    if not isinstance(dims, (tuple, list)) or not all(isinstance(n, int) for n in dims):
        return
    dims = tuple(int(n) for n in dims)
    if sorted(dims) != list(range(1, len(dims) + 1)):
        text = (
            "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and start "
            f"from 1. Received dims={dims}"
        )
        refuse("argument", text, argument="dims", value=dims)


_CHECKS: dict[str, Callable[[Arguments], None]] = {
    "Dense": _units_of_dense,
    "LSTM": _units_of_recurrent,
    "GRU": _units_of_recurrent,
    "SimpleRNN": _units_of_recurrent,
    "Embedding": _sizes_of_embedding,
    "Reshape": _target_of_reshape,
    "RepeatVector": _times_of_repeat,
    "Permute": _order_of_permute,
    "UpSampling2D": lambda given: _tuple_of(given, "size", 2),
    "UpSampling3D": lambda given: _tuple_of(given, "size", 3),
}
