"""SW6xx: arguments that Keras does not take, and models that do not hang together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.insertion import input_before
from shapewright.findings.repair import node_at, place_of, replacing, without_first_item
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor


def removed_argument(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW601: an argument of Keras 2 that Keras 3 refuses."""
    if mismatch.kind != "removed" or mismatch.value_span is None or context.is_keras_2:
        return None
    name = mismatch.facts["argument"]
    message = f"Keras 3 layers do not take `{name}`."
    message += " An Input in front says what the model is given, `batch_shape` with its batch axis."
    if name == "batch_input_shape":
        proposed = _input_fixes(context, mismatch.span, mismatch.value_span)
    else:
        without = without_argument(context, mismatch.span, mismatch.value_span)
        proposed = [] if without is None else [Fix("Leave it out", (without,), preferred=True)]
    fixes = context.proof.proven(mismatch, proposed)
    return context.finding(rules.REMOVED, mismatch.value_span, message, mismatch, fixes)


def _input_fixes(context: Context, call: Span, value: Span) -> list[Fix]:
    """An `Input` in front of the layer, and the argument gone."""
    node = node_at(context.facts, value)
    shorter = without_first_item(value, node) if node is not None else None
    first = node.elts[0] if isinstance(node, (ast.Tuple, ast.List)) and node.elts else None
    open_batch = isinstance(first, ast.Constant) and first.value is None
    argument = f"shape={shorter}" if open_batch and shorter is not None else f"batch_shape={value.source}"
    without = without_argument(context, call, value)
    insert = input_before(context.facts.source, call, argument)
    if without is None or not insert:
        return []
    return [Fix(f"Put an Input in front: Input({' '.join(argument.split())})", (*insert, without), preferred=True)]


def without_argument(context: Context, call: Span, value: Span) -> Edit | None:
    """The edit that takes a keyword argument out of a call, with the comma that belongs to it."""
    node = next((n for n in ast.walk(call.chunk.tree) if isinstance(n, ast.Call) and call.chunk.span(n) == call), None)
    if node is None:
        return None
    parts = [call.chunk.span(part) for part in (*node.args, *node.keywords)]
    parts.sort(key=lambda span: (span.line, span.column))
    at = next((n for n, part in enumerate(parts) if part.holds(value.line, value.column)), None)
    if at is None:
        return None
    own = place_of(context.facts.source, parts[at])
    if at:
        before = place_of(context.facts.source, parts[at - 1])
        return Edit(before.end.before(own.end), "")
    if len(parts) > 1:
        after = place_of(context.facts.source, parts[1])
        return Edit(own.before(after), "")
    return Edit(own, "")


