"""Compares generated programs line by line: what our analysis says of each, and what real Keras and NumPy do."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from shapewright.findings.context import Context
from shapewright.findings.repair import Proof
from shapewright.interpreter.facts import Facts
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.workspace.analysis import Buffer, analyse_text
from shapewright.workspace.questions import shape_text

from tests.differential.real import Error, Recorded, Value, plain_message, record_many

SEED = int(os.environ.get("SHAPEWRIGHT_SEED", "0"))
"""Another seed generates other programs."""

SAME, REFUSED, SILENT, SILENT_REFUSAL = "the same", "refused alike", "silent", "silent on a refusal"
DIFFERENT, SHOWN, WORDS = "different", "shown though refused", "in other words"
AGREED = (SAME, REFUSED, SILENT, SILENT_REFUSAL)
DISAGREED = (DIFFERENT, SHOWN, WORDS)


def examples(default: int) -> int:
    """How many programs to generate: `SHAPEWRIGHT_EXAMPLES`, else the default."""
    return int(os.environ.get("SHAPEWRIGHT_EXAMPLES", default))


@dataclass(frozen=True)
class Compared:
    """One line of a program, and how what we say of it compares with what is."""

    number: int
    code: str
    verdict: str
    detail: str = ""

    @property
    def called(self) -> str:
        """What is called on the line."""
        return self.code.partition(" = ")[2].partition("(")[0]


@dataclass
class Tally:
    """Of many programs, how many lines compared in which way, and the disagreements, one smallest program for each kind."""

    counts: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    kinds: dict[tuple[str, str, str], str] = field(default_factory=dict)
    times: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, origin: str, text: str, real: Recorded) -> None:
        """Compares one program. `origin` says where it is found again."""
        for line in compare(text, real):
            self.counts[line.verdict] += 1
            if line.verdict in (SILENT, SILENT_REFUSAL):
                self.silent[f"{line.called} ! {line.detail[:90]}" if line.detail else line.called] += 1
            if line.verdict not in DISAGREED:
                continue
            kind = (line.verdict, line.called, re.sub(r"\d+", "#", line.detail)[-60:])
            self.times[kind] += 1
            program = f"# {origin}, line {line.number + 1}: {line.detail}\n{needed_for(text, line.number)}"
            if kind not in self.kinds or len(program) < len(self.kinds[kind]):
                self.kinds[kind] = program

    def disagreements(self, verdicts: tuple[str, ...] = DISAGREED) -> Iterator[str]:
        """Each kind of disagreement once, the frequent ones first."""
        for kind, times in self.times.most_common():
            if kind[0] in verdicts:
                yield f"{times} × {kind[0]}\n{self.kinds[kind]}"


def assert_alike(generate: Callable[[random.Random], str], count: int) -> Counter[str]:
    """Generates programs and compares them: no line may disagree. Returns how many were the same, silent and so on."""
    texts = {str(number): generate(random.Random(f"{SEED}/{number}")) for number in range(count)}
    recorded = record_many(texts)
    tally = Tally()
    for number, real in recorded.items():
        tally.add(f"program {number} of seed {SEED}", texts[number], real)
    counts = tally.counts
    disagreements = list(tally.disagreements())
    print(f"\nseed {SEED}: " + ", ".join(f"{n} lines {what}" for what, n in counts.most_common()))
    print("silent on: " + ", ".join(f"{n} × {line}" for line, n in tally.silent.most_common(25)))
    assert not disagreements, f"{dict(counts)}\n\n" + "\n\n".join(disagreements[:20])
    return counts


def needed_for(text: str, number: int) -> str:
    """The lines of a program that one of its lines needs: those of the names in it, and of the names in those."""
    lines = text.split("\n")
    wanted = set(_names(lines[number]))
    kept = {number}
    if lines[number].startswith(" "):  # in a function: its head and what ends and calls it
        first = max(n for n in range(number) if lines[n].startswith("def "))
        last = next(n for n in range(number, len(lines)) if lines[n].lstrip().startswith("return"))
        kept |= {first - 1, first, last, last + 1}
        wanted |= set(_names(lines[last]))
    for n in reversed(range(number)):
        code = lines[n]
        target = code.partition(" = ")[0].strip()
        if code.startswith(("import ", "from ")):
            kept.add(n)
        elif (target in wanted and (not code.startswith(" ") or n > min(kept))) or (
            "shared(" in code and "shared" in wanted  # what a layer was called on before counts
        ):
            kept.add(n)
            wanted |= set(_names(code))
    return "\n".join(lines[n] for n in sorted(kept))


def _names(code: str) -> Iterator[str]:
    yield from re.findall(r"\b[a-z]\d+\b|\bmodel\b|\bshared\b|\bfirst\b|\brng\b|\bstate\b|\bx\b", code)


def compare(text: str, real: Recorded) -> Iterator[Compared]:
    """Each line of a program that gives or raises something, compared."""
    facts = analyse_text(text).facts
    shown, refused = _shown(facts, text.split("\n")), _refused(facts)
    values: dict[int, Value] = {value.line: value for value in real.values}
    errors: dict[int, Error] = {error.line: error for error in real.errors}
    missing = {line for line, error in errors.items() if error.kind == "NameError"}
    refused_layer = False
    certain = {number for number, ours in shown.items() if "?" not in (ours[0] or "?")}
    known = {code.partition(" = ")[0].strip() for number, code in enumerate(text.split("\n")) if number in certain}
    known |= {name for line in re.findall(r"^def .*", text, re.MULTILINE) for name in re.findall(r"\bx\d\b", line)}
    for number, code in enumerate(text.split("\n")):
        if "shared(" in code and refused_layer:
            continue  # whether a layer that refused was built by then is not compared
        refused_layer |= "shared(" in code and number in errors
        if code.startswith("def ") or number in missing or (number not in values and number not in errors):
            continue
        ours, message = shown.get(number, (None, None, None)), refused.get(number)
        if number in errors:
            used = set(re.findall(r"\b[a-z]\d+\b|\bmodel\b|\bshared\b", code.partition("=")[2]))
            verdict, detail = _against_error(ours, message, errors[number], used <= known)
        else:
            verdict, detail = _against_value(ours, message, values[number])
        yield Compared(number, code.strip(), verdict, detail)


def _against_value(
    ours: tuple[str | None, str | None, int | None], message: str | None, real: Value
) -> tuple[str, str]:
    shape, dtype, parameters = ours
    if message is not None:
        return DIFFERENT, f"refused with {message!r}, runs in reality: {real.shape}"
    if shape is None or real.shape is None:
        return (SILENT, "") if shape is None else (DIFFERENT, f"shown {shape}, in reality there is none")
    if "?" in shape and real.shape.startswith("("):
        return (SAME, "") if _covers(shape, real.shape) else (DIFFERENT, f"shown {shape}, in reality {real.shape}")
    if "?" in shape or "'" in shape or any(c.isalpha() for c in shape.replace("None", "")):
        return SILENT, ""  # a size that has a name and no number
    if shape != real.shape:
        return DIFFERENT, f"shown {shape}, in reality {real.shape}"
    if dtype is not None and real.dtype is not None and dtype != real.dtype:
        return DIFFERENT, f"dtype {dtype}, in reality {real.dtype}"
    if parameters is not None and real.parameters is not None and parameters != real.parameters:
        return DIFFERENT, f"{parameters} parameters, in reality {real.parameters}"
    return SAME, ""


def _covers(shape: str, real: str) -> bool:
    """Whether a shape with sizes that are not known is that of reality in all that is."""
    ours, theirs = ([size for size in text.strip("()").split(",") if size.strip()] for text in (shape, real))
    return len(ours) == len(theirs) and all(a.strip() in ("?", b.strip()) for a, b in zip(ours, theirs, strict=True))


def _against_error(
    ours: tuple[str | None, str | None, int | None], message: str | None, real: Error, all_known: bool
) -> tuple[str, str]:
    said = plain_message(real.message)
    if message is None:
        if real.kind == "LinAlgError" or any(text in said for text in _NUMBERS_DECIDE):
            return SILENT_REFUSAL, said
        if ours[0] is None or not all_known:  # what a call gives if it runs may be known without its input
            return SILENT_REFUSAL, said
        return SHOWN, f"shown {ours[0]}, in reality {real.kind}: {said}"
    if not re.fullmatch(
        re.escape(plain_message(message)).replace(r"\?", r"(\d+|\?)"), said
    ):  # a size that is not known
        return WORDS, f"refused with {plain_message(message)!r}, in reality {real.kind}: {said!r}"
    return REFUSED, ""


_NUMBERS_DECIDE = (
    *("not invertible", "Cholesky decomposition failed", "division by zero", "not finite"),
    *("is not in [0, ", "does not index into", "is duplicated in the input"),
)
"""What is said of the numbers in an array, which no shape tells."""


def _shown(facts: Facts, lines: list[str]) -> dict[int, tuple[str | None, str | None, int | None]]:
    """Of each line the shape, dtype and parameters of the name in front that it assigns."""
    found = {}
    for fact in facts.all():
        line = lines[fact.place.line]
        if fact.place.column != len(line) - len(line.lstrip()):
            continue  # a lambda's parameter
        if fact.is_target and len(fact.values) == 1 and facts.view.shows(fact.values[0]):
            value = fact.values[0]
            producer: object = value
            if isinstance(value, Tensor):
                producer = value.history.producer if value.history is not None else None
            layer = isinstance(producer, (LayerRef, ModelRef, SequentialRef))
            found[fact.place.line] = (
                shape_text(facts, value),
                value.dtype if isinstance(value, Tensor) else None,
                facts.view.parameters(producer) if layer else None,
            )
    return found


def _refused(facts: Facts) -> dict[int, str]:
    """Of each line the message that we foretell there."""
    program = Buffer()  # which is not asked: no fix is proven here
    context = Context(facts, Proof(facts, program), program)
    found: dict[int, str] = {}
    for mismatch in facts.mismatches:
        place = facts.source.place(mismatch.span)
        message = context.keras_message(mismatch)
        if place is not None and message is not None:
            found.setdefault(place.line, message)
    return found
