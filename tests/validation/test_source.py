"""What of a file is run, and what becomes of what the run told. Nothing is run here: the worker's replies are made up."""

from __future__ import annotations

from typing import Any

import pytest
from shapewright.cli.json_shapes import entries, entries_of_run
from shapewright.interpreter.facts import Facts
from shapewright.validation.source import read_reply, slice_of
from shapewright.workspace.analysis import Buffer, analyse_text
from shapewright.workspace.programs import Program
from shapewright.workspace.questions import hints, hover
from shapewright.workspace.ran import Ran, agreement, differences, hints_of_run, hover_of_run, with_hints_of_run

TEXT = """\
import keras
x = keras.Input((8, 4))
y = made_by_hand()(x)
def f(a: int, b):
    ü = other(b); return ü
print(
    y)
"""
Y = {"shape": [None, 8, 12], "dtype": "float32"}


def facts_of(text: str) -> Facts:
    return analyse_text(text).facts


def seen(line: int, column: int, end_column: int, *shapes: Any, kind: str = "tensor") -> dict[str, Any]:
    return {
        "line": line,
        "column": column,
        "end_line": line,
        "end_column": end_column,
        "kind": kind,
        "shapes": [*shapes],
    }


def ran(text: str, *places: Any) -> tuple[Facts, Ran]:
    facts = facts_of(text)
    return facts, read_reply({"places": [*places], "error": None}, facts, "3.15.1")


@pytest.mark.parametrize(
    ("statement", "left_out"),
    [
        ("print(model(x))", True),
        ("model.summary()", True),
        ("plt.show()", True),
        ("model.save('m.keras')", True),
        ("'a text'", True),
        ("x", True),
        ("model.fit(x, y)", False),  # builds the model
        ("model(x)", False),
        ("build(model)", False),
        ("a = print(model(x))", False),
        ("y = 2; print(y)", False),  # not alone on its line
        ("if y: print(y)", False),
    ],
)
def test_what_only_shows_something_is_left_out(statement: str, left_out: bool) -> None:
    text = f"import keras\n\n{statement}\n"
    found = slice_of(analyse_text(text))
    assert found.skip == (((3, 3),) if left_out else ())


def test_lines_of_a_long_statement() -> None:
    assert slice_of(analyse_text(TEXT)).skip == ((6, 7),)
    assert slice_of(analyse_text(TEXT)).as_request()["skip"] == [[6, 7]]


def test_what_is_being_typed_is_run_as_it_last_was() -> None:
    buffer = Buffer()
    buffer.analyse("a = 1\nb = f(a)\n")
    typed = slice_of(buffer.analyse("a = 1\nb = f(a\n"))
    assert typed.text.split("\n")[:2] == ["a = 1", "b = f(a)"]
    assert typed.key == slice_of(analyse_text("a = 1\nb = f(a)\n")).key
    assert typed.key != slice_of(analyse_text("a = 1\nb = f(a, 2)\n")).key


def test_lines_that_are_being_typed_tell_nothing() -> None:
    buffer = Buffer()
    buffer.analyse("y = 1\nb = made(y)\n")
    facts = buffer.analyse("y = 1\nb = made(y\n").facts
    told = read_reply({"places": [seen(1, 0, 1, Y), seen(2, 0, 1, Y)]}, facts, "3")
    assert [place.line for place in told.places] == [0]


def test_the_hover_says_where_it_is_from() -> None:
    facts, told = ran(
        TEXT, seen(3, 0, 1, Y), seen(3, 4, 21, Y), seen(3, 19, 20, {"shape": [None, 8, 4], "dtype": "float32"})
    )
    found = hover_of_run(facts, told, 2, 0)
    assert found is not None
    assert found.markdown == "```\ny: (None, 8, 12)\n```\nfloat32 · from running this file under Keras 3.15.1"
    assert hover_of_run(facts, told, 2, 19) is None  # `x` is known without
    call = hover_of_run(facts, told, 2, 6)  # on the name of what is called
    assert call is None or call.place.column == 4
    assert hover_of_run(facts, told, 0, 0) is None
    assert hover_of_run(facts, told, 2, 4) is None or hover_of_run(facts, told, 2, 4) == call


def test_hints_stand_behind_assigned_names_and_parameters() -> None:
    facts, told = ran(
        TEXT,
        seen(2, 0, 1, {"shape": [7], "dtype": "float32"}),  # the analysis knows better
        seen(3, 0, 1, Y),
        seen(4, 6, 7, {"shape": [3], "dtype": None}, kind="shape"),
        seen(5, 4, 5, Y, {"shape": [2], "dtype": "float32"}),
        seen(5, 25, 26, Y),
    )
    assert [(hint.line, hint.column, hint.label) for hint in hints_of_run(facts, told, 0, 10)] == [
        (2, 1, ": (None, 8, 12)"),
        (3, 7, ": (3,)"),
        (4, 5, ": (None, 8, 12) | (2,)"),
    ]
    assert hints_of_run(facts, told, 0, 1) == []
    assert hints_of_run(facts, told, 4, 4, max_length=8)[0].label == ": (None, …"


