"""`--validate` and `--python`: real Keras, asked on the command line; and commands whose Keras is missing or broken."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.differential.real import require_keras

from .command import shapewright

FAKE = Path(__file__).parents[1] / "validation" / "fake_worker.py"
RIGHT = "import keras\nx = keras.Input((3, 1))\ny = keras.layers.LSTM(10)(x)\n"
WRONG = RIGHT.replace("(3, 1)", "(1, 3, 1)")

posix = pytest.mark.skipif(os.name != "posix", reason="starts workers by a script of sh")


def python(folder: Path, *how: str) -> str:
    """A Python that runs the fake worker, whatever it is asked to run."""
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" {" ".join(how)}\n', encoding="utf-8")
    script.chmod(0o755)
    return str(script)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    return str(tmp_path / "wrong.py")


def test_findings_of_many_files_come_from_many_processes(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"wrong{number}.py").write_text(WRONG, encoding="utf-8")
    result = shapewright("check", "--jobs", "2", "--output-format", "json", cwd=tmp_path)
    assert result.returncode == 1 and len(json.loads(result.stdout)) == 20


def test_findings_that_keras_makes_too_are_validated(wrong: str, tmp_path: Path) -> None:
    require_keras()
    result = shapewright("check", "--validate", "plan", "--output-format", "json", wrong, cwd=tmp_path)
    assert result.returncode == 1 and result.stderr == ""
    (finding,) = json.loads(result.stdout)
    assert (finding["code"], finding["confidence"]) == ("SW101", "validated")
    assert "expected ndim=3, found ndim=4" in finding["keras_message"]
    (finding,) = json.loads(shapewright("check", "--output-format", "json", wrong, cwd=tmp_path).stdout)
    assert finding["confidence"] == "inferred"


def test_shapes_that_keras_gives_are_validated(tmp_path: Path) -> None:
    require_keras()
    file = tmp_path / "right.py"
    file.write_text(RIGHT + "import numpy as np\nz = np.ones((2, 3))\n", encoding="utf-8")
    shapes = json.loads(
        shapewright("shapes", "--validate", "plan", "--output-format", "json", str(file), cwd=tmp_path).stdout
    )["shapes"]
    found = {entry["text"]: entry["confidence"] for entry in shapes}
    assert (found["y"], found["z"]) == ("validated", "inferred")


@posix
def test_without_keras_the_rest_is_done(wrong: str, tmp_path: Path) -> None:
    result = shapewright("check", "--validate", "plan", "--python", python(tmp_path, '"no keras"'), wrong, cwd=tmp_path)
    assert result.returncode == 1 and "SW101" in result.stdout
    assert result.stderr == "shapewright: not validated by Keras: There is no Keras in this Python.\n"


@posix
def test_with_a_keras_that_never_starts_the_rest_is_done(wrong: str, tmp_path: Path) -> None:
    result = shapewright(
        "check", "--validate", "plan", "--python", python(tmp_path, "dies"), wrong, wrong, cwd=tmp_path
    )
    assert result.returncode == 1 and "SW101" in result.stdout
    assert result.stderr.count("not validated by Keras") == 1 and "times in a row" in result.stderr


def test_a_python_that_is_none(wrong: str, tmp_path: Path) -> None:
    result = shapewright("check", "--validate", "plan", "--python", "/no/such/python", wrong, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == "shapewright: --python is /no/such/python, which is no program that can be started.\n"


def test_a_mode_that_there_is_not(wrong: str, tmp_path: Path) -> None:
    result = shapewright("check", "--validate", "everything", wrong, cwd=tmp_path)
    assert result.returncode == 2 and "off" in result.stderr and "plan" in result.stderr


def test_the_version_says_what_validates(tmp_path: Path) -> None:
    require_keras()
    result = shapewright("--version", "-v", cwd=tmp_path)
    assert result.returncode == 0
    line = next(line for line in result.stdout.splitlines() if line.startswith("for validation: "))
    assert "keras 3" in line and "tensorflow" in line
