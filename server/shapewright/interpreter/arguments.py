"""From the values of a call to the arguments of a rule."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin

from shapewright.interpreter.contents import seen
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.table_state import as_array
from shapewright.knowledge.numpy.arguments import nested_dtype, nested_shape
from shapewright.knowledge.registry import Parameter, Rule
from shapewright.knowledge.rule import Given, Listed, NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim, Sized
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated
from shapewright.values.picture import Picture, array_of
from shapewright.values.table import Column, TableRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    UNKNOWN,
    DictItems,
    DictRef,
    Free,
    ListRef,
    Literal,
    Range,
    Scalar,
    Size,
    Tuple,
    Unknown,
    Value,
    int_of,
    is_none,
)

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


CONVERTERS: dict[Any, Callable[[Run, Value], Any]] = {}
"""How arguments of other annotations are made, filled by whoever knows how."""


class CannotBind(Exception):
    """The arguments do not fit the signature. The message is Python's; `missing` are the parameters that got nothing."""

    def __init__(self, message: str, missing: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.missing = missing


def bind(rule: Rule, call: Call, skip: int = 0) -> dict[str, Value]:
    """The values of a call by the parameter that takes them; what `*args` or `**kwargs` take under their own names.

    `skip` leading parameters of `rule.arguments` are given otherwise (a method's `self`).
    Raises `NotKnown` where arguments were unpacked from something unknown, `CannotBind` where they do not fit.
    """
    if not call.complete:
        raise NotKnown("arguments")
    parameters = rule.arguments[skip:]
    bound: dict[str, Value] = {}
    positional = [p for p in parameters if p.kind in _POSITIONAL]
    variadic = next((p for p in parameters if p.kind is inspect.Parameter.VAR_POSITIONAL), None)
    rest = next((p for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD), None)
    for parameter, value in zip(positional, call.args, strict=False):
        bound[parameter.name] = value
    extra = call.args[len(positional) :]
    if extra:
        if variadic is None:
            if rest is not None:
                raise NotKnown("positional arguments past those that the rule spells out")
            raise CannotBind(f"takes {len(positional)} positional arguments but {len(call.args)} were given")
        bound[variadic.name] = Tuple(tuple(extra))
    named = {p.name for p in parameters if p.kind in (*_POSITIONAL, inspect.Parameter.KEYWORD_ONLY)}
    for name, value in call.keywords.items():
        if name in bound:
            raise CannotBind(f"got multiple values for argument '{name}'")
        if name not in named and rest is None:
            raise CannotBind(f"got an unexpected keyword argument '{name}'")
        bound[name] = value
    missing = [p.name for p in parameters if p.required and p.name not in bound]
    if missing:
        raise CannotBind("missing required arguments: " + ", ".join(missing), missing)
    return bound


def argument_spans(rule: Rule, call: Call) -> dict[str, Any]:
    """Where the argument of each parameter stands in the source."""
    spans = {}
    for position, parameter in enumerate(p for p in rule.arguments if p.kind in _POSITIONAL):
        span = call.argument_span(position)
        if span is not None:
            spans[parameter.name] = span
    for name in call.keywords:
        spans[name] = call.argument_span(name)
    return spans


def convert_all(run: Run, rule: Rule, bound: Mapping[str, Value], skip: int = 0) -> tuple[list[Any], dict[str, Any]]:
    """The positional and keyword arguments for a rule's function, each as its annotation asks for it."""
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    more = any(p.kind is inspect.Parameter.VAR_POSITIONAL and p.name in bound for p in rule.arguments[skip:])
    for parameter in rule.arguments[skip:]:
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            if parameter.name in bound:
                positional += plain(run, bound[parameter.name])
        elif parameter.name in bound and (
            parameter.kind is inspect.Parameter.POSITIONAL_ONLY or (more and parameter.kind in _POSITIONAL)
        ):  # what stands before `*args` was given by position where there is more
            positional.append(convert(run, bound[parameter.name], parameter))
        elif parameter.name in bound:
            keywords[parameter.name] = convert(run, bound[parameter.name], parameter)
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in rule.arguments):
        names = {p.name for p in rule.arguments}
        keywords.update({n: plain(run, v) for n, v in bound.items() if n not in names})
    return positional, keywords


