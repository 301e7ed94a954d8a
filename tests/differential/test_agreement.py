"""Static answers against those of the worker's Keras, over the examples, the literate programs and the pages of rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shapewright.interpreter.applications import APPLICATIONS

from tests.differential.agreement import compare, programs_in
from tests.validation.worker_process import WorkerProcess, worker

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def process() -> Iterator[WorkerProcess]:
    pytest.importorskip("keras")
    with worker() as started:
        yield started


def test_programs(process: WorkerProcess) -> None:
    found = compare(process, programs_in([str(ROOT / "examples"), str(ROOT / "tests/programs")]))
    assert not found.disagreements, "\n".join(found.disagreements)
    assert found.counts["tensors"] > 400
    assert found.counts["findings validated"] > 40


def test_applications(process: WorkerProcess, tmp_path: Path) -> None:
    """Every architecture as a whole and on other images, without its top: the output, the tensors behind it, the parameters."""
    lines = ["import keras", "x = keras.Input((96, 96, 3))"]
    for number, name in enumerate(sorted(APPLICATIONS)):
        lines.append(f"whole_{number} = {name}(weights=None)")
        lines.append(f"base_{number} = {name}(weights=None, include_top=False, input_shape=(96, 96, 3), pooling='avg')")
        lines.append(f"y_{number} = keras.layers.Dense(5)(base_{number}(x))")
    program = tmp_path / "applications.py"
    program.write_text("\n".join(lines) + "\n")
    found = compare(process, [program])
    assert not found.disagreements, "\n".join(found.disagreements)
    assert found.counts["layers and models"] >= 2 * len(APPLICATIONS)
