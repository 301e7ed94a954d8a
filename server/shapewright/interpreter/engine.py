"""From a source to its facts: every chunk in turn, evaluated or done again from memory."""

from __future__ import annotations

import ast
from collections.abc import Callable

from shapewright.interpreter import (  # registers what they evaluate
    expressions,
    instances,
    library,
    operators,
    statements,
)
from shapewright.interpreter.chunks import evaluate_chunk, guarded
from shapewright.interpreter.classes import class_attribute
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.functions import evaluate_uncalled
from shapewright.interpreter.memory import Memory
from shapewright.interpreter.modules import note_imports
from shapewright.interpreter.run import Find, Run, find_nothing
from shapewright.interpreter.store import Trace
from shapewright.interpreter.view import View
from shapewright.knowledge import keras as _keras
from shapewright.knowledge import numpy as _numpy
from shapewright.knowledge import tensorflow as _tensorflow
from shapewright.syntax.source import Source
from shapewright.values.callable import Class, Function

REGISTERED = (expressions, instances, library, operators, statements, _keras, _numpy, _tensorflow)


class Cancelled(Exception):
    """A newer text arrived; the analysis of this one is of no use any more."""


def analyse(
    source: Source, memory: Memory, cancelled: Callable[[], bool] = lambda: False, find: Find = find_nothing
) -> Facts:
    """The facts of a source. `cancelled` is asked before each statement; when it says so `Cancelled` is raised. `find`
    finds the other modules of the program."""
    memory.start_run()
    run = Run(memory, find)
    note_imports(run)
    for chunk in source.chunks:
        if cancelled():
            raise Cancelled
        evaluate_chunk(run, chunk, memory.module)
    executed = len(run.store.trace.sequence)
    for function in _uncalled_functions(run, source):
        if cancelled():
            raise Cancelled
        _evaluate_uncalled(run, function)
    traces = [item for item in run.store.trace.sequence if isinstance(item, Trace)]
    return Facts(source, traces[:executed], traces[executed:], View(run.store.cells))


def _evaluate_uncalled(run: Run, function: Function) -> None:
    remembered = run.memory.recall_trace(function.node, run.store)
    if remembered is not None:
        run.replay(remembered)
        return
    guarded(run, function.node, lambda: evaluate_uncalled(run, function))


def _uncalled_functions(run: Run, source: Source) -> list[Function]:
    """The functions and methods of the module that nothing called."""
    called: set[ast.AST] = set()
    for item in run.store.trace.sequence:
        if isinstance(item, Trace):
            for part in item.walk():
                called.update(part.called)
    found = []
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                value = run.store.cells.get((run.memory.module, node.name))
                found += [f for f in _functions_of(run, value, node) if f.node not in called]
    return found


def _functions_of(run: Run, value: object, node: ast.FunctionDef | ast.ClassDef) -> list[Function]:
    if isinstance(value, Function) and value.node is node:
        return [value]
    if isinstance(value, Class) and value.node is node and isinstance(node, ast.ClassDef):
        names = [child.name for child in node.body if isinstance(child, ast.FunctionDef)]
        methods = [class_attribute(run, value, name) for name in dict.fromkeys(names)]
        return [m for m in methods if isinstance(m, Function)]
    return []
