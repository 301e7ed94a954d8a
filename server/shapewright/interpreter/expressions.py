"""Expressions: literals, names, displays, attributes, conditions, lambdas and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import reduce

from shapewright.interpreter.branches import truth
from shapewright.interpreter.collections import make_list
from shapewright.interpreter.frame import STAR_IMPORTS, Frame
from shapewright.interpreter.functions import make_function
from shapewright.interpreter.iteration import bind_target, items_of, iterated, possible_items
from shapewright.interpreter.joins import join, some_of
from shapewright.interpreter.library import attribute_of_api, is_known
from shapewright.interpreter.modules import global_name
from shapewright.interpreter.run import Call, Run, expression
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.windows import counter_of
from shapewright.knowledge.builtins import is_builtin
from shapewright.values.callable import Function, Generated
from shapewright.values.value import (
    NONE,
    TEXT,
    UNKNOWN,
    Api,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Ref,
    SetRef,
    Slice,
    Tuple,
    Unknown,
    Value,
)


@expression(ast.Constant)
def constant(run: Run, node: ast.Constant, frame: Frame) -> Value:
    return Literal(node.value, frame.chunk.span(node))


@expression(ast.Name)
def name(run: Run, node: ast.Name, frame: Frame) -> Value:
    value = frame.lookup(run.store, node.id)
    if value is MISSING and frame.module.unread is not None:
        value = global_name(run, frame.module, node.id)
    return _from_elsewhere(run, node.id, frame) if value is MISSING else value


def _from_elsewhere(run: Run, name: str, frame: Frame) -> Value:
    """A name that the program does not bind: star-imported from a library, or one of Python's own."""
    modules = run.store.read(frame.module, STAR_IMPORTS)
    if isinstance(modules, Tuple):
        for module in reversed(modules.items):
            imported = attribute_of_api(run, module, name) if isinstance(module, Api) else UNKNOWN
            if isinstance(imported, Api) and is_known(imported.name):
                return imported
    return Api(f"builtins.{name}") if is_builtin(name) else UNKNOWN


@expression(ast.Attribute)
def attribute(run: Run, node: ast.Attribute, frame: Frame) -> Value:
    return run.attribute(run.evaluate(node.value, frame), node.attr)


@expression(ast.Tuple)
def tuple_display(run: Run, node: ast.Tuple, frame: Frame) -> Value:
    items = _display(run, node.elts, frame)
    return UNKNOWN if items is None else Tuple(items)


@expression(ast.List)
def list_display(run: Run, node: ast.List, frame: Frame) -> Value:
    return make_list(run, _display(run, node.elts, frame))


@expression(ast.Set)
def set_display(run: Run, node: ast.Set, frame: Frame) -> Value:
    _display(run, node.elts, frame)
    return SetRef()


def _display(run: Run, elements: list[ast.expr], frame: Frame) -> tuple[Value, ...] | None:
    """The items of a tuple or list display; `None` when something unknown is unpacked into it."""
    items: list[Value] = []
    known = True
    for element in elements:
        if isinstance(element, ast.Starred):
            unpacked = items_of(run, run.evaluate(element.value, frame))
            known = known and unpacked is not None
            items += unpacked or ()
        else:
            items.append(run.evaluate(element, frame))
    return tuple(items) if known else None


@expression(ast.Dict)
def dict_display(run: Run, node: ast.Dict, frame: Frame) -> Value:
    made = DictRef()
    items: list[tuple[Value, Value]] = []
    complete = True
    for key, value_node in zip(node.keys, node.values, strict=True):
        value = run.evaluate(value_node, frame)
        if key is not None:
            items.append((run.evaluate(key, frame), value))
            continue
        state = run.store.read(value, "items") if isinstance(value, DictRef) else UNKNOWN
        if isinstance(state, DictItems):
            items += state.items
            complete = complete and state.complete
        else:
            complete = False
    run.store.write(made, "items", DictItems(tuple(items), complete))
    return made


