"""A program is changed so that it tells what shapes its expressions have. What it computes stays the same.

    y = layer(x)        becomes     y = see(1, layer(see(0, x))); see(2, y)

`see` notes the shape of a value at a place of the text and gives the value back. Its name is one that no class mangles.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
from typing import Any, TypeVar

SEE = "__shapewright__"

Statement = TypeVar("Statement", bound=ast.AST)


@dataclasses.dataclass(frozen=True)
class Place:
    """Where an expression stands: lines from 1, columns from 0 in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Instrument(ast.NodeTransformer):
    """Changes statements, and collects the places that they then tell about.

    Args:
        text: The whole file; positions of trees are in bytes, those of places are not.
        skip: Ranges of lines, from 1, both ends included. Statements within one are left out.
    """

    def __init__(self, text: str, skip: list[tuple[int, int]]) -> None:
        # Lines as Python breaks them: form feeds and the like are no line breaks.
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.skip = skip
        self.places: list[Place] = []
        self.loops = 0

    def changed(self, statement: ast.stmt) -> list[ast.stmt]:
        """One statement of the file becomes none (it is left out), itself, or itself and what tells about its names."""
        return self._body([statement])

    def left_out(self, statement: ast.stmt) -> bool:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
        last = statement.end_lineno or statement.lineno
        return any(begin <= first and last <= end for begin, end in self.skip)

    # Statements

    def _body(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        result: list[ast.stmt] = []
        for statement in statements:
            if not self.left_out(statement):
                changed = self.visit(statement)
                result += changed if isinstance(changed, list) else [changed]
        return result

    def _block(self, statements: list[ast.stmt], first: list[ast.stmt] | None = None) -> list[ast.stmt]:
        """The statements of a block, of which something must remain."""
        if not statements:
            return []
        body = self._body(statements)
        keep_first = _starts_with_docstring(statements) and body
        return ([*body[:1], *(first or []), *body[1:]] if keep_first else [*(first or []), *body]) or [
            ast.copy_location(ast.Pass(), statements[0])
        ]

    def generic_visit(self, node: Statement) -> Statement:
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse", "finalbody") and isinstance(value, list):
                setattr(node, name, self._block(value))
            elif name in ("annotation", "returns", "decorator_list", "type_params", "pattern"):
                continue  # not evaluated, evaluated for something else, or no expression
            elif isinstance(value, list):
                setattr(node, name, [self.visit(item) if isinstance(item, ast.AST) else item for item in value])
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        node.value = self.visit(node.value)
        patterns = [_pattern(target) for target in node.targets]
        if patterns[0] is not None:
            node.value = self._method("unpacked", node.value, ast.Constant(patterns[0]))
        node.targets = [self._target(target) for target in node.targets]
        return [node, *(tell for target in node.targets for tell in self._tells(target))]

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        node.value = self.visit(node.value)
        node.target = self._target(node.target)
        return [node, *self._tells(node.target)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is None:
            return node
        node.value = self.visit(node.value)
        node.target = self._target(node.target)
        return [node, *self._tells(node.target)]

    def visit_For(self, node: ast.For) -> Any:
        node.iter = self._method("rounds", self.visit(node.iter))
        pattern = _pattern(node.target)
        if pattern is not None:
            node.iter = self._method("each_unpacked", node.iter, ast.Constant(pattern))
        node.target = self._target(node.target)
        node.body = self._block(node.body, first=self._tells(node.target))
        node.orelse = self._block(node.orelse)
        return node

    def visit_While(self, node: ast.While) -> Any:
        """A loop that trains is left after one round, as a `for` loop is."""
        self.loops += 1
        loop = ast.Constant(self.loops)
        node.test = ast.copy_location(
            ast.BoolOp(ast.And(), [self._method("again", loop), self.visit(node.test)]), node.test
        )
        node.body = self._block(node.body)
        node.orelse = self._block(node.orelse)
        entry = ast.copy_location(ast.Expr(self._method("enter", loop)), node)
        return [ast.fix_missing_locations(entry), ast.fix_missing_locations(node)]

    def visit_With(self, node: ast.With) -> Any:
        first = []
        for item in node.items:
            item.context_expr = self.visit(item.context_expr)
            if item.optional_vars is not None:
                item.optional_vars = self._target(item.optional_vars)
                first += self._tells(item.optional_vars)
        node.body = self._block(node.body, first=first)
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        arguments = node.args
        arguments.defaults = [self.visit(default) for default in arguments.defaults]
        arguments.kw_defaults = [default and self.visit(default) for default in arguments.kw_defaults]
        parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        first = [self._tell(parameter.arg, parameter) for parameter in parameters]
        node.body = self._block(node.body, first=first)
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.bases = [self.visit(base) for base in node.bases]
        node.body = self._block(node.body)
        return node

    def visit_Match(self, node: Any) -> Any:
        node.subject = self.visit(node.subject)
        for case in node.cases:
            case.guard = case.guard and self.visit(case.guard)
            case.body = self._block(case.body)
        return node

    def visit_Delete(self, node: ast.Delete) -> Any:
        return node

    # Expressions

    def visit_Call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        elif not isinstance(node.func, ast.Name):
            node.func = self.visit(node.func)
        node.args = [self.visit(argument) for argument in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        return self._seen(node, node)

    def visit_Name(self, node: ast.Name) -> Any:
        return self._seen(node, node) if isinstance(node.ctx, ast.Load) else node

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        node.value = self.visit(node.value)
        return self._seen(node, node) if isinstance(node.ctx, ast.Load) else node

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        node.value = self.visit(node.value)
        node.slice = self.visit(node.slice)
        return self._seen(node, node) if isinstance(node.ctx, ast.Load) else node

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        node.left, node.right = self.visit(node.left), self.visit(node.right)
        return self._seen(node, node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        if isinstance(node.operand, ast.Constant):
            return node
        node.operand = self.visit(node.operand)
        return self._seen(node, node)

    def visit_Compare(self, node: ast.Compare) -> Any:
        node.left, node.comparators = self.visit(node.left), [self.visit(item) for item in node.comparators]
        return self._seen(node, node)

    def visit_Lambda(self, node: ast.Lambda) -> Any:
        node.body = self.visit(node.body)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> Any:
        node.iter = self.visit(node.iter)
        node.ifs = [self.visit(condition) for condition in node.ifs]
        return node

    # What is put in

    def _target(self, target: Any) -> Any:
        """What is assigned to stays itself; what it is a part of is looked at."""
        if isinstance(target, (ast.Tuple, ast.List)):
            target.elts = [self._target(item) for item in target.elts]
        elif isinstance(target, ast.Starred):
            target.value = self._target(target.value)
        elif isinstance(target, ast.Attribute):
            target.value = self.visit(target.value)
        elif isinstance(target, ast.Subscript):
            target.value, target.slice = self.visit(target.value), self.visit(target.slice)
        return target

    def _tells(self, target: Any) -> list[ast.stmt]:
        """Statements that tell about the names that were assigned to. One that is assigned twice, as `_` often is, has
        only its last value by then, and nothing is told of it."""
        names = _assigned(target)
        counts = collections.Counter(name.id for name in names)
        return [self._tell(name.id, name) for name in names if counts[name.id] == 1]

    def _tell(self, name: str, at: Any) -> ast.stmt:
        load = ast.copy_location(ast.Name(name, ast.Load()), at)
        return ast.copy_location(ast.Expr(self._seen(load, at)), at)

    def _seen(self, value: ast.expr, at: Any) -> ast.expr:
        self.places.append(self._place(at))
        return self._called(ast.Name(SEE, ast.Load()), at, ast.Constant(len(self.places) - 1), value)

    def _method(self, name: str, *arguments: ast.expr) -> ast.expr:
        at = arguments[0] if hasattr(arguments[0], "lineno") else None
        return self._called(ast.Attribute(ast.Name(SEE, ast.Load()), name, ast.Load()), at, *arguments)

    def _called(self, function: ast.expr, at: Any, *arguments: ast.expr) -> ast.expr:
        call = ast.Call(function, list(arguments), [])
        return ast.fix_missing_locations(ast.copy_location(call, at) if at is not None else call)

    def _place(self, node: Any) -> Place:
        column = self._code_points(node.lineno, node.col_offset)
        if isinstance(node, ast.arg):  # its end would be that of its annotation
            return Place(node.lineno, column, node.lineno, column + len(node.arg))
        return Place(node.lineno, column, node.end_lineno, self._code_points(node.end_lineno, node.end_col_offset))

    def _code_points(self, line: int, offset: int) -> int:
        text = self.lines[line - 1]
        return offset if text.isascii() else len(text.encode()[:offset].decode("utf-8", "replace"))


def _pattern(target: ast.expr) -> Any:
    """How a value is unpacked: `fig, (left, right)` is (None, (None, None)). None where it is not unpacked."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return tuple(_pattern(item) for item in target.elts if not isinstance(item, ast.Starred))
    return None


def _starts_with_docstring(statements: list[ast.stmt]) -> bool:
    first = statements[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)


def _assigned(target: Any) -> list[ast.Name]:
    """The names in a target, in order."""
    if isinstance(target, ast.Name):
        return [target]
    if isinstance(target, ast.Starred):
        return _assigned(target.value)
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for item in target.elts for name in _assigned(item)]
    return []
