"""What a command looks at: a Python file, or a notebook, whose cells are one program.

Places in what is analysed are lines of one text; `Program.spot` says where they are for a reader of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapewright.findings.finding import Edit, apply_edits
from shapewright.syntax.notebook import Cells
from shapewright.syntax.source import Place
from shapewright.syntax.text import line_starts, split_lines
from shapewright.workspace.analysis import MAX_TEXT
from shapewright.workspace.files import PassedOver, read_source
from shapewright.workspace.notebooks import SUFFIX, Cell, NotebookFile, read_notebook


@dataclass(frozen=True)
class Spot:
    """A place as the reader of a file finds it: in a notebook the number of the cell, and lines counted within it."""

    cell: int | None
    place: Place

    def __str__(self) -> str:
        """`cell 3:2:5` or `2:5`, as ruff writes it."""
        cell = "" if self.cell is None else f"cell {self.cell}:"
        return f"{cell}{self.place.line + 1}:{self.place.column + 1}"


class Program:
    """A Python file. `written` is all of its text, `text` what is analysed."""

    def __init__(self, name: str, written: str) -> None:
        self.name = name
        self.written = written

    @property
    def text(self) -> str:
        return self.written

    @property
    def parts(self) -> list[tuple[int | None, str]]:
        """The texts that make the program, with the numbers of their cells."""
        return [(None, self.written)]

    def spot(self, place: Place) -> Spot:
        """Where a place of `text` is for a reader."""
        return Spot(None, place)

    def in_file(self, spot: Spot) -> Place:
        """The place in the file as it is stored."""
        return spot.place

    def lines(self, spot: Spot) -> list[str]:
        """The lines that a spot counts in."""
        return split_lines(self.written)

    def edited(self, edits: Sequence[Edit]) -> Program:
        """The program with edits (whose places are those of `text`) applied."""
        return Program(self.name, apply_edits(self.written, tuple(edits), line_starts(self.written)))


class Notebook(Program):
    """A notebook: all Python cells as one program, in their order."""

    def __init__(self, file: NotebookFile) -> None:
        super().__init__(file.name, file.text)
        self._file = file
        self._cells = Cells([cell.text for cell in file.cells])

    @property
    def text(self) -> str:
        return self._cells.text

    @property
    def parts(self) -> list[tuple[int | None, str]]:
        return [(cell.number, cell.text) for cell in self._file.cells]

    def spot(self, place: Place) -> Spot:
        cell, within = self._cells.in_cell(place)
        return Spot(self._file.cells[cell].number, within)

    def in_file(self, spot: Spot) -> Place:
        cell = self._cell(spot)
        starts, place = line_starts(cell.text), spot.place
        begin = self._file.offset(cell, starts[place.line] + place.column)
        end = self._file.offset(cell, starts[place.end_line] + place.end_column)
        return Place(*self._stored_at(begin), *self._stored_at(end))

    def _stored_at(self, offset: int) -> tuple[int, int]:
        starts = line_starts(self.written)
        line = bisect_right(starts, offset) - 1
        return line, offset - starts[line]

    def lines(self, spot: Spot) -> list[str]:
        return split_lines(self._cell(spot).text)

    def _cell(self, spot: Spot) -> Cell:
        return next(cell for cell in self._file.cells if cell.number == spot.cell)

    def edited(self, edits: Sequence[Edit]) -> Notebook:
        by_cell: defaultdict[int, list[Edit]] = defaultdict(list)
        for edit in edits:
            cell, place = self._cells.in_cell(edit.place)
            by_cell[cell].append(Edit(place, edit.new_text))
        changed = {}
        for cell, own in by_cell.items():
            text = self._file.cells[cell].text
            changed[cell] = apply_edits(text, tuple(own), line_starts(text))
        return Notebook(NotebookFile(self.name, self._file.with_cells(changed)))


def is_notebook(name: str) -> bool:
    """Whether a file of that name is a notebook."""
    return name.lower().endswith(SUFFIX)


def read_program(path: Path) -> Program:
    """The program in a file. Raises `Unreadable`."""
    return checked(Notebook(read_notebook(path)) if is_notebook(path.name) else Program(str(path), read_source(path)))


def checked(program: Program) -> Program:
    """The program, unless it is too long to be one."""
    if len(program.text) > MAX_TEXT:
        raise PassedOver(f"{program.name}: has more than {MAX_TEXT:,} characters: that is data, not a program")
    return program


def program_of(name: str, text: str) -> Program:
    """The program in a text that would have that file name. Raises `Unreadable`."""
    return checked(Notebook(NotebookFile(name, text)) if is_notebook(name) else Program(name, text))
