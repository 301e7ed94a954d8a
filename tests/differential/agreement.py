"""Compares what the analysis says with what the worker's Keras answers, over any programs.

    python -m tests.differential.agreement PATH...

prints every disagreement and how many values were compared.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapewright.findings.finding import Finding
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.graph import call_key
from shapewright.validation.plan import Plan, plan_of
from shapewright.validation.verdicts import Verdicts
from shapewright.values.tensor import Tensor
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.programs import Program, read_program

from tests.validation.worker_process import WorkerProcess, worker

LIMITS = {"seconds": 120, "memory": 4 << 30}


@dataclass
class Comparison:
    """How often each thing was seen, and a line for each disagreement."""

    counts: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def compare(process: WorkerProcess, programs: Iterable[Path]) -> Comparison:
    """Builds what each program builds, and compares."""
    found = Comparison()
    for path in programs:
        program = read_program(path)
        facts, findings, plan = _analysed(program)
        if not plan.steps:
            continue
        reply = process.ask("plan", seconds=200, plan=plan.as_json(), limits=LIMITS)
        if "steps" not in reply:
            found.disagreements.append(f"{path.name}: {reply}")
            continue
        results = {step.key: reply["steps"][str(n)] for n, step in enumerate(plan.steps)}
        verdicts = Verdicts(plan, results, process.hello["keras"])
        _count(found, path, facts, findings, plan, verdicts)
    return found


def _analysed(program: Program) -> tuple[Facts, list[Finding], Plan]:
    def work() -> tuple[Facts, list[Finding], Plan]:
        analysis = analyse_text(program.text, Path(program.name).absolute())
        return analysis.facts, analysis.findings, plan_of(analysis.facts)

    return with_deep_stack(work)


def _count(
    found: Comparison, path: Path, facts: Facts, findings: list[Finding], plan: Plan, verdicts: Verdicts
) -> None:
    found.counts["programs"] += 1
    found.counts["steps"] += len(plan.steps)
    foretold = {said for f in findings if f.cause is not None and (said := verdicts.refusal(f.cause))}
    expected = _expected(facts, plan)
    for number, refused in verdicts.refusals():
        found.counts["refusals"] += 1
        if refused not in foretold and number not in expected:
            told = "foretold by none" if findings else "not found"
            found.disagreements.append(f"{path.name}: {told}: {_short(plan.steps[number].data)}: {refused[:300]}")
    for value in facts.symbolic_values():
        answer = verdicts.tensor(value) if isinstance(value, Tensor) else None
        if answer is not None:
            known = isinstance(value, Tensor) and value.shape is not None and "?" not in str(value.shape)
            found.counts["tensors" if known else "tensors that only Keras knows"] += 1
        if not isinstance(value, Tensor) and verdicts.parameters(value) is not None:
            found.counts["layers and models"] += 1
    kept, lines = verdicts.confirm(facts, findings)
    found.counts["findings validated"] += sum(f.confidence == "validated" for f in kept)
    found.disagreements += [f"{path.name}: {line}" for line in lines]


def _expected(facts: Facts, plan: Plan) -> set[int]:
    """The steps of calls that stand in a `try` with handlers: what is refused there the program expects, and no finding tells."""
    tried = {
        first + line
        for chunk, first in zip(facts.source.chunks, facts.source.first_lines, strict=True)
        for node in ast.walk(chunk.tree)
        if isinstance(node, ast.Try) and node.handlers
        for line in range(node.lineno, node.handlers[0].lineno)
    }
    found = set()
    for value in facts.symbolic_values():
        history = value.history if isinstance(value, Tensor) else None
        number = None if history is None else plan.calls.get(call_key(history))
        place = None if history is None or history.node is None else facts.source.place(history.node)
        if number is not None and place is not None and place.line + 1 in tried:
            found.add(number)
    return found


def _short(data: Any) -> str:
    text = str(dict(data))
    return text if len(text) <= 160 else text[:160] + "…"


def programs_in(paths: Iterable[str]) -> list[Path]:
    """The Python files and notebooks among files and folders."""
    found: list[Path] = []
    for path in map(Path, paths):
        found += sorted(p for p in path.rglob("*") if p.suffix in (".py", ".ipynb")) if path.is_dir() else [path]
    return found


if __name__ == "__main__":
    with worker() as the_worker:
        compared = compare(the_worker, programs_in(sys.argv[1:]))
    print("\n".join(compared.disagreements))
    print(dict(compared.counts))
