"""Matplotlib: the arrays of axes that `subplots` gives."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@function("matplotlib.pyplot.subplots")
def subplots(nrows: Any = 1, ncols: Any = 1, *, squeeze: Any = True, **_: Any) -> Any:
    """A figure and its axes in rows and columns; one row or one column is a vector, and one alone no array.

    Source: matplotlib/gridspec.py, `GridSpecBase.subplots`.

    >>> import matplotlib.pyplot; {name}(2, 3)[1]
    >>> import matplotlib.pyplot; {name}(1, 4, figsize=(8, 2))[1]
    >>> import matplotlib.pyplot; {name}(1, 1, squeeze=False)[1]
    """
    if not all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in (nrows, ncols)):
        raise NotKnown("how many")
    if squeeze not in (True, False):
        raise NotKnown("squeeze")
    sizes = [n for n in (nrows, ncols) if n > 1] if squeeze else [nrows, ncols]
    return UNKNOWN, Result(Shape(sizes), "object", Library.NUMPY) if sizes else UNKNOWN
