"""What stands over each model that a program makes: its kind, its shapes, its parameters."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.interpreter.facts import Facts
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.values.keras import ModelRef, SequentialRef
from shapewright.workspace.graphs import Named, NoModel
from shapewright.workspace.questions import parameters_text, shape_text

MAX_LENSES = 3
"""How many different models of one place are shown: a function may make a different one with each call."""


@dataclass(frozen=True)
class Lens:
    """The models that one call makes, as one line for each that looks different."""

    place: Place
    titles: tuple[str, ...]


def lenses(facts: Facts) -> list[Lens]:
    """The lenses of all models that are known, in the order of the text."""
    made: dict[Span, list[ModelRef | SequentialRef]] = {}
    for model in facts.models():
        if isinstance(model.node, Span):
            made.setdefault(model.node, []).append(model)
    found = []
    for span, models in made.items():
        place = facts.source.place(span) if facts.source.holds(span.chunk) else None
        if place is not None and all(facts.view.shows(model) for model in models) and facts.gives_models(span):
            titles = tuple(dict.fromkeys(_title(facts, model) for model in models))
            found.append(Lens(place, titles[:MAX_LENSES]))
    return sorted(found, key=lambda lens: (lens.place.line, lens.place.column))


def _title(facts: Facts, model: ModelRef | SequentialRef) -> str:
    kind = "Functional" if isinstance(model, ModelRef) else "Sequential"
    parts = [kind, shape_text(facts, model), parameters_text(facts.view.parameters(model))]
    return " · ".join(part for part in parts if part)


def model_at(facts: Facts, line: int, column: int) -> Named:
    """The model that the innermost call at a position makes. Raises `NoModel`."""
    best: tuple[int, Named] | None = None
    for model in facts.models():
        place = facts.source.place(model.node) if isinstance(model.node, Span) and facts.source.holds(model.node.chunk) else None
        if place is None or not (place.line, place.column) <= (line, column) <= (place.end_line, place.end_column):
            continue
        size = place.end_line - place.line
        if best is None or size <= best[0]:
            best = size, Named("the model", model, place)
    if best is None:
        raise NoModel("there is no functional or Sequential model here")
    return best[1]
