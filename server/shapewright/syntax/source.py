"""A version of a buffer as chunks, made from the version before it where there is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from types import MappingProxyType

from shapewright.syntax.chunk import Chunk, Span
from shapewright.syntax.parse import parse_broken, parse_whole
from shapewright.syntax.split import decided_at, end_of_statement, next_start, starts_statement
from shapewright.syntax.text import split_lines


@dataclass(frozen=True)
class Place:
    """A span in a whole buffer: lines and columns from 0, columns in code points, end exclusive. `file` is the path of another
    file of the program that it is in, `None` for the text itself."""

    line: int
    column: int
    end_line: int
    end_column: int
    file: str | None = None

    @property
    def start(self) -> Place:
        """The point where it begins, for inserting."""
        return replace(self, end_line=self.line, end_column=self.column)

    @property
    def end(self) -> Place:
        """The point where it ends, for inserting."""
        return replace(self, line=self.end_line, column=self.end_column)

    def before(self, other: Place) -> Place:
        """From where it begins to where another place of the same text begins."""
        return replace(self, end_line=other.line, end_column=other.column)


class Source:
    """One version of a text: its lines, its chunks and the line each chunk starts at. `others` are the texts of the program's
    other files, by their path, where they are known."""

    others: Mapping[str, Source] = MappingProxyType({})

    def __init__(self, text: str, previous: Source | None = None) -> None:
        self.text = text
        self.lines = split_lines(text)
        self.chunks: list[Chunk] = []
        self.first_lines: list[int] = []
        self._build(previous)
        self._line_of = dict(zip(self.chunks, self.first_lines, strict=True))

    def _build(self, previous: Source | None) -> None:
        lines = self.lines
        edit = _Edit(previous, lines) if previous else None
        line = self._keep_prefix(edit) if edit else 0
        suffix = edit.untouched_starts() if edit else {}
        line = next_start(lines, line)
        while line < len(lines):
            if edit is not None and line in suffix:
                self._keep_suffix(edit.previous, suffix[line], line)
                return
            chunk, end = _chunk_at(lines, line, edit)
            self.chunks.append(chunk)
            self.first_lines.append(line)
            line = next_start(lines, end)

    def _keep_prefix(self, edit: _Edit) -> int:
        """Keeps the chunks above the edit that it had no part in; returns the line to go on from."""
        previous = edit.previous
        keep = 0
        while keep < len(previous.chunks) and previous.first_lines[keep] + previous.chunks[keep].reach <= edit.same:
            keep += 1
        edit.kept = keep
        self.chunks += previous.chunks[:keep]
        self.first_lines += previous.first_lines[:keep]
        return self.first_lines[-1] + len(self.chunks[-1].lines) if keep else 0

    def _keep_suffix(self, previous: Source, number: int, line: int) -> None:
        shift = line - previous.first_lines[number]
        self.chunks += previous.chunks[number:]
        self.first_lines += [start + shift for start in previous.first_lines[number:]]

    def place(self, span: Span) -> Place | None:
        """Where a span is in this version; `None` when its chunk is not part of it, or its lines are being typed."""
        first = self._line_of.get(span.chunk)
        if first is None:
            return None
        stale = span.chunk.stale
        if stale and not stale.isdisjoint(range(span.line, span.end_line + 1)):
            return None
        return Place(first + span.line, span.column, first + span.end_line, span.end_column)

    def with_others(self, others: Mapping[str, Source]) -> Source:
        """The same version of the text, which knows the other files of the program."""
        same = copy(self)
        same.others = others
        return same

    def place_anywhere(self, span: Span) -> Place | None:
        """Where a span is, in this text or in another file of the program."""
        place = self.place(span)
        if place is not None:
            return place
        found = ((path, other.place(span)) for path, other in self.others.items())
        return next((replace(place, file=path) for path, place in found if place is not None), None)

    def text_with(self, chunk: Chunk) -> Source:
        """The text that a chunk is of: this one, or another file of the program."""
        return self if self.holds(chunk) else next((o for o in self.others.values() if o.holds(chunk)), self)

    def holds(self, chunk: Chunk) -> bool:
        return chunk in self._line_of

    def parsed_text(self) -> str:
        """The text that the chunks' trees are of: lines that do not parse as they stand are as they last did."""
        lines = list(self.lines)
        for chunk, first in zip(self.chunks, self.first_lines, strict=True):
            lines[first : first + len(chunk.lines)] = chunk.parsed
        return "\n".join(lines)

    def parsed_line(self, line: int) -> str:
        """One line of `parsed_text`."""
        found = self.chunk_at(line)
        return self.lines[line] if found is None else found[0].parsed[found[1]]

    def chunk_at(self, line: int) -> tuple[Chunk, int] | None:
        """The chunk that covers a line of the buffer, and that line's number within it."""
        number = bisect_right(self.first_lines, line) - 1
        if number < 0 or line - self.first_lines[number] >= len(self.chunks[number].lines):
            return None
        return self.chunks[number], line - self.first_lines[number]


class _Edit:
    """What changed from one version to the next: all lines but some in the middle are the same."""

    def __init__(self, previous: Source, lines: list[str]) -> None:
        old = previous.lines
        self.previous = previous
        self.same = _common_prefix(old, lines)
        tail = _common_suffix(old, lines, min(len(old), len(lines)) - self.same)
        self.old_end, self.new_end = len(old) - tail, len(lines) - tail
        self.shift = len(lines) - len(old)
        self.kept = 0  # how many chunks above the edit are as they were
        self._moved: dict[tuple[str, ...], list[Chunk]] | None = None

    def untouched_starts(self) -> dict[int, int]:
        """For lines below the edit at which a chunk of the previous version started, the number of that chunk."""
        starts = self.previous.first_lines
        first = bisect_right(starts, self.old_end - 1)
        return {start + self.shift: number for number, start in enumerate(starts) if number >= first}

    def moved(self, lines: list[str], reach: int) -> Chunk | None:
        """A chunk of the changed lines that has this very text: it was moved there, as cells of a notebook are."""
        if self._moved is None:
            self._moved = {}
            below = bisect_right(self.previous.first_lines, self.old_end - 1)
            for chunk in self.previous.chunks[self.kept : below]:
                if chunk.broken is None:
                    self._moved.setdefault(tuple(chunk.lines), []).append(chunk)
        same = self._moved.get(tuple(lines), [])
        found = next((chunk for chunk in same if chunk.reach == reach), None)
        if found is not None:
            same.remove(found)
        return found

    def last_good(self, line: int) -> str | None:
        """How a line was when it last parsed; `None` where no line of the previous version stands for it."""
        if self.same <= line < self.new_end:
            return self.previous.parsed_line(line) if self.shift == 0 else None
        return self.previous.parsed_line(line if line < self.same else line - self.shift)


def _chunk_at(lines: list[str], start: int, edit: _Edit | None) -> tuple[Chunk, int]:
    """The chunk that starts at a line, and the line after it.

    An open bracket or string swallows all that follows it. When what was swallowed does not parse, the chunk ends at
    the next line that looks like a statement, so that one half-typed line costs that line alone.
    """
    end = end_of_statement(lines, start)
    reach = decided_at(lines, end) - start
    known = edit.moved(lines[start:end], reach) if edit is not None else None
    chunk = known or parse_whole(lines[start:end], reach)
    if chunk is None:
        follower = next((n for n in range(start + 1, end) if _stands_alone(lines, n)), None)
        if follower is not None:
            end = follower
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
        good = {n - start: text for n in range(start, end) if edit and (text := edit.last_good(n)) is not None}
        chunk = parse_broken(lines[start:end], reach, good)
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
