"""Subscripts: of sequences, dicts, strings, tensors and arrays."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from shapewright.interpreter.arguments import plain
from shapewright.interpreter.contents import contents_of, with_contents
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import ELEMENTS, element_of, items_of, may_hold_objects
from shapewright.interpreter.joins import join
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Call, Run, expression
from shapewright.interpreter.tracing import is_traced
from shapewright.interpreter.windows import window
from shapewright.knowledge.indexing import IN_GRAPH, Index, Many, Mask, NewAxis, One, Picked, Rest, indexed
from shapewright.knowledge.numpy.arguments import leaves, nested_dtype, nested_shape
from shapewright.knowledge.rule import NotKnown, Refused
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated, Instance
from shapewright.values.tensor import History, Library, Operation, ShapeValue, Tensor
from shapewright.values.value import (
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
    Value,
    int_of,
)

PICKED: dict[type[Value], Callable[[Run, Value, Value], Value]] = {}
"""What subscripts of values of other kinds give."""


@expression(ast.Subscript)
def subscript(run: Run, node: ast.Subscript, frame: Frame) -> Value:
    value, index = run.evaluate(node.value, frame), run.evaluate(node.slice, frame)
    if isinstance(value, Tensor):
        return _index_tensor(run, value, index, node, frame)
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return _of_dict(state, index) if isinstance(state, DictItems) else UNKNOWN
    if isinstance(value, (Tuple, ListRef, ShapeValue, Range)):
        return _index_sequence(run, value, index)
    if type(value) in PICKED:
        return PICKED[type(value)](run, value, index)
    if isinstance(value, Instance):
        return run.call(run.attribute(value, "__getitem__"), Call([index], {}), frame)
    if isinstance(value, Literal) and isinstance(value.value, str):
        number = int_of(index)
        if number is not None and -len(value.value) <= number < len(value.value):
            return Literal(value.value[number])
    return UNKNOWN


def _of_dict(state: DictItems, index: Value) -> Value:
    """The value of a key; under a key that is not known there is what all values have in common."""
    found = state.get(index) or UNKNOWN
    if found is not UNKNOWN or isinstance(index, Literal) or not state.items:
        return found
    return reduce(join, [*(value for _, value in state.items), *([] if state.complete else [state.rest])])


def index_number(run: Run, index: Value) -> int | None:
    """A known integer, which may be an array's only element."""
    if isinstance(index, Tensor):
        index = contents_of(run, index) or UNKNOWN
    return int_of(index)


def _index_sequence(run: Run, value: Value, index: Value) -> Value:
    items = items_of(run, value)
    if items is None:
        return _any_item(run, value, index)
    if isinstance(index, Slice):
        bounds = [bound(run, b) for b in (index.start, index.stop, index.step)]
        known = [b for b in bounds if not isinstance(b, str)]
        if len(known) < len(bounds):
            return UNKNOWN
        where = slice(*known)
        picked = tuple(items[where])
        if isinstance(value, ShapeValue):
            return ShapeValue(Shape(value.shape.dims[where]))
        if isinstance(value, ListRef):
            made = ListRef()
            run.store.write(made, "items", Tuple(picked))
            return made
        return Tuple(picked)
    number = index_number(run, index)
    if number is None or not -len(items) <= number < len(items):
        return UNKNOWN
    return items[number]


def _any_item(run: Run, value: Value, index: Value) -> Value:
    """An item, or some of them, of a list of unknown length, where its items are of one kind."""
    state = run.store.read(value, "items") if isinstance(value, ListRef) else UNKNOWN
    if not isinstance(state, Generated):
        return UNKNOWN
    if isinstance(index, Slice):
        made = ListRef()
        run.store.write(made, "items", state)
        return made
    return state.items[0] if isinstance(index, (Literal, Size)) and len(state.items) == 1 else UNKNOWN


def _asks_an_axis(part: Value) -> bool:
    """Whether a part of an index stands for one axis, which there must be."""
    return isinstance(part, (Slice, Size)) or (isinstance(part, Literal) and type(part.value) is int)


