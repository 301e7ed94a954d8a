"""Python's own functions, as far as shapes come to depend on them."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from shapewright.interpreter.branches import truth
from shapewright.interpreter.collections import NOT_KNOWN, known_value, make_list, set_items
from shapewright.interpreter.contents import contents_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import (
    OPEN_FILE,
    dim_value,
    item_of,
    items_of,
    iterated,
    possible_items,
    set_attribute,
)
from shapewright.interpreter.joins import some_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.scalars import some_texts
from shapewright.interpreter.store import MISSING
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.values.callable import Generated, Instance
from shapewright.values.dataset import INFINITE, Dataset
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    SOME_BOOL,
    SOME_FLOAT,
    TEXT,
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Range,
    SetRef,
    Size,
    Slice,
    Tuple,
    Value,
    int_of,
    is_none,
    str_of,
)

Builtin = Callable[[Run, Call, Frame], Value]
BUILTINS: dict[str, Builtin] = {}
SOME_NUMBER = Size(Dim(UNNAMED))
"""An integer of which only that is known."""


def _builtin(*names: str) -> Callable[[Builtin], Builtin]:
    def register(function: Builtin) -> Builtin:
        BUILTINS.update(dict.fromkeys(names, function))
        return function

    return register


def _argument(call: Call, position: int = 0) -> Value:
    return call.args[position] if len(call.args) > position and call.complete else UNKNOWN


def _first_items(run: Run, call: Call) -> list[Value] | None:
    return items_of(run, call.args[0]) if call.args and call.complete else None


# -- numbers


@_builtin("len")
def _len(run: Run, call: Call, frame: Frame) -> Value:
    value = _argument(call)
    if isinstance(value, Instance):
        return run.call(run.attribute(value, "__len__"), Call([], {}), frame)
    if isinstance(value, Tensor):
        if value.shape is None or not value.shape.rank or value.library is Library.KERAS or value.shape[0].size is None:
            return SOME_NUMBER if value.library is Library.NUMPY else UNKNOWN
        return dim_value(value.shape[0])
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


@_builtin("range")
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


@_builtin("int")
def _int(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) == 1 and isinstance(call.args[0], Size) and not call.keywords:
        return call.args[0]
    if len(call.args) == 1 and isinstance(call.args[0], Tensor) and isinstance(contents_of(run, call.args[0]), Size):
        return contents_of(run, call.args[0]) or UNKNOWN
    return computing(int, SOME_NUMBER)(run, call, frame)


@_builtin("abs")
def _abs(run: Run, call: Call, frame: Frame) -> Value:
    value = _argument(call)
    if isinstance(value, Tensor) and not value.is_symbolic:
        return replace(value, content=None, dtype=value.dtype if (value.dtype or "c")[0] != "c" else None)
    return computing(abs, value if isinstance(value, Size) else UNKNOWN)(run, call, frame)


@_builtin("round")
def _round(run: Run, call: Call, frame: Frame) -> Value:
    value = _argument(call)
    whole = len(call.args) == 1 and not call.keywords and isinstance(value, (Literal, Size))
    return computing(round, SOME_NUMBER if whole else UNKNOWN)(run, call, frame)


@_builtin("divmod")
def _divmod(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) == 2 and all(isinstance(a, Size) or int_of(a) is not None for a in call.args):
        return computing(divmod, Tuple((SOME_NUMBER, SOME_NUMBER)))(run, call, frame)
    return computing(divmod)(run, call, frame)


@_builtin("sum")
def _sum(run: Run, call: Call, frame: Frame) -> Value:
    value = _argument(call)
    if isinstance(value, Tensor) and not value.is_symbolic and value.content is None and len(call.args) == 1:
        if value.shape and value.shape[0].size == 0:
            return UNKNOWN  # Python's 0
        inner = item_of(value)  # small integers would wrap or grow, as NumPy's version has it
        floats = isinstance(inner, Tensor) and (inner.dtype or "").startswith("float")
        return replace(inner, dtype=inner.dtype if floats else None) if isinstance(inner, Tensor) else UNKNOWN
    items = _first_items(run, call)
    integers = items is not None and all(isinstance(i, Size) or int_of(i) is not None for i in items)
    return computing(sum, SOME_NUMBER if integers and len(call.args) == 1 else UNKNOWN)(run, call, frame)


def _extreme(compute: Callable[..., Any], run: Run, call: Call, frame: Frame) -> Value:
    if set(call.keywords) - {"key", "default"}:
        return UNKNOWN
    candidates = list(call.args) if len(call.args) > 1 else _first_items(run, call)
    if candidates is None or not call.complete:
        return UNKNOWN
    if not candidates:
        return call.keywords.get("default", UNKNOWN)
    if "key" in call.keywords:
        picked: Value = _by_key(run, call, candidates, lambda pairs: compute(pairs, key=lambda pair: pair[0])[1], frame)
        return picked
    integers = all(isinstance(c, Size) or int_of(c) is not None for c in candidates)
    return computing(compute, SOME_NUMBER if integers else UNKNOWN)(
        run, Call(call.args, {}, call.node, call.chunk), frame
    )


def _by_key(
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


# -- sequences


@_builtin("tuple")
def _tuple(run: Run, call: Call, frame: Frame) -> Value:
    if not call.args:
        return Tuple(())
    if isinstance(_some_items(run, call.args[0]), Generated):
        return _some_items(run, call.args[0])
    if isinstance(call.args[0], ShapeValue):
        return call.args[0]
    items = _first_items(run, call)
    return UNKNOWN if items is None else Tuple(tuple(items))


@_builtin("list")
def _list_builtin(run: Run, call: Call, frame: Frame) -> Value:
    source = _argument(call)
    if isinstance(source, Dataset) and source.length is not None and source.length <= 64:
        return make_list(run, [source.first] * source.length if len(source.elements) == 1 else None)
    made = make_list(run, _first_items(run, call) if call.args else [])
    if isinstance(_some_items(run, source), Generated):
        run.store.write(made, "items", _some_items(run, source))
    return made


def _some_items(run: Run, value: Value) -> Value:
    """What iterating gives where the number of items is not known: the kinds of items as a `Generated`, or `UNKNOWN`."""
    if isinstance(value, Generated) and not value.complete:
        return value
    if isinstance(value, ListRef):
        state = run.store.read(value, "items")
        return state if isinstance(state, Generated) else UNKNOWN
    return UNKNOWN


@_builtin("reversed")
def _reversed(run: Run, call: Call, frame: Frame) -> Value:
    items = _first_items(run, call)
    return _some_items(run, _argument(call)) if items is None else Tuple(tuple(reversed(items)))


@_builtin("sorted")
def _sorted(run: Run, call: Call, frame: Frame) -> Value:
    """Known numbers or strings in order."""
    value, backwards = _argument(call), call.keywords.get("reverse", Literal(False))
    items = set_items(run, value) if isinstance(value, SetRef) else _first_items(run, call)
    if items is None or not isinstance(backwards, Literal):
        return _list_builtin(run, Call([value], {}), frame)
    if "key" in call.keywords and call.keywords["key"] != NONE:
        down = bool(backwards.value)
        found = _by_key(run, call, items, lambda p: [i for _, i in sorted(p, key=lambda x: x[0], reverse=down)], frame)
        return make_list(run, found if isinstance(found, list) else None)
    keys = [known_value(run, item) for item in items]
    try:
        order = sorted(range(len(items)), key=lambda n: keys[n], reverse=bool(backwards.value))
    except TypeError:
        return make_list(run, None)
    known = not any(key is NOT_KNOWN for key in keys)
    return make_list(run, [items[n] for n in order] if known else None)


@_builtin("iter")
def _iter(run: Run, call: Call, frame: Frame) -> Value:
    source = iterated(run, call.args[0], frame) if len(call.args) == 1 else UNKNOWN
    return source if isinstance(source, (Dataset, Generated)) else UNKNOWN


@_builtin("next")
def _next(run: Run, call: Call, frame: Frame) -> Value:
    """The next item where all that are left are alike, or the first of a dataset."""
    source = call.args[0] if call.args else UNKNOWN
    if isinstance(source, Dataset):
        return source.first
    return source.elements[0] if isinstance(source, Generated) and len(source.elements) == 1 else UNKNOWN


@_builtin("set", "frozenset")
def _set(run: Run, call: Call, frame: Frame) -> Value:
    made = SetRef()
    items: list[Value] | None = []
    if call.args:
        items = set_items(run, call.args[0]) if isinstance(call.args[0], SetRef) else _first_items(run, call)
    if items is not None and call.complete and all(isinstance(item, Literal) for item in items):
        run.store.write(
            made, "items", Tuple(tuple(dict.fromkeys(Literal(i.value) for i in items if isinstance(i, Literal))))
        )
    return made


@_builtin("dict")
def _dict(run: Run, call: Call, frame: Frame) -> Value:
    made = DictRef()
    named = tuple((Literal(name), value) for name, value in call.keywords.items())
    first = _pairs(run, call.args[0]) if call.args else ()
    known = call.complete and first is not None
    kinds = _some_items(run, call.args[0]) if call.args and not known else UNKNOWN
    pair = kinds.items[0] if isinstance(kinds, Generated) and len(kinds.items) == 1 else UNKNOWN
    rest = pair.items[1] if isinstance(pair, Tuple) and len(pair.items) == 2 else UNKNOWN
    run.store.write(made, "items", DictItems((*(first or ()), *named), known, rest))
    return made


def _pairs(run: Run, value: Value) -> tuple[tuple[Value, Value], ...] | None:
    """The items of a dict, or of a list of pairs."""
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return state.items if isinstance(state, DictItems) and state.complete else None
    pairs = [items_of(run, item) for item in items_of(run, value) or [UNKNOWN]]
    if any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return tuple((pair[0], pair[1]) for pair in pairs if pair is not None)


@_builtin("enumerate")
def _enumerate(run: Run, call: Call, frame: Frame) -> Value:
    items = _first_items(run, call)
    start = int_of(call.args[1] if len(call.args) > 1 else call.keywords.get("start", Literal(0)))
    if items is None or start is None:
        return Generated(tuple(Tuple((SOME_NUMBER, item)) for item in _possible(run, _argument(call))), False)
    return Tuple(tuple(Tuple((Literal(n), item)) for n, item in enumerate(items, start)))


@_builtin("zip")
def _zip(run: Run, call: Call, frame: Frame) -> Value:
    columns = [items_of(run, arg) for arg in call.args]
    if not call.complete:
        return _transposed(run, call)
    if any(c is None for c in columns):
        return Generated((Tuple(tuple(_one_of(run, arg) for arg in call.args)),), False)
    return Tuple(tuple(Tuple(row) for row in zip(*[c or [] for c in columns], strict=False)))


def _transposed(run: Run, call: Call) -> Value:
    """`zip(*pairs)` of pairs whose number is not known: so many first parts, and so many second parts."""
    rows = _some_items(run, call.rest) if not call.args else UNKNOWN
    row = rows.items[0] if isinstance(rows, Generated) and len(rows.items) == 1 else UNKNOWN
    if not isinstance(row, Tuple):
        return UNKNOWN
    return Tuple(tuple(Generated((part,), complete=False) for part in row.items))


def _one_of(run: Run, source: Value) -> Value:
    """What all items of a sequence have in common, where they are of one kind."""
    possible = _possible(run, source)
    if len(possible) == 1:
        return possible[0]
    kinds = some_of(possible)
    return kinds.items[0] if isinstance(kinds, Generated) and len(kinds.items) == 1 else UNKNOWN


def _possible(run: Run, source: Value) -> tuple[Value, ...]:
    """The different items that iterating may give."""
    items = items_of(run, source)
    distinct = tuple(dict.fromkeys(items or ()))
    return distinct if 0 < len(distinct) <= 4 else (UNKNOWN,) if items else possible_items(run, source)


@_builtin("map")
def _map(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) < 2 or not call.complete:
        return UNKNOWN
    columns = [items_of(run, arg) for arg in call.args[1:]]
    if any(column is None for column in columns):
        possible = [_possible(run, arg)[0] for arg in call.args[1:] if len(_possible(run, arg)) == 1]
        if len(possible) < len(columns):
            return UNKNOWN
        return Generated((run.call(call.args[0], Call(possible, {}), frame),), False)
    rows = list(zip(*[c or [] for c in columns], strict=False))
    return (
        Tuple(tuple(run.call(call.args[0], Call(list(row), {}), frame) for row in rows))
        if len(rows) <= 256
        else UNKNOWN
    )


@_builtin("filter")
def _filter(run: Run, call: Call, frame: Frame) -> Value:
    items = items_of(run, call.args[1]) if len(call.args) == 2 and call.complete else None
    if items is None or len(items) > 256:
        return UNKNOWN
    test = call.args[0]
    kept = [truth(run, item if test == NONE else run.call(test, Call([item], {}), frame)) for item in items]
    if None in kept:
        return UNKNOWN
    return Tuple(tuple(item for item, wanted in zip(items, kept, strict=True) if wanted))


def _any(decisive: bool, run: Run, call: Call, frame: Frame) -> Value:
    items = _first_items(run, call)
    if items is None:
        return UNKNOWN
    found = [truth(run, item) for item in items]
    if decisive in found:
        return Literal(decisive)
    return UNKNOWN if None in found else Literal(not decisive)


BUILTINS["any"] = partial(_any, True)
BUILTINS["all"] = partial(_any, False)


# -- objects


@_builtin("open")
def _open(run: Run, call: Call, frame: Frame) -> Value:
    """A file of text; what comes of other modes is not known."""
    mode = call.by_name("file", "mode").get("mode", Literal("r"))
    text = call.complete and isinstance(mode, Literal) and isinstance(mode.value, str) and "b" not in mode.value
    return OPEN_FILE if text else UNKNOWN


BUILTINS |= dict.fromkeys(("open().read", "open().readline"), lambda run, call, frame: TEXT)
BUILTINS["open().readlines"] = lambda run, call, frame: some_texts(run)
BUILTINS |= dict.fromkeys(("open().write", "open().close", "open().flush"), lambda run, call, frame: UNKNOWN)


@_builtin("print")
def _print(run: Run, call: Call, frame: Frame) -> Value:
    return NONE


@_builtin("super")
def _super(run: Run, call: Call, frame: Frame) -> Value:
    return Super(frame.owner, frame.receiver) if frame.owner is not None and frame.receiver is not None else UNKNOWN


class Super(Value):
    """`super()` in a method: attributes are looked up in the bases of the method's class."""

    __slots__ = ("owner", "receiver")

    def __init__(self, owner: Value, receiver: Value) -> None:
        self.owner = owner
        self.receiver = receiver


