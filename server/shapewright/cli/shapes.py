"""`shapewright shapes FILE`: the source with its shapes beside it, or all shapes as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.cli.json_shapes import entries
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.files import Unreadable, read_source
from shapewright.workspace.questions import hints

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
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the shapes of one file."""
    try:
        text = read_source(options.file)
    except Unreadable as error:
        raise Failure(str(error)) from None
    if options.output_format == "json":
        print(with_deep_stack(lambda: _as_json(options.file, text)))
    else:
        print(with_deep_stack(lambda: beside(text, options.file)))
    return 0


def _as_json(file: Path, text: str) -> str:
    facts = analyse_text(text, file.absolute()).facts
    return json.dumps({"version": 1, "file": str(file), "keras": "3", "shapes": entries(facts)})


def beside(text: str, file: Path | None = None) -> str:
    """The source with the shapes of the names assigned on each line behind it, as comments."""
    facts = analyse_text(text, None if file is None else file.absolute()).facts
    shapes: dict[int, list[str]] = {}
    for hint in hints(facts, 0, len(facts.source.lines), max_length=200):
        name = facts.source.lines[hint.line][: hint.column]
        start = len(name)
        while start and (name[start - 1].isidentifier() or name[start - 1].isdigit()):
            start -= 1
        shapes.setdefault(hint.line, []).append(name[start:] + hint.label)
    width = min(_COLUMN, max((len(facts.source.lines[n]) for n in shapes), default=0)) + 2
    lines = [
        f"{line:<{width}}# {'; '.join(shapes[number])}" if number in shapes else line
        for number, line in enumerate(facts.source.lines)
    ]
    return "\n".join(lines).rstrip("\n")
