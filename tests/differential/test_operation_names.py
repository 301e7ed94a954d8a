"""What Keras calls operations on its tensors, which layers are built when they are made, and what applications are called."""

from __future__ import annotations

import inspect
import os
from typing import Any

import pytest
from shapewright.knowledge.keras.applications import default_name
from shapewright.knowledge.keras.architectures import Network
from shapewright.knowledge.keras.layers.built import BUILT_WHEN_MADE
from shapewright.knowledge.keras.ops.classes import operation_class
from shapewright.knowledge.registry import FUNCTIONS
from shapewright.tensors.shape import Shape

SHAPES = [(8, 8, 4), (8, 8), (8,), (4, 4)]
CALLS: dict[str, Any] = {
    "reshape": lambda f, x: f(x, (-1,)),
    "expand_dims": lambda f, x: f(x, 1),
    "concatenate": lambda f, x: f([x, x]),
    "stack": lambda f, x: f([x, x]),
    "repeat": lambda f, x: f(x, 2),
    "tile": lambda f, x: f(x, (1,) * len(x.shape)),
    "split": lambda f, x: f(x, 2, axis=1),
    "cast": lambda f, x: f(x, "int32"),
    "where": lambda f, x: f(x, x, x),
    "pad": lambda f, x: f(x, [(0, 0)] * len(x.shape)),
    "clip": lambda f, x: f(x, 0, 1),
    "swapaxes": lambda f, x: f(x, 0, 1),
    "moveaxis": lambda f, x: f(x, 0, 1),
    "take": lambda f, x: f(x, 0, axis=1),
    "squeeze": lambda f, x: f(x, axis=1),
    "full_like": lambda f, x: f(x, 3),
    "roll": lambda f, x: f(x, 1),
    "top_k": lambda f, x: f(x, 2),
    "tensordot": lambda f, x: f(x, x, 1),
    "resize": lambda f, x: f(x, (4, 4)),
    "max_pool": lambda f, x: f(x, 2),
    "average_pool": lambda f, x: f(x, 2),
    "one_hot": lambda f, x: f(x, 3),
    "broadcast_to": lambda f, x: f(x, (1, *x.shape[1:])),
    "einsum": lambda f, x: f("ab,ab->a", x, x),
}
PLAIN = [lambda f, x: f(x), lambda f, x: f(x, x), lambda f, x: f(x, 1), lambda f, x: f([x, x]), lambda f, x: f(x, x, x)]


@pytest.fixture(scope="module")
def keras() -> Any:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    pytest.importorskip("tensorflow")
    return pytest.importorskip("keras")


def operations(keras: Any, source: Any, result: Any) -> list[str]:
    """The classes of the operations between two tensors."""
    found: list[str] = []
    seen: set[int] = set()

    def visit(tensor: Any) -> None:
        operation = tensor._keras_history.operation
        if tensor is source or id(operation) in seen:
            return
        seen.add(id(operation))
        for node in operation._inbound_nodes:
            for given in node.input_tensors:
                visit(given)
        found.append(type(operation).__name__)

    for tensor in keras.tree.flatten(result):
        visit(tensor)
    return found


def made(keras: Any, name: str) -> list[str] | None:
    """What Keras makes of a call of a function, of whatever call it takes."""
    function: Any = keras
    for part in name.split(".")[1:]:
        function = getattr(function, part)
    short = name.rsplit(".", 1)[-1]
    for shape in [(1, 4), *SHAPES] if short == "squeeze" else SHAPES:
        for dtype in ("float32", "int32"):
            tensor = keras.Input(shape, dtype=dtype)
            for call in [CALLS[short]] if short in CALLS else PLAIN:
                try:
                    return operations(keras, tensor, call(function, tensor))
                except Exception:
                    continue
    return None


def test_operations(keras: Any) -> None:
    known = {name: kind for name in FUNCTIONS if (kind := operation_class(name)) is not None}
    assert len(known) > 250
    found = {name: made(keras, name) for name in known}
    wrong = {name: classes for name, classes in found.items() if classes is not None and classes != [known[name]]}
    assert wrong == {}
    not_measured = [name for name, classes in found.items() if classes is None]
    assert not_measured == []


def test_built_when_made(keras: Any) -> None:
    """A layer's source says whether it is built at once: a class calls `_build_at_init`, or sets `built`, in `__init__`."""
    found = set()
    for name in dir(keras.layers):
        cls = getattr(keras.layers, name)
        if not (inspect.isclass(cls) and issubclass(cls, keras.layers.Layer)) or cls is keras.layers.Layer:
            continue
        made_by = "".join(
            inspect.getsource(base.__init__)
            for base in cls.__mro__
            if "__init__" in vars(base)
            and base.__module__.startswith("keras.src.layers")
            and base is not keras.layers.Layer
        )
        if "_build_at_init()" in made_by or "self.built = True" in made_by:
            found.add(cls.__name__)
    assert found >= BUILT_WHEN_MADE
    assert found - BUILT_WHEN_MADE <= {"Embedding", "InputLayer", "ReversibleEmbedding"} | {
        name for name in found if name.startswith("Adaptive")
    }


def test_names_of_applications(keras: Any) -> None:
    for name in dir(keras.applications):
        function = getattr(keras.applications, name)
        if inspect.isfunction(function):
            given = inspect.signature(function).parameters["name"].default
            network = Network(name, Shape((224, 224, 3)), True, None, 1000)
            default = default_name(network)
            assert default == given or (given is None and default.endswith("_1.00_224")), name
