"""The user's classes: their bodies, their instances and their attributes."""

from __future__ import annotations

import ast
from dataclasses import replace

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.store import MISSING
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.value import UNKNOWN, Api, Value


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


def is_plain(cls: Class) -> bool:
    """Whether a class derives from nothing but classes of the program and `object`."""
    return all(
        (isinstance(b, Class) and is_plain(b)) or (isinstance(b, Api) and b.name == "builtins.object")
        for b in cls.bases
    )


@attributes(Class)
def attribute_of_class(run: Run, cls: Class, name: str) -> Value:
    value = class_attribute(run, cls, name)
    if isinstance(value, Function):
        return _bound(value, cls)
    return UNKNOWN if value is MISSING else value


@attributes(Instance)
def attribute_of_instance(run: Run, instance: Instance, name: str) -> Value:
    value = run.store.read(instance, f".{name}")
    if value is not MISSING:
        return value
    value = class_attribute(run, instance.cls, name)
    if isinstance(value, Function):
        kind = _decorator(value)
        if kind == "property":
            return run.call(replace(value, decorated=False), Call([instance], {}), Frame(value.module, value.chunk))
        return _bound(value, instance)
    return UNKNOWN if value is MISSING else value


def _bound(function: Function, receiver: Value) -> Value:
    kind = _decorator(function)
    if kind == "staticmethod":
        return replace(function, decorated=False)
    if kind == "classmethod":
        owner = receiver.cls if isinstance(receiver, Instance) else receiver
        return Method(replace(function, decorated=False), owner)
    return Method(function, receiver) if isinstance(receiver, Instance) else function


def _decorator(function: Function) -> str | None:
    """`property`, `staticmethod` or `classmethod`, where that is the only decorator."""
    decorators = getattr(function.node, "decorator_list", [])
    if len(decorators) == 1 and isinstance(decorators[0], ast.Name):
        return decorators[0].id if decorators[0].id in ("property", "staticmethod", "classmethod") else None
    return None


@callee(Class)
def instantiate(run: Run, cls: Class, call: Call, frame: Frame) -> Value:
    """An instance of a plain class, its `__init__` called. What a library's base class does is not followed here."""
    if not is_plain(cls) or cls.node.decorator_list:
        return UNKNOWN
    made = Instance(cls)
    init = class_attribute(run, cls, "__init__")
    if isinstance(init, Function):
        run.call(Method(init, made), call, frame)
    return made


@callee(Instance)
def call_instance(run: Run, instance: Instance, call: Call, frame: Frame) -> Value:
    function = class_attribute(run, instance.cls, "__call__")
    return run.call(Method(function, instance), call, frame) if isinstance(function, Function) else UNKNOWN
