"""The user's functions: making them, calling them, and remembering what a call gave."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import reduce
from typing import Any

from shapewright.interpreter.declared import settle
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.joins import join
from shapewright.interpreter.run import MAX_DEPTH, Call, Flow, Run, callee
from shapewright.interpreter.tracing import traced
from shapewright.syntax.scopes import is_generator
from shapewright.tensors.dimension import Dim
from shapewright.values.callable import Function, Generated, Method
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, DictItems, DictRef, Free, ListRef, Literal, Tuple, Value

MAX_YIELDS = 256
"""How many items of a generator are kept."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def make_function(run: Run, node: FunctionNode, frame: Frame) -> Function:
    """The function that a `def` or `lambda` makes in a frame."""
    defaults = tuple(run.evaluate(d, frame) for d in node.args.defaults)
    keyword_defaults = tuple(
        (parameter.arg, run.evaluate(default, frame))
        for parameter, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is not None
    )
    closure: Frame | None = frame
    while closure is not None:
        closure.captured = True
        closure = closure.closure
    return Function(node, frame.chunk, frame.module, defaults, keyword_defaults, frame)


@callee(Method)
def call_method(run: Run, method: Method, call: Call, frame: Frame) -> Value:
    spans: dict[int | str, ast.expr] = {(k + 1 if isinstance(k, int) else k): v for k, v in call.spans.items()}
    args = [method.receiver, *call.args]
    bound = Call(args, call.keywords, call.node, call.chunk, spans, call.complete, call.certain + 1)
    return run.call(method.function, bound, frame)


@callee(Function)
def call_function(run: Run, function: Function, call: Call, frame: Frame) -> Value:
    """Evaluates the body with the arguments bound, or does again what an equal call did before."""
    if function.decorated:
        return UNKNOWN  # its own body counts as one that nothing calls
    run.store.trace.called.append(function.node)
    if frame.depth >= MAX_DEPTH:
        run.store.trace.bounds.append(f"calls nest deeper than {MAX_DEPTH} at {function.name}()")
        return UNKNOWN
    bound = bind_parameters(run, function, call)
    if bound is None or isinstance(function.node, ast.AsyncFunctionDef):
        return UNKNOWN
    if function.graph is not None:
        with traced(run):
            return _remembered_or_evaluated(run, function, as_graph(run, function, bound), call, frame)
    return _remembered_or_evaluated(run, function, bound, call, frame)


def _remembered_or_evaluated(run: Run, function: Function, bound: dict[str, Value], call: Call, frame: Frame) -> Value:
    remembered = run.memory.recall(function, bound, run.store)
    if remembered is not None:
        run.replay(remembered.trace)
        return remembered.result
    return evaluate_body(run, function, bound, call.span(), frame)


def as_graph(run: Run, function: Function, bound: dict[str, Value]) -> dict[str, Value]:
    """The arguments as `tf.function` hands them on: arrays as tensors, or what the `input_signature` says."""
    names = [parameter.arg for parameter in (*function.node.args.posonlyargs, *function.node.args.args)]
    signature = items_of(run, function.graph) if isinstance(function.graph, (Tuple, ListRef)) else None
    if signature is not None and len(signature) <= len(names):
        return bound | dict(zip(names[len(names) - len(signature) :], signature, strict=True))
    return {
        name: replace(value, library=Library.TENSORFLOW)
        if isinstance(value, Tensor) and value.library is Library.NUMPY
        else value
        for name, value in bound.items()
    }


