"""The methods of lists, dicts, sets and strings, as far as shapes come to depend on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from shapewright.interpreter.contents import contents_of
from shapewright.interpreter.iteration import items_of, possible_items
from shapewright.interpreter.joins import grown, join, some_of
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.scalars import text_method
from shapewright.interpreter.store import MISSING
from shapewright.values.callable import Generated
from shapewright.values.tensor import ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    TEXT,
    UNKNOWN,
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

NOT_KNOWN = object()
"""In place of a Python value that is not known."""


def known_value(run: Run, value: Value) -> Any:
    """A number, a string or a list of them, as Python has it; `NOT_KNOWN` where it is not known."""
    if isinstance(value, Tensor):
        value = contents_of(run, value) or UNKNOWN
    if isinstance(value, Literal):
        return value.value
    items = None
    if isinstance(value, (Tuple, ListRef, Range, ShapeValue)):
        items = items_of(run, value)
    elif isinstance(value, SetRef):
        items = set_items(run, value)
    if items is None:
        return NOT_KNOWN
    found = [known_value(run, item) if isinstance(item, (Literal, Tensor)) else NOT_KNOWN for item in items]
    return NOT_KNOWN if any(item is NOT_KNOWN for item in found) else found


def make_list(run: Run, items: Sequence[Value] | None) -> ListRef:
    """A new list with some items; `None` when they are not known."""
    made = ListRef()
    run.store.write(made, "items", UNKNOWN if items is None else Tuple(tuple(items)))
    return made


def set_items(run: Run, value: Value) -> list[Value] | None:
    """The items of a set in no order; `None` where they are not known."""
    held = run.store.read(value, "items") if isinstance(value, SetRef) else UNKNOWN
    return list(held.items) if isinstance(held, Tuple) else None


# -- methods


def call_collection_method(run: Run, owner: Value, method: str, call: Call) -> Value:
    """`items.append(x)`, `config.get("k")`, `text.lower()`. A method that is not known makes the owner unknown."""
    if isinstance(owner, ListRef):
        return _list_method(run, owner, method, call)
    if isinstance(owner, DictRef):
        return _dict_method(run, owner, method, call)
    if isinstance(owner, SetRef):
        return _set_method(run, owner, method, call)
    if isinstance(owner, (Tuple, Range, ShapeValue)):
        return _search(run, owner, method, call) if method in ("index", "count") else UNKNOWN
    if isinstance(owner, Literal) and isinstance(owner.value, str):
        return _string_method(run, owner.value, method, call)
    if owner == TEXT:
        return text_method(run, method)
    return UNKNOWN


def _search(run: Run, owner: Value, method: str, call: Call) -> Value:
    """`items.index(x)`, `items.count(x)`."""
    items, wanted = known_value(run, owner), known_value(run, call.args[0]) if len(call.args) == 1 else NOT_KNOWN
    if items is NOT_KNOWN or wanted is NOT_KNOWN or (method == "index" and wanted not in items):
        return UNKNOWN
    return Literal(items.index(wanted) if method == "index" else items.count(wanted))


def _list_method(run: Run, owner: ListRef, method: str, call: Call) -> Value:
    state = run.store.read(owner, "items")
    items = list(state.items) if isinstance(state, Tuple) else None
    if method in ("index", "count"):
        return _search(run, owner, method, call)
    if isinstance(state, Generated) and call.complete and method in _OF_KINDS:
        return _list_of_kinds(run, owner, state, method, call)
    if method == "copy":
        return make_list(run, items)
    found = _changed_list(run, items, method, call) if items is not None and call.complete else None
    after, result = (None, NONE if method in _SILENT else UNKNOWN) if found is None else found
    run.store.write(owner, "items", UNKNOWN if after is None else Tuple(tuple(after)))
    return result


_OF_KINDS = ("append", "extend", "insert", "copy", "sort", "reverse", "remove", "pop")


def _list_of_kinds(run: Run, owner: ListRef, state: Generated, method: str, call: Call) -> Value:
    """A method of a list whose length is not known, but what kinds of items it has."""
    if method == "copy":
        made = make_list(run, None)
        run.store.write(made, "items", state)
        return made
    if method == "pop":
        run.store.write(owner, "items", grown(state, None))
        return state.items[0] if len(state.items) == 1 else UNKNOWN
    if method in ("append", "extend", "insert") and call.args:
        known = items_of(run, call.args[0]) if method == "extend" else [call.args[-1]]
        more = possible_items(run, call.args[0]) if known is None else known
        added = None if known is None or state.added is None else state.added + len(known)
        run.store.write(owner, "items", grown(some_of((*state.items, *more)), added))
    elif method == "remove":
        run.store.write(owner, "items", grown(state, None))
    return NONE


_SILENT = ("append", "extend", "insert", "clear", "reverse", "sort", "remove")


def _changed_list(run: Run, items: list[Value], method: str, call: Call) -> tuple[list[Value], Value] | None:
    """The items after a method, and what it gives; `None` where that is not known."""
    argument = call.args[0] if call.args else None
    if method == "append" and argument is not None:
        return [*items, argument], NONE
    if method == "extend" and argument is not None:
        more = items_of(run, argument)
        return None if more is None else ([*items, *more], NONE)
    if method == "insert" and len(call.args) == 2 and (at := int_of(call.args[0])) is not None:
        items.insert(at, call.args[1])
        return items, NONE
    if method in ("pop", "popleft"):
        at = 0 if method == "popleft" else int_of(argument or Literal(-1))
        if at is None or not -len(items) <= at < len(items):
            return None
        taken = items.pop(at)
        return items, taken
    if method == "appendleft" and argument is not None:
        return [argument, *items], NONE
    if method == "reverse":
        return items[::-1], NONE
    if method == "clear":
        return [], NONE
    if method == "remove" and isinstance(argument, Literal) and all(isinstance(item, Literal) for item in items):
        at = next((n for n, item in enumerate(items) if getattr(item, "value", None) == argument.value), None)
        return None if at is None else (items[:at] + items[at + 1 :], NONE)
    return _sorted_list(items, call) if method == "sort" else None


def _sorted_list(items: list[Value], call: Call) -> tuple[list[Value], Value] | None:
    backwards = call.keywords.get("reverse", Literal(False))
    literals = [item for item in items if isinstance(item, Literal)]
    if "key" in call.keywords or not isinstance(backwards, Literal) or len(literals) < len(items):
        return None
    down = bool(backwards.value)
    try:
        order = sorted(range(len(literals)), key=lambda n: literals[n].value, reverse=down)  # type: ignore[arg-type, return-value]
        return [literals[n] for n in order], NONE
    except TypeError:
        return None


def _set_method(run: Run, owner: SetRef, method: str, call: Call) -> Value:
    """`seen.add(x)`; the union of sets and the like."""
    before = known_value(run, owner)
    given = [known_value(run, arg) for arg in call.args]
    if before is NOT_KNOWN or not call.complete or any(g is NOT_KNOWN for g in given):
        if method not in _READING:
            run.store.write(owner, "items", MISSING)
        return SetRef() if method in _READING and not method.startswith("is") else UNKNOWN
    values = set(before)
    try:
        result = getattr(values, method)(*given)
    except Exception:  # the user's program raises it too
        return UNKNOWN
    if method not in _READING:
        run.store.write(owner, "items", Tuple(tuple(Literal(v) for v in values)) if method != "pop" else MISSING)
    if isinstance(result, set):
        made = SetRef()
        run.store.write(made, "items", Tuple(tuple(Literal(v) for v in result)))
        return made
    return Literal(result) if result is None or (isinstance(result, bool) and method != "pop") else UNKNOWN


_READING = (
    *("union", "intersection", "difference", "symmetric_difference", "copy"),
    *("issubset", "issuperset", "isdisjoint"),
)


def _dict_method(run: Run, owner: DictRef, method: str, call: Call) -> Value:
    state = run.store.read(owner, "items")
    known = state if isinstance(state, DictItems) and state.complete else None
    if method in ("keys", "values", "items"):
        if known is None:
            one = reduce(join, (value for _, value in state.items), state.rest) if isinstance(state, DictItems) else UNKNOWN
            if method != "keys":
                return Generated((one if method == "values" else Tuple((UNKNOWN, one)),), complete=False)
            return UNKNOWN
        if method == "items":
            return Tuple(tuple(Tuple(pair) for pair in known.items))
        return Tuple(tuple(pair[0] if method == "keys" else pair[1] for pair in known.items))
    if method == "popitem":
        run.store.write(owner, "items", UNKNOWN)
        return UNKNOWN
    if method == "get" and call.args and isinstance(state, DictItems):
        found, default = state.get(call.args[0]), call.args[1] if len(call.args) > 1 else NONE
        wanted = getattr(call.args[0], "value", call.args[0])
        sure = state.complete or any(getattr(key, "value", key) == wanted for key, _ in state.items)
        return default if found is None else found if sure else join(found, default)
    if method == "copy":
        made = DictRef()
        run.store.write(made, "items", state)
        return made
    if method in ("pop", "setdefault") and isinstance(state, DictItems) and call.args and isinstance(call.args[0], Literal):
        return _dict_take(run, owner, state, method, call)
    if method == "update" and known is not None and call.complete:
        added = tuple((Literal(name), value) for name, value in call.keywords.items())
        other = run.store.read(call.args[0], "items") if call.args and isinstance(call.args[0], DictRef) else None
        if not call.args or (isinstance(other, DictItems) and other.complete):
            more = (*(other.items if isinstance(other, DictItems) else ()), *added)
            run.store.write(owner, "items", DictItems((*known.items, *more)))
            return NONE
    run.store.write(owner, "items", UNKNOWN)
    return UNKNOWN


def _dict_take(run: Run, owner: DictRef, state: DictItems, method: str, call: Call) -> Value:
    """`config.pop("units", 3)`, `config.setdefault("units", 3)`."""
    key, default = call.args[0], call.args[1] if len(call.args) > 1 else NONE
    found = state.get(key)
    assert isinstance(key, Literal)
    rest = tuple(pair for pair in state.items if not (isinstance(pair[0], Literal) and pair[0].value == key.value))
    if method == "setdefault" and not state.complete:
        run.store.write(owner, "items", UNKNOWN)
        return UNKNOWN
    if method == "setdefault" and found is None:
        run.store.write(owner, "items", DictItems((*state.items, (key, default))))
    elif method == "pop" and found is not None:
        run.store.write(owner, "items", DictItems(rest, state.complete, state.rest))
    if len(rest) == len(state.items) and not state.complete and len(call.args) > 1:
        return join(found or default, default)  # it may have been there
    return default if found is None else found


_PURE = frozenset(
    (
        *(
            "lower",
            "upper",
            "strip",
            "lstrip",
            "rstrip",
            "replace",
            "startswith",
            "endswith",
            "format",
            "join",
            "title",
        ),
        *("capitalize", "split", "rsplit", "splitlines", "zfill", "center", "ljust", "rjust", "count", "find", "rfind"),
        *("index", "isdigit", "isalpha", "isupper", "islower", "isnumeric", "swapcase", "partition", "rpartition"),
        *("removeprefix", "removesuffix", "casefold", "isspace", "isalnum"),
    )
)


def _string_method(run: Run, text: str, method: str, call: Call) -> Value:
    arguments = [known_value(run, arg) for arg in call.args]
    named = {name: known_value(run, value) for name, value in call.keywords.items()}
    if method not in _PURE or not call.complete or any(a is NOT_KNOWN for a in (*arguments, *named.values())):
        return text_method(run, method)
    if method == "format" and not all(isinstance(a, (int, float, str)) for a in (*arguments, *named.values())):
        return TEXT
    try:
        result = getattr(text, method)(*arguments, **named)
    except Exception:  # the user's program raises it too
        return UNKNOWN
    if isinstance(result, list):
        return make_list(run, [Literal(part) for part in result])
    if isinstance(result, tuple):
        return Tuple(tuple(Literal(part) for part in result))
    short = isinstance(result, (str, bool, int)) and len(str(result)) < 10_000
    return Literal(result) if short else text_method(run, method)
