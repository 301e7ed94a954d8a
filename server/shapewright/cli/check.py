"""`shapewright check`: the findings of files and folders."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import tokenize
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from shapewright.cli.failure import Failure
from shapewright.cli.fixing import Checked, check_program, fix_across
from shapewright.cli.report import FORMATS, Found, as_text, statistics
from shapewright.cli.validation import Keras, add_options
from shapewright.findings.rules import RULES
from shapewright.syntax.text import line_starts
from shapewright.workspace.analysis import with_deep_stack
from shapewright.workspace.files import PassedOver, Unreadable, python_files
from shapewright.workspace.programs import is_notebook, program_of, read_program
from shapewright.workspace.settings import Loaded, Settings, read_project, read_settings


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "check",
        help="print the findings of files and folders",
        description="Finds shape mistakes, without running code.",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files and folders; - is standard input")
    parser.add_argument("--output-format", choices=("text", *FORMATS), default="text")
    parser.add_argument("--fix", action="store_true", help="apply the preferred fixes to the files")
    parser.add_argument("--diff", action="store_true", help="print what --fix would change, and change nothing")
    parser.add_argument("--select", type=_codes, metavar="CODES", help="only these rules, such as SW1,SW201")
    parser.add_argument("--ignore", type=_codes, metavar="CODES", help="all but these rules")
    parser.add_argument("--stdin-filename", metavar="NAME", default="-", help="the name to show for standard input")
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="how many processes (default: one a core)")
    add_options(parser)
    parser.set_defaults(run=run)


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(rule.startswith(code) for rule in RULES):
            raise argparse.ArgumentTypeError(f"there is no rule {code}; `shapewright rule` lists all")
    return codes


def run(options: argparse.Namespace) -> int:
    """Checks and prints; 1 when something was found."""
    results: list[Checked] = []
    failed = False
    keras, projects = Keras(options), _Projects(options)
    try:
        for result in _check_all(options, projects, keras):
            if result.error is not None:
                print(f"shapewright: {result.error}", file=sys.stderr)
                failed = failed or not result.skipped
            results.append(result)
        if options.fix or options.diff:
            results = fix_across(results, lambda folder: projects.of(folder).settings, keras)
    finally:
        keras.close()
    if options.diff:
        _print_diff(results)
    elif options.fix:
        results = [_write_back(result) for result in results]
    # The fixed text of standard input has standard output for itself.
    mixed = options.fix and not options.diff and any(result.stdin for result in results)
    _report(options, results, sys.stderr if mixed else sys.stdout)
    found = any(result.findings or (options.diff and result.fixed) for result in results)
    if failed:
        return 2
    return 1 if found and not options.exit_zero else 0


def _check_all(options: argparse.Namespace, projects: _Projects, keras: Keras) -> Iterator[Checked]:
    paths: list[Path] = options.paths or [Path()]
    fixing = options.fix or options.diff
    if paths == [Path("-")]:
        yield _check_standard_input(options, projects, fixing, keras)
        return
    if Path("-") in paths:
        raise Failure("- (standard input) cannot be checked together with files")
    missing = [path for path in paths if _is_missing(path)]
    if missing:
        raise Failure("there is no such file or folder: " + ", ".join(map(str, missing)))
    if options.jobs < 0:
        raise Failure("--jobs takes a positive number")
    refusals: list[Checked] = []

    def refused(folder: Path, error: OSError) -> None:
        reason = "permission denied" if isinstance(error, PermissionError) else error.strerror or str(error)
        refusals.append(Checked(str(folder), error=f"{folder}: the folder may not be read ({reason})"))

    named = {path for path in paths if not os.path.isdir(path)}
    files: dict[Path, Settings] = {}
    for path in paths:
        project = projects.of(path if os.path.isdir(path) else path.parent)
        for file in python_files([path], project.settings.exclude, project.folder, refused):
            files.setdefault(file, projects.of(file.parent).settings)
    yield from refusals
    jobs = options.jobs or min(os.cpu_count() or 1, 8)
    if keras.is_asked or jobs == 1 or len(files) < 16:  # there is one Keras for all files
        work = partial(check_file, fixing=fixing, named=named, keras=keras)
        results = (_in_deep_stack(partial(work, file, settings)) for file, settings in files.items())
        yield from _with_progress(results, len(files))
        return
    work = partial(check_file, fixing=fixing, named=named)
    with ProcessPoolExecutor(jobs) as pool:
        outcomes = pool.map(_deep_check(work), list(files), list(files.values()), chunksize=4)
        yield from _with_progress(outcomes, len(files))


def _is_missing(path: Path) -> bool:
    try:
        os.lstat(path)
    except PermissionError:  # it may be there: reading it tells
        return False
    except OSError:
        return True
    return False


def _check_standard_input(options: argparse.Namespace, projects: _Projects, fixing: bool, keras: Keras) -> Checked:
    name: str = options.stdin_filename
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
        program = program_of(name, text)
    except UnicodeError as error:
        raise Failure(f"standard input is not UTF-8 text ({error})") from None
    except Unreadable as error:
        raise Failure(str(error)) from None
    where = Path(name).resolve().parent if name != "-" else Path.cwd()
    settings = projects.of(where).settings
    return replace(_in_deep_stack(partial(check_program, program, settings, fixing, keras)), stdin=True)


class _Projects:
    """The settings of folders: each that of its own project, with the command line's on top. What is wrong with them is
    told once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._given = {name: list(codes) for name in ("select", "ignore") if (codes := getattr(options, name)) is not None}
        self._known: dict[Path, Loaded] = {}
        self._told: set[str] = set()

    def of(self, folder: Path) -> Loaded:
        if folder not in self._known:
            project = read_project(folder.resolve())
            loaded = read_settings(self._given, "command line", project.settings)
            for problem in (*project.problems, *loaded.problems):
                if problem not in self._told:
                    self._told.add(problem)
                    print(f"shapewright: {problem}", file=sys.stderr)
            self._known[folder] = Loaded(loaded.settings, [], project.folder)
        return self._known[folder]


