"""Lines of a text, and columns in the encodings that editors use.

Lines end at `\\n`, `\\r\\n` or a lone `\\r` and nowhere else: editors do not break lines at form feeds or at U+2028, as
`str.splitlines` does, and a server that does drifts from the buffer.
"""

from __future__ import annotations

import re
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]
_LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends; a text that ends in a line end has an empty last line."""
    return text.split("\n") if "\r" not in text else _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """The offset in code points at which each line starts."""
    return [0, *(m.end() for m in _LINE_END.finditer(text))]


def to_code_points(line: str, units: int, encoding: Encoding) -> int:
    """The column in code points for a column in code units; past the end of the line it is the end."""
    if encoding == "utf-32" or line.isascii():
        return min(units, len(line))
    seen = 0
    for column, char in enumerate(line):
        if seen >= units:
            return column
        seen += _units(char, encoding)
    return len(line)


def from_code_points(line: str, column: int, encoding: Encoding) -> int:
    """The column in code units for a column in code points."""
    if encoding == "utf-32" or line.isascii():
        return min(column, len(line))
    return sum(_units(char, encoding) for char in line[:column])


def _units(char: str, encoding: Encoding) -> int:
    if encoding == "utf-8":
        return len(char.encode("utf-8", "surrogatepass"))
    return 2 if ord(char) > 0xFFFF else 1
