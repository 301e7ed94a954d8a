"""Which names a function, class or comprehension binds, as Python's own scoping decides it."""

from __future__ import annotations

import ast
from functools import lru_cache

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@lru_cache(maxsize=8192)
def bound_names(node: ast.AST) -> frozenset[str]:
    """The names that are local to a function, lambda, class body or comprehension."""
    if isinstance(node, _COMPREHENSIONS):
        return frozenset(name for g in node.generators for name in _targets(g.target))
    names: set[str] = set()
    outer: set[str] = set()
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        names |= {a.arg for a in parameters(node.args)}
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            if child in getattr(node, "body", ()):
                _collect(child, names, outer)
    return frozenset(names - outer)


def parameters(args: ast.arguments) -> list[ast.arg]:
    """All parameters, in the order they are written."""
    starred = [args.vararg] if args.vararg else []
    double = [args.kwarg] if args.kwarg else []
    return [*args.posonlyargs, *args.args, *starred, *args.kwonlyargs, *double]


def assigned_names(nodes: list[ast.stmt]) -> frozenset[str]:
    """The names that some statements may bind or delete, inner scopes left out."""
    names: set[str] = set()
    for node in nodes:
        _collect(node, names, set())
    return frozenset(names)


def _targets(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _collect(node: ast.AST, names: set[str], outer: set[str]) -> None:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        names.add(node.name)
        return
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        outer.update(node.names)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
        names.add(node.id)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        names.update((alias.asname or alias.name.split(".")[0]) for alias in node.names)
    elif (isinstance(node, ast.ExceptHandler) and node.name) or (
        isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name
    ):
        names.add(node.name)
    elif isinstance(node, ast.MatchMapping) and node.rest:
        names.add(node.rest)
    if isinstance(node, _COMPREHENSIONS):
        # targets of a comprehension are its own, but a walrus in it binds outside
        names.update(n.target.id for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
        return
    for child in ast.iter_child_nodes(node):
        _collect(child, names, outer)


def is_generator(node: ast.AST) -> bool:
    """Whether a function yields."""
    todo = list(getattr(node, "body", ())) if not isinstance(node, ast.Lambda) else []
    while todo:
        child = todo.pop()
        if isinstance(child, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(child, _SCOPES):
            todo.extend(ast.iter_child_nodes(child))
    return False
