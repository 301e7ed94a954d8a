"""Edits that give data the axes that it should have: a batch axis added or taken out, an axis put elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from shapewright.findings.finding import Edit, Fix
from shapewright.findings.origins import Origin
from shapewright.findings.repair import place_of, replacing, without_first_item
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Source

Candidate = tuple[Fix, Span]
"""A fix that may work, and the piece of source that it is about."""

_MAKERS = ("zeros", "ones", "empty", "full", "random", "normal", "uniform", "standard_normal")
_ONCE = "Make batches once"
_ARRAYS = ("array", "asarray", "stack", "constant", "convert_to_tensor")


def library_name(source: Source, *modules: str) -> str | None:
    """What the program calls the first of some modules that it imports."""
    for module in modules:
        for chunk in source.chunks:
            for node in chunk.tree.body:
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        if alias.name == module:
                            return alias.asname or alias.name
    return None


def keras_name(source: Source) -> str | None:
    """What the program calls Keras: `keras`, `tf.keras`."""
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module == "tensorflow":
                for alias in node.names:
                    if alias.name == "keras":
                        return alias.asname or "keras"
    name, tensorflow = library_name(source, "keras"), library_name(source, "tensorflow")
    return name or (None if tensorflow is None else f"{tensorflow}.keras")


def short(text: str) -> str:
    """A piece of source on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:37] + "..."


def called(node: ast.AST) -> str | None:
    """The last part of the name of what a call calls."""
    if not isinstance(node, ast.Call):
        return None
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)


def preferred_order(chain: Sequence[Origin]) -> list[Origin]:
    """Where a value is best changed: where it is made, if it is used once alone; else where it is used."""
    own = []
    for origin in chain[1:]:
        if origin.shared:
            break
        own.append(origin)
    rest = [origin for origin in chain[1:] if origin not in own]
    return [*reversed(own), *chain[:1], *rest]


# -- a batch axis more


def with_batch_axis(source: Source, chain: Sequence[Origin]) -> Iterator[Candidate]:
    """One sample as a batch of one."""
    for origin in preferred_order(chain):
        yield from _batch_of_one(source, origin)
    for origin in preferred_order(chain)[:2]:
        yield from _wrapped(source, origin)


def _batch_of_one(source: Source, origin: Origin) -> Iterator[Candidate]:
    node, span = origin.node, origin.span
    yield from moved_expansion(source, origin)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Constant, ast.Name)):
        index = origin.chunk.span(node.slice)
        text = index.source
        after = f"{text}:{text} + 1"
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            after = f"{text}:{node.slice.value + 1}"
        elif isinstance(node.slice, ast.Constant):
            return
        whole = span.source.replace(f"[{text}]", f"[{after}]")
        yield Fix(f"Keep the batch axis: {short(whole)}", (replacing(source, index, after),), preferred=True), span
    elif isinstance(node, ast.Subscript) and _ends_in_minus_one(node.slice):
        index = origin.chunk.span(node.slice)
        edit = replacing(source, index, f"{index.source}:")
        yield Fix(f"Keep the batch axis: {short(index.source)}:", (edit,), preferred=True), span
    if called(node) in _ARRAYS and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.List):
        place = place_of(source, origin.chunk.span(node.args[0]))
        edits = (Edit(place.start, "["), Edit(place.end, "]"))
        yield Fix("Make it a batch of one sample: put brackets around it", edits, preferred=True), span
    if called(node) in _MAKERS and isinstance(node, ast.Call):
        for given in (*node.args[:1], *[k.value for k in node.keywords if k.arg in ("shape", "size")]):
            if isinstance(given, ast.Tuple) and given.elts:
                at = place_of(source, origin.chunk.span(given.elts[0])).start
                yield Fix("Make it a batch of one sample: 1 in front", (Edit(at, "1, "),), preferred=True), span


def each_in_batch(source: Source, reached: Sequence[Origin]) -> Iterator[Candidate]:
    """What a generator or a `__getitem__` gives, each part as a batch of one."""
    for origin in reached:
        if not isinstance(origin.node, ast.Tuple) or not 2 <= len(origin.node.elts) <= 3:
            continue
        edits: list[Edit] = []
        for item in origin.node.elts:
            part = Origin(origin.chunk, item)
            first = next(iter([*_batch_of_one(source, part), *_wrapped(source, part)]), None)
            edits += first[0].edits if first is not None else ()
        if edits:
            yield Fix("Give a batch: keep the batch axis of each part", tuple(edits), preferred=True), origin.span


