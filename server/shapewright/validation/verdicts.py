"""What the worker's results say about a plan's values: agreement, or Keras's own answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shapewright.findings.finding import Finding
from shapewright.interpreter.answers import Answer
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.graph import call_key
from shapewright.interpreter.mismatch import Mismatch
from shapewright.tensors.shape import Shape
from shapewright.validation.plan import Plan
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import Value

MEASURED = "3.15."
"""The Keras whose messages the rules have. Others say the same in other words, which is nothing to report."""
Result = Mapping[str, Any]
"""What the worker says about one step, as JSON."""


@dataclass(frozen=True)
class Verdicts:
    """The results of a plan, by the key of each step; steps without one were not asked about. Keras's `Answers`."""

    plan: Plan
    results: Mapping[str, Result]
    keras: str

    def tensor(self, tensor: Tensor) -> Answer | None:
        """What Keras says a symbolic tensor is."""
        return _as_answer(self._given(tensor))

    def parameters(self, value: Value) -> int | None:
        """How many parameters Keras says a layer or model has."""
        count = self._result(self.plan.values.get(value)).get("parameters")
        return count if isinstance(count, int) else None

    def refusal(self, mismatch: Mismatch) -> str | None:
        """The text with which Keras refused what a mismatch is about: empty where it took it, `None` where it was not asked."""
        key = (id(mismatch.subject), id(mismatch.value))
        if key in self.plan.inner:
            number, place = self.plan.inner[key]
            result = self._result(number)
            refused = _message(result) if result.get("layer", 0) == place else None
            taken = _part(result.get("layers"), place) is not None
        else:
            result = self._result(self.plan.calls.get(key))
            refused, taken = _message(result), "value" in result
            if not refused and mismatch.message is not None:  # a layer or a model that was not made, or an operation
                steps = [self._made(mismatch)]
                steps += self.plan.places.get(mismatch.span, []) if mismatch.subject is None else []
                refused = next((said for n in steps if (said := _message(self._result(n)))), None)
        return refused if refused else "" if taken else None

    def _made(self, mismatch: Mismatch) -> int | None:
        """The step that makes what a mismatch is about."""
        if mismatch.subject is not None:
            return self.plan.values.get(mismatch.subject)
        return next((n for value, n in self.plan.values.items() if getattr(value, "node", None) == mismatch.span), None)

    def _given(self, tensor: Tensor) -> Any:
        """What Keras gave in place of a tensor, as JSON."""
        history = tensor.history
        path = self.plan.paths.get(id(history))
        if history is None or path is None:
            return None
        key = call_key(history)
        number = self.plan.calls.get(key)
        if number is not None:
            given = self._result(number).get("value")
        else:
            number, place = self.plan.inner.get(key, (None, 0))
            given = _part(self._result(number).get("layers"), place)
        for part in path:
            given = _part(given, part)
        return given

    def _result(self, number: int | None) -> Result:
        return {} if number is None else self.results.get(self.plan.steps[number].key, {})

    # -- what it means for the analysis

    def confirm(self, facts: Facts, findings: list[Finding]) -> tuple[list[Finding], list[str]]:
        """Lets Keras's answers stand in for those of the analysis. Returns the findings that hold, those that Keras refuses
        alike marked as validated, and a line for each disagreement, for the log."""
        told = list(self.disagreements(facts))
        facts.view.answers = self
        kept = []
        for finding in findings:
            said = None if finding.cause is None or finding.keras_message is None else self.refusal(finding.cause)
            if said == "":
                told.append(f"line {finding.place.line + 1}: {finding.code} reported, Keras {self.keras} takes it")
            elif said is None:
                kept.append(finding)
            else:
                if _wording(finding.keras_message or "") not in _wording(said):
                    if self.keras.startswith(MEASURED):
                        told.append(f"line {finding.place.line + 1}: {finding.code}: Keras {self.keras} says: {said}")
                    finding = replace(finding, keras_message=said)
                kept.append(replace(finding, confidence="validated"))
        return kept, told

    def disagreements(self, facts: Facts) -> Iterator[str]:
        """A line for each value of which Keras says something else than the analysis."""
        for value in facts.symbolic_values():
            if isinstance(value, Tensor):
                answer = self.tensor(value)
                if answer is not None and not value.doubtful and not _agrees(value, answer):
                    yield f"{_where(value)}: {value.shape} {value.dtype}, Keras {self.keras} says {answer.shape} {answer.dtype}"
            elif isinstance(value, (LayerRef, ModelRef, SequentialRef)):
                ours, theirs = facts.view.parameters(value), self.parameters(value)
                if ours is not None and theirs is not None and ours != theirs:
                    yield f"{_where(value)}: {ours} parameters, Keras {self.keras} says {theirs}"

    def refusals(self) -> Iterator[tuple[int, str]]:
        """The steps that Keras refused, and how."""
        for number, step in enumerate(self.plan.steps):
            message = _message(self.results.get(step.key, {}))
            if message is not None:
                yield number, message


def _message(result: Result) -> str | None:
    """The text of an error, without the colours that Keras puts in."""
    error = result.get("error")
    text = error.get("message") if isinstance(error, Mapping) else None
    return re.sub(r"\x1b\[\d+m", "", text) if isinstance(text, str) else None


def _as_answer(given: Any) -> Answer | None:
    if not isinstance(given, Mapping) or not isinstance(given.get("shape"), list):
        return None
    sizes, dtype = given["shape"], given.get("dtype")
    if not all(size is None or (isinstance(size, int) and size >= 0) for size in sizes):
        return None
    return Answer(Shape(sizes), dtype if isinstance(dtype, str) else None)


def _part(given: Any, key: int | str) -> Any:
    """A part of a structure that the worker gave."""
    if isinstance(given, Mapping):
        given = next((given[kind] for kind in ("tuple", "list", "dict") if kind in given), None)
    if isinstance(given, list) and isinstance(key, int):
        return given[key] if key < len(given) else None
    return given.get(str(key)) if isinstance(given, Mapping) else None


def _agrees(tensor: Tensor, answer: Answer) -> bool:
    """Whether what the analysis says holds; what it does not know cannot be wrong."""
    if tensor.dtype is not None and answer.dtype is not None and tensor.dtype != answer.dtype:
        return False
    if tensor.shape is None:
        return True
    if tensor.shape.rank != answer.shape.rank:
        return False
    pairs = zip(tensor.shape.sizes, answer.shape.sizes, strict=True)
    return all(isinstance(ours, str) or ours == theirs for ours, theirs in pairs)


def _wording(text: str) -> str:
    """A text of Keras without the names of layers, which count what else was built, and of its inputs."""
    text = re.sub(r"""(layer|name) ["']?[\w./-]+["']?""", r"\1 *", text)
    return " ".join(re.sub(r"path='[^']*'", "path=*", text).split())


def _where(value: Value) -> str:
    """Where in the source a value was made, as far as that is known."""
    span = value.history.node if isinstance(value, Tensor) and value.history is not None else getattr(value, "node", None)
    source = getattr(span, "source", None)
    return "?" if source is None else " ".join(str(source).split())
