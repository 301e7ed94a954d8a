"""A chunk: one top-level statement of a buffer, with its own text and its own tree.

Chunks are what survives an edit. A chunk whose text the edit did not touch stays the same object, with the same tree,
wherever it moves to; so everything learnt about it stays true, and positions in it count from its own first line.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass


class Chunk:
    """The text of one top-level statement and its tree. Compared by identity.

    `broken` is the message of the syntax error when the text does not parse as it stands; the tree is then what could
    be saved of it. `reach` counts the lines from its first one that decided where it ends: it stands until one of them
    is edited.
    """

    __slots__ = ("__weakref__", "ascii", "broken", "lines", "reach", "tree")

    def __init__(self, lines: list[str], tree: ast.Module, broken: str | None, reach: int) -> None:
        self.lines = lines
        self.tree = tree
        self.broken = broken
        self.reach = reach
        self.ascii = all(line.isascii() for line in lines)

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
        if self.ascii or line >= len(self.lines):
            return utf8_offset
        return len(self.lines[line].encode()[:utf8_offset].decode(errors="replace"))

    def text(self, span: Span) -> str:
        """The source text that a span covers."""
        if span.line == span.end_line:
            return self.lines[span.line][span.column : span.end_column]
        inner = self.lines[span.line + 1 : span.end_line]
        return "\n".join([self.lines[span.line][span.column :], *inner, self.lines[span.end_line][: span.end_column]])


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
