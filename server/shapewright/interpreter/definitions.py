"""`def` and `class` statements, and what their decorators make of them."""

from __future__ import annotations

import ast
from dataclasses import replace

from shapewright.interpreter.classes import make_class
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.functions import make_function
from shapewright.interpreter.run import Call, Flow, Run, statement
from shapewright.knowledge.names import TRANSPARENT_DECORATORS, canonical
from shapewright.values.callable import Class, Function, Instance, Method, Partial
from shapewright.values.value import UNKNOWN, Api, Value

_ACCESSORS = ("setter", "deleter", "getter")


@statement(ast.FunctionDef, ast.AsyncFunctionDef)
def define_function(run: Run, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> Flow:
    decorators = [run.evaluate(decorator, frame) for decorator in node.decorator_list]
    function: Value = make_function(run, node, frame)
    if any(_is_accessor(decorator, node.name) for decorator in node.decorator_list):
        return Flow.NEXT  # the property keeps its name
    for decorator in reversed(decorators):
        function = _decorated(run, decorator, function, frame)
    frame.bind(run.store, node.name, function)
    return Flow.NEXT


@statement(ast.ClassDef)
def define_class(run: Run, node: ast.ClassDef, frame: Frame) -> Flow:
    decorators = [run.evaluate(decorator, frame) for decorator in node.decorator_list]
    made: Value = make_class(run, node, frame)
    for decorator in reversed(decorators):
        made = _decorated(run, decorator, made, frame)
    frame.bind(run.store, node.name, made)
    return Flow.NEXT


_CALLED = (Api("tensorflow.function"), Api("tensorflow.custom_gradient"), Api("keras.ops.custom_gradient"))
"""Decorators that are evaluated."""


def keeps(decorator: Value) -> bool:
    """Whether a decorator leaves what a function computes as it is."""
    return isinstance(decorator, Api) and canonical(decorator.name.removesuffix("()")) in TRANSPARENT_DECORATORS


def _decorated(run: Run, decorator: Value, made: Value, frame: Frame) -> Value:
    """What a decorator gives. What an unknown one makes of a function is a function of which nothing is known."""
    if keeps(decorator):
        return made
    if isinstance(decorator, (Function, Method, Partial, Class, Instance)) or decorator in _CALLED:
        return run.call(decorator, Call([made], {}), frame)
    return replace(made, decorated=True) if isinstance(made, Function) else UNKNOWN


def _is_accessor(decorator: ast.expr, name: str) -> bool:
    """`@name.setter`."""
    return (
        isinstance(decorator, ast.Attribute)
        and decorator.attr in _ACCESSORS
        and isinstance(decorator.value, ast.Name)
        and decorator.value.id == name
    )
