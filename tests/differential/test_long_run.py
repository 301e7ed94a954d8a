"""The long comparison itself: what it counts, what it tells, and that nothing ends it before its end."""

from __future__ import annotations

import random
import sys

import pytest

from tests.differential import long_run
from tests.differential.compare import DIFFERENT, REFUSED, SAME, SHOWN, SILENT_REFUSAL, WORDS, Tally, needed_for
from tests.differential.real import Error, Recorded, Value, record_many, require_keras

PROGRAM = """import numpy as np
a0 = np.ones((2, 3))
a1 = np.ones((4,))
b0 = np.reshape(a0, (3, 2))
b1 = np.sum(b0, axis=0)
b2 = a0 + a1"""
MESSAGE = "operands could not be broadcast together with shapes (2,3) (4,) "


def _recorded(shape: str = "(2,)", message: str = MESSAGE) -> Recorded:
    values = [Value(1, "a0", "(2, 3)", "float64", None), Value(2, "a1", "(4,)", "float64", None)]
    values += [Value(3, "b0", "(3, 2)", "float64", None), Value(4, "b1", shape, "float64", None)]
    return Recorded(tuple(values), (Error(5, "ValueError", message),))


def _tally(real: Recorded) -> Tally:
    tally = Tally()
    tally.add("program 0", PROGRAM, real)
    return tally


def test_what_is_as_it_should_be_is_counted() -> None:
    tally = _tally(_recorded())
    assert tally.counts == {SAME: 4, REFUSED: 1}
    assert list(tally.disagreements()) == []


def test_another_shape_other_words_and_an_unexpected_refusal_are_told_with_what_they_need() -> None:
    tally = _tally(_recorded("(3,)", "they do not fit"))
    assert tally.counts == {SAME: 3, DIFFERENT: 1, WORDS: 1}
    (first,) = tally.disagreements((DIFFERENT,))
    assert (
        first.splitlines()[2:] == PROGRAM.splitlines()[:2] + PROGRAM.splitlines()[3:5]
    )  # without a1, which it does not need
    refused = Recorded((), (Error(3, "ValueError", "no"), Error(4, "LinAlgError", "Matrix is not invertible")))
    assert _tally(refused).counts == {SHOWN: 1, SILENT_REFUSAL: 1}


def test_a_line_of_a_function_needs_its_head_and_its_call() -> None:
    text = "x = 1\n@tf.function\ndef f0(x0, x1):\n    v00 = x0 + 1\n    v01 = x1 + 1\n    return v00\nf0()"
    assert needed_for(text, 4).splitlines() == [*text.splitlines()[1:4], "    v01 = x1 + 1", "    return v00", "f0()"]


def test_a_run_with_a_disagreement_goes_on_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shapes = iter(["(2,)", "(3,)", "(2,)"])
    monkeypatch.setattr(long_run, "FAMILIES", {"sums": lambda rng: PROGRAM, "more sums": lambda rng: PROGRAM})
    monkeypatch.setattr(long_run, "PROGRAMS", 1)
    monkeypatch.setattr(long_run, "record_many", lambda texts: {key: _recorded(next(shapes, "(2,)")) for key in texts})
    monkeypatch.setattr(sys, "argv", ["long_run", "--calls", "20", "--seed", "3"])
    assert long_run.main() == 1
    told = capsys.readouterr().out
    assert "sums, program 1 of seed 3, line 5: shown (2,), in reality (3,)" in told
    last = told.splitlines()[-3:]
    assert last[-1].split() == ["all", "20", "15", "4", "0", "0", "1", "0", "0"]
    monkeypatch.setattr(long_run, "record_many", lambda texts: {key: _recorded() for key in texts})
    assert long_run.main() == 0


def test_a_program_that_ends_its_process_costs_only_itself() -> None:
    require_keras()
    programs = {"before": "x = 1", "ends": "import os\nos.abort()", "after": "import numpy as np\nx = np.ones(3)"}
    found = record_many(programs)
    assert list(found) == ["before", "after"]
    assert found["after"].values[-1].shape == "(3,)"


def test_another_seed_generates_other_programs() -> None:
    for family in long_run.FAMILIES.values():
        assert family(random.Random("0/0")) == family(random.Random("0/0")) != family(random.Random("1/0"))
