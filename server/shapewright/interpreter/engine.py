"""From a source to its facts: every chunk in turn, evaluated or done again from memory."""

from __future__ import annotations

from collections.abc import Callable

from shapewright.interpreter import (  # registers what they evaluate
    builtin_objects,
    builtin_sequences,
    comparisons,
    definitions,
    expressions,
    indexing,
    instances,
    lambdas,
    library,
    mixing,
    operators,
    statements,
    trainable,
    wrapped,
)
from shapewright.interpreter.chunks import evaluate_chunk
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.memory import Memory
from shapewright.interpreter.modules import note_imports
from shapewright.interpreter.run import Find, Run, find_nothing
from shapewright.interpreter.store import Trace
from shapewright.interpreter.uncalled import Called, evaluate_uncalled, uncalled_functions
from shapewright.interpreter.view import View
from shapewright.knowledge import keras as _keras
from shapewright.knowledge import keras_hub as _keras_hub
from shapewright.knowledge import numpy as _numpy
from shapewright.knowledge import science as _science
from shapewright.knowledge import tensorflow as _tensorflow
from shapewright.syntax.source import Source

REGISTERED = (
    builtin_objects,
    builtin_sequences,
    comparisons,
    definitions,
    expressions,
    indexing,
    instances,
    lambdas,
    mixing,
    library,
    operators,
    statements,
    trainable,
    wrapped,
    _keras,
    _keras_hub,
    _numpy,
    _science,
    _tensorflow,
)


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
    executed = sum(isinstance(item, Trace) for item in run.store.trace.sequence)
    called = Called(run)
    for function in uncalled_functions(run, source, called):
        if cancelled():
            raise Cancelled
        evaluate_uncalled(run, function, called)
    traces = [item for item in run.store.trace.sequence if isinstance(item, Trace)]
    return Facts(source, traces[:executed], traces[executed:], View(run.store.cells), memory.module.path, run.imported)
