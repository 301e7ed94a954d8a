"""`shapewright summary FILE [MODEL]`: the table that `model.summary()` would print."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.files import Unreadable
from shapewright.workspace.graphs import NoModel, find_model
from shapewright.workspace.programs import Program, read_program
from shapewright.workspace.summary import as_text, model_summary


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "summary",
        help="print a model as a table",
        description="Prints the table that model.summary() would print, without running anything. "
        "What is not known is a question mark; weights of an optimizer are not counted.",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("model", metavar="MODEL", nargs="?", help="the name that holds it, where there are several")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the summary of one model."""
    try:
        program = read_program(options.file)
        print(with_deep_stack(lambda: _summary(program, options.model)))
    except Unreadable as error:
        raise Failure(str(error)) from None
    except NoModel as error:
        raise Failure(f"{options.file}: {error}") from None
    return 0


def _summary(program: Program, model: str | None) -> str:
    facts = analyse_text(program.text, Path(program.name).absolute()).facts
    return as_text(model_summary(facts, find_model(facts, model)), shutil.get_terminal_size().columns)
