"""`shapewright`: parses the command line and hands over to the subcommand."""

from __future__ import annotations

import argparse
import io
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from shapewright import __version__
from shapewright.cli import check, graph, rule, server, shapes, summary
from shapewright.cli.failure import Failure


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command. Exit codes: 0 nothing found, 1 findings, 2 the command itself failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal or a pipe cannot spell is escaped, not an error
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(argv)
    if options.version:
        print(_version(options.verbose))
        return 0
    if not hasattr(options, "run"):
        parser.print_help()
        return 2
    try:
        code: int = options.run(options)
        if not sys.stdout.closed:  # the server closes it when its client says goodbye
            sys.stdout.flush()
        return code
    except Failure as failure:
        print(f"shapewright: {failure}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output went away: `shapewright check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shapewright", description="The shape of every tensor in Keras and TensorFlow code, without running it."
    )
    parser.add_argument("--version", action="store_true", help="print the version; with -v also what it runs on")
    parser.add_argument("-v", "--verbose", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (server, check, shapes, graph, summary, rule):
        module.add_parser(commands)
    return parser


def _version(verbose: bool) -> str:
    if not verbose:
        return f"shapewright {__version__}"
    from importlib.metadata import PackageNotFoundError, version

    from shapewright.validation.interpreters import NoInterpreter, find_interpreter
    from shapewright.workspace.modules import project_root

    lines = [f"shapewright {__version__}", f"Python {platform.python_version()} ({sys.executable})"]
    for package in ("jedi", "pygls"):
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} is missing: install shapewright again")
    try:
        lines.append(f"for validation: {find_interpreter(project_root(Path.cwd()))}")
    except NoInterpreter as error:
        lines.append(f"for validation: none. {error}")
    return "\n".join(lines)
