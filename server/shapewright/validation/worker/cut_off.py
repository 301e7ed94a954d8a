"""What a program of a user does not get to do in source mode: train, download, draw, wait.

The locks stop what must not happen. This is for what a program may well do, and what would only take long or fail.
"""

from __future__ import annotations

import itertools
import linecache
import sys
import time
import types
from collections.abc import Callable
from typing import Any

from . import data_sets
from .harmless import Harmless, HarmlessModules
from .library import Library
from .recorder import Recorder

NOWHERE = "/nonexistent/"


def cut_off(library: Library, recorder: Recorder) -> None:
    """Changes Keras in this process, for good."""
    HarmlessModules.install()
    sys.argv = ["program.py"]
    time.sleep = lambda seconds: None
    for name, method in training(recorder).items():
        setattr(library.keras.Model, name, method)
    optimizers = library.keras.optimizers
    for optimizer in (optimizers.Optimizer, getattr(getattr(optimizers, "legacy", None), "Optimizer", None)):
        for name in ("apply_gradients", "apply", "minimize"):
            if hasattr(optimizer, name):
                setattr(optimizer, name, _counted(recorder, lambda *args, **kwargs: None))
    replace_everywhere(stand_ins(library))
    convert_in_memory()


def training(recorder: Recorder) -> dict[str, Callable[..., Any]]:
    """Methods of a model that take long or touch files, and what stands in for them."""

    def fit(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        _build(self, x)
        return Harmless()

    def predict(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        _build(self, x)
        return _predicted(self, x)

    def load_weights(self: Any, *args: Any, **kwargs: Any) -> None:
        return None

    def nothing(self: Any, *args: Any, **kwargs: Any) -> Any:
        return Harmless()

    return {
        **dict.fromkeys(("fit", "fit_generator", "train_on_batch"), _counted(recorder, fit)),
        **dict.fromkeys(("evaluate", "test_on_batch"), fit),
        **dict.fromkeys(("predict", "predict_on_batch"), predict),
        **dict.fromkeys(("save", "save_weights", "export"), nothing),
        "load_weights": load_weights,
    }


def stand_ins(library: Library) -> dict[Any, Any]:
    """Functions of Keras that download, and what stands in for them."""
    keras = library.keras
    found = data_sets.stand_ins(library)
    found[keras.utils.get_file] = lambda *args, **kwargs: NOWHERE + str(kwargs.get("fname") or (args or ["file"])[0])
    for name in ("plot_model", "model_to_dot"):
        if hasattr(keras.utils, name):
            found[getattr(keras.utils, name)] = lambda *args, **kwargs: Harmless()
    return found


def convert_in_memory() -> None:
    """TensorFlow writes the code that it makes of `if` and `for` in a graph into a file, and here it cannot."""
    loader = sys.modules.get("tensorflow.python.autograph.pyct.loader")
    if loader is None:
        return
    count = itertools.count()

    def load_source(source: str, *args: Any, **kwargs: Any) -> tuple[types.ModuleType, str]:
        name = f"__autograph_generated_{next(count)}"
        file = f"<{name}>"
        module = sys.modules[name] = types.ModuleType(name)
        module.__file__ = file
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        exec(compile(source, file, "exec"), vars(module))
        return module, file

    vars(loader)["load_source"] = load_source


def replace_everywhere(stand_ins: dict[Any, Any]) -> None:
    """A function of Keras is an attribute of several modules, all of which a program may use."""
    by_identity = {id(function): stand_in for function, stand_in in stand_ins.items()}
    for name, module in list(sys.modules.items()):
        if name.startswith(("keras", "tf_keras", "tensorflow.keras")) and isinstance(module, types.ModuleType):
            for attribute, value in list(vars(module).items()):
                if id(value) in by_identity:
                    setattr(module, attribute, by_identity[id(value)])


def _counted(recorder: Recorder, method: Callable[..., Any]) -> Callable[..., Any]:
    def trains(*args: Any, **kwargs: Any) -> Any:
        recorder.steps_of_training += 1
        return method(*args, **kwargs)

    return trains


def _build(model: Any, x: Any) -> None:
    """What `fit` and its like do first: a model without an input shape gets that of the data."""
    shape = getattr(x, "shape", None)
    if not model.built and isinstance(shape, tuple):
        try:
            model.build((None, *shape[1:]))
        except Exception:
            return  # Keras says so where the model is used


def _predicted(model: Any, x: Any) -> Any:
    """Arrays as `predict` gives them, where the number of samples and the shape of one are known."""
    import numpy

    shape = getattr(x, "shape", None)
    try:
        outputs = model.outputs
    except Exception:
        outputs = None
    if not isinstance(shape, tuple) or not shape or not outputs or len(outputs) != 1:
        return Harmless()
    one = tuple(outputs[0].shape)[1:]
    if shape[0] is None or None in one:
        return Harmless()
    return numpy.broadcast_to(numpy.float32(0), (shape[0], *one))
