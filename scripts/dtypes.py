"""Measures which dtypes functions of TensorFlow and keras.ops refuse, and writes knowledge/arrays/refused_dtypes.py.

Each example of each rule runs with its tensors in every dtype: all of them, and each alone. What is refused in all examples is
refused by the function; a tensor that is refused alone, and not with the others, must have the dtype of the others.

    python -m scripts.dtypes
"""

from __future__ import annotations

import ast
import os
import textwrap
from collections import defaultdict
from inspect import Parameter
from pathlib import Path
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")

import numpy as np
import tensorflow as tf
from shapewright.knowledge.registry import FUNCTIONS, Rule

from tests.differential import examples, test_ops, test_tensorflow
from tests.differential.run_examples import PRELUDE

FILE = Path(__file__).resolve().parent.parent / "server/shapewright/knowledge/arrays/refused_dtypes.py"
DTYPES = ("bool", "uint8", "int32", "int64", "float32", "float64", "complex64")
NAMES = [*test_ops.NAMES, *(f"tensorflow.{name}" for name in test_tensorflow.NAMES if not name.endswith("fft3d"))]
SHAPES = ("shape", "dims", "size", "args")
"""Parameters that are no tensors for which a dtype counts."""


class Measured:
    """Of one function, how often its examples ran, and with which dtypes they did not."""

    def __init__(self) -> None:
        self.together: dict[str, list[bool]] = defaultdict(list)
        self.alone: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))

    def refused(self) -> dict[str, set[str]]:
        """The dtypes that each parameter refuses, whatever the others have."""
        one = len(self.alone) == 1
        found = {
            parameter: {d for d, runs in dtypes.items() if not any(runs) and (one or not any(self.together[d]))}
            for parameter, dtypes in self.alone.items()
        }
        return {parameter: dtypes for parameter, dtypes in found.items() if dtypes and len(dtypes) < len(DTYPES)}

    def alike(self) -> list[str]:
        """The parameters that must have one dtype."""
        found = [
            parameter
            for parameter, dtypes in self.alone.items()
            if any(not any(runs) and any(self.together[d]) for d, runs in dtypes.items())
        ]
        return found if len(found) > 1 else []


def measure(name: str, rule: Rule) -> Measured:
    measured = Measured()
    space: dict[str, Any] = {}
    exec(PRELUDE, space)
    for example in examples.examples_of(name, rule):
        body = ast.parse(example.text).body
        call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
        if not isinstance(call, ast.Call):
            continue
        arrays = {}
        names = [parameter.name for parameter in rule.arguments]
        given = [*zip(names, call.args, strict=False), *((k.arg or "", k.value) for k in call.keywords)]
        for parameter, node in given:
            array = _array(node, space) if parameter not in SHAPES else None
            if array is not None:
                arrays[parameter] = array
                _replace(call, node, ast.Name(f"_{parameter}", ast.Load()))
        code = compile(ast.fix_missing_locations(ast.Expression(call)), "example", "eval")
        if not arrays or not _runs(code, space, arrays, {}):
            continue
        for dtype in DTYPES:
            measured.together[dtype].append(_runs(code, space, arrays, dict.fromkeys(arrays, dtype)))
            for parameter in arrays:
                measured.alone[parameter][dtype].append(_runs(code, space, arrays, {parameter: dtype}))
    return measured


def _array(node: ast.expr, space: dict[str, Any]) -> Any:
    """The array that an argument is: of a Keras tensor one of its shape."""
    try:
        value = eval(compile(ast.Expression(node), "example", "eval"), space)
        if type(value).__name__ == "KerasTensor":
            value = np.ones([2 if size is None else size for size in value.shape], value.dtype)
    except Exception:
        return None
    array = np.asarray(value) if isinstance(value, (np.ndarray, tf.Tensor, tf.Variable)) else None
    return array if array is not None and array.dtype.kind in "fiubc" else None


def _replace(call: ast.Call, old: ast.expr, new: ast.expr) -> None:
    call.args = [new if node is old else node for node in call.args]
    for keyword in call.keywords:
        keyword.value = new if keyword.value is old else keyword.value


def _runs(code: Any, space: dict[str, Any], arrays: dict[str, Any], dtypes: dict[str, str]) -> bool:
    tensors = {f"_{name}": tf.constant(array.astype(dtypes.get(name, array.dtype))) for name, array in arrays.items()}
    try:
        eval(code, {**space, **tensors})
    except Exception:
        return False
    return True


def main() -> None:
    refused, alike = defaultdict(list), []
    for name in NAMES:
        rule = FUNCTIONS[name]
        if any(parameter.kind is Parameter.VAR_POSITIONAL for parameter in rule.arguments):
            continue
        measured = measure(name, rule)
        for parameter, dtypes in measured.refused().items():
            refused[" ".join(d for d in DTYPES if d in dtypes)].append(f"{name}:{parameter}")
        alike += [":".join([name, *measured.alike()])] if measured.alike() else []
    lines = ['"""Which dtypes functions refuse, and of which tensors the dtypes must be the same.\n']
    lines.append(
        'Written by `scripts/dtypes.py`, which measures it: `function:parameter` and `function:parameter:parameter`.\n"""\n'
    )
    lines.append("from __future__ import annotations\n\nREFUSED = {")
    for dtypes, names in sorted(refused.items()):
        lines += [f'    "{dtypes}": """', *_wrapped(names), '""",']
    lines += ["}", 'ALIKE = """', *_wrapped(alike), '"""']
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _wrapped(names: list[str]) -> list[str]:
    return textwrap.wrap(" ".join(sorted(names)), 118, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    main()
