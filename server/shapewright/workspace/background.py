"""A process of low priority that looks for findings in files that are not open, one after another.

It is a process of its own because threads of one Python take turns: a hover would wait for it. It reads the path of a file a
line, and answers with the length of a pickled `Answer` and that. It ends when nobody can ask any more.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from shapewright.findings.finding import Finding
from shapewright.workspace.analysis import Buffer, with_deep_stack
from shapewright.workspace.files import Unreadable
from shapewright.workspace.modules import Modules
from shapewright.workspace.programs import read_program

HEADER = 8
"""Bytes of the length before each answer."""


@dataclass(frozen=True)
class Answer:
    """What was found in a file: its text, the findings, and the files that it imports from. `error` says why it could not
    be read; `others` are the texts of other files that findings are related to."""

    written: str = ""
    findings: tuple[Finding, ...] = ()
    follows: tuple[str, ...] = ()
    error: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)


def command() -> list[str]:
    """How to start the process: with this Python, and packages from where this one has them."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from shapewright.workspace.background import main; main()"
    return [sys.executable, "-I", "-X", "utf8", "-c", code]


def main() -> None:
    """Answers until there are no more questions."""
    if hasattr(os, "nice"):
        os.nice(19)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not come between the answers
    with_deep_stack(lambda: serve(sys.stdin.buffer, out))


def serve(questions: BinaryIO, out: BinaryIO) -> None:
    """Answers one question after another."""
    modules = Modules()
    for line in questions:
        answer = pickle.dumps(check(Path(json.loads(line)), modules))
        out.write(len(answer).to_bytes(HEADER, "big") + answer)
        out.flush()


def check(path: Path, modules: Modules) -> Answer:
    """What is found in one file."""
    try:
        program = read_program(path)
    except Unreadable as error:
        return Answer(error=str(error))
    buffer = Buffer(path, modules)
    analysis = buffer.analyse(program.text)
    texts = analysis.facts.source.others
    files = {related.place.file for finding in analysis.findings for related in finding.related}
    others = {file: texts[file].text for file in files if file is not None}
    return Answer(program.written, tuple(analysis.findings), buffer.followed, others=others)
