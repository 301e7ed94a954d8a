"""Tables and columns of pandas: their attributes, what is picked out of them and put into them, and arithmetic.

What is in a file only the file knows: the number of rows mostly, and often the columns. But it is certain that a table has two
axes and a column one. Source: pandas/core/frame.py, pandas/core/indexing.py.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from shapewright.interpreter.indexing import PICKED, bound
from shapewright.interpreter.iteration import ASSIGNED, PUT, items_of
from shapewright.interpreter.run import COMBINED, Run, attributes
from shapewright.interpreter.table_state import SOME, as_array, columns_of, make_table, some_columns
from shapewright.knowledge.indexing import Picked, indexed
from shapewright.knowledge.pandas.methods import NO_COLUMNS
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.table import Column, Columns, Labels, Names, SomeLabels, TableRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    TEXT,
    UNKNOWN,
    BoundApi,
    ListRef,
    Literal,
    Plain,
    Range,
    Scalar,
    Size,
    Slice,
    Tuple,
    Value,
    int_of,
    is_none,
)

_ALL = Slice(NONE, NONE, NONE)


def _is_all(index: Value) -> bool:
    return isinstance(index, Slice) and all(is_none(part) for part in (index.start, index.stop, index.step))


def with_labels(state: Columns, labels: Sequence[Plain]) -> Columns:
    """The table with other columns."""
    return replace(state, labels=tuple(labels), width=Dim(len(labels)))


def literals(run: Run, value: Value) -> list[Plain] | None:
    """The numbers or texts of a list; `None` where they are not all known."""
    items = items_of(run, value) if isinstance(value, (ListRef, Tuple, Range)) else None
    known = [item.value for item in items or () if isinstance(item, Literal)]
    return known if items is not None and len(known) == len(items) else None


# -- attributes


@attributes(TableRef)
def attribute_of_table(run: Run, table: TableRef, name: str) -> Value:
    state = columns_of(run, table)
    if name == "values":
        return as_array(run, table)
    if name == "shape":
        return ShapeValue(Shape((state.rows, state.width)))
    if name == "ndim":
        return Literal(2)
    if name == "columns":
        known = isinstance(state.labels, tuple)
        return Names(tuple(map(Literal, state.labels))) if known else Column(state.width)  # type: ignore[arg-type]
    if name == "index":
        return Column(state.rows)
    if name == "T":
        return make_table(run, some_columns(state.width, state.rows))
    if isinstance(state.labels, tuple) and name in state.labels:
        return Column(state.rows, state.dtype)
    if name in NO_COLUMNS or name.startswith(("to_", "_")):
        return BoundApi(table, name)
    return UNKNOWN if isinstance(state.labels, tuple) else Column(state.rows, state.dtype)


@attributes(Names)
def attribute_of_names(run: Run, names: Names, name: str) -> Value:
    return names if name == "values" else Literal(1) if name == "ndim" else BoundApi(names, name)


@attributes(Column)
def attribute_of_column(run: Run, column: Column, name: str) -> Value:
    if name == "values":
        return as_array(run, column)
    if name == "shape":
        return ShapeValue(Shape((column.rows,)))
    if name == "ndim":
        return Literal(1)
    if name == "T":
        return column
    if name == "index":
        return Column(column.rows)
    return UNKNOWN if name in ("name", "dtype", "str", "dt", "cat", "plot") else BoundApi(column, name)


# -- picking


def rows_of(run: Run, rows: Dim, index: Slice) -> Dim:
    """How many rows a slice by position leaves."""
    try:
        return indexed(Shape((rows,)), [Picked(bound(run, index.start), bound(run, index.stop), bound(run, index.step))])[0]
    except NotKnown:
        return SOME


def pick(run: Run, value: Value, index: Value) -> Value:
    """`table["name"]`, `table[["a", "b"]]`, `table[:5]`, `table[mask]`, and the like of a column."""
    if isinstance(value, Column):
        return _of_column(run, value, index)
    assert isinstance(value, TableRef)
    state = columns_of(run, value)
    if isinstance(index, Literal) or index == TEXT:
        return _one_column(state, index)
    if isinstance(index, TableRef):
        return make_table(run, replace(state, dtype=None))
    rows = _some_rows(run, state.rows, index, exact=True)
    if rows is not None:
        return make_table(run, replace(state, rows=rows))
    return make_table(run, picked) if (picked := _some_columns(run, state, index)) is not None else UNKNOWN


def _one_column(state: Columns, index: Value) -> Value:
    if isinstance(index, Literal) and isinstance(state.labels, tuple) and state.labels.count(index.value) != 1:
        return UNKNOWN
    return Column(state.rows, state.dtype)


def _some_columns(run: Run, state: Columns, index: Value) -> Columns | None:
    """The columns of a list of labels; `None` where it may be something else."""
    if not isinstance(index, (ListRef, Tuple, Range)):
        return None
    labels = literals(run, index)
    if labels is None:
        return replace(state, labels=SomeLabels(), width=SOME) if isinstance(index, ListRef) else None
    if isinstance(state.labels, tuple) and not set(labels) <= set(state.labels):
        return None
    return with_labels(state, labels)


def _some_rows(run: Run, rows: Dim, index: Value, exact: bool) -> Dim | None:
    """How many rows an index picks, a slice by position or a mask; `None` where it picks none."""
    if isinstance(index, Slice):
        return rows if _is_all(index) else rows_of(run, rows, index) if exact else SOME
    if isinstance(index, (Column, Tensor)) and index.dtype == "bool":
        return SOME
    given = literals(run, index)
    return SOME if given and all(isinstance(item, bool) for item in given) else None


def _of_column(run: Run, column: Column, index: Value) -> Value:
    rows = _some_rows(run, column.rows, index, exact=True)
    if rows is None:
        picked = literals(run, index)
        rows = None if picked is None else Dim(len(picked))
    return UNKNOWN if rows is None else Column(rows, column.dtype)


_BY_POSITION, _BY_LABEL = ("iloc", "iat"), ("loc", "at")


def locate(run: Run, accessor: Value, index: Value) -> Value:
    """`table.iloc[:5, 1:]`, `table.loc[mask, "name"]`."""
    if not isinstance(accessor, BoundApi) or accessor.method not in (*_BY_POSITION, *_BY_LABEL):
        return UNKNOWN
    owner, by_position = accessor.owner, accessor.method in _BY_POSITION
    if isinstance(owner, Column):
        if not by_position and isinstance(index, Slice) and not _is_all(index):
            return Column(SOME, owner.dtype)
        return UNKNOWN if isinstance(index, Literal) else _of_column(run, owner, index)
    if not isinstance(owner, TableRef):
        return UNKNOWN
    state = columns_of(run, owner)
    first, second = index.items if isinstance(index, Tuple) and len(index.items) == 2 else (index, _ALL)
    rows = _some_rows(run, state.rows, first, by_position)
    listed = literals(run, first)
    if rows is None and listed is not None:
        rows = Dim(len(listed)) if by_position else SOME
    one_row = by_position and (int_of(first) is not None or isinstance(first, Size))
    if rows is None and not one_row:
        return UNKNOWN
    columns = _located_columns(run, state, second, by_position)
    if columns is None:
        return UNKNOWN
    if isinstance(columns, Column):
        return UNKNOWN if rows is None else replace(columns, rows=rows)
    if rows is None:
        return Column(columns.width, state.dtype, columns.labels)
    return make_table(run, replace(columns, rows=rows))


def _located_columns(run: Run, state: Columns, index: Value, by_position: bool) -> Columns | Column | None:
    """The columns that the second part of an index picks; a `Column` for one of them."""
    if _is_all(index):
        return state
    if isinstance(index, Slice):
        if not by_position:
            return _between(state, index)
        width = rows_of(run, state.width, index)
        bounds = [bound(run, b) for b in (index.start, index.stop, index.step)]
        if isinstance(state.labels, tuple) and not any(isinstance(b, str) for b in bounds):
            start, stop, step = bounds
            return with_labels(state, state.labels[start:stop:step])  # type: ignore[index]
        return replace(state, labels=SomeLabels(), width=width)
    if by_position:
        if int_of(index) is not None:
            return Column(SOME, state.dtype)
        numbers = literals(run, index)
        return None if numbers is None else replace(state, labels=SomeLabels(), width=Dim(len(numbers)))
    if isinstance(index, Literal) or index == TEXT:
        found = _one_column(state, index)
        return found if isinstance(found, Column) else None
    return _some_columns(run, state, index)


def _between(state: Columns, index: Slice) -> Columns:
    """A slice of labels: its end is in it."""
    ends = [end.value if isinstance(end, Literal) else ... for end in (index.start, index.stop)]
    known = isinstance(state.labels, tuple) and is_none(index.step)
    if known and all(end is None or state.labels.count(end) == 1 for end in ends):  # type: ignore[union-attr]
        labels: tuple[Plain, ...] = state.labels  # type: ignore[assignment]
        start = 0 if ends[0] is None else labels.index(ends[0])
        stop = len(labels) if ends[1] is None else labels.index(ends[1]) + 1
        return with_labels(state, labels[start:stop])
    return replace(state, labels=SomeLabels(), width=SOME)


PICKED[Column] = PICKED[TableRef] = pick
PICKED[BoundApi] = locate


# -- putting in


def put(run: Run, table: Value, index: Value, value: Value) -> None:
    """`table["name"] = value`: a new column, or other values in one that there is."""
    if not isinstance(table, TableRef):
        return
    state = replace(columns_of(run, table), dtype=None)
    labels = [index.value] if isinstance(index, Literal) else literals(run, index)
    before = state.labels
    if labels is not None and isinstance(before, tuple):
        if not before:
            state = replace(state, rows=length_of(run, value))
        state = with_labels(state, (*before, *(label for label in dict.fromkeys(labels) if label not in before)))
    elif not isinstance(index, (Slice, Column, Tensor, TableRef)):
        state = replace(state, labels=SomeLabels(), width=SOME)
    run.store.write(table, "columns", state)


def put_located(run: Run, accessor: Value, index: Value, value: Value) -> None:
    """`table.loc[mask, "name"] = value` may add a column, `table.loc[label] = row` a row."""
    owner = accessor.owner if isinstance(accessor, BoundApi) and accessor.method in _BY_LABEL else UNKNOWN
    if not isinstance(owner, TableRef):
        return
    if isinstance(index, Tuple) and len(index.items) == 2:
        put(run, owner, index.items[1], value)
        index = index.items[0]
    if not isinstance(index, (Slice, Column, Tensor)):
        run.store.write(owner, "columns", replace(columns_of(run, owner), rows=SOME))


def length_of(run: Run, value: Value) -> Dim:
    """How many rows a list, an array or a column has."""
    value = as_array(run, value)
    if isinstance(value, Tensor):
        return value.shape[0] if value.shape else SOME
    items = items_of(run, value) if isinstance(value, (ListRef, Tuple, Range)) else None
    return SOME if items is None else Dim(len(items))


def _rename(run: Run, table: Value, value: Value) -> None:
    """`table.columns = names`."""
    if isinstance(table, TableRef):
        state, labels = columns_of(run, table), literals(run, value)
        after = replace(state, labels=SomeLabels()) if labels is None else with_labels(state, labels)
        run.store.write(table, "columns", after)


PUT[TableRef] = put
PUT[BoundApi] = put_located
ASSIGNED["columns"] = _rename


# -- arithmetic


def combine(run: Run, op: ast.AST, a: Value, b: Value) -> Value:
    """What `a op b` is, where one of them is a table or column: pandas brings together what has the same labels."""
    dtype = "bool" if isinstance(op, ast.cmpop) or _both_bools(a, b) else None
    if isinstance(a, TableRef) or isinstance(b, TableRef):
        return _tables(run, a, b, dtype)
    one, other = (a, b) if isinstance(a, Column) else (b, a)
    assert isinstance(one, Column)
    if other is one:  # a sign, or a column with itself
        return Column(one.rows, dtype, one.labels)
    if isinstance(other, Column):
        same = one.labels is not None and one.labels == other.labels
        return Column(one.rows if same or isinstance(op, ast.cmpop) else SOME, dtype, one.labels if same else None)
    return Column(one.rows, dtype, one.labels) if _is_for_each(other, 1) else UNKNOWN


def _both_bools(a: Value, b: Value) -> bool:
    return all(isinstance(value, Column) and value.dtype == "bool" for value in (a, b))


def _tables(run: Run, a: Value, b: Value, dtype: str | None) -> Value:
    one, other = (a, b) if isinstance(a, TableRef) else (b, a)
    assert isinstance(one, TableRef)
    state = replace(columns_of(run, one), dtype=dtype)
    if isinstance(other, TableRef):
        same = other is one or columns_of(run, other).labels == state.labels
        return make_table(run, state if other is one else replace(state, rows=SOME)) if same else UNKNOWN
    if isinstance(other, Column):
        return make_table(run, state) if other.labels is not None and other.labels == state.labels else UNKNOWN
    return make_table(run, state) if _is_for_each(other, 2) else UNKNOWN


def _is_for_each(value: Value, rank: int) -> bool:
    """A number, or an array that lies along the rows or columns."""
    if isinstance(value, Tensor):
        return value.shape is not None and value.shape.rank <= rank and value.library is Library.NUMPY
    return isinstance(value, (Literal, Size, Scalar))


COMBINED[Column] = COMBINED[TableRef] = combine


def same_labels(parts: Sequence[Columns]) -> Labels | None:
    """The labels that tables have in common; `None` where they differ, or may."""
    first = parts[0].labels
    return first if all(part.labels == first for part in parts) else None
