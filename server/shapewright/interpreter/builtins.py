"""Python's own functions, and the methods of lists, dicts and strings, as far as shapes come to depend on them."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.values.callable import Generated
from shapewright.values.dataset import Dataset
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Range,
    SetRef,
    Tuple,
    Value,
    int_of,
)

Builtin = Callable[[Run, Call, Frame], Value]
BUILTINS: dict[str, Builtin] = {}


def _builtin(*names: str) -> Callable[[Builtin], Builtin]:
    def register(function: Builtin) -> Builtin:
        BUILTINS.update(dict.fromkeys(names, function))
        return function

    return register


def _list(run: Run, items: list[Value] | None) -> ListRef:
    made = ListRef()
    run.store.write(made, "items", UNKNOWN if items is None else Tuple(tuple(items)))
    return made


def _first_items(run: Run, call: Call) -> list[Value] | None:
    return items_of(run, call.args[0]) if call.args and call.complete else None


@_builtin("len")
def _len(run: Run, call: Call, frame: Frame) -> Value:
    value = call.args[0] if call.args else UNKNOWN
    if (
        isinstance(value, Tensor)
        and value.shape is not None
        and value.shape.rank
        and value.library is not Library.KERAS
    ):
        dim = value.shape[0]
        return Literal(dim.size, dim.origin) if isinstance(dim.size, int) else UNKNOWN
    if isinstance(value, Range):
        return Literal(len(range(value.start, value.stop, value.step)))
    items = items_of(run, value) if not isinstance(value, Tensor) else None
    return UNKNOWN if items is None else Literal(len(items))


@_builtin("range")
def _range(run: Run, call: Call, frame: Frame) -> Value:
    numbers = [int_of(a) for a in call.args]
    if not 1 <= len(numbers) <= 3 or any(n is None for n in numbers):
        return UNKNOWN
    known = [n for n in numbers if n is not None]
    if len(known) == 3 and known[2] == 0:
        return UNKNOWN
    made = range(*known)
    return Range(made.start, made.stop, made.step)


@_builtin("tuple")
def _tuple(run: Run, call: Call, frame: Frame) -> Value:
    if not call.args:
        return Tuple(())
    if isinstance(call.args[0], ShapeValue):
        return call.args[0]
    items = _first_items(run, call)
    return UNKNOWN if items is None else Tuple(tuple(items))


@_builtin("list")
def _list_builtin(run: Run, call: Call, frame: Frame) -> Value:
    return _list(run, _first_items(run, call) if call.args else [])


@_builtin("reversed")
def _reversed(run: Run, call: Call, frame: Frame) -> Value:
    items = _first_items(run, call)
    return UNKNOWN if items is None else Tuple(tuple(reversed(items)))


@_builtin("sorted")
def _sorted(run: Run, call: Call, frame: Frame) -> Value:
    """Known numbers or strings in order; with a key it is not known."""
    items, backwards = _first_items(run, call), call.keywords.get("reverse", Literal(False))
    if items is None or "key" in call.keywords or not isinstance(backwards, Literal):
        return _list(run, None)
    literals = [item for item in items if isinstance(item, Literal)]
    try:
        in_order = sorted(literals, key=lambda item: item.value, reverse=bool(backwards.value))  # type: ignore[arg-type, return-value]
    except TypeError:
        return _list(run, None)
    return _list(run, list(in_order) if len(literals) == len(items) else None)


@_builtin("iter")
def _iter(run: Run, call: Call, frame: Frame) -> Value:
    return call.args[0] if len(call.args) == 1 and isinstance(call.args[0], (Dataset, Generated)) else UNKNOWN


@_builtin("next")
def _next(run: Run, call: Call, frame: Frame) -> Value:
    """The next item where all that are left are alike, or the first of a dataset."""
    source = call.args[0] if call.args else UNKNOWN
    if isinstance(source, Dataset):
        return source.elements[0]
    return source.elements[0] if isinstance(source, Generated) and len(source.elements) == 1 else UNKNOWN


@_builtin("set", "frozenset")
def _set(run: Run, call: Call, frame: Frame) -> Value:
    return SetRef()


@_builtin("dict")
def _dict(run: Run, call: Call, frame: Frame) -> Value:
    made = DictRef()
    items = tuple((Literal(name), value) for name, value in call.keywords.items())
    run.store.write(made, "items", DictItems(items, call.complete and not call.args))
    return made


@_builtin("enumerate")
def _enumerate(run: Run, call: Call, frame: Frame) -> Value:
    items = _first_items(run, call)
    start = int_of(call.args[1] if len(call.args) > 1 else call.keywords.get("start", Literal(0)))
    if items is None or start is None:
        return UNKNOWN
    return Tuple(tuple(Tuple((Literal(n), item)) for n, item in enumerate(items, start)))


@_builtin("zip")
def _zip(run: Run, call: Call, frame: Frame) -> Value:
    columns = [items_of(run, arg) for arg in call.args]
    if not call.complete or any(c is None for c in columns):
        return UNKNOWN
    return Tuple(tuple(Tuple(row) for row in zip(*[c or [] for c in columns], strict=False)))


def computing(function: Callable[..., Any]) -> Builtin:
    """A function of numbers and strings, computed when all arguments are known."""

    def compute(run: Run, call: Call, frame: Frame) -> Value:
        arguments = [_known(run, arg) for arg in call.args]
        if call.keywords or not call.complete or any(a is _MISS for a in arguments):
            return UNKNOWN
        try:
            result = function(*arguments)
        except Exception:  # whatever Python raises here the user's program raises too
            return UNKNOWN
        if isinstance(result, tuple):
            return Tuple(tuple(Literal(part) for part in result))
        origin = call.args[0].origin if call.args and isinstance(call.args[0], Literal) else None
        return Literal(result, origin) if isinstance(result, (int, float, str, bool)) else UNKNOWN

    return compute


for _function in (int, float, str, bool, abs, round, min, max, sum, divmod):
    BUILTINS[_function.__name__] = computing(_function)

_MISS = object()


def _known(run: Run, value: Value) -> Any:
    if isinstance(value, Literal):
        return value.value
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef, Range, ShapeValue)) else None
    if items is None or not all(isinstance(i, Literal) for i in items):
        return _MISS
    return [i.value for i in items if isinstance(i, Literal)]


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


@_builtin("isinstance")
def _isinstance(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) != 2 or not isinstance(call.args[1], Api):
        return UNKNOWN
    value, kind = call.args[0], call.args[1].name.removeprefix("builtins.")
    if isinstance(value, Literal):
        python_type = getattr(builtins, kind, None)
        return Literal(isinstance(value.value, python_type)) if isinstance(python_type, type) else UNKNOWN
    kinds = {Tuple: "tuple", ListRef: "list", DictRef: "dict"}
    if type(value) in kinds and kind in ("tuple", "list", "dict", "int", "str", "float", "set"):
        return Literal(kinds[type(value)] == kind)
    return UNKNOWN


# -- methods of collections


def call_collection_method(run: Run, owner: Value, method: str, call: Call) -> Value:
    """`items.append(x)`, `config.get("k")`, `text.lower()`. A method that is not known makes the owner unknown."""
    if isinstance(owner, ListRef):
        return _list_method(run, owner, method, call)
    if isinstance(owner, DictRef):
        return _dict_method(run, owner, method, call)
    if isinstance(owner, Literal) and isinstance(owner.value, str):
        return _string_method(run, owner.value, method, call)
    return UNKNOWN


def _list_method(run: Run, owner: ListRef, method: str, call: Call) -> Value:
    state = run.store.read(owner, "items")
    items = list(state.items) if isinstance(state, Tuple) else None
    argument = call.args[0] if call.args and call.complete else None
    if method in ("index", "count", "copy"):
        return _list(run, items) if method == "copy" else UNKNOWN
    result: Value = NONE
    if items is None or (argument is None and method not in ("pop", "clear", "reverse")):
        items = None
    elif method == "append" and argument is not None:
        items.append(argument)
    elif method == "extend" and argument is not None:
        more = items_of(run, argument)
        items = None if more is None else [*items, *more]
    elif method == "insert" and len(call.args) == 2 and (at := int_of(call.args[0])) is not None:
        items.insert(at, call.args[1])
    elif (
        method == "pop"
        and items
        and (at := int_of(argument or Literal(-1))) is not None
        and -len(items) <= at < len(items)
    ):
        result = items.pop(at)
    elif method == "reverse":
        items.reverse()
    elif method == "clear":
        items = []
    else:
        items, result = None, UNKNOWN
    run.store.write(owner, "items", UNKNOWN if items is None else Tuple(tuple(items)))
    return result


def _dict_method(run: Run, owner: DictRef, method: str, call: Call) -> Value:
    state = run.store.read(owner, "items")
    known = state if isinstance(state, DictItems) and state.complete else None
    if method in ("keys", "values", "items"):
        if known is None:
            return UNKNOWN
        if method == "items":
            return Tuple(tuple(Tuple(pair) for pair in known.items))
        return Tuple(tuple(pair[0] if method == "keys" else pair[1] for pair in known.items))
    if method == "get" and call.args and isinstance(state, DictItems):
        found = state.get(call.args[0])
        return found if found is not None else (call.args[1] if len(call.args) > 1 else NONE)
    if method == "copy":
        made = DictRef()
        run.store.write(made, "items", state)
        return made
    if method in ("pop", "setdefault") and known is not None and call.args and isinstance(call.args[0], Literal):
        return _dict_take(run, owner, known, method, call)
    if method == "update" and known is not None and call.complete:
        added = tuple((Literal(name), value) for name, value in call.keywords.items())
        other = run.store.read(call.args[0], "items") if call.args and isinstance(call.args[0], DictRef) else None
        if not call.args or (isinstance(other, DictItems) and other.complete):
            more = (*(other.items if isinstance(other, DictItems) else ()), *added)
            run.store.write(owner, "items", DictItems((*known.items, *more)))
            return NONE
    run.store.write(owner, "items", UNKNOWN)
    return UNKNOWN


def _dict_take(run: Run, owner: DictRef, known: DictItems, method: str, call: Call) -> Value:
    """`config.pop("units", 3)`, `config.setdefault("units", 3)`."""
    key, default = call.args[0], call.args[1] if len(call.args) > 1 else NONE
    found = known.get(key)
    if method == "setdefault" and found is None:
        run.store.write(owner, "items", DictItems((*known.items, (key, default))))
    elif method == "pop" and found is not None:
        assert isinstance(key, Literal)
        rest = [pair for pair in known.items if not (isinstance(pair[0], Literal) and pair[0].value == key.value)]
        run.store.write(owner, "items", DictItems(tuple(rest)))
    return default if found is None else found


def _string_method(run: Run, text: str, method: str, call: Call) -> Value:
    arguments = [_known(run, arg) for arg in call.args]
    pure = ("lower", "upper", "strip", "replace", "startswith", "endswith", "format", "join", "title", "capitalize")
    if method not in pure or call.keywords or not call.complete or any(a is _MISS for a in arguments):
        return UNKNOWN
    try:
        result = getattr(text, method)(*arguments)
    except Exception:  # the user's program raises it too
        return UNKNOWN
    return Literal(result) if isinstance(result, (str, bool)) and len(str(result)) < 10_000 else UNKNOWN
