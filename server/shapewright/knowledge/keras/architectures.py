"""The architectures of keras.applications, as data that scripts/architectures.py takes from the installed Keras."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from shapewright.tensors.shape import Shape


@dataclass(frozen=True)
class Network:
    """What was asked of an application: everything that decides its layers and shapes."""

    name: str
    sample: Shape  # of one image
    include_top: bool
    pooling: str | None
    classes: Any
    preprocessing: bool = True
    rescaled: bool = False  # whether a second Rescaling follows the normalization
    input: Any = None  # the tensor that it is put on, if any
    alpha: float = 1.0  # by which the numbers of channels are multiplied


@lru_cache(maxsize=8)
def architecture(name: str) -> dict[str, Any]:
    """The layers of an application; scripts/architectures.py says in which form."""
    with files(__package__).joinpath("architectures.zip").open("rb") as file, zipfile.ZipFile(file) as packed:
        data: dict[str, Any] = json.loads(packed.read(f"{name}.json"))
    return data
