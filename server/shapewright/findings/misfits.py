"""SW301, SW404 to SW406: operands that do not fit together, and axes that are not there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, called, library_name, resized_literal, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.reshape_repairs import reshape_repairs
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape

_JOINING = ("join", "join-rank", "stack")
_PRODUCTS = ("product", "product-rank", "product-lead", "einsum", "einsum-rank")


def operands(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW301: products, sums and joins of shapes that do not go together."""
    if mismatch.kind not in ("broadcast", "depth", *_JOINING, *_PRODUCTS):
        return None
    shapes: list[Shape] = list(mismatch.facts["shapes"])
    message = _said(mismatch, shapes)
    return context.repaired(rules.MERGE, mismatch, message, _repairs(context, mismatch, shapes), mismatch.span)


def _said(mismatch: Mismatch, shapes: list[Shape]) -> str:
    facts, shown = mismatch.facts, " and ".join(map(str, shapes[:4]))
    if mismatch.kind == "depth":
        return (
            f"The filters {shapes[1]} take {facts['taken']} channels, the last axis but one, and the input has {facts['given']}: "
            f"{shapes[0]}."
        )
    if mismatch.kind == "broadcast":
        return f"This operation cannot put {shown} together: their sizes differ on an axis where they must be equal."
    if mismatch.kind == "product":
        left, right = facts["inner"]
        return (
            f"{shown} cannot be multiplied: a row of the first has {left} numbers, and a column of the second {right}. The "
            "last size of the first has to be the last but one of the second."
        )
    if mismatch.kind == "product-rank":
        return f"{shown} cannot be multiplied: this takes matrices, tensors with two axes at least."
    if mismatch.kind == "product-lead":
        return f"{shown} cannot be multiplied: the axes in front of the last two do not go together."
    if mismatch.kind == "einsum":
        letters = facts["equation"].replace(" ", "").partition("->")[0].split(",")[facts["operand"]]
        known, found = facts["inner"]
        letter = letters[facts["axis"]] if "." not in letters else "The same letter"
        return f"`{letter}` stands for {known} in one part of `{facts['equation']}` and for {found} in another: {shown}."
    if mismatch.kind == "einsum-rank":
        shape = shapes[facts["operand"]]
        count = len(facts["letters"].replace(".", ""))
        return f"`{facts['letters']}` names {count} axes, and this has {shape.rank}: {shape}."
    if mismatch.kind == "join-rank":
        return f"{shown} cannot be joined: they must have the same number of axes."
    if mismatch.kind == "stack":
        return f"{shown} cannot be stacked: they must have one shape."
    return (
        f"{shown} cannot be joined along axis {facts['joined']}: all other sizes must be equal, and on axis {facts['axis']} they "
        "are not."
    )


def _repairs(context: Context, mismatch: Mismatch, shapes: list[Shape]) -> Iterator[Candidate]:
    node = node_at(context.facts, mismatch.span) if isinstance(mismatch.span, Span) else None
    if mismatch.kind in ("join", "join-rank"):
        yield from _other_axis(context, mismatch, node, shapes)
        yield from _axis_for_item(context, mismatch, node, shapes)
    sides = _sides(node)
    if sides is None or len(shapes) != 2:
        return
    if mismatch.kind == "depth":
        chain = context.origins(mismatch.trail).chain(mismatch.span.chunk.span(sides[1]))
        want = (*shapes[1].sizes[:-2], mismatch.facts["given"], shapes[1].sizes[-1])
        title = f"Make filters of {mismatch.facts['given']} channels"
        yield from resized_literal(context.facts.source, chain, shapes[1].sizes, want, title)
    if mismatch.kind == "broadcast":
        yield from _stretched(context, mismatch, sides, shapes)
    if mismatch.kind == "product":
        yield from _turned(context, mismatch, node, sides, shapes)
    if mismatch.kind == "product-rank":
        yield from _as_matrix(context, mismatch, sides, shapes)


