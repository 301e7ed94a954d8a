"""Statements: assignments, definitions, imports, branches and loops."""

from __future__ import annotations

import ast
from typing import Any

from shapewright.interpreter.branches import either, truth
from shapewright.interpreter.declared import settle
from shapewright.interpreter.events import Lost
from shapewright.interpreter.frame import STAR_IMPORTS, Frame
from shapewright.interpreter.growing import grow_lists, may_jump
from shapewright.interpreter.iteration import bind_target, item_of, items_of, iterated, possible_items
from shapewright.interpreter.joins import grown, join_at, some_of
from shapewright.interpreter.modules import bind_from_import, bind_import
from shapewright.interpreter.operators import binary, list_sum
from shapewright.interpreter.run import Call, Flow, Run, statement
from shapewright.interpreter.store import MISSING, Location
from shapewright.interpreter.windows import counter_of
from shapewright.knowledge.names import canonical, is_library
from shapewright.syntax.scopes import assigned_names
from shapewright.values.callable import Generated, Instance
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef, ObjectRef
from shapewright.values.value import NONE, UNKNOWN, Api, DictRef, ListRef, Literal, Range, Ref, Tuple, Value

MAX_JOINS = 4
"""How often the body of a loop of unknown length is evaluated until what is known before it no longer changes."""
MAX_ROUNDS = 256
"""How often the body of one loop is evaluated when its items are known."""


@statement(ast.Expr)
def expression_statement(run: Run, node: ast.Expr, frame: Frame) -> Flow:
    run.evaluate(node.value, frame)
    return Flow.NEXT


@statement(ast.Assign)
def assign(run: Run, node: ast.Assign, frame: Frame) -> Flow:
    value = run.evaluate(node.value, frame)
    if isinstance(node.targets[0], ast.Name):
        value = settle(run, value, None, node.targets[0], frame)
    for target in node.targets:
        bind_target(run, target, value, frame)
    return Flow.NEXT


@statement(ast.AnnAssign)
def annotated_assign(run: Run, node: ast.AnnAssign, frame: Frame) -> Flow:
    if node.value is not None:
        value = settle(run, run.evaluate(node.value, frame), node.annotation, node.target, frame)
        bind_target(run, node.target, value, frame)
    return Flow.NEXT


@statement(ast.AugAssign)
def augmented_assign(run: Run, node: ast.AugAssign, frame: Frame) -> Flow:
    load = _as_load(node.target)
    left = run.evaluate(load, frame)
    right = run.evaluate(node.value, frame)
    if isinstance(left, ListRef) and isinstance(node.op, ast.Add):
        _extend(run, left, right)
        return Flow.NEXT
    bind_target(run, node.target, binary(run, node.op, left, right, node, frame), frame)
    return Flow.NEXT


def _extend(run: Run, owner: ListRef, more: Value) -> None:
    run.store.write(owner, "items", list_sum(run, owner, more))