def disconnected(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW602: an output that is computed from an Input that the model does not have."""
    if mismatch.kind != "disconnected":
        return None
    output, missing = mismatch.facts["output"], mismatch.facts["missing"]
    related = []
    for tensor in missing:
        place = context.facts.source.place(tensor.history.node) if tensor.history.node is not None else None
        if place is not None:
            related.append(Related(place, "the Input that is not among the model's inputs"))
    shape = "" if output.shape is None else f", {output.shape},"
    message = f"The output{shape} is computed from an Input that is not among the model's inputs."
    span = mismatch.value_span or mismatch.span
    return context.repaired(
        rules.DISCONNECTED, mismatch, message, _connections(context, span, missing), span, tuple(related)
    )


def _connections(context: Context, span: Span, missing: tuple[Tensor, ...]) -> Iterator[tuple[Fix, Span]]:
    """The Input that is missing, as the program can write it: in place of what is given, or beside it."""
    facts = context.facts
    wanted = {id(tensor.history) for tensor in missing}
    names: list[str] = []
    for fact in facts.all():
        name = fact.node
        if not isinstance(name, ast.Name) or not isinstance(name.ctx, ast.Store) or not fact.is_global:
            continue
        for value in fact.values:
            taken = facts.view.model_input(value) if isinstance(value, (ModelRef, SequentialRef)) else value
            if isinstance(taken, Tensor) and id(taken.history) in wanted:
                names.append(name.id if taken is value else f"{name.id}.input")
    node = node_at(facts, span)
    for wanting in dict.fromkeys(names):
        text = f"[{wanting}]" if isinstance(node, ast.List) and len(node.elts) == 1 else wanting
        edit = replacing(facts.source, span, text)
        yield Fix(f"Take the Input that it is computed from: {wanting}", (edit,), preferred=True), span
        if isinstance(node, ast.List) and node.elts:
            edit = Edit(place_of(facts.source, span.chunk.span(node.elts[-1])).end, f", {wanting}")
            yield Fix(f"Add the Input that is missing: {wanting}", (edit,), preferred=True), span
        elif node is not None:
            edit = replacing(facts.source, span, f"[{span.source}, {wanting}]")
            yield Fix(f"Add the Input that is missing: [{span.source}, {wanting}]", (edit,), preferred=True), span


def int_for_tuple(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW603: a number where a shape is asked for."""
    if mismatch.kind != "int" or (not isinstance(mismatch.subject, LayerRef) and context.is_keras_2):
        return None  # the Input of Keras 2 takes a number
    name = mismatch.facts["argument"]
    span = mismatch.subject.spans.get(name) if isinstance(mismatch.subject, LayerRef) else mismatch.value_span
    fixes: tuple[Fix, ...] = ()
    if isinstance(span, Span):
        second = mismatch.facts.get("rest")
        text = f"{span.source}," if second is None else f"{span.source}, {second.source}"
        whole = span if second is None else replace(span, end_line=second.end_line, end_column=second.end_column)
        fix = Fix(f"Make it a tuple: ({text})", (replacing(context.facts.source, whole, f"({text})"),), preferred=True)
        fixes = context.proof.proven(mismatch, [fix])
    message = f"`{name}` is a shape: a tuple, also for one axis."
    where = span if isinstance(span, Span) else mismatch.span
    return context.finding(rules.INT_FOR_TUPLE, where, message, mismatch, fixes)


def sizes_of_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW608: an Input whose shape is not one flat tuple of whole numbers."""
    if mismatch.kind != "sizes":
        return None
    size, name = mismatch.facts["size"], mismatch.facts["argument"]
    if name == "both":
        message = "`shape` is one sample's shape, `batch_shape` the same with the batch axis in front: one of them is enough."
        repairs = _without_shape(context, mismatch)
        return context.repaired(rules.SIZES, mismatch, message, repairs, mismatch.value_span or mismatch.span)
    message = f"`{name}` is one flat tuple of whole numbers, or `None` for a size that may be any, and one of them is {size}."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.SIZES, mismatch, message, _whole_sizes(context, mismatch, span), span)


def _without_shape(context: Context, mismatch: Mismatch) -> Iterator[tuple[Fix, Span]]:
    for key, title in (("batch_shape", "Leave `batch_shape` out"), ("shape", "Leave `shape` out")):
        span = mismatch.facts["spans"].get(key)
        edit = without_argument(context, mismatch.span, span) if isinstance(span, Span) else None
        if edit is not None and isinstance(span, Span):
            yield Fix(title, (edit,), preferred=True), span


def _whole_sizes(context: Context, mismatch: Mismatch, span: Span) -> Iterator[tuple[Fix, Span]]:
    """Whole division, the items of a tuple instead of it, `None` for -1."""
    source, origins, position = context.facts.source, context.origins(mismatch.trail), mismatch.facts["position"]
    for origin in origins.chain(span):
        node = origin.node
        if not isinstance(node, (ast.Tuple, ast.List)) or position >= len(node.elts):
            continue
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return
        for item in origins.chain(origin.chunk.span(node.elts[position])):
            text, value = item.span.source, item.node
            if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Div):
                left, right = (item.chunk.span(side).source for side in (value.left, value.right))
                edit = replacing(source, item.span, f"{left} // {right}")
                yield Fix(f"Divide whole numbers: {left} // {right}", (edit,), preferred=True), item.span
            elif isinstance(value, ast.Constant) and isinstance(value.value, float) and value.value.is_integer():
                edit = replacing(source, item.span, str(int(value.value)))
                yield Fix(f"Give a whole number: {int(value.value)}", (edit,), preferred=True), item.span
            elif isinstance(value, ast.Constant) and isinstance(value.value, str):
                whole = value.value.strip()
                if whole == "None" or whole.isdigit():
                    yield Fix(f"Give it without quotes: {whole}", (replacing(source, item.span, whole),), True), item.span
            elif isinstance(value, ast.UnaryOp) and text.replace(" ", "") == "-1":
                edit = replacing(source, item.span, "None")
                yield Fix("Any size is None: the -1 of reshape", (edit,), preferred=True), item.span
            elif isinstance(value, (ast.Tuple, ast.List, ast.Subscript, ast.Attribute)):
                edit = Edit(place_of(source, item.span).start, "*")
                yield Fix(f"Put its sizes into the shape: *{text}", (edit,), preferred=True), item.span
                break
        place = place_of(source, origin.chunk.span(node.elts[position]))
        if not isinstance(mismatch.facts["value"], float):
            return
        edits = (Edit(place.start, "int("), Edit(place.end, ")"))
        yield Fix("Make it a whole number: int(...)", edits, preferred=True), origin.chunk.span(node.elts[position])


def declared_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW620: a comment or an annotation that says another shape than the value has."""
    if mismatch.kind != "declared":
        return None
    message = f"This is {mismatch.facts['shape']}, declared is {mismatch.facts['declared']}."
    return context.finding(rules.DECLARED, mismatch.span, message, mismatch, ())