@dataclass(frozen=True)
class _deep_check:
    """Checks a file in a thread with a deep stack; a class, so that it can be sent to another process."""

    work: Any

    def __call__(self, file: Path, settings: Settings) -> Checked:
        return _in_deep_stack(partial(self.work, file, settings))


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


def check_file(
    file: Path, settings: Settings, fixing: bool = False, named: Iterable[Path] = (), keras: Keras | None = None
) -> Checked:
    """Checks one file. A notebook for another language is passed over, unless it was `named`."""
    try:
        program = read_program(file)
    except PassedOver as error:
        return Checked(str(file), error=f"{error}; it is passed over", skipped=file not in named)
    except Unreadable as error:
        return Checked(str(file), error=str(error))
    return check_program(program, settings, fixing, keras)


def _write_back(result: Checked) -> Checked:
    """Writes a fixed program to its file: beside it first, then in its place, so that a full disk loses nothing."""
    if result.program is None:
        return result
    if result.stdin:
        sys.stdout.write((result.fixed or result.program).written)
        return result
    if result.fixed is None:
        return result
    file = Path(result.name).resolve()  # a link stays a link
    beside = file.with_name(f".{file.name}.shapewright-fix")
    try:
        beside.write_bytes(result.fixed.written.encode(_encoding(file)))
        beside.chmod(file.stat().st_mode)
        os.replace(beside, file)
    except (OSError, UnicodeError) as error:
        beside.unlink(missing_ok=True)
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise Failure(f"{result.name} cannot be written ({reason}); it is as it was") from None
    return replace(result, program=result.fixed)


def _encoding(file: Path) -> str:
    if is_notebook(file.name):
        return "utf-8"
    with file.open("rb") as source:
        return tokenize.detect_encoding(source.readline)[0]


def _print_diff(results: list[Checked]) -> None:
    """The changes as a unified diff; those of a notebook cell by cell."""
    for result in results:
        if result.fixed is None or result.program is None:
            continue
        for (cell, before), (_, after) in zip(result.program.parts, result.fixed.parts, strict=True):
            name = result.name if cell is None else f"{result.name}:cell {cell}"
            lines = difflib.unified_diff(_with_ends(before), _with_ends(after), name, f"{name} (fixed)")
            sys.stdout.writelines(
                line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
            )


def _with_ends(text: str) -> list[str]:
    """The lines of a text with their ends: those lines that Python and editors count, not those of `splitlines`."""
    starts = [*line_starts(text), len(text)]
    return [text[a:b] for a, b in pairwise(starts) if a < b]


def _report(options: argparse.Namespace, results: list[Checked], out: TextIO) -> None:
    if options.diff:
        return
    found = [
        Found(result.fixed or result.program, finding)
        for result in results
        if result.program is not None
        for finding in result.findings
    ]
    if options.output_format != "text":
        print(FORMATS[options.output_format](found), file=out)
        out = sys.stderr
    for item in found if options.output_format == "text" else ():
        print(as_text(item), file=out)
    if options.statistics:
        for line in statistics(found):
            print(line, file=out)
    if options.output_format == "text":
        _print_count(found, any(result.error and not result.skipped for result in results), out)


def _print_count(found: list[Found], failed: bool, out: TextIO) -> None:
    fixable = sum(any(fix.preferred for fix in item.finding.fixes) for item in found)
    if found:
        more = f"; {fixable} can be fixed with --fix" if fixable else ""
        print(f"{len(found)} finding{'s' if len(found) != 1 else ''}{more}.", file=out)
    elif not failed:
        print("No shape mistakes found.", file=out)
