"""Random arrays: the old functions, which are also the methods of a RandomState, and the methods of a Generator."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from shapewright.knowledge.arrays.arguments import axis_of, operand
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.numpy.arguments import as_shape, dtype_name, size_of
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape

_LEGACY, _STATE, _GENERATOR = "np.random.", "np.random.RandomState(0).", "np.random.default_rng(0)."


def _sample(size: Any, dtype: str | None = "float64", *parameters: Any) -> Any:
    """An array of the given size; without one, what the parameters broadcast to. One number alone is none of NumPy's."""
    if size is not None:
        return Result(as_shape(size), dtype)
    shape = broadcasted("arrays", Shape(()), *(operand(value).shape for value in parameters))
    if shape.rank:
        return Result(shape, dtype)
    if dtype == "int64":
        return Dim(UNNAMED)
    raise NotKnown("a number")


def _rule(parameters: list[Parameter], compute: Callable[..., Any], text: str, is_method: bool) -> Callable[..., Any]:
    """A rule that has a signature, for a function or for a method."""

    def rule(*receiver: Any, **given: Any) -> Any:
        return compute(**given)

    whole = [Parameter("self", Parameter.POSITIONAL_ONLY), *parameters] if is_method else parameters
    setattr(rule, "__signature__", Signature(whole))  # noqa: B010 - functions have no such attribute to mypy
    rule.__doc__ = text
    return rule


def _register(
    name: str, parameters: list[Parameter], compute: Callable[..., Any], text: str, example: str, places: str
) -> None:
    """One rule in all places where a distribution is found: `l` for the old functions, `g` for a Generator."""
    if "l" in places:
        function(f"numpy.random.{name}")(_rule(parameters, compute, f"{text}\n\n>>> {{name}}{example}\n", False))
        method(f"RandomState.{name}")(_rule(parameters, compute, f"{text}\n\n>>> {_STATE}{{name}}{example}\n", True))
    if "g" in places:
        method(f"Generator.{name}")(_rule(parameters, compute, f"{text}\n\n>>> {_GENERATOR}{{name}}{example}\n", True))


def _parameters(spelled: str, *more: Parameter) -> list[Parameter]:
    """`"low=0.0 high=1.0"` as parameters, then some more."""
    found = []
    for word in spelled.split():
        name, _, default = word.partition("=")
        found.append(
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=float(default) if default else Parameter.empty)
        )
    return [*found, *more]


def _option(name: str, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default)


_SIZE = _option("size")
_TEXT = "An array of the given size."
_DISTRIBUTIONS = {
    "beta": ("a b", "1.0, 2.0", "float64"),
    "binomial": ("n p", "5, 0.5", "int64"),
    "chisquare": ("df", "2.0", "float64"),
    "exponential": ("scale=1.0", "1.0", "float64"),
    "f": ("dfnum dfden", "1.0, 2.0", "float64"),
    "gamma": ("shape scale=1.0", "1.0, 2.0", "float64"),
    "geometric": ("p", "0.5", "int64"),
    "gumbel": ("loc=0.0 scale=1.0", "0.0, 1.0", "float64"),
    "hypergeometric": ("ngood nbad nsample", "5, 5, 5", "int64"),
    "laplace": ("loc=0.0 scale=1.0", "0.0, 1.0", "float64"),
    "logistic": ("loc=0.0 scale=1.0", "0.0, 1.0", "float64"),
    "lognormal": ("mean=0.0 sigma=1.0", "0.0, 1.0", "float64"),
    "logseries": ("p", "0.5", "int64"),
    "negative_binomial": ("n p", "5, 0.5", "int64"),
    "normal": ("loc=0.0 scale=1.0", "0.0, 1.0", "float64"),
    "pareto": ("a", "1.0", "float64"),
    "poisson": ("lam=1.0", "1.0", "int64"),
    "power": ("a", "1.0", "float64"),
    "rayleigh": ("scale=1.0", "1.0", "float64"),
    "standard_cauchy": ("", "", "float64"),
    "standard_t": ("df", "2.0", "float64"),
    "triangular": ("left mode right", "0.0, 1.0, 2.0", "float64"),
    "uniform": ("low=0.0 high=1.0", "0.0, 1.0", "float64"),
    "vonmises": ("mu kappa", "0.0, 1.0", "float64"),
    "wald": ("mean scale", "1.0, 1.0", "float64"),
    "weibull": ("a", "1.0", "float64"),
    "zipf": ("a", "2.0", "int64"),
}
"""Distributions by name: their parameters, some values for them, and the dtype of what comes out."""