@expression(ast.Slice)
def slice_expression(run: Run, node: ast.Slice, frame: Frame) -> Value:
    start, stop, step = (
        Literal(None) if n is None else run.evaluate(n, frame) for n in (node.lower, node.upper, node.step)
    )
    return Slice(start, stop, step)


@expression(ast.JoinedStr)
def f_string(run: Run, node: ast.JoinedStr, frame: Frame) -> Value:
    parts = [run.evaluate(part, frame) for part in node.values]
    if all(isinstance(part, Literal) and isinstance(part.value, str) for part in parts):
        return Literal("".join(str(part.value) for part in parts if isinstance(part, Literal)))
    return TEXT


_CONVERSIONS: dict[int, Callable[[object], str]] = {115: str, 114: repr, 97: ascii}


@expression(ast.FormattedValue)
def formatted(run: Run, node: ast.FormattedValue, frame: Frame) -> Value:
    value = run.evaluate(node.value, frame)
    spec = Literal("") if node.format_spec is None else run.evaluate(node.format_spec, frame)
    if not isinstance(value, Literal) or not isinstance(spec, Literal) or not isinstance(spec.value, str):
        return TEXT
    convert = _CONVERSIONS.get(node.conversion)
    converted = value.value if convert is None else convert(value.value)
    try:
        text = format(converted, spec.value) if len(spec.value) < 8 else None
    except (TypeError, ValueError):  # the user's program raises it too
        return UNKNOWN
    return TEXT if text is None else Literal(text)


@expression(ast.IfExp)
def conditional(run: Run, node: ast.IfExp, frame: Frame) -> Value:
    known = truth(run, run.evaluate(node.test, frame))
    if known is not None:
        return run.evaluate(node.body if known else node.orelse, frame)
    return join(run.evaluate(node.body, frame), run.evaluate(node.orelse, frame))


@expression(ast.NamedExpr)
def walrus(run: Run, node: ast.NamedExpr, frame: Frame) -> Value:
    value = run.evaluate(node.value, frame)
    bind_target(run, node.target, value, frame)
    return value


@expression(ast.Lambda)
def lambda_expression(run: Run, node: ast.Lambda, frame: Frame) -> Value:
    return make_function(run, node, frame)


@expression(ast.Starred)
def starred(run: Run, node: ast.Starred, frame: Frame) -> Value:
    run.evaluate(node.value, frame)
    return UNKNOWN


@expression(ast.Await, ast.YieldFrom)
def awaited(run: Run, node: ast.Await | ast.YieldFrom, frame: Frame) -> Value:
    run.evaluate(node.value, frame)
    return UNKNOWN


@expression(ast.Yield)
def yielded(run: Run, node: ast.Yield, frame: Frame) -> Value:
    scope = frame
    while isinstance(scope.node, _INLINE) and scope.closure is not None:
        scope = scope.closure
    scope.yields.append(NONE if node.value is None else run.evaluate(node.value, frame))
    scope.yields_all = scope.yields_all and run.store.branches == scope.branches
    return UNKNOWN


@expression(ast.Call)
def call(run: Run, node: ast.Call, frame: Frame) -> Value:
    function = run.evaluate(node.func, frame)
    args: list[Value] = []
    keywords: dict[str, Value] = {}
    spans: dict[int | str, ast.expr] = {}
    complete = True
    rest: Value = UNKNOWN
    certain = 0
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            starred_value = run.evaluate(argument.value, frame)
            unpacked = items_of(run, starred_value)
            rest = starred_value if unpacked is None else rest
            complete = complete and unpacked is not None
            args += unpacked or ()
        else:
            spans[len(args)] = argument
            args.append(run.evaluate(argument, frame))
        certain = len(args) if complete else certain
    for keyword in node.keywords:
        value = run.evaluate(keyword.value, frame)
        if keyword.arg is not None:
            spans[keyword.arg] = keyword.value
            keywords[keyword.arg] = value
            continue
        state = run.store.read(value, "items") if isinstance(value, DictRef) else UNKNOWN
        if isinstance(state, DictItems) and state.complete:
            for key, item in state.items:
                if isinstance(key, Literal) and isinstance(key.value, str):
                    keywords[key.value] = item
                else:
                    complete = False
        else:
            complete = False
    result = run.call(function, Call(args, keywords, node, frame.chunk, spans, complete, certain, rest), frame)
    if isinstance(function, Unknown):
        for value in (*args, *keywords.values()):
            if isinstance(value, Function):  # somebody may call it with anything
                run.call(value, Call([], {}, complete=False), frame)
    return result


