"""`shapewright shapes FILE`: the source with its shapes beside it, or all shapes as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.cli.json_shapes import entries
from shapewright.cli.validation import Keras, add_options
from shapewright.syntax.source import Place
from shapewright.syntax.text import split_lines
from shapewright.workspace.analysis import Analysis, analyse_text, with_deep_stack
from shapewright.workspace.files import Unreadable
from shapewright.workspace.programs import Program, read_program
from shapewright.workspace.questions import hints
from shapewright.workspace.ran import with_hints_of_run
from shapewright.workspace.settings import read_project

_COLUMN = 60
"""Where the shapes begin, unless the line is longer."""


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "shapes",
        help="print a file with its shapes",
        description="Prints the source with each line's shapes beside it.",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    add_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the shapes of one file."""
    try:
        program = read_program(options.file)
    except Unreadable as error:
        raise Failure(str(error)) from None
    show = _as_json if options.output_format == "json" else beside
    keras = Keras(options)
    try:
        print(with_deep_stack(lambda: show(program, _analysis(program, keras))))
    finally:
        keras.close()
    return 0


def _analysis(program: Program, keras: Keras) -> Analysis:
    path = Path(program.name).absolute()
    analysis = analyse_text(program.text, path)
    if keras.is_asked:
        keras.confirm(analysis, program.name, read_project(path.parent).settings)
    return analysis


def _as_json(program: Program, analysis: Analysis) -> str:
    shapes = entries(analysis.facts, program, analysis.ran)
    return json.dumps({"version": 1, "file": program.name, "keras": "3", "shapes": shapes})


def beside(program: Program, analysis: Analysis) -> str:
    """The source with the shapes of the names assigned on each line behind it, as comments; a notebook cell by cell."""
    shapes: dict[tuple[int | None, int], list[str]] = {}
    facts, last = analysis.facts, len(analysis.facts.source.lines)
    found = hints(facts, 0, last, max_length=200)
    if analysis.ran is not None:
        found = with_hints_of_run(found, facts, analysis.ran, 0, last, max_length=200)
    for hint in found:
        name = facts.source.lines[hint.line][: hint.column]
        start = len(name)
        if name.endswith("]"):  # an item: `inputs["age"]`
            start = _opening(name)
        while start and (name[start - 1].isidentifier() or name[start - 1].isdigit()):
            start -= 1
        spot = program.spot(Place(hint.line, hint.column, hint.line, hint.column))
        shapes.setdefault((spot.cell, spot.place.line), []).append(name[start:] + hint.label)
    parts = [(cell, split_lines(text)) for cell, text in program.parts]
    lengths = [len(lines[n]) for cell, lines in parts for n in range(len(lines)) if (cell, n) in shapes]
    width = min(_COLUMN, max(lengths, default=0))
    shown = []
    for cell, lines in parts:
        text = [
            f"{line:<{width}}  # {'; '.join(shapes[cell, number])}" if (cell, number) in shapes else line
            for number, line in enumerate(lines)
        ]
        head = "" if cell is None else f"# %% cell {cell}\n"
        shown.append(head + "\n".join(text).rstrip("\n"))
    return "\n\n".join(shown)


def _opening(text: str) -> int:
    """Where the bracket is opened that closes at the end of a text."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return at
    return 0
