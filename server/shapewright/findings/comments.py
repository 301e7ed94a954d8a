"""Comments that silence: `# shapewright: ignore[SW101]` on a line, `# shapewright: ignore-file` near the top of a file."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass, field

from shapewright.findings import rules
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.syntax.source import Place

_IGNORE = re.compile(r"#\s*shapewright:\s*ignore(?:\[(?P<codes>[\w\s,]*)\])?(?!-)")
_IGNORE_FILE = re.compile(r"^\s*#\s*shapewright:\s*ignore-file\b")
_FILE_COMMENT_LINES = 20


def is_silent(lines: Sequence[str]) -> bool:
    """Whether a file asks to be left alone."""
    return any(_IGNORE_FILE.match(line) for line in lines[:_FILE_COMMENT_LINES])


@dataclass
class _Comment:
    """One comment: the line, its match, the codes that it names (none: all), and which of them it has silenced."""

    line: int
    match: re.Match[str]
    codes: list[str]
    used: set[str] = field(default_factory=set)


class Comments:
    """The comments of a file that silence lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._comments = [
            _Comment(number, match, [code.strip() for code in (match["codes"] or "").split(",") if code.strip()])
            for number, line in enumerate(lines)
            if "shapewright" in line and (match := _IGNORE.search(line)) is not None
        ]

    def silences(self, finding: Finding) -> bool:
        """Whether a line that the finding stands on says `# shapewright: ignore` or `ignore[CODE]`."""
        for comment in self._comments:
            if finding.place.line <= comment.line <= finding.place.end_line:
                if comment.match["codes"] is None or finding.code in comment.codes:
                    comment.used.add(finding.code)
                    return True
        return False

    def unused(self) -> list[Finding]:
        """SW901: what silences nothing, once all findings were asked about."""
        written = _comment_starts(self._lines) if self._comments else set()
        found = []
        for comment in self._comments:
            idle = [code for code in comment.codes if code not in comment.used]
            if (idle or not comment.used) and (comment.line, comment.match.start()) in written:
                found.append(self._hint(comment, idle))
        return found

    def _hint(self, comment: _Comment, idle: list[str]) -> Finding:
        line, rule = self._lines[comment.line], rules.UNUSED_IGNORE
        start, end = comment.match.span()
        kept = [code for code in comment.codes if code not in idle]
        what = f"`{', '.join(idle)}` silences" if idle else "This comment silences"
        if kept:
            text = f"# shapewright: ignore[{', '.join(kept)}]"
            edit = Edit(Place(comment.line, start, comment.line, end), text)
        else:
            after = line[end:].lstrip()
            begin = len(line[:start].rstrip()) if not after else start
            edit = Edit(Place(comment.line, begin, comment.line, len(line) if not after else end), "")
        fix = Fix("Remove what silences nothing", (edit,), preferred=True, verified=True)
        place = Place(comment.line, start, comment.line, end)
        return Finding(rule.code, rule.name, rule.severity, f"{what} nothing here.", place, None, (), (fix,))


def _comment_starts(lines: Sequence[str]) -> set[tuple[int, int]]:
    """Where comments begin: what looks like one in a text is none."""
    found: set[tuple[int, int]] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start[0] - 1, token.start[1]
                found.update((row, column + m.start()) for m in _IGNORE.finditer(token.string))
    except (tokenize.TokenError, SyntaxError):
        pass  # half-typed code: nothing is said about what comes behind
    return found


def silencing(lines: Sequence[str], finding: Finding) -> Edit | None:
    """The edit that silences a finding with a comment on its last line; `None` where no comment can stand there."""
    number = finding.place.end_line
    line = lines[number]
    match = _IGNORE.search(line)
    if match is not None and match["codes"] is not None:
        place = Place(number, match.end() - 1, number, match.end() - 1)
        return Edit(place, f", {finding.code}" if match["codes"].strip() else finding.code)
    if line.rstrip().endswith("\\") or _in_text(lines, number):
        return None
    place = Place(number, len(line.rstrip()), number, len(line))
    return Edit(place, f"  # shapewright: ignore[{finding.code}]")


def _in_text(lines: Sequence[str], number: int) -> bool:
    """Whether a line ends inside of a string of several lines."""
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            if token.start[0] - 1 <= number < token.end[0] - 1:
                return True
            if token.start[0] - 1 > number:
                return False
    except (tokenize.TokenError, SyntaxError):
        return True
    return False
