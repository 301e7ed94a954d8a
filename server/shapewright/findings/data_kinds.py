"""SW506 to SW508: data of a kind that a method does not take, and inputs without data."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.api import without_argument
from shapewright.findings.context import Context
from shapewright.findings.data_repairs import Candidate, library_name
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Source


def list_for_array(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW507: lists of numbers in place of arrays. Keras 2 made arrays of them."""
    if mismatch.kind != "kind-list" or context.is_keras_2:
        return None
    method = mismatch.facts["method"]
    message = f"`{method}` takes arrays, and this is a Python list of numbers. A list is taken for one array for each input."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.DATA_KIND, mismatch, message, _as_arrays(context, mismatch, span), span)


def _as_arrays(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """All lists of the call as arrays."""
    source = context.facts.source
    name = library_name(source, "numpy")
    imported: tuple[Edit, ...] = ()
    if name is None:
        name, imported = "np", _numpy_imported(source)
    spans = [mismatch.facts["spans"][key] for key in mismatch.facts["lists"]]
    if not all(isinstance(given, Span) for given in spans):
        return
    edits: list[Edit] = [*imported]
    for given in spans:
        place = place_of(source, given)
        edits += (Edit(place.start, f"{name}.array("), Edit(place.end, ")"))
    yield Fix(f"Make arrays of the lists: {name}.array(...)", tuple(edits), preferred=True), span


def _numpy_imported(source: Source) -> tuple[Edit, ...]:
    """An import of NumPy in front of the first import."""
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__":
                return (Edit(place_of(source, chunk.span(node)).start, "import numpy as np\n"),)
    return ()


def beside_dataset(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW508: targets or weights beside a dataset."""
    if mismatch.kind != "kind-beside":
        return None
    kind, name = mismatch.facts["dataset"], mismatch.facts["argument"]
    if name == "validation_split":
        message = f"`validation_split` takes the last part of arrays, and a {kind} comes batch by batch: it cannot be split so."
        return _left_out(context, mismatch, message)
    what = "targets" if name == "y" else "sample weights"
    message = f"A {kind} gives the {what} itself, with the samples: `{name}` is not given beside it."
    return _left_out(context, mismatch, message)


def _left_out(context: Context, mismatch: Mismatch, message: str) -> Finding:
    span, name = mismatch.value_span or mismatch.span, mismatch.facts["argument"]
    edit = without_argument(context, mismatch.span, span)
    candidates = [] if edit is None else [(Fix(f"Leave `{name}` out", (edit,), preferred=True), span)]
    return context.repaired(rules.BESIDE_DATASET, mismatch, message, candidates, span)


def input_missing(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW506: a dict that lacks one of the model's inputs."""
    if mismatch.kind != "key":
        return None
    facts = mismatch.facts
    missing = ", ".join(f"`{name}`" for name in facts["missing"])
    message = f"The model has the inputs {', '.join(facts['names'])}, and this dict has nothing for {missing}."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.INPUT_MISSING, mismatch, message, _renamed(context, mismatch, span), span)


def _renamed(context: Context, mismatch: Mismatch, span: Span) -> Iterator[Candidate]:
    """The one key that no input has as the name of the one input that is missing."""
    missing, unknown = mismatch.facts["missing"], mismatch.facts["unknown"]
    if len(missing) != 1 or len(unknown) != 1:
        return
    for origin in context.origins(mismatch.trail).chain(span):
        for key in origin.node.keys if isinstance(origin.node, ast.Dict) else ():
            if isinstance(key, ast.Constant) and key.value == unknown[0]:
                where = origin.chunk.span(key)
                text = where.source[0] + missing[0] + where.source[0]
                edit = replacing(context.facts.source, where, text)
                yield Fix(f"Call it as the Input is called: {text}", (edit,), preferred=True), where
