"""Random arrays: the old functions and those of a Generator."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.numpy.arguments import as_shape, dtype_name, size_of
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.shape import Shape


def _sample(size: Any, dtype: str | None = "float64") -> Result:
    """`size=None` gives one number, which has no shape to show."""
    if size is None:
        raise NotKnown("a size")
    return Result(as_shape(size), dtype)


@function("numpy.random.rand", "numpy.random.randn")
def rand(*sizes: Any) -> Result:
    """The sizes are the arguments.

    >>> {name}(2, 3)
    """
    if not sizes:
        raise NotKnown("a size")
    return Result(Shape(size_of(s) for s in sizes), "float64")


@function("numpy.random.random", "numpy.random.random_sample", "numpy.random.ranf", "numpy.random.sample")
def random(size: Any = None) -> Result:
    """An array of the given size.

    >>> {name}((2, 3))
    """
    return _sample(size)


@method("Generator.random", "Generator.standard_normal")
def generator_random(self: Any, size: Any = None, dtype: Any = "float64", out: Any = None) -> Result:
    """An array of the given size.

    >>> np.random.default_rng().{name}((2, 3))
    """
    return _sample(size, dtype_name(dtype))


@function("numpy.random.randint")
def randint(low: Any, high: Any = None, size: Any = None, dtype: Any = None) -> Result:
    """Integers; int64 unless told.

    >>> {name}(0, 5, (2, 3))
    """
    return _sample(size, "int64" if dtype is None else dtype_name(dtype))


@method("Generator.integers")
def generator_integers(
    self: Any, low: Any, high: Any = None, size: Any = None, dtype: Any = None, endpoint: Any = False
) -> Result:
    """Integers; int64 unless told.

    >>> np.random.default_rng().{name}(0, 5, (2, 3))
    """
    return _sample(size, "int64" if dtype is None else dtype_name(dtype))


@function("numpy.random.normal")
def normal(loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Result:
    """An array of the given size.

    >>> {name}(0.0, 1.0, (2, 3))
    """
    return _sample(size)


@method("Generator.normal")
def generator_normal(self: Any, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Result:
    """An array of the given size.

    >>> np.random.default_rng().{name}(0.0, 1.0, (2, 3))
    """
    return _sample(size)


@function("numpy.random.standard_normal")
def standard_normal(size: Any = None) -> Result:
    """An array of the given size.

    >>> {name}((2, 3))
    """
    return _sample(size)


@function("numpy.random.uniform")
def uniform(low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Result:
    """An array of the given size.

    >>> {name}(0.0, 1.0, (2, 3))
    """
    return _sample(size)


@method("Generator.uniform")
def generator_uniform(self: Any, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Result:
    """An array of the given size.

    >>> np.random.default_rng().{name}(0.0, 1.0, (2, 3))
    """
    return _sample(size)
