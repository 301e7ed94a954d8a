"""Open documents: their text as the editor has it, and positions between the editor's encoding and ours.

A `Text` is what an editor opens and changes: a file, or one cell of a notebook. A `Document` is what is analysed as one
program: a file alone, or all Python cells of a notebook. A `View` is one text of a document: requests are about that.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
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


class Text:
    """A text of the editor's, with positions in the encoding that the editor speaks."""

    def __init__(self, uri: str, text: str, version: int | None, encoding: Encoding) -> None:
        self.uri = uri
        self.text = text
        self.version = version
        self.encoding = encoding
        self._lines: list[str] | None = None

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Applies changes in their order, each to the text that the one before left."""
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                self._replace(change.range, change.text)
            else:
                self.text = change.text
            self._lines = None
        self.version = version

    def _replace(self, where: types.Range, new_text: str) -> None:
        lines, starts = split_lines(self.text), line_starts(self.text)
        begin, end = (self._offset(lines, starts, position) for position in (where.start, where.end))
        self.text = self.text[:begin] + new_text + self.text[max(begin, end) :]

    def _offset(self, lines: list[str], starts: list[int], position: types.Position) -> int:
        if position.line >= len(lines):
            return len(self.text)
        return starts[position.line] + to_code_points(lines[position.line], position.character, self.encoding)

    @property
    def lines(self) -> list[str]:
        """The lines of the text as it is."""
        if self._lines is None:
            self._lines = split_lines(self.text)
        return self._lines

    def point(self, position: types.Position) -> tuple[int, int]:
        """A position as line and column in code points."""
        if position.line >= len(self.lines):
            return position.line, 0
        return position.line, to_code_points(self.lines[position.line], position.character, self.encoding)

    def position(self, line: int, column: int) -> types.Position:
        """A line and a column in code points as a position."""
        text = self.lines[line] if line < len(self.lines) else ""
        return types.Position(line, from_code_points(text, column, self.encoding))

    def range(self, place: Place) -> types.Range:
        """A place as a range."""
        return types.Range(self.position(place.line, place.column), self.position(place.end_line, place.end_column))


class Document(ABC):
    """One program. `serial` counts its changes; `analysis` is that of `analysed`, the serial it was made for.

    Where it is in its texts is only to be asked while the analysis is that of the present serial.
    """

    def __init__(self, uri: str, version: int | None, modules: Modules | None = None) -> None:
        self.uri = uri
        self.version = version
        self.serial = 0
        self.closed = False
        self.path = file_path(uri)
        self.buffer = Buffer(self.path, modules)
        self.analysis: Analysis | None = None
        self.analysed = -1
        self.explained = -1  # the serial whose findings are known
        self.changed_elsewhere = False  # whether texts show something else now though nobody typed in them
        self.waiting: list[tuple[asyncio.Future[Any], bool]] = []  # who waits, and whether for findings too

    @property
    @abstractmethod
    def text(self) -> str:
        """What is analysed."""

    @property
    @abstractmethod
    def texts(self) -> list[Text]:
        """The editor's texts that make the program, in their order."""

    @abstractmethod
    def first_line(self, text: Text) -> int:
        """The line of the program at which one of its texts begins."""

    @abstractmethod
    def locate(self, place: Place) -> tuple[Text, Place]:
        """The text that a place of the program is in, and the place within that."""

    def location(self, place: Place) -> types.Location:
        """A place of the program for the editor, or of another file of the project."""
        text, within = self.locate(place) if place.file is None else (self.other(place.file), place)
        return types.Location(text.uri, text.range(within))

    def other(self, file: str) -> Text:
        """Another file of the project, as it was when the program was analysed."""
        texts = {} if self.analysis is None else self.analysis.facts.source.others
        return Text(Path(file).as_uri(), texts[file].text if file in texts else "", None, self.texts[0].encoding)


class File(Document):
    """A program that is one text."""

    def __init__(self, text: Text, modules: Modules | None = None) -> None:
        super().__init__(text.uri, text.version, modules)
        self._text = text

    @property
    def text(self) -> str:
        return self._text.text

    @property
    def texts(self) -> list[Text]:
        return [self._text]

    def first_line(self, text: Text) -> int:
        return 0

    def locate(self, place: Place) -> tuple[Text, Place]:
        return self._text, place

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Applies the editor's changes."""
        self._text.change(changes, version)
        self.version = version
        self.serial += 1


@dataclass(frozen=True)
class View:
    """One text of a document."""

    document: Document
    text: Text

    @property
    def first_line(self) -> int:
        """The line of the program at which the text begins."""
        return self.document.first_line(self.text)

    def point(self, position: types.Position) -> tuple[int, int]:
        """A position in the text as line and column of the program."""
        line, column = self.text.point(position)
        return self.first_line + min(line, len(self.text.lines)), column

    def lines(self, where: types.Range) -> tuple[int, int]:
        """The first and last line of the program in a range of the text."""
        last = len(self.text.lines) - 1
        return self.first_line + min(where.start.line, last), self.first_line + min(where.end.line, last)

    def holds(self, place: Place) -> bool:
        """Whether a place of the program is in this text."""
        return self.document.locate(place)[0] is self.text

    def position(self, line: int, column: int) -> types.Position:
        """A line and column of the program as a position in the text."""
        return self.text.position(line - self.first_line, column)

    def range(self, place: Place) -> types.Range:
        """A place of the program, which is in this text, as a range."""
        return types.Range(
            self.position(place.line, place.column), self.position(place.end_line, place.end_column)
        )
