"""Runs examples under the installed Keras, NumPy and TensorFlow, and says what came out. A program of its own: it reads
`{"examples": [...], "names": [...]}` from stdin and writes what happened to stdout, so that the tests never import Keras."""

from __future__ import annotations

import ast
import inspect
import json
import os
import sys
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")

PRELUDE = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import Input, layers, ops\n"


def describe(value: Any) -> Any:
    """A result as data: tensors by shape, dtype and kind, tuples and lists item by item."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        kind = "array" if type(value).__module__ == "numpy" else "tensor"
        dtype = value.dtype if isinstance(value.dtype, str) else getattr(value.dtype, "name", str(value.dtype))
        shape = getattr(value, "shape", ())
        known = shape.rank is not None if hasattr(shape, "rank") else True
        return {
            "shape": [None if d is None else int(d) for d in shape] if known else None,
            "dtype": dtype,
            "kind": kind,
        }
    if isinstance(value, (tuple, list)):
        return [describe(item) for item in value]
    if hasattr(value, "rank") and hasattr(value, "as_list"):
        return value.as_list()
    if isinstance(value, dict):
        return {str(key): describe(item) for key, item in value.items()}
    return value if value is None or isinstance(value, (bool, int, float, str)) else {"other": type(value).__name__}


def parameters(value: Any) -> int | None:
    """How many parameters the layer has that made a tensor."""
    first = value[0] if isinstance(value, (tuple, list)) and value else value
    operation = getattr(getattr(first, "_keras_history", None), "operation", None)
    return operation.count_params() if hasattr(operation, "count_params") else None


def run(text: str) -> dict[str, Any]:
    """What one example gives: its result, or the text of what was raised."""
    names: dict[str, Any] = {}
    exec(PRELUDE, names)
    tree = ast.parse(text)
    assert isinstance(tree.body[-1], ast.Expr), text
    try:
        exec(compile(ast.Module(tree.body[:-1], []), "example", "exec"), names)
        value = eval(compile(ast.Expression(tree.body[-1].value), "example", "eval"), names)
        return {"value": describe(value), "parameters": parameters(value)}
    except Exception as error:
        return {"raised": str(error), "type": type(error).__name__}


def signature(name: str) -> list[list[Any]] | None:
    """The parameters of a function or class as [name, kind, default]; `None` where Python cannot tell."""
    import keras
    import numpy
    import tensorflow

    modules = {"keras": keras, "numpy": numpy, "tensorflow": tensorflow}
    first, *rest = name.split(".")
    found: Any = modules[first]
    for part in rest:
        found = getattr(found, part)
    try:
        if inspect.isclass(found):
            parameters = list(inspect.signature(found.__init__).parameters.values())[1:]
        else:
            parameters = list(inspect.signature(found).parameters.values())
    except (TypeError, ValueError):
        return None
    return [[p.name, p.kind.name, None if p.default is p.empty else repr(p.default)] for p in parameters]


def signature_or_error(name: str) -> Any:
    try:
        return signature(name)
    except AttributeError as error:
        return {"missing": str(error)}


if __name__ == "__main__":
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no part of the answer
    asked = json.load(sys.stdin)
    answer = {
        "examples": [run(text) for text in asked["examples"]],
        "signatures": {name: signature_or_error(name) for name in asked["names"]},
    }
    json.dump(answer, output)
    output.close()