def _sides(node: ast.AST | None) -> tuple[ast.expr, ast.expr] | None:
    """What the two operands are written as."""
    if isinstance(node, ast.BinOp):
        return node.left, node.right
    if isinstance(node, ast.Compare) and len(node.comparators) == 1:
        return node.left, node.comparators[0]
    if not isinstance(node, ast.Call) or any(isinstance(given, ast.Starred) for given in node.args):
        return None
    given = [*node.args, *(k.value for k in node.keywords if k.arg in ("b", "x2", "y"))]
    if len(given) >= 2:
        return given[0], given[1]
    return (node.func.value, given[0]) if given and isinstance(node.func, ast.Attribute) else None  # a.dot(b)


def _appended(context: Context, mismatch: Mismatch, node: ast.expr, text: str, title: str, preferred: bool) -> Candidate:
    """An operand with something behind it, in brackets where it takes them."""
    place = place_of(context.facts.source, mismatch.span.chunk.span(node))
    edits: tuple[Edit, ...] = (Edit(place.end, text),)
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
        edits = (Edit(place.start, "("), Edit(place.end, f"){text}"))
    return Fix(title, edits, preferred), mismatch.span


def _stretched(
    context: Context, mismatch: Mismatch, sides: tuple[ast.expr, ast.expr], shapes: list[Shape]
) -> Iterator[Candidate]:
    """The smaller operand with an axis behind, along which it is stretched, or a matrix turned round."""
    for side, shape, other in zip(sides, shapes, reversed(shapes), strict=True):
        text = mismatch.span.chunk.span(side).source
        if shape.rank and shape.rank == other.rank - 1 and shape.sizes == other.sizes[: shape.rank]:
            index = "[:, None]" if shape.rank == 1 else "[..., None]"
            yield _appended(context, mismatch, side, index, f"Stretch it along the last axis: {short(text)}{index}", True)
    if [s.rank for s in shapes] == [2, 2] and shapes[0].sizes == shapes[1].sizes[::-1] and _is_of_numpy(mismatch):
        text = mismatch.span.chunk.span(sides[1]).source
        yield _appended(context, mismatch, sides[1], ".T", f"Turn it round: {short(text)}.T", False)


def _is_of_numpy(mismatch: Mismatch) -> bool:
    return str(mismatch.message).startswith(("operands could", "matmul: Input", "shapes ("))


def _turned(
    context: Context, mismatch: Mismatch, node: ast.AST | None, sides: tuple[ast.expr, ast.expr], shapes: list[Shape]
) -> Iterator[Candidate]:
    """One of two matrices turned round, or both in the other order."""
    source, chunk = context.facts.source, mismatch.span.chunk
    name = called(node) if isinstance(node, ast.Call) else None
    for number, (side, shape) in enumerate(zip(sides, shapes, strict=True)):
        text = chunk.span(side).source
        if shape.rank < 2:
            continue
        if _is_of_numpy(mismatch) and shape.rank == 2:
            yield _appended(context, mismatch, side, ".T", f"Turn it round: {short(text)}.T", True)
        elif name == "matmul" and "tensorflow" in mismatch.facts["function"] and isinstance(node, ast.Call):
            flag = f"transpose_{'ab'[number]}"
            given = next((k.value for k in node.keywords if k.arg == flag), None)
            if isinstance(given, ast.Constant) and given.value is True:
                edit = replacing(source, chunk.span(given), "False")
                yield Fix(f"Take it as it is: {flag}=False", (edit,), preferred=True), mismatch.span
            elif given is None:
                last = max((*node.args, *(k.value for k in node.keywords)), key=lambda n: (n.lineno, n.col_offset))
                edit = Edit(place_of(source, chunk.span(last)).end, f", {flag}=True")
                yield Fix(f"Turn it round: {flag}=True", (edit,), preferred=True), mismatch.span
        else:
            swap = _swapping(context, mismatch, node)
            if swap is not None:
                axes = ", -1, -2" if swap.endswith("swapaxes") else ""
                edit = replacing(source, chunk.span(side), f"{swap}({text}{axes})")
                yield Fix(f"Turn it round: {swap}({short(text)}{axes})", (edit,), preferred=True), mismatch.span
    if all(shape.rank == 2 for shape in shapes):
        first, second = (chunk.span(side) for side in sides)
        edits = (replacing(source, first, second.source), replacing(source, second, first.source))
        yield Fix("Multiply them in the other order", edits, preferred=True), mismatch.span