def _as_load(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target


_MAKERS = frozenset(
    [
        *("keras_hub", "keras_nlp", "keras_cv", "keras_rs", "keras_tuner", "tensorflow_hub", "tensorflow_addons", "transformers"),
        *("segmentation_models", "efficientnet", "vit_keras", "tensorflow_probability", "tensorflow_recommenders"),
    ]
)
"""Libraries that make Keras layers: what Keras names after that may have other numbers."""


def _note_makers(run: Run, module: str) -> None:
    if module.partition(".")[0] in _MAKERS:
        run.store.note(Lost(""))


@statement(ast.Import)
def import_modules(run: Run, node: ast.Import, frame: Frame) -> Flow:
    for alias in node.names:
        _note_makers(run, alias.name)
        if not is_library(alias.name):
            bind_import(run, alias, frame)
        elif alias.asname:
            frame.bind(run.store, alias.asname, Api(canonical(alias.name)))
        else:
            root = alias.name.split(".")[0]
            frame.bind(run.store, root, Api(canonical(root)))
    return Flow.NEXT


@statement(ast.ImportFrom)
def import_names(run: Run, node: ast.ImportFrom, frame: Frame) -> Flow:
    _note_makers(run, node.module or "")
    if node.level or node.module is None or not is_library(node.module):
        bind_from_import(run, node, frame)
        return Flow.NEXT
    for alias in node.names:
        if alias.name == "*":
            before = run.store.read(frame.module, STAR_IMPORTS)
            modules = before.items if isinstance(before, Tuple) else ()
            run.store.write(frame.module, STAR_IMPORTS, Tuple((*modules, Api(canonical(node.module)))))
            continue
        imported = run.attribute(Api(canonical(node.module)), alias.name)
        frame.bind(run.store, alias.asname or alias.name, imported)
    return Flow.NEXT


@statement(ast.Return)
def return_statement(run: Run, node: ast.Return, frame: Frame) -> Flow:
    frame.returns.append(NONE if node.value is None else run.evaluate(node.value, frame))
    return Flow.RETURN


@statement(ast.Raise)
def raise_statement(run: Run, node: ast.Raise, frame: Frame) -> Flow:
    if node.exc is not None:
        run.evaluate(node.exc, frame)
    return Flow.RAISE


@statement(ast.Break)
def break_statement(run: Run, node: ast.Break, frame: Frame) -> Flow:
    return Flow.BREAK


@statement(ast.Continue)
def continue_statement(run: Run, node: ast.Continue, frame: Frame) -> Flow:
    return Flow.CONTINUE


@statement(ast.Assert)
def assert_statement(run: Run, node: ast.Assert, frame: Frame) -> Flow:
    run.evaluate(node.test, frame)
    return Flow.NEXT


@statement(ast.Delete)
def delete(run: Run, node: ast.Delete, frame: Frame) -> Flow:
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.bind(run.store, target.id, MISSING)
        elif isinstance(target, ast.Subscript):
            owner = run.evaluate(target.value, frame)
            if isinstance(owner, (ListRef, DictRef)):
                run.store.write(owner, "items", UNKNOWN)
    return Flow.NEXT


@statement(ast.If)
def if_statement(run: Run, node: ast.If, frame: Frame) -> Flow:
    known = truth(run, run.evaluate(node.test, frame))
    if known is not None:
        return run.execute(node.body if known else node.orelse, frame)
    return either(run, [lambda: run.execute(node.body, frame), lambda: run.execute(node.orelse, frame)])


@statement(ast.With, ast.AsyncWith)
def with_statement(run: Run, node: ast.With | ast.AsyncWith, frame: Frame) -> Flow:
    for item in node.items:
        value = _entered(run, run.evaluate(item.context_expr, frame), frame)
        if item.optional_vars is not None:
            bind_target(run, item.optional_vars, value, frame)
    return run.execute(node.body, frame)


def _entered(run: Run, manager: Value, frame: Frame) -> Value:
    """What `with manager as name` binds."""
    if isinstance(manager, Instance):
        return run.call(run.attribute(manager, "__enter__"), Call([], {}), frame)
    return manager if isinstance(manager, (Api, ObjectRef)) else UNKNOWN


@statement(ast.Try)
def try_statement(run: Run, node: ast.Try, frame: Frame) -> Flow:
    """The body is taken to run through; a handler is a way that the program may have gone instead, unless it only
    stands in for a missing import."""
    if all(_is_import_guard(handler) for handler in node.handlers):
        flow = run.execute([*node.body, *node.orelse], frame)
    else:
        ways = [lambda: _tried(run, node, frame)]
        ways += [lambda h=handler: _handle(run, h, node, frame) for handler in node.handlers]  # type: ignore[misc]
        flow = either(run, ways)
    final = run.execute(node.finalbody, frame)
    return final if final is not Flow.NEXT else flow


def _tried(run: Run, node: ast.Try, frame: Frame) -> Flow:
    """The body. What it refuses is expected where a handler catches it."""
    since = len(run.store.trace.mismatches)
    flow = run.execute(node.body, frame)
    if any(_catches(handler) for handler in node.handlers):
        del run.store.trace.mismatches[since:]
    return run.execute(node.orelse, frame) if flow is Flow.NEXT else flow


def _catches(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes what Keras, TensorFlow and NumPy raise."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind if kind is None else ast.unparse(kind).rpartition(".")[2] for kind in kinds}
    return bool(names & {None, "Exception", "BaseException", "ValueError", "InvalidArgumentError", "OpError"})


def _handle(run: Run, handler: ast.ExceptHandler, node: ast.Try, frame: Frame) -> Flow:
    for name in assigned_names(node.body):  # how far the body got is not known
        frame.bind(run.store, name, UNKNOWN)
    if handler.name:
        frame.bind(run.store, handler.name, UNKNOWN)
    return run.execute(handler.body, frame)


def _is_import_guard(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return all(isinstance(k, ast.Name) and k.id in ("ImportError", "ModuleNotFoundError") for k in kinds)


@statement(ast.For, ast.AsyncFor)
def for_statement(run: Run, node: ast.For | ast.AsyncFor, frame: Frame) -> Flow:
    source = iterated(run, run.evaluate(node.iter, frame), frame)
    items = items_of(run, source)
    if items is None or len(items) > MAX_ROUNDS:
        if items is not None:
            run.store.trace.bounds.append(f"a loop of {len(items)} rounds is not unrolled")
        rounds = len(items) if items is not None else None
        if isinstance(source, Range):
            rounds = len(range(source.start, source.stop, source.step))
        counter = counter_of(run, node, node.target, node.iter, source, frame)
        kinds = _kinds_of(run, source, items) if counter is None else (counter,)
        return _loop_unknown(run, node, kinds, frame, rounds)
    for item in items:
        bind_target(run, node.target, item, frame)
        flow = run.execute(node.body, frame)
        if flow is Flow.BREAK:
            return Flow.NEXT
        if flow in (Flow.RETURN, Flow.RAISE):
            return flow
    return run.execute(node.orelse, frame)


def _kinds_of(run: Run, source: Value, items: list[Value] | None) -> tuple[Value, ...]:
    """The different items that a round may be given, where they are not looked at one by one."""
    if items is None or isinstance(source, (Range, Dataset)):
        return possible_items(run, source) if not isinstance(source, Range) else (item_of(source),)
    kinds = some_of(tuple(items))
    return kinds.items if isinstance(kinds, Generated) else (UNKNOWN,)


@statement(ast.While)
def while_statement(run: Run, node: ast.While, frame: Frame) -> Flow:
    if _yields_for_ever(node):
        return _loop_unknown(run, node, (UNKNOWN,), frame)
    for _ in range(MAX_ROUNDS):
        known = truth(run, run.evaluate(node.test, frame))
        if known is False:
            return run.execute(node.orelse, frame)
        if known is None or _may_break(node):
            return _loop_unknown(run, node, (UNKNOWN,), frame)
        flow = run.execute(node.body, frame)
        if flow is Flow.BREAK:
            return Flow.NEXT
        if flow in (Flow.RETURN, Flow.RAISE):
            return flow
    run.store.trace.bounds.append(f"a loop of more than {MAX_ROUNDS} rounds is not unrolled")
    return _loop_unknown(run, node, (UNKNOWN,), frame)


def _may_break(node: ast.While) -> bool:
    """`while True:` ends by a break or a return whose condition is seldom known."""
    return isinstance(node.test, ast.Constant) and any(isinstance(n, (ast.Break, ast.Return)) for n in ast.walk(node))


def _yields_for_ever(node: ast.While) -> bool:
    """`while True: yield batch` gives as many as somebody takes."""
    return isinstance(node.test, ast.Constant) and any(isinstance(n, ast.Yield) for n in ast.walk(node))


def _loop_unknown(
    run: Run,
    node: ast.For | ast.AsyncFor | ast.While,
    items: tuple[Value, ...],
    frame: Frame,
    rounds: int | None = None,
) -> Flow:
    """A loop whose rounds are not looked at one by one: what a round changes is joined with what was before, then the body
    is evaluated once more on that; whatever changes again has no one value. `items` are what a round may be given,
    `rounds` is how many there are, where that is known."""
    scopes = _scopes_of(frame)
    at_first: dict[Location, Value] = {}

    def body() -> None:
        for item in items:
            if not isinstance(node, ast.While):
                bind_target(run, node.target, item, frame)
            run.execute(node.body, frame)

    early: list[Any] = []  # what the first round refuses: nothing of a later one makes it fit
    for number in range(MAX_JOINS):
        seen = run.store.trace.mark()
        outer = run.store.fork()
        try:
            body()
        finally:
            changes = run.store.undo(outer)
        if number == 0:
            early = run.store.trace.mismatches_since(seen)
        stable, fresh = True, run.store.trace.made_since(seen)
        for location, after in changes.items():
            before = run.store.read(*location)
            at_first.setdefault(location, before)
            joined = join_at(location[0], before, after) if before is not MISSING else after
            joined = grown(joined, 0)
            if joined != before:
                stable = stable and before is MISSING and _is_new(location[0], scopes, fresh)
                run.store.write(*location, joined)
        if stable:
            run.store.trace.mismatches += early if number else []
            grow_lists(run, at_first, changes, rounds if len(items) == 1 and not may_jump(node) else None)
            return Flow.NEXT
        run.store.trace.rewind(seen)  # what was seen in this round need not hold in the next
    run.store.trace.mismatches += early
    run.store.forget(changes)
    outer = run.store.fork()
    try:
        body()
    finally:
        changes.update(run.store.undo(outer))
    run.store.forget(changes)
    return Flow.NEXT


def _scopes_of(frame: Frame) -> set[object]:
    """The owners of the names that a piece of code can see."""
    scopes: set[object] = {frame.module}
    inner: Frame | None = frame
    while inner is not None:
        scopes.add(inner)
        inner = inner.closure
    return scopes


def _is_new(owner: object, scopes: set[object], fresh: set[Ref]) -> bool:
    """Whether a location that held nothing before belongs to something that this round made: the next makes its own."""
    if isinstance(owner, (LayerRef, Instance)):
        return owner in fresh
    return owner not in scopes


@statement(ast.Match)
def match_statement(run: Run, node: ast.Match, frame: Frame) -> Flow:
    subject = run.evaluate(node.subject, frame)
    chosen = _chosen_case(run, node, subject, frame)
    if chosen is not None:
        return run.execute(chosen.body, frame)

    def way(case: ast.match_case) -> Flow:
        for name in assigned_names([ast.Match(node.subject, [ast.match_case(case.pattern, case.guard, [])])]):
            frame.bind(run.store, name, UNKNOWN)
        return run.execute(case.body, frame)

    return either(run, [*[lambda c=case: way(c) for case in node.cases], lambda: Flow.NEXT])


def _chosen_case(run: Run, node: ast.Match, subject: Value, frame: Frame) -> ast.match_case | None:
    """The case of plain values that a known subject comes to; `None` where that cannot be told."""
    if not isinstance(subject, Literal):
        return None
    for case in node.cases:
        if case.guard is not None:
            return None
        if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.pattern.name is None:
            return case
        options = case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
        for option in options:
            if not isinstance(option, (ast.MatchValue, ast.MatchSingleton)):
                return None
            value = run.evaluate(option.value, frame) if isinstance(option, ast.MatchValue) else Literal(option.value)
            if not isinstance(value, Literal):
                return None
            if value.value == subject.value:
                return case
    return ast.match_case(ast.MatchAs(), None, [])
