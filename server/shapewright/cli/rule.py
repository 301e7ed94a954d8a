"""`shapewright rule`: explains one rule, or lists all."""

from __future__ import annotations

import argparse
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.findings.rules import RULES, Rule


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("rule", help="explain a rule", description="Explains one rule, or lists all.")
    parser.add_argument("code", nargs="?", metavar="CODE", help="such as SW101")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the page of one rule, or one line for each."""
    if options.code is None:
        for rule in RULES.values():
            print(f"{rule.code}  {rule.severity.value:<8} {rule.name:<32} {rule.summary}")
        return 0
    wanted = RULES.get(options.code.upper())
    if wanted is None:
        raise Failure(f"there is no rule {options.code}; `shapewright rule` lists all")
    print(page(wanted), end="")
    return 0


def page(rule: Rule) -> str:
    """The rule as a Markdown page: the same text as in docs/rules."""
    return f"""# {rule.code}: {rule.name}

{rule.summary} ({rule.severity.value})

{rule.why}

## Wrong

```python
{rule.wrong}```

## Right

```python
{rule.right}```

## How to silence it

On one line: `# shapewright: ignore[{rule.code}]`. In a whole file: `# shapewright: ignore-file` near its top.
Everywhere: `ignore = ["{rule.code}"]` under `[tool.shapewright]` in pyproject.toml.
"""
