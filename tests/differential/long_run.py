"""Generated programs of every family against real Keras, NumPy and TensorFlow, for as long as one wants.

    python -m tests.differential.long_run --calls 100000 --seed 7

generates programs until so many of their calls are compared, as many of each family, and prints how each family fared and every
kind of disagreement once, with the least program that shows it. It goes on after a disagreement, and then ends with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import partial

from shapewright.workspace.analysis import with_deep_stack

from tests.differential import test_layers, test_numpy, test_ops, test_tensorflow
from tests.differential.compare import AGREED, DISAGREED, Tally
from tests.differential.real import Recorded, record_many

FAMILIES: dict[str, Callable[[random.Random], str]] = {
    "graphs": test_layers.graph,
    "stacks": test_layers.stack,
    "keras.ops": test_ops.program,
    "NumPy": test_numpy.program,
    "TensorFlow": test_tensorflow.program,
}
PROGRAMS = 400
"""How many programs one process runs: starting TensorFlow takes as long as some fifty of them."""


def compare_family(tally: Tally, name: str, calls: int, seed: int) -> None:
    """Compares programs of a family until so many calls are compared."""
    number, started, told = 0, time.monotonic(), set[tuple[str, str, str]]()
    while (done := tally.counts.total()) < calls:
        each = done / number if number else 8
        count = min(PROGRAMS, 1 + int((calls - done) / each))
        texts = {str(n): FAMILIES[name](random.Random(f"{seed}/{n}")) for n in range(number, number + count)}
        recorded = record_many(texts)
        with_deep_stack(partial(_add, tally, f"{name}, program {{}} of seed {seed}", texts, recorded))
        number += count
        for kind, program in tally.kinds.items():
            if kind not in told:
                print(program, file=sys.stderr)
                told.add(kind)
        wrong = sum(tally.counts[verdict] for verdict in DISAGREED)
        seconds = time.monotonic() - started
        print(
            f"{name}: {tally.counts.total()} calls, {wrong} disagreements, {seconds:.0f} s", file=sys.stderr, flush=True
        )


def _add(tally: Tally, origin: str, texts: dict[str, str], recorded: dict[str, Recorded]) -> None:
    for key, real in recorded.items():
        tally.add(origin.format(key), texts[key], real)


def table(tallies: dict[str, Tally]) -> str:
    """How many calls of each family compared in which way."""
    verdicts = [*AGREED, *DISAGREED]
    rows = [["", "calls", *verdicts]]
    for name, tally in tallies.items():
        rows.append([name, str(tally.counts.total()), *(str(tally.counts[verdict]) for verdict in verdicts)])
    totals = [sum(tally.counts[verdict] for tally in tallies.values()) for verdict in verdicts]
    rows.append(["all", str(sum(totals)), *map(str, totals)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))] for row in rows
    ]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Compares generated programs with real Keras, NumPy and TensorFlow.")
    parser.add_argument("--calls", type=int, default=10_000, help="how many calls to compare in all")
    parser.add_argument("--seed", type=int, default=0, help="another seed generates other programs")
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="only these; all if none is named")
    parser.add_argument("--silent", type=int, default=0, metavar="N", help="also name the N calls most often silent on")
    asked = parser.parse_args()
    families = asked.family or list(FAMILIES)
    tallies: dict[str, Tally] = {}
    try:
        for name in families:
            tallies[name] = Tally()
            compare_family(tallies[name], name, -(-asked.calls // len(families)), asked.seed)
    except KeyboardInterrupt:
        print("interrupted: this is what was compared by then\n")
    for name, tally in tallies.items():
        for disagreement in tally.disagreements():
            print(disagreement, end="\n\n")
        if asked.silent:
            print(
                f"{name} is silent on: "
                + ", ".join(f"{n} × {what}" for what, n in tally.silent.most_common(asked.silent))
            )
    print(f"seed {asked.seed}")
    print(table(tallies))
    return int(any(tally.counts[verdict] for tally in tallies.values() for verdict in DISAGREED))


if __name__ == "__main__":
    sys.exit(main())
