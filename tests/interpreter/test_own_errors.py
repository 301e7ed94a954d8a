"""An error of shapewright itself costs the statement it happens in, and is told in the log."""

from __future__ import annotations

import ast
import logging

import pytest
from shapewright.interpreter import run
from shapewright.interpreter.chunks import STRICT
from shapewright.workspace.analysis import analyse_text
from shapewright.workspace.questions import hints

TEXT = "import numpy as np\na = np.zeros((2, 3))\nb = f'{a}'\nc = np.ones((4,))\n"


def _fails(*_: object) -> None:
    raise ZeroDivisionError("a mistake of ours")


def test_the_rest_of_the_program_is_still_known(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(run._EXPRESSIONS, ast.JoinedStr, _fails)
    monkeypatch.delenv(STRICT)
    with caplog.at_level(logging.ERROR, "shapewright"):
        facts = analyse_text(TEXT).facts
    assert [hint.label for hint in hints(facts, 0, 4, max_length=60)] == [": (2, 3)", ": (4,)"]
    assert facts.bounds == ["an error of shapewright itself"]
    assert "please report" in caplog.text and "a mistake of ours" in caplog.text


def test_a_test_would_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(run._EXPRESSIONS, ast.JoinedStr, _fails)
    with pytest.raises(ZeroDivisionError):
        analyse_text(TEXT)
