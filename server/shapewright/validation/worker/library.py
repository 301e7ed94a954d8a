"""The user's Keras: which one it is, and what differs between versions."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from typing import Any

BACKENDS = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch", "openvino": "openvino", "numpy": "numpy"}


class NoKeras(Exception):
    """There is nothing to validate with. `reason` is the word for programs."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Library:
    """An imported Keras.

    `keras` is the module whose `layers`, `ops` and so on are meant by `keras.layers`, `keras.ops` in a plan: Keras 3, or
    Keras 2 as `keras`, `tf_keras` or `tensorflow.keras`.
    """

    def __init__(self, keras: Any) -> None:
        self.keras = keras
        self.version = _version(keras)
        self.major = int(self.version.split(".")[0])
        self.backend = str(keras.backend.backend()) if self.major >= 3 else "tensorflow"

    @property
    def tensorflow(self) -> Any:
        """TensorFlow, where Keras has imported it."""
        return sys.modules.get("tensorflow")

    @property
    def tensorflow_version(self) -> str | None:
        return getattr(self.tensorflow, "__version__", None)

    def tensor(self, shape: list[int | None], dtype: str) -> Any:
        """A symbolic tensor that is taken as it is."""
        if self.major >= 3:
            return self.keras.Input(batch_shape=tuple(shape), dtype=dtype)
        return self.keras.Input(shape=tuple(shape[1:]), batch_size=shape[0] if shape else None, dtype=dtype)


def import_keras() -> Library:
    """The Keras that a program of this environment would get.

    Raises:
        NoKeras: With one sentence for the user.
    """
    if not _found("keras") and not _found("tf_keras") and not _found("tensorflow"):
        raise NoKeras("no-keras", f"This Python has neither Keras nor TensorFlow: {sys.executable}")
    _choose_backend()
    try:
        return Library(importlib.import_module(_module_name()))
    except Exception as error:  # an import runs anything, and may raise anything
        raise NoKeras("import-failed", f"Keras cannot be imported: {type(error).__name__}: {error}") from error


def _module_name() -> str:
    if os.environ.get("TF_USE_LEGACY_KERAS") in ("1", "true", "True") and _found("tf_keras"):
        return "tf_keras"
    if _found("keras"):
        return "keras"
    return "tf_keras" if _found("tf_keras") else "tensorflow.keras"


def _choose_backend() -> None:
    """The backend that Keras 3 is set to, or one that is installed where that one is not.

    Programs choose their backend before they import Keras, and the worker has not seen the program.
    """
    if _found(BACKENDS.get(_configured_backend(), "tensorflow")):
        return
    installed = [name for name in ("tensorflow", "jax", "torch") if _found(name)]
    if not installed:
        raise NoKeras("no-keras", f"Keras is here, but none of TensorFlow, JAX and PyTorch: {sys.executable}")
    os.environ["KERAS_BACKEND"] = installed[0]


def _configured_backend() -> str:
    if os.environ.get("KERAS_BACKEND"):
        return os.environ["KERAS_BACKEND"]
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    try:
        with open(os.path.join(home, "keras.json"), encoding="utf-8") as file:
            return str(json.load(file).get("backend", "tensorflow"))
    except (OSError, ValueError, AttributeError):
        return "tensorflow"


def _found(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _version(keras: Any) -> str:
    version = getattr(keras, "__version__", None)
    if version is None:  # tensorflow.keras says it elsewhere
        version = importlib.import_module(keras.__name__ + ".__internal__").__version__
    return str(version)