def _swapping(context: Context, mismatch: Mismatch, node: ast.AST | None) -> str | None:
    """How the program can call a function that exchanges axes."""
    if _is_of_numpy(mismatch):
        name = library_name(context.facts.source, "numpy")
        return None if name is None else f"{name}.swapaxes"
    if isinstance(node, ast.BinOp):
        name = library_name(context.facts.source, "tensorflow")
        return None if name is None else f"{name}.linalg.matrix_transpose"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and "keras.ops" in mismatch.facts["function"]:
        return f"{ast.unparse(node.func.value)}.swapaxes"
    return None


def _as_matrix(
    context: Context, mismatch: Mismatch, sides: tuple[ast.expr, ast.expr], shapes: list[Shape]
) -> Iterator[Candidate]:
    """A vector as a column behind a matrix, or as a row in front of one."""
    for side, shape, index in zip(sides, shapes, ("[None, :]", "[:, None]"), strict=True):
        if shape.rank == 1 and min(s.rank for s in shapes) < max(s.rank for s in shapes):
            what = "column" if side is sides[1] else "row"
            text = short(mismatch.span.chunk.span(side).source)
            yield _appended(context, mismatch, side, index, f"Make it a {what}: {text}{index}", True)


def _items(node: ast.AST | None) -> list[ast.expr]:
    """The arrays that are joined, where they are written out."""
    if not isinstance(node, ast.Call) or not node.args:
        return []
    return list(node.args[0].elts) if isinstance(node.args[0], (ast.Tuple, ast.List)) else []


def _other_axis(context: Context, mismatch: Mismatch, node: ast.AST | None, shapes: list[Shape]) -> Iterator[Candidate]:
    """The axis along which everything else is equal."""
    if mismatch.kind != "join" or called(node or ast.Pass()) not in ("concatenate", "concat"):
        return
    rank = shapes[0].rank
    for axis in (*range(1, rank), 0):
        rest = {shape.without(axis).sizes for shape in shapes}
        if len(rest) == 1:
            text = "-1" if axis == rank - 1 and axis else str(axis)
            yield from _with_axis(context, mismatch, text, f"Join them along axis {text}, where all others are equal")


def _axis_for_item(context: Context, mismatch: Mismatch, node: ast.AST | None, shapes: list[Shape]) -> Iterator[Candidate]:
    """An axis more for an array that lacks one."""
    items = _items(node)
    if mismatch.kind != "join-rank" or len(items) != len(shapes):
        return
    most = max(shape.rank for shape in shapes)
    for item, shape in zip(items, shapes, strict=True):
        if shape.rank == most - 1:
            for index in ("[None, ...]", "[:, None]" if shape.rank == 1 else "[..., None]"):
                text = short(mismatch.span.chunk.span(item).source)
                yield _appended(context, mismatch, item, index, f"Give it one more axis: {text}{index}", True)


def _with_axis(context: Context, mismatch: Mismatch, text: str, title: str, preferred: bool = True) -> Iterator[Candidate]:
    """The call with another `axis`."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call):
        return
    chunk, source = mismatch.span.chunk, context.facts.source
    given = next((k.value for k in node.keywords if k.arg in ("axis", "dim")), None)
    method = isinstance(node.func, ast.Attribute) and not str(mismatch.facts["function"]).startswith(("numpy.", "tens", "keras."))
    position = 0 if method else 1
    if given is None and len(node.args) > position:
        given = node.args[position]
    if given is not None:
        yield Fix(title, (replacing(source, chunk.span(given), text),), preferred), mismatch.span
    elif node.args:
        end = place_of(source, chunk.span(node.args[-1])).end
        yield Fix(title, (Edit(end, f", axis={text}"),), preferred), mismatch.span


def axis_outside(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW404: an axis that does not exist, or axes that are not all named."""
    facts = mismatch.facts
    if mismatch.kind == "permutation":
        shape, axes = facts["shape"], facts["axes"]
        message = f"{axes} puts {len(axes)} axes in order, and this has {shape.rank}: {shape}. All axes are named, from 0 on."
        return context.repaired(rules.NO_AXIS, mismatch, message, _permuted(context, mismatch), mismatch.span)
    if mismatch.kind == "index-depth":
        shape, depth = facts["shape"], facts["depth"]
        message = f"Each index has {depth} numbers, one for an axis, and this has {shape.rank} axes: {shape}."
        return context.repaired(rules.NO_AXIS, mismatch, message, (), mismatch.span)
    if mismatch.kind != "outside":
        return None
    rank = facts["rank"]
    message = f"There is no axis {facts['axis']}: of {rank} axes the first is 0 and the last {rank - 1}, or -1."
    if rank == 1:
        message = f"There is no axis {facts['axis']}: the only axis is 0."
    title = "Take the last axis: axis=-1" if rank > 1 else "Take the only axis: axis=0"
    repairs = _with_axis(context, mismatch, "-1" if rank > 1 else "0", title)
    return context.repaired(rules.NO_AXIS, mismatch, message, repairs, mismatch.span)