@expression(ast.ListComp)
def list_comprehension(run: Run, node: ast.ListComp, frame: Frame) -> Value:
    made = ListRef()
    items, complete = _comprehended(run, node.elt, node, frame)
    run.store.write(made, "items", Tuple(items) if complete else some_of(items))
    return made


@expression(ast.GeneratorExp)
def generator_expression(run: Run, node: ast.GeneratorExp, frame: Frame) -> Value:
    items, complete = _comprehended(run, node.elt, node, frame)
    return Tuple(items) if complete else some_of(items)


@expression(ast.SetComp)
def set_comprehension(run: Run, node: ast.SetComp, frame: Frame) -> Value:
    _comprehended(run, node.elt, node, frame)
    return SetRef()


@expression(ast.DictComp)
def dict_comprehension(run: Run, node: ast.DictComp, frame: Frame) -> Value:
    pair = ast.Tuple(elts=[node.key, node.value], ctx=ast.Load())
    ast.copy_location(pair, node.key)
    pairs, complete = _comprehended(run, pair, node, frame)
    made = DictRef()
    items = tuple((p.items[0], p.items[1]) for p in pairs if isinstance(p, Tuple) and complete)
    kinds = some_of(tuple(p.items[1] for p in pairs if isinstance(p, Tuple))) if not complete else UNKNOWN
    rest = kinds.items[0] if isinstance(kinds, Generated) and len(kinds.items) == 1 else UNKNOWN
    run.store.write(made, "items", DictItems(items, complete, rest))
    return made


_INLINE = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


_FEW, _MANY_STEPS = 8, 20_000
"""After so many steps in a comprehension, those inside of it look at so many of their items, and at what the rest have in
common."""


def _comprehended(run: Run, element: ast.expr, node: _Comprehension, frame: Frame) -> tuple[tuple[Value, ...], bool]:
    """The items of a comprehension, and whether these are all of them in order, or only the kinds that there may be."""
    inner = Frame(frame.module, frame.chunk, node, frame, frame.depth)
    inner.steps_before = run.steps_left if frame.steps_before is None else frame.steps_before
    found: list[Value] = []
    known = True

    def loop(generators: list[ast.comprehension]) -> None:
        nonlocal known
        if not generators:
            found.append(run.evaluate(element, inner))
            return
        first = generators[0]
        source = run.evaluate(first.iter, frame if first is node.generators[0] else inner)
        source = iterated(run, source, frame)
        items = items_of(run, source)
        many = items is None or len(items) > _FEW
        counter = counter_of(run, node, first.target, first.iter, source, inner) if many else None
        if items is None:
            known, items = False, list(possible_items(run, source)) if counter is None else [counter]
        simple = not first.ifs and len(generators) == 1 and len(items) > _FEW
        for number, item in enumerate(items):
            if simple and number == _FEW and (inner.steps_before or 0) - run.steps_left > _MANY_STEPS:
                bind_target(run, first.target, counter or reduce(join, items[_FEW:]), inner)
                one = run.evaluate(element, inner)
                known = known and not isinstance(one, Ref)
                found.extend([one] * (len(items) - _FEW))
                return
            bind_target(run, first.target, item, inner)
            tests = [truth(run, run.evaluate(test, inner)) for test in first.ifs]
            if False in tests:
                continue
            known = known and None not in tests
            loop(generators[1:])

    loop(node.generators)
    frame.captured = frame.captured or inner.captured
    return tuple(found), known
