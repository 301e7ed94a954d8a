"""The functions of pandas, and what the functions of other libraries make of its tables and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.table_state import SOME, as_array, columns_of, make_table, some_columns
from shapewright.interpreter.tables import length_of, literals, same_labels, with_labels
from shapewright.knowledge.pandas.methods import AS_ARRAYS, READERS, UFUNCS
from shapewright.tensors.dimension import Dim
from shapewright.values.table import Column, Columns, SomeLabels, TableRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Plain,
    Tuple,
    Value,
    is_none,
    str_of,
)

Make = Callable[[Run, Call], Value]


def _read(run: Run, call: Call) -> Value:
    """A table of the columns that the call names, else of those in the file."""
    given = call.keywords
    if not call.complete or any(name in given for name in ("chunksize", "iterator", "squeeze", "typ")):
        return UNKNOWN
    names = literals(run, given.get("names", NONE))
    state = some_columns() if names is None else with_labels(some_columns(), names)
    used = literals(run, given.get("usecols", NONE))
    if not is_none(given.get("usecols", NONE)):
        state = _used(state, used)
    index = given.get("index_col", NONE)
    if is_none(index) or index == Literal(False):
        return make_table(run, state)
    if isinstance(state.labels, tuple) and str_of(index) in state.labels:
        return make_table(run, with_labels(state, [label for label in state.labels if label != str_of(index)]))
    return make_table(run, some_columns())


def _used(state: Columns, used: list[Plain] | None) -> Columns:
    if used is None:
        return some_columns()
    if isinstance(state.labels, tuple):
        picked = [label for n, label in enumerate(state.labels) if label in used or n in used]
        return with_labels(state, picked)
    return some_columns(width=Dim(len(used)))


def _table(run: Run, call: Call) -> Value:
    """`pd.DataFrame(data, columns=names)`."""
    given = call.by_name("data", "index", "columns", "dtype")
    if not call.complete:
        return UNKNOWN
    state = _of_data(run, given.get("data", NONE))
    columns = given.get("columns", NONE)
    if not is_none(columns):
        labels = literals(run, columns)
        state = replace(state, labels=SomeLabels()) if labels is None else with_labels(state, labels)
    if not is_none(given.get("index", NONE)) and not isinstance(given.get("data"), Tensor):
        state = replace(state, rows=SOME)
    return make_table(run, state)


def _of_data(run: Run, data: Value) -> Columns:
    if is_none(data):
        return Columns(Dim(0), (), Dim(0))
    if isinstance(data, TableRef):
        return columns_of(run, data)
    if isinstance(data, Column):
        return some_columns(data.rows, Dim(1))
    if isinstance(data, Tensor) and data.shape is not None and data.shape.rank in (1, 2):
        columns = data.shape[1] if data.shape.rank == 2 else Dim(1)
        state = Columns(data.shape[0], SomeLabels(), columns, data.dtype)
        return with_labels(state, tuple(range(columns.size))) if isinstance(columns.size, int) else state
    if isinstance(data, DictRef):
        return _of_dict(run, data)
    rows = items_of(run, data) if isinstance(data, (ListRef, Tuple)) else None
    if not rows:
        return some_columns()
    widths = {len(items) if (items := items_of(run, row)) is not None else None for row in rows}
    width = widths.pop() if len(widths) == 1 else None
    if all(isinstance(row, (ListRef, Tuple)) for row in rows) and width is not None:
        return with_labels(some_columns(Dim(len(rows))), tuple(range(width)))
    return some_columns(Dim(len(rows)), Dim(1) if all(isinstance(row, Literal) for row in rows) else SOME)


def _of_dict(run: Run, data: DictRef) -> Columns:
    state = run.store.read(data, "items")
    if not isinstance(state, DictItems) or not state.complete or not all(isinstance(k, Literal) for k, _ in state.items):
        return some_columns()
    lengths = [length_of(run, value) for _, value in state.items]
    rows = next((length for length in lengths if length.is_known), SOME)
    return with_labels(some_columns(rows), [key.value for key, _ in state.items if isinstance(key, Literal)])


def _column(run: Run, call: Call) -> Value:
    given = call.by_name("data", "index", "dtype")
    data = given.get("data", UNKNOWN)
    dtype = data.dtype if isinstance(data, (Tensor, Column)) and "dtype" not in given else None
    return Column(length_of(run, data) if "index" not in given else SOME, dtype) if call.complete else UNKNOWN


def _concat(run: Run, call: Call) -> Value:
    """Tables one below the other, or side by side: then they are aligned by their index."""
    given = call.by_name("objs")
    parts, axis = items_of(run, given.get("objs", UNKNOWN)), given.get("axis", Literal(0))
    if not call.complete or not isinstance(axis, Literal):
        return UNKNOWN
    if not parts or not all(isinstance(part, (TableRef, Column)) for part in parts):
        return make_table(run, some_columns()) if parts is None else UNKNOWN
    if axis.value in (0, "index"):
        if all(isinstance(part, Column) for part in parts):
            return Column(_sum(part.rows for part in parts if isinstance(part, Column)))
        tables = [columns_of(run, part) for part in parts if isinstance(part, TableRef)]
        labels = same_labels(tables) if len(tables) == len(parts) else None
        rows = _sum(table.rows for table in tables)
        if labels is None:
            return make_table(run, some_columns(rows if len(tables) == len(parts) else SOME))
        dtype = tables[0].dtype if all(table.dtype == tables[0].dtype for table in tables) else None
        return make_table(run, Columns(rows, labels, tables[0].width, dtype))
    width = _sum(columns_of(run, part).width if isinstance(part, TableRef) else Dim(1) for part in parts)
    state = some_columns(SOME, width)
    every = [columns_of(run, part).labels if isinstance(part, TableRef) else None for part in parts]
    numbered = given.get("ignore_index", Literal(False)) == Literal(True)
    if numbered and isinstance(width.size, int):
        return make_table(run, with_labels(state, tuple(range(width.size))))
    if all(isinstance(labels, tuple) for labels in every):
        state = with_labels(state, [label for labels in every for label in labels])  # type: ignore[union-attr]
    return make_table(run, state)


def _sum(dims: Iterable[Dim]) -> Dim:
    total = Dim(0)
    for dim in dims:
        total = total + dim
    return total


def _one_for_each(run: Run, call: Call) -> Value:
    """`pd.to_numeric(column)`, `pd.isna(column)`."""
    given = call.args[0] if call.args else UNKNOWN
    return Column(given.rows) if isinstance(given, Column) and call.complete else UNKNOWN


def _dummies(run: Run, call: Call) -> Value:
    given = call.by_name("data").get("data", UNKNOWN)
    if isinstance(given, TableRef):
        return make_table(run, some_columns(columns_of(run, given).rows))
    return make_table(run, some_columns(given.rows)) if isinstance(given, Column) else make_table(run, some_columns())


_FOR_EACH = ("to_numeric", "to_datetime", "isna", "isnull", "notna", "cut", "qcut")
PANDAS: dict[str, Make] = {
    **dict.fromkeys((f"pandas.{name}" for name in READERS), _read),
    "pandas.DataFrame": _table,
    "pandas.Series": _column,
    "pandas.concat": _concat,
    "pandas.get_dummies": _dummies,
    "pandas.merge": lambda run, call: make_table(run, some_columns()),
    **dict.fromkeys((f"pandas.{name}" for name in _FOR_EACH), _one_for_each),
}
"""The functions of pandas, by name."""


# -- other libraries


def has_pandas(call: Call) -> bool:
    """Whether a call is given a table or column."""
    return any(isinstance(given, (Column, TableRef)) for given in (*call.args, *call.keywords.values()))


def call_with_pandas(run: Run, name: str, call: Call, plain: Callable[[Call], Value]) -> Value:
    """What a function of another library makes of tables and columns. `plain` calls it with arrays in their place."""
    library, _, function = name.partition(".")
    if library in ("builtins", "pandas", "matplotlib", "tqdm", "copy"):
        return plain(call)
    if library == "numpy" and function in UFUNCS and len(call.args) == 1:
        return _elementwise(run, call.args[0], function.startswith("is"))
    if library == "numpy" and function not in AS_ARRAYS:
        return UNKNOWN
    arrays = Call(
        [as_array(run, value) for value in call.args],
        {key: as_array(run, value) for key, value in call.keywords.items()},
        call.node,
        call.chunk,
        call.spans,
    )
    made = plain(arrays)
    if name.endswith("train_test_split") and isinstance(made, Tuple) and len(made.items) == 2 * len(call.args):
        return Tuple(tuple(_split(run, call.args[n // 2], part) for n, part in enumerate(made.items)))
    return made


def _elementwise(run: Run, value: Value, is_test: bool) -> Value:
    dtype = "bool" if is_test else None
    if isinstance(value, TableRef):
        return make_table(run, replace(columns_of(run, value), dtype=dtype))
    return replace(value, dtype=dtype) if isinstance(value, Column) else UNKNOWN


def _split(run: Run, whole: Value, part: Value) -> Value:
    """Rows of a table are a table."""
    rows = part.shape[0] if isinstance(part, Tensor) and part.shape else SOME
    if isinstance(whole, TableRef):
        return make_table(run, replace(columns_of(run, whole), rows=rows))
    return Column(rows, whole.dtype) if isinstance(whole, Column) else part
