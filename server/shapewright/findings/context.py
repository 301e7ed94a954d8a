"""What the families of rules share: the facts, the proof of fixes, and ways to say and find things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapewright.findings.finding import Finding, Fix, Related
from shapewright.findings.origins import Origins
from shapewright.findings.repair import Program, Proof, place_of
from shapewright.findings.rules import Rule
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.inputs import InputSource
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Chunk, Span
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value


@dataclass(frozen=True)
class Context:
    """One analysis whose mismatches are being explained."""

    facts: Facts
    proof: Proof
    program: Program
    _left: dict[Chunk, Span] = field(default_factory=dict)  # by piece of another file, where this text uses what that makes

    def finding(
        self,
        rule: Rule,
        span: Span,
        message: str,
        mismatch: Mismatch,
        fixes: tuple[Fix, ...] = (),
        related: tuple[Related, ...] = (),
    ) -> Finding:
        """A finding of a rule for a mismatch. Where Keras would raise is related, unless the finding stands there. A finding
        about another file stands where this text uses what that makes."""
        made = place_of(self.facts.source, span)
        if made.file is not None:
            span = self._left.get(span.chunk, mismatch.span)
            related = (Related(made, "made here"), *related)
        return Finding(
            rule.code,
            rule.name,
            rule.severity,
            message,
            place_of(self.facts.source, span),
            self.keras_message(mismatch),
            related,
            fixes,
            mismatch,
        )

    def repaired(
        self,
        rule: Rule,
        mismatch: Mismatch,
        message: str,
        candidates: Iterable[tuple[Fix, Span]],
        otherwise: Span,
        related: tuple[Related, ...] = (),
        raised: str = "this is where Keras would raise",
    ) -> Finding:
        """A finding where the best of its proven fixes edits; `otherwise` where none is proven."""
        found = self.proof.searched(mismatch, candidates)
        if not found:
            return self.finding(rule, otherwise, message, mismatch, (), (*related, *self.raised_at(mismatch, raised)[1:]))
        span = found[0][1]
        if span != mismatch.span:
            related = (*related, *self.raised_at(mismatch, raised))
        return self.finding(rule, span, message, mismatch, tuple(fix for fix, _ in found), related)

    def origins(self, trail: Sequence[Any] = ()) -> Origins:
        """Follows values back to where they are made."""
        self._left.clear()
        return Origins(self.facts, trail, self.program.is_used_elsewhere, self._left)

    @property
    def is_keras_2(self) -> bool:
        """Whether the program asks for the old Keras."""
        text = self.facts.source.text
        return any(mark in text for mark in ("tf_keras", "TF_USE_LEGACY_KERAS", "tensorflow_decision_forests"))

    def values_at(self, span: Span) -> tuple[Value, ...]:
        """What an expression was worth."""
        place = self.facts.source.place(span)
        fact = self.facts.exactly(span) if place is not None else None
        return () if fact is None else fact.values

    def assigned_at(self, span: Span) -> tuple[Value, ...]:
        """What a name that is assigned was worth."""
        fact = self.facts.assigned(span) if self.facts.source.place(span) is not None else None
        return () if fact is None else fact.values

    def keras_message(self, mismatch: Mismatch) -> str | None:
        """The text that the user's Keras would raise."""
        if mismatch.message is None:
            return None
        inside = mismatch.facts.get("inside")
        subject = inside.subject if isinstance(inside, Mismatch) else mismatch.subject
        return mismatch.message.replace("{layer}", self.facts.layer_names.get(subject, "layer") if subject else "layer")

    def raised_at(self, mismatch: Mismatch, message: str) -> tuple[Related, ...]:
        """The call that would raise, and the calls that lead to it, as related places."""
        spans = [mismatch.span, *reversed(mismatch.trail)]
        places = [(self.facts.source.place_anywhere(span), n) for n, span in enumerate(spans) if span is not None]
        return tuple(
            Related(place, message if n == 0 else "called from here") for place, n in places if place is not None
        )


def needs(layer: LayerRef, rank: int) -> str:
    """`LSTM needs 3 axes (batch, time, features)`."""
    axes: tuple[str, ...] = layer.rule.axes
    names = f" ({', '.join(axes)})" if len(axes) == rank else ""
    least = "at least " if layer.rule.spec is not None and layer.rule.spec.ndim is None else ""
    return f"{layer.class_name} needs {least}{rank} axes{names}"


def from_inputs(value: Value | None) -> bool:
    """Whether a tensor is certainly made of Inputs alone: inside of a layer, what is not known looks symbolic, too."""
    todo, seen = [value], set()
    while todo:
        current = todo.pop()
        if not isinstance(current, Tensor) or current.history is None or current.shape is None:
            return False
        if id(current.history) in seen or isinstance(current.history.producer, InputSource):
            continue
        seen.add(id(current.history))
        inputs = current.history.inputs
        parts = [inputs] if isinstance(inputs, Tensor) else [p for p in getattr(inputs, "items", ()) if isinstance(p, Tensor)]
        if not parts:
            return False
        todo += parts
    return True


def source_of(value: Value | None) -> tuple[Tensor, InputSource] | None:
    """The one Input that a tensor comes from; `None` where there are several or none."""
    found: dict[int, tuple[Tensor, InputSource]] = {}
    todo: list[Any] = [value]
    seen: set[int] = set()
    while todo:
        current = todo.pop()
        if isinstance(current, Tensor) and current.history is not None:
            if id(current.history) in seen:
                continue
            seen.add(id(current.history))
            if isinstance(current.history.producer, InputSource):
                found[id(current.history)] = (current, current.history.producer)
            elif current.history.inputs is not None:
                todo.append(current.history.inputs)
        elif hasattr(current, "items") and isinstance(getattr(current, "items", None), tuple):
            todo.extend(current.items)
    return next(iter(found.values())) if len(found) == 1 else None
