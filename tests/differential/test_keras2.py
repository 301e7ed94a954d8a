"""The rules of layers against Keras 2.15: which of them it has, and where its signatures differ. And the worker beside it.

`SHAPEWRIGHT_KERAS2_PYTHON` names a Python that has it (`pip install 'tensorflow-cpu==2.15.*'`). What differs is written down in
keras2.txt; `SHAPEWRIGHT_KERAS2_WRITE=1` writes it anew.
"""

from __future__ import annotations

import json
import os
import subprocess
from inspect import Parameter
from pathlib import Path
from typing import Any

import pytest
from shapewright.knowledge.registry import LAYERS, Rule

from tests.differential import examples
from tests.validation.worker_process import worker

TABLE = Path(__file__).with_name("keras2.txt")
_ASK = """
import inspect, json, os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
import keras
assert keras.__version__.startswith("2."), keras.__version__
answer = {}
for name in json.load(sys.stdin):
    made = getattr(keras.layers, name.rsplit(".", 1)[-1], None)
    answer[name] = made and [
        [p.name, p.kind.name, None if p.default is p.empty else repr(p.default)]
        for p in list(inspect.signature(made.__init__).parameters.values())[1:]
    ]
print("ANSWER" + json.dumps(answer))
"""


def _signatures(python: str, names: list[str]) -> dict[str, Any]:
    done = subprocess.run([python, "-c", _ASK], input=json.dumps(names), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout.partition("ANSWER")[2])
    return answer


def _differences(name: str, rule: Rule, real: list[list[Any]] | None) -> list[str]:
    """How the signature of Keras 2 differs from that of the rule, a line each."""
    if real is None:
        return [f"{name}: not in Keras 2"]
    positional = [p[0] for p in real if p[1] in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")]
    by_name = {p[0]: p for p in real}
    takes_any = any(p[1] == "VAR_KEYWORD" for p in real)
    found, place = [], 0
    for ours in rule.arguments:
        if ours.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
            continue
        if ours.kind is not Parameter.KEYWORD_ONLY:
            theirs = positional[place] if place < len(positional) else None
            place += 1
            if theirs != ours.name:
                found.append(f"{name}: {theirs or 'nothing'} where Keras 3 has {ours.name}")
        if ours.name not in by_name:
            if not takes_any:
                found.append(f"{name}: no {ours.name}")
            continue
        default = by_name[ours.name][2]
        if ours.required and default is not None:
            found.append(f"{name}: {ours.name} is {default} unless given")
        elif ours.name != "name" and default is not None and "<" not in default and repr(ours.default) != default:
            found.append(f"{name}: the default of {ours.name} is {default}, not {ours.default!r}")
    return found


@pytest.fixture(scope="module")
def python() -> str:
    found = os.environ.get("SHAPEWRIGHT_KERAS2_PYTHON")
    if not found:
        pytest.skip("NOT COMPARED WITH KERAS 2: SHAPEWRIGHT_KERAS2_PYTHON names no Python that has it")
    return os.path.abspath(found)


def test_what_differs_in_keras_2_is_written_down(python: str) -> None:
    assert examples.all_rules()
    names = sorted(name for name in LAYERS if name.startswith("keras.layers."))
    real = _signatures(python, names)
    text = "\n".join(line for name in names for line in _differences(name, LAYERS[name], real[name])) + "\n"
    if os.environ.get("SHAPEWRIGHT_KERAS2_WRITE"):
        TABLE.write_text(text, encoding="utf-8")
    assert text == TABLE.read_text(encoding="utf-8"), (
        "see what is new, and write the table with SHAPEWRIGHT_KERAS2_WRITE=1"
    )


def test_the_worker_builds_with_keras_2(python: str) -> None:
    layer = {"do": "layer", "class": "keras.layers.LSTM", "arguments": {"units": 10}}
    steps = []
    for first, sample in ((0, [3, 1]), (3, [1, 3, 1])):
        steps.append({"do": "input", "arguments": {"shape": {"tuple": sample}}})
        steps.append(layer)
        steps.append({"do": "call", "callee": {"ref": first + 1}, "args": [{"ref": first}], "kwargs": {}})
    with worker(python=python) as process:
        assert process.hello["keras"].startswith("2.")
        results = process.plan(*steps, seconds=60, memory=2 << 30)
    assert results[2]["value"] == {"shape": [None, 10], "dtype": "float32"}
    assert results[1]["parameters"] == 480
    said = "is incompatible with the layer: expected ndim=3, found ndim=4. Full shape received: (None, 1, 3, 1)"
    assert said in results[5]["error"]["message"]
