"""Where the boxes of a graph stand: rows from the inputs down, and in each row an order with few crossings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 6


@dataclass(frozen=True)
class Layout:
    """The column and row of each node, and the points that each edge goes through, its ends among them."""

    columns: int
    rows: int
    places: list[tuple[float, int]]
    ways: list[list[tuple[float, int]]]


def layout(count: int, edges: Sequence[tuple[int, int]]) -> Layout:
    """Places `count` nodes, numbered so that every edge leads to a higher number.

    An edge over several rows gets a place of its own in each row that it passes, so that it goes past the boxes there.
    """
    rows = [0] * count
    for a, b in sorted(edges, key=lambda edge: edge[1]):
        rows[b] = max(rows[b], rows[a] + 1)
    chains: list[list[int]] = []
    all_rows = list(rows)
    for a, b in edges:
        between = range(rows[a] + 1, rows[b])
        first = len(all_rows)
        all_rows += between
        chains.append([a, *range(first, first + len(between)), b])
    above: defaultdict[int, list[int]] = defaultdict(list)
    below: defaultdict[int, list[int]] = defaultdict(list)
    for chain in chains:
        for a, b in pairwise(chain):
            below[a].append(b)
            above[b].append(a)
    members: list[list[int]] = [[] for _ in range(max(all_rows, default=0) + 1)]
    for node, number in enumerate(all_rows):
        members[number].append(node)
    columns = max(len(row) for row in members)
    at = _spread(members, columns)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        near = above if down else below
        for row in members if down else members[::-1]:
            row.sort(key=lambda node: _mean([at[n] for n in near[node]], at[node]))
            at |= _spread([row], columns)
    places = [(at[node], number) for node, number in enumerate(all_rows)]
    return Layout(columns, len(members), places[:count], [[places[node] for node in chain] for chain in chains])


def _spread(members: list[list[int]], columns: int) -> dict[int, float]:
    """Each row in the middle."""
    return {node: n + (columns - len(row)) / 2 for row in members for n, node in enumerate(row)}


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
