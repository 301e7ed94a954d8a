"""Instances of the user's classes: making them, calling them, and looking up their attributes."""

from __future__ import annotations

from dataclasses import replace

from shapewright.interpreter.built_in_bases import attribute_of_base
from shapewright.interpreter.classes import bound_method, class_attribute, keras_base, library_base, only_decorator
from shapewright.interpreter.fields import enum_member, has_fields, instantiate_fields, is_enum
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.measures import call_loss, call_metric, note_reduction
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.subclassing import call_keras, instantiate_keras, of_only_call
from shapewright.interpreter.variables import VARIABLES, losses_of, variables_of
from shapewright.interpreter.weights import layers_of_instance
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.keras import ModelRef
from shapewright.values.value import UNKNOWN, BoundApi, Value

_OF_GRAPH = frozenset(["get_layer", "input", "input_shape", "inputs", "layers", "output", "output_shape", "outputs"])
"""What a model that was made with `inputs` and `outputs` has of its graph."""
_OF_CALL = frozenset(["input", "input_shape", "output", "output_shape"])
"""What a layer has once it was called on a symbolic tensor."""


@attributes(Instance)
def attribute_of_instance(run: Run, instance: Instance, name: str) -> Value:
    value = run.store.read(instance, f".{name}")
    if value is not MISSING:
        return value
    value = class_attribute(run, instance.cls, name)
    if isinstance(value, Function):
        kind = only_decorator(value)
        if kind == "property":
            return run.call(replace(value, decorated=False), Call([instance], {}), Frame(value.module, value.chunk))
        return bound_method(value, instance)
    if value is MISSING:
        functional = run.store.read(instance, "functional")
        if isinstance(functional, ModelRef) and name in _OF_GRAPH:
            return run.attribute(functional, name)
        if name in VARIABLES and isinstance(functional, ModelRef) and not layers_of_instance(run, instance):
            return variables_of(run, functional, name)
        if name in _OF_CALL and keras_base(instance.cls) is not None:
            return of_only_call(run, instance, name)
        if name == "losses" and keras_base(instance.cls) is not None:
            return losses_of(run)
        inherited = attribute_of_base(run, instance, name)
        if inherited is not MISSING:
            return inherited
        return BoundApi(instance, name) if library_base(instance.cls) is not None else UNKNOWN
    return value


@attributes(Class)
def attribute_of_class(run: Run, cls: Class, name: str) -> Value:
    value = class_attribute(run, cls, name)
    if is_enum(cls) and not isinstance(value, Function):
        return enum_member(run, cls, name)
    if isinstance(value, Function):
        return bound_method(value, cls)
    return UNKNOWN if value is MISSING else value


@callee(Class)
def instantiate(run: Run, cls: Class, call: Call, frame: Frame) -> Value:
    """An instance of a class, its `__init__` called. What it has from another library's class is not known."""
    if keras_base(cls) is not None:
        return instantiate_keras(run, cls, call, frame)
    if has_fields(cls) and not isinstance(class_attribute(run, cls, "__init__"), Function):
        return instantiate_fields(run, cls, call, frame)
    if is_enum(cls):
        return UNKNOWN
    made = Instance(cls)
    run.store.note(made)
    init = class_attribute(run, cls, "__init__")
    if isinstance(init, Function):
        run.call(Method(init, made), call, frame)
    else:
        note_reduction(run, made, call)
    return made


@callee(Instance)
def call_instance(run: Run, instance: Instance, call: Call, frame: Frame) -> Value:
    if keras_base(instance.cls) is not None:
        return call_keras(run, instance, call, frame)
    function = class_attribute(run, instance.cls, "__call__")
    if isinstance(function, Function):
        return run.call(Method(function, instance), call, frame)
    base = library_base(instance.cls) or ""
    if base.startswith("keras.losses."):
        return call_loss(run, instance, call, frame)
    return call_metric(run, instance, call, frame) if base.startswith("keras.metrics.") else UNKNOWN