_KINDS: dict[type[Value], str] = {Tuple: "tuple", ListRef: "list", DictRef: "dict", SetRef: "set", Range: "range"}


@_builtin("isinstance")
def _isinstance(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) != 2:
        return UNKNOWN
    kinds = call.args[1].items if isinstance(call.args[1], Tuple) else (call.args[1],)
    found = [_is_of(call.args[0], kind) for kind in kinds]
    if True in found:
        return Literal(True)
    return UNKNOWN if None in found else Literal(False)


def _is_of(value: Value, kind: Value) -> bool | None:
    """Whether a value is an instance of a class; `None` where that is not known."""
    if not isinstance(kind, Api):
        return None
    name = kind.name.removeprefix("builtins.")
    python_type = getattr(builtins, name, None) if kind.name.startswith("builtins.") else None
    if isinstance(value, Literal):
        return isinstance(value.value, python_type) if isinstance(python_type, type) else None
    if isinstance(value, Size):
        if isinstance(value.dim.size, str) and isinstance(python_type, type):
            return issubclass(int, python_type)
        return None
    if isinstance(value, Tensor) and isinstance(python_type, type) and python_type is not object:
        return False if value.shape is not None and value.shape.rank else None  # np.float64 is a float
    if isinstance(value, Tensor) and kind.name == "numpy.ndarray" and value.shape is not None:
        if value.library is not Library.NUMPY:
            return False
        return True if value.shape.rank else None
    if isinstance(value, Tensor) and kind.name == "tensorflow.Tensor" and value.library is not Library.TENSORFLOW:
        return False
    if type(value) in _KINDS and name in (
        "tuple",
        "list",
        "dict",
        "int",
        "str",
        "float",
        "set",
        "range",
        "bool",
        "bytes",
    ):
        return _KINDS[type(value)] == name
    return None


