"""Whether code just runs, or is traced into a graph of TensorFlow's: there a size that data decides is `None`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shapewright.interpreter.run import Run
from shapewright.values.value import Api, Literal

_OWNER = Api("tensorflow")
_KEY = "traced"
_YES = Literal(True)


def is_traced(run: Run) -> bool:
    """Whether what is evaluated now becomes a graph. Part of the state, so that remembered calls depend on it."""
    return run.store.read(_OWNER, _KEY) == _YES


@contextmanager
def traced(run: Run, traces: bool = True) -> Iterator[None]:
    """Evaluates what is inside as part of a graph, or with `traces` false as code that just runs."""
    before = run.store.read(_OWNER, _KEY)
    run.store.write(_OWNER, _KEY, Literal(traces))
    try:
        yield
    finally:
        run.store.write(_OWNER, _KEY, before)
