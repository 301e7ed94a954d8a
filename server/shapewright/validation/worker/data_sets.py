"""What stands in for data sets that would be downloaded: arrays as they are documented, without their memory.

What is not documented, such as how long the longest text is, is not there either: who asks for it gets an error, and no guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .harmless import Harmless
from .library import Library

# Numbers of samples, shape of one, number of classes, shape and dtype of a label.
IMAGES = {
    "mnist": ((60000, 10000), (28, 28), 10, (), "uint8"),
    "fashion_mnist": ((60000, 10000), (28, 28), 10, (), "uint8"),
    "cifar10": ((50000, 10000), (32, 32, 3), 10, (1,), "uint8"),
    "cifar100": ((50000, 10000), (32, 32, 3), 100, (1,), "int64"),
}
REUTERS, BOSTON, CALIFORNIA = 11228, 506, {"large": 20640, "small": 600}  # how many there are


class Shaped(Harmless):
    """Has a shape and no dtype: no array can be made of it."""

    def __init__(self, *shape: int) -> None:
        vars(self)["shape"] = shape


def stand_ins(library: Library) -> dict[Any, Any]:
    """Functions of Keras by what stands in for them."""
    datasets = library.keras.datasets
    loaders: dict[str, Callable[..., Any]] = {name: _images(*facts) for name, facts in IMAGES.items()}
    loaders |= {"imdb": imdb, "reuters": reuters, "boston_housing": boston, "california_housing": california}
    found: dict[Any, Any] = {}
    for name, loader in loaders.items():
        module = getattr(datasets, name, None)
        if module is not None:
            found[module.load_data] = loader
    for section in ("utils", "preprocessing.sequence"):
        module = library.keras
        for part in section.split("."):
            module = getattr(module, part, None)
        real = getattr(module, "pad_sequences", None)
        if real is not None:
            found[real] = _padding(real)
    return found


def imdb(path: Any = "", num_words: Any = None, skip_top: Any = 0, maxlen: Any = None, **others: Any) -> Any:
    """25,000 reviews of an unknown length each, and as many to test with."""
    import numpy

    if maxlen:
        return _none()  # nobody knows how many are short enough
    return tuple((_texts(25000), numpy.resize(numpy.arange(2), 25000)) for _ in range(2))


def reuters(
    path: Any = "", num_words: Any = None, skip_top: Any = 0, maxlen: Any = None, test_split: float = 0.2, **others: Any
) -> Any:
    if maxlen:
        return _none()
    return tuple((_texts(count), Shaped(count)) for count in _cut(REUTERS, test_split))


def _none() -> Any:
    return (Harmless(), Harmless()), (Harmless(), Harmless())


def boston(path: Any = "", test_split: float = 0.2, seed: Any = 113) -> Any:
    import numpy

    return tuple(
        (numpy.broadcast_to(0.0, (count, 13)), numpy.broadcast_to(0.0, count)) for count in _cut(BOSTON, test_split)
    )


def california(version: str = "large", path: Any = "", test_split: float = 0.2, seed: Any = 113) -> Any:
    return tuple((Shaped(count, 8), Shaped(count)) for count in _cut(CALIFORNIA[version], test_split))


def _images(
    counts: tuple[int, int], sample: tuple[int, ...], classes: int, label: tuple[int, ...], dtype: str
) -> Callable[..., Any]:
    """`load_data` of a data set of images, with every class among the labels."""

    def load_data(*args: Any, **kwargs: Any) -> Any:
        import numpy

        return tuple(
            (
                numpy.broadcast_to(numpy.uint8(0), (count, *sample)),
                numpy.resize(numpy.arange(classes, dtype=dtype), (count, *label)),
            )
            for count in counts
        )

    return load_data


def _texts(count: int) -> Any:
    """An array of so many lists of numbers, of which nothing is known."""
    import numpy

    texts = numpy.empty(count, dtype=object)
    texts.fill(Harmless())
    return texts


def _padding(pad_sequences: Callable[..., Any]) -> Callable[..., Any]:
    """`pad_sequences`, which gives texts that are not known a length that is."""

    def padded(sequences: Any, maxlen: Any = None, dtype: Any = "int32", *args: Any, **kwargs: Any) -> Any:
        import numpy

        if not isinstance(sequences, (list, tuple, numpy.ndarray)) or not any(
            isinstance(item, Harmless) for item in sequences
        ):
            return pad_sequences(sequences, maxlen, dtype, *args, **kwargs)
        if maxlen is None:
            return Harmless()
        return numpy.broadcast_to(numpy.zeros((), dtype), (len(sequences), maxlen))

    return padded


def _cut(count: int, test_split: float) -> tuple[int, int]:
    """
    >>> _cut(506, 0.2)
    (404, 102)
    """
    first = int(count * (1 - test_split))
    return first, count - first
