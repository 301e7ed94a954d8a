"""Parts of Python's standard library that decide sizes: math, functools, argparse, copy, collections, dataclasses."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from shapewright.interpreter.builtins import computing
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run, callee
from shapewright.interpreter.structures import map_structure
from shapewright.values.callable import Partial
from shapewright.values.keras import ObjectRef
from shapewright.values.value import NONE, UNKNOWN, Api, BoundApi, ListRef, Literal, Ref, Tuple, Value, str_of

Function = Callable[[Run, Call, Frame], Value]
STDLIB: dict[str, Function] = {
    f"math.{name}": computing(getattr(math, name))
    for name in (
        *("ceil", "floor", "trunc", "sqrt", "log", "log2", "log10", "exp", "pow", "fabs", "gcd", "prod"),
        *("sin", "cos", "isqrt", "comb", "factorial"),
    )
}
ARGUMENT_PARSER = "argparse.ArgumentParser"


def _stdlib(name: str) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        STDLIB[name] = function
        return function

    return register


@_stdlib("functools.partial")
def _partial(run: Run, call: Call, frame: Frame) -> Value:
    if not call.args or not call.complete:
        return UNKNOWN
    return Partial(call.args[0], tuple(call.args[1:]), tuple(call.keywords.items()))


@callee(Partial)
def call_partial(run: Run, partial: Partial, call: Call, frame: Frame) -> Value:
    shift = len(partial.args)
    spans: dict[int | str, Any] = {(k + shift if isinstance(k, int) else k): v for k, v in call.spans.items()}
    keywords = {**dict(partial.keywords), **call.keywords}
    whole = Call([*partial.args, *call.args], keywords, call.node, call.chunk, spans, call.complete)
    return run.call(partial.function, whole, frame)


@_stdlib("copy.deepcopy")
def _deepcopy(run: Run, call: Call, frame: Frame) -> Value:
    """Lists and dicts anew, down to what cannot change; of other things a copy is not known."""
    value = call.args[0] if call.args else UNKNOWN
    return map_structure(run, value, lambda leaf, _: UNKNOWN if isinstance(leaf, Ref) else leaf)


@_stdlib("copy.copy")
def _copy(run: Run, call: Call, frame: Frame) -> Value:
    value = call.args[0] if call.args else UNKNOWN
    if isinstance(value, ListRef):
        return run.call(BoundApi(value, "copy"), Call([], {}), frame)
    return value if isinstance(value, (Literal, Tuple)) else UNKNOWN


@_stdlib("dataclasses.field")
def _field(run: Run, call: Call, frame: Frame) -> Value:
    """The default of a field. What a factory makes is only kept when nobody can change it."""
    if "default" in call.keywords:
        return call.keywords["default"]
    made = run.call(call.keywords.get("default_factory", UNKNOWN), Call([], {}), frame)
    return made if isinstance(made, (Literal, Tuple)) else UNKNOWN


# -- argparse: what a program gets when nothing is said on the command line


@_stdlib(ARGUMENT_PARSER)
def _parser(run: Run, call: Call, frame: Frame) -> Value:
    made = ObjectRef(ARGUMENT_PARSER, {})
    run.store.write(made, "arguments", Tuple(()))
    return made


def call_parser_method(run: Run, parser: ObjectRef, method: str, call: Call) -> Value:
    """`parser.add_argument("--units", default=32)`, `parser.parse_args()`."""
    known = run.store.read(parser, "arguments")
    pairs = known.items if isinstance(known, Tuple) else ()
    if method == "add_argument":
        name = _destination(call)
        if name is not None:
            run.store.write(parser, "arguments", Tuple((*pairs, Tuple((Literal(name), _default(call))))))
        return UNKNOWN
    if method not in ("parse_args", "parse_known_args"):
        return UNKNOWN
    found = {str_of(pair.items[0]) or "": pair.items[1] for pair in pairs if isinstance(pair, Tuple)}
    namespace = ObjectRef("argparse.Namespace", found)
    return namespace if method == "parse_args" else Tuple((namespace, UNKNOWN))


def _destination(call: Call) -> str | None:
    given = str_of(call.keywords.get("dest", NONE))
    if given is not None:
        return given
    names = [text for text in map(str_of, call.args) if text is not None]
    long = [name for name in names if name.startswith("--")] or names
    return long[0].lstrip("-").replace("-", "_") if long else None


def _default(call: Call) -> Value:
    default = call.keywords.get("default")
    if default is None:
        action = str_of(call.keywords.get("action", NONE))
        return {"store_true": Literal(False), "store_false": Literal(True), None: NONE}.get(action, UNKNOWN)
    kind = call.keywords.get("type")
    if isinstance(default, Literal) and isinstance(default.value, str) and kind is not None:
        # argparse converts defaults that are text
        return Literal(default.value) if kind == Api("builtins.str") else UNKNOWN
    return default