def _ends_in_minus_one(index: ast.expr) -> bool:
    return isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub) and isinstance(index.operand, ast.Constant)


def _wrapped(source: Source, origin: Origin) -> Iterator[Candidate]:
    name = library_name(source.text_with(origin.chunk), "numpy", "tensorflow")
    if name is None or isinstance(origin.node, (ast.List, ast.Tuple, ast.Lambda)):
        return
    place = place_of(source, origin.span)
    edits = (Edit(place.start, f"{name}.expand_dims("), Edit(place.end, ", axis=0)"))
    text = short(origin.span.source)
    yield Fix(f"Add the batch axis: {name}.expand_dims({text}, axis=0)", edits, preferred=True), origin.span


def moved_expansion(source: Source, origin: Origin) -> Iterator[Candidate]:
    """A new axis that belongs in front, or in front as well."""
    for node in ast.walk(origin.node):
        if called(node) == "expand_dims" and isinstance(node, ast.Call):
            axis = next((k.value for k in node.keywords if k.arg == "axis"), node.args[1] if len(node.args) > 1 else None)
            if axis is None:
                continue
            span = origin.chunk.span(axis)
            for new in ("0", f"(0, {span.source})"):
                if new != span.source:
                    title = f"Put the new axis in front: axis={new}"
                    yield Fix(title, (replacing(source, span, new),), preferred=True), origin.chunk.span(node)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and any(map(_is_new, node.slice.elts)):
            span = origin.chunk.span(node.slice)
            new = next(origin.chunk.span(item).source for item in node.slice.elts if _is_new(item))
            if not _is_new(node.slice.elts[0]):
                title = f"Put the new axis in front: [{new}]"
                yield Fix(title, (replacing(source, span, new),), preferred=True), origin.chunk.span(node)


