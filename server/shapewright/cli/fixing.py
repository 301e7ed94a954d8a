"""`--fix` and `--diff`: the preferred fixes applied one after another, each on the text that the one before left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from shapewright.cli.validation import Keras
from shapewright.findings.finding import Edit, Finding, Fix, edited_files, edits_of, own_edits
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.modules import Modules
from shapewright.workspace.programs import Program, read_program
from shapewright.workspace.settings import Settings

MAX_FIX_ROUNDS = 20
"""How many fixes of one program are applied."""


@dataclass(frozen=True)
class Checked:
    """The outcome of one file: its findings, or why it could not be read; with `fixed` the program after fixing.
    `skipped` says that it could be read and is none of ours."""

    name: str
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    skipped: bool = False
    program: Program | None = None
    fixed: Program | None = None
    stdin: bool = False


def check_program(
    program: Program, settings: Settings, fixing: bool = False, keras: Keras | None = None
) -> Checked:
    """Checks one program; with `fixing` those preferred fixes are applied that edit no other file. `keras` is asked, too, if it
    may be."""
    findings = wanted(program, settings, keras)
    if not fixing:
        return Checked(program.name, findings, program=program if findings else None)
    fixed = program
    for _ in range(MAX_FIX_ROUNDS):
        fix = _first(findings, lambda fix: not edited_files(fix.edits))
        if fix is None:
            break
        fixed = fixed.edited(fix.edits)
        findings = wanted(fixed, settings, keras)
    return Checked(program.name, findings, program=program, fixed=fixed if fixed is not program else None)


def wanted(
    program: Program, settings: Settings, keras: Keras | None = None, modules: Modules | None = None
) -> tuple[Finding, ...]:
    """The findings of a program that the settings let through."""
    analysis = analyse_text(program.text, Path(program.name).absolute(), modules)
    if keras is not None:
        keras.confirm(analysis, program.name, settings)
    return tuple(finding for finding in analysis.findings if settings.wants(finding.code))


def _first(findings: Sequence[Finding], takes: Callable[[Fix], bool]) -> Fix | None:
    return next((fix for finding in findings for fix in finding.fixes if fix.preferred and takes(fix)), None)


def fix_across(results: Sequence[Checked], settings_of: Callable[[Path], Settings], keras: Keras) -> list[Checked]:
    """The results after those fixes, too, that edit other files of the project; a file that nobody asked for and that is
    changed has a result of its own in the end."""
    if not any(_edits_others(result) for result in results):
        return list(results)
    project = _Project(results, settings_of, keras)
    for result in results:
        if _edits_others(result):
            with_deep_stack(partial(project.fix, result))
    return project.results()


def _edits_others(result: Checked) -> bool:
    return not result.stdin and _first(result.findings, lambda fix: bool(edited_files(fix.edits))) is not None


class _Project:
    """The texts of several files while they are fixed."""

    def __init__(self, results: Sequence[Checked], settings_of: Callable[[Path], Settings], keras: Keras) -> None:
        self._results = {Path(result.name).resolve(): result for result in results}
        self._settings_of = settings_of
        self._keras = keras
        self._old = set[Path]()  # whose findings are of a text that is gone

    def _now(self, path: Path) -> Program | None:
        result = self._results.get(path)
        return None if result is None else result.fixed or result.program

    def _open_text(self, path: Path) -> tuple[str, int] | None:
        program = self._now(path.resolve())
        return None if program is None else (program.text, hash(program.text))

    def _findings(self, program: Program) -> tuple[Finding, ...]:
        settings = self._settings_of(Path(program.name).parent)
        return wanted(program, settings, self._keras, Modules(self._open_text))

    def fix(self, result: Checked) -> None:
        """Applies the fixes of one file that edit others."""
        own = Path(result.name).resolve()
        for _ in range(MAX_FIX_ROUNDS):
            program = self._now(own)
            assert program is not None
            findings = self._findings(program)
            self._results[own] = replace(self._results[own], findings=findings)
            fix = _first(findings, lambda fix: True)
            if fix is None:
                return
            if own_edits(fix.edits):
                self._change(own, program.edited(own_edits(fix.edits)))
            for file in edited_files(fix.edits):
                path = Path(file).resolve()
                before = self._now(path) or read_program(_shown(Path(file)))
                self._results.setdefault(path, Checked(before.name, program=before))
                self._change(path, before.edited(tuple(_in_itself(fix, file))))

    def _change(self, path: Path, program: Program) -> None:
        self._results[path] = replace(self._results[path], fixed=program)
        self._old.add(path)

    def results(self) -> list[Checked]:
        """All results, with the findings of the texts as they are now."""
        for path in self._old:
            result = self._results[path]
            if result.fixed is not None and result.findings:
                self._results[path] = replace(result, findings=with_deep_stack(partial(self._findings, result.fixed)))
        return list(self._results.values())


def _in_itself(fix: Fix, file: str) -> list[Edit]:
    """The edits of a file, with places as the file itself counts."""
    return [replace(edit, place=replace(edit.place, file=None)) for edit in edits_of(fix.edits, file)]


def _shown(path: Path) -> Path:
    """A path as a user would name it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