def _permuted(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """The batch axis named as well, or left out where there is none."""
    axes, rank = list(mismatch.facts["axes"]), mismatch.facts["shape"].rank
    if len(axes) == rank + 1 and axes[0] == 0:
        order, title = [n - 1 for n in axes[1:]], "Leave the axis out that is not there"
    elif len(axes) == rank - 1:
        order, title = [0, *(n + 1 for n in axes)], "Name the batch axis as well"
    else:
        return
    node = node_at(context.facts, mismatch.span)
    text = ", ".join(map(str, order))
    for given in (*node.args, *(k.value for k in node.keywords)) if isinstance(node, ast.Call) else ():
        for origin in context.origins(mismatch.trail).chain(mismatch.span.chunk.span(given)):
            if isinstance(origin.node, (ast.Tuple, ast.List)):
                lead, end = ("(", ")") if isinstance(origin.node, ast.Tuple) else ("[", "]")
                edit = replacing(context.facts.source, origin.span, f"{lead}{text}{end}")
                yield Fix(f"{title}: ({text})", (edit,), preferred=True), origin.span


def not_of_size_one(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW405: a squeeze of an axis that has more than one position."""
    if mismatch.kind != "squeeze":
        return None
    shape, axis = mismatch.facts["shape"], mismatch.facts["axis"]
    message = f"Only axes of size 1 can be squeezed out, and axis {axis} of {shape} has {shape[axis]} positions."
    ones = [n for n, dim in enumerate(shape) if dim.size == 1]
    repairs = _with_axis(context, mismatch, str(ones[0]), f"Squeeze the axis of size 1: axis={ones[0]}") if len(ones) == 1 else ()
    return context.repaired(rules.NOT_ONE, mismatch, message, repairs, mismatch.span)


def uneven_split(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW406: a split into equal parts that leaves a remainder."""
    if mismatch.kind != "split":
        return None
    shape, axis, parts = mismatch.facts["shape"], mismatch.facts["axis"], mismatch.facts["parts"]
    size = shape[axis]
    message = f"Axis {axis} of {shape} has {size} positions, which cannot be cut into {parts} equal parts."
    return context.repaired(rules.UNEVEN, mismatch, message, _uneven(context, mismatch), mismatch.span)


def _uneven(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """NumPy's and Keras's `array_split` takes what is left over."""
    node = node_at(context.facts, mismatch.span)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        if mismatch.facts["function"].startswith(("numpy.", "keras.ops.")):
            whole = mismatch.span.chunk.span(node.func)
            text = f"{ast.unparse(node.func.value)}.array_split"
            yield Fix(f"Let the parts differ by one: {text}", (replacing(context.facts.source, whole, text),)), mismatch.span


def two_open_sizes(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW401: a target of a reshape with two sizes that are to follow from the others."""
    if mismatch.kind != "two-open":
        return None
    message = f"{mismatch.facts['target']} leaves two sizes open: only one, written as -1, can follow from the others."
    return context.repaired(rules.ELEMENTS, mismatch, message, reshape_repairs(context, mismatch), mismatch.span)
