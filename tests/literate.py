"""Literate programs: Python text that says, in comments, which shapes and findings it has.

    x = keras.Input(shape=(1, 3, 1))   #: (None, 1, 3, 1)
    #:                    ^^^^^^^^^ SW101
    h, c = states(x)                   #: (None, 8) ; (None, 8)
    y = keras.layers.LSTM(10)(x)       #: (None, 10), 480 parameters
    z = secret()                       #: -

`#:` behind a line gives what a hover on the name that the line assigns shows: the first one, or several separated by
` ; `. Different shapes of one place are separated by ` | `. A dash says that nothing may be shown,
a question mark behind a shape that it is this one or none. A line of `#:` and
carets names a finding on the line above it, at exactly its place (a finding of several lines is marked on its first).
Findings that no carets name are failures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shapewright.findings.finding import Finding, apply_edits
from shapewright.syntax.text import line_starts
from shapewright.workspace.analysis import Analysis, analyse_text
from shapewright.workspace.questions import hover

PROGRAMS = Path(__file__).parent / "programs"
_CARETS = re.compile(r"^#:\s+(?P<carets>\^+)\s+(?P<code>SW\d+)\s*$")
_EXPECTATION = re.compile(r"(?<!^)\s#:\s(?P<text>.*\S)\s*$")
_NAME = r"[^\W\d][\w.]*"
_TARGETS = (
    re.compile(rf"^\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)\s*(?::[^=]*)?(?:[-+*/@]|//|\*\*)?=(?!=)"),
    re.compile(rf"^\s*(?:async\s+)?(?:for|with\b.*?\bas)\s+(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)"),
    re.compile(rf"^\s*def\s+\w+\((?:self,\s*)?(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)"),
)


@dataclass(frozen=True)
class Expectation:
    """What a hover on a name shows. Lines and columns from 0."""

    line: int
    column: int
    name: str
    shape: str
    parameters: str | None
    may_be_silent: bool


@dataclass(frozen=True, order=True)
class Marked:
    """A place and a code: a finding as the program marks it."""

    line: int
    column: int
    end_column: int
    code: str


class Program:
    """A text with its expectations."""

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name
        self.lines = text.split("\n")
        self.marked: list[Marked] = []
        self.expectations: list[Expectation] = []
        code_line = 0
        for number, line in enumerate(self.lines):
            carets = _CARETS.match(line)
            if carets is not None:
                self.marked.append(Marked(code_line, *carets.span("carets"), carets["code"]))
                continue
            assert not line.startswith("#:"), f"{name}:{number + 1}: a line of #: without carets"
            code_line = number
            expected = _EXPECTATION.search(line)
            if expected is not None:
                self.expectations += self._expectations(number, line[: expected.start()], expected["text"])

    def _expectations(self, number: int, code: str, text: str) -> list[Expectation]:
        places = targets(code)
        wanted = text.split(" ; ")
        assert places and len(wanted) <= len(places), f"{self.name}:{number + 1}: no name to expect a shape of"
        found = []
        for (name, column), want in zip(places, wanted, strict=False):
            shape, _, parameters = (
                want.strip().partition(", ") if want.endswith("parameters") else (want.strip(), "", "")
            )
            if parameters:  # the shape has commas itself
                shape, _, parameters = want.strip().rpartition("), ")
                shape += ")"
            silent = shape.endswith("?")
            found.append(Expectation(number, column, name, shape.rstrip("?"), parameters or None, silent))
        return found

    @cached_property
    def analysis(self) -> Analysis:
        return analyse_text(self.text)

    @property
    def parses(self) -> bool:
        try:
            compile(self.text, self.name, "exec")
        except SyntaxError:
            return False
        return True


def targets(code: str) -> list[tuple[str, int]]:
    """The names that a line assigns, with the column of each (of its last word for an attribute)."""
    for pattern in _TARGETS:
        match = pattern.match(code)
        if match is not None:
            start = match.start("names")
            names = [(m[0], start + m.start()) for m in re.finditer(_NAME, match["names"])]
            return [(name, column + name.rfind(".") + 1) for name, column in names]
    return []


def programs() -> list[Program]:
    """All literate programs."""
    return [Program(path.read_text(encoding="utf-8"), path.stem) for path in sorted(PROGRAMS.glob("*.py"))]


def shown(analysis: Analysis, line: int, column: int) -> tuple[str, str]:
    """The shape that a hover shows at a place, a dash where it shows none, and the text below it."""
    found = hover(analysis.facts, line, column)
    if found is None:
        return "-", ""
    _, fence, rest = found.markdown.split("```", 2)
    return " | ".join(row.partition(": ")[2] for row in fence.strip().split("\n")), rest.strip()


def marked(finding: Finding, lines: list[str]) -> Marked:
    """A finding as a program marks it."""
    place = finding.place
    end = place.end_column if place.end_line == place.line else len(lines[place.line].rstrip())
    return Marked(place.line, place.column, end, finding.code)


def with_edits(text: str, findings: list[Finding]) -> str:
    """The text with the preferred fix of each finding applied; of fixes that overlap the first alone."""
    edits, seen = [], set()
    for finding in findings:
        fix = next((fix for fix in finding.fixes if fix.preferred), None)
        if fix is not None and not seen.intersection(fix.edits):
            seen.update(fix.edits)
            edits += fix.edits
    return apply_edits(text, tuple(edits), line_starts(text))