def convert(run: Run, value: Value, parameter: Parameter) -> Any:
    """One argument as its annotation asks for it. Raises `NotKnown` where it cannot be had."""
    wanted = parameter.annotation
    if wanted in (None, Any):
        return plain(run, value)
    if wanted is Dim:
        return as_dim(seen(run, value) if isinstance(value, Tensor) else value)
    if wanted is Given:
        return as_given(run, value)
    if wanted in CONVERTERS:
        return CONVERTERS[wanted](run, value)
    given = _elements(run, plain(run, value))
    if given is UNKNOWN or not _fits(given, wanted):
        raise NotKnown(parameter.name)
    if get_origin(wanted) is Sequence or wanted is Sequence:
        return _each(list(given), wanted)
    return given


def _elements(run: Run, given: Any) -> Any:
    """Tensors that hold sizes as those sizes: `tf.reshape(x, (tf.shape(x)[0], -1))`."""
    if isinstance(given, Given) and given.tensor.content is not None:
        return plain(run, given.tensor.content)
    if isinstance(given, (tuple, list)):
        return type(given)(_elements(run, item) for item in given)
    return given


def _each(items: list[Any], wanted: Any) -> list[Any]:
    (item,) = get_args(wanted) or (Any,)
    if item is Dim:
        return [i if isinstance(i, Dim) else Dim(i) for i in items]
    return items


def _fits(value: Any, wanted: Any) -> bool:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return any(_fits(value, option) for option in get_args(wanted))
    if origin is Sequence:
        (item,) = get_args(wanted)
        return isinstance(value, (tuple, list, Shape)) and all(_fits(v, item) for v in value)
    if wanted is Dim:
        return isinstance(value, Dim) or (isinstance(value, int) and not isinstance(value, bool))
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted is bool:
        return isinstance(value, (bool, int))
    if wanted is type(None):
        return value is None
    return isinstance(value, wanted)


def as_dim(value: Value) -> Dim:
    """A value as a size. Something unknown is a size without a name: it is some number, else Keras would refuse."""
    if isinstance(value, Tensor) and value.content is not None:
        value = value.content
    if isinstance(value, (Size, Free)):
        return value.dim
    if isinstance(value, Literal) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return Dim(value.value, value.origin)
    if isinstance(value, Unknown):
        return Dim(UNNAMED)
    raise NotKnown("size")


def as_given(run: Run, value: Value) -> Given:
    """A value as an array or tensor; lists of numbers are arrays to NumPy and TensorFlow."""
    if isinstance(value, Tensor):
        return Given(seen(run, value))
    if isinstance(value, (Column, TableRef)):
        return as_given(run, as_array(run, value))
    if isinstance(value, Scalar):
        return Given(of_scalar(value))
    if isinstance(value, Picture):
        return Given(array_of(value))
    if isinstance(value, (Tuple, ListRef, ShapeValue, Range)):
        nested = plain(run, value)
        if nested is UNKNOWN:
            return Given(of_scalars(run, value))
        return Given(Tensor(nested_shape(nested), nested_dtype(nested), Library.NUMPY))
    if isinstance(value, Unknown):
        return Given(Tensor(None))
    raise NotKnown("array")


def of_scalar(value: Scalar) -> Tensor:
    """The array that NumPy makes of a text, a number or a bool."""
    return Tensor(Shape(()), value.dtype if value.dtype != "string" else None, Library.NUMPY)


def of_scalars(run: Run, value: Value) -> Tensor:
    """The array of a list of texts, numbers or bools of which it is not known how many there are."""
    state = run.store.read(value, "items") if isinstance(value, ListRef) else value
    if (
        not isinstance(state, Generated)
        or state.complete
        or not all(isinstance(i, (Literal, Scalar, Size)) for i in state.items)
    ):
        return Tensor(None)
    dtypes = {of_scalar(item).dtype if isinstance(item, Scalar) else None for item in state.items}
    dtype = dtypes.pop() if len(dtypes) == 1 else None
    return Tensor(Shape((Dim(UNNAMED),)), dtype, Library.NUMPY)


