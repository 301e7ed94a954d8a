"""Windows that slide over a series: `series[i : i + 24]` is 24 long in every round of `for i in range(len(series) - 24)`.

A loop that is not unrolled knows of its counter from where to where it runs. A slice is proven where it stands in the loop
itself, names the counter in both bounds, and takes from an array of known size, or from the name that the loop counts along.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Run
from shapewright.syntax.scopes import assigned_names
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.values.value import Range, Size, Value, int_of

_Loop = ast.For | ast.AsyncFor | ast.expr
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context)


@dataclass(frozen=True, slots=True)
class Counter(Size):
    """The counter of a loop: no less than `low`, and no more than `high`, or than the length of what has the name `over`
    and `high`."""

    loop: _Loop
    low: int
    high: int
    over: str | None


def counter_of(
    run: Run, loop: _Loop, target: ast.expr, call: ast.expr, source: Value, frame: Frame
) -> Counter | None:
    """What the rounds of a loop over a range are given, where they are not looked at one by one. `loop` is the statement or
    the comprehension."""
    if not isinstance(target, ast.Name) or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    if isinstance(source, Range):
        numbers = range(source.start, source.stop, source.step)
        return Counter(Dim(UNNAMED), loop, min(numbers), max(numbers), None) if numbers else None
    if call.func.id != "range" or call.keywords or not 1 <= len(call.args) <= 3:
        return None
    start = _number(run, call.args[0], frame) if len(call.args) > 1 else 0
    step = _number(run, call.args[2], frame) if len(call.args) == 3 else 1
    over = _length(run, call.args[1 if len(call.args) > 1 else 0], frame)
    if start is None or step is None or step < 1 or over is None or over[0] in _rebound(loop):
        return None
    return Counter(Dim(UNNAMED), loop, start, over[1] - 1, over[0])


def window(run: Run, node: ast.Subscript, part: ast.expr, dim: Dim, frame: Frame) -> int | None:
    """How long a slice of an axis is, where a counter says that all of it is there."""
    if not isinstance(part, ast.Slice) or part.lower is None or part.upper is None or part.step is not None:
        return None
    lower, upper = _shifted(run, part.lower, frame), _shifted(run, part.upper, frame)
    if lower is None or upper is None or lower[0] != upper[0] or upper[1] < lower[1]:
        return None
    counter = frame.lookup(run.store, lower[0])
    if not isinstance(counter, Counter) or counter.low + lower[1] < 0 or node not in _inside(counter.loop):
        return None
    last = counter.high + upper[1]
    if counter.over is None:
        fits = isinstance(dim.size, int) and last <= dim.size
    else:
        first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
        fits = part is first and isinstance(node.value, ast.Name) and node.value.id == counter.over and last <= 0
    return upper[1] - lower[1] if fits else None


def _shifted(run: Run, node: ast.expr, frame: Frame) -> tuple[str, int] | None:
    """`i`, `i + 24` and `i - 1` as a name and a number."""
    if isinstance(node, ast.Name):
        return node.id, 0
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Add, ast.Sub)):
        return None
    left = _shifted(run, node.left, frame)
    more = _number(run, node.right, frame)
    if left is None or more is None:
        return None
    return left[0], left[1] + (more if isinstance(node.op, ast.Add) else -more)


def _length(run: Run, node: ast.expr, frame: Frame) -> tuple[str, int] | None:
    """`len(series) - 24 + 1` and `series.shape[0] - 24` as the name and a number."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        left, more = _length(run, node.left, frame), _number(run, node.right, frame)
        if left is None or more is None:
            return None
        return left[0], left[1] + (more if isinstance(node.op, ast.Add) else -more)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        return (node.args[0].id, 0) if isinstance(node.args[0], ast.Name) else None
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        of, index = node.value.value, node.slice
        first = isinstance(index, ast.Constant) and index.value == 0
        return (of.id, 0) if first and isinstance(of, ast.Name) else None
    return None


def _number(run: Run, node: ast.expr, frame: Frame) -> int | None:
    """A known number, of an expression that can be evaluated once more."""
    return int_of(run.evaluate(node, frame)) if all(isinstance(n, _PLAIN) for n in ast.walk(node)) else None


@lru_cache(maxsize=64)
def _inside(loop: _Loop) -> frozenset[ast.AST]:
    """What stands in a loop."""
    return frozenset(ast.walk(loop))


@lru_cache(maxsize=64)
def _rebound(loop: _Loop) -> frozenset[str]:
    """The names that a loop gives another value."""
    return assigned_names(loop.body) if isinstance(loop, (ast.For, ast.AsyncFor)) else frozenset()
