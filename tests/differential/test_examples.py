"""Every rule against the library that it describes: its examples and its signature, under the installed Keras."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from inspect import Parameter
from pathlib import Path
from typing import Any

import pytest
from shapewright.interpreter.applications import APPLICATIONS
from shapewright.interpreter.keras_datasets import KERAS_DATASETS
from shapewright.knowledge.registry import FUNCTIONS, LAYERS, OBJECTS

from . import examples

_OTHERS = ("sklearn", "scipy", "cv2", "matplotlib", "keras_hub", "keras_cv")
"""Libraries that the tests can do without: their rules are compared where they are installed."""
_OF_OTHERS = tuple(f"{name}." for name in _OTHERS)
_LACKING = tuple(f"{name}." for name in _OTHERS if find_spec(name) is None)
NAMES = sorted(name for name in examples.all_rules() if not name.startswith(_LACKING))


@cache
def _asked() -> list[examples.Example]:
    rules = examples.all_rules()
    return [example for name in NAMES for example in examples.examples_of(name, rules[name])]


@cache
def _real() -> dict[str, Any]:
    """What the libraries say of all examples and signatures, asked in one process."""
    if find_spec("keras") is None or find_spec("tensorflow") is None:
        reason = "Keras and TensorFlow are not installed: the rules were not compared with them"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    names = sorted(name for name in {*LAYERS, *FUNCTIONS, *OBJECTS} if name in _SIGNED and name != "keras.layers.Input")
    asked = {"examples": [e.text for e in _asked()], "names": names}
    program = Path(__file__).with_name("run_examples.py")
    done = subprocess.run(
        [sys.executable, str(program)], input=json.dumps(asked), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@cache
def _ours() -> list[dict[str, Any]]:
    return examples.analyse(_asked())


_HELPERS = "keras.applications.imagenet_utils."
_NOT_RUN = ("keras.datasets.", _HELPERS, "cv2.imread", "StableDiffusion.", *APPLICATIONS, *KERAS_DATASETS)
"""Data sets and the weights of Stable Diffusion are downloaded, helpers of the applications are not public, the applications and
the datasets of folders have tests of their own, and an image that is read needs a file: these rules have no example."""


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(_NOT_RUN)])
def test_every_rule_has_an_example_that_gives_a_result(name: str) -> None:
    mine = [n for n, example in enumerate(_asked()) if example.rule == name]
    assert any("value" in _ours()[n] and _ours()[n]["value"] != examples.SILENT for n in mine)


@pytest.mark.parametrize("name", NAMES)
def test_examples_give_what_the_library_gives(name: str) -> None:
    wrong = []
    for example, ours, real in zip(_asked(), _ours(), _real()["examples"], strict=True):
        if example.rule == name and (difference := examples.differences(ours, real)) is not None:
            wrong.append(f"{example.text}: {difference}")
    assert not wrong, "\n".join(wrong)


_OTHER_VERSIONS = frozenset(["numpy.arange", "numpy.reshape"])
"""These have taken other names for a parameter in other versions of NumPy; their rules take the older ones as well."""
_SIGNED = sorted(n for n in {*LAYERS, *FUNCTIONS, *OBJECTS} - _OTHER_VERSIONS if not n.startswith(_OF_OTHERS))


@pytest.mark.parametrize("name", [name for name in _SIGNED if not name.startswith(_HELPERS)])
def test_a_rule_has_the_signature_of_what_it_describes(name: str) -> None:
    real = _real()["signatures"][name]
    assert not isinstance(real, dict), real
    if real is None:
        return  # compiled functions do not tell
    if any(p[1] == "VAR_POSITIONAL" for p in real) and not any(p[1] == "POSITIONAL_OR_KEYWORD" for p in real):
        return  # nor do those that hand on what they are given
    positional = [p for p in real if p[1] in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")]
    by_name = {p[0]: p for p in real}
    takes_any = any(p[1] == "VAR_KEYWORD" for p in real)
    place = 0
    for ours in examples.all_rules()[name].arguments:
        if ours.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
            continue
        if ours.kind is not Parameter.KEYWORD_ONLY:
            assert place < len(positional), f"{ours.name} is no positional parameter"
            theirs = positional[place]
            place += 1
            if ours.kind is Parameter.POSITIONAL_ONLY:
                continue
            assert theirs[0] == ours.name, f"{theirs[0]} stands where the rule has {ours.name}"
        elif ours.name not in by_name:
            assert takes_any, f"it has no {ours.name}"
            continue
        default = by_name[ours.name][2] if ours.name != "name" else None  # each class has its own
        if default is not None and default.startswith("tf."):
            default = repr(default.removeprefix("tf."))  # a dtype
        if default is not None and "<" not in default and ours.default is not Parameter.empty:
            assert repr(ours.default) == default, f"the default of {ours.name} is {default}"
