"""What an editor asks of an analysis, answered in plain data: hover texts, inlay hints, the model's summary."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from shapewright.interpreter.facts import Fact, Facts
from shapewright.interpreter.inputs import InputSource
from shapewright.syntax.chunk import Chunk, Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value

MAX_ROWS = 40
"""How many layers the summary in a hover lists."""


@dataclass(frozen=True)
class Hover:
    """A text in Markdown and the place it is about."""

    markdown: str
    place: Place


@dataclass(frozen=True)
class Hint:
    """A shape to show behind an assigned name."""

    line: int
    column: int
    label: str
    tooltip: str


# -- hover


def hover(facts: Facts, line: int, column: int) -> Hover | None:
    """What to say about the code at a position (from 0, in code points); `None` where there is no shape."""
    argument = _shape_argument(facts, line, column)
    if argument is not None:
        return argument
    fact = facts.at(line, column)
    if fact is None or not _points_at(facts, fact, line, column):
        return None
    shown = [value for value in fact.values if facts.view.shows(value)]
    if not shown or len(shown) < len(fact.values):
        return None
    return Hover(_markdown(facts, fact, shown), fact.place)


def _points_at(facts: Facts, fact: Fact, line: int, column: int) -> bool:
    """Whether a position is on the thing itself, not on a part of it that has no shape: on a name, on the last word of
    what is called, on brackets and operators, but not on the `np` of `np.zeros(3)` nor on its 3."""
    here = (line - fact.place.line + fact.span.line, column)
    for part in ast.iter_child_nodes(fact.node):
        if not isinstance(part, (ast.expr, ast.keyword)):
            continue
        span = fact.span.chunk.span(part)
        if not (span.line, span.column) <= here < (span.end_line, span.end_column):
            continue
        if not isinstance(fact.node, ast.Call) or part is not fact.node.func:
            return False
        if isinstance(part, ast.Attribute):
            return here[0] == span.end_line and column >= span.end_column - len(part.attr)
        return isinstance(part, ast.Name)
    return True


def _markdown(facts: Facts, fact: Fact, values: list[Value]) -> str:
    name = _name(fact)
    fence = "\n".join(f"{name}: {shape_text(facts, value)}" for value in values)
    parts = [f"```\n{fence}\n```", _about(facts, values[0]) if len(values) == 1 else _several(values)]
    if len(values) == 1 and isinstance(values[0], (ModelRef, SequentialRef)):
        parts.append(f"```\n{summary(facts, values[0], MAX_ROWS)}\n```")
    return "\n".join(part for part in parts if part)


def _several(values: list[Value]) -> str:
    return f"{len(values)} different shapes, one for each way this code is reached."


def _name(fact: Fact) -> str:
    """What a hover calls the thing: a name as it is, a longer expression shortened to one line."""
    if isinstance(fact.node, ast.arg):
        return fact.node.arg
    text = " ".join(fact.span.source.split())
    return text if len(text) <= 48 else text[:45] + "..."


def shape_text(facts: Facts, value: Value) -> str:
    """The shape of a value as one line: `(None, 10)`, or `(None, 3, 1) → (None, 10)` for a layer or model."""
    if isinstance(value, (LayerRef, ModelRef, SequentialRef)):
        inputs, outputs = facts.view.inputs(value), facts.view.outputs(value)
        return f"{structure_text(inputs)} → {structure_text(outputs)}"
    return structure_text(facts.view.shape(value))


def structure_text(structure: object) -> str:
    """A shape, or several of them by position or name, as one line."""
    if isinstance(structure, dict):
        named = not all(key.isdigit() for key in structure)
        items = [f"{key}: {structure_text(s)}" if named else structure_text(s) for key, s in structure.items()]
        return ("{" + ", ".join(items) + "}") if named else "[" + ", ".join(items) + "]"
    return "?" if structure is None else str(structure)


def _about(facts: Facts, value: Value) -> str:
    """The line below the shape: dtype, what made it, parameters; then what `None` means."""
    lines = []
    if isinstance(value, Tensor):
        pieces = [facts.view.dtype(value) or "", *_made_by(facts, value)]
        lines.append(" · ".join(piece for piece in pieces if piece))
        shape = facts.view.shape(value)
        if value.is_symbolic and shape is not None and shape.rank and shape[0].is_dynamic:
            lines.append("`None` is the batch axis: any number of samples.")
    elif isinstance(value, (LayerRef, ModelRef, SequentialRef)):
        kind = value.class_name if isinstance(value, LayerRef) else _model_kind(value)
        pieces = [f"`{kind}`", parameters_text(facts.view.parameters(value))]
        lines.append(" · ".join(piece for piece in pieces if piece))
    if facts.view.answers is not None and facts.view.is_validated(value):
        lines.append(f"Validated by Keras {facts.view.answers.keras}.")
    return "  \n".join(line for line in lines if line)


def _model_kind(value: Value) -> str:
    return "Sequential" if isinstance(value, SequentialRef) else "Functional"


def _made_by(facts: Facts, tensor: Tensor) -> list[str]:
    """The layer call that made a tensor, and the layer's parameters."""
    history = tensor.history
    if history is None:
        return []
    producer = history.producer
    if isinstance(producer, InputSource):
        return ["`Input`"]
    if isinstance(producer, (LayerRef, ModelRef, SequentialRef)):
        text = _call_text(producer.node) if isinstance(producer, LayerRef) else _model_kind(producer)
        return [f"`{text}`", parameters_text(facts.view.parameters(producer))]
    return []


