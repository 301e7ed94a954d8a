"""Methods of tables and columns, by what they do with rows and columns.

Source: pandas/core/generic.py, pandas/core/frame.py, pandas/core/series.py.
"""

from __future__ import annotations

SAME_SHAPE = frozenset(
    [
        *("abs", "bfill", "clip", "convert_dtypes", "copy", "cummax", "cummin", "cumprod", "cumsum", "diff", "ffill"),
        *("fillna", "infer_objects", "interpolate", "map", "mask", "pct_change", "rank", "replace", "round", "shift"),
        *("sort_index", "sort_values", "where", "rename_axis", "transform", "applymap"),
    ]
)
"""One value in place of each."""
TESTS = frozenset(["isin", "isna", "isnull", "notna", "notnull", "between", "duplicated"])
"""The same, of bools."""
FEWER_ROWS = frozenset(["drop_duplicates", "dropna", "query", "truncate", "between_time", "at_time"])
REDUCTIONS = frozenset(["mean", "std", "var", "median", "sum", "prod", "min", "max", "sem", "skew", "kurt"])
FLOATS = frozenset(["mean", "std", "var", "median", "sem", "skew", "kurt"])
"""Reductions that give a float of a column of numbers."""
UFUNCS = frozenset(
    [
        *("log", "log2", "log10", "log1p", "exp", "expm1", "sqrt", "square", "sin", "cos", "tan", "tanh", "abs", "absolute"),
        *("sign", "floor", "ceil", "rint", "isnan", "isinf", "isfinite", "negative", "arctan", "radians", "degrees"),
    ]
)
"""Functions of NumPy that give a table of a table."""
AS_ARRAYS = frozenset(
    [
        *("array", "asarray", "asanyarray", "ascontiguousarray", "concatenate", "expand_dims", "stack", "unique", "where"),
        *("vstack", "hstack", "column_stack", "dstack", "repeat", "digitize", "histogram", "bincount", "corrcoef"),
    ]
)
"""Functions of NumPy to which tables and columns are arrays."""
READERS = frozenset(
    [
        *("read_csv", "read_table", "read_excel", "read_fwf", "read_parquet", "read_feather", "read_json", "read_pickle"),
        *("read_hdf", "read_sql", "read_orc", "read_stata", "read_spss", "read_sas"),
    ]
)
"""Functions that read a table from a file."""
NO_COLUMNS = frozenset(
    [
        *("abs", "add", "agg", "aggregate", "align", "all", "any", "append", "apply", "applymap", "as_matrix", "asfreq"),
        *("asof", "assign", "astype", "at", "at_time", "attrs", "axes", "backfill", "between_time", "bfill", "bool", "boxplot"),
        *("clip", "columns", "combine", "combine_first", "compare", "convert_dtypes", "copy", "corr", "corrwith", "count", "cov"),
        *("cummax", "cummin", "cumprod", "cumsum", "describe", "diff", "div", "divide", "dot", "drop", "drop_duplicates"),
        *("droplevel", "dropna", "dtypes", "duplicated", "empty", "eq", "equals", "eval", "ewm", "expanding", "explode", "ffill"),
        *("fillna", "filter", "first", "first_valid_index", "flags", "floordiv", "from_dict", "from_records", "ge", "get"),
        *("get_value", "groupby", "gt", "head", "hist", "iat", "idxmax", "idxmin", "iloc", "index", "infer_objects", "info"),
        *("insert", "interpolate", "isetitem", "isin", "isna", "isnull", "items", "iteritems", "iterrows", "itertuples", "ix"),
        *("join", "keys", "kurt", "kurtosis", "last", "last_valid_index", "le", "loc", "lookup", "lt", "mad", "map", "mask"),
        *("max", "mean", "median", "melt", "memory_usage", "merge", "min", "mod", "mode", "mul", "multiply", "ndim", "ne"),
        *("nlargest", "notna", "notnull", "nsmallest", "nunique", "pad", "pct_change", "pipe", "pivot", "pivot_table", "plot"),
        *("pop", "pow", "prod", "product", "quantile", "query", "radd", "rank", "rdiv", "reindex", "reindex_like", "rename"),
        *("rename_axis", "reorder_levels", "replace", "resample", "reset_index", "rfloordiv", "rmod", "rmul", "rolling", "round"),
        *("rpow", "rsub", "rtruediv", "sample", "select_dtypes", "sem", "set_axis", "set_flags", "set_index", "set_value"),
        *("shape", "shift", "size", "skew", "slice_shift", "sort_index", "sort_values", "sparse", "squeeze", "stack", "std"),
        *("style", "sub", "subtract", "sum", "swapaxes", "swaplevel", "tail", "take", "transform", "transpose", "truediv"),
        *("truncate", "tshift", "tz_convert", "tz_localize", "unstack", "update", "value_counts", "values", "var", "where", "xs"),
        "T",
    ]
)
"""Names of a table that are no columns, whatever its columns are called; what begins with `to_` or `_` is none either."""
