"""Every application of Keras, with its top and without, on several sizes: each layer's shape, and the parameters."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from shapewright.interpreter.applications import APPLICATIONS
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.model_state import model_output
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import Tuple
from shapewright.workspace.analysis import Buffer, with_deep_stack

from tests.differential.real import require_keras

NAMES = sorted(name.rsplit(".", 1)[-1] for name in APPLICATIONS)
_ASKED: list[tuple[str, dict[str, Any]]] = [
    (name, arguments)
    for name in NAMES
    for arguments in (
        {"classes": 7, "input_shape": [224, 256, 3]},
        {"include_top": False, "input_shape": [225, 193, 1], "pooling": "max"},
    )
]


@cache
def _real() -> list[dict[str, Any]]:
    require_keras()
    program = Path(__file__).with_name("build_applications.py")
    asked = json.dumps(_ASKED)
    done = subprocess.run([sys.executable, str(program)], input=asked, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def _ours(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    written = ", ".join(f"{key}={tuple(v) if isinstance(v, list) else v!r}" for key, v in arguments.items())
    text = f"import keras\nm = keras.applications.{name}(weights=None, {written})\nlayers = m.layers\n"
    buffer = Buffer()
    facts = with_deep_stack(lambda: buffer.analyse(text).facts)
    store, frame = facts.view._run.store, Frame(buffer._memory.module, facts.source.chunks[0])
    model, layers = frame.lookup(store, "m"), frame.lookup(store, "layers")
    assert isinstance(model, ModelRef) and isinstance(layers, Tuple) and isinstance(model.outputs, Tensor)
    found = []
    for layer in layers.items:
        output = facts.view._run.attribute(layer, "output")
        if isinstance(layer, SequentialRef):
            output = model_output(facts.view._run, layer)
        assert isinstance(output, Tensor) and output.shape is not None
        found.append([layer.name if isinstance(layer, LayerRef) else None, list(output.shape.sizes)])
    assert model.outputs.shape is not None
    return {"parameters": facts.view.parameters(model), "layers": found, "output": list(model.outputs.shape.sizes)}


@pytest.mark.parametrize("number", range(len(_ASKED)), ids=[f"{name}-{len(given)}" for name, given in _ASKED])
def test_an_application_is_built_as_keras_builds_it(number: int) -> None:
    real, ours = _real()[number], _ours(*_ASKED[number])
    assert ours["output"] == real["output"]
    assert ours["parameters"] == real["parameters"]
    assert len(ours["layers"]) == len(real["layers"])
    for (name, shape), (real_name, real_shape) in zip(ours["layers"], real["layers"], strict=True):
        assert name in (None, real_name)
        assert real_shape is None or shape == real_shape, real_name