@_builtin("getattr")
def _getattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(_argument(call, 1))
    if name is None:
        return UNKNOWN
    found = run.attribute(call.args[0], name)
    if isinstance(call.args[0], Instance) and len(call.args) > 2:
        has = _hasattr(run, call, frame)
        return call.args[2] if has == Literal(False) else found if has == Literal(True) else UNKNOWN
    return found if len(call.args) == 2 or isinstance(call.args[0], Api) else UNKNOWN


@_builtin("setattr")
def _setattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(_argument(call, 1))
    if name is not None and len(call.args) == 3 and isinstance(call.args[0], Instance):
        set_attribute(run, call.args[0], name, call.args[2])
    return NONE


@_builtin("hasattr")
def _hasattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(_argument(call, 1))
    owner = _argument(call)
    if name is None or not isinstance(owner, Instance):
        return UNKNOWN
    return Literal(True) if run.store.read(owner, f".{name}") is not MISSING else UNKNOWN


@_builtin("slice")
def _slice(run: Run, call: Call, frame: Frame) -> Value:
    given = list(call.args)
    if not call.complete or not 1 <= len(given) <= 3:
        return UNKNOWN
    if len(given) == 1:
        given = [NONE, given[0]]
    return Slice(given[0], given[1], given[2] if len(given) > 2 else NONE)
