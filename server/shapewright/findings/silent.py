"""Mistakes that run: samples mixed, axes read as others. Each is a warning, where it is almost never meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, called
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.insertion import layer_before
from shapewright.findings.layer_repairs import declared_shapes, with_argument
from shapewright.findings.origins import Origin
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.findings.shape_repairs import channels_last
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Source
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Library, Tensor


def samples_mixed(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW105: a reduction or a softmax over the samples of a batch."""
    if mismatch.kind != "batch-reduced":
        return None
    message = f"Axis 0 of {mismatch.facts['shape']} counts the samples, and this mixes them. The features are axis -1."
    return context.repaired(rules.SAMPLES_MIXED, mismatch, message, _other_axis(context, mismatch), mismatch.span)


def _other_axis(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    if isinstance(mismatch.subject, LayerRef):
        yield from with_argument(context, mismatch.subject, "axis", "-1", "Work on the features: axis=-1")
        return
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call):
        return
    axis = next((k.value for k in node.keywords if k.arg == "axis"), node.args[1] if len(node.args) > 1 else None)
    shape = mismatch.facts["shape"]
    for text in ("1", "-1") if shape.rank > 2 and called(node) != "softmax" else ("-1",):
        if axis is not None:
            edit = replacing(context.facts.source, mismatch.span.chunk.span(axis), text)
            yield Fix(f"Work on each sample by itself: axis={text}", (edit,), preferred=True), mismatch.span


def batch_fixed(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW106: a batch size inside of a reshape."""
    if mismatch.kind != "batch-fixed":
        return None
    given, target = mismatch.facts["shape"], mismatch.facts["target"]
    message = f"This makes {target} of {given}, for batches of exactly {target[0]} samples. -1 takes any number of them."
    return context.repaired(rules.BATCH_FIXED, mismatch, message, _any_batch(context, mismatch), mismatch.span)


def _any_batch(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call):
        return
    for argument in (*node.args, *(k.value for k in node.keywords)):
        for origin in context.origins(mismatch.trail).chain(mismatch.span.chunk.span(argument)):
            if isinstance(origin.node, (ast.Tuple, ast.List)) and origin.node.elts:
                first = origin.chunk.span(origin.node.elts[0])
                edit = replacing(context.facts.source, first, "-1")
                yield Fix("Take any number of samples: -1", (edit,), preferred=True), origin.span


def none_size(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW107: a Python loop over the batch axis."""
    if mismatch.kind != "none-size":
        return None
    message = "The size is `None`: that of the batch axis is not known before there is data. Axis 1 is the first of a sample."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.NONE_SIZE, mismatch, message, _first_of_sample(context, mismatch, span), span)


