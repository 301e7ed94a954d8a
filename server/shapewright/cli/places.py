"""Places in the JSON of the public contract."""

from __future__ import annotations

from shapewright.workspace.programs import Spot


def place_entry(spot: Spot) -> dict[str, int]:
    """A place: lines and columns from 1, and in a notebook the number of the cell that they are counted in."""
    cell = {} if spot.cell is None else {"cell": spot.cell}
    place = spot.place
    return cell | {
        "line": place.line + 1,
        "column": place.column + 1,
        "end_line": place.end_line + 1,
        "end_column": place.end_column + 1,
    }
