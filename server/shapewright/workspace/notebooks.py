"""Notebook files: their Python cells, and writing changed cells back while all else stays as it is, byte for byte.

The JSON is walked, not only loaded, so that it is known where in the file each cell's source stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from shapewright.syntax.text import line_starts
from shapewright.workspace.files import PassedOver, Unreadable

SUFFIX = ".ipynb"
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


class NotPython(PassedOver):
    """A notebook for another language: there is nothing in it for us, and nothing wrong with it."""


@dataclass(frozen=True)
class Cell:
    """A Python cell: its number in the notebook (from 1, all cells counted), its text, and where in the file its
    `source` begins and ends."""

    number: int
    text: str
    begin: int
    end: int


class NotebookFile:
    """The text of a notebook file and its Python cells. Raises `Unreadable` for what is no notebook of ours."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.cells = _python_cells(name, text)

    def offset(self, cell: Cell, offset: int) -> int:
        """Where in the file a character of a cell's text is written."""
        at = cell.begin
        for begin, end in _strings(self.text, cell):
            length = len(_DECODER.raw_decode(self.text, begin)[0])
            if offset < length:
                return _written_at(self.text, begin + 1, offset)
            offset, at = offset - length, end - 1
        return at

    def with_cells(self, changed: Mapping[int, str]) -> str:
        """The text of the file with the texts of some cells (by their place in `cells`) changed."""
        text = self.text
        for place in sorted(changed, reverse=True):
            cell = self.cells[place]
            source = _rewritten(text[cell.begin : cell.end], changed[place], ascii_only=text.isascii())
            text = text[: cell.begin] + source + text[cell.end :]
        return text


