"""scikit-learn: splitting, scaling, encoding, and data made up.

Source: sklearn/model_selection/_split.py, `_validate_shuffle_split`; sklearn/datasets/_samples_generator.py.
"""

from __future__ import annotations

import math
from typing import Any

from shapewright.knowledge.arrays.arguments import operand
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN, Literal, int_of


@function("sklearn.model_selection.train_test_split")
def train_test_split(
    *arrays: Any,
    test_size: Any = None,
    train_size: Any = None,
    random_state: Any = None,
    shuffle: Any = True,
    stratify: Any = None,
) -> Any:
    """Of each array the rows to train with and those to test with; a part of the rows is rounded up for the test.

    >>> import sklearn.model_selection; {name}(np.ones((11, 3)), np.ones((11,)))
    >>> import sklearn.model_selection; {name}(np.ones((11, 3)), test_size=0.2)
    >>> import sklearn.model_selection; {name}(np.ones((11, 3)), test_size=4)
    >>> import sklearn.model_selection; {name}(np.ones((11, 3)), train_size=0.5)
    >>> import sklearn.model_selection; {name}(np.ones((11, 3)), train_size=0.5, test_size=0.25)
    """
    parts: list[Any] = []
    for array in arrays:
        rows = _rows(array)
        if rows is None:
            parts += [UNKNOWN, UNKNOWN]
            continue
        assert isinstance(array, Given)
        train, test = _split(rows, test_size, train_size)
        parts += [Result(array.shape.replace(0, rows.derive(n)), array.dtype) for n in (train, test)]
    return tuple(parts)


def _rows(array: Any) -> Dim | None:
    """How many rows an array has; a list, a data frame and a tensor are given back as what they are."""
    if not isinstance(array, Given) or array.tensor.shape is None or array.library is not Library.NUMPY:
        return None
    return array.shape[0] if array.rank else None


def _split(rows: Dim, test_size: Any, train_size: Any) -> tuple[int | str, int | str]:
    number = rows.size
    if test_size is None and train_size is None:
        test_size = 0.25
    given = [n for n in (test_size, train_size) if n is not None]
    if not isinstance(number, int) or not all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in given):
        return UNNAMED, UNNAMED
    test = math.ceil(test_size * number) if isinstance(test_size, float) else test_size
    train = math.floor(train_size * number) if isinstance(train_size, float) else train_size
    train = number - test if train is None else train
    test = number - train if test is None else test
    if min(train, test) < 1 or train + test > number:
        raise NotKnown("sizes that fit")
    return train, test


_SCALERS = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "Normalizer", "PowerTransformer")


def _scaling(example: str) -> Any:
    def scale(self: Any, X: Any, *_: Any, **__: Any) -> Result:
        return _scaled(X)

    scale.__doc__ = f"The same shape.\n\n>>> {example}\n"
    return scale


for _name in _SCALERS:
    _class = f"sklearn.preprocessing.{_name}"
    method(f"{_class}.fit_transform")(_scaling(f"import sklearn.preprocessing; {_class}().{{name}}(np.ones((4, 3)))"))
    for _method in ("transform",) if _name == "Normalizer" else ("transform", "inverse_transform"):
        _example = f"import sklearn.preprocessing; {_class}().fit(np.ones((4, 3))).{{name}}(np.ones((2, 3)))"
        method(f"{_class}.{_method}")(_scaling(_example))


def _scaled(X: Any) -> Result:
    found = operand(X)
    if found.shape.rank != 2:
        raise NotKnown("rows and columns")
    kept = found.dtype if found.dtype in ("float32", "float64") else None
    return Result(found.shape, "float64" if found.dtype == "int64" else kept)


@method("sklearn.preprocessing.LabelEncoder.fit_transform", "sklearn.preprocessing.LabelEncoder.transform")
def label_encoder(self: Any, y: Any) -> Result:
    """A number for each label.

    >>> import sklearn.preprocessing; sklearn.preprocessing.LabelEncoder().fit([1, 2]).{name}([1, 2, 2])
    """
    shape = operand(y).shape
    if shape.rank != 1:
        raise NotKnown("a row of labels")
    return Result(shape, "int64")


