"""What is known of a table of pandas, and the array that it is to other libraries."""

from __future__ import annotations

from shapewright.interpreter.run import Run
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.table import Column, Columns, SomeLabels, TableRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, Value

SOME = Dim(UNNAMED)


def some_columns(rows: Dim = SOME, width: Dim = SOME) -> Columns:
    """A table of which the columns are not known."""
    return Columns(rows, SomeLabels(), width)


def columns_of(run: Run, table: TableRef) -> Columns:
    """What is known of a table."""
    state = run.store.read(table, "columns")
    return state if isinstance(state, Columns) else some_columns()


def make_table(run: Run, columns: Columns) -> TableRef:
    """A new table."""
    made = TableRef()
    run.store.write(made, "columns", columns)
    return made


def forget(run: Run, table: TableRef) -> None:
    """Something may have changed the table."""
    run.store.write(table, "columns", UNKNOWN)


def as_array(run: Run, value: Value) -> Value:
    """A table or column as the array that `numpy.asarray` makes of it; all else as it is."""
    if isinstance(value, Column):
        return Tensor(Shape((value.rows,)), value.dtype, Library.NUMPY)
    if isinstance(value, TableRef):
        state = columns_of(run, value)
        return Tensor(Shape((state.rows, state.width)), state.dtype, Library.NUMPY)
    return value
