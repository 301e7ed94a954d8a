"""The user's classes: their bodies, their attributes, and what they derive from."""

from __future__ import annotations

import ast
from dataclasses import replace

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import MISSING
from shapewright.knowledge.registry import LAYERS
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.value import Api, Value

KERAS_LAYER = "keras.layers.Layer"
KERAS_MODEL = "keras.models.Model"


def make_class(run: Run, node: ast.ClassDef, frame: Frame) -> Class:
    """Executes the body of a class and keeps what it binds as the class's attributes."""
    bases = tuple(run.evaluate(base, frame) for base in node.bases)
    made = Class(node, frame.chunk, bases)
    inner = Frame(frame.module, frame.chunk, node, frame, frame.depth, is_class=True)
    inner.captured = True
    run.execute(node.body, inner)
    for name in inner.names:
        value = run.store.read(inner, name)
        if isinstance(value, Function):
            value = replace(value, owner=made)
        if value is not MISSING:
            run.store.write(made, f".{name}", value)
    return made


def class_attribute(run: Run, cls: Class, name: str) -> Value:
    """An attribute of a class or of its bases; `MISSING` where a base is not known, too."""
    value = run.store.read(cls, f".{name}")
    if value is not MISSING:
        return value
    for base in cls.bases:
        found = class_attribute(run, base, name) if isinstance(base, Class) else MISSING
        if found is not MISSING:
            return found
    return MISSING


def keras_base(cls: Class) -> str | None:
    """The class of Keras that a class is derived from, `Layer` or `Model`; `None` where there is none or another. A subclass
    of one of Keras's own layers is one of `Layer`."""
    for base in cls.bases:
        if isinstance(base, Api) and base.name in (KERAS_LAYER, KERAS_MODEL):
            return base.name
        if isinstance(base, Api) and _is_built_in(base.name):
            return KERAS_LAYER
        if isinstance(base, Class) and (found := keras_base(base)) is not None:
            return found
    return None


def built_in_layer(cls: Class) -> str | None:
    """The layer of Keras's that a class is derived from: `keras.layers.Conv2D`."""
    base = library_base(cls)
    return base if base is not None and _is_built_in(base) else None


def _is_built_in(name: str) -> bool:
    """Whether a class is a layer of Keras's own; cells are called by other layers, with states."""
    return name in LAYERS and not name.endswith("Cell")


def library_base(cls: Class) -> str | None:
    """The first class of a known library that a class is derived from: `keras.losses.Loss`."""
    for base in cls.bases:
        found = base.name if isinstance(base, Api) else library_base(base) if isinstance(base, Class) else None
        if found is not None:
            return found
    return None


def is_model(cls: Class) -> bool:
    """Whether a class derives from `keras.Model`."""
    return keras_base(cls) == KERAS_MODEL


def bound_method(function: Function, receiver: Value) -> Value:
    kind = only_decorator(function)
    if kind == "staticmethod":
        return replace(function, decorated=False)
    if kind == "classmethod":
        owner = receiver.cls if isinstance(receiver, Instance) else receiver
        return Method(replace(function, decorated=False), owner)
    return Method(function, receiver) if isinstance(receiver, Instance) else function


def only_decorator(function: Function) -> str | None:
    """`property`, `staticmethod` or `classmethod`, where that is the only decorator."""
    decorators = getattr(function.node, "decorator_list", [])
    if len(decorators) == 1 and isinstance(decorators[0], ast.Name):
        return decorators[0].id if decorators[0].id in ("property", "staticmethod", "classmethod") else None
    return None
