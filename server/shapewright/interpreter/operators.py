"""Operators: arithmetic of numbers, tuples and tensors, comparisons, and subscripts."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Any

from shapewright.interpreter.arguments import as_dim
from shapewright.interpreter.branches import truth
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import dim_value, element_of, items_of
from shapewright.interpreter.joins import join
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Run, expression
from shapewright.knowledge.indexing import Index, NewAxis, One, Picked, Rest, indexed
from shapewright.knowledge.rule import NotKnown, Refused
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape
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

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_COMPARISON: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_MAX_NUMBER = 1 << 62
"""Results past this are not computed: no axis is that long, and a power can be longer than memory."""
_ELEMENTWISE = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


@expression(ast.BinOp)
def binary_expression(run: Run, node: ast.BinOp, frame: Frame) -> Value:
    return binary(run, node.op, run.evaluate(node.left, frame), run.evaluate(node.right, frame), node, frame)


def binary(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value:
    """What `a op b` is worth."""
    if isinstance(a, Literal) and isinstance(b, Literal):
        return _literals(op, a, b)
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        return _tensors(run, op, a, b, node, frame)
    if isinstance(a, (Literal, Size)) and isinstance(b, (Literal, Size)):
        return _sizes(op, a, b)
    if isinstance(a, ListRef) and isinstance(b, ListRef) and isinstance(op, ast.Add):
        items = _concatenated(run, a, b)
        made = ListRef()
        run.store.write(made, "items", UNKNOWN if items is None else Tuple(items))
        return made
    if isinstance(a, (Tuple, ShapeValue)) and isinstance(b, (Tuple, ShapeValue)) and isinstance(op, ast.Add):
        items = _concatenated(run, a, b)
        return UNKNOWN if items is None else Tuple(items)
    if isinstance(a, DictRef) and isinstance(b, DictRef) and isinstance(op, ast.BitOr):
        return _united(run, a, b)
    if isinstance(op, ast.Mult):
        return _repeated(run, a, b)
    return UNKNOWN


def _literals(op: ast.operator, a: Literal, b: Literal) -> Value:
    x, y = a.value, b.value
    numbers = all(isinstance(n, (int, float, complex)) for n in (x, y))
    if not numbers and not (isinstance(x, str) and isinstance(y, str) and isinstance(op, ast.Add)):
        return UNKNOWN
    if isinstance(op, (ast.Pow, ast.LShift)) and isinstance(y, (int, float)) and abs(y) > 64:
        return UNKNOWN
    try:
        result = _ARITHMETIC[type(op)](x, y)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return UNKNOWN
    if isinstance(result, int) and abs(result) > _MAX_NUMBER:
        return UNKNOWN
    return Literal(result, a.origin if a.origin is not None else b.origin)


def _sizes(op: ast.operator, a: Literal | Size, b: Literal | Size) -> Value:
    compute = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv}
    if type(op) not in compute:
        return UNKNOWN
    try:
        return dim_value(compute[type(op)](as_dim(a), as_dim(b)))
    except NotKnown:
        return UNKNOWN


def _concatenated(run: Run, a: Value, b: Value) -> tuple[Value, ...] | None:
    first, second = items_of(run, a), items_of(run, b)
    return None if first is None or second is None else (*first, *second)


def _united(run: Run, a: DictRef, b: DictRef) -> Value:
    """`defaults | given`."""
    first, second = run.store.read(a, "items"), run.store.read(b, "items")
    if not isinstance(first, DictItems) or not isinstance(second, DictItems):
        return UNKNOWN
    made = DictRef()
    items = DictItems((*first.items, *second.items), first.complete and second.complete)
    run.store.write(made, "items", items)
    return made


def _repeated(run: Run, a: Value, b: Value) -> Value:
    """`[0] * 3`, `(2,) * n`."""
    sequence, times = (a, int_of(b)) if isinstance(a, (Tuple, ListRef, ShapeValue)) else (b, int_of(a))
    if times is None or not isinstance(sequence, (Tuple, ListRef, ShapeValue)):
        return UNKNOWN
    items = items_of(run, sequence)
    known = items is not None and len(items) * times <= 100_000
    result = Tuple(tuple(items * times)) if known and items is not None else UNKNOWN
    if isinstance(sequence, ListRef):
        made = ListRef()
        run.store.write(made, "items", result)
        return made
    return result


def _tensors(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value:
    """Elementwise arithmetic broadcasts; `@` and others are not known here."""
    if not isinstance(op, _ELEMENTWISE):
        return UNKNOWN
    shapes = [_operand_shape(run, value) for value in (a, b)]
    library = next(t.library for t in (a, b) if isinstance(t, Tensor))
    if any(isinstance(t, Tensor) and t.is_symbolic for t in (a, b)):
        library = Library.KERAS
    elif any(isinstance(t, Tensor) and t.library is Library.TENSORFLOW for t in (a, b)):
        library = Library.TENSORFLOW
    history = None
    if library is Library.KERAS:
        redo = Operation(lambda again, pair: binary(again, op, pair.items[0], pair.items[1], node, frame))
        history = History(redo, Tuple((a, b)), frame.chunk.span(node))
    dtype = _result_dtype(op, a, b)
    doubtful = any(isinstance(t, Tensor) and t.doubtful for t in (a, b))
    content = _content(run, op, a, b, node, frame) if library is not Library.KERAS else None
    if shapes[0] is None or shapes[1] is None:
        return Tensor(None, dtype, library, history, doubtful)
    try:
        return Tensor(broadcast(shapes[0], shapes[1]), dtype, library, history, doubtful, content)
    except BroadcastError:
        if not doubtful and library is Library.NUMPY:
            shown = [str(shape).replace(", ", ",") for shape in shapes]
            message = f"operands could not be broadcast together with shapes {shown[0]} {shown[1]} "
            facts = {"shapes": tuple(shapes)}
            run.report(Mismatch("merge", message, frame.chunk.span(node), facts=facts, trail=tuple(run.call_stack)))
        return Tensor(None, dtype, library, history, doubtful=True)


def _content(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value | None:
    """The size that arithmetic of sizes in tensors gives: `tf.shape(x)[0] // 2`."""
    first, second = (value.content if isinstance(value, Tensor) else value for value in (a, b))
    if isinstance(first, (Literal, Size)) and isinstance(second, (Literal, Size)):
        result = binary(run, op, first, second, node, frame)
        return result if isinstance(result, Size) or int_of(result) is not None else None
    return None


def _operand_shape(run: Run, value: Value) -> Shape | None:
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, Literal) and isinstance(value.value, (int, float, complex)):
        return Shape(())
    return None


def _result_dtype(op: ast.operator, a: Value, b: Value) -> str | None:
    dtypes = [v.dtype if isinstance(v, Tensor) else None for v in (a, b)]
    for tensor_dtype, other in ((dtypes[0], b), (dtypes[1], a)):
        if tensor_dtype is None:
            continue
        floating = tensor_dtype.startswith("float")
        if isinstance(other, Tensor) and other.dtype == tensor_dtype:
            return tensor_dtype if floating or not isinstance(op, ast.Div) else None
        if isinstance(other, Literal) and (
            floating or (isinstance(other.value, int) and not isinstance(op, (ast.Div, ast.Pow)))
        ):
            return tensor_dtype if not isinstance(other.value, complex) else None
    return None


@expression(ast.UnaryOp)
def unary(run: Run, node: ast.UnaryOp, frame: Frame) -> Value:
    value = run.evaluate(node.operand, frame)
    if isinstance(node.op, ast.Not):
        known = truth(run, value)
        return UNKNOWN if known is None else Literal(not known)
    if isinstance(value, Literal) and isinstance(value.value, (int, float)):
        number = {ast.USub: -value.value, ast.UAdd: +value.value}.get(type(node.op))
        if number is not None:
            return Literal(number, frame.chunk.span(node))
        return Literal(~value.value, frame.chunk.span(node)) if isinstance(value.value, int) else UNKNOWN
    if isinstance(value, Tensor) and isinstance(node.op, (ast.USub, ast.UAdd)):
        redo = Operation(lambda _, again: replace(again, history=None))
        history = History(redo, value, frame.chunk.span(node)) if value.is_symbolic else None
        return Tensor(value.shape, value.dtype, value.library, history, value.doubtful)
    return UNKNOWN


@expression(ast.BoolOp)
def boolean(run: Run, node: ast.BoolOp, frame: Frame) -> Value:
    """`and` stops at the first false value, `or` at the first true one."""
    stops_at = isinstance(node.op, ast.Or)
    candidates: list[Value] = []
    for operand in node.values:
        value = run.evaluate(operand, frame)
        known = truth(run, value)
        if known is None or known is stops_at or operand is node.values[-1]:
            candidates.append(value)
        if known is stops_at:
            break
    return reduce(join, candidates)


@expression(ast.Compare)
def compare(run: Run, node: ast.Compare, frame: Frame) -> Value:
    left = run.evaluate(node.left, frame)
    outcome: bool | None = True
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = run.evaluate(right_node, frame)
        known = _compared(run, op, left, right)
        if known is False:
            return Literal(False)
        outcome = outcome and known
        left = right
    return UNKNOWN if outcome is None else Literal(outcome)


def _compared(run: Run, op: ast.cmpop, a: Value, b: Value) -> bool | None:
    if isinstance(op, (ast.In, ast.NotIn)):
        if isinstance(b, Literal):
            if not isinstance(a, Literal) or not isinstance(a.value, str) or not isinstance(b.value, str):
                return None
            return (a.value in b.value) is isinstance(op, ast.In)
        items = items_of(run, b)
        if not isinstance(a, Literal) or items is None or not all(isinstance(i, Literal) for i in items):
            return None
        found = any(isinstance(i, Literal) and i.value == a.value for i in items)
        return found if isinstance(op, ast.In) else not found
    if isinstance(op, (ast.Is, ast.IsNot)) and isinstance(b, Literal) and b.value is None:
        if isinstance(a, Literal):
            return (a.value is None) is isinstance(op, ast.Is)
        return None if a is UNKNOWN or isinstance(a, Size) else isinstance(op, ast.IsNot)
    if isinstance(a, Literal) and isinstance(b, Literal):
        try:
            return bool(_COMPARISON[type(op)](a.value, b.value))
        except TypeError:
            return None
    if isinstance(op, (ast.Eq, ast.NotEq)):
        first, second = _all_literals(run, a), _all_literals(run, b)
        if first is not None and second is not None:
            return (first == second) is isinstance(op, ast.Eq)
    return None


def _all_literals(run: Run, value: Value) -> list[object] | None:
    items = items_of(run, value) if isinstance(value, (Tuple, ShapeValue, ListRef)) else None
    if items is None or not all(isinstance(i, Literal) for i in items):
        return None
    return [i.value for i in items if isinstance(i, Literal)]


@expression(ast.Subscript)
def subscript(run: Run, node: ast.Subscript, frame: Frame) -> Value:
    value, index = run.evaluate(node.value, frame), run.evaluate(node.slice, frame)
    if isinstance(value, Tensor):
        return _index_tensor(run, value, index, node, frame)
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return (state.get(index) or UNKNOWN) if isinstance(state, DictItems) else UNKNOWN
    if isinstance(value, (Tuple, ListRef, ShapeValue, Range)):
        return _index_sequence(run, value, index)
    if isinstance(value, Literal) and isinstance(value.value, str):
        number = int_of(index)
        if number is not None and -len(value.value) <= number < len(value.value):
            return Literal(value.value[number])
    return UNKNOWN


def _index_sequence(run: Run, value: Value, index: Value) -> Value:
    items = items_of(run, value)
    if items is None:
        return UNKNOWN
    if isinstance(index, Slice):
        bounds = [_bound(b) for b in (index.start, index.stop, index.step)]
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
    number = int_of(index)
    if number is None or not -len(items) <= number < len(items):
        return UNKNOWN
    return items[number]


def _index_tensor(run: Run, tensor: Tensor, index: Value, node: ast.Subscript, frame: Frame) -> Value:
    if tensor.shape is None:
        return Tensor(None, tensor.dtype, tensor.library)
    if isinstance(tensor.content, Tuple) and (held := _index_content(run, tensor, tensor.content, index)) is not None:
        return held
    parts = index.items if isinstance(index, Tuple) else (index,)
    redo = Operation(lambda again, other: _index_tensor(again, other, index, node, frame))
    history = History(redo, tensor, frame.chunk.span(node)) if tensor.is_symbolic else None
    try:
        shape = indexed(tensor.shape, [_as_index(part) for part in parts])
    except NotKnown:
        return Tensor(None, tensor.dtype, tensor.library)
    except Refused as refused:
        if tensor.library is Library.NUMPY and not tensor.doubtful:
            span = frame.chunk.span(node)
            facts = refused.facts
            run.report(Mismatch("index", refused.message, span, None, tensor, span, facts, tuple(run.call_stack)))
        return Tensor(None, tensor.dtype, tensor.library, doubtful=True)
    return Tensor(shape, tensor.dtype, tensor.library, history, tensor.doubtful)


def _index_content(run: Run, tensor: Tensor, content: Tuple, index: Value) -> Value | None:
    """`tf.shape(x)[0]`, `tf.shape(x)[1:]`."""
    found = _index_sequence(run, content, index)
    if isinstance(found, Tuple):
        return Tensor(Shape((len(found.items),)), tensor.dtype, tensor.library, content=found)
    return element_of(found, tensor) if isinstance(found, (Literal, Size)) else None


def _as_index(value: Value) -> Index:
    if isinstance(value, Slice):
        return Picked(_bound(value.start), _bound(value.stop), _bound(value.step))
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
    raise NotKnown("index")


def _bound(value: Value) -> int | str | None:
    """A bound of a slice; `UNNAMED` where it is not known."""
    if isinstance(value, Literal) and (value.value is None or isinstance(value.value, int)):
        return value.value
    return UNNAMED
