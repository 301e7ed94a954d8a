"""The Python cells of a notebook as one program.

The cells follow each other in one text, each behind a line that holds `CELL` alone and that ends every statement above
it, whatever brackets or strings were left open there. So edits of that text move the cells along, and a chunk never
reaches from one cell into the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from shapewright.syntax.magics import neutral
from shapewright.syntax.source import Place
from shapewright.syntax.split import CELL


class Cells:
    """The text that the cells make together, and where each of them stands in it."""

    def __init__(self, cells: Sequence[str]) -> None:
        lines: list[str] = []
        self.first_lines: list[int] = []
        for cell in cells:
            own = neutral(cell)
            lines.append(CELL)
            if _is_indented(own):
                lines.append("if 1:")  # IPython takes away what a whole cell is indented by
            self.first_lines.append(len(lines))
            lines += own
        self.text = "\n".join(lines)

    def cell_at(self, line: int) -> int:
        """The number (from 0) of the cell that a line of the text belongs to."""
        return max(0, bisect_right(self.first_lines, line) - 1)

    def in_cell(self, place: Place) -> tuple[int, Place]:
        """The cell that a place of the text is in, and the place within that cell."""
        cell = self.cell_at(place.line)
        first = self.first_lines[cell]
        return cell, Place(place.line - first, place.column, place.end_line - first, place.end_column)


def _is_indented(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return first[:1].isspace()
