"""SW1xx: the batch axis in the wrong place."""

from __future__ import annotations

import ast

from shapewright.findings import rules
from shapewright.findings.context import Context, needs, source_of
from shapewright.findings.data_repairs import called, with_batch_axis, with_dataset_batches, without_new_axis
from shapewright.findings.finding import Edit, Finding, Fix, Related
from shapewright.findings.repair import node_at, place_of, replacing, without_first_item
from shapewright.findings.shape_repairs import without_batch
from shapewright.interpreter.inputs import InputSource
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
    origins = context.origins(mismatch.trail)
    chain = origins.chain(span)
    written = next((o for o in chain if isinstance(o.node, (ast.Tuple, ast.List))), None)
    node = written.node if written is not None else None
    reason = None if _one_sample(context, mismatch, declared.shape) else _looks_like_batch(context, declared, node, span)
    if reason is None or not chain:
        return None
    shorter = without_first_item(span, chain[0].node)
    if shorter is not None:
        candidates = [(fix, span) for fix in _fixes(context, source, span, key, shorter)]
    else:
        reached = origins.reachable(span)
        candidates = [*without_batch(context.facts.source, reached), *without_new_axis(context.facts.source, reached)]
    found = context.proof.searched(mismatch, candidates)
    if not found:
        return None
    message = (
        f"`{key}` is the shape of one sample, and Keras adds the batch axis itself: {key}={_written(span)} makes this "
        f"{declared.shape}, with {declared.shape.rank} axes. {reason}"
    )
    related = context.raised_at(mismatch, "this is where Keras would raise")
    if isinstance(mismatch.subject, LayerRef) and mismatch.kind == "rank":
        asked = needs(mismatch.subject, mismatch.facts["expected"])
        related = context.raised_at(mismatch, asked)
        message += f" {asked}: leave the batch axis out."
    fixes = tuple(fix for fix, _ in found)
    return context.finding(rules.BATCH_IN_INPUT, found[0][1], message, mismatch, fixes, related)


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


def _looks_like_batch(context: Context, tensor: Tensor, node: ast.AST | None, span: Span) -> str | None:
    """Why the first size of an Input's shape is taken for the batch axis; `None` where nothing says so."""
    declared = tensor.shape
    assert declared is not None
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
    if len(sizes) > 2 and isinstance(first.size, int) and all(isinstance(n, int) and n < first.size for n in sizes[1:]):
        return f"{first}, the largest of its sizes, looks like the number of samples."
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
    source, chain = context.facts.source, context.origins(mismatch.trail).chain(span)
    candidates = list(with_batch_axis(source, chain))
    candidates += _with_targets(context, mismatch, candidates)
    if mismatch.facts.get("dataset"):
        candidates = list(with_dataset_batches(source, chain))
    method = mismatch.facts.get("method", "__call__")
    caller = "Calling a model" if method == "__call__" else f"`{method}`"
    message = (
        f"{caller} takes a batch of samples, {declared.shape}, and this is one sample: {given}. "
        "Its first axis would be taken for the batch axis."
    )
    if rule is rules.SAMPLE_AS_BATCH:
        message += f" Keras adds a last axis of size 1 and runs, as {given[0]} samples."
    return context.repaired(rule, mismatch, message, candidates, span, _input_place(context, declared))


def _with_targets(
    context: Context, mismatch: Mismatch, single: list[tuple[Fix, Span]]
) -> list[tuple[Fix, Span]]:
    """The same for the targets of the sample, which were picked as it was."""
    node = node_at(context.facts, mismatch.span)
    if not isinstance(node, ast.Call) or mismatch.facts.get("method") not in ("fit", "train_on_batch", "test_on_batch"):
        return []
    given = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "y")]
    chain = context.origins(mismatch.trail).chain(mismatch.span.chunk.span(given[0])) if given else []
    targets = list(with_batch_axis(context.facts.source, chain))
    return [
        (Fix(fix.title, (*fix.edits, *more.edits), preferred=True), span)
        for (fix, span), (more, _) in zip(single, targets, strict=False)
        if not set(fix.edits) & set(more.edits)
    ]


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
    candidates = [] if origin is None else _fixed_batch(context, origin[1])
    return context.repaired(rules.STATEFUL, mismatch, message, candidates, mismatch.span, related)


def _fixed_batch(context: Context, source: InputSource) -> list[tuple[Fix, Span]]:
    """An Input with a batch size: the one that the program trains with, or 1, which a user has to look at."""
    call = node_at(context.facts, source.span) if isinstance(source.span, Span) else None
    if not isinstance(call, ast.Call) or not (call.args or call.keywords) or "shape" not in source.spans:
        return []
    last = max((*call.args, *(k.value for k in call.keywords)), key=lambda n: (n.lineno, n.col_offset))
    end = place_of(context.facts.source, source.span.chunk.span(last)).end
    size = _trained_batch(context)
    fix = Fix(f"Fix the batch size: batch_size={size or 1}", (Edit(end, f", batch_size={size or 1}"),), bool(size))
    return [(fix, source.span)]


def _trained_batch(context: Context) -> str | None:
    """What the program gives `fit` as batch_size, where it is one thing."""
    found = {
        chunk.span(keyword.value).source
        for chunk in context.facts.source.chunks
        for node in ast.walk(chunk.tree)
        if isinstance(node, ast.Call) and called(node) == "fit"
        for keyword in node.keywords
        if keyword.arg == "batch_size"
    }
    return found.pop() if len(found) == 1 else None


def _input_place(context: Context, declared: Tensor) -> tuple[Related, ...]:
    origin = source_of(declared)
    if origin is None or origin[1].span is None:
        return ()
    place = context.facts.source.place(origin[1].span)
    return () if place is None else (Related(place, f"the model's input is declared here: {declared.shape}"),)
