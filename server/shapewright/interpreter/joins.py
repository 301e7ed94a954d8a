"""What is known when either of two values may be there."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Class, Function, Generated, Instance, Method, OneOf, Partial
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.table import Column, Columns, SomeLabels
from shapewright.values.tensor import Choice, History, Library, ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, DictItems, ListRef, Literal, Scalar, Size, Tuple, Unknown, Value, int_of

MAX_KINDS = 4
"""How many different items of a list of unknown length are kept."""


def join(a: Value, b: Value) -> Value:
    """What two values have in common: the value where both agree, a tensor with the sizes in which both agree.

    `join(join(a, b), b)` is `join(a, b)`, the very same: a loop ends when nothing in it changes any more.
    """
    if a is b or a == b:
        return a
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return _tensors(a, b)
    if isinstance(a, Tuple) and type(a) is type(b) is Tuple and len(a.items) == len(b.items):
        return Tuple(tuple(join(x, y) for x, y in zip(a.items, b.items, strict=True)))
    if isinstance(a, (Literal, Size)) and isinstance(b, (Literal, Size)):
        number = _numbers(a, b)
        return scalar_of(a, b) if number is UNKNOWN else number
    if isinstance(a, Scalar) or isinstance(b, Scalar):
        return scalar_of(a, b)
    if isinstance(a, ShapeValue) and isinstance(b, ShapeValue):
        shape = _shapes(a.shape, b.shape)
        return UNKNOWN if shape is None else ShapeValue(shape)
    if isinstance(a, Dataset) and isinstance(b, Dataset):
        element = join(a.element, b.element)
        return UNKNOWN if element is UNKNOWN else Dataset(element, a.length if a.length == b.length else None, ())
    if isinstance(a, Column) and isinstance(b, Column):
        labels = a.labels if a.labels == b.labels else None
        return Column(_dims(a.rows, b.rows), a.dtype if a.dtype == b.dtype else None, labels)
    return _callables(a, b)


_CALLABLE = (Function, Class, Method, Partial, Instance, LayerRef, ModelRef, SequentialRef, OneOf)


def _callables(a: Value, b: Value) -> Value:
    """One of two things that can be called."""
    if not isinstance(a, _CALLABLE) or not isinstance(b, _CALLABLE):
        return UNKNOWN
    options = [option for value in (a, b) for option in (value.options if isinstance(value, OneOf) else (value,))]
    distinct = tuple(dict.fromkeys(options))
    return OneOf(distinct) if len(distinct) <= MAX_KINDS else UNKNOWN


def scalar_of(a: Value, b: Value) -> Value:
    """One of two texts, numbers or bools: only of which kind it is."""
    kinds = [_KINDS.get(type(v.value)) if isinstance(v, Literal) else _kind(v) for v in (a, b)]
    if None in kinds:
        return UNKNOWN
    if kinds[0] == kinds[1]:
        return Scalar(kinds[0] if kinds[0] != "number" else None)
    return Scalar(None) if {*kinds} <= {"float64", "int64", "number"} else UNKNOWN


_KINDS = {str: "string", float: "float64", bool: "bool", int: "int64"}


def _kind(value: Value) -> str | None:
    if isinstance(value, Scalar):
        return value.dtype or "number"
    return "int64" if isinstance(value, Size) and value.dim.size is not None else None


def join_at(owner: object, a: Value, b: Value) -> Value:
    """What two values of one location have in common. Of a list that got longer on one way the kinds of items stay known."""
    if isinstance(owner, ListRef) and isinstance(a, (Tuple, Generated)) and isinstance(b, (Tuple, Generated)):
        if isinstance(a, Generated) or isinstance(b, Generated) or len(a.items) != len(b.items):
            found = some_of((*a.items, *b.items))
            alike = isinstance(a, Generated) and isinstance(b, Generated) and a.added == b.added
            return grown(found, a.added if alike and isinstance(a, Generated) else None)
    if isinstance(a, DictItems) and isinstance(b, DictItems):
        return _dicts(a, b)
    if isinstance(a, Columns) and isinstance(b, Columns):
        same, dtype = a.labels == b.labels, a.dtype if a.dtype == b.dtype else None
        return Columns(_dims(a.rows, b.rows), a.labels if same else SomeLabels(), _dims(a.width, b.width), dtype)
    return join(a, b)


def _dicts(a: DictItems, b: DictItems) -> Value:
    """One of two states of a dict: the keys that both have; what is under others is one of a kind, or not known."""
    if not all(isinstance(key, Literal) for key, _ in (*a.items, *b.items)):
        return UNKNOWN if a != b else a
    first, second = ({_plain(key): (key, value) for key, value in state.items} for state in (a, b))
    shared = tuple((first[k][0], join(first[k][1], second[k][1])) for k in first if k in second)
    others = [v for x, y in ((first, second), (second, first)) for k, (_, v) in x.items() if k not in y]
    others += [state.rest for state in (a, b) if not state.complete]
    return DictItems(shared, False, reduce(join, others)) if others else DictItems(shared)


def _plain(key: Value) -> object:
    return (type(key.value), key.value) if isinstance(key, Literal) else key


def some_of(items: tuple[Value, ...]) -> Value:
    """The state of a list of which the items are known but not how many there are of each: `Generated`, or `UNKNOWN`."""
    kinds: list[Value] = []
    for item in items:
        for number, kind in enumerate(kinds):
            joined = join(kind, item)
            if _is_one_kind(joined, kind):
                kinds[number] = joined
                break
        else:
            kinds.append(item)
    known = kinds and len(kinds) <= MAX_KINDS and not any(_is_open(kind) for kind in kinds)
    return Generated(tuple(kinds), complete=False) if known else UNKNOWN


def grown(state: Value, added: int | None) -> Value:
    """The state of a list with the number of items that it got."""
    return replace(state, added=added) if isinstance(state, Generated) else state


def _is_one_kind(joined: Value, kind: Value) -> bool:
    """Whether two items that have this much in common are of one kind: texts, numbers, tensors of one shape, tuples of them."""
    if isinstance(joined, Tensor) and isinstance(kind, Tensor):
        return joined == kind or _look_alike(joined, kind)
    if isinstance(joined, Tuple) and isinstance(kind, Tuple):
        return all(_is_one_kind(x, y) for x, y in zip(joined.items, kind.items, strict=True))
    if isinstance(joined, (Scalar, Size)):
        return isinstance(kind, (Literal, Scalar, Size))
    return joined == kind


def _is_open(kind: Value) -> bool:
    """Whether nothing is known of an item."""
    return isinstance(kind, Unknown) and not isinstance(kind, Scalar)


def _look_alike(a: Tensor, b: Tensor) -> bool:
    return a.shape is not None and b.shape is not None and a.shape.sizes == b.shape.sizes


def _numbers(a: Literal | Size, b: Literal | Size) -> Value:
    """One number, or a size that is one of two."""
    if isinstance(a, Literal) and isinstance(b, Literal) and type(a.value) is type(b.value) and a.value == b.value:
        return a if a.origin is None else Literal(a.value)
    sizes = (_size(a), _size(b))
    return UNKNOWN if None in sizes else Size(Dim(UNNAMED))


def _size(value: Literal | Size) -> Dim | None:
    """The dimension that a positive number or a size stands for."""
    if isinstance(value, Size):
        return value.dim if isinstance(value.dim.size, str) else None
    number = int_of(value)
    return Dim(number) if number is not None and number > 0 else None


def _tensors(a: Tensor, b: Tensor) -> Value:
    if a.library is not b.library:
        return UNKNOWN
    shape = _shapes(a.shape, b.shape)
    dtype = a.dtype if a.dtype == b.dtype else None
    content = a.content if a.content == b.content else None
    doubtful = a.doubtful or b.doubtful
    history = a.history
    if a.library is Library.KERAS and a.history is not b.history and not _is_choice(a):
        history = History(Choice(_again(shape)), Tuple((a, b)), None)
    return Tensor(shape, dtype, a.library, history, doubtful, content)


def _is_choice(tensor: Tensor) -> bool:
    return tensor.history is not None and isinstance(tensor.history.producer, Choice)


def _again(shape: Shape | None) -> Any:
    """Computes a choice from other inputs: known where both ways agree, and give what was seen but for the batch axis."""

    def again(run: Any, inputs: Value) -> Value:
        ways = inputs.items if isinstance(inputs, Tuple) else ()
        result = join(*ways) if len(ways) == 2 else UNKNOWN
        if not isinstance(result, Tensor) or result.shape is None or shape is None:
            return UNKNOWN
        return result if result.shape.sizes[1:] == shape.sizes[1:] else UNKNOWN

    return again


def _shapes(a: Shape | None, b: Shape | None) -> Shape | None:
    if a is None or b is None or a.rank != b.rank:
        return None
    return Shape(_dims(x, y) for x, y in zip(a, b, strict=True))


def _dims(a: Dim, b: Dim) -> Dim:
    if a == b:
        return a
    return Dim(a.size if a.size == b.size else UNNAMED)