@method("sklearn.decomposition.PCA.fit_transform")
def decomposed(self: Any, X: Any, y: Any = None) -> Result:
    """As many rows, and as many columns as the object was made with.

    >>> import sklearn.decomposition; sklearn.decomposition.PCA(n_components=2).fit_transform(np.eye(4))
    """
    shape = operand(X).shape
    if shape.rank != 2:
        raise NotKnown("rows and columns")
    components = self.config.get("n_components", UNKNOWN)
    known = int_of(components) if isinstance(components, Literal) else None
    return Result(Shape((shape[0], UNNAMED if known is None else known)))


# -- data made up


def _count(value: Any) -> Dim:
    if isinstance(value, Dim):
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotKnown("how many")
    return Dim(value)


@function("sklearn.datasets.make_moons")
def make_moons(n_samples: Any = 100, *, shuffle: Any = True, noise: Any = None, random_state: Any = None) -> Any:
    """Points in the plane, and which of two each belongs to.

    >>> import sklearn.datasets; {name}(50)
    """
    rows = _count(n_samples)
    return Result(Shape((rows, 2)), "float64"), Result(Shape((rows,)), "int64")


@function("sklearn.datasets.make_circles")
def make_circles(
    n_samples: Any = 100, *, shuffle: Any = True, noise: Any = None, random_state: Any = None, factor: Any = 0.8
) -> Any:
    """Points in the plane, and which of two each belongs to.

    >>> import sklearn.datasets; {name}(50)
    """
    return make_moons(n_samples)


@function("sklearn.datasets.make_blobs")
def make_blobs(
    n_samples: Any = 100, n_features: Any = 2, *, centers: Any = None, return_centers: Any = False, **_: Any
) -> Any:
    """Points, and which group each belongs to.

    >>> import sklearn.datasets; {name}(50, 3)
    """
    if return_centers is not False or (centers is not None and not isinstance(centers, int)):
        raise NotKnown("centers")
    rows = _count(n_samples)
    return Result(Shape((rows, _count(n_features))), "float64"), Result(Shape((rows,)), "int64")


@function("sklearn.datasets.make_classification")
def make_classification(n_samples: Any = 100, n_features: Any = 20, **options: Any) -> Any:
    """Rows of features, and a class for each.

    >>> import sklearn.datasets; {name}(50, 6)
    """
    if "return_X_y" in options:
        raise NotKnown("what is returned")
    rows = _count(n_samples)
    return Result(Shape((rows, _count(n_features))), "float64"), Result(Shape((rows,)), "int64")


@function("sklearn.datasets.make_regression")
def make_regression(
    n_samples: Any = 100, n_features: Any = 100, *, n_targets: Any = 1, coef: Any = False, **_: Any
) -> Any:
    """Rows of features, and a number for each, or several.

    >>> import sklearn.datasets; {name}(50, 6)
    >>> import sklearn.datasets; {name}(50, 6, n_targets=2)
    """
    if coef is not False or not isinstance(n_targets, int):
        raise NotKnown("what is returned")
    rows = _count(n_samples)
    targets = Shape((rows,)) if n_targets == 1 else Shape((rows, n_targets))
    return Result(Shape((rows, _count(n_features))), "float64"), Result(targets, "float64")


_KNOWN_DATA = {
    "load_iris": (150, 4),
    "load_digits": (1797, 64),
    "load_wine": (178, 13),
    "load_breast_cancer": (569, 30),
}
"""Data that comes with scikit-learn: rows and columns."""


def _loader(rows: int, columns: int) -> Any:
    def load(*, return_X_y: Any = False, as_frame: Any = False, **_: Any) -> Any:
        if return_X_y is not True or as_frame is not False or _:
            raise NotKnown("what is returned")
        return Result(Shape((rows, columns)), "float64"), Result(Shape((rows,)), "int64")

    load.__doc__ = """Rows of features, and a class for each.

    >>> import sklearn.datasets; {name}(return_X_y=True)
    """
    return load


for _name, (_rows_, _columns) in _KNOWN_DATA.items():
    function(f"sklearn.datasets.{_name}")(_loader(_rows_, _columns))