def evaluate_body(run: Run, function: Function, bound: dict[str, Value], span: Any, frame: Frame) -> Value:
    """What the body gives with its parameters bound; `span` is the call, where one is written."""
    inner = Frame(function.module, function.chunk, function.node, function.closure, frame.depth + 1)
    inner.owner = function.owner
    inner.branches = run.store.branches
    first = next(iter(function.node.args.posonlyargs + function.node.args.args), None)
    inner.receiver = bound.get(first.arg) if first is not None else None
    arguments = dict(bound)
    outer = run.store.begin()
    run.call_stack.append(span)
    try:
        _bind_frame(run, function, arguments, inner)
        if isinstance(function.node, ast.Lambda):
            result = run.evaluate(function.node.body, inner)
        else:
            if run.execute(function.node.body, inner) is Flow.NEXT:
                inner.returns.append(NONE)
            result = reduce(join, inner.returns) if inner.returns else UNKNOWN
            if is_generator(function.node):
                result = Generated(tuple(inner.yields[:MAX_YIELDS]), inner.yields_all)
    finally:
        run.call_stack.pop()
        trace = run.store.end(outer, dead=None if inner.captured else inner)
    run.memory.remember(function, arguments, result, trace)
    return result


def _bind_frame(run: Run, function: Function, bound: dict[str, Value], inner: Frame) -> None:
    args = function.node.args
    for parameter in [*args.posonlyargs, *args.args, *args.kwonlyargs]:
        value = settle(run, bound[parameter.arg], parameter.annotation, parameter, inner)
        inner.bind(run.store, parameter.arg, value)
        run.observe(inner, parameter, value)
    if args.vararg is not None:
        inner.bind(run.store, args.vararg.arg, bound[args.vararg.arg])
    if args.kwarg is not None:
        made = DictRef()
        state = bound[args.kwarg.arg]
        run.store.write(made, "items", state)
        inner.bind(run.store, args.kwarg.arg, made)


def bind_parameters(run: Run, function: Function, call: Call) -> dict[str, Value] | None:
    """The value of each parameter; `None` where the call does not fit or its arguments are not all known."""
    args = function.node.args
    positional = [p.arg for p in (*args.posonlyargs, *args.args)]
    if not call.complete:
        bound: dict[str, Value] = dict.fromkeys(free_parameters(function), UNKNOWN)
        bound.update(zip(positional, call.args[: call.certain], strict=False))
        if args.kwarg is not None:
            bound[args.kwarg.arg] = DictItems((), complete=False)
        return bound | {name: value for name, value in call.keywords.items() if name in bound}
    keyword_only = [p.arg for p in args.kwonlyargs]
    bound = dict(zip(positional, call.args, strict=False))
    extra = tuple(call.args[len(positional) :])
    if extra and args.vararg is None:
        return None
    rest: list[tuple[Value, Value]] = []
    for name, value in call.keywords.items():
        if name in bound:
            return None
        if name in positional or name in keyword_only:
            bound[name] = value
        elif args.kwarg is not None:
            rest.append((Literal(name), value))
        else:
            return None
    defaults = dict(zip(positional[len(positional) - len(function.defaults) :], function.defaults, strict=True))
    defaults.update(function.keyword_defaults)
    for name in (*positional, *keyword_only):
        if name not in bound:
            if name not in defaults:
                return None
            bound[name] = defaults[name]
    if args.vararg is not None:
        bound[args.vararg.arg] = Tuple(extra)
    if args.kwarg is not None:
        bound[args.kwarg.arg] = DictItems(tuple(rest))
    return bound


def free_parameters(function: Function) -> dict[str, Value]:
    """Parameters of a function that nothing calls: its defaults, and for the rest what their names say of sizes."""
    args = function.node.args
    names = [p.arg for p in (*args.posonlyargs, *args.args)]
    bound: dict[str, Value] = {name: Free(Dim(name)) for name in [*names, *(p.arg for p in args.kwonlyargs)]}
    bound.update(zip(names[len(names) - len(function.defaults) :], function.defaults, strict=True))
    bound.update(function.keyword_defaults)
    if args.vararg is not None:
        bound[args.vararg.arg] = UNKNOWN
    if args.kwarg is not None:
        bound[args.kwarg.arg] = DictItems((), complete=False)
    return bound
