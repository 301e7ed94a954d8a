"""A chunk: one top-level statement of a buffer, with its own text and its own tree.

Chunks are what survives an edit. A chunk whose text the edit did not touch stays the same object, with the same tree,
wherever it moves to; so everything learnt about it stays true, and positions in it count from its own first line.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass


class Chunk:
    """The text of one top-level statement and its tree. Compared by identity.

    `broken` is the message of the syntax error when the text does not parse as it stands. The tree is then that of
    `parsed`, the lines with what is broken put back to how it last parsed, or blanked out; `stale` are the lines (from
    0) where the two differ, and nothing is said about those. `reach` counts the lines from the first one that decided
    where the chunk ends: it stands until one of them is edited.
    """

    __slots__ = ("__weakref__", "ascii", "broken", "lines", "parsed", "reach", "stale", "tree")

    def __init__(
        self, lines: list[str], tree: ast.Module, reach: int, broken: str | None = None, parsed: list[str] | None = None
    ) -> None:
        self.lines = lines
        self.tree = tree
        self.reach = reach
        self.broken = broken
        self.parsed = parsed or lines
        self.stale = frozenset(n for n, (a, b) in enumerate(zip(lines, self.parsed, strict=True)) if a != b)
        self.ascii = all(line.isascii() for line in self.parsed)

    def span(self, node: ast.AST) -> Span:
        """The span of a node of this chunk's tree."""
        return self.span_between(node, node)

    def span_between(self, first: ast.AST, last: ast.AST) -> Span:
        """The span from the start of one node to the end of another."""
        line, end_line = first.lineno - 1, last.end_lineno - 1  # type: ignore[attr-defined]
        column, end_column = first.col_offset, last.end_col_offset  # type: ignore[attr-defined]
        return Span(self, line, self.column(line, column), end_line, self.column(end_line, end_column))

    def column(self, line: int, utf8_offset: int) -> int:
        """The column in code points for a column in UTF-8 bytes, as `ast` counts."""
        if self.ascii or line >= len(self.parsed):
            return utf8_offset
        return len(self.parsed[line].encode()[:utf8_offset].decode(errors="replace"))

    def text(self, span: Span) -> str:
        """The source text that a span covers."""
        lines = self.parsed
        if span.line == span.end_line:
            return lines[span.line][span.column : span.end_column]
        inner = lines[span.line + 1 : span.end_line]
        return "\n".join([lines[span.line][span.column :], *inner, lines[span.end_line][: span.end_column]])


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of source: lines from 0 counted from the chunk's first line, columns from 0 in code points, end exclusive."""

    chunk: Chunk
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def source(self) -> str:
        return self.chunk.text(self)

    def holds(self, line: int, column: int) -> bool:
        """Whether a position is in the span; a cursor right behind the last character counts."""
        return (self.line, self.column) <= (line, column) <= (self.end_line, self.end_column)
