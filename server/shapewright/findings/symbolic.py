"""SW604: Keras tensors given to TensorFlow or NumPy."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from shapewright.findings import rules
from shapewright.findings.context import Context, from_inputs
from shapewright.findings.data_repairs import Candidate
from shapewright.findings.finding import Edit, Finding, Fix
from shapewright.findings.repair import node_at, place_of, replacing
from shapewright.interpreter.mismatch import Mismatch
from shapewright.knowledge.registry import FUNCTIONS
from shapewright.syntax.source import Source

_NAMES = {
    "concat": "concatenate",
    "reduce_sum": "sum",
    "reduce_mean": "mean",
    "reduce_max": "max",
    "reduce_min": "min",
    "reduce_prod": "prod",
    "clip_by_value": "clip",
    "pow": "power",
}
"""What functions of TensorFlow are called in keras.ops, where that differs."""


def keras_tensor(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW604: a function of TensorFlow or NumPy called on a Keras tensor."""
    if mismatch.kind != "symbolic" or mismatch.facts["shape"] is None or not from_inputs(mismatch.value):
        return None
    if context.is_keras_2:
        return None
    library = "TensorFlow" if mismatch.facts["function"].startswith("tensorflow") else "NumPy"
    message = (
        f"This is a Keras tensor, {mismatch.facts['shape']}, which holds no numbers yet: functions of {library} do not take it. "
        "Use `keras.ops`, or a layer around it."
    )
    return context.repaired(rules.SYMBOLIC, mismatch, message, _with_ops(context, mismatch), mismatch.span)


def _with_ops(context: Context, mismatch: Mismatch) -> Iterator[Candidate]:
    name = mismatch.facts["function"].rpartition(".")[2]
    node = node_at(context.facts, mismatch.span)
    same = _NAMES.get(name, name)
    if not isinstance(node, ast.Call) or f"keras.ops.{same}" not in FUNCTIONS:
        return
    source = context.facts.source
    module, imports = _ops(source)
    span = mismatch.span.chunk.span(node.func)
    edits = (replacing(source, span, f"{module}.{same}"), *imports)
    yield Fix(f"Use {module}.{same}", edits, preferred=True), mismatch.span


def _ops(source: Source) -> tuple[str, tuple[Edit, ...]]:
    """How the program can write `keras.ops`, and the import that it may need for that."""
    tensorflow, first = None, None
    for chunk in source.chunks:
        for node in chunk.tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__":
                first = first or place_of(source, chunk.span(node)).start
            for alias in node.names if isinstance(node, ast.Import) else ():
                if alias.name == "keras":
                    return f"{alias.asname or 'keras'}.ops", ()
                if alias.name == "tensorflow":
                    tensorflow = alias.asname or "tensorflow"
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if (node.module, alias.name) == ("keras", "ops"):
                        return alias.asname or "ops", ()
                    if (node.module, alias.name) == ("tensorflow", "keras"):
                        return f"{alias.asname or 'keras'}.ops", ()
    if tensorflow is not None or first is None:
        return f"{tensorflow}.keras.ops", ()
    return "keras.ops", (Edit(first, "import keras\n"),)