def _call_text(span: object) -> str:
    """`LSTM(10)` for `keras.layers.LSTM(10)`: the class and its arguments, shortened."""
    if not isinstance(span, Span):
        return "layer"
    text = " ".join(span.source.split())
    head, bracket, arguments = text.partition("(")
    text = head.rsplit(".", 1)[-1] + bracket + arguments
    return text if len(text) <= 60 else text[:57] + "..."


def parameters_text(count: int | None) -> str:
    """`480 parameters`; empty where the number is not known or there are none."""
    if not count:
        return ""
    return "1 parameter" if count == 1 else f"{count:,} parameters"


def _shape_argument(facts: Facts, line: int, column: int) -> Hover | None:
    """On the word `shape` (or `input_shape`, `batch_shape`) of an Input: what it means and what the tensor becomes."""
    found = facts.source.chunk_at(line)
    if found is None:
        return None
    chunk, inner = found
    for node in ast.walk(chunk.tree):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            if keyword.arg not in ("shape", "input_shape", "batch_shape"):
                continue
            start = chunk.column(keyword.lineno - 1, keyword.col_offset)
            if keyword.lineno - 1 != inner or not start <= column <= start + len(keyword.arg):
                continue
            became = _declared_by(facts, node, keyword.arg)
            first = facts.source.place(chunk.span(node))
            if became is None or first is None:
                return None
            place = Place(line, start, line, start + len(keyword.arg))
            return Hover(_explain_shape(keyword.arg, chunk.span(keyword.value).source, became), place)
    return None


def _declared_by(facts: Facts, call: ast.Call, keyword: str) -> Shape | None:
    """The shape of the symbolic input that a call of Input, or of a first layer with `input_shape`, makes."""
    for fact in facts.all():
        if fact.node is call:
            for value in fact.values:
                if isinstance(value, Tensor) and value.shape is not None and value.history is not None:
                    return value.shape if isinstance(value.history.producer, InputSource) else None
                if isinstance(value, LayerRef) and keyword == "input_shape":
                    shape = facts.view.inputs(value)
                    return shape if isinstance(shape, Shape) else None
    return None


def _explain_shape(keyword: str, written: str, became: Shape) -> str:
    fence = f"```\n{keyword}={' '.join(written.split())} → {became}\n```\n"
    if keyword == "batch_shape":
        return fence + "The shape of a whole batch, its batch axis included."
    return fence + (
        "The shape of **one sample**, without the batch axis: Keras adds that in front, as `None` (any number of samples)."
    )


# -- inlay hints


def hints(
    facts: Facts, first_line: int, last_line: int, max_length: int = 60, variables: bool = True, calls: bool = False
) -> list[Hint]:
    """The shapes to show in some lines of the buffer: behind the names that are assigned, and behind calls whose value no
    name gets, such as the layers in the list of a Sequential model."""
    found: dict[tuple[int, int], Hint] = {}
    named: dict[Chunk, set[ast.AST]] = {}
    for fact in facts.in_lines(first_line, last_line):
        is_call = calls and isinstance(fact.node, ast.Call)
        if not ((variables and fact.is_target) or is_call) or not first_line <= fact.place.end_line <= last_line:
            continue
        shown = [value for value in fact.values if facts.view.shows(value)]
        if not shown or len(shown) < len(fact.values) or (isinstance(shown[0], LayerRef) and not is_call):
            continue
        if is_call and fact.node in named.setdefault(fact.span.chunk, _named_or_called(fact.span.chunk)):
            continue
        is_layer = isinstance(shown[0], LayerRef)
        texts = (structure_text(facts.view.outputs(v)) if is_layer else shape_text(facts, v) for v in shown)
        label = " | ".join(dict.fromkeys(texts))
        if len(label) > max_length:
            label = label[: max_length - 1] + "…"
        line, column = fact.place.end_line, fact.place.end_column
        if isinstance(fact.node, ast.arg):
            column = fact.place.column + len(fact.node.arg)
        label = f" → {label}" if is_layer else f": {label}"
        found.setdefault((line, column), Hint(line, column, label, _markdown(facts, fact, shown)))
    return list(found.values())


def _named_or_called(chunk: Chunk) -> set[ast.AST]:
    """The expressions whose value a name gets, or that are called at once: their shape shows elsewhere."""
    found: set[ast.AST] = set()
    for node in ast.walk(chunk.tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            found.add(node.value)
        elif isinstance(node, ast.Call):
            found.add(node.func)
    return found


# -- summary


def summary(facts: Facts, model: Value, max_rows: int = 1000) -> str:
    """The table that `model.summary()` prints, as plain text."""
    rows = [("Layer (type)", "Output shape", "Param #")]
    declared = facts.view.model_input(model)
    if isinstance(declared, Tensor):
        rows.append(("input (InputLayer)", str(declared.shape), "0"))
    layers = facts.view.layers(model) or []
    for layer in layers[:max_rows]:
        kind = layer.class_name if isinstance(layer, LayerRef) else _model_kind(layer)
        count = facts.view.parameters(layer)
        name = facts.layer_names.get(layer, "layer")
        rows.append(
            (f"{name} ({kind})", structure_text(facts.view.outputs(layer)), "?" if count is None else f"{count:,}")
        )
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    lines = [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}" for a, b, c in rows]
    if len(layers) > max_rows:
        lines.append(f"… and {len(layers) - max_rows} more layers")
    total = facts.view.parameters(model)
    lines.append("Total params: " + ("?" if total is None else f"{total:,}"))
    return "\n".join(lines)
