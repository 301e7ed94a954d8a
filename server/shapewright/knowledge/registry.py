"""The table of rules, and the decorators that fill it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

from shapewright.knowledge.rule import InputSpec, NotKnown

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Parameter:
    """One parameter of a rule: its name, default and annotation."""

    name: str
    kind: Any
    default: Any
    annotation: Any

    @property
    def required(self) -> bool:
        return self.default is inspect.Parameter.empty and self.kind not in (
            inspect.Parameter.VAR_POSITIONAL,
            inspect.Parameter.VAR_KEYWORD,
        )


@dataclass(frozen=True)
class Rule:
    """Knowledge about one call: the function that computes it, and for layers what they ask of their input."""

    name: str
    compute: Callable[..., Any]
    spec: InputSpec | None = None
    inputs: int = 0  # how many leading parameters are inputs of a layer's call, not arguments of its constructor
    axes: tuple[str, ...] = ()  # what Keras calls the axes of a layer's input
    call: tuple[str, ...] = ()  # the parameters of the layer's call, where it takes more than one input

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        hints = get_type_hints(self.compute)
        return tuple(
            Parameter(p.name, p.kind, p.default, hints.get(p.name))
            for p in inspect.signature(self.compute).parameters.values()
        )

    @cached_property
    def arguments(self) -> tuple[Parameter, ...]:
        """The parameters of the constructor or function: all but a layer's inputs."""
        return self.parameters[self.inputs :]

    @cached_property
    def input(self) -> Parameter:
        return self.parameters[0]

    def give(self, *args: Any, **keywords: Any) -> Any:
        """What the rule says. An argument of a kind that it does not look for is one that the library refuses in its own
        way, or that says something else: then nothing is known, and the analysis goes on."""
        try:
            return self.compute(*args, **keywords)
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            raise NotKnown(f"arguments that {self.name} takes") from error


LAYERS: dict[str, Rule] = {}
FUNCTIONS: dict[str, Rule] = {}
METHODS: dict[str, Rule] = {}
OBJECTS: dict[str, Rule] = {}
MAKING: dict[str, Rule] = {}


def layer(
    *names: str, ndim: int | None = None, min_ndim: int | None = None, axes: str = "", call: str = ""
) -> Callable[[F], F]:
    """Registers the rule of a layer: `rule(x, *constructor arguments) -> Applied`.

    `ndim` and `min_ndim` are those of the layer's `input_spec`; `axes` names the axes of its input, for messages. `call`
    are the parameters of the layer's call in Keras's order; the rule takes first those of them that it needs.
    """
    spec = InputSpec(ndim, min_ndim) if ndim is not None or min_ndim is not None else None
    called = tuple(call.split())

    def register(compute: F) -> F:
        inputs = sum(name in called for name in inspect.signature(compute).parameters) if called else 1
        for name in names:
            LAYERS[name] = Rule(name, compute, spec, inputs, tuple(axes.split()), called)
        return compute

    return register


def making(*names: str) -> Callable[[F], F]:
    """Registers what the constructor of a layer refuses: `check(*some of its arguments, by name)`."""

    def register(compute: F) -> F:
        for name in names:
            MAKING[f"keras.layers.{name}"] = Rule(f"keras.layers.{name}", compute)
        return compute

    return register


def function(*names: str) -> Callable[[F], F]:
    """Registers the rule of a function: `rule(*arguments) -> Result`."""

    def register(compute: F) -> F:
        for name in names:
            FUNCTIONS[name] = Rule(name, compute)
        return compute

    return register


def instance(*names: str, call: str) -> Callable[[F], F]:
    """Registers the rule of a class whose instances are called: `rule(*parameters of the call, *those of the class) -> Result`.

    `call` are the parameters of the call in the library's order, all of which the rule takes first; it gets `None` for those
    that are not given. Losses, initializers and learning rate schedules are of this kind; a metric gives its result.
    """
    called = tuple(call.split())

    def register(compute: F) -> F:
        for name in names:
            OBJECTS[name] = Rule(name, compute, None, len(called), (), called)
        return compute

    return register


def spelled(prefix: str, names: str) -> list[str]:
    """The names of functions of a module, for a family of functions that one rule describes."""
    return [prefix + name for name in names.split()]


def method(*names: str) -> Callable[[F], F]:
    """Registers the rule of a method: `rule(self, *arguments) -> Result`. Names: `ndarray.reshape`."""

    def register(compute: F) -> F:
        for name in names:
            METHODS[name] = Rule(name, compute)
        return compute

    return register