def _first_of_sample(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """`x.shape[0]` as `x.shape[1]`, and with it `x[i]` as `x[:, i]` in the loop over it."""
    source = context.facts.source
    for origin in context.origins(mismatch.trail).chain(span):
        node = origin.node
        if not isinstance(node, ast.Subscript) or ast.unparse(node.slice) != "0":
            continue
        edit = replacing(source, origin.chunk.span(node.slice), "1")
        more = tuple(_indexed(context, span, node))
        if more:
            yield Fix("Run over the first axis of each sample", (edit, *more), preferred=True), origin.span
        yield Fix("Take axis 1, the first of each sample", (edit,), preferred=True), origin.span


def _indexed(context: Context, loop: Span, size: ast.Subscript) -> Iterator[Edit]:
    """The places in a loop that index what the loop counts with the number alone."""
    name = ast.unparse(size.value).removesuffix(".shape")
    for node in ast.walk(loop.chunk.tree):
        loops = [node] if isinstance(node, (ast.For, ast.comprehension)) else []
        for one in loops:
            if not isinstance(one.target, ast.Name) or not _covers(loop, one.iter):
                continue
            for part in ast.walk(loop.chunk.tree):
                if isinstance(part, ast.Subscript) and ast.unparse(part.value) == name:
                    if isinstance(part.slice, ast.Name) and part.slice.id == one.target.id:
                        start = place_of(context.facts.source, loop.chunk.span(part.slice)).start
                        yield Edit(start, ":, ")


def _covers(inner: Span, node: ast.AST) -> bool:
    span = inner.chunk.span(node)
    return span.holds(inner.line, inner.column) and span.holds(inner.end_line, inner.end_column)


def channels_first(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW205: images whose channels come first."""
    if mismatch.kind != "channels-first" or not isinstance(mismatch.subject, LayerRef):
        return None
    shape = mismatch.facts["shape"]
    message = (
        f"{mismatch.subject.class_name} takes the last axis for the channels: of {shape} that are {shape[3]} channels, and "
        f"{shape[1]} rows of {shape[2]} columns. Images of {shape[1]} channels are ({shape[2]}, {shape[3]}, {shape[1]})."
    )
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.CHANNELS_FIRST, mismatch, message, moved_channels(context, mismatch, shape), span)


def moved_channels(context: Context, mismatch: Mismatch, shape: Shape) -> Iterator[Candidate]:
    """The Input with its channels last, and the data with it where it is made in one place."""
    source = context.facts.source
    sizes = shape.sizes[1:]
    for chain in declared_shapes(context, mismatch.value, mismatch.trail):
        for fix, span in channels_last(source, chain):
            moved = [edit for data in _made_with(context, sizes) for edit in _channels_behind(source, data)]
            if moved:
                edits = (*fix.edits, *moved)
                yield Fix(f"{fix.title}, and the data with it", edits, preferred=True), span
            yield fix, span


def _channels_behind(source: Source, data: Span) -> Iterator[Edit]:
    """Data with its channels behind: the sizes of a reshape in another order where there is one channel, else a transpose."""
    node = next((n for n in ast.walk(data.chunk.tree) if isinstance(n, ast.Call) and data.chunk.span(n) == data), None)
    sizes: list[ast.expr] = []
    if called(node or ast.Pass()) == "reshape" and node is not None:
        last = node.args[-1] if node.args else None
        sizes = last.elts if isinstance(last, (ast.Tuple, ast.List)) else node.args
    if len(sizes) >= 4 and isinstance(sizes[-3], ast.Constant) and sizes[-3].value == 1:
        height, width = (data.chunk.span(size).source for size in sizes[-2:])
        yield replacing(source, data.chunk.span_between(sizes[-3], sizes[-1]), f"{height}, {width}, 1")
    else:
        yield Edit(place_of(source, data).end, ".transpose(0, 2, 3, 1)")


def _made_with(context: Context, sizes: tuple[object, ...]) -> list[Span]:
    """The expressions that are assigned arrays of such samples, each to another name."""
    found: dict[str, Span] = {}
    for chunk in context.facts.source.chunks:
        for node in ast.walk(chunk.tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                values = context.values_at(chunk.span(node.value))
                arrays = [v for v in values if isinstance(v, Tensor) and v.library is Library.NUMPY]
                shape = arrays[0].shape if len(arrays) == len(values) == 1 else None
                if shape is not None and shape.rank == len(sizes) + 1 and shape.sizes[1:] == sizes:
                    found.setdefault(ast.unparse(node.targets[0]), chunk.span(node.value))
    return list(found.values())


def maps(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW209: a classifier that gives classes for every position of its maps, and was not told targets of that shape."""
    subject = mismatch.subject
    if mismatch.kind != "maps" or subject is None or context.facts.view.has_targets(subject):
        return None
    shape = mismatch.facts["shape"]
    message = (
        f"Dense works on the last axis alone: this gives {shape[3]} classes for each of {shape[1]} times {shape[2]} positions, "
        f"{shape}. For classes of the whole image it takes a Flatten in front."
    )
    return context.repaired(rules.MAPS, mismatch, message, _flattened(context, mismatch), mismatch.span)


def _flattened(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    layer = mismatch.facts["first"]
    for name, title in (("Flatten", "Flatten the maps"), ("GlobalAveragePooling2D", "Take the mean of each map")):
        edits = layer_before(context.facts.source, layer, name)
        if edits:
            yield Fix(f"{title} in front of Dense: {name}", edits, preferred=name == "Flatten"), mismatch.span


def outer(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW302: targets beside predictions, every pair of them."""
    node = node_at(context.facts, mismatch.span) if mismatch.kind == "outer" else None
    if not isinstance(node, ast.BinOp):
        return None
    sides = [Origin(mismatch.span.chunk, node.left), Origin(mismatch.span.chunk, node.right)]
    predicted = [_is_predicted(context, mismatch, side) for side in sides]
    if not any(predicted):
        return None
    shapes = mismatch.facts["shapes"]
    size = next(shape[0] for shape in shapes if shape.rank == 1)
    message = (
        f"{shapes[0]} and {shapes[1]} are stretched to ({size}, {size}): every target with every prediction, instead of "
        "each with its own."
    )
    return context.repaired(rules.OUTER, mismatch, message, _same_axes(context, mismatch, sides, shapes), mismatch.span)


def _is_predicted(context: Context, mismatch: Mismatch, side: Origin) -> bool:
    """Whether a value comes from calling a model, or is what a loss is given."""
    for origin in context.origins(mismatch.trail).reachable(side.span):
        for node in ast.walk(origin.node):
            if not isinstance(node, ast.Call):
                continue
            if called(node) in ("predict", "predict_on_batch"):
                return True
            values = context.values_at(origin.chunk.span(node.func))
            if any(isinstance(value, (ModelRef, SequentialRef)) for value in values) or _is_model(context, values):
                return True
    return any(
        isinstance(node, ast.Name) and node.id in _loss_parameters(context, side) for node in ast.walk(side.node)
    )


def _is_model(context: Context, values: tuple[object, ...]) -> bool:
    return any(isinstance(value, Instance) and context.facts.view.kind(value) == "model" for value in values)


def _loss_parameters(context: Context, side: Origin) -> set[str]:
    """The parameters of the function around an expression, where a model is compiled with it as its loss."""
    names: set[str] = set()
    compiled = {
        argument.id
        for chunk in context.facts.source.chunks
        for node in ast.walk(chunk.tree)
        if isinstance(node, ast.Call) and called(node) == "compile"
        for argument in (*node.args, *(k.value for k in node.keywords))
        if isinstance(argument, ast.Name)
    }
    for node in ast.walk(side.chunk.tree):
        if isinstance(node, ast.FunctionDef) and node.name in compiled and any(n is side.node for n in ast.walk(node)):
            names |= {argument.arg for argument in node.args.args}
    return names


def _same_axes(context: Context, mismatch: Mismatch, sides: list[Origin], shapes: tuple[Shape, ...]) -> Iterator[Candidate]:
    source = context.facts.source
    for side, shape in zip(sides, shapes, strict=True):
        if shape.rank != 1:
            continue
        if called(side.node) in ("squeeze", "reshape", "ravel", "flatten") and isinstance(side.node, ast.Call):
            inner = side.node.args[0] if called(side.node) == "squeeze" and side.node.args else None
            if inner is not None:
                text = side.chunk.span(inner).source
                yield Fix(f"Keep both as columns: {text}", (replacing(source, side.span, text),), True), mismatch.span
        name = side.span.source
        if isinstance(side.node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            edit = Edit(place_of(source, side.span).end, "[:, None]")
            yield Fix(f"Make a column of it: {name}[:, None]", (edit,), preferred=True), mismatch.span
    for side, shape in zip(sides, shapes, strict=True):
        if shape.rank == 2 and isinstance(side.node, (ast.Name, ast.Attribute, ast.Call)):
            edit = Edit(place_of(source, side.span).end, "[:, 0]")
            yield Fix(f"Take the one column: {side.span.source}[:, 0]", (edit,)), mismatch.span


def reordered(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW403: a reshape that was meant as a transpose."""
    if mismatch.kind != "reordered":
        return None
    before, after = mismatch.facts["shape"], mismatch.facts["target"]
    message = (
        f"This cuts {before} anew into {after}: the sizes are the same in another order, but no axis is moved, and each "
        "sample holds parts of several. A transpose moves axes."
    )
    return context.repaired(rules.REORDERED, mismatch, message, _transposes(context, mismatch), mismatch.span)


def _transposes(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """`tf.reshape(x, ...)` as `tf.transpose(x, ...)`, `x.reshape(...)` as `x.transpose(...)`."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    before, after = mismatch.facts["shape"].sizes, mismatch.facts["target"].sizes
    order = ", ".join(str(before.index(size)) for size in after)
    owner = mismatch.span.chunk.span(node.func.value).source
    if mismatch.facts["function"].startswith("ndarray."):
        text = f"{owner}.transpose({order})"
    elif node.args:
        text = f"{owner}.transpose({mismatch.span.chunk.span(node.args[0]).source}, ({order}))"
    else:
        return
    yield Fix(f"Move the axes: {text}", (replacing(context.facts.source, mismatch.span, text),), True), mismatch.span
