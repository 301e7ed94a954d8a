"""Open documents: their text as the editor has it, and positions between the editor's encoding and ours."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls import uris

from shapewright.syntax.source import Place
from shapewright.syntax.text import Encoding, from_code_points, line_starts, split_lines, to_code_points
from shapewright.workspace.analysis import Analysis, Buffer
from shapewright.workspace.modules import Modules


def file_path(uri: str) -> Path | None:
    """The file that a URI names; `None` for texts that are no file."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return None if path is None else Path(path)


class Document:
    """One open text. `serial` counts its changes; `analysis` is that of `analysed`, the serial it was made for."""

    def __init__(
        self, uri: str, text: str, version: int | None, encoding: Encoding, modules: Modules | None = None
    ) -> None:
        self.uri = uri
        self.text = text
        self.version = version
        self.encoding = encoding
        self.serial = 0
        self.closed = False
        self.path = file_path(uri)
        self.buffer = Buffer(self.path, modules)
        self.analysis: Analysis | None = None
        self.analysed = -1
        self.explained = -1  # the serial whose findings are known
        self.waiting: list[tuple[asyncio.Future[Any], bool]] = []  # who waits, and whether for findings too

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Applies changes in their order, each to the text that the one before left."""
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                self._replace(change.range, change.text)
            else:
                self.text = change.text
        self.version = version
        self.serial += 1

    def _replace(self, where: types.Range, new_text: str) -> None:
        lines, starts = split_lines(self.text), line_starts(self.text)
        begin, end = (self._offset(lines, starts, position) for position in (where.start, where.end))
        self.text = self.text[:begin] + new_text + self.text[max(begin, end) :]

    def _offset(self, lines: list[str], starts: list[int], position: types.Position) -> int:
        if position.line >= len(lines):
            return len(self.text)
        return starts[position.line] + to_code_points(lines[position.line], position.character, self.encoding)

    def point(self, position: types.Position) -> tuple[int, int]:
        """A position as line and column in code points."""
        lines = self.lines
        if position.line >= len(lines):
            return position.line, 0
        return position.line, to_code_points(lines[position.line], position.character, self.encoding)

    @property
    def lines(self) -> list[str]:
        """The lines of the text that was last analysed, or of the text as it is."""
        if self.analysis is not None and self.analysed == self.serial:
            return self.analysis.facts.source.lines
        return split_lines(self.text)

    def position(self, line: int, column: int) -> types.Position:
        """A line and a column in code points as a position."""
        lines = self.lines
        text = lines[line] if line < len(lines) else ""
        return types.Position(line, from_code_points(text, column, self.encoding))

    def range(self, place: Place) -> types.Range:
        """A place as a range."""
        return types.Range(self.position(place.line, place.column), self.position(place.end_line, place.end_column))
