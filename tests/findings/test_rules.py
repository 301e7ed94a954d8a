"""What each rule says of itself is true, and comments silence what they name."""

from __future__ import annotations

import pytest
from shapewright.findings.comments import silencing
from shapewright.findings.finding import Severity, apply_edits
from shapewright.findings.rules import RULES, Rule
from shapewright.syntax.text import line_starts
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
        ("# because  # shapewright: ignore[SW101] so it is", True),
        ("# shapewright: ignore[SW201]", False),
        ("# shapewright: ignore[]", False),
        ("# shapewright: ignore-file", False),
        ("# ignore", False),
    ],
)
def test_a_comment_silences_its_line(comment: str, silenced: bool) -> None:
    found = codes(MISTAKE.replace(LINE, f"{LINE}  {comment}"))
    assert found == ([] if silenced else ["SW101"] if "ignore[" not in comment else ["SW101", "SW901"])


def test_a_comment_on_another_line_silences_nothing() -> None:
    assert codes(MISTAKE.replace(LINE, f"# shapewright: ignore\n{LINE}")) == ["SW901", "SW101"]


def test_what_is_left_of_a_comment_silences_the_rest() -> None:
    text = MISTAKE.replace(LINE, f"{LINE}  # shapewright: ignore[SW201, SW101]")
    (hint,) = analyse_text(text).findings
    (fix,) = hint.fixes
    assert (hint.code, hint.message) == ("SW901", "`SW201` silences nothing here.")
    fixed = apply_edits(text, fix.edits, line_starts(text))
    assert fixed == MISTAKE.replace(LINE, f"{LINE}  # shapewright: ignore[SW101]")
    assert codes(fixed) == []


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    assert codes("note = 'write # shapewright: ignore[SW101] behind it'\n") == []


@pytest.mark.parametrize("behind", ["", "  # why", "  # shapewright: ignore[SW201]", "  # shapewright: ignore[]"])
def test_a_comment_can_be_written_for_a_finding(behind: str) -> None:
    text = MISTAKE.replace(LINE, f"{LINE}{behind}")
    finding = next(f for f in analyse_text(text).findings if f.code == "SW101")
    edit = silencing(text.split("\n"), finding)
    assert edit is not None
    assert "SW101" not in codes(apply_edits(text, (edit,), line_starts(text)))


@pytest.mark.parametrize(("before", "silenced"), [(0, True), (19, True), (20, False)])
def test_a_comment_near_the_top_silences_the_file(before: int, silenced: bool) -> None:
    assert codes("\n" * before + "# shapewright: ignore-file\n" + MISTAKE) == ([] if silenced else ["SW101"])
