"""SW1xx: the batch axis in the wrong place."""

from __future__ import annotations

import ast

from shapewright.findings import rules
from shapewright.findings.context import Context, needs, source_of
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.repair import node_at, numpy_name, place_of, replacing, without_first_item
from shapewright.interpreter.layers import InputSource
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place
from shapewright.tensors.shape import Shape
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor

_BATCH_WORDS = ("batch", "sample", "n_train", "num_train")


def batch_in_input_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW101: a layer got one axis too many, and the Input's shape begins with what looks like the batch axis."""
    if mismatch.kind == "rank":
        tensor = mismatch.value
        wanted, found = mismatch.facts.get("expected"), mismatch.facts.get("shape")
        if not isinstance(found, Shape) or not isinstance(wanted, int) or found.rank != wanted + 1:
            return None
    elif mismatch.kind in ("data-rank", "data-size", "data-inside"):
        tensor = mismatch.facts.get("declared")
    else:
        return None
    origin = source_of(tensor if isinstance(tensor, Tensor) else None)
    if origin is None:
        return None
    declared, source = origin
    key = next((k for k in ("shape", "input_shape") if source.spans.get(k) is not None), None)
    if key is None or declared.shape is None or declared.shape.rank < 2:
        return None
    span: Span = source.spans[key]
    node = node_at(context.facts, span)
    shorter = without_first_item(span, node) if node is not None else None
    reason = (
        None if _one_sample(context, mismatch, declared.shape) else _looks_like_batch(context, declared.shape, node)
    )
    if shorter is None or reason is None:
        return None
    fixes = context.proof.proven(mismatch, _fixes(context, source, span, key, shorter))
    if not fixes:
        return None
    written = _written(span)
    message = (
        f"`{key}` is the shape of one sample, and Keras adds the batch axis itself: {key}={written} makes this "
        f"{declared.shape}, with {declared.shape.rank} axes. {reason}"
    )
    if isinstance(mismatch.subject, LayerRef) and mismatch.kind == "rank":
        asked = needs(mismatch.subject, mismatch.facts["expected"])
        related = context.raised_at(mismatch, asked)
        message += f" {asked}: leave the batch axis out."
    else:
        related = context.raised_at(mismatch, "this is where Keras would raise")
    return context.finding(rules.BATCH_IN_INPUT, span, message, mismatch, fixes, related)


def _written(span: Span) -> str:
    """A piece of source on one line."""
    return " ".join(span.source.split())


def _one_sample(context: Context, mismatch: Mismatch, declared: Shape) -> bool:
    """Whether a model is only asked about one sample: of such data nobody can tell that its first axis counts samples."""
    given = mismatch.value
    if not isinstance(given, Tensor) or given.shape is None or given.shape.sizes != declared.sizes[1:]:
        return False
    if mismatch.facts.get("method") not in ("predict", "__call__") or declared.sizes[1] == 1:
        return False
    return all(other.facts.get("method") not in ("fit", "evaluate") for other in context.facts.mismatches)


def _looks_like_batch(context: Context, declared: Shape, node: ast.AST | None) -> str | None:
    """Why the first size of an Input's shape is taken for the batch axis; `None` where nothing says so."""
    first, sizes = declared[1], declared.sizes[1:]
    if isinstance(node, (ast.Tuple, ast.List)) and node.elts:
        text = ast.unparse(node.elts[0]).lower()
        if any(word in text for word in _BATCH_WORDS):
            return f"`{ast.unparse(node.elts[0])}` is named like the batch axis."
    if first.size is None and len(sizes) > 1:
        return "Its first `None` is the batch axis, its second the `None` that was written."
    if len(sizes) > 1:
        arrays = [(node, span, array.shape) for node, span, array in context.facts.arrays() if array.shape is not None]
        alike = [(node, span) for node, span, shape in arrays if shape.sizes == sizes]
        batched = any(shape.rank > len(sizes) and shape.sizes[1:] == sizes for *_, shape in arrays)
        if alike and not batched:  # where there are batches of such samples, that shape is one sample's
            _, span = min(alike, key=lambda found: not isinstance(found[0], ast.Name))
            return f"`{_short(span)}` has just this shape, its first axis counting the samples."
    if first.size == 1 and len(sizes) > 1:
        return "The 1 in front looks like a batch of one sample."
    return None


def _short(span: Span) -> str:
    text = _written(span)
    return text if len(text) <= 40 else text[:37] + "..."