def read_notebook(path: Path) -> NotebookFile:
    """The notebook of a file. Raises `Unreadable`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise Unreadable(f"{path}: is a folder, not a file") from None
    except PermissionError:
        raise Unreadable(f"{path}: may not be read (permission denied)") from None
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error})") from None
    try:
        return NotebookFile(str(path), raw.decode("utf-8"))
    except UnicodeError as error:
        raise Unreadable(f"{path}: is not UTF-8 text, as notebooks are ({error})") from None


# -- reading


def _python_cells(name: str, text: str) -> list[Cell]:
    about: dict[str, Any] = {}
    cells: list[Cell] | None = None
    end = len(text)
    try:
        start = _skip(text, 1 if text.startswith("\ufeff") else 0)
        if not text[start:]:
            raise Unreadable(f"{name}: is empty, not a notebook")
        if text[start] != "{":
            _DECODER.raw_decode(text, start)
            raise Unreadable(f"{name}: is not a notebook (a notebook is a JSON object)")

        def member(key: str, at: int) -> int:
            nonlocal cells
            if key == "cells" and text[at] == "[":
                cells, numbers = [], count(1)
                return _items(text, at, partial(_cell, text, cells, numbers))
            about[key], after = _DECODER.raw_decode(text, at)
            return after

        end = _skip(text, _members(text, start, member))
    except (ValueError, IndexError) as error:
        raise Unreadable(f"{name}: is not a notebook: its JSON is broken ({_reason(text, error)})") from None
    except RecursionError:
        raise Unreadable(f"{name}: is not a notebook: its JSON nests too deep") from None
    if end < len(text):
        raise Unreadable(f"{name}: is not a notebook: its JSON is broken ({_at(text, end)}: more than one value)")
    _refuse_what_is_not_ours(name, about, cells)
    assert cells is not None
    return cells


def _refuse_what_is_not_ours(name: str, about: dict[str, Any], cells: list[Cell] | None) -> None:
    format_number = about.get("nbformat")
    if isinstance(format_number, int) and format_number < 4:
        raise Unreadable(
            f"{name}: is a notebook of the old format {format_number}; "
            "`jupyter nbconvert --to notebook --inplace` makes it one of today's (4)"
        )
    if cells is None:
        raise Unreadable(f"{name}: is not a notebook: it has no list of cells")
    metadata = about.get("metadata")
    language = _language(metadata if isinstance(metadata, dict) else {})
    if language not in ("python", "ipython"):
        raise NotPython(f"{name}: is a notebook for {language}, not for Python")


def _language(metadata: dict[str, Any]) -> str:
    for table, key in (("language_info", "name"), ("kernelspec", "language")):
        about = metadata.get(table)
        if isinstance(about, dict) and isinstance(about.get(key), str) and about[key]:
            return str(about[key]).lower()
    return "python"


def _cell(text: str, cells: list[Cell], numbers: Iterator[int], start: int) -> int:
    """Reads one cell, the next in number, and keeps it when it is a Python one."""
    number = next(numbers)
    about: dict[str, Any] = {}
    where: dict[str, tuple[int, int]] = {}

    def member(key: str, at: int) -> int:
        about[key], after = _DECODER.raw_decode(text, at)
        where[key] = (at, after)
        return after

    if text[start] != "{":
        return int(_DECODER.raw_decode(text, start)[1])
    end = _members(text, start, member)
    source = about.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if about.get("cell_type") == "code" and isinstance(source, str) and _is_python(about.get("metadata")):
        cells.append(Cell(number, source, *where["source"]))
    return end


def _is_python(metadata: Any) -> bool:
    """Whether a code cell is Python: VS Code notes where one is not."""
    vscode = metadata.get("vscode") if isinstance(metadata, dict) else None
    language = vscode.get("languageId") if isinstance(vscode, dict) else None
    return language in (None, "", "python")


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _members(text: str, start: int, read: Callable[[str, int], int]) -> int:
    """Walks an object: `read(key, offset)` reads a value and returns the offset behind it. Returns that of the object."""
    at = _skip(text, start + 1)
    if text[at] == "}":
        return at + 1
    while True:
        if text[at] != '"':
            raise json.JSONDecodeError("a name in double quotes is missing", text, at)
        key, at = _DECODER.raw_decode(text, at)
        at = _expect(text, _skip(text, at), ":")
        at = _skip(text, read(key, _skip(text, at)))
        if text[at] == "}":
            return at + 1
        at = _skip(text, _expect(text, at, ","))


def _items(text: str, start: int, read: Callable[[int], int]) -> int:
    """Walks an array in the same way."""
    at = _skip(text, start + 1)
    if text[at] == "]":
        return at + 1
    while True:
        at = _skip(text, read(at))
        if text[at] == "]":
            return at + 1
        at = _skip(text, _expect(text, at, ","))


def _expect(text: str, at: int, char: str) -> int:
    if text[at] != char:
        raise json.JSONDecodeError(f"{char!r} is missing", text, at)
    return at + 1


def _reason(text: str, error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return f"{_at(text, len(text))}: it ends too early" if isinstance(error, IndexError) else str(error)


def _at(text: str, offset: int) -> str:
    starts = [start for start in line_starts(text) if start <= offset]
    return f"line {len(starts)}, column {offset - starts[-1] + 1}"


def _strings(text: str, cell: Cell) -> list[tuple[int, int]]:
    """Where the strings of a cell's source are written, quotes included."""
    if text[cell.begin] == '"':
        return [(cell.begin, cell.end)]
    found: list[tuple[int, int]] = []

    def item(at: int) -> int:
        after = int(_DECODER.raw_decode(text, at)[1])
        found.append((at, after))
        return after

    _items(text, cell.begin, item)
    return found


_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)


def _written_at(text: str, begin: int, characters: int) -> int:
    """The offset behind some characters of a JSON string."""
    for _ in range(characters):
        written = _ESCAPE.match(text, begin)
        begin = begin + 1 if written is None else written.end()
    return begin


# -- writing


def _rewritten(old: str, new_text: str, ascii_only: bool) -> str:
    """The JSON of a changed source, laid out as the old one was; lines that did not change stay as they are written."""
    if not old.startswith("["):
        return json.dumps(new_text, ensure_ascii=ascii_only)
    strings = _strings(old, Cell(0, "", 0, len(old)))
    written = {_DECODER.raw_decode(old, begin)[0]: old[begin:end] for begin, end in strings}
    lead = old[1 : _skip(old, 1)]
    tail = old[_before_space(old, len(old) - 1) : -1]
    between = old[strings[0][1] : strings[1][0]] if len(strings) > 1 else "," + (lead or " ")
    lines = [line for line in re.split(r"(?<=\n)", new_text) if line]
    items = [written.get(line) or json.dumps(line, ensure_ascii=ascii_only) for line in lines]
    return "[" + (lead + between.join(items) + tail if items else "") + "]"


def _before_space(text: str, end: int) -> int:
    while text[end - 1] in " \t\r\n":
        end -= 1
    return end

