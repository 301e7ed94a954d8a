"""Static answers against those of the worker's Keras, over the examples, the literate programs and the pages of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential.agreement import compare, programs_in
from tests.validation.worker_process import worker

ROOT = Path(__file__).parents[2]


def test_static_answers_agree_with_keras() -> None:
    pytest.importorskip("keras")
    with worker() as process:
        found = compare(process, programs_in([str(ROOT / "examples"), str(ROOT / "tests/programs")]))
    assert not found.disagreements, "\n".join(found.disagreements)
    print(dict(found.counts))
    assert found.counts["tensors"] > 400
    assert found.counts["findings validated"] > 40