def _fixes(context: Context, source: InputSource, span: Span, key: str, shorter: str) -> list[Fix]:
    facts = context.facts
    flat = " ".join(shorter.split())
    out = Fix(f"Leave the batch axis out: {key}={flat}", (replacing(facts.source, span, shorter),), preferred=True)
    if key != "shape":
        return [out]
    keyword = _keyword_place(context, source, span)
    if keyword is None:
        edit = Edit(place_of(facts.source, span).start, "batch_shape=")
    else:
        edit = Edit(keyword, "batch_shape")
    return [out, Fix(f"Say that it is a whole batch: batch_shape={_written(span)}", (edit,))]


def _keyword_place(context: Context, source: InputSource, span: Span) -> Place | None:
    """Where `shape` stands in `shape=...`; `None` where the shape is given by position."""
    call = node_at(context.facts, source.span)
    if not isinstance(call, ast.Call):
        return None
    for keyword in call.keywords:
        if keyword.arg == "shape" and span.chunk.span(keyword.value) == span:
            first = context.facts.source.place(span.chunk.span(keyword))
            if first is not None:
                return Place(first.line, first.column, first.line, first.column + len("shape"))
    return None


def batch_missing_in_data(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW102, SW103: the data has the shape of one sample."""
    if mismatch.kind not in ("data-rank", "data-size", "data-inside", "data-one-sample"):
        return None
    data, declared, span = mismatch.value, mismatch.facts.get("declared"), mismatch.value_span
    if not isinstance(data, Tensor) or not isinstance(declared, Tensor) or span is None:
        return None
    given = mismatch.facts.get("shape", data.shape) if mismatch.kind != "data-inside" else data.shape
    if declared.shape is None or given is None:
        return None
    sample = declared.shape.dims[1:]
    if given.rank != len(sample) or any(
        want.is_known and have.size != want.size for have, want in zip(given, sample, strict=True)
    ):
        return None
    rule = rules.SAMPLE_AS_BATCH if mismatch.kind == "data-one-sample" else rules.BATCH_MISSING
    fixes = context.proof.proven(mismatch, _batch_fixes(context, span, mismatch))
    method = mismatch.facts.get("method", "__call__")
    caller = "Calling a model" if method == "__call__" else f"`{method}`"
    message = (
        f"{caller} takes a batch of samples, {declared.shape}, and this is one sample: {given}. "
        "Its first axis would be taken for the batch axis."
    )
    if rule is rules.SAMPLE_AS_BATCH:
        message += f" Keras adds a last axis of size 1 and runs, as {given[0]} samples."
    related = _input_place(context, declared)
    return context.finding(rule, span, message, mismatch, fixes, related)


def stateful_batch(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW104: a stateful layer behind an Input that leaves the batch open."""
    if mismatch.kind != "stateful":
        return None
    message = (
        f"`stateful=True` keeps one state for each sample of a batch, so the batch needs a size, and in "
        f"{mismatch.facts['shape']} it is `None`: give the Input a `batch_size` (or a `batch_shape`)."
    )
    origin = source_of(mismatch.value if isinstance(mismatch.value, Tensor) else None)
    related = () if origin is None else _input_place(context, origin[0])
    return context.finding(rules.STATEFUL, mismatch.span, message, mismatch, (), related)


def _input_place(context: Context, declared: Tensor) -> tuple[Related, ...]:
    origin = source_of(declared)
    if origin is None or origin[1].span is None:
        return ()
    place = context.facts.source.place(origin[1].span)
    return () if place is None else (Related(place, f"the model's input is declared here: {declared.shape}"),)


def _batch_fixes(context: Context, span: Span, mismatch: Mismatch) -> list[Fix]:
    """Batch a dataset; keep the batch axis when one sample was picked, else add one."""
    node = node_at(context.facts, span)
    source = context.facts.source
    fixes = []
    if mismatch.facts.get("dataset"):
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
            return []
        place = place_of(source, span)
        return [Fix(f"Make batches of 32: {_short(span)}.batch(32)", (Edit(place.end, ".batch(32)"),), preferred=True)]
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Constant, ast.Name)):
        index = span.chunk.span(node.slice)
        text = index.source
        after = f"{text}:{text} + 1"
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int) and node.slice.value >= 0:
            after = f"{text}:{node.slice.value + 1}"
        whole = span.source.replace(f"[{text}]", f"[{after}]")
        fixes.append(Fix(f"Keep the batch axis: {whole}", (replacing(source, index, after),), preferred=True))
    numpy = numpy_name(source)
    text = _short(span)
    if numpy is not None:
        place = place_of(source, span)
        edits = (Edit(place.start, f"{numpy}.expand_dims("), Edit(place.end, ", axis=0)"))
        fixes.append(Fix(f"Add the batch axis: {numpy}.expand_dims({text}, axis=0)", edits, preferred=not fixes))
    return fixes