def _index_tensor(run: Run, tensor: Tensor, index: Value, node: ast.Subscript, frame: Frame) -> Value:
    parts = index.items if isinstance(index, Tuple) else (index,)
    if tensor.shape is None and len(parts) == tensor.most_axes and all(map(_asks_an_axis, parts)):
        tensor = replace(tensor, shape=Shape((UNNAMED,) * len(parts)))  # with fewer axes this would raise
    if tensor.shape is None:
        return Tensor(None, tensor.dtype, tensor.library)
    held = contents_of(run, tensor)
    if isinstance(held, Tuple) and (found := _index_content(run, tensor, held, index)) is not None:
        return found
    redo = Operation(
        lambda again, other: _index_tensor(again, other, index, node, frame), "operator.getitem", more=(index,)
    )
    history = History(redo, tensor, frame.chunk.span(node)) if tensor.is_symbolic else None
    if history is not None:
        run.store.note_node(history)
    try:
        indices = [_as_index(run, part, tensor) for part in parts]
        if not tensor.is_symbolic:
            indices = _with_windows(run, node, tensor.shape, indices, frame)
        shape = indexed(tensor.shape, indices)
    except NotKnown:
        return UNKNOWN if tensor.dtype == "object" else Tensor(None, tensor.dtype, tensor.library)
    except Refused as refused:
        if tensor.library is Library.NUMPY and not tensor.doubtful:
            span = frame.chunk.span(node)
            facts = refused.facts
            run.report(Mismatch("index", refused.message, span, None, tensor, span, facts, tuple(run.call_stack)))
        return Tensor(None, tensor.dtype, tensor.library, doubtful=True)
    if may_hold_objects(tensor) and not shape.rank:
        return UNKNOWN
    return Tensor(shape, tensor.dtype, tensor.library, history, tensor.doubtful)


ELEMENTS[Tensor] = _index_tensor


def _with_windows(run: Run, node: ast.Subscript, shape: Shape, indices: list[Index], frame: Frame) -> list[Index]:
    """Slices that a loop's counter moves along, with the length that they have."""
    nodes = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    found = list(indices)
    for axis, (index, part) in enumerate(zip(indices, nodes, strict=False)):
        if not isinstance(index, (Picked, One)) or axis >= shape.rank:
            break
        if isinstance(index, Picked) and UNNAMED in (index.start, index.stop):
            found[axis] = replace(index, length=window(run, node, part, shape[axis], frame))
    return found


def _index_content(run: Run, tensor: Tensor, content: Tuple, index: Value) -> Value | None:
    """`tf.shape(x)[0]`, `tf.shape(x)[1:]`."""
    if isinstance(index, Tuple) or (isinstance(index, Literal) and int_of(index) is None):
        return None
    found = _index_sequence(run, content, index)
    if isinstance(found, Tuple):
        shape = nested_shape(plain(run, found))
        return with_contents(run, Tensor(shape, tensor.dtype, tensor.library), found, [tensor])
    return element_of(found, tensor) if isinstance(found, (Literal, Size)) else None


def _as_index(run: Run, value: Value, tensor: Tensor) -> Index:
    if isinstance(value, Slice):
        return Picked(bound(run, value.start), bound(run, value.stop), bound(run, value.step))
    if isinstance(value, Literal):
        if value.value is None:
            return NewAxis()
        if value.value is Ellipsis:
            return Rest()
        if isinstance(value.value, int) and not isinstance(value.value, bool):
            return One(value.value)
    if isinstance(value, Api) and value.name in ("numpy.newaxis", "tensorflow.newaxis"):
        return NewAxis()
    if isinstance(value, Size):
        return One(None)
    if isinstance(value, Tensor) and value.shape is not None:
        return _as_positions(run, value, tensor)
    if isinstance(value, (ListRef, Tuple, Range)) and tensor.library is Library.NUMPY:
        nested = plain(run, value)
        return _positions(nested_shape(nested), nested_dtype(nested), nested)
    raise NotKnown("index")


def _as_positions(run: Run, value: Tensor, tensor: Tensor) -> Index:
    assert value.shape is not None
    if not value.shape.rank and (value.dtype or "").startswith(("int", "uint")):
        number = contents_of(run, value)
        return One(int_of(number) if number is not None else None)
    if tensor.library is Library.NUMPY or (
        tensor.library is Library.TENSORFLOW and value.dtype == "bool" and value.shape.rank
    ):
        return _positions(value.shape, value.dtype, plain(run, contents_of(run, value) or UNKNOWN))
    raise NotKnown("index")


def _positions(shape: Shape, dtype: str | None, known: object) -> Index:
    """An array as an index: of bools it picks, of integers it says where."""
    if dtype == "bool":
        return Mask(shape)
    if (dtype is not None and dtype.startswith(("int", "uint"))) or shape.sizes == (0,):
        numbers = [n.size if isinstance(n, Dim) else n for n in leaves(known)]
        whole = [n for n in numbers if isinstance(n, int)]
        return Many(shape, (min(whole), max(whole)) if whole and len(whole) == len(numbers) else None)
    raise NotKnown("index")


def bound(run: Run, value: Value) -> int | str | None:
    """A bound of a slice; `UNNAMED` where it is not known."""
    tensor = value if isinstance(value, Tensor) else None
    if tensor is not None:
        value = contents_of(run, tensor) or UNKNOWN
    if isinstance(value, Literal) and (value.value is None or isinstance(value.value, int)):
        return value.value
    return IN_GRAPH if tensor is not None and tensor.library is Library.TENSORFLOW and is_traced(run) else UNNAMED
