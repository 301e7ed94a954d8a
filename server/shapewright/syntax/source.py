"""A version of a buffer as chunks, made from the version before it where there is one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from shapewright.syntax.chunk import Chunk, Span
from shapewright.syntax.parse import parse_chunk, parse_whole
from shapewright.syntax.split import end_of_statement, next_start, starts_statement
from shapewright.syntax.text import split_lines


@dataclass(frozen=True)
class Place:
    """A span in a whole buffer: lines and columns from 0, columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """One version of a text: its lines, its chunks and the line each chunk starts at."""

    def __init__(self, text: str, previous: Source | None = None) -> None:
        self.text = text
        self.lines = split_lines(text)
        self.chunks: list[Chunk] = []
        self.first_lines: list[int] = []
        self._build(previous)
        self._line_of = dict(zip(self.chunks, self.first_lines, strict=True))

    def _build(self, previous: Source | None) -> None:
        lines = self.lines
        kept, suffix = self._keep_prefix(previous) if previous else (0, {})
        line = next_start(lines, kept)
        while line < len(lines):
            if line in suffix and previous is not None:
                self._keep_suffix(previous, suffix[line], line)
                return
            chunk, end = _chunk_at(lines, line)
            self.chunks.append(chunk)
            self.first_lines.append(line)
            line = next_start(lines, end)

    def _keep_prefix(self, previous: Source) -> tuple[int, dict[int, int]]:
        """Keeps the chunks above the edit. Returns the line to go on from, and for the lines below the edit at which
        a chunk of the previous version started, the number of that chunk."""
        old, new = previous.lines, self.lines
        same = _common_prefix(old, new)
        tail = _common_suffix(old, new, min(len(old), len(new)) - same)
        keep = 0
        while keep < len(previous.chunks) and previous.first_lines[keep] + previous.chunks[keep].reach <= same:
            keep += 1
        self.chunks += previous.chunks[:keep]
        self.first_lines += previous.first_lines[:keep]
        shift = len(new) - len(old)
        first_kept = bisect_right(previous.first_lines, len(old) - tail - 1)
        suffix = {start + shift: n for n, start in enumerate(previous.first_lines) if n >= first_kept}
        resume = self.first_lines[-1] + len(self.chunks[-1].lines) if keep else 0
        return resume, suffix

    def _keep_suffix(self, previous: Source, number: int, line: int) -> None:
        shift = line - previous.first_lines[number]
        self.chunks += previous.chunks[number:]
        self.first_lines += [start + shift for start in previous.first_lines[number:]]

    def place(self, span: Span) -> Place | None:
        """Where a span is in this version; `None` when its chunk is not part of it."""
        first = self._line_of.get(span.chunk)
        if first is None:
            return None
        return Place(first + span.line, span.column, first + span.end_line, span.end_column)

    def holds(self, chunk: Chunk) -> bool:
        return chunk in self._line_of

    def chunk_at(self, line: int) -> tuple[Chunk, int] | None:
        """The chunk that covers a line of the buffer, and that line's number within it."""
        number = bisect_right(self.first_lines, line) - 1
        if number < 0 or line - self.first_lines[number] >= len(self.chunks[number].lines):
            return None
        return self.chunks[number], line - self.first_lines[number]


def _chunk_at(lines: list[str], start: int) -> tuple[Chunk, int]:
    """The chunk that starts at a line, and the line after it.

    An open bracket or string swallows all that follows it. When what was swallowed does not parse, the chunk ends at
    the next line that looks like a statement, so that one half-typed line costs that line alone.
    """
    end = end_of_statement(lines, start)
    reach = next_start(lines, end) + 1 - start
    chunk = parse_whole(lines[start:end], reach)
    if chunk is None:
        follower = next((n for n in range(start + 1, end) if _stands_alone(lines, n)), None)
        if follower is not None:
            end = follower
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
        chunk = parse_chunk(lines[start:end], reach)
    return chunk, end


def _stands_alone(lines: list[str], number: int) -> bool:
    return starts_statement(lines[number]) and not lines[number - 1].startswith("@")


def _common_prefix(old: list[str], new: list[str]) -> int:
    count = 0
    for a, b in zip(old, new, strict=False):
        if a != b:
            break
        count += 1
    return count


def _common_suffix(old: list[str], new: list[str], limit: int) -> int:
    count = 0
    for a, b in zip(reversed(old), reversed(new), strict=False):
        if count >= limit or a != b:
            break
        count += 1
    return count
