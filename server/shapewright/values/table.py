"""What pandas has: tables (`DataFrame`) and columns (`Series`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from shapewright.tensors.dimension import Dim
from shapewright.values.value import Plain, Ref, Tuple, Value


class SomeLabels:
    """Labels that nobody knows. The same object stands for the same labels."""

    __slots__ = ()


Labels = Union[tuple[Plain, ...], SomeLabels]
"""The names of columns in order."""


@dataclass(frozen=True, slots=True)
class Column(Value):
    """A `Series`, or an `Index`. Where it has one entry for each column of a table `labels` says so."""

    rows: Dim
    dtype: str | None = None
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class Columns(Value):
    """The state of a table: how many rows there are, the names of the columns, and the dtype, where all have the same."""

    rows: Dim
    labels: Labels
    width: Dim
    dtype: str | None = None


class TableRef(Ref):
    """A `DataFrame`; the store holds its `Columns`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Names(Tuple):
    """The names of the columns of a table, `table.columns`, all of them known."""
