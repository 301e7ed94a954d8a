"""Edits that put a layer into a model as it is written: in a list of layers, before `model.add(...)`, around an input."""

from __future__ import annotations

import ast

from shapewright.findings.finding import Edit
from shapewright.findings.repair import place_of
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Source
from shapewright.values.keras import LayerRef


def layer_before(source: Source, layer: LayerRef, class_name: str, arguments: str = "") -> tuple[Edit, ...]:
    """The edits that put a new layer right before another one; none where the source does not show how."""
    return _before(source, layer.node, class_name, arguments) if isinstance(layer.node, Span) else ()


def layers_after(source: Source, layer: LayerRef, made: list[tuple[str, str]]) -> tuple[Edit, ...]:
    """The edits that put new layers, each a class and its arguments, right behind another one of a Sequential model."""
    span = layer.node
    if not isinstance(span, Span) or not source.holds(span.chunk):
        return ()
    path = _path_to(span)
    if len(path) < 2 or not isinstance(path[-1], ast.Call):
        return ()
    named = [spelled_like(source, path[-1].func, class_name) for class_name, _ in made]
    if any(spelled is None for spelled in named):
        return ()
    texts = [f"{spelled[0]}({given})" for spelled, (_, given) in zip(named, made, strict=True) if spelled]
    imports = dict.fromkeys(edit for spelled in named if spelled for edit in spelled[1])
    parent, place = path[-2], place_of(source, span)
    line = source.lines[place.line]
    indent = line[: len(line) - len(line.lstrip())]
    if isinstance(parent, ast.List):
        return (Edit(place.end, "".join(f",\n{indent}{text}" for text in texts)), *imports)
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr == "add":
        end = place_of(source, span.chunk.span(parent)).end
        model = ast.unparse(parent.func.value)
        return (Edit(end, "".join(f"\n{indent}{model}.add({text})" for text in texts)), *imports)
    return ()


def input_before(source: Source, layer: Span, arguments: str) -> tuple[Edit, ...]:
    """The edits that put an `Input` in front of the first layer of a Sequential model."""
    return _before(source, layer, "Input", arguments)


def _before(source: Source, span: Span, class_name: str, arguments: str) -> tuple[Edit, ...]:
    if not source.holds(span.chunk):
        return ()
    path = _path_to(span)
    if not path or not isinstance(path[-1], ast.Call):
        return ()
    named = spelled_like(source, path[-1].func, class_name)
    if named is None:
        return ()
    spelling, imports = named
    insert = _insertion(source, span, path, f"{spelling}({arguments})")
    return () if insert is None else (*insert, *imports)


def _path_to(span: Span) -> list[ast.AST]:
    """The nodes from the chunk's tree down to the one that a span covers."""

    def search(node: ast.AST) -> list[ast.AST] | None:
        if isinstance(node, ast.Call) and span.chunk.span(node) == span:
            return [node]
        for child in ast.iter_child_nodes(node):
            below = search(child)
            if below is not None:
                return [node, *below]
        return None

    return search(span.chunk.tree) or []


def spelled_like(source: Source, callee: ast.expr, class_name: str) -> tuple[str, tuple[Edit, ...]] | None:
    """How the program would write another class of the same module, and the edit of an import that it takes."""
    if isinstance(callee, ast.Attribute):
        return f"{ast.unparse(callee.value)}.{class_name}", ()
    if not isinstance(callee, ast.Name):
        return None
    where: Span | None = None
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if not isinstance(node, ast.ImportFrom):
                continue
            for alias in node.names:
                if alias.name == class_name:
                    return alias.asname or alias.name, ()
                if alias.name == "*":
                    return class_name, ()
                if (alias.asname or alias.name) == callee.id:
                    where = chunk.span(alias)
    if where is None:
        return None
    return class_name, (Edit(place_of(source, where).end, f", {class_name}"),)


def _insertion(source: Source, span: Span, path: list[ast.AST], text: str) -> tuple[Edit, ...] | None:
    parent = path[-2] if len(path) > 1 else None
    place = place_of(source, span)
    line = source.lines[place.line]
    indent = line[: len(line) - len(line.lstrip())]
    alone = not line[: place.column].strip()
    if isinstance(parent, ast.List):
        return (Edit(place.start, f"{text},\n{indent}" if alone else f"{text}, "),)
    if isinstance(parent, ast.Call) and path[-1] in parent.args:
        if isinstance(parent.func, ast.Attribute) and parent.func.attr == "add":
            model = ast.unparse(parent.func.value)
            first = place_of(source, span.chunk.span(parent))
            if source.lines[first.line][: first.column].strip():
                return None
            return (Edit(first.start, f"{model}.add({text})\n{indent}"),)
    if isinstance(parent, ast.Call) and parent.func is path[-1] and len(parent.args) == 1:
        given = place_of(source, span.chunk.span(parent.args[0]))
        return (Edit(given.start, f"{text}("), Edit(given.end, ")"))
    return None
