"""What a rule says of itself: what it is called, how bad it is, what it means, and programs that show it."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.findings.finding import Severity

DOCUMENTATION = "https://github.com/shapewright/shapewright/blob/main/docs/rules"


@dataclass(frozen=True)
class Rule:
    """A kind of mistake."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str

    @property
    def url(self) -> str:
        """The rule's page."""
        return f"{DOCUMENTATION}/{self.code}.md"


RULES: dict[str, Rule] = {}


def declare(
    code: str, name: str, summary: str, why: str, wrong: str, right: str, severity: Severity = Severity.ERROR
) -> Rule:
    rule = Rule(code, name, severity, summary, why, wrong.strip() + "\n", right.strip() + "\n")
    RULES[code] = rule
    return rule
