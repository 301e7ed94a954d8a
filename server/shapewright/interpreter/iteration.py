"""What comes out of a value one by one, and where it goes: loops, unpacking, assignment targets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from shapewright.interpreter.contents import changed, contents_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.joins import join
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.tracing import is_traced
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated, Instance
from shapewright.values.dataset import Dataset
from shapewright.values.table import Columns, TableRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    TEXT,
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Range,
    Size,
    Slice,
    Tuple,
    Unknown,
    Value,
)

OPEN_FILE = Api("builtins.open()")
"""A file that a program reads texts from, line by line."""
MAX_ITEMS = 4096
"""Collections longer than this are not looked at item by item."""


def items_of(run: Run, value: Value) -> list[Value] | None:
    """All items that iterating gives; `None` where they are not known."""
    if isinstance(value, Tuple):
        return list(value.items)
    if isinstance(value, ListRef):
        state = run.store.read(value, "items")
        return list(state.items) if isinstance(state, Tuple) else None
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return [key for key, _ in state.items] if isinstance(state, DictItems) and state.complete else None
    if isinstance(value, Generated):
        return list(value.items) if value.complete else None
    if isinstance(value, TableRef):
        columns = run.store.read(value, "columns")
        labels = columns.labels if isinstance(columns, Columns) else None
        return [Literal(label) for label in labels] if isinstance(labels, tuple) else None
    if isinstance(value, ShapeValue):
        return [dim_value(dim) for dim in value.shape]
    if isinstance(value, Range):
        numbers = range(value.start, value.stop, value.step)
        return [Literal(n) for n in numbers] if len(numbers) <= MAX_ITEMS else None
    if isinstance(value, Literal) and isinstance(value.value, str):
        return [Literal(char) for char in value.value]
    if isinstance(value, Tensor) and value.shape is not None and value.shape.rank:
        held = contents_of(run, value)
        if isinstance(held, Tuple) and value.shape.rank == 1:
            return [element_of(item, value) for item in held.items]
        length = value.shape[0].size
        if isinstance(length, int) and length <= 64 and value.library is not Library.KERAS:
            return [item_of(value)] * length
    return None


def iterated(run: Run, value: Value, frame: Frame) -> Value:
    """What a loop takes its items from: of an instance what its own `__iter__` or `__getitem__` gives."""
    if not isinstance(value, Instance):
        return value
    given = run.call(run.attribute(value, "__iter__"), Call([], {}), frame)
    if isinstance(given, Unknown):
        item = run.call(run.attribute(value, "__getitem__"), Call([UNKNOWN], {}), frame)
        return UNKNOWN if isinstance(item, Unknown) else Generated((item,), complete=False)
    return given if not isinstance(given, Instance) else UNKNOWN


def item_of(value: Value) -> Value:
    """What any one item is, where that is known though their number is not."""
    if isinstance(value, Range):
        return Size(Dim(UNNAMED))
    if value in (TEXT, OPEN_FILE):
        return TEXT
    if isinstance(value, Tensor) and may_hold_objects(value) and value.shape is not None and value.shape.rank == 1:
        return UNKNOWN
    if (
        isinstance(value, Tensor)
        and value.shape is not None
        and value.shape.rank
        and value.library is not Library.KERAS
    ):
        return Tensor(Shape(value.shape.dims[1:]), value.dtype, value.library)
    return UNKNOWN


def may_hold_objects(value: Tensor) -> bool:
    """Whether what an array holds may be no number: of an array of objects, or of one of no known dtype."""
    return value.dtype == "object" or (value.dtype is None and value.library is Library.NUMPY)


def possible_items(run: Run, source: Value) -> tuple[Value, ...]:
    """The different items that iterating may give, where their number is not known."""
    if isinstance(source, (Dataset, Generated)) and source.elements:
        return source.elements
    state = run.store.read(source, "items") if isinstance(source, ListRef) else UNKNOWN
    if isinstance(state, Generated):
        return state.elements
    known = items_of(run, source)
    return (item_of(source),) if known is None else tuple(dict.fromkeys(known))


def element_of(content: Value, tensor: Tensor) -> Tensor:
    """One of the numbers that a tensor holds, as the scalar tensor that indexing gives."""
    return Tensor(Shape(()), tensor.dtype, tensor.library, content=content)


def dim_value(dim: Dim) -> Value:
    """The size of an axis as a value: an integer, `None`, or a size that is not known."""
    if isinstance(dim.size, int) or dim.size is None:
        return Literal(dim.size, dim.origin)
    return Size(dim)


ASSIGNED: dict[str, Callable[[Run, Value, Value], None]] = {}
"""What assigning to an attribute of a layer or model does, by its name."""
ELEMENTS: dict[type[Value], Callable[[Run, Tensor, Value, ast.Subscript, Frame], Value]] = {}
"""What is assigned to where a tensor is indexed."""

PUT: dict[type[Value], Callable[[Run, Value, Value, Value], None]] = {}
"""What assigning to a subscript of values of other kinds does."""


def bind_target(run: Run, target: ast.expr, value: Value, frame: Frame) -> None:
    """Assigns a value to a name, a tuple of targets, an attribute or an item."""
    if isinstance(target, ast.Name):
        frame.bind(run.store, target.id, value)
        run.observe(frame, target, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(run, target.elts, value, frame)
    elif isinstance(target, ast.Starred):
        bind_target(run, target.value, value, frame)
    elif isinstance(target, ast.Attribute):
        owner = run.evaluate(target.value, frame)
        if isinstance(owner, Instance):
            set_attribute(run, owner, target.attr, value)
            run.observe(frame, target, value)
        if target.attr in ASSIGNED:
            ASSIGNED[target.attr](run, owner, value)
    elif isinstance(target, ast.Subscript):
        owner, index = run.evaluate(target.value, frame), run.evaluate(target.slice, frame)
        if isinstance(owner, Tensor):
            run.observe(frame, target, ELEMENTS[Tensor](run, owner, index, target, frame))
        elif isinstance(owner, (DictRef, ListRef)):
            run.observe(frame, target, value)
        _set_item(run, owner, index, value)
        if isinstance(owner, (ListRef, DictRef)) and not isinstance(index, Slice):
            run.observe(frame, target, value)


def set_attribute(run: Run, owner: Instance, name: str, value: Value) -> None:
    """Puts a value into an attribute of an instance, and its name among those of the instance."""
    names = run.store.read(owner, "attributes")
    known = names.items if isinstance(names, Tuple) else ()
    if Literal(name) not in known:
        run.store.write(owner, "attributes", Tuple((*known, Literal(name))))
    run.store.write(owner, f".{name}", value)


def _unpack(run: Run, targets: Sequence[ast.expr], value: Value, frame: Frame) -> None:
    items = items_of(run, value)
    star = next((n for n, t in enumerate(targets) if isinstance(t, ast.Starred)), None)
    if items is None or (len(items) != len(targets) if star is None else len(items) < len(targets) - 1):
        possible = () if items is not None or _has_other_length(value, len(targets)) else possible_items(run, value)
        one = possible[0] if len(possible) == 1 else UNKNOWN
        if star is None:
            _refuse_unpacking(run, targets, value, items, frame)
        for target in targets:
            bind_target(run, target, UNKNOWN if isinstance(target, ast.Starred) else one, frame)
        return
    if star is None:
        for target, item in zip(targets, items, strict=True):
            bind_target(run, target, item, frame)
        return
    after = len(targets) - star - 1
    middle = ListRef()
    run.store.write(middle, "items", Tuple(tuple(items[star : len(items) - after])))
    for target, item in zip(targets[:star], items, strict=False):
        bind_target(run, target, item, frame)
    bind_target(run, targets[star], middle, frame)
    for target, item in zip(targets[star + 1 :], items[len(items) - after :], strict=True):
        bind_target(run, target, item, frame)


def _refuse_unpacking(
    run: Run, targets: Sequence[ast.expr], value: Value, items: list[Value] | None, frame: Frame
) -> None:
    """Reports a shape, a tuple or an array that is taken apart into another number of names."""
    parts = [value, *(value.items if isinstance(value, Tuple) else ())]
    if any(isinstance(part, Tensor) and part.doubtful for part in parts) or not targets:
        return
    wanted, given = len(targets), 0 if items is None else len(items)
    if isinstance(value, Tensor) and value.is_symbolic:
        if value.history is None or value.shape is None:
            return
        text = "Iterating over a symbolic KerasTensor is not supported."
    else:
        if isinstance(value, Tensor):
            rows = value.shape[0].size if value.shape else None
            if not isinstance(rows, int) or rows == wanted or is_traced(run) or value.library is not Library.NUMPY:
                return
            given = rows
        elif not isinstance(value, ShapeValue) and (not isinstance(value, Tuple) or (is_traced(run) and not _is_symbolic(value))):
            return
        text = f"not enough values to unpack (expected {wanted}, got {given})"
        text = f"too many values to unpack (expected {wanted})" if given > wanted else text
    span = frame.chunk.span_between(targets[0], targets[-1])
    facts = {"wanted": wanted, "given": given}
    run.report(Mismatch("unpack", text, span, None, value, None, facts, tuple(run.call_stack)))


def _is_symbolic(value: Tuple) -> bool:
    """Whether all items are tensors of Keras's that hold no numbers."""
    return all(isinstance(item, Tensor) and item.is_symbolic and item.history is not None for item in value.items)


