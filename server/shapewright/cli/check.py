"""`shapewright check`: the findings of files and folders."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from shapewright.cli.failure import Failure
from shapewright.findings.finding import Edit, Finding, apply_edits
from shapewright.findings.rules import RULES
from shapewright.syntax.text import line_starts, split_lines
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.files import Unreadable, python_files, read_source
from shapewright.workspace.settings import Settings, read_project, read_settings

MAX_FIX_ROUNDS = 20
"""Fixes are applied one after another, each on the text that the one before left."""


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "check",
        help="print the findings of files and folders",
        description="Finds shape mistakes, without running code.",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files and folders; - is standard input")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--fix", action="store_true", help="apply the preferred fixes to the files")
    parser.add_argument("--diff", action="store_true", help="print what --fix would change, and change nothing")
    parser.add_argument("--select", type=_codes, metavar="CODES", help="only these rules, such as SW1,SW201")
    parser.add_argument("--ignore", type=_codes, metavar="CODES", help="all but these rules")
    parser.add_argument("--stdin-filename", metavar="NAME", default="-", help="the name to show for standard input")
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="how many processes (default: one a core)")
    parser.add_argument(
        "--validate",
        choices=("off",),
        default="off",
        help="off: real Keras is not asked (the only mode of this version)",
    )
    parser.set_defaults(run=run)


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(rule.startswith(code) for rule in RULES):
            raise argparse.ArgumentTypeError(f"there is no rule {code}; `shapewright rule` lists all")
    return codes


@dataclass(frozen=True)
class Checked:
    """The outcome of one file: its findings, or why it could not be read; with `fixed` its text after fixing."""

    name: str
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    text: str = ""
    fixed: str | None = None
    stdin: bool = False


def run(options: argparse.Namespace) -> int:
    """Checks and prints; 1 when something was found."""
    results: list[Checked] = []
    failed = False
    for result in _check_all(options):
        if result.error is not None:
            print(f"shapewright: {result.error}", file=sys.stderr)
            failed = True
        results.append(result)
    if options.diff:
        _print_diff(results)
    elif options.fix:
        results = [_write_back(result) for result in results]
    # The fixed text of standard input has standard output for itself.
    mixed = options.fix and not options.diff and any(result.stdin for result in results)
    _report(options, results, sys.stderr if mixed else sys.stdout)
    found = any(result.findings for result in results)
    if failed:
        return 2
    return 1 if found and not options.exit_zero else 0


def _check_all(options: argparse.Namespace) -> Iterator[Checked]:
    paths: list[Path] = options.paths or [Path()]
    fixing = options.fix or options.diff
    if paths == [Path("-")]:
        try:
            text = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeError as error:
            raise Failure(f"standard input is not UTF-8 text ({error})") from None
        where = Path(options.stdin_filename).resolve().parent if options.stdin_filename != "-" else Path.cwd()
        checked = _in_deep_stack(partial(check_text, options.stdin_filename, text, _settings(options, where), fixing))
        yield replace(checked, stdin=True)
        return
    if Path("-") in paths:
        raise Failure("- (standard input) cannot be checked together with files")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise Failure("there is no such file or folder: " + ", ".join(map(str, missing)))
    settings = _settings(options, paths[0].resolve() if paths[0].is_dir() else paths[0].resolve().parent)
    files = list(dict.fromkeys(python_files(paths, settings.exclude)))
    work = partial(check_file, settings=settings, fixing=fixing)
    jobs = options.jobs or min(os.cpu_count() or 1, 8)
    if jobs < 0:
        raise Failure("--jobs takes a positive number")
    if jobs == 1 or len(files) < 16:
        yield from _with_progress((_in_deep_stack(partial(work, file)) for file in files), len(files))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from _with_progress(pool.map(_deep_check(work), files, chunksize=4), len(files))


@dataclass(frozen=True)
class _deep_check:
    """Checks a file in a thread with a deep stack; a class, so that it can be sent to another process."""

    work: Any

    def __call__(self, file: Path) -> Checked:
        return _in_deep_stack(partial(self.work, file))


def _in_deep_stack(work: partial[Checked]) -> Checked:
    return with_deep_stack(work)


def _with_progress(results: Iterable[Checked], count: int) -> Iterator[Checked]:
    """Shows how far it is on a terminal, when there is much to do."""
    show = sys.stderr.isatty() and count > 20
    for number, result in enumerate(results, 1):
        if show:
            filled = 30 * number // count
            print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {number}/{count}", end="", file=sys.stderr, flush=True)
        yield result
    if show:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def _settings(options: argparse.Namespace, folder: Path) -> Settings:
    loaded = read_project(folder)
    given = {name: list(codes) for name in ("select", "ignore") if (codes := getattr(options, name)) is not None}
    loaded_with_options = read_settings(given, "command line", loaded.settings)
    for problem in (*loaded.problems, *loaded_with_options.problems):
        print(f"shapewright: {problem}", file=sys.stderr)
    return loaded_with_options.settings


def check_file(file: Path, settings: Settings, fixing: bool = False) -> Checked:
    """Checks one file."""
    try:
        text = read_source(file)
    except Unreadable as error:
        return Checked(str(file), error=str(error))
    return check_text(str(file), text, settings, fixing)


def check_text(name: str, text: str, settings: Settings, fixing: bool = False) -> Checked:
    """Checks one text; with `fixing` the preferred fixes are applied, one after another."""
    path = Path(name).absolute()
    findings = _wanted(text, path, settings)
    if not fixing:
        return Checked(name, findings, text=text)
    fixed = text
    for _ in range(MAX_FIX_ROUNDS):
        edits = next((fix.edits for f in findings for fix in f.fixes if fix.preferred), None)
        if edits is None:
            break
        fixed = apply_edits(fixed, edits, line_starts(fixed))
        findings = _wanted(fixed, path, settings)
    return Checked(name, findings, text=text, fixed=fixed if fixed != text else None)


def _wanted(text: str, path: Path | None, settings: Settings) -> tuple[Finding, ...]:
    return tuple(finding for finding in analyse_text(text, path).findings if settings.wants(finding.code))


def _write_back(result: Checked) -> Checked:
    """Writes a fixed text to its file: beside it first, then in its place, so that a full disk loses nothing."""
    if result.stdin:
        sys.stdout.write(result.text if result.fixed is None else result.fixed)
        return result
    if result.fixed is None or result.error is not None:
        return result
    file = Path(result.name).resolve()  # a link stays a link
    beside = file.with_name(f".{file.name}.shapewright-fix")
    try:
        with file.open("rb") as source:
            encoding, _ = tokenize.detect_encoding(source.readline)
        beside.write_bytes(result.fixed.encode(encoding))
        beside.chmod(file.stat().st_mode)
        os.replace(beside, file)
    except (OSError, UnicodeError) as error:
        beside.unlink(missing_ok=True)
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise Failure(f"{result.name} cannot be written ({reason}); it is as it was") from None
    return replace(result, text=result.fixed)


def _print_diff(results: list[Checked]) -> None:
    for result in results:
        if result.fixed is not None:
            lines = difflib.unified_diff(
                _with_ends(result.text),
                _with_ends(result.fixed),
                result.name,
                f"{result.name} (fixed)",
            )
            sys.stdout.writelines(
                line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
            )


def _with_ends(text: str) -> list[str]:
    """The lines of a text with their ends: those lines that Python and editors count, not those of `splitlines`."""
    starts = [*line_starts(text), len(text)]
    return [text[a:b] for a, b in pairwise(starts) if a < b]


# -- output


def _report(options: argparse.Namespace, results: list[Checked], out: TextIO) -> None:
    if options.diff:
        return
    if options.output_format == "json":
        print(json.dumps([_as_json(result.name, f) for result in results for f in result.findings], indent=1), file=out)
        return
    count = 0
    for result in results:
        lines = split_lines(result.text)
        for finding in result.findings:
            count += 1
            print(_as_text(result.name, finding, lines), file=out)
    if options.statistics:
        for code, number in sorted(Counter(f.code for r in results for f in r.findings).items()):
            print(f"{number:>5}  {code}  {RULES[code].name}", file=out)
    fixable = sum(any(fix.preferred for fix in f.fixes) for r in results for f in r.findings)
    if count:
        more = f"; {fixable} can be fixed with --fix" if fixable else ""
        print(f"{count} finding{'s' if count != 1 else ''}{more}.", file=out)
    elif not any(result.error for result in results):
        print("No shape mistakes found.", file=out)


def _as_text(name: str, finding: Finding, lines: list[str]) -> str:
    place = finding.place
    parts = [f"{name}:{place.line + 1}:{place.column + 1}: {finding.severity.value} {finding.code} {finding.message}"]
    if place.line < len(lines):
        end = place.end_column if place.end_line == place.line else len(lines[place.line])
        parts.append(f"    {lines[place.line]}")
        parts.append("    " + " " * place.column + "^" * max(1, end - place.column))
    if finding.keras_message:
        parts.append(f"  Keras says: {finding.keras_message}")
    parts += [f"  line {r.place.line + 1}: {r.message}" for r in finding.related]
    parts += [f"  fix: {fix.title}" for fix in finding.fixes]
    return "\n".join(parts) + "\n"


def _as_json(name: str, finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
    }
    if finding.keras_message is not None:
        entry["keras_message"] = finding.keras_message
    entry |= {"filename": name, **_place(finding.place)}
    entry["related"] = [{"filename": name, **_place(r.place), "message": r.message} for r in finding.related]
    entry["confidence"] = "inferred"
    entry["fixes"] = [
        {
            "title": fix.title,
            "preferred": fix.preferred,
            "verified": fix.verified,
            "edits": [_edit(edit) for edit in fix.edits],
        }
        for fix in finding.fixes
    ]
    return entry


def _edit(edit: Edit) -> dict[str, Any]:
    return {**_place(edit.place), "new_text": edit.new_text}


def _place(place: Any) -> dict[str, int]:
    return {
        "line": place.line + 1,
        "column": place.column + 1,
        "end_line": place.end_line + 1,
        "end_column": place.end_column + 1,
    }
