"""Lists that get longer by the same number of items in each round of a loop."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from shapewright.interpreter.joins import grown
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import Location
from shapewright.values.callable import Generated
from shapewright.values.tensor import Tensor
from shapewright.values.value import ListRef, Literal, Scalar, Size, Tuple, Value

MAX_LENGTH = 10_000
"""Longer lists are of unknown length."""


def grow_lists(
    run: Run, before: Mapping[Location, Value], after: Mapping[Location, Value], rounds: int | None
) -> None:
    """Gives lists the length that they have after so many rounds like the last, where that is known."""
    for location, state in after.items():
        if not isinstance(location[0], ListRef) or not isinstance(state, Generated) or state.added == 0:
            continue
        first, added = before.get(location), state.added
        total = None if added is None or rounds is None else added * rounds
        if isinstance(first, Generated):
            known = total is not None and first.added is not None
            run.store.write(*location, grown(state, (first.added or 0) + (total or 0) if known else None))
        elif isinstance(first, Tuple) and total is not None and _is_long(first, total, state):
            run.store.write(*location, Tuple(state.items * (len(first.items) + total)))
        else:
            run.store.write(*location, grown(state, None))


def _is_long(first: Tuple, total: int, state: Generated) -> bool:
    """Whether a list of so many items can be written down: all are of one kind, which nobody can change."""
    return len(state.items) == 1 and len(first.items) + total <= MAX_LENGTH and _is_fixed(state.items[0])


def _is_fixed(kind: Value) -> bool:
    if isinstance(kind, Tuple):
        return all(map(_is_fixed, kind.items))
    if isinstance(kind, Tensor):
        return kind.content is None or not isinstance(kind.content, ListRef)
    return isinstance(kind, (Literal, Scalar, Size))


@lru_cache(maxsize=4096)
def may_jump(node: ast.stmt) -> bool:
    """Whether rounds of a loop may end early, so that they differ."""
    return any(isinstance(n, (ast.Break, ast.Continue, ast.Return, ast.Try, ast.Yield)) for n in ast.walk(node))
