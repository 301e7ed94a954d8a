"""Shapes as the JSON of the public contract."""

from __future__ import annotations

from typing import Any

from shapewright.cli.places import place_entry
from shapewright.interpreter.facts import Fact, Facts
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value
from shapewright.workspace.programs import Program, Spot
from shapewright.workspace.ran import Ran, agrees, is_filled, source_of, unknown_places

MAX_SHAPES = 8


def entries(facts: Facts, program: Program, ran: Ran | None = None) -> list[dict[str, Any]]:
    """One entry for every expression and every assigned name whose value has a shape; `ran` is what running it told."""
    found = []
    for fact in facts.all():
        shown = [value for value in fact.values if facts.view.shows(value)]
        if len(shown) < len(fact.values):
            continue  # what is known of some ways to reach a place is not yet what it is
        if ran is not None and is_filled(facts, ran, fact):
            continue
        kinds = dict.fromkeys(facts.view.kind(value) for value in shown)
        spot = program.spot(fact.place)
        own = [_entry(facts, fact, spot, kind, [v for v in shown if facts.view.kind(v) == kind]) for kind in kinds]
        if ran is not None and agrees(facts, ran, fact):
            own = [{**entry, "confidence": "validated"} for entry in own]
        found += own
    return found + (entries_of_run(facts, ran, program) if ran is not None else [])


def _entry(facts: Facts, fact: Fact, spot: Spot, kind: str, values: list[Value]) -> dict[str, Any]:
    entry: dict[str, Any] = {**place_entry(spot), "text": fact.span.source, "kind": kind}
    if kind in ("layer", "model"):
        entry["shapes"] = [structure(facts.view.outputs(value)) for value in values[:MAX_SHAPES]]
        entry["inputs"] = structure(facts.view.inputs(values[0]))
        entry["outputs"] = structure(facts.view.outputs(values[0]))
        entry["parameters"] = facts.view.parameters(values[0])
    else:
        entry["shapes"] = [structure(facts.view.shape(value)) for value in values[:MAX_SHAPES]]
        dtypes = {facts.view.dtype(value) for value in values if isinstance(value, Tensor)}
        dtype = dtypes.pop() if len(dtypes) == 1 else None
        if dtype is not None:
            entry["dtype"] = dtype
    entry["confidence"] = "validated" if all(facts.view.is_validated(value) for value in values) else "inferred"
    return entry


def structure(value: object) -> Any:
    """A shape as a list of sizes, a structure of shapes as an object, an unknown rank as null."""
    if isinstance(value, Shape):
        return list(value.sizes)
    if isinstance(value, dict):
        return {key: structure(item) for key, item in value.items()}
    return None


def entries_of_run(facts: Facts, ran: Ran, program: Program) -> list[dict[str, Any]]:
    """One entry for every place that only running the file told of."""
    found = []
    for place, seen in unknown_places(facts, ran):
        entry: dict[str, Any] = {**place_entry(program.spot(place)), "text": source_of(facts, place), "kind": seen.kind}
        entry["shapes"] = [structure(shape) for shape in seen.shapes[:MAX_SHAPES]]
        if seen.ends is not None:
            entry["inputs"], entry["outputs"] = map(structure, seen.ends)
        if seen.dtype is not None:
            entry["dtype"] = seen.dtype
        found.append({**entry, "confidence": "validated"})
    return found
