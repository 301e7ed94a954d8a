"""Python's own functions, as far as shapes come to depend on them."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from shapewright.interpreter.collections import NOT_KNOWN, known_value, set_items
from shapewright.interpreter.contents import contents_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import (
    dim_value,
    item_of,
    items_of,
    possible_items,
)
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.table_state import columns_of
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.values.callable import Generated, Instance
from shapewright.values.dataset import INFINITE, Dataset
from shapewright.values.table import Column, TableRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    SOME_BOOL,
    SOME_FLOAT,
    TEXT,
    UNKNOWN,
    Literal,
    Range,
    Scalar,
    SetRef,
    Size,
    Tuple,
    Value,
    int_of,
    is_none,
)

Builtin = Callable[[Run, Call, Frame], Value]
BUILTINS: dict[str, Builtin] = {}
SOME_NUMBER = Size(Dim(UNNAMED))
"""An integer of which only that is known."""


def builtin(*names: str) -> Callable[[Builtin], Builtin]:
    def register(function: Builtin) -> Builtin:
        BUILTINS.update(dict.fromkeys(names, function))
        return function

    return register


def argument(call: Call, position: int = 0) -> Value:
    return call.args[position] if len(call.args) > position and call.complete else UNKNOWN


def first_items(run: Run, call: Call) -> list[Value] | None:
    return items_of(run, call.args[0]) if call.args and call.complete else None


# -- numbers


@builtin("len")
def _len(run: Run, call: Call, frame: Frame) -> Value:
    value = argument(call)
    if isinstance(value, Instance):
        return run.call(run.attribute(value, "__len__"), Call([], {}), frame)
    if isinstance(value, Tensor):
        if value.shape is None or not value.shape.rank or value.library is Library.KERAS or value.shape[0].size is None:
            number = value.shape is not None and not value.shape.rank
            return SOME_NUMBER if value.library is Library.NUMPY and not number else UNKNOWN
        return dim_value(value.shape[0])
    if isinstance(value, (Column, TableRef)):
        return dim_value(value.rows if isinstance(value, Column) else columns_of(run, value).rows)
    if isinstance(value, Range):
        return Literal(len(range(value.start, value.stop, value.step)))
    if isinstance(value, Dataset):
        return Literal(value.length) if value.length is not None and value.length < INFINITE else SOME_NUMBER
    if isinstance(value, SetRef):
        kept = set_items(run, value)
        return SOME_NUMBER if kept is None else Literal(len(kept))
    items = items_of(run, value)
    return SOME_NUMBER if items is None else Literal(len(items))


def _refuse_none(run: Run, call: Call) -> None:
    """Reports a range over an axis whose size is `None`, as that of the batch axis of a Keras tensor is."""
    for number, value in enumerate(call.args):
        if (isinstance(value, Size) and value.dim.size is None) or (is_none(value) and call.complete):
            text = "'NoneType' object cannot be interpreted as an integer"
            span, trail = call.argument_span(number), tuple(run.call_stack)
            run.report(Mismatch("none-size", text, call.span(), None, value, span, {}, trail))
            return


@builtin("range")
def _range(run: Run, call: Call, frame: Frame) -> Value:
    given = [contents_of(run, a) if isinstance(a, Tensor) else a for a in call.args]
    numbers = [int_of(a) if a is not None else None for a in given]
    if not 1 <= len(numbers) <= 3 or not call.complete:
        return UNKNOWN
    if any(n is None for n in numbers):
        _refuse_none(run, call)
        return Generated((SOME_NUMBER,), False)
    known = [n for n in numbers if n is not None]
    if len(known) == 3 and known[2] == 0:
        return UNKNOWN
    made = range(*known)
    return Range(made.start, made.stop, made.step)


def computing(function: Callable[..., Any], otherwise: Value = UNKNOWN) -> Builtin:
    """A function of numbers and strings, computed when all arguments are known; `otherwise` is what it gives else."""

    def compute(run: Run, call: Call, frame: Frame) -> Value:
        arguments = [known_value(run, arg) for arg in call.args]
        if call.keywords or not call.complete or any(a is NOT_KNOWN for a in arguments):
            return otherwise
        try:
            result = function(*arguments)
        except Exception:  # whatever Python raises here the user's program raises too
            return UNKNOWN
        if isinstance(result, tuple):
            return Tuple(tuple(Literal(part) for part in result))
        origin = call.args[0].origin if call.args and isinstance(call.args[0], Literal) else None
        if isinstance(result, int) and abs(result) >= 1 << 62:
            return otherwise
        return Literal(result, origin) if isinstance(result, (int, float, str, bool, complex)) else otherwise

    return compute


BUILTINS |= {name: computing(getattr(builtins, name)) for name in ("complex", "pow")}
BUILTINS |= {n: computing(getattr(builtins, n), TEXT) for n in ("str", "chr", "hex", "bin", "oct", "repr", "ascii")}
BUILTINS |= {
    "bool": computing(bool, SOME_BOOL),
    "float": computing(float, SOME_FLOAT),
    "ord": computing(ord, SOME_NUMBER),
    "input": lambda run, call, frame: TEXT,
}


@builtin("int")
def _int(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) == 1 and isinstance(call.args[0], Size) and not call.keywords:
        return call.args[0]
    if len(call.args) == 1 and isinstance(call.args[0], Tensor) and isinstance(contents_of(run, call.args[0]), Size):
        return contents_of(run, call.args[0]) or UNKNOWN
    return computing(int, SOME_NUMBER)(run, call, frame)


@builtin("abs")
def _abs(run: Run, call: Call, frame: Frame) -> Value:
    value = argument(call)
    if isinstance(value, Tensor) and value.library is Library.TENSORFLOW and value.dtype == "bool":
        return UNKNOWN
    if isinstance(value, Tensor) and not value.is_symbolic:
        return replace(value, content=None, dtype=value.dtype if (value.dtype or "c")[0] != "c" else None)
    return computing(abs, value if isinstance(value, Size) else UNKNOWN)(run, call, frame)


@builtin("round")
def _round(run: Run, call: Call, frame: Frame) -> Value:
    value = argument(call)
    whole = len(call.args) == 1 and not call.keywords and isinstance(value, (Literal, Size))
    return computing(round, SOME_NUMBER if whole else UNKNOWN)(run, call, frame)


@builtin("divmod")
def _divmod(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) == 2 and all(isinstance(a, Size) or int_of(a) is not None for a in call.args):
        return computing(divmod, Tuple((SOME_NUMBER, SOME_NUMBER)))(run, call, frame)
    return computing(divmod)(run, call, frame)


@builtin("sum")
def _sum(run: Run, call: Call, frame: Frame) -> Value:
    value = argument(call)
    if isinstance(value, Tensor) and not value.is_symbolic and value.content is None and len(call.args) == 1:
        if value.shape and value.shape[0].size == 0:
            return UNKNOWN  # Python's 0
        inner = item_of(value)  # small integers would wrap or grow, as NumPy's version has it
        floats = isinstance(inner, Tensor) and (inner.dtype or "").startswith("float")
        return replace(inner, dtype=inner.dtype if floats else None) if isinstance(inner, Tensor) else UNKNOWN
    items = first_items(run, call)
    kinds = possible_items(run, value) if items is None and len(call.args) == 1 else ()
    if kinds and all(isinstance(kind, Tensor) and kind.shape is not None and not kind.shape.rank for kind in kinds):
        return Scalar(None)  # a tensor without axes, or Python's 0
    integers = items is not None and all(isinstance(i, Size) or int_of(i) is not None for i in items)
    return computing(sum, SOME_NUMBER if integers and len(call.args) == 1 else UNKNOWN)(run, call, frame)


def _extreme(compute: Callable[..., Any], run: Run, call: Call, frame: Frame) -> Value:
    if set(call.keywords) - {"key", "default"}:
        return UNKNOWN
    candidates = list(call.args) if len(call.args) > 1 else first_items(run, call)
    if candidates is None or not call.complete:
        return UNKNOWN
    if not candidates:
        return call.keywords.get("default", UNKNOWN)
    if "key" in call.keywords:
        picked: Value = by_key(run, call, candidates, lambda pairs: compute(pairs, key=lambda pair: pair[0])[1], frame)
        return picked
    integers = all(isinstance(c, Size) or int_of(c) is not None for c in candidates)
    return computing(compute, SOME_NUMBER if integers else UNKNOWN)(
        run, Call(call.args, {}, call.node, call.chunk), frame
    )


def by_key(
    run: Run, call: Call, items: Sequence[Value], pick: Callable[[list[tuple[Any, Value]]], Any], frame: Frame
) -> Any:
    """Items by what the `key` function makes of them; `UNKNOWN` where that is not known of all."""
    keys = [known_value(run, run.call(call.keywords["key"], Call([item], {}), frame)) for item in items]
    if any(key is NOT_KNOWN for key in keys):
        return UNKNOWN
    try:
        return pick(list(zip(keys, items, strict=True)))
    except TypeError:
        return UNKNOWN


BUILTINS["min"] = partial(_extreme, min)
BUILTINS["max"] = partial(_extreme, max)
