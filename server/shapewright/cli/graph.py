"""`shapewright graph FILE [MODEL]`: a model as a picture."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.cli.places import place_entry
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.files import Unreadable
from shapewright.workspace.graphs import PICTURES, NoModel, as_json, find_model, model_graph
from shapewright.workspace.programs import Program, read_program


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "graph",
        help="print a model as a picture",
        description="Prints a model as a picture: each layer with its output shape and parameters.",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("model", metavar="MODEL", nargs="?", help="the name that holds it, where there are several")
    parser.add_argument("--format", choices=("svg", "mermaid", "dot", "json"), default="mermaid")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the graph of one model."""
    try:
        program = read_program(options.file)
        print(with_deep_stack(lambda: _graph(program, options.model, options.format)))
    except Unreadable as error:
        raise Failure(str(error)) from None
    except NoModel as error:
        raise Failure(f"{options.file}: {error}") from None
    return 0


def _graph(program: Program, model: str | None, form: str) -> str:
    facts = analyse_text(program.text, Path(program.name).absolute()).facts
    named = find_model(facts, model)
    if form == "json":
        return as_json(facts, named, lambda place: place_entry(program.spot(place)))
    return PICTURES[form](model_graph(facts, named))
