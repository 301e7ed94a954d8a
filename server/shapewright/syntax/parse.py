"""Parsing one chunk: whole, or with its broken lines as they last parsed, or with its broken statements left out."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from typing import Any

from shapewright.syntax.chunk import Chunk
from shapewright.syntax.split import scan_line

MAX_ERROR_ROUNDS = 12
"""How many broken statements of one chunk are blanked before the rest of it is given up."""


def parse_whole(lines: list[str], reach: int) -> Chunk | None:
    """The chunk for some lines, or `None` where they are not valid Python."""
    try:
        return Chunk(lines, _parse("\n".join(lines)), reach)
    except _REFUSALS:
        return None


def parse_broken(lines: list[str], reach: int, last_good: Mapping[int, str]) -> Chunk:
    """The chunk for lines that are not valid Python. Never raises.

    `last_good` has, for lines that were edited, how they were when they last parsed. A line that is being typed is
    taken as it was then, so that what depends on it keeps its shapes; where that does not help, the broken statements
    are left out.
    """
    message = _complaint(lines)
    before = [last_good.get(number, line) for number, line in enumerate(lines)]
    try:
        return Chunk(lines, _parse("\n".join(before)), reach, message, before)
    except _REFUSALS:
        pass
    blanked, tree = _recover(lines)
    return Chunk(lines, tree, reach, message, blanked)


_REFUSALS = (SyntaxError, ValueError, RecursionError, MemoryError)


def _complaint(lines: list[str]) -> str:
    try:
        _parse("\n".join(lines))
    except SyntaxError as error:
        return error.msg
    except _REFUSALS as error:
        return f"too deep or not text: {error}"
    return ""


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a SyntaxWarning about the user's code is not ours to print
        return ast.parse(text)


def _recover(lines: list[str]) -> tuple[list[str], ast.Module]:
    """The lines with every broken statement replaced by `pass`, which moves nothing else, and their tree."""
    for text in (_without_open_brackets(lines), list(lines)):
        for _ in range(MAX_ERROR_ROUNDS):
            try:
                return text, _parse("\n".join(text))
            except _REFUSALS:
                spans = _broken_statements("\n".join(text))
            if not spans:
                break
            for first, last in spans:
                _leave_out(text, first, last)
    return [""] * len(lines), ast.Module(body=[], type_ignores=[])


def _leave_out(text: list[str], first: int, last: int) -> None:
    """Replaces a statement by `pass`."""
    text[first : last + 1] = [_indent(text[first]) + "pass"] + [""] * (last - first)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _without_open_brackets(lines: list[str]) -> list[str]:
    """The lines without statements whose bracket is still open where the next one seems to begin: on a line that is
    indented no deeper and does not close it. Such a bracket swallows no more than its own statement."""
    text = list(lines)
    number = 0
    while number < len(text):
        start, state = number, scan_line(text[number], 0, None)
        number += 1
        while number < len(text) and any(state):
            depth, quote, _ = state
            line = text[number]
            follows = line.strip() and len(_indent(line)) <= len(_indent(text[start]))
            if depth and quote is None and follows and line.lstrip()[0] not in ")]}":
                _leave_out(text, start, number - 1)
                break
            state = scan_line(line, depth, quote)
            number += 1
    return text


def _broken_statements(text: str) -> list[tuple[int, int]]:
    """The first and last line (from 0) of each statement that parso's recovering parser could not make sense of."""
    try:
        import parso  # only broken code needs it, and importing it costs some 30 ms

        root: Any = parso.parse(text)
    except Exception:  # parso is run on text that is broken in every way: whatever it trips over, nothing is saved
        return []
    spans: list[tuple[int, int]] = []

    def visit(node: Any) -> None:
        if node.type in ("error_node", "error_leaf"):
            spans.append((node.start_pos[0] - 1, max(node.start_pos[0], _last_line(node)) - 1))
            return
        for child in getattr(node, "children", ()):
            visit(child)

    visit(root)
    if not spans:
        try:
            _parse(text)
        except SyntaxError as error:  # parso accepts some things that Python refuses
            line = (error.lineno or 1) - 1
            spans.append((line, line))
    count = text.count("\n") + 1
    return _merge([(first, min(last, count - 1)) for first, last in spans if first < count])


def _last_line(node: Any) -> int:
    leaf = node.get_last_leaf() if hasattr(node, "get_last_leaf") else node
    if leaf.type in ("newline", "endmarker"):
        return int(leaf.start_pos[0])
    return int(leaf.end_pos[0])


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
