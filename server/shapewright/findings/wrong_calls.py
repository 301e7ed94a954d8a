"""SW606, SW607: layers made with a tensor, and called with something else than their inputs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context, from_inputs
from shapewright.findings.data_repairs import Candidate, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.insertion import spelled_like
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.knowledge.keras.wrong_calls import ASKING
from shapewright.syntax.chunk import Chunk, Span
from shapewright.syntax.source import Place
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor


def tensor_for_argument(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW606: `Flatten(x)`, `Dense(10, x)`, `Add([a, b])`: the tensor belongs in a second pair of brackets."""
    if mismatch.kind == "layer-for-tensor":
        return _layer_for_tensor(context, mismatch)
    if mismatch.kind != "tensor-for-argument" or not from_inputs(mismatch.value):
        return None
    layer, argument = mismatch.facts["layer"], mismatch.facts["argument"]
    message = f"`{layer}(...)` makes a layer, which is then called on a tensor: `{layer}(...)(x)`. "
    message += f"Here a tensor is given for `{argument}`." if argument else "Here the tensors are given to make it."
    repairs = _called_afterwards(context, mismatch)
    return context.repaired(rules.TENSOR_FOR_ARGUMENT, mismatch, message, repairs, mismatch.span)


def _called_afterwards(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """The tensor taken out of the arguments, and the layer called on it."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or any(isinstance(given, ast.Starred) for given in node.args):
        return
    chunk, source = mismatch.span.chunk, context.facts.source
    name = mismatch.facts["argument"]
    tensors = [
        part
        for part in (*node.args, *(k for k in node.keywords if k.arg == name))
        if isinstance(part, ast.keyword) or name is None or (isinstance(part, ast.expr) and _is_tensor(context, chunk, part))
    ]
    if not tensors:
        return
    values = [chunk.span(part.value if isinstance(part, ast.keyword) else part).source for part in tensors]
    inputs = values[0] if len(values) == 1 else f"[{', '.join(values)}]"
    example = _EXAMPLES.get(mismatch.facts["layer"])
    if example is not None and len(node.args) + len(node.keywords) == 1:
        text = f"{chunk.span(node.func).source}({example})({inputs})"
        title = f"Say what the layer has to know, and call it: {short(text)} ({example} stands for it)"
        yield Fix(title, (replacing(source, mismatch.span, text),)), mismatch.span
        return
    rest = [chunk.span(part).source for part in (*node.args, *node.keywords) if part not in tensors]
    text = f"{chunk.span(node.func).source}({', '.join(rest)})({inputs})"
    title = f"Call the layer on it: {short(text)}"
    yield Fix(title, (replacing(source, mismatch.span, text),), preferred=True), mismatch.span


def _is_tensor(context: Context, chunk: Chunk, node: ast.expr) -> bool:
    return any(isinstance(value, Tensor) for value in context.values_at(chunk.span(node)))


def _layer_for_tensor(context: Context, mismatch: Mismatch) -> Finding | None:
    made = mismatch.value
    if not isinstance(made, LayerRef):
        return None
    name = made.class_name
    message = f"This is the layer {name} itself, and not what it gives: it is called on a tensor first, `{name}(...)(x)`."
    repairs = _call_of_layer(context, mismatch, made)
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.TENSOR_FOR_ARGUMENT, mismatch, message, repairs, span)


def _call_of_layer(context: Context, mismatch: Mismatch, made: LayerRef) -> Iterator[Candidate]:
    """`x = Flatten()` as `x = Flatten()(x)`."""
    source, span = context.facts.source, made.node
    if not isinstance(span, Span) or not source.holds(span.chunk):
        return
    tried: list[str] = []
    node = node_at(context.facts, span)
    for argument in node.args[:1] if isinstance(node, ast.Call) else ():
        if isinstance(argument, (ast.List, ast.Tuple)):  # Concatenate([a, b])
            text = span.chunk.span(argument).source
            callee = span.chunk.span(node.func).source if isinstance(node, ast.Call) else ""
            edit = replacing(source, span, f"{callee}()({text})")
            yield Fix(f"Call the layer on them: {short(callee)}()({short(text)})", (edit,), preferred=True), span
    for name in _names_before(context, span):
        if name not in tried:
            tried.append(name)
            edit = Edit(place_of(source, span).end, f"({name})")
            yield Fix(f"Call the layer on {name}: {short(span.source)}({name})", (edit,), preferred=True), span


def _names_before(context: Context, span: Span) -> list[str]:
    """Names that held a tensor before: the one that the layer is given itself, then the last assigned."""
    own: list[str] = []
    found: list[str] = []
    for chunk in context.facts.source.chunks:
        for node in ast.walk(chunk.tree):
            if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
                continue
            name = node.targets[0].id
            if chunk is span.chunk and chunk.span(node.value) == span:
                own.append(name)
                continue
            if any(isinstance(v, Tensor) for v in context.assigned_at(chunk.span(node.targets[0]))):
                place, at = place_of(context.facts.source, chunk.span(node)), place_of(context.facts.source, span)
                if (place.line, place.column) < (at.line, at.column):
                    found.append(name)
    return [*(name for name in own if name in found), *reversed(found)][:4]


def inputs_of_call(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW607: one tensor for a list, several arguments for a list, a list for one tensor."""
    if mismatch.kind not in ("one-for-list", "inputs-not-listed", "list-for-one"):
        return None
    layer = mismatch.facts["layer"]
    if mismatch.kind == "list-for-one":
        count = len(mismatch.facts["shapes"])
        message = f"{layer} takes one tensor, and this is a list of {count}. A layer such as Concatenate makes one of them."
        repairs = _joined(context, mismatch)
    elif not from_inputs(mismatch.value):
        return None
    elif mismatch.kind == "one-for-list":
        given = getattr(mismatch.value, "shape", "")
        message = f"{layer} takes a list of tensors, `{layer}()([a, b])`, and this is one: {given}."
        if layer in ASKING:
            message = f"{layer} is called on a query and a value, `{layer}(...)(query, value)`, and this is one tensor: {given}."
        repairs = _one_listed(context, mismatch)
    else:
        function = mismatch.facts.get("function", f"{layer}()")
        message = f"{layer} takes its tensors as one list: `{function}([a, b])`."
        repairs = _listed(context, mismatch)
    span = mismatch.value_span if mismatch.kind == "list-for-one" else mismatch.span
    return context.repaired(rules.INPUTS_OF_CALL, mismatch, message, repairs, span or mismatch.span)


def _listed(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """Brackets around all arguments."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or len(node.args) < 2:
        return
    chunk, source = mismatch.span.chunk, context.facts.source
    first, last = place_of(source, chunk.span(node.args[0])), place_of(source, chunk.span(node.args[-1]))
    title = "Give them as one list: put brackets around them"
    yield Fix(title, (Edit(first.start, "["), Edit(last.end, "]")), preferred=True), mismatch.span


def _one_listed(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """A list of the one tensor, of which nothing changes."""
    node = node_at(context.facts, mismatch.span)
    if isinstance(node, ast.Call) and len(node.args) == 1 and mismatch.facts["layer"] in ASKING:
        text = mismatch.span.chunk.span(node.args[0]).source
        edit = Edit(place_of(context.facts.source, mismatch.span.chunk.span(node.args[0])).end, f", {text}")
        yield Fix(f"Let it attend to itself: {short(text)} as query and value", (edit,), preferred=True), mismatch.span
        return
    if isinstance(node, ast.Call) and len(node.args) == 1 and mismatch.facts["layer"] not in ("Dot", "Attention"):
        place = place_of(context.facts.source, mismatch.span.chunk.span(node.args[0]))
        edits = (Edit(place.start, "["), Edit(place.end, "]"))
        yield Fix("Make it a list, to which others may be added: of one tensor it changes nothing", edits), mismatch.span


_EXAMPLES = {"Dense": "10", "Dropout": "0.5", "LSTM": "10", "GRU": "10", "SimpleRNN": "10", "RepeatVector": "2"}
"""Arguments that stand for those that only the user knows."""


def _joined(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    """A Concatenate around the list."""
    node, source, span = node_at(context.facts, mismatch.span), context.facts.source, mismatch.value_span
    if not isinstance(node, ast.Call) or not isinstance(span, Span):
        return
    made = mismatch.subject.node if isinstance(mismatch.subject, LayerRef) else None
    called = node_at(context.facts, made) if isinstance(made, Span) and source.holds(made.chunk) else None
    for name, what in (("Concatenate", "Join them along the last axis"), ("Add", "Add them up")):
        spelled = spelled_like(source, called.func, name) if isinstance(called, ast.Call) else None
        if spelled is not None:
            place: Place = place_of(source, span)
            edits = (Edit(place.start, f"{spelled[0]}()("), Edit(place.end, ")"), *spelled[1])
            yield Fix(f"{what}: {name}", edits, preferred=name == "Concatenate"), span
