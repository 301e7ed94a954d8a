"""The table that `model.summary()` prints, laid out as Keras and rich lay it out.

Source: print_summary in keras/src/utils/summary_utils.py; Table._calculate_column_widths in rich/table.py; divide_line in
rich/_wrap.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from shapewright.interpreter.facts import Facts
from shapewright.interpreter.graph import NoGraph
from shapewright.interpreter.summary import Connection, Row, Summary
from shapewright.interpreter.trainable import Count
from shapewright.tensors.shape import Shape
from shapewright.workspace.graphs import Named, NoModel

UNKNOWN = "?"
"""What stands for all that is not known."""
_HEADS = ("Layer (type)", "Output Shape", "Param #", "Connected to")
_RIGHT = 2
"""The column that is set to the right."""
_STACKED = 88, (0.45, 0.80, 1.0)
_BRANCHED = 108, (0.3, 0.56, 0.74, 1.0)
_MARGIN = 4


def model_summary(facts: Facts, named: Named) -> Summary:
    """The summary of a model. Raises `NoModel` with the reason where it is not known."""
    try:
        return facts.view.summary(named.model, facts.names_for(named.model))
    except NoGraph as error:
        raise NoModel(f"the summary of {named.name} is not known: {error}") from None


def as_text(summary: Summary, columns: int = 80) -> str:
    """The table, for a terminal of so many columns."""
    length, positions = _BRANCHED if summary.branches else _STACKED
    widths = _widths(min(length, columns - _MARGIN), positions)
    head = _row(_HEADS[: len(widths)], widths)
    rows = [_row(_cells(row, summary.branches), widths) for row in summary.rows]
    lines = [f'Model: "{summary.name or UNKNOWN}"', _rule("┏━┳┓", widths)]
    lines += [*_lines(_lowered(head), widths, "┃"), _rule("┡━╇┩", widths)]
    for number, row in enumerate(rows):
        if number:
            lines.append(_rule("├─┼┤", widths))
        lines += _lines(row, widths, "│")
    lines.append(_rule("└─┴┘", widths))
    total = summary.trained + summary.frozen
    for title, count in (("Total", total), ("Trainable", summary.trained), ("Non-trainable", summary.frozen)):
        known = UNKNOWN if count.number is None else f"{count.number:,}"
        lines.append(f" {title} params: {known} ({_size(count)})")
    return "\n".join(lines)


# -- cells


def _cells(row: Row, branches: bool) -> list[str]:
    cells = [f"{row.name or UNKNOWN} ({row.class_name or UNKNOWN})", _shapes(row.shapes)]
    if row.built:
        cells.append(UNKNOWN if row.parameters is None else f"{row.parameters:,}")
    else:
        cells.append("0 (unbuilt)")
    if branches:
        cells.append(", ".join(map(_connection, row.connections)) or "-")
    return cells


def _shapes(shapes: tuple[Shape | None, ...] | None) -> str:
    if not shapes:
        return UNKNOWN
    texts = [UNKNOWN if shape is None else f"({', '.join(map(str, shape.sizes))})" for shape in shapes]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _connection(connection: Connection) -> str:
    call = UNKNOWN if connection.call is None else connection.call
    return f"{connection.name or UNKNOWN}[{call}][{connection.output}]"


def _size(count: Count) -> str:
    """Bytes as Keras writes them: `34.75 KB`."""
    if count.bytes is None:
        return UNKNOWN
    size = float(count.bytes)
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} PB"


# -- the table


def _widths(length: int, positions: tuple[float, ...]) -> list[int]:
    """The width of the text in each column."""
    wanted, current = [], 0
    for position in positions:
        width = int(position * length) - current
        current += width
        wanted.append(max(width, _MARGIN) + 2)
    room = length - len(wanted) - 1
    widths = _reduced(sum(wanted) - room, wanted)
    spare = room - sum(widths)
    if spare > 0:
        widths = [width + more for width, more in zip(widths, _distributed(spare, widths), strict=True)]
    return [width - 2 for width in widths]


def _reduced(excess: int, widths: list[int]) -> list[int]:
    """Takes a number of characters away from all columns evenly."""
    if excess <= 0:
        return widths
    found, left = [], len(widths)
    for width in widths:
        less = min(width, round(excess / left))
        found.append(width - less)
        excess -= less
        left -= 1
    return found


def _distributed(total: int, ratios: list[int]) -> list[int]:
    found, left = [], sum(ratios)
    for ratio in ratios:
        share = ceil(ratio * total / left) if left else total
        found.append(share)
        left -= ratio
        total -= share
    return found


def _rule(corners: str, widths: list[int]) -> str:
    left, line, between, right = tuple(corners)
    return left + between.join(line * (width + 2) for width in widths) + right


def _lines(cells: list[list[str]], widths: list[int], edge: str) -> list[str]:
    height = max(len(cell) for cell in cells)
    lines = []
    for number in range(height):
        texts = [cell[number] if number < len(cell) else "" for cell in cells]
        set_ = [t.rjust(w) if n == _RIGHT else t.ljust(w) for n, (t, w) in enumerate(zip(texts, widths, strict=True))]
        lines.append(edge + edge.join(f" {text} " for text in set_) + edge)
    return lines


def _lowered(cells: list[list[str]]) -> list[list[str]]:
    """The heads stand at the bottom of their cells."""
    height = max(map(len, cells))
    return [[""] * (height - len(cell)) + cell for cell in cells]


def _row(cells: Sequence[str], widths: list[int]) -> list[list[str]]:
    return [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]


def _wrapped(text: str, width: int) -> list[str]:
    """The lines of a cell: broken between words, a word that is too long cut short."""
    lines, used = [""], 0
    for word in re.findall(r"\s*\S+\s*", text):
        length = len(word.rstrip())
        if length > width - used and used:
            lines.append("")
            used = 0
        lines[-1] += word
        used += len(word)
    cut = [line.rstrip() for line in lines]
    return [line if len(line) <= width else line[: width - 1] + "…" for line in cut]
