"""Python's own functions that make, join and look through sequences, sets and dicts."""

from __future__ import annotations

from functools import partial

from shapewright.interpreter.branches import truth
from shapewright.interpreter.builtins import (
    BUILTINS,
    SOME_NUMBER,
    argument,
    builtin,
    by_key,
    first_items,
)
from shapewright.interpreter.collections import NOT_KNOWN, known_value, make_list, set_items
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import (
    items_of,
    iterated,
    possible_items,
)
from shapewright.interpreter.joins import some_of
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.table_state import columns_of
from shapewright.values.callable import Generated
from shapewright.values.dataset import Dataset
from shapewright.values.table import Column, TableRef
from shapewright.values.tensor import ShapeValue
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    SetRef,
    Tuple,
    Value,
    int_of,
)


@builtin("tuple")
def _tuple(run: Run, call: Call, frame: Frame) -> Value:
    if not call.args:
        return Tuple(())
    if isinstance(_some_items(run, call.args[0]), Generated):
        return _some_items(run, call.args[0])
    if isinstance(call.args[0], ShapeValue):
        return call.args[0]
    items = first_items(run, call)
    return UNKNOWN if items is None else Tuple(tuple(items))


@builtin("list")
def _list_builtin(run: Run, call: Call, frame: Frame) -> Value:
    source = argument(call)
    if isinstance(source, Dataset) and source.length is not None and source.length <= 64:
        return make_list(run, [source.first] * source.length if len(source.elements) == 1 else None)
    made = make_list(run, first_items(run, call) if call.args else [])
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


@builtin("reversed")
def _reversed(run: Run, call: Call, frame: Frame) -> Value:
    items = first_items(run, call)
    return _some_items(run, argument(call)) if items is None else Tuple(tuple(reversed(items)))


@builtin("sorted")
def _sorted(run: Run, call: Call, frame: Frame) -> Value:
    """Known numbers or strings in order."""
    value, backwards = argument(call), call.keywords.get("reverse", Literal(False))
    items = set_items(run, value) if isinstance(value, SetRef) else first_items(run, call)
    if items is None or not isinstance(backwards, Literal):
        return _list_builtin(run, Call([value], {}), frame)
    if "key" in call.keywords and call.keywords["key"] != NONE:
        down = bool(backwards.value)
        found = by_key(run, call, items, lambda p: [i for _, i in sorted(p, key=lambda x: x[0], reverse=down)], frame)
        return make_list(run, found if isinstance(found, list) else None)
    keys = [known_value(run, item) for item in items]
    firsts = [known_value(run, item.items[0]) if isinstance(item, Tuple) and item.items else NOT_KNOWN for item in items]
    if NOT_KNOWN in keys and NOT_KNOWN not in firsts and len({repr(key) for key in firsts}) == len(firsts):
        keys = firsts  # pairs whose first items differ: the others are never compared
    try:
        order = sorted(range(len(items)), key=lambda n: keys[n], reverse=bool(backwards.value))
    except TypeError:
        return make_list(run, None)
    known = not any(key is NOT_KNOWN for key in keys)
    return make_list(run, [items[n] for n in order] if known else None)


@builtin("iter")
def _iter(run: Run, call: Call, frame: Frame) -> Value:
    source = iterated(run, call.args[0], frame) if len(call.args) == 1 else UNKNOWN
    return source if isinstance(source, (Dataset, Generated)) else UNKNOWN


@builtin("next")
def _next(run: Run, call: Call, frame: Frame) -> Value:
    """The next item where all that are left are alike, or the first of a dataset."""
    source = call.args[0] if call.args else UNKNOWN
    if isinstance(source, Dataset):
        return source.first
    return source.elements[0] if isinstance(source, Generated) and len(source.elements) == 1 else UNKNOWN


@builtin("set", "frozenset")
def _set(run: Run, call: Call, frame: Frame) -> Value:
    made = SetRef()
    items: list[Value] | None = []
    if call.args:
        items = set_items(run, call.args[0]) if isinstance(call.args[0], SetRef) else first_items(run, call)
    if items is not None and call.complete and all(isinstance(item, Literal) for item in items):
        run.store.write(
            made, "items", Tuple(tuple(dict.fromkeys(Literal(i.value) for i in items if isinstance(i, Literal))))
        )
    return made


@builtin("dict")
def make_dict(run: Run, call: Call, frame: Frame) -> Value:
    made = DictRef()
    named = tuple((Literal(name), value) for name, value in call.keywords.items())
    first = _pairs(run, call.args[0]) if call.args else ()
    known = call.complete and first is not None
    kinds = _some_items(run, call.args[0]) if call.args and not known else UNKNOWN
    pair = kinds.items[0] if isinstance(kinds, Generated) and len(kinds.items) == 1 else UNKNOWN
    rest = pair.items[1] if isinstance(pair, Tuple) and len(pair.items) == 2 else UNKNOWN
    if call.args and isinstance(call.args[0], TableRef):
        rest = Column(columns_of(run, call.args[0]).rows)
    run.store.write(made, "items", DictItems((*(first or ()), *named), known, rest))
    return made


def _pairs(run: Run, value: Value) -> tuple[tuple[Value, Value], ...] | None:
    """The items of a dict, or of a list of pairs."""
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return state.items if isinstance(state, DictItems) and state.complete else None
    if isinstance(value, TableRef):
        labels, rows = items_of(run, value), columns_of(run, value).rows
        return None if labels is None else tuple((label, Column(rows, columns_of(run, value).dtype)) for label in labels)
    pairs = [items_of(run, item) for item in items_of(run, value) or [UNKNOWN]]
    if any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return tuple((pair[0], pair[1]) for pair in pairs if pair is not None)


@builtin("enumerate")
def _enumerate(run: Run, call: Call, frame: Frame) -> Value:
    items = first_items(run, call)
    start = int_of(call.args[1] if len(call.args) > 1 else call.keywords.get("start", Literal(0)))
    if items is None or start is None:
        return Generated(tuple(Tuple((SOME_NUMBER, item)) for item in _possible(run, argument(call))), False)
    return Tuple(tuple(Tuple((Literal(n), item)) for n, item in enumerate(items, start)))


@builtin("zip")
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


@builtin("map")
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


@builtin("filter")
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
    items = first_items(run, call)
    if items is None:
        return UNKNOWN
    found = [truth(run, item) for item in items]
    if decisive in found:
        return Literal(decisive)
    return UNKNOWN if None in found else Literal(not decisive)


BUILTINS["any"] = partial(_any, True)
BUILTINS["all"] = partial(_any, False)
