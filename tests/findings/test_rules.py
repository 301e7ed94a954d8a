"""What each rule says of itself is true, and comments silence what they name."""

from __future__ import annotations

import pytest
from shapewright.findings.finding import Severity
from shapewright.findings.rules import RULES, Rule
from shapewright.workspace.analysis import analyse_text

from tests.differential.real import Recorded, plain_message, record, require_keras

each = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
MISTAKE = RULES["SW101"].wrong
LINE = "x = keras.Input(shape=(1, 3, 1))"


def codes(text: str) -> list[str]:
    return [finding.code for finding in analyse_text(text).findings]


@each
def test_the_wrong_program_has_that_finding_alone(rule: Rule) -> None:
    findings = analyse_text(rule.wrong).findings
    assert [(finding.code, finding.severity) for finding in findings] == [(rule.code, rule.severity)]


@each
def test_the_right_program_has_none(rule: Rule) -> None:
    assert codes(rule.right) == []


@pytest.fixture(scope="module")
def real() -> dict[str, Recorded]:
    """Both programs of every rule under real Keras."""
    require_keras()
    texts = {f"{rule.code} wrong": rule.wrong for rule in RULES.values()}
    return record(texts | {f"{rule.code} right": rule.right for rule in RULES.values()})


@each
def test_the_wrong_program_raises_where_that_is_an_error(rule: Rule, real: dict[str, Recorded]) -> None:
    raised = {plain_message(error.message) for error in real[f"{rule.code} wrong"].errors}
    if rule.severity is Severity.ERROR:
        (finding,) = analyse_text(rule.wrong).findings
        assert raised == {plain_message(finding.keras_message or "no message is foretold")}
    else:
        assert raised == set()


@each
def test_the_right_program_runs(rule: Rule, real: dict[str, Recorded]) -> None:
    assert real[f"{rule.code} right"].errors == ()


@pytest.mark.parametrize(
    ("comment", "silenced"),
    [
        ("# shapewright: ignore", True),
        ("#shapewright:ignore", True),
        ("# shapewright: ignore[SW101]", True),
        ("# shapewright: ignore[SW201, SW101]", True),
        ("# because  # shapewright: ignore[SW101] so it is", True),
        ("# shapewright: ignore[SW201]", False),
        ("# shapewright: ignore[]", False),
        ("# shapewright: ignore-file", False),
        ("# ignore", False),
    ],
)
def test_a_comment_silences_its_line(comment: str, silenced: bool) -> None:
    assert codes(MISTAKE.replace(LINE, f"{LINE}  {comment}")) == ([] if silenced else ["SW101"])


def test_a_comment_on_another_line_silences_nothing() -> None:
    assert codes(MISTAKE.replace(LINE, f"# shapewright: ignore\n{LINE}")) == ["SW101"]


@pytest.mark.parametrize(("before", "silenced"), [(0, True), (19, True), (20, False)])
def test_a_comment_near_the_top_silences_the_file(before: int, silenced: bool) -> None:
    assert codes("\n" * before + "# shapewright: ignore-file\n" + MISTAKE) == ([] if silenced else ["SW101"])
