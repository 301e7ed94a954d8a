"""Writes down the architectures of keras.applications as the installed Keras builds them; --check compares.

What is written is a zip of one JSON text for each application: its default and smallest size, and its layers in Keras's
order, each as [name, class, arguments, inputs]. A name that Keras made up is left out. An input is the number of a layer
before, or a list of those where the layer was called on a list, or {"value": number}. `{"correct_pad": n}` stands for padding
that depends on the size of the input. The layers are those without the top; `top` are the others, `end` those that a model
without the top has at its end.
"""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")

import keras
from keras.src.applications import imagenet_utils
from keras.src.utils.naming import to_snake_case
from shapewright.interpreter import engine
from shapewright.knowledge.registry import LAYERS

FILE = Path(__file__).resolve().parent.parent / "server/shapewright/knowledge/keras/architectures.zip"
assert engine.REGISTERED


class Correct(tuple):  # type: ignore[type-arg]
    """Padding that was worked out from the size of an input."""

    kernel: Any = None


_SIZES: dict[str, Any] = {}
_correct_pad, _obtain = imagenet_utils.correct_pad, imagenet_utils.obtain_input_shape
_make_padding = keras.layers.ZeroPadding2D.__init__


def correct_pad(inputs: Any, kernel_size: Any) -> Correct:
    found = Correct(_correct_pad(inputs, kernel_size))
    found.kernel = kernel_size
    return found


def make_padding(self: Any, padding: Any = (1, 1), **rest: Any) -> None:
    _make_padding(self, padding, **rest)
    self.correct = padding.kernel if isinstance(padding, Correct) else None


def obtain(input_shape: Any, **rest: Any) -> Any:
    _SIZES.update({key: rest[key] for key in ("default_size", "min_size")})
    return _obtain(input_shape, **rest)


def names() -> list[str]:
    """The public applications."""
    return [name for name in dir(keras.applications) if name[0].isupper()]


def architecture(name: str) -> dict[str, Any]:
    """One application as data."""
    make = getattr(keras.applications, name)
    size = {"input_shape": (331, 331, 3)} if name == "NASNetLarge" else {}
    with keras.StatelessScope(initialize_variables=False):
        whole = make(weights=None)
        shape = list(whole.input.shape[1:])
        body = make(weights=None, include_top=False, **size)
    first, second = rows(whole), rows(body)
    same = 0
    while same < len(second) and first[same] == second[same]:
        same += 1
    return {
        "size": _SIZES["default_size"],
        "least": _SIZES["min_size"],
        "whole": shape,
        "body": list(body.input.shape[1:]),
        "layers": first[:same],
        "top": first[same:],
        "end": second[same:],
    }


def rows(model: Any) -> list[list[Any]]:
    """The layers of a model in Keras's order, the input first."""
    number: dict[int, int] = {}
    found: list[list[Any]] = []
    for operation in ordered(model):
        node = operation._inbound_nodes[0]
        inputs: Any = []
        if not isinstance(operation, keras.layers.InputLayer):
            inputs = [
                [number[id(t)] for t in arg] if isinstance(arg, (list, tuple)) else number.get(id(arg), {"value": arg})
                for arg in node.arguments.args
            ]
        number[id(node.output_tensors[0])] = len(found)
        found.append([given_name(operation), *described(operation), inputs])
    return found


def ordered(model: Any) -> list[Any]:
    """The operations so that each comes behind what it needs; otherwise as the model lists them."""
    return list(model.operations)


def given_name(operation: Any) -> str:
    """The name, unless Keras made it up."""
    made_up = re.fullmatch(to_snake_case(type(operation).__name__) + r"(_\d+)?", operation.name)
    return "" if made_up or isinstance(operation, keras.layers.InputLayer) else operation.name


def described(operation: Any) -> list[Any]:
    """The class and the arguments that are not its defaults."""
    kind = type(operation).__name__
    if isinstance(operation, keras.Sequential):
        return ["Sequential", {"layers": [[given_name(part), *described(part)] for part in operation.layers]}]
    rule = LAYERS.get(f"keras.layers.{kind}")
    if rule is None or not type(operation).__module__.startswith("keras.src.layers"):
        weights = [list(weight.shape) for weight in getattr(operation, "weights", [])]
        return [kind, {"weights": weights} if weights else {}]
    if getattr(operation, "correct", None) is not None:
        return [kind, {"correct_pad": operation.correct}]
    config = operation.get_config()
    arguments = {}
    for parameter in rule.arguments:
        value = config.get(parameter.name)
        value = tuple(value) if isinstance(value, list) else value
        dull = re.search(
            "initializer|regularizer|constraint|activation|^name$|^dtype$|^trainable$|seed", parameter.name
        )
        if (
            (dull and not parameter.required)
            or parameter.kind is inspect.Parameter.VAR_KEYWORD
            or parameter.name not in config
        ):
            continue
        default = parameter.default
        if value == default or (isinstance(default, int) and value == (default,) * 2) or value == "channels_last":
            continue
        if kind == "Normalization" and parameter.name in ("mean", "variance") and value is not None:
            value = 1.0  # given, and how much is of no matter
        arguments[parameter.name] = value
    return [kind, arguments]


def packed() -> bytes:
    """The zip, the same for the same architectures."""
    imagenet_utils.correct_pad, imagenet_utils.obtain_input_shape = correct_pad, obtain
    keras.layers.ZeroPadding2D.__init__ = make_padding
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in names():
            text = json.dumps(architecture(name), separators=(",", ":"))
            made.writestr(zipfile.ZipInfo(f"{name}.json", (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def main() -> int:
    """Writes the file, or compares what is in it."""
    made = packed()
    if "--check" not in sys.argv[1:]:
        FILE.write_bytes(made)
        return 0
    with zipfile.ZipFile(io.BytesIO(made)) as new, zipfile.ZipFile(FILE) as old:
        differing = [n for n in new.namelist() if n not in old.namelist() or new.read(n) != old.read(n)]
    if differing:
        print(f"the installed Keras builds other architectures: {', '.join(differing)}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