def with_dataset_batches(source: Source, chain: Sequence[Origin], size: str = "32") -> Iterator[Candidate]:
    """A dataset of single samples in batches."""
    for origin in preferred_order(chain):
        if isinstance(origin.node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
            edit = Edit(place_of(source, origin.span).end, f".batch({size})")
            title = f"Make batches of {size}: {short(origin.span.source)}.batch({size})"
            yield Fix(title, (edit,), preferred=True), origin.span


# -- an axis less


def _is_new(node: ast.expr) -> bool:
    return (isinstance(node, ast.Constant) and node.value is None) or (
        isinstance(node, ast.Attribute) and node.attr == "newaxis"
    )


def without_new_axis(source: Source, reached: Sequence[Origin]) -> Iterator[Candidate]:
    """An axis that was added and does not belong there, taken out where it was added."""
    found = [c for origin in reached for node in ast.walk(origin.node) for c in _less(source, origin, node)]
    yield from (c for c in found if c[0].title != _ONCE)
    yield from (c for c in found if c[0].title == _ONCE)


def _less(source: Source, origin: Origin, node: ast.AST) -> Iterator[Candidate]:
    chunk = origin.chunk
    if not isinstance(node, ast.expr):
        return
    span = chunk.span(node)
    name = called(node)
    inner: ast.expr | None = None
    what = "Leave out the axis that this adds"
    if isinstance(node, ast.Call) and name == "expand_dims" and node.args:
        inner = node.args[0]
    elif isinstance(node, ast.Call) and name in _ARRAYS and node.args:
        items = node.args[0]
        if isinstance(items, ast.List) and len(items.elts) == 1:
            inner = items.elts[0]
    elif isinstance(node, ast.Call) and name == "batch" and isinstance(node.func, ast.Attribute):
        inner, what = node.func.value, _ONCE
    elif isinstance(node, ast.Subscript):
        yield from _without_newaxis(source, origin, node)
        return
    elif isinstance(node, ast.Call) and name in ("reshape", "Reshape", "zeros", "ones", "random"):
        yield from _shorter_shape(source, origin, node)
    if inner is not None:
        text = chunk.span(inner).source
        title = what if what == _ONCE else f"{what}: {short(text)}"
        yield Fix(title, (replacing(source, span, text),), preferred=True), span


def _without_newaxis(source: Source, origin: Origin, node: ast.Subscript) -> Iterator[Candidate]:
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    kept = [item for item in items if not _is_new(item)]
    if len(kept) == len(items):
        return
    chunk, span = origin.chunk, origin.chunk.span(node)
    whole = all(
        (isinstance(i, ast.Slice) and i.lower is i.upper is i.step is None)
        or (isinstance(i, ast.Constant) and i.value is ...)
        for i in kept
    )
    value = chunk.span(node.value).source
    text = value if whole else f"{value}[{', '.join(chunk.span(item).source for item in kept)}]"
    yield Fix(f"Leave out the axis that this adds: {short(text)}", (replacing(source, span, text),), preferred=True), span


def _shorter_shape(source: Source, origin: Origin, node: ast.Call) -> Iterator[Candidate]:
    """A shape that begins with an axis of size 1 too many, as one argument or as several."""
    chunk = origin.chunk
    given = [a for a in node.args if not isinstance(a, ast.Starred)]
    first = next((a for a in given if isinstance(a, (ast.Tuple, ast.List))), None)
    if first is not None:
        text = without_first_item(chunk.span(first), first)
        if text is not None:
            edit = replacing(source, chunk.span(first), text)
            yield Fix(f"Leave out the first axis: {short(text)}", (edit,), preferred=True), chunk.span(node)
    elif len(given) > 1 and isinstance(given[0], ast.Constant):
        start, end = place_of(source, chunk.span(given[0])), place_of(source, chunk.span(given[1]))
        edit = Edit(start.before(end), "")
        yield Fix("Leave out the first axis", (edit,), preferred=True), chunk.span(node)


def squeezed(source: Source, chain: Sequence[Origin], axis: int) -> Iterator[Candidate]:
    """An axis of size 1 dropped."""
    for origin in preferred_order(chain)[:2]:
        name = library_name(source.text_with(origin.chunk), "numpy", "tensorflow")
        if name is None:
            continue
        place = place_of(source, origin.span)
        edits = (Edit(place.start, f"{name}.squeeze("), Edit(place.end, f", axis={axis})"))
        yield Fix(f"Drop axis {axis}, which has size 1", edits, preferred=True), origin.span


def transposed(source: Source, chain: Sequence[Origin], order: Sequence[int]) -> Iterator[Candidate]:
    """The axes in another order."""
    for origin in preferred_order(chain)[:2]:
        name = library_name(source.text_with(origin.chunk), "numpy", "tensorflow")
        if name is None:
            continue
        place = place_of(source, origin.span)
        axes = ", ".join(map(str, order))
        edits = (Edit(place.start, f"{name}.transpose("), Edit(place.end, f", ({axes}))"))
        yield Fix(f"Put the axes in order: {name}.transpose(..., ({axes}))", edits, preferred=True), origin.span


# -- other sizes


def resized_literal(
    source: Source,
    chain: Sequence[Origin],
    have: Sequence[object],
    want: Sequence[object],
    said: str = "Give the data the sizes that the model takes",
) -> Iterator[Candidate]:
    """Data made with a shape that is written out: its sizes as the model declares them."""
    for origin in chain:
        node = origin.node
        if called(node) not in (*_MAKERS, "rand", "randn") or not isinstance(node, ast.Call):
            continue
        shape = next((a for a in (*node.args, *[k.value for k in node.keywords]) if isinstance(a, ast.Tuple)), None)
        items = list(node.args) if shape is None else list(shape.elts)
        if len(items) != len(have):
            continue
        edits = [
            replacing(source, origin.chunk.span(item), str(new))
            for item, old, new in zip(items, have, want, strict=False)
            if old != new and isinstance(new, int)
        ]
        if edits:
            text = "(" + ", ".join("..." if not isinstance(n, int) else str(n) for n in want) + ")"
            title = f"{said}: {text}"
            yield Fix(title, tuple(edits), preferred=True), origin.span
