"""Chunks of a source: evaluated, or done again from memory."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Hashable

from shapewright.interpreter.frame import Frame, Module
from shapewright.interpreter.run import MAX_STEPS, OutOfSteps, Run
from shapewright.syntax.chunk import Chunk

log = logging.getLogger("shapewright")
STRICT = "SHAPEWRIGHT_STRICT"
"""The environment variable that lets errors of our own through, for tests."""


def evaluate_chunk(run: Run, chunk: Chunk, module: Module) -> None:
    """Does what a top-level statement of a module does."""
    remembered = run.memory.recall_trace(chunk, run.store)
    if remembered is not None:
        run.replay(remembered)
        return
    guarded(run, chunk, lambda: run.execute(chunk.tree.body, Frame(module, chunk)))


def guarded(run: Run, code: Hashable, evaluate: Callable[[], object]) -> None:
    """Evaluates a piece of code in a trace of its own. Where a bound is met, what it wrote by then is unknown."""
    outer = run.store.begin()
    depth = len(run.call_stack)
    try:
        evaluate()
    except OutOfSteps:
        _give_up(run, f"the analysis stops after {MAX_STEPS} steps")
    except RecursionError:
        _give_up(run, "an expression nests too deep")
    except Exception:
        if os.environ.get(STRICT):
            raise
        log.exception("shapewright failed on a statement, of which nothing is shown; please report this")
        _give_up(run, "an error of shapewright itself")
    finally:
        del run.call_stack[depth:]
        trace = run.store.end(outer)
    run.memory.remember_trace(code, trace)


def _give_up(run: Run, bound: str) -> None:
    run.store.trace.bounds.append(bound)
    run.store.forget(list(run.store.trace.written))
