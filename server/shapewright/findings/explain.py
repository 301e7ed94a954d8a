"""All findings of an analysis: each mismatch explained by the first family that knows it, then the silenced left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shapewright.findings import (
    api,
    batch_axis,
    data,
    data_kinds,
    layer_arguments,
    layer_input,
    lost_shapes,
    misfits,
    operations,
    own_layers,
    rectangles,
    silent,
    symbolic,
    training,
    unpacking,
    wrong_calls,
)
from shapewright.findings.comments import Comments, is_silent
from shapewright.findings.context import Context
from shapewright.findings.finding import Finding
from shapewright.findings.repair import Program, Proof, place_of
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.mismatch import Mismatch

Family = Callable[[Context, Mismatch], Finding | None]
FAMILIES: tuple[Family, ...] = (
    batch_axis.batch_in_input_shape,
    batch_axis.batch_missing_in_data,
    layer_input.layer_rank,
    layer_input.layer_axis,
    layer_input.no_size_left,
    layer_input.merge,
    layer_input.elements,
    layer_input.index,
    misfits.operands,
    misfits.axis_outside,
    misfits.not_of_size_one,
    misfits.uneven_split,
    misfits.two_open_sizes,
    operations.operation_rank,
    operations.operation_counts,
    operations.weight_shapes,
    unpacking.unpacked,
    rectangles.ragged,
    rectangles.slices,
    rectangles.labels,
    api.removed_argument,
    own_layers.weight_named_first,
    api.disconnected,
    api.int_for_tuple,
    wrong_calls.tensor_for_argument,
    wrong_calls.inputs_of_call,
    api.sizes_of_shape,
    layer_arguments.layer_argument,
    api.declared_shape,
    batch_axis.stateful_batch,
    layer_input.undefined_size,
    training.softmax_over_one,
    training.target_shape,
    training.row_counts,
    symbolic.keras_tensor,
    silent.none_size,
    silent.samples_mixed,
    silent.batch_fixed,
    silent.channels_first,
    silent.maps,
    silent.outer,
    silent.reordered,
    lost_shapes.lost_shape,
    data_kinds.list_for_array,
    data_kinds.beside_dataset,
    data_kinds.input_missing,
    data.count_as_size,
    data.data_shape,
)


def explain(facts: Facts, program: Program) -> list[Finding]:
    """The findings of an analysis in the order of the text. `program` is asked to prove fixes."""
    lines = facts.source.lines
    if is_silent(lines):
        return []
    context = Context(facts, Proof(facts, program), program)
    found: list[tuple[Mismatch, Finding]] = []
    for mismatch in facts.mismatches:
        finding = next((f for family in FAMILIES if (f := family(context, mismatch)) is not None), None)
        if finding is not None and any((f.place, f.code) == (finding.place, finding.code) for _, f in found):
            raising = place_of(facts.source, mismatch.span)
            finding = replace(finding, place=raising) if raising != finding.place else None
        if finding is not None:
            found.append((mismatch, finding))
    comments = Comments(lines)
    kept = [f for n, (_, f) in enumerate(found) if not _follows(context.proof, found, n) and not comments.silences(f)]
    return sorted([*kept, *comments.unused()], key=lambda f: (f.place.line, f.place.column, f.code))


def _follows(proof: Proof, found: list[tuple[Mismatch, Finding]], index: int) -> bool:
    """Whether a finding only follows from the mistake of another, whose fix mends it as well."""
    mismatch, finding = found[index]
    for number, (other_mismatch, other) in enumerate(found):
        if number == index or not other.fixes or not proof.settles(other.fixes[0], mismatch):
            continue
        mutual = finding.fixes and proof.settles(finding.fixes[0], other_mismatch)
        if number < index or not mutual:
            return True
    return False
