"""What Keras's answers mean for findings. Keras's replies are made up here."""

from __future__ import annotations

import pytest
from lsprotocol.types import PositionEncodingKind
from shapewright.lsp.documents import File, Text
from shapewright.lsp.validation import Validation
from shapewright.validation.plan import plan_of
from shapewright.validation.verdicts import Verdicts
from shapewright.workspace.analysis import analyse_text

BUG = """\
import keras
x = keras.Input((1, 3, 1))
y = keras.layers.LSTM(10)(x)
"""
OTHER_WORDS = 'Input 0 of layer "lstm" is incompatible with the layer: expected ndim=3, found ndim=4.'


@pytest.mark.parametrize(("version", "lines"), [("3.6.0", 0), ("2.15.0", 0), ("3.15.1", 1)])
def test_other_words_of_another_version_are_shown_and_nothing_to_report(version: str, lines: int) -> None:
    analysis = analyse_text(BUG)
    plan = plan_of(analysis.facts)
    error = {"error": {"type": "ValueError", "message": OTHER_WORDS}}
    results = {step.key: error if step.data["do"] == "call" else {} for step in plan.steps}
    (finding,), told = Verdicts(plan, results, version).confirm(analysis.facts, analysis.findings)
    assert (finding.keras_message, finding.confidence) == (OTHER_WORDS, "validated")
    assert len(told) == lines


def test_a_finding_that_keras_did_not_make_before_is_not_shown_in_between() -> None:
    analysis = analyse_text(BUG)
    plan = plan_of(analysis.facts)
    taken = {"value": {"shape": [None, 10], "dtype": "float32"}}
    analysis.facts.view.answers = Verdicts(plan, {step.key: taken for step in plan.steps}, "3.15.1")
    assert [finding.code for finding in analysis.findings] == ["SW101"]
    Validation.recall_findings(File(Text("file:///a.py", BUG, 1, PositionEncodingKind.Utf16)), analysis)
    assert analysis.findings == []
