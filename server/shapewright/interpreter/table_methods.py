"""The methods of tables and columns of pandas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shapewright.interpreter.collections import make_list
from shapewright.interpreter.datasets import dtype_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.table_state import SOME, as_array, columns_of, forget, make_table, some_columns
from shapewright.interpreter.tables import literals, put, with_labels
from shapewright.knowledge.pandas.methods import FEWER_ROWS, FLOATS, NO_COLUMNS, REDUCTIONS, SAME_SHAPE, TESTS
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function, Generated, Method
from shapewright.values.table import Column, Columns, Names, SomeLabels, TableRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    NONE,
    SOME_FLOAT,
    UNKNOWN,
    BoundApi,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Plain,
    Scalar,
    Size,
    Tuple,
    Value,
    int_of,
    is_none,
)

_FALSE = Literal(False)


def call_table_method(run: Run, table: TableRef, method: str, call: Call, frame: Frame) -> Value:
    """`table.drop(columns="name")`, `table.sample(frac=0.2)`; with `inplace=True` the table itself is another."""
    inplace = call.keywords.get("inplace", _FALSE)
    if not call.complete or not isinstance(inplace, Literal):
        forget(run, table)
        return UNKNOWN
    found = _of_table(run, table, method, call, frame)
    if not inplace.value:
        return found
    run.store.write(table, "columns", columns_of(run, found) if isinstance(found, TableRef) else UNKNOWN)
    return NONE


def _of_table(run: Run, table: TableRef, method: str, call: Call, frame: Frame) -> Value:
    state = columns_of(run, table)
    if method in _TABLES:
        after = _TABLES[method](run, state, call)
        return make_table(run, after)
    if method in SAME_SHAPE or (method in TESTS and method != "duplicated"):
        kept = state.dtype if method in ("copy", "sort_values", "sort_index") else "bool" if method in TESTS else None
        return make_table(run, replace(state, dtype=kept))
    if method in FEWER_ROWS:
        along = call.keywords.get("axis", Literal(0))
        return make_table(run, replace(state, rows=SOME) if _is_rows(along) else some_columns(state.rows))
    if method in REDUCTIONS:
        return _reduced(state, call)
    if method == "to_numpy":
        return replace(as_array(run, table), dtype=_to_dtype(call, state.dtype))  # type: ignore[type-var]
    if method == "duplicated":
        return Column(state.rows, "bool")
    if method == "pop" and call.args:
        put(run, table, call.args[0], UNKNOWN)  # where it is not known whether there is such a column
        run.store.write(table, "columns", _without(columns_of(run, table), literals(run, Tuple((call.args[0],)))))
        return Column(state.rows, state.dtype)
    if method == "insert" and len(call.args) > 1:
        put(run, table, call.args[1], UNKNOWN)
        return NONE
    if method == "apply":
        return _applied_to_rows(run, state, call, frame)
    if method in ("items", "iteritems"):
        return Generated((Tuple((UNKNOWN, Column(state.rows, state.dtype))),), complete=False)
    if method == "iterrows":
        return Generated((Tuple((UNKNOWN, Column(state.width, state.dtype, state.labels))),), complete=False)
    if method == "groupby":
        return Generated((Tuple((UNKNOWN, make_table(run, replace(state, rows=SOME)))),), complete=False)
    if method not in NO_COLUMNS and not method.startswith("to_"):
        forget(run, table)
    return UNKNOWN


# -- what gives another table


def _is_rows(axis: Value) -> bool:
    return isinstance(axis, Literal) and axis.value in (0, "index", "rows", None)


def _is_columns(axis: Value) -> bool:
    return isinstance(axis, Literal) and axis.value in (1, "columns")


def _some(state: Columns) -> Columns:
    return replace(state, labels=SomeLabels(), width=SOME)


def _without(state: Columns, labels: list[Plain] | None) -> Columns:
    """The table without some columns."""
    if labels is None or not isinstance(state.labels, tuple):
        return _some(state)
    return with_labels(state, [label for label in state.labels if label not in labels])


def _names(run: Run, value: Value) -> list[Plain] | None:
    """One label, or a list of them."""
    return [value.value] if isinstance(value, Literal) else literals(run, value)


def _drop(run: Run, state: Columns, call: Call) -> Columns:
    given = call.by_name("labels", "axis", "index", "columns")
    if "columns" in given:
        state = _without(state, _names(run, given["columns"]))
        return replace(state, rows=SOME) if "index" in given else state
    axis = given.get("axis", Literal(0))
    if _is_columns(axis):
        return _without(state, _names(run, given.get("labels", UNKNOWN)))
    return replace(state, rows=SOME) if _is_rows(axis) else some_columns()


def _rename(run: Run, state: Columns, call: Call) -> Columns:
    given = call.by_name("mapper", "index", "columns")
    names = given.get("columns", given.get("mapper", UNKNOWN) if _is_columns(call.keywords.get("axis", NONE)) else None)
    if names is None:
        return state
    items = run.store.read(names, "items") if isinstance(names, DictRef) else None
    known = isinstance(items, DictItems) and items.complete and isinstance(state.labels, tuple)
    if not known:
        return replace(state, labels=SomeLabels())
    pairs = {k.value: v for k, v in items.items if isinstance(k, Literal)}  # type: ignore[union-attr]
    after = [pairs.get(label, Literal(label)) for label in state.labels]  # type: ignore[union-attr]
    labels = [label.value for label in after if isinstance(label, Literal)]
    return with_labels(state, labels) if len(labels) == len(after) else replace(state, labels=SomeLabels())


def _head(run: Run, state: Columns, call: Call) -> Columns:
    count, rows = int_of(call.by_name("n").get("n", Literal(5))), state.rows.size
    known = count is not None and count >= 0 and isinstance(rows, int)
    return replace(state, rows=Dim(min(count, rows)) if known else SOME)  # type: ignore[type-var]


def _sample(run: Run, state: Columns, call: Call) -> Columns:
    given = call.by_name("n", "frac")
    if not _is_rows(call.keywords.get("axis", Literal(0))):
        return _some(state)
    part, rows = given.get("frac", NONE), state.rows.size
    if isinstance(part, Literal) and isinstance(part.value, (int, float)):
        if part.value == 1:
            return state
        return replace(state, rows=Dim(round(part.value * rows)) if isinstance(rows, int) else SOME)
    count = int_of(given.get("n", Literal(1)))
    return replace(state, rows=Dim(count) if count is not None and is_none(part) else SOME)


def _reset_index(run: Run, state: Columns, call: Call) -> Columns:
    drops = call.by_name("level", "drop").get("drop", _FALSE)
    return state if isinstance(drops, Literal) and drops.value else _some(state)


def _set_index(run: Run, state: Columns, call: Call) -> Columns:
    given = call.by_name("keys", "drop")
    return _some(state) if "drop" in given else _without(state, _names(run, given.get("keys", UNKNOWN)))


def _assign(run: Run, state: Columns, call: Call) -> Columns:
    if not isinstance(state.labels, tuple):
        return _some(state)
    new = [name for name in call.keywords if name not in state.labels]
    return with_labels(replace(state, dtype=None), (*state.labels, *new))


def _astype(run: Run, state: Columns, call: Call) -> Columns:
    wanted = call.by_name("dtype").get("dtype", UNKNOWN)
    return replace(state, dtype=None if isinstance(wanted, DictRef) else _number_dtype(dtype_of(wanted)))


_TABLES: dict[str, Callable[[Run, Columns, Call], Columns]] = {
    "drop": _drop,
    "rename": _rename,
    **dict.fromkeys(("head", "tail"), _head),
    "sample": _sample,
    "reset_index": _reset_index,
    "set_index": _set_index,
    "assign": _assign,
    "astype": _astype,
    **dict.fromkeys(("merge", "join", "melt", "pivot", "pivot_table", "describe", "explode"), lambda run, s, c: some_columns()),
    **dict.fromkeys(("select_dtypes", "filter"), lambda run, state, call: _some(state)),
    "transpose": lambda run, state, call: some_columns(state.width, state.rows),
    **dict.fromkeys(("nlargest", "nsmallest"), lambda run, state, call: replace(state, rows=SOME)),
    **dict.fromkeys(("corr", "cov"), lambda run, state, call: some_columns()),
}


def _reduced(state: Columns, call: Call) -> Value:
    """One number for each column, or for each row."""
    given = call.by_name("axis")
    axis = given.get("axis", Literal(0))
    if "numeric_only" in call.keywords or "level" in call.keywords:
        return Column(SOME)
    if _is_columns(axis):
        return Column(state.rows)
    return Column(state.width, None, state.labels) if _is_rows(axis) and not is_none(axis) else UNKNOWN


def _applied_to_rows(run: Run, state: Columns, call: Call, frame: Frame) -> Value:
    """`table.apply(function, axis=1)`: the function is given each row."""
    given = call.by_name("func", "axis")
    if not _is_columns(given.get("axis", Literal(0))) or not isinstance(given.get("func"), (Function, Method)):
        return run.call(UNKNOWN, call, frame)
    row = Column(state.width, state.dtype, state.labels)
    result = run.call(given["func"], Call([row], {}), frame)
    return UNKNOWN if isinstance(result, (Column, TableRef, Tuple, ListRef)) else Column(state.rows)


# -- columns


def call_column_method(run: Run, column: Column, method: str, call: Call, frame: Frame) -> Value:
    """`column.map(names)`, `column.astype("float32")`, `column.mean()`."""
    if not call.complete or "inplace" in call.keywords:
        return UNKNOWN
    if method in ("map", "apply"):
        return _applied(run, column, call, frame)
    if method in SAME_SHAPE:
        return replace(column, dtype=column.dtype if method in ("copy", "sort_values", "sort_index") else None)
    if method in TESTS:
        return Column(column.rows, "bool")
    if method in FEWER_ROWS:
        return Column(SOME, column.dtype)
    if method in REDUCTIONS:
        return SOME_FLOAT if method in FLOATS else Scalar(None)
    if method in ("head", "tail", "sample"):
        state = Columns(column.rows, (), Dim(0))
        return Column((_sample if method == "sample" else _head)(run, state, call).rows, column.dtype)
    if method == "astype":
        return replace(column, dtype=_number_dtype(dtype_of(call.by_name("dtype").get("dtype", UNKNOWN))))
    if method in ("to_numpy", "ravel", "__array__"):
        return Tensor(Shape((column.rows,)), _to_dtype(call, column.dtype), Library.NUMPY)
    if method == "unique":
        return Tensor(Shape((SOME,)), column.dtype, Library.NUMPY)
    if method in ("tolist", "to_list"):
        return make_list(run, None)
    if method == "nunique":
        return Size(SOME)
    if method == "reset_index" and isinstance(drop := call.by_name("level", "drop").get("drop", _FALSE), Literal):
        return column if drop.value else make_table(run, some_columns(column.rows))
    if method == "argsort":
        return Column(column.rows, "int64")
    if method == "value_counts":
        return Column(SOME)
    return make_table(run, some_columns(column.rows, Dim(1))) if method == "to_frame" else UNKNOWN


def _applied(run: Run, column: Column, call: Call, frame: Frame) -> Value:
    """One value for each; a function that gives a column for each makes a table."""
    function = call.args[0] if call.args else UNKNOWN
    if isinstance(function, BoundApi) and function.method in ("index", "count", "get"):
        return Column(column.rows)
    if not isinstance(function, (Function, Method, DictRef)):
        return run.call(UNKNOWN, call, frame)  # `words.map(found.update)`
    if isinstance(function, (Function, Method)):
        result = run.call(function, Call([UNKNOWN, *call.args[1:]], {}), frame)
        return UNKNOWN if isinstance(result, (Column, TableRef)) else Column(column.rows)
    return Column(column.rows)


def _to_dtype(call: Call, own: str | None) -> str | None:
    given = call.by_name("dtype")
    return own if is_none(given.get("dtype", NONE)) else _number_dtype(dtype_of(given["dtype"]))


def _number_dtype(dtype: str | None) -> str | None:
    """A dtype of numbers; what pandas makes of texts and categories is its own."""
    names = {"int": "int64", "float": "float64", "bool": "bool"}
    known = dtype is not None and dtype.rstrip("0123456789") in ("int", "uint", "float", "bool")
    return names.get(dtype or "", dtype) if known else None


def call_names_method(run: Run, names: Names, method: str, call: Call) -> Value:
    """`table.columns.tolist()`, `table.columns.drop("target")`."""
    if method in ("tolist", "to_list"):
        return make_list(run, names.items)
    labels = _names(run, call.args[0]) if len(call.args) == 1 else None
    if method != "drop" or labels is None:
        return UNKNOWN
    return Names(tuple(item for item in names.items if isinstance(item, Literal) and item.value not in labels))