OPEN = """\
import keras
class Odd(keras.layers.Layer):
    def call(self, x):
        for _ in range(unknown()):
            x = keras.ops.concatenate([x, x], -1)
        return x
y = Odd()(keras.Input((4,)))
"""


def test_what_the_analysis_leaves_open_is_filled() -> None:
    there = {"shape": [None, 16], "dtype": "float32"}
    facts, told = ran(OPEN, seen(7, 0, 1, there), seen(7, 4, 28, there))
    ours = hints(facts, 6, 6)
    assert [hint.label for hint in ours] == [": (None, ?)"]
    assert [hint.label for hint in with_hints_of_run(ours, facts, told, 6, 6)] == [": (None, 16)"]
    said = hover(facts, 6, 0)
    assert said is not None
    assert agreement(facts, told, said).markdown.endswith("\n(None, 16) from running this file under Keras 3.15.1.")
    shown = [entry["shapes"] for entry in entries(facts, Program("a.py", OPEN), told) if entry["text"] == "y"]
    assert shown == [[[None, 16]]]


def test_what_the_analysis_excludes_fills_nothing() -> None:
    facts, told = ran(OPEN, seen(7, 0, 1, {"shape": [None, 16, 1], "dtype": "float32"}))
    ours = hints(facts, 6, 6)
    assert with_hints_of_run(ours, facts, told, 6, 6) == ours
    shown = [entry["shapes"] for entry in entries(facts, Program("a.py", OPEN), told) if entry["text"] == "y"]
    assert shown == [[[None, "?"]]]


def test_json() -> None:
    model = {"inputs": {"shape": [None, 4], "dtype": "float32"}, "outputs": {"tuple": [Y, {"dict": {"k": Y}}]}}
    facts, told = ran(TEXT, seen(3, 0, 1, Y), seen(3, 4, 21, model, kind="model"))
    name, call = entries_of_run(facts, told, Program("a.py", TEXT))
    assert name == {
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 2,
        "text": "y",
        "kind": "tensor",
        "shapes": [[None, 8, 12]],
        "dtype": "float32",
        "confidence": "validated",
    }
    assert (call["text"], call["inputs"]) == ("made_by_hand()(x)"[:17], [None, 4])
    assert call["outputs"] == {"0": [None, 8, 12], "1": {"k": [None, 8, 12]}}


@pytest.mark.parametrize(
    "told",
    [
        3,
        {},
        {"line": 1},
        seen(0, 0, 1, Y),
        seen(1, -1, 1, Y),
        seen(1, 0, 1),
        seen(1, 0, 1, Y, kind="secret"),
        seen(1, 0, 1, {"other": "object"}),
        seen(1, 0, 1, {"shape": [-1], "dtype": "int32"}),
        seen(1, 0, 1, {"shape": ["a"], "dtype": "int32"}),
        seen(1, 0, 1, {"tuple": []}),
        seen(1, 0, 1, {"tuple": [Y, None]}),
        seen(1, 0, 1, Y, kind="model"),
        seen(1, 0, 1, None),
    ],
)
def test_what_does_not_look_like_a_place_is_passed_over(told: Any) -> None:
    """The program may have forged it."""
    assert ran(TEXT, told)[1].places == {}


def test_what_the_run_had_too_is_validated_and_what_it_had_not_is_told() -> None:
    same, other = {"shape": [None, 8, 4], "dtype": "float32"}, {"shape": [None, 8, 5], "dtype": "float32"}
    facts, told = ran(TEXT, seen(2, 0, 1, same), seen(2, 4, 23, other))
    x, made = hover(facts, 1, 0), hover(facts, 1, 11)
    assert x is not None and made is not None
    assert agreement(facts, told, x).markdown == f"{x.markdown}  \nValidated by running this file under Keras 3.15.1."
    assert agreement(facts, told, made) == made
    assert list(differences(facts, told)) == ["line 2: keras.Input((8, 4)): (None, 8, 4), when it was run (None, 8, 5)"]
    shown = [entry for entry in entries(facts, Program("a.py", TEXT), told) if entry["line"] == 2]
    assert [(entry["text"], entry["confidence"]) for entry in shown] == [
        ("x", "validated"),
        ("keras.Input((8, 4))", "inferred"),
    ]
    facts, told = ran(TEXT, seen(2, 0, 1, {"shape": [32, 8, 4], "dtype": "float32"}))
    assert list(differences(facts, told)) == []  # what `None` stood for
