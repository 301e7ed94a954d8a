"""Functions and methods that nothing calls: each is evaluated once, with what its defaults give.

A method is evaluated on the instances that the program made, as they are after its last statement, or else on one that is
made for it with unknown arguments. What it sets is taken back: nothing says that it was called.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterator
from functools import lru_cache

from shapewright.interpreter.chunks import guarded
from shapewright.interpreter.classes import class_attribute, only_decorator
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.functions import as_graph, evaluate_body, free_parameters
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING, Trace
from shapewright.interpreter.tracing import traced
from shapewright.syntax.source import Source
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.value import UNKNOWN, Value

MAX_INSTANCES = 3
"""On how many instances of its class a method that nothing calls is evaluated."""
_MAKING = ("__init__", "build")
"""Methods that run before all others."""


def evaluate_uncalled(run: Run, uncalled: Function | Method, called: Called) -> None:
    """Evaluates a function, or does again what evaluating it did before."""
    method = uncalled if isinstance(uncalled, Method) else None
    function = uncalled.function if isinstance(uncalled, Method) else uncalled
    instance = method.receiver if method is not None else None
    before = _unsettle(run, instance, function, called) if isinstance(instance, Instance) else {}
    code: Hashable = (function.node, instance)
    remembered = run.memory.recall_trace(code, run.store)
    if remembered is not None:
        run.replay(remembered)
    else:
        guarded(run, code, lambda: _call(run, function, instance))
    for name, value in before.items():
        if value is MISSING:
            run.store.cells.pop((instance, name), None)
        else:
            run.store.cells[(instance, name)] = value


def _call(run: Run, function: Function, receiver: Value | None) -> None:
    bound = free_parameters(function)
    frame = Frame(function.module, function.chunk)
    if isinstance(receiver, Class):  # nothing made an instance
        receiver = _made_with_defaults(run, receiver, frame)
        if function.name == "__init__":
            return
    parameters = function.node.args.posonlyargs + function.node.args.args
    if receiver is not None and parameters:
        bound[parameters[0].arg] = receiver
        build = class_attribute(run, receiver.cls, "build") if isinstance(receiver, Instance) else MISSING
        if function.name == "call" and isinstance(build, Function) and run.store.read(receiver, "built") is MISSING:
            run.call(Method(build, receiver), Call([UNKNOWN], {}), frame)
    if function.graph is not None:
        with traced(run):
            evaluate_body(run, function, as_graph(run, function, bound), None, frame)
    else:
        evaluate_body(run, function, bound, None, frame)


def _made_with_defaults(run: Run, cls: Class, frame: Frame) -> Value:
    """An instance of a class that nothing calls."""
    init = class_attribute(run, cls, "__init__")
    if not isinstance(init, Function):
        return run.call(cls, Call([], {}), frame)
    made = Instance(cls)
    run.store.note(made)
    bound = free_parameters(init)
    bound[init.node.args.args[0].arg if init.node.args.args else ""] = made
    evaluate_body(run, init, bound, None, frame)
    return made


def _unsettle(run: Run, instance: Instance, function: Function, called: Called) -> dict[str, Value]:
    """Makes those attributes of an instance unknown that another method sets of which no call is known; returns all
    attributes as they were."""
    cells = run.store.cells
    before = {key: value for (owner, key), value in cells.items() if owner is instance}
    for node in _methods(instance.cls):
        if node.name in _MAKING or node in called or node is function.node:
            continue
        for name in _attributes_set(node):
            before.setdefault(f".{name}", MISSING)
            cells[(instance, f".{name}")] = UNKNOWN
    return before


def _methods(cls: Class) -> Iterator[ast.FunctionDef]:
    for node in cls.node.body:
        if isinstance(node, ast.FunctionDef):
            yield node
    for base in cls.bases:
        if isinstance(base, Class):
            yield from _methods(base)


@lru_cache(maxsize=4096)
def _attributes_set(node: ast.FunctionDef) -> frozenset[str]:
    """The attributes of `self` that a method assigns."""
    own = node.args.args[0].arg if node.args.args else ""
    stored = [n for n in ast.walk(node) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]
    return frozenset(n.attr for n in stored if isinstance(n.value, ast.Name) and n.value.id == own)


class Called:
    """The functions that were called so far; what was looked at once is not looked at again."""

    def __init__(self, run: Run) -> None:
        self._sequence = run.store.trace.sequence
        self._seen = 0
        self._nodes: set[ast.AST] = set()

    def __contains__(self, node: ast.AST) -> bool:
        for item in self._sequence[self._seen :]:
            if isinstance(item, Trace):
                for part in item.walk():
                    self._nodes.update(part.called)
        self._seen = len(self._sequence)
        return node in self._nodes


def uncalled_functions(run: Run, source: Source, called: Called) -> Iterator[Function | Method]:
    """The functions of the module that nothing called; methods with the instance, or the class, to call them on.

    Those that others of them call come last, and only when that did not happen in the meantime.
    """
    found = _all_uncalled(run, source, called)
    nodes = dict.fromkeys(_node(item) for item in found)
    names = {name for node in nodes for name in _names_called(node)}
    found.sort(key=lambda item: getattr(_node(item), "name", "") in names)
    started: set[ast.AST] = set()
    for item in found:
        if _node(item) in started or _node(item) not in called:
            started.add(_node(item))
            yield item


def _node(item: Function | Method) -> ast.AST:
    return item.function.node if isinstance(item, Method) else item.node


@lru_cache(maxsize=4096)
def _names_called(node: ast.AST) -> frozenset[str]:
    """The names of what a function calls, its own left out."""
    calls = [child.func for child in ast.walk(node) if isinstance(child, ast.Call)]
    names = {getattr(function, "attr", getattr(function, "id", "")) for function in calls}
    return frozenset(names - {getattr(node, "name", "")})


def _all_uncalled(run: Run, source: Source, called: Called) -> list[Function | Method]:
    instances: dict[Class, list[Instance]] = {}
    for made in run.store.trace.made():
        if isinstance(made, Instance):
            instances.setdefault(made.cls, []).append(made)
    found: list[Function | Method] = []
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                continue
            value = run.store.cells.get((run.memory.module, node.name))
            if isinstance(value, Function) and value.node is node and node not in called:
                found.append(value)
            elif isinstance(value, Class) and value.node is node:
                found += _uncalled_methods(run, value, called, instances.get(value, [])[-MAX_INSTANCES:])
    return found


def _uncalled_methods(run: Run, cls: Class, called: Called, instances: list[Instance]) -> Iterator[Function | Method]:
    names = [child.name for child in cls.node.body if isinstance(child, ast.FunctionDef)]
    for name in dict.fromkeys(names):
        method = class_attribute(run, cls, name)
        if not isinstance(method, Function) or method.node in called:
            continue
        if only_decorator(method) in ("staticmethod", "classmethod"):
            yield method
        receivers: list[Value] = [*instances] or [cls]
        yield from (Method(method, receiver) for receiver in receivers)