def _has_other_length(value: Value, length: int) -> bool:
    """Whether a tensor cannot be unpacked into so many targets: Python would raise."""
    size = value.shape[0].size if isinstance(value, Tensor) and value.shape else None
    return isinstance(size, int) and size != length


def _set_item(run: Run, owner: Value, index: Value, value: Value) -> None:
    changed(run, owner)
    if type(owner) in PUT:
        PUT[type(owner)](run, owner, index, value)
    elif isinstance(owner, ListRef):
        state = run.store.read(owner, "items")
        if isinstance(state, Tuple) and isinstance(index, Literal) and isinstance(index.value, int):
            items = list(state.items)
            if -len(items) <= index.value < len(items):
                items[index.value] = value
                run.store.write(owner, "items", Tuple(tuple(items)))
                return
        run.store.write(owner, "items", UNKNOWN)
    elif isinstance(owner, DictRef):
        state = run.store.read(owner, "items")
        if not isinstance(state, DictItems):
            return
        if not isinstance(index, Literal):
            rest = value if state.complete else join(state.rest, value)
            some = tuple((key, join(item, value)) for key, item in state.items)
            run.store.write(owner, "items", DictItems(some, False, rest))
            return
        pairs = [(key, value) if _key(key) == index.value else (key, item) for key, item in state.items]
        if all(_key(key) != index.value for key, _ in pairs):
            pairs.append((index, value))
        run.store.write(owner, "items", DictItems(tuple(pairs), state.complete, state.rest))


def _key(key: Value) -> object:
    return key.value if isinstance(key, Literal) else key
