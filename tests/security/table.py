"""The table of attempts in docs/security.md: `python -m tests.security.table --write`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.security.attempts import ATTEMPTS

PAGE = Path(__file__).parents[2] / "docs/security.md"
BEGIN, END = "<!-- attempts: made by tests/security/table.py -->\n", "<!-- end of attempts -->\n"


def table() -> str:
    rows = ["| attempt | stopped by |", "| --- | --- |"]
    rows += [f"| {attempt.title} | {', '.join(attempt.stopped_by)} |" for attempt in ATTEMPTS]
    return "\n".join(rows) + "\n"


def page_with_table() -> str:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + table() + "\n" + END + after


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page_with_table())
    elif PAGE.read_text() != page_with_table():
        sys.exit("docs/security.md: the table is not that of tests/security/attempts.py")
