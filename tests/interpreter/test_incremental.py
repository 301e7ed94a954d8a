"""After every edit the facts equal those of a fresh analysis, and any program ends."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from shapewright.interpreter.facts import Facts
from shapewright.workspace.analysis import Buffer, analyse_text, with_deep_stack
from shapewright.workspace.questions import shape_text

from tests.literate import programs

ROOT = Path(__file__).parents[2]
TEXTS = {program.name: program.text for program in programs()} | {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.py"))
}
STEPS = int(os.environ.get("SHAPEWRIGHT_EXAMPLES", "25"))
PIECES = [
    "(",
    ")",
    "[",
    "]",
    "1",
    "3",
    ", ",
    "\n",
    "    ",
    "x",
    ".",
    '"',
    '"""',
    "#",
    "=",
    "None",
    "🦜",
    "\\",
    "def f(",
    ":",
]
Seen = dict[tuple[int, int, int, int], tuple[str, ...]]


def seen(facts: Facts, lines_apart: set[int] = frozenset()) -> Seen:
    """What is shown at every place, but for places that touch some lines."""
    found: Seen = {}
    for fact in facts.all():
        place = fact.place
        if lines_apart.isdisjoint(range(place.line, place.end_line + 1)):
            shown = tuple(shape_text(facts, value) for value in fact.values if facts.view.shows(value))
            found[place.line, place.column, place.end_line, place.end_column] = shown
    return found


def mismatches(facts: Facts, lines_apart: set[int] = frozenset()) -> set[tuple[int, str]]:
    """The line and kind of everything that does not fit."""
    places = [(facts.source.place(mismatch.span), mismatch.kind) for mismatch in facts.mismatches]
    return {(place.line, kind) for place, kind in places if place is not None and place.line not in lines_apart}


def stale_lines(facts: Facts) -> set[int]:
    """The lines that are being typed: taken as they last parsed."""
    source = facts.source
    pairs = zip(source.lines, source.parsed_text().split("\n"), strict=True)
    return {number for number, (line, parsed) in enumerate(pairs) if line != parsed}


def edited(rng: random.Random, text: str) -> str:
    """The text with one small edit: characters or lines put in, taken out, or doubled."""
    at = rng.randint(0, len(text))
    match rng.choice(["insert", "insert", "delete", "number", "delete line", "double line", "move line"]):
        case "insert":
            return text[:at] + rng.choice(PIECES) + text[at:]
        case "delete":
            return text[:at] + text[at + rng.randint(1, 4) :]
        case "number":
            digits = [n for n, char in enumerate(text) if char.isdigit()]
            at = rng.choice(digits) if digits else 0
            return text[:at] + str(rng.randint(0, 9)) + text[at + 1 :]
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    match rng.choice(["delete", "double", "move"]):
        case "delete":
            del lines[number]
        case "double":
            lines.insert(number, lines[number])
        case "move":
            lines.insert(rng.randrange(len(lines)), lines.pop(number))
    return "\n".join(lines)


@pytest.mark.parametrize("name", TEXTS)
def test_every_edit_gives_what_a_fresh_analysis_gives(name: str) -> None:
    rng = random.Random(f"{os.environ.get('SHAPEWRIGHT_SEED', '0')}/{name}")
    buffer, text = Buffer(), TEXTS[name]
    buffer.analyse(text)
    for step in range(STEPS):
        before, text = text, TEXTS[name] if rng.random() < 0.1 else edited(rng, text)
        facts = buffer.analyse(text).facts
        apart = stale_lines(facts)
        # a broken text has no trees of its own: the lines that are being typed are taken as they were
        fresh = analyse_text(facts.source.parsed_text()).facts
        told = f"step {step} from\n{before}\nto\n{text}"
        assert seen(facts, apart) == seen(fresh, apart), told
        assert mismatches(facts, apart) == mismatches(fresh, apart), told


def test_going_back_gives_what_there_was() -> None:
    """An edit that is undone leaves no trace."""
    for text in list(TEXTS.values())[:12]:
        buffer = Buffer()
        first = seen(buffer.analyse(text).facts)
        buffer.analyse(text.replace("3", "4"))
        assert seen(buffer.analyse(text).facts) == first


ENDLESS = {
    "recursion": "import keras\ndef f(x):\n    return f(x)\ny = f(1)\nx = keras.Input((3,))\n",
    "mutual recursion": "import keras\ndef f(x): return g(x)\ndef g(x): return f(x) + f(x)\ny = f(1)\nx = keras.Input((3,))\n",
    "endless loop": "import keras\nn = 0\nwhile True:\n    n += 1\nx = keras.Input((3,))\n",
    "nested loops": "import keras\nfor a in range(10**6):\n for b in range(10**6):\n  c = a * b\nx = keras.Input((3,))\n",
    "large literal": f"import keras\ndata = {list(range(100_000))!r}\nx = keras.Input((3,))\n",
    "deep expression": f"import keras\ny = {'(' * 150}1{')' * 150}\nz = {'-' * 3000}1\nx = keras.Input((3,))\n",
    "long sum": f"import keras\ny = {' + '.join(['1'] * 3000)}\nx = keras.Input((3,))\n",
    "class of itself": "import keras\nclass A(A): pass\nA().f().g\nx = keras.Input((3,))\n",
    "huge power": "import keras\nn = 9 ** 9 ** 9 ** 9\nb = 1 << 10**9\nx = keras.Input((3,))\n",
    "list in itself": "import keras\na = []\na.append(a)\nb = [a] * 5\nx = keras.Input((3,))\n",
    "many layers": "import keras\ny = keras.Input((3,))\nfor n in range(100000):\n    y = keras.layers.Dense(3)(y)\n",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_any_program_ends(name: str) -> None:
    text = ENDLESS[name]
    facts = with_deep_stack(lambda: analyse_text(text).facts)
    if "x = " in text:
        line = text.count("\n") - 1
        shown = [place for place, shapes in seen(facts).items() if shapes == ("(None, 3)",) and place[0] == line]
        assert shown or facts.bounds, "neither a shape nor a bound that explains why not"
