"""After cells were edited, put in, taken out and moved, what is known equals what a fresh analysis knows."""

from __future__ import annotations

import os
import random
from textwrap import indent

import pytest
from shapewright.syntax.notebook import Cells
from shapewright.syntax.source import Source
from shapewright.workspace.analysis import Buffer, analyse_text, with_deep_stack

from tests.interpreter.test_incremental import mismatches, seen
from tests.literate import programs

TEXTS = {program.name: program.text for program in programs()}
STEPS = int(os.environ.get("SHAPEWRIGHT_EXAMPLES", "25"))
COMMANDS = ["%matplotlib inline", "!pip install x", "x = !ls", "%%bash\nls", "", "%time y = x"]
HALF_TYPED = ["(", '"""', "if True:", "x = f(", "def f(:"]


def cells_of(text: str) -> list[str]:
    """A program as a notebook: one statement, or a few, in each cell."""
    source = Source(text)
    ends = [*source.first_lines[1:], len(source.lines)]
    statements = ["\n".join(source.lines[a:b]) for a, b in zip(source.first_lines, ends, strict=True)]
    return ["\n".join(statements[n : n + 1 + n % 3]) for n in range(len(statements))]


@pytest.mark.parametrize("name", random.Random(3).sample(sorted(TEXTS), 24))
def test_edits_of_cells(name: str) -> None:
    with_deep_stack(lambda: edit(name))


def edit(name: str) -> None:
    choose = random.Random(name)
    cells = cells_of(TEXTS[name])
    buffer = Buffer()
    for step in range(STEPS):
        at = choose.randrange(len(cells))
        match choose.randrange(6):
            case 0:
                cells.insert(at, choose.choice([*COMMANDS, *cells]))
            case 1 if len(cells) > 2:
                del cells[at]
            case 2 | 3:
                cells.insert(choose.randrange(len(cells)), cells.pop(at))
            case 4:
                cells[at] = cells[at].replace(choose.choice("0123456789"), choose.choice("123456789"))
            case _ if len(cells[at]) < 2000:
                cells[at] = choose.choice([f"\n{cells[at]}", f"{cells[at]}\n", f"%%time\n{cells[at]}", indent(cells[at], "  ")])
        if step % 4 == 0:
            buffer.analyse(Cells([*cells[:at], choose.choice(HALF_TYPED), *cells[at:]]).text)
        text = Cells(cells).text
        known = buffer.analyse(text).facts
        fresh = analyse_text(text).facts
        if any(chunk.broken for chunk in fresh.source.chunks):
            continue  # what is half typed is as it last parsed, which a fresh analysis cannot know
        assert seen(known) == seen(fresh), f"step {step}"
        assert mismatches(known) == mismatches(fresh), f"step {step}"