def _listed(run: Run, value: Value) -> Any:
    """A list of arrays; one of unknown length as an array of them all. What takes such an argument
    refuses an empty list, and arrays of other shapes."""
    state = run.store.read(value, "items") if isinstance(value, ListRef) else value
    kind = state.items[0] if isinstance(state, Generated) and not state.complete and len(state.items) == 1 else None
    if isinstance(kind, Tensor) and not kind.is_symbolic and kind.shape is not None:
        return Given(Tensor(Shape((Dim(UNNAMED), *kind.shape)), kind.dtype, kind.library, doubtful=kind.doubtful))
    return plain(run, value)


CONVERTERS[Listed] = _listed


def plain(run: Run, value: Value) -> Any:
    """A value as plain Python: numbers, strings, tuples, lists, dicts, `Given` for tensors, `Dim` for sizes that
    remember their source or are not known, and `UNKNOWN`."""
    if isinstance(value, Literal):
        if isinstance(value.value, int) and not isinstance(value.value, bool) and value.origin is not None:
            return Sized(value.value, value.origin)
        return value.value
    if isinstance(value, Size):
        return value.dim
    if isinstance(value, Tensor):
        return Given(seen(run, value))
    if isinstance(value, Tuple):
        return tuple(_plain_items(run, value.items))
    if isinstance(value, ShapeValue):
        return tuple(_plain_dim(dim) for dim in value.shape)
    if isinstance(value, ListRef):
        items = run.store.read(value, "items")
        return _plain_items(run, items.items) if isinstance(items, Tuple) else _plain_kinds(run, items)
    if isinstance(value, Generated):
        return _plain_kinds(run, value)
    if isinstance(value, (Column, TableRef)):
        return plain(run, as_array(run, value))
    if isinstance(value, Picture):
        return Given(array_of(value)) if value.mode is not None else UNKNOWN
    if isinstance(value, Scalar) and value.dtype in ("float64", None):
        return Given(of_scalar(value))
    if isinstance(value, DictRef):
        items = run.store.read(value, "items")
        if isinstance(items, DictItems) and items.complete and all(isinstance(k, Literal) for k, _ in items.items):
            return {k.value: plain(run, v) for k, v in items.items if isinstance(k, Literal)}
        return UNKNOWN
    if isinstance(value, Range):
        return tuple(range(value.start, value.stop, value.step)) if _small(value) else UNKNOWN
    return UNKNOWN if value is MISSING or isinstance(value, Unknown) else value


def _plain_items(run: Run, items: Sequence[Value]) -> list[Any]:
    """Items as plain Python. Beside a number a parameter of no known value can only be a number, too."""
    sizes = any(int_of(item) is not None or isinstance(item, Size) for item in items)
    return [item.dim if sizes and isinstance(item, Free) else _plain_item(run, item) for item in items]


def _plain_kinds(run: Run, state: Value) -> Any:
    """A list of unknown length: an array where its items are scalars."""
    made = of_scalars(run, state)
    return UNKNOWN if made.shape is None else Given(made)


def _plain_item(run: Run, item: Value) -> Any:
    """An item of a list; one that is not known is an array without axes where that is certain."""
    if isinstance(item, Scalar):
        return Dim(UNNAMED) if item.dtype == "int64" else Given(of_scalar(item))
    return plain(run, item)


def _small(value: Range) -> bool:
    return len(range(value.start, value.stop, value.step)) <= 10_000


def _plain_dim(dim: Dim) -> Any:
    if isinstance(dim.size, int):
        return Sized(dim.size, dim.origin)
    return dim


def absent(value: Value | None) -> bool:
    """Whether an argument was not given, or given as `None`."""
    return value is None or is_none(value)


def shape_of(run: Run, value: Value) -> Shape | None:
    """A shape argument: a tuple or list of sizes, `None` among them. `None` where it is not known or not a shape."""
    if isinstance(value, ShapeValue):
        return value.shape
    items = items_of(run, value) if isinstance(value, (Tuple, ListRef)) else None
    if items is None:
        return None
    dims = []
    for item in items:
        if isinstance(item, Literal) and item.value is None:
            dims.append(Dim(None, item.origin))
            continue
        try:
            dim = as_dim(item)
        except NotKnown:
            return None
        if isinstance(dim.size, int) and dim.size < 0:
            return None
        dims.append(dim)
    return Shape(dims)
