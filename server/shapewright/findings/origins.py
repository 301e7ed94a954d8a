"""Where a value comes from, as the program writes it: from a use back over names to the expressions that made it.

This only looks for places where an edit may help; whether it does is proven afterwards. So it follows what is plain to see:
names that are assigned, unpacked tuples, parameters of the functions that led here, and what functions return.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shapewright.findings.elsewhere import Elsewhere, Made, UsedElsewhere
from shapewright.interpreter.facts import Facts
from shapewright.syntax.chunk import Chunk, Span

_MAX_STEPS = 8
_MAX_REACHED = 16
_Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Position = tuple[int, int, int]


@dataclass(frozen=True)
class Origin:
    """An expression that a value comes from. `shared` says that other places use the value as well."""

    chunk: Chunk
    node: ast.expr
    shared: bool = False

    @property
    def span(self) -> Span:
        return self.chunk.span(self.node)


@dataclass(frozen=True)
class _Binding:
    """A name that gets a value: where, and the expression; `None` where it is not written out."""

    position: Position
    value: ast.expr | None
    imported: ast.ImportFrom | None = None
    name: str = ""


class Origins:
    """Follows values of one text back to where they were made, in other files of the project, too. `trail` are the calls that
    led to a mistake; `left` gets, by piece of another file, where the text uses what that makes."""

    def __init__(
        self, facts: Facts, trail: Sequence[Any], used_elsewhere: UsedElsewhere, left: dict[Chunk, Span]
    ) -> None:
        source = facts.source
        self._elsewhere = Elsewhere(facts, used_elsewhere)
        self._left = left
        self._source = source
        self._number = {chunk: n for n, chunk in enumerate(source.chunks)}
        self._calls = [
            (span.chunk, node)
            for span in reversed(trail)
            if isinstance(span, Span) and span.chunk in self._number
            for node in ast.walk(span.chunk.tree)
            if isinstance(node, ast.Call) and span.chunk.span(node) == span
        ]

    def chain(self, span: Any) -> list[Origin]:
        """The expression that a span covers, and those that it is another name for, the use first."""
        found = self._at(span)
        chain: list[Origin] = []
        while found is not None and len(chain) < _MAX_STEPS and all(o.node is not found.node for o in chain):
            chain.append(found)
            found = self._definition(found)
        return chain

    def reachable(self, span: Any) -> list[Origin]:
        """All expressions that take part in a value, the nearest first."""
        first = self._at(span)
        reached = [] if first is None else [first]
        for origin in reached:
            for node in ast.walk(origin.node):
                if len(reached) >= _MAX_REACHED:
                    return reached
                kinds = (ast.Name, ast.Attribute, ast.Call)
                if isinstance(node, kinds) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                    more = self._definition(Origin(origin.chunk, node))
                    if more is not None and all(o.node is not more.node for o in reached):
                        reached.append(more)
        return reached

    def is_looped(self, origin: Origin) -> bool:
        """Whether an expression is what a loop runs over."""
        loops = (ast.For, ast.AsyncFor, ast.comprehension)
        return any(isinstance(n, loops) and _loops_over(n.iter, origin.node) for n in ast.walk(origin.chunk.tree)) or any(
            isinstance(n, loops) and isinstance(n.iter, ast.Name) and self._is_name_of(chunk, n.iter, origin)
            for chunk in self._source.chunks
            for n in ast.walk(chunk.tree)
        )

    def _is_name_of(self, chunk: Chunk, name: ast.Name, origin: Origin) -> bool:
        found = self._of_name(chunk, name)
        return found is not None and found.node is origin.node

    def _at(self, span: Any) -> Origin | None:
        if not isinstance(span, Span) or (span.chunk not in self._number and not self._elsewhere.holds(span.chunk)):
            return None
        for node in ast.walk(span.chunk.tree):
            if isinstance(node, ast.expr) and span.chunk.span(node) == span:
                return Origin(span.chunk, node)
        return None

    def _definition(self, origin: Origin) -> Origin | None:
        found = self._definition_of(origin)
        if found is not None and self._elsewhere.holds(found.chunk):
            use = self._left.get(origin.chunk) if self._elsewhere.holds(origin.chunk) else origin.span
            if use is not None:
                self._left[found.chunk] = use
        return found

    def _definition_of(self, origin: Origin) -> Origin | None:
        node = origin.node
        if self._elsewhere.holds(origin.chunk):
            made = self._elsewhere.local(origin.chunk, node.id) if isinstance(node, ast.Name) else None
            return _as_origin(made)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._returned(node.func.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return self._of_self(origin.chunk, node)
        if isinstance(node, ast.Attribute) and all(isinstance(n, (ast.Attribute, ast.Name, ast.Load)) for n in ast.walk(node)):
            return _as_origin(self._elsewhere.attribute(self._source.chunks, node))
        return self._of_name(origin.chunk, node) if isinstance(node, ast.Name) else None

    def _of_name(self, chunk: Chunk, use: ast.Name) -> Origin | None:
        here = self._position(chunk, use)
        for scope in reversed([n for n in _path(chunk.tree, use)[:-1] if isinstance(n, _Function)]):
            local = list(self._bindings(chunk, scope, use.id))
            before = [b for b in local if b.position < here and not _holds(b.value, use)]
            if before:
                last = max(before, key=lambda b: b.position)
                return self._bound(chunk, last, local, self._loads(chunk, scope, use.id))
            if any(argument.arg == use.id for argument in _parameters(scope)):
                return self._of_parameter(scope, use.id)
        return self._of_module(chunk, use, here)

    def _of_module(self, chunk: Chunk, use: ast.Name, here: Position) -> Origin | None:
        inside = any(isinstance(n, _Function) for n in _path(chunk.tree, use)[:-1])
        every = [(c, b) for c in self._source.chunks for b in self._bindings(c, c.tree, use.id)]
        before = [(c, b) for c, b in every if (inside or b.position < here) and not _holds(b.value, use)]
        if not before:
            return None
        where, last = max(before, key=lambda found: found[1].position)
        loads = [p for c in self._source.chunks for p in self._loads(c, c.tree, use.id)]
        return self._bound(where, last, [b for _, b in every], loads)

    def _bound(self, chunk: Chunk, binding: _Binding, every: list[_Binding], loads: list[Position]) -> Origin | None:
        made = None if binding.imported is None else self._elsewhere.imported(binding.imported, binding.name)
        if binding.value is None and made is None:
            return None
        end = min((b.position for b in every if b.position > binding.position), default=None)
        # what the next assignment of the name itself reads comes right of its target, and still is this value
        uses = [p for p in loads if p > binding.position and (end is None or p[:2] <= end[:2])]
        if made is not None:
            return None if len(uses) > 1 else Origin(made.chunk, made.value)
        assert binding.value is not None
        own = [p for p in uses if not self._within(chunk, binding.value, p)]
        return Origin(chunk, binding.value, len(own) > 1)

    def _within(self, chunk: Chunk, node: ast.expr, position: Position) -> bool:
        number, line, column = position
        start, end = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
        return number == self._number[chunk] and start <= (line, column) < end

    def _of_parameter(self, scope: ast.AST, name: str) -> Origin | None:
        names = [argument.arg for argument in _parameters(scope)]
        function = getattr(scope, "name", None)
        for chunk, call in self._calls:
            callee = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
            if callee != function and function not in ("call", "__call__", "__init__"):
                continue
            found = _argument(chunk, call, names, name)
            if found is not None:
                return found
        calls = [(c, n) for c in self._source.chunks for n in ast.walk(c.tree) if isinstance(n, ast.Call)]
        named = [(c, n) for c, n in calls if isinstance(n.func, ast.Name) and n.func.id == function]
        return _argument(*named[0], names, name) if len(named) == 1 else None

    def _of_self(self, chunk: Chunk, use: ast.Attribute) -> Origin | None:
        owner = next((n for n in _path(chunk.tree, use) if isinstance(n, ast.ClassDef)), None)
        if owner is None:
            return None
        found = [
            value
            for node in ast.walk(owner)
            if isinstance(node, ast.Assign)
            for target, value in _pairs(node)
            if isinstance(target, ast.Attribute) and target.attr == use.attr and ast.unparse(target.value) == "self"
        ]
        return Origin(chunk, found[0], True) if len(found) == 1 and found[0] is not None else None

    def _returned(self, name: str) -> Origin | None:
        for chunk in self._source.chunks:
            for statement in chunk.tree.body:
                node: ast.AST = statement
                if isinstance(node, ast.ClassDef) and node.name == name:  # a dataset that gives its items by number
                    items = (n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__getitem__")
                    node = next(items, node)
                elif getattr(node, "name", None) != name:
                    continue
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    given = [n.value for n in _own_nodes(node) if isinstance(n, (ast.Return, ast.Yield))]
                    if len(given) == 1 and given[0] is not None:
                        return Origin(chunk, given[0])
        return None

    def _bindings(self, chunk: Chunk, scope: ast.AST, name: str) -> Iterator[_Binding]:
        for node in _own_nodes(scope):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                for target, value in _pairs(node):
                    if isinstance(target, ast.Name) and target.id == name:
                        yield _Binding(self._position(chunk, target), value)
            elif isinstance(node, (ast.For, ast.AsyncFor)):
                for found in ast.walk(node.target):
                    if isinstance(found, ast.Name) and found.id == name:
                        yield _Binding(self._position(chunk, found), node.iter)
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
                yield _Binding(self._position(chunk, node.target), None)
            elif isinstance(node, ast.ImportFrom) and any((a.asname or a.name) == name for a in node.names):
                yield _Binding(self._position(chunk, node), None, node, name)

    def _loads(self, chunk: Chunk, scope: ast.AST, name: str) -> list[Position]:
        return [
            self._position(chunk, node)
            for node in ast.walk(scope)
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        ]

    def _position(self, chunk: Chunk, node: ast.AST) -> Position:
        return self._number[chunk], node.lineno, node.col_offset  # type: ignore[attr-defined]


def _as_origin(made: Made | None) -> Origin | None:
    return None if made is None else Origin(made.chunk, made.value)


def _loops_over(iterated: ast.expr, node: ast.expr) -> bool:
    return iterated is node


def _pairs(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """The single targets of an assignment, each with its own value where that is written out."""
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, (ast.Tuple, ast.List)):
            value = node.value
            matched = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
            for number, part in enumerate(target.elts):
                yield part, value.elts[number] if matched else None  # type: ignore[union-attr]
        else:
            yield target, node.value


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or module, those of functions and classes inside left out."""
    todo = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (*_Function, ast.ClassDef)):
            todo.extend(ast.iter_child_nodes(node))


def _argument(chunk: Chunk, call: ast.Call, names: list[str], name: str) -> Origin | None:
    """What a call gives for a parameter."""
    index = names.index(name) - (1 if names and names[0] in ("self", "cls") else 0)
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in given:
        return Origin(chunk, given[name])
    if 0 <= index < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args):
        return Origin(chunk, call.args[index])
    return None


def _parameters(scope: ast.AST) -> list[ast.arg]:
    arguments = scope.args  # type: ignore[attr-defined]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _holds(outer: ast.AST | None, inner: ast.AST) -> bool:
    return outer is not None and any(node is inner for node in ast.walk(outer))


def _path(tree: ast.AST, wanted: ast.AST) -> list[ast.AST]:
    """The nodes from a tree down to one of its nodes."""
    for child in ast.iter_child_nodes(tree):
        if child is wanted:
            return [tree, child]
        below = _path(child, wanted)
        if below:
            return [tree, *below]
    return []
