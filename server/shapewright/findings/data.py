"""SW501: data that the model does not take, for a reason that no other rule knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from shapewright.findings import rules
from shapewright.findings.context import Context, source_of
from shapewright.findings.data_repairs import (
    Candidate,
    each_in_batch,
    moved_expansion,
    resized_literal,
    squeezed,
    transposed,
    with_batch_axis,
    without_new_axis,
)
from shapewright.findings.finding import Finding
from shapewright.findings.input_lists import input_count
from shapewright.findings.shape_repairs import with_last_axis, with_sizes
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor

_KEYS = ("shape", "input_shape", "batch_shape", "input_dim")


def data_shape(context: Context, mismatch: Mismatch) -> Finding | None:
    """SW501: data that the model does not take."""
    if not mismatch.kind.startswith("data-") or mismatch.kind == "data-one-sample":
        return None
    if mismatch.kind == "data-count":
        return input_count(context, mismatch)
    declared = mismatch.facts.get("declared")
    given = getattr(mismatch.value, "shape", None)
    takes = getattr(declared, "shape", None)
    message = f"This is {given}, and the model takes {takes}. The first axis is the batch axis."
    if takes is None or mismatch.kind == "data-inside":
        message = f"A layer of the model does not take what comes of this data, {given}."
    span = mismatch.value_span or mismatch.span
    return context.repaired(rules.DATA_SHAPE, mismatch, message, _repairs(context, mismatch, span, declared), span)


def _repairs(context: Context, mismatch: Mismatch, span: Span, declared: Any) -> Iterator[Candidate]:
    given, takes = getattr(mismatch.value, "shape", None), getattr(declared, "shape", None)
    if given is None or not isinstance(span, Span):
        return
    source, origins = context.facts.source, context.origins(mismatch.trail)
    chain, reached = origins.chain(span), origins.reachable(span)
    if takes is None:
        yield from with_batch_axis(source, chain)
        return
    if given.rank > takes.rank:
        yield from without_new_axis(source, reached)
        for axis in [n for n, dim in enumerate(given) if dim.size == 1]:
            yield from squeezed(source, chain, axis)
    for origin in reached:
        yield from moved_expansion(source, origin)
    if given.rank == takes.rank - 1:
        yield from each_in_batch(source, reached)
        yield from with_batch_axis(source, chain)
    if given.rank == takes.rank:
        order = _order(given, takes)
        if order is not None:
            yield from transposed(source, chain, order)
        made = resized_literal(source, chain, given.sizes[1:], takes.sizes[1:])
        whole = resized_literal(source, chain, given.sizes, (given.sizes[0], *takes.sizes[1:]))
        if mismatch.facts.get("method") in ("predict", "predict_on_batch", "__call__"):
            yield from whole
            yield from made
    yield from _declarations(context, mismatch, declared, given)


def _order(given: Shape, takes: Shape) -> Sequence[int] | None:
    """How axes that are there, but elsewhere, have to be put; the batch axis stays."""
    have, want = given.sizes[1:], takes.sizes[1:]
    if have == want or len(have) > 4 or not all(isinstance(n, int) for n in (*have, *want)):
        return None
    found = (order for order in permutations(range(len(have))) if tuple(have[n] for n in order) == want)
    first = next(found, None)
    return None if first is None else (0, *(n + 1 for n in first))


def _declarations(context: Context, mismatch: Mismatch, declared: Any, given: Shape) -> Iterator[Candidate]:
    """The Input as the data is."""
    origin = source_of(declared if isinstance(declared, Tensor) else None)
    if origin is None or origin[0].shape is None:
        return
    tensor, made = origin
    assert tensor.shape is not None
    source, origins = context.facts.source, context.origins(mismatch.trail)
    follow = lambda outer, node: origins.chain(outer.chunk.span(node))  # noqa: E731
    for key in _KEYS:
        span = made.spans.get(key)
        if not isinstance(span, Span) or not source.holds(span.chunk):
            continue
        chain = origins.chain(span)
        have, want = tensor.shape.sizes, given.sizes
        if key != "batch_shape":
            have, want = have[1:], want[1:]
        if len(want) == len(have) + 1 and want[-1] == 1:
            yield from with_last_axis(source, chain)
        yield from with_sizes(source, chain, follow, have, want)
