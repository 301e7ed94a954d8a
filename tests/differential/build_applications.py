"""Builds applications under the installed Keras and says what their layers give. A program of its own: it reads a list of
`[name, arguments]` from stdin and writes for each the parameters, and [name, output shape] of every layer, to stdout."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")


def build(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    import keras

    with keras.StatelessScope(initialize_variables=False):  # the shapes alone: no weights are made
        model = getattr(keras.applications, name)(weights=None, **arguments)
    layers = [
        [layer.name, None if not hasattr(layer, "output") else list(layer.output.shape)] for layer in model.layers
    ]
    return {"parameters": model.count_params(), "layers": layers, "output": list(model.output.shape)}


if __name__ == "__main__":
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no part of the answer
    json.dump([build(*asked) for asked in json.load(sys.stdin)], output)
    output.close()
