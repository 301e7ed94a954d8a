"""Compares generated programs line by line: what our analysis says of each, and what real Keras and NumPy do."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable

from shapewright.findings.context import Context
from shapewright.findings.repair import Proof
from shapewright.interpreter.facts import Facts
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.workspace.analysis import analyse_text
from shapewright.workspace.questions import shape_text

from tests.differential.real import Error, Recorded, Value, plain_message, record_many

SEED = int(os.environ.get("SHAPEWRIGHT_SEED", "0"))
"""Another seed generates other programs."""


def examples(default: int) -> int:
    """How many programs to generate: `SHAPEWRIGHT_EXAMPLES`, else the default."""
    return int(os.environ.get("SHAPEWRIGHT_EXAMPLES", default))


def assert_alike(
    generate: Callable[[random.Random], str],
    count: int,
    shown_though_refused: float = 0.0,
    in_other_words: float = 0.0,
) -> Counter[str]:
    """Generates programs and compares them. Returns how many lines were the same, silent and so on.

    `shown_though_refused` is the part of the lines that may show something where the real thing raises, `in_other_words` of
    those where it raises with another text: a line may be wrong in two ways at once.
    """
    texts = {str(number): generate(random.Random(f"{SEED}/{number}")) for number in range(count)}
    recorded = record_many(texts)
    tally: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    wrong = []
    for number, text in texts.items():
        if number not in recorded:
            continue
        found, left_open = differences(text, recorded[number], tally)
        silent.update(left_open)
        if shown_though_refused:
            kept = [line for line in found if not _SHOWN_THOUGH_REFUSED.search(line)]
            tally["shown though refused"] += len(found) - len(kept)
            tally["different"] -= len(found) - len(kept)
            found = kept
        if in_other_words:
            kept = [line for line in found if not _IN_OTHER_WORDS.search(line)]
            tally["in other words"] += len(found) - len(kept)
            tally["different"] -= len(found) - len(kept)
            found = kept
        if found:
            wrong.append(f"program {number} of seed {SEED}:\n{text}\n" + "\n".join(found))
    print(f"\nseed {SEED}: " + ", ".join(f"{n} lines {what}" for what, n in tally.most_common()))
    print("silent on: " + ", ".join(f"{n} × {line}" for line, n in silent.most_common(25)))
    assert tally["shown though refused"] <= shown_though_refused * tally.total(), f"too much is shown: {tally}"
    assert tally["in other words"] <= in_other_words * tally.total(), f"too much is worded otherwise: {tally}"
    assert not wrong, f"{len(wrong)} programs differ\n" + "\n\n".join(wrong[:12])
    return tally


_IN_OTHER_WORDS = re.compile(r"\n    refused with .*\n    in reality \w+: ")
_SHOWN_THOUGH_REFUSED = re.compile(r"\n    shown .*, in reality \w+: ")


def differences(text: str, real: Recorded, tally: Counter[str]) -> tuple[list[str], list[str]]:
    """The lines of a program on which we and the real thing differ, and what is called on lines where we are silent."""
    facts = analyse_text(text).facts
    shown, refused = _shown(facts), _refused(facts)
    values: dict[int, Value] = {value.line: value for value in real.values}
    errors: dict[int, Error] = {error.line: error for error in real.errors}
    missing = {line for line, error in errors.items() if error.kind == "NameError"}
    wrong, silent = [], []
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
            verdict = _against_error(ours, message, errors[number], used <= known)
        else:
            verdict = _against_value(ours, message, values[number])
        tally[
            verdict if verdict in ("the same", "silent", "refused alike", "silent on a refusal") else "different"
        ] += 1
        if verdict.startswith("silent"):
            refusal = f" ! {plain_message(errors[number].message)[:90]}" if number in errors else ""
            silent.append(code.partition(" = ")[2].partition("(")[0] + refusal)
        elif verdict not in ("the same", "refused alike"):
            wrong.append(f"  line {number + 1}: {code}\n    {verdict}")
    return wrong, silent


def _against_value(ours: tuple[str | None, str | None, int | None], message: str | None, real: Value) -> str:
    shape, dtype, parameters = ours
    if message is not None:
        return f"refused with {message!r}, runs in reality: {real.shape}"
    if shape is None or real.shape is None:
        return "silent" if shape is None else f"shown {shape}, in reality there is none"
    if "?" in shape and real.shape.startswith("("):
        return "the same" if _covers(shape, real.shape) else f"shown {shape}, in reality {real.shape}"
    if "?" in shape or "'" in shape or any(c.isalpha() for c in shape.replace("None", "")):
        return "silent"  # a size that has a name and no number
    if shape != real.shape:
        return f"shown {shape}, in reality {real.shape}"
    if dtype is not None and real.dtype is not None and dtype != real.dtype:
        return f"dtype {dtype}, in reality {real.dtype}"
    if parameters is not None and real.parameters is not None and parameters != real.parameters:
        return f"{parameters} parameters, in reality {real.parameters}"
    return "the same"


def _covers(shape: str, real: str) -> bool:
    """Whether a shape with sizes that are not known is that of reality in all that is."""
    ours, theirs = ([size for size in text.strip("()").split(",") if size.strip()] for text in (shape, real))
    return len(ours) == len(theirs) and all(a.strip() in ("?", b.strip()) for a, b in zip(ours, theirs, strict=True))


def _against_error(
    ours: tuple[str | None, str | None, int | None], message: str | None, real: Error, all_known: bool
) -> str:
    said = plain_message(real.message)
    if message is None:
        if real.kind == "LinAlgError" or any(text in said for text in _NUMBERS_DECIDE):
            return "silent on a refusal"
        if ours[0] is None or not all_known:  # what a call gives if it runs may be known without its input
            return "silent on a refusal"
        return f"shown {ours[0]}, in reality {real.kind}: {said}"
    if not re.fullmatch(re.escape(plain_message(message)).replace(r"\?", r"(\d+|\?)"), said):  # a size that is not known
        return f"refused with {plain_message(message)!r}\n    in reality {real.kind}: {said!r}"
    return "refused alike"


_NUMBERS_DECIDE = ("not invertible", "Cholesky decomposition failed", "division by zero", "not finite")
"""What is said of the numbers in an array, which no shape tells."""


def _shown(facts: Facts) -> dict[int, tuple[str | None, str | None, int | None]]:
    """Of each line the shape, dtype and parameters of the name that it assigns last."""
    found = {}
    for fact in sorted(facts.all(), key=lambda fact: -fact.place.column):  # the name in front, not a lambda's parameter
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
    context = Context(facts, Proof(facts, lambda text: facts))
    found: dict[int, str] = {}
    for mismatch in facts.mismatches:
        place = facts.source.place(mismatch.span)
        message = context.keras_message(mismatch)
        if place is not None and message is not None:
            found.setdefault(place.line, message)
    return found
