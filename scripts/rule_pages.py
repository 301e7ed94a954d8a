"""Writes docs/rules from the declarations of the rules; with --check says when the pages are not up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from shapewright.cli.rule import page
from shapewright.findings.rules import RULES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """The text of each file."""
    rows = [f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity.value} | {r.summary} |" for r in RULES.values()]
    index = ["# Rules", "", "| code | name | severity | what it finds |", "| --- | --- | --- | --- |", *rows, ""]
    return {"README.md": "\n".join(index), **{f"{rule.code}.md": page(rule) for rule in RULES.values()}}


def main() -> int:
    """Writes the pages, or compares them."""
    wanted = pages()
    if "--check" in sys.argv[1:]:
        there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
        if there != wanted:
            print("docs/rules is not up to date: run `make docs` and commit the pages", file=sys.stderr)
            return 1
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in FOLDER.glob("*.md"):
        file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
