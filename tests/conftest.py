"""What all tests share."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("SHAPEWRIGHT_VALIDATION", "off")  # no worker for tests that are not about it
os.environ.setdefault("SHAPEWRIGHT_STRICT", "1")  # errors of our own fail a test, servers that it starts among them

from tests.differential.real import Recorded, record, require_keras
from tests.literate import programs, with_edits


@pytest.fixture(scope="session")
def recorded() -> dict[str, Recorded]:
    """Every literate program that parses, run under real Keras; as `NAME (fixed)` with its preferred fixes applied."""
    require_keras()
    texts = {}
    for program in programs():
        if program.parses:
            texts[program.name] = program.text
            if program.marked:
                texts[f"{program.name} (fixed)"] = with_edits(program.text, program.analysis.findings)
    return record(texts)
