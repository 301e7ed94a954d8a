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
from shapewright.interpreter.classes import class_attribute
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.functions import evaluate_uncalled
from shapewright.interpreter.memory import Memory
from shapewright.interpreter.run import MAX_STEPS, OutOfSteps, Run
from shapewright.interpreter.store import Trace
from shapewright.interpreter.view import View
from shapewright.knowledge import keras as _keras
from shapewright.knowledge import numpy as _numpy
from shapewright.syntax.chunk import Chunk
from shapewright.syntax.source import Source
from shapewright.values.callable import Class, Function

REGISTERED = (expressions, instances, library, operators, statements, _keras, _numpy)


class Cancelled(Exception):
    """A newer text arrived; the analysis of this one is of no use any more."""


def analyse(source: Source, memory: Memory, cancelled: Callable[[], bool] = lambda: False) -> Facts:
    """The facts of a source. `cancelled` is asked before each statement; when it says so `Cancelled` is raised."""
    memory.start_run()
    run = Run(memory)
    for chunk in source.chunks:
        if cancelled():
            raise Cancelled
        _evaluate_chunk(run, chunk)
    executed = len(run.store.trace.sequence)
    for function in _uncalled_functions(run, source):
        if cancelled():
            raise Cancelled
        _evaluate_uncalled(run, function)
    traces = [item for item in run.store.trace.sequence if isinstance(item, Trace)]
    return Facts(source, traces[:executed], traces[executed:], View(run.store.cells))


def _evaluate_chunk(run: Run, chunk: Chunk) -> None:
    remembered = run.memory.recall_trace(chunk, run.store)
    if remembered is not None:
        run.replay(remembered)
        return
    _guarded(run, chunk, lambda: run.execute(chunk.tree.body, Frame(run.memory.module, chunk)))


def _guarded(run: Run, code: Chunk | ast.AST, evaluate: Callable[[], object]) -> None:
    """Evaluates a piece of code in a trace of its own. Where a bound is met, what it wrote by then is unknown."""
    outer = run.store.begin()
    depth = len(run.call_stack)
    try:
        evaluate()
    except OutOfSteps:
        _give_up(run, f"the analysis stops after {MAX_STEPS} steps")
    except RecursionError:
        _give_up(run, "an expression nests too deep")
    finally:
        del run.call_stack[depth:]
        trace = run.store.end(outer)
    run.memory.remember_trace(code, trace)


def _give_up(run: Run, bound: str) -> None:
    run.store.trace.bounds.append(bound)
    run.store.forget(list(run.store.trace.written))


def _evaluate_uncalled(run: Run, function: Function) -> None:
    remembered = run.memory.recall_trace(function.node, run.store)
    if remembered is not None:
        run.replay(remembered)
        return
    _guarded(run, function.node, lambda: evaluate_uncalled(run, function))


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
