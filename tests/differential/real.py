"""Real Keras in a process of its own: what programs give when they are run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

RECORD = Path(__file__).parent / "record.py"
PYTHON = os.environ.get("SHAPEWRIGHT_TEST_PYTHON", sys.executable)
"""The Python whose Keras and NumPy the tests compare with."""


@dataclass(frozen=True)
class Value:
    """What one assignment gave."""

    line: int
    name: str
    shape: str | None
    dtype: str | None
    parameters: int | None


@dataclass(frozen=True)
class Error:
    """What a statement raised, and on which line."""

    line: int
    kind: str
    message: str


@dataclass(frozen=True)
class Recorded:
    """What running a program gave, each list in the order of execution."""

    values: tuple[Value, ...]
    errors: tuple[Error, ...]


def require_keras() -> None:
    """Skips the test, by name, where there is no Keras to compare with. In CI that is a failure."""
    done = subprocess.run(
        [PYTHON, "-c", "import importlib.util as u; print(all(map(u.find_spec, ('keras', 'tensorflow'))))"],
        capture_output=True,
        text=True,
    )
    if done.stdout.strip() != "True":
        without(
            f"NOT COMPARED WITH REAL KERAS: {PYTHON} has no Keras and TensorFlow (SHAPEWRIGHT_TEST_PYTHON names one)"
        )


def without(reason: str) -> None:
    """Something that a test needs is not here."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(reason)
    pytest.skip(reason)


def record(programs: dict[str, str], timeout: int = 900) -> dict[str, Recorded]:
    """Runs programs under real Keras."""
    done, results = _run(programs, timeout)
    assert done.returncode == 0, done.stderr[-4000:]
    return results


def record_many(programs: dict[str, str], timeout: int = 900, size: int = 400) -> dict[str, Recorded]:
    """Runs programs under real Keras, so many in a process. A program that ends its process is left out: some kernels of
    TensorFlow abort on arguments that do not fit."""
    left, found = list(programs), {}
    while left:
        done, results = _run({name: programs[name] for name in left[:size]}, timeout)
        found |= results
        if done.returncode != 0:
            assert done.returncode < 0, done.stderr[-4000:]  # not ended by a signal: our own mistake
            assert len(results) < len(left), done.stderr[-4000:]
            del left[len(results)]
        del left[: len(results)]
    return found


def _run(programs: dict[str, str], timeout: int) -> tuple[subprocess.CompletedProcess[str], dict[str, Recorded]]:
    """Runs programs one after the other in one process. What it answered before it ended is there, whatever ended it."""
    with TemporaryDirectory() as folder:
        given, answer = Path(folder, "programs.json"), Path(folder, "results.jsonl")
        given.write_text(json.dumps(programs), encoding="utf-8")
        done = subprocess.run(
            [PYTHON, str(RECORD), str(given), str(answer)], capture_output=True, text=True, timeout=timeout, cwd=folder
        )
        lines = answer.read_text(encoding="utf-8").splitlines() if answer.exists() else []
    results: list[tuple[str, Any]] = [json.loads(line) for line in lines if line.endswith("}]")]
    return done, {
        name: Recorded(tuple(Value(*row) for row in r["values"]), tuple(Error(*row) for row in r["errors"]))
        for name, r in results
    }


_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_PATH = re.compile(r"path='(?:\w+/)*(\w+)'")  # which models a variable is in
_KERNEL = re.compile(r"^\{\{function_node __wrapped__\w+/[^}]*\}\} | \[Op:\w+\](?: name: ?.*)?$")
_GRAPH_NODE = re.compile(r" for '\{\{node .*", re.DOTALL)
_CALLING = re.compile(
    r"^Exception encountered when calling [\w.]+\(\)\.\s*(?P<text>.*?)\s*Arguments received by .*", re.S
)
_NUMBERED = re.compile(r"\b([a-z][a-z0-9]*(?:_[a-z0-9]+)*?)_\d+\b")


def plain_message(message: str) -> str:
    """A message of Keras without its colours, the node of TensorFlow's graph or its kernel, the path to a variable, the
    frame it puts around it, and the numbers it gives to names."""
    message = _COLOURS.sub("", message)
    while (framed := _CALLING.match(message)) is not None:
        message = framed["text"]
    message = _PATH.sub(r"path='\1'", _GRAPH_NODE.sub("", _KERNEL.sub("", message)))
    return " ".join(_NUMBERED.sub(r"\1", message).split())