def _distribution(dtype: str) -> Callable[..., Any]:
    def compute(size: Any = None, **parameters: Any) -> Any:
        return _sample(size, dtype, *parameters.values())

    return compute


for _name, (_spelled, _values, _dtype) in _DISTRIBUTIONS.items():
    _register(
        _name,
        _parameters(_spelled, _SIZE),
        _distribution(_dtype),
        _TEXT,
        f"({_values}{', ' if _values else ''}(2, 3))",
        "lg",
    )


def _of_dtype(size: Any = None, dtype: Any = "float64", out: Any = None, **parameters: Any) -> Any:
    if size is None and isinstance(out, Given):
        return Result(out.shape, out.dtype)
    return _sample(size, dtype_name(dtype), *(v for name, v in parameters.items() if name == "shape"))


_TYPED = [_option("dtype", "float64"), _option("out")]
for _name in ("random", "random_sample", "standard_normal", "standard_exponential"):
    _register(_name, [_SIZE], _distribution("float64"), _TEXT, "((2, 3))", "l")
for _name in ("ranf", "sample"):
    function(f"numpy.random.{_name}")(
        _rule([_SIZE], _distribution("float64"), f"{_TEXT}\n\n>>> {{name}}((2, 3))\n", False)
    )
_register("standard_gamma", _parameters("shape", _SIZE), _distribution("float64"), _TEXT, "(1.0, (2, 3))", "l")
for _name in ("random", "standard_normal"):
    _register(_name, [_SIZE, *_TYPED], _of_dtype, _TEXT, '((2, 3), "float32")', "g")
_register(
    "standard_exponential",
    [_SIZE, _TYPED[0], _option("method", "zig"), _TYPED[1]],
    lambda method="zig", **given: _of_dtype(**given),
    _TEXT,
    '((2, 3), "float32")',
    "g",
)
_register("standard_gamma", _parameters("shape", _SIZE, *_TYPED), _of_dtype, _TEXT, "(1.0, (2, 3))", "g")


def _integers(low: Any, high: Any = None, size: Any = None, dtype: Any = None, endpoint: Any = False) -> Any:
    bounds = [bound for bound in (low, high) if bound is not None]
    return _sample(size, "int64" if dtype is None else dtype_name(dtype), *bounds)


_BOUNDS = [*_parameters("low"), _option("high"), _SIZE]
_register("randint", [*_BOUNDS, _option("dtype")], _integers, "Integers; int64 unless told.", "(0, 5, (2, 3))", "l")
_register(
    "integers",
    [*_BOUNDS, _option("dtype"), _option("endpoint", False)],
    _integers,
    "Integers; int64 unless told.",
    "(0, 5, (2, 3))",
    "g",
)


@function("numpy.random.rand", "numpy.random.randn")
def rand(*sizes: Any) -> Result:
    """The sizes are the arguments.

    >>> {name}(2, 3)
    """
    if not sizes:
        raise NotKnown("a number")
    return Result(Shape(size_of(s) for s in sizes), "float64")


@method("RandomState.rand", "RandomState.randn")
def rand_method(self: Any, *sizes: Any) -> Result:
    """The sizes are the arguments.

    >>> np.random.RandomState(0).{name}(2, 3)
    """
    return rand(*sizes)


