"""What is known when either of two values may be there."""

from __future__ import annotations

from typing import Any

from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Class, Function, Generated, Instance, Method, OneOf, Partial
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Choice, History, Library, ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, ListRef, Literal, Size, Tuple, Unknown, Value, int_of

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
        return _numbers(a, b)
    if isinstance(a, ShapeValue) and isinstance(b, ShapeValue):
        shape = _shapes(a.shape, b.shape)
        return UNKNOWN if shape is None else ShapeValue(shape)
    if isinstance(a, Dataset) and isinstance(b, Dataset):
        element = join(a.element, b.element)
        return UNKNOWN if element is UNKNOWN else Dataset(element, a.length if a.length == b.length else None, ())
    return _callables(a, b)


_CALLABLE = (Function, Class, Method, Partial, Instance, LayerRef, ModelRef, SequentialRef, OneOf)


def _callables(a: Value, b: Value) -> Value:
    """One of two things that can be called."""
    if not isinstance(a, _CALLABLE) or not isinstance(b, _CALLABLE):
        return UNKNOWN
    options = [option for value in (a, b) for option in (value.options if isinstance(value, OneOf) else (value,))]
    distinct = tuple(dict.fromkeys(options))
    return OneOf(distinct) if len(distinct) <= MAX_KINDS else UNKNOWN


def join_at(owner: object, a: Value, b: Value) -> Value:
    """What two values of one location have in common. Of a list that got longer on one way the kinds of items stay known."""
    if isinstance(owner, ListRef) and isinstance(a, (Tuple, Generated)) and isinstance(b, (Tuple, Generated)):
        if isinstance(a, Generated) or isinstance(b, Generated) or len(a.items) != len(b.items):
            return some_of((*a.items, *b.items))
    return join(a, b)


def some_of(items: tuple[Value, ...]) -> Value:
    """The state of a list of which the items are known but not how many there are of each: `Generated`, or `UNKNOWN`."""
    kinds: list[Value] = []
    for item in items:
        for number, kind in enumerate(kinds):
            joined = join(kind, item)
            if joined == kind or (
                isinstance(joined, Tensor) and isinstance(kind, Tensor) and _look_alike(joined, kind)
            ):
                kinds[number] = joined
                break
        else:
            kinds.append(item)
    known = kinds and len(kinds) <= MAX_KINDS and not any(isinstance(kind, Unknown) for kind in kinds)
    return Generated(tuple(kinds), complete=False) if known else UNKNOWN


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
