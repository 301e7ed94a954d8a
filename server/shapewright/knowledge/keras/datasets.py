"""The data sets that come with Keras, in the sizes that their documentation names. Source: keras/src/datasets."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library

Part = tuple[Result, Result]


def _array(dtype: str, *sizes: int, labels: int | None = None) -> Result:
    return Result(Shape(sizes), dtype, Library.NUMPY, labels=labels)


@function("keras.datasets.mnist.load_data")
def mnist(path: Any = "mnist.npz") -> tuple[Part, Part]:
    """60,000 images of 28 × 28 and 10,000 to test with."""
    return (_array("uint8", 60000, 28, 28), _array("uint8", 60000, labels=10)), (
        _array("uint8", 10000, 28, 28),
        _array("uint8", 10000, labels=10),
    )


@function("keras.datasets.fashion_mnist.load_data")
def fashion_mnist() -> tuple[Part, Part]:
    """60,000 images of 28 × 28 and 10,000 to test with."""
    return mnist()


@function("keras.datasets.cifar10.load_data")
def cifar10() -> tuple[Part, Part]:
    """50,000 images of 32 × 32 × 3 and 10,000 to test with."""
    return (_array("uint8", 50000, 32, 32, 3), _array("uint8", 50000, 1, labels=10)), (
        _array("uint8", 10000, 32, 32, 3),
        _array("uint8", 10000, 1, labels=10),
    )


@function("keras.datasets.cifar100.load_data")
def cifar100(label_mode: Any = "fine") -> tuple[Part, Part]:
    """50,000 images of 32 × 32 × 3 and 10,000 to test with; the labels are int64."""
    (train, _), (test, _) = cifar10()
    labels = {"fine": 100, "coarse": 20}.get(label_mode) if isinstance(label_mode, str) else None
    return (train, _array("int64", 50000, 1, labels=labels)), (test, _array("int64", 10000, 1, labels=labels))


@function("keras.datasets.imdb.load_data")
def imdb(
    path: Any = "imdb.npz",
    num_words: Any = None,
    skip_top: Any = 0,
    maxlen: Any = None,
    seed: Any = 113,
    start_char: Any = 1,
    oov_char: Any = 2,
    index_from: Any = 3,
    **_: Any,
) -> tuple[Part, Part]:
    """25,000 reviews, each a list of numbers, and as many to test with."""
    if maxlen is not None:
        raise NotKnown("how many are short enough")
    part = (_array("object", 25000), _array("int64", 25000, labels=2))
    return part, part


@function("keras.datasets.boston_housing.load_data")
def boston_housing(path: Any = "boston_housing.npz", test_split: Any = 0.2, seed: Any = 113) -> tuple[Part, Part]:
    """404 rows of 13 features and 102 to test with."""
    if test_split != 0.2:
        raise NotKnown("how many are in each part")
    return (_array("float64", 404, 13), _array("float64", 404)), (_array("float64", 102, 13), _array("float64", 102))


def _parts(count: int, test_split: Any) -> tuple[int, int]:
    """How many are in each part, as Keras cuts them."""
    if not isinstance(test_split, (int, float)) or isinstance(test_split, bool) or not 0 <= test_split < 1:
        raise NotKnown("test_split")
    first = int(count * (1 - test_split))
    return first, count - first


@function("keras.datasets.reuters.load_data")
def reuters(
    path: Any = "reuters.npz",
    num_words: Any = None,
    skip_top: Any = 0,
    maxlen: Any = None,
    test_split: Any = 0.2,
    seed: Any = 113,
    start_char: Any = 1,
    oov_char: Any = 2,
    index_from: Any = 3,
) -> tuple[Part, Part]:
    """11,228 newswires, each a list of numbers, cut in two."""
    if maxlen is not None:
        raise NotKnown("how many are short enough")
    first, second = (
        (_array("object", count), Result(Shape((count,)), None, Library.NUMPY)) for count in _parts(11228, test_split)
    )
    return first, second


@function("keras.datasets.california_housing.load_data")
def california_housing(
    version: Any = "large", path: Any = "california_housing.npz", test_split: Any = 0.2, seed: Any = 113
) -> tuple[Part, Part]:
    """20,640 rows of 8 features cut in two, or 600 of them."""
    rows = {"large": 20640, "small": 600}.get(version) if isinstance(version, str) else None
    if rows is None:
        raise NotKnown("version")
    first, second = (
        (Result(Shape((count, 8)), None, Library.NUMPY), Result(Shape((count,)), None, Library.NUMPY))
        for count in _parts(rows, test_split)
    )
    return first, second