# -- picking and mixing


def _choice(a: Any, size: Any = None, replace: Any = True, p: Any = None, axis: Any = 0, shuffle: Any = True) -> Any:
    """Some elements, or some of an axis. A number stands for all below it."""
    found = operand(a)
    if found.shape.rank == 0 and not is_int(found.dtype):
        raise NotKnown("a whole number")
    if found.shape.rank == 0:
        found = operand([0])
    at = axis_of(axis, found.shape.rank)
    rest = found.shape.without(at)
    if size is None:
        if not operand(a).shape.rank:
            return Dim(UNNAMED)
        return Result(rest, found.dtype)
    return Result(Shape((*rest.dims[:at], *as_shape(size), *rest.dims[at:])), found.dtype)


def _choice_of_row(**given: Any) -> Any:
    if operand(given["a"]).shape.rank > 1:
        raise NotKnown("a row")
    return _choice(**given)


_CHOICE = [*_parameters("a"), _SIZE, _option("replace", True), _option("p")]
_register("choice", _CHOICE, _choice_of_row, "Some elements of a row.", "([1, 2, 3], (2, 3))", "l")
_register(
    "choice",
    [*_CHOICE, _option("axis", 0), _option("shuffle", True)],
    _choice,
    "Some elements of an axis.",
    "(np.ones((5, 4)), (2, 3))",
    "g",
)


def _permutation(x: Any, axis: Any = 0) -> Result:
    """The same shape; a number stands for all below it."""
    if isinstance(x, (int, Dim)):
        return Result(Shape((x,)), "int64")
    found = operand(x)
    if axis is not None and found.shape.rank:
        axis_of(axis, found.shape.rank)
    if not found.shape.rank:
        raise NotKnown("an array")
    return Result(found.shape, found.dtype)


_register(
    "permutation", _parameters("x"), _permutation, "The same elements in another order.", "(np.ones((5, 4)))", "l"
)
_register(
    "permutation",
    [*_parameters("x"), _option("axis", 0)],
    _permutation,
    "The same elements in another order.",
    "(7)",
    "g",
)
_register(
    "permuted",
    [
        *_parameters("x"),
        Parameter("axis", Parameter.KEYWORD_ONLY, default=None),
        Parameter("out", Parameter.KEYWORD_ONLY, default=None),
    ],
    lambda x, axis=None, out=None: _permutation(x, axis),
    "The same elements in another order.",
    "(np.ones((5, 4)), axis=1)",
    "g",
)


def _vectors(length: Any, size: Any, dtype: str) -> Result:
    """Arrays of the given size, of vectors as long as something."""
    found = operand(length).shape
    if found.rank != 1:
        raise NotKnown("a vector")
    return Result(Shape((*(() if size is None else as_shape(size)), found[0])), dtype)


def _multinomial(n: Any, pvals: Any, size: Any = None) -> Result:
    if operand(n).shape.rank:
        raise NotKnown("one number")
    return _vectors(pvals, size, "int64")


_register(
    "multinomial",
    _parameters("n pvals", _SIZE),
    _multinomial,
    "How often each of some came.",
    "(5, [0.5, 0.5], 3)",
    "lg",
)
_register(
    "dirichlet",
    _parameters("alpha", _SIZE),
    lambda alpha, size=None: _vectors(alpha, size, "float64"),
    "Vectors whose elements add up to one.",
    "([0.5, 0.5], 3)",
    "lg",
)
_register(
    "multivariate_normal",
    [*_parameters("mean cov"), _SIZE, _option("check_valid", "warn"), _option("tol", 1e-8)],
    lambda mean, cov, size=None, **_: _vectors(mean, size, "float64"),
    "Vectors as long as the mean.",
    "([0.0, 0.0], np.eye(2), 3)",
    "lg",
)


@function("numpy.random.seed")
def seed(seed: Any = None) -> None:
    """Nothing comes out.

    >>> {name}(0)
    """
