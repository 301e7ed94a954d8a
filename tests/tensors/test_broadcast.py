"""Broadcasting is NumPy's, and what is not known stays so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.shape import Shape

SHAPES = st.lists(st.integers(0, 3), max_size=5).map(tuple)
OPEN = st.lists(st.one_of(st.integers(1, 3), st.none()), max_size=4).map(tuple)


@given(SHAPES, SHAPES)
def test_it_is_numpys(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        with pytest.raises(BroadcastError):
            broadcast(Shape(a), Shape(b))
    else:
        assert broadcast(Shape(a), Shape(b)).sizes == expected


@given(OPEN, OPEN, st.integers(1, 3), st.integers(1, 3))
def test_open_sizes_allow_what_any_size_allows(
    a: tuple[int | None, ...], b: tuple[int | None, ...], for_a: int, for_b: int
) -> None:
    """Whatever sizes stand for `None`: what is refused fails, and a result that exists has the sizes that are claimed."""
    closed_a = tuple(for_a if size is None else size for size in a)
    closed_b = tuple(for_b if size is None else size for size in b)
    try:
        expected = np.broadcast_shapes(closed_a, closed_b)
    except ValueError:
        return
    claimed = broadcast(Shape(a), Shape(b)).sizes
    assert len(claimed) == len(expected)
    assert all(size is None or size == real for size, real in zip(claimed, expected, strict=True))


@given(SHAPES, SHAPES)
def test_the_order_does_not_matter(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    def outcome(x: tuple[int, ...], y: tuple[int, ...]) -> object:
        try:
            return broadcast(Shape(x), Shape(y)).sizes
        except BroadcastError as error:
            return error.axis

    assert outcome(a, b) == outcome(b, a)
