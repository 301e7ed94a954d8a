"""Comparisons, `and` and `or`."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Any

from shapewright.interpreter.branches import truth
from shapewright.interpreter.contents import contents_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.joins import join
from shapewright.interpreter.operators import (
    any_doubtful,
    broadcast_operands,
    library_of,
    operand_shape,
    refuses_dtypes,
)
from shapewright.interpreter.run import COMBINED, Run, expression
from shapewright.interpreter.scalars import dtype_of_scalar
from shapewright.values.tensor import History, Library, Operation, ShapeValue, Tensor
from shapewright.values.value import (
    SOME_BOOL,
    UNKNOWN,
    ListRef,
    Literal,
    Size,
    Tuple,
    Unknown,
    Value,
)

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
_ELEMENTWISE_COMPARISON = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


@expression(ast.BoolOp)
def boolean(run: Run, node: ast.BoolOp, frame: Frame) -> Value:
    """`and` stops at the first false value, `or` at the first true one."""
    stops_at = isinstance(node.op, ast.Or)
    candidates: list[Value] = []
    for part in node.values:
        value = run.evaluate(part, frame)
        known = truth(run, value)
        if known is None or known is stops_at or part is node.values[-1]:
            candidates.append(value)
        if known is stops_at:
            break
    return reduce(join, candidates)


@expression(ast.Compare)
def compare(run: Run, node: ast.Compare, frame: Frame) -> Value:
    first = left = run.evaluate(node.left, frame)
    outcome: bool | None = True
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = run.evaluate(right_node, frame)
        if isinstance(op, _ELEMENTWISE_COMPARISON) and (type(left) in COMBINED or type(right) in COMBINED):
            return COMBINED[type(left) if type(left) in COMBINED else type(right)](run, op, left, right)
        if isinstance(op, _ELEMENTWISE_COMPARISON) and (isinstance(left, Tensor) or isinstance(right, Tensor)):
            return _compared_elements(run, op, left, right, node, frame) if len(node.ops) == 1 else UNKNOWN
        known = _compared(run, op, left, right)
        if known is False:
            return Literal(False)
        outcome = outcome and known
        left = right
    if outcome is None and not isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn)):
        return SOME_BOOL if dtype_of_scalar(first) and dtype_of_scalar(left) else UNKNOWN
    return SOME_BOOL if outcome is None else Literal(outcome)


def _compared_elements(run: Run, op: ast.cmpop, a: Value, b: Value, node: ast.Compare, frame: Frame) -> Value:
    """`image > 0.5`: a bool for each element."""
    library = library_of(a, b)
    shapes = [operand_shape(run, value) for value in (a, b)]
    if isinstance(op, ast.Eq) and library is Library.KERAS:
        return UNKNOWN  # whether it is the same object
    if shapes[0] is None or shapes[1] is None:
        return UNKNOWN
    history = None
    if library is Library.KERAS:
        name = f"operator.{_COMPARISON[type(op)].__name__}"
        redo = Operation(
            lambda again, pair: _compared_elements(again, op, pair.items[0], pair.items[1], node, frame), name
        )
        history = History(redo, Tuple((a, b)), frame.chunk.span(node))
        run.store.note_node(history)
    made = Tensor(None, "bool", library, history, any_doubtful(a, b))
    ordered = not isinstance(op, (ast.Eq, ast.NotEq))
    complex_ = any(isinstance(x, Tensor) and (x.dtype or "").startswith("complex") for x in (a, b))
    if library is Library.TENSORFLOW and ordered and (complex_ or refuses_dtypes(a, b, arithmetic=True)):
        return replace(made, doubtful=True)
    shape = broadcast_operands(run, shapes[0], shapes[1], made, node, frame)
    if shape is None:
        return replace(made, doubtful=True)
    first, second = (contents_of(run, value) if isinstance(value, Tensor) else value for value in (a, b))
    known = None
    if isinstance(first, Literal) and isinstance(second, Literal):
        known = _compared(run, op, first, second)
    return replace(made, shape=shape, content=None if known is None else Literal(known))


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
        unsure = isinstance(a, Unknown) or (isinstance(a, Size) and a.dim.size is None)
        return None if unsure else isinstance(op, ast.IsNot)
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
