"""Every literate program: what it says of itself holds for our analysis and for real Keras."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from shapewright.findings.finding import Severity
from shapewright.workspace.analysis import Buffer

from tests.differential.real import Recorded, plain_message
from tests.literate import Program, marked, programs, shown, with_edits

PROGRAMS = programs()
RUNNABLE = [program for program in PROGRAMS if program.parses]
MARKED = [program for program in PROGRAMS if program.marked]
each = pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.name)
each_runnable = pytest.mark.parametrize("program", RUNNABLE, ids=lambda p: p.name)
each_marked = pytest.mark.parametrize("program", MARKED, ids=lambda p: p.name)


@each
def test_shapes(program: Program) -> None:
    wrong = []
    for want in program.expectations:
        shape, below = shown(program.analysis, want.line, want.column)
        parameters = want.parameters is None or want.parameters in below
        if want.may_be_silent and shape == "-":
            continue
        if shape != want.shape or not parameters:
            wrong.append(
                f"line {want.line + 1}: {want.name} is {want.shape} {want.parameters or ''}, shown {shape} {below}"
            )
    assert not wrong, "\n".join(wrong)
    assert program.expectations, "a program that expects nothing"


@each
def test_findings(program: Program) -> None:
    found = sorted(marked(finding, program.lines) for finding in program.analysis.findings)
    assert found == sorted(program.marked), [f"{f.place.line + 1}: {f.message}" for f in program.analysis.findings]


@each_marked
def test_preferred_fix(program: Program) -> None:
    """A preferred fix makes its finding go away and brings no other."""
    codes = [finding.code for finding in program.analysis.findings]
    for number, finding in enumerate(program.analysis.findings):
        assert sum(fix.preferred for fix in finding.fixes) <= 1
        for fix in finding.fixes:
            assert fix.verified
            left = Program(with_edits(program.text, [_only(finding, fix)])).analysis.findings
            assert sorted(f.code for f in left) == sorted(codes[:number] + codes[number + 1 :]), fix.title


def _only(finding, fix):
    """The finding with one of its fixes, as the preferred one."""
    from dataclasses import replace

    return replace(finding, fixes=(replace(fix, preferred=True),))


@each_runnable
def test_shapes_in_keras(program: Program, recorded: dict[str, Recorded]) -> None:
    """What Keras gives to a name is what the program says."""
    real = defaultdict(dict)
    for value in recorded[program.name].values:
        real[value.line, value.name][value.shape] = value
    wrong, compared = [], 0
    for want in program.expectations:
        values = real.get((want.line, want.name), {})
        unmade = None in values and recorded[program.name].errors  # Keras stopped before there was a shape
        if want.shape == "-" or not values or unmade:
            continue
        compared += 1
        if not _says(want.shape, list(values)):
            wrong.append(f"line {want.line + 1}: {want.name} is {want.shape}, in Keras {' | '.join(map(str, values))}")
        if want.parameters is not None:
            counts = {f"{v.parameters:,} parameter{'s' * (v.parameters != 1)}" for v in values.values() if v.parameters}
            if counts != {want.parameters}:
                wrong.append(f"line {want.line + 1}: {want.name} has {want.parameters}, in Keras {counts}")
    assert not wrong, "\n".join(wrong)
    if not any(e.kind == "NameError" for e in recorded[program.name].errors):
        silent = sum(want.shape == "-" for want in program.expectations)
        assert compared or silent, "nothing of this program could be compared"


def _says(expected: str, real: list[str]) -> bool:
    """Whether what a program expects is what Keras gave; a symbolic size stands for any number."""
    shapes = expected.split(" | ")
    return len(shapes) == len(real) and all(re.fullmatch(_pattern(s), r) for s, r in zip(shapes, real, strict=True))


def _pattern(shape: str) -> str:
    parts = re.split(r"(\?|\b(?!None\b)[a-z][\w+*/ -]*)", shape)
    return "".join(r"\d+" if number % 2 else re.escape(part) for number, part in enumerate(parts))


@each_runnable
def test_errors_in_keras(program: Program, recorded: dict[str, Recorded]) -> None:
    """A finding of severity error is one that raises, with the message that we foretell; nothing else raises."""
    ours = {
        plain_message(finding.keras_message or "?")
        for finding in program.analysis.findings
        if finding.severity is Severity.ERROR
    }
    assert _raised(recorded[program.name]) == ours


@pytest.mark.parametrize("program", [p for p in MARKED if p.parses], ids=lambda p: p.name)
def test_fixed_in_keras(program: Program, recorded: dict[str, Recorded]) -> None:
    """With the preferred fixes applied, only what had no fix raises."""
    unfixed = {
        plain_message(finding.keras_message or "?")
        for finding in program.analysis.findings
        if finding.severity is Severity.ERROR and not any(fix.preferred for fix in finding.fixes)
    }
    assert _raised(recorded[f"{program.name} (fixed)"]) == unfixed


def _raised(recorded: Recorded) -> set[str]:
    """What was raised, but for names that are missing because the statement that makes them raised."""
    return {plain_message(error.message) for error in recorded.errors if error.kind != "NameError"}


def test_a_program_typed_line_by_line_is_as_if_opened_whole() -> None:
    """The last state of a buffer that grew line by line says what a fresh analysis says."""
    for program in RUNNABLE[:8]:
        buffer = Buffer()
        for end in range(1, len(program.lines) + 1):
            last = buffer.analyse("\n".join(program.lines[:end]))
        for want in program.expectations:
            shape = shown(last, want.line, want.column)[0]
            assert shape == want.shape or (want.may_be_silent and shape == "-")
