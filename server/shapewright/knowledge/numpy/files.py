"""Arrays from files of text. What is in the file nobody knows; how many axes it can give is known."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape


def _table(dtype: Any, ndmin: Any) -> Result:
    """Rows and columns; a single one of either is no axis of its own, unless `ndmin` says so."""
    name = dtype_name(dtype)
    if name is None or ndmin not in (0, 1, 2):
        raise NotKnown("one dtype for all columns, and how many axes there are at least")
    return Result(Shape((UNNAMED, UNNAMED)) if ndmin == 2 else None, name, most_axes=2)


@function("numpy.loadtxt")
def loadtxt(
    fname: Any,
    dtype: Any = "float64",
    comments: Any = "#",
    delimiter: Any = None,
    converters: Any = None,
    skiprows: Any = 0,
    usecols: Any = None,
    unpack: Any = False,
    ndmin: Any = 0,
    encoding: Any = None,
    max_rows: Any = None,
    **_: Any,
) -> Result:
    """A table of numbers. Source: numpy/lib/_npyio_impl.py.

    >>> {name}(["1 2 3", "4 5 6"], ndmin=2)
    """
    return _table(dtype, ndmin)


@function("numpy.genfromtxt")
def genfromtxt(
    fname: Any,
    dtype: Any = "float64",
    comments: Any = "#",
    delimiter: Any = None,
    skip_header: Any = 0,
    skip_footer: Any = 0,
    converters: Any = None,
    missing_values: Any = None,
    filling_values: Any = None,
    usecols: Any = None,
    names: Any = None,
    *,
    ndmin: Any = 0,
    **_: Any,
) -> Result:
    """A table of numbers; with names, or a dtype for each column, it is a row of records.

    >>> {name}(["1,2,3", "4,5,6"], delimiter=",", ndmin=2)
    """
    if names is not None:
        raise NotKnown("a table without names")
    return _table(dtype, ndmin)
