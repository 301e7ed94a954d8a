"""SW408: shapes and outputs that are taken apart into another number of names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, short
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.layer_repairs import with_argument
from shapewright.findings.repair import place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import Tuple

_WITH_STATE = ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D")
_PART_OF_SHAPE = {(3, 2): ("[:2]", "[1:]"), (4, 2): ("[1:3]", "[:2]"), (4, 3): ("[1:]", "[:3]"), (2, 1): ("[1:]", "[:1]")}
_SAID = {"[1:]": "Leave out the first, the samples", "[1:3]": "Leave out samples and channels"}


def unpacked(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW408: `height, width = image.shape` of a colour image."""
    if mismatch.kind != "unpack":
        return None
    value, wanted, given = mismatch.value, mismatch.facts["wanted"], mismatch.facts["given"]
    names = "one name" if wanted == 1 else f"{wanted} names"
    if isinstance(value, ShapeValue):
        message = f"This shape is {value.shape}, {given} sizes, and here are {names} for them."
    elif isinstance(value, Tensor) and not value.is_symbolic:
        message = f"This array is {value.shape}, {given} parts along its first axis, and here are {names} for them."
    elif isinstance(value, Tensor):
        message = f"This is one tensor, {value.shape}, and here are {names} for it."
    else:
        message = f"These are {given} values, and here are {names} for them."
    statement = _assignment(mismatch.span)
    repairs = () if statement is None else _repairs(context, mismatch, statement)
    return context.repaired(rules.UNPACKED, mismatch, message, repairs, mismatch.span)


def _assignment(span: Span) -> ast.Assign | None:
    """The assignment whose targets these are."""
    for node in ast.walk(span.chunk.tree):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, (ast.Tuple, ast.List)) and target.elts:
                if span.chunk.span_between(target.elts[0], target.elts[-1]) == span and isinstance(node, ast.Assign):
                    return node
    return None


def _repairs(context: Context, mismatch: Mismatch, statement: ast.Assign) -> Iterator[Candidate]:
    source, span = context.facts.source, mismatch.span
    value, wanted, given = mismatch.value, mismatch.facts["wanted"], mismatch.facts["given"]
    written = span.chunk.span(statement.value)
    if isinstance(value, ShapeValue) and given > wanted:
        for part in _PART_OF_SHAPE.get((given, wanted), (f"[:{wanted}]", f"[-{wanted}:]")):
            said = _SAID.get(part, f"Take the {'first' if part.startswith('[:') else 'last'} {wanted}")
            edit = Edit(place_of(source, written).end, part)
            yield Fix(f"{said}: {short(written.source)}{part}", (edit,), preferred=True), written
    parts = value.items if isinstance(value, Tuple) else ()
    if wanted == sum(len(part.items) for part in parts if isinstance(part, Tuple)) and len(parts) == 2:
        names = [name.strip() for name in span.source.split(",")]
        if len(names) == wanted == 4:
            text = f"({', '.join(names[:2])}), ({', '.join(names[2:])})"
            yield Fix(f"They come in two pairs: {text}", (replacing(source, span, text),), preferred=True), span
    shape = value.shape if isinstance(value, Tensor) and value.library is Library.NUMPY else None
    if shape is not None and shape.rank == 2 and shape[1].size == wanted:
        edit = Edit(place_of(source, written).end, ".T")
        yield Fix(f"Take its columns: {short(written.source)}.T", (edit,), preferred=True), written
    if given > wanted and parts:
        rest = given - wanted
        text = ", _" if rest == 1 else ", *_"
        yield Fix("Give the rest a name that says it is not used: _", (Edit(place_of(source, span).end, text),), True), span
    made = value.history.producer if isinstance(value, Tensor) and value.history is not None else None
    if isinstance(made, LayerRef) and made.class_name in _WITH_STATE:
        yield from with_argument(context, made, "return_state", "True", f"Let {made.class_name} return its state as well")
