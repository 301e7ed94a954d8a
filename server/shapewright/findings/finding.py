"""What a finding is made of. Places are lines and columns of the buffer, from 0, in code points, the end exclusive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.source import Place


class Severity(Enum):
    """`ERROR` would raise, `WARNING` runs but does not do what it says, `HINT` is style."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Edit:
    """A replacement of a piece of the text, or of another file of the program (`place.file`)."""

    place: Place
    new_text: str


@dataclass(frozen=True)
class Fix:
    """A repair. It is only ever shown when analysing the edited text proved it: `verified` says so."""

    title: str
    edits: tuple[Edit, ...]
    preferred: bool = False
    verified: bool = False


@dataclass(frozen=True)
class Related:
    """Another place that has to do with a finding, usually the one where Keras would raise."""

    place: Place
    message: str


@dataclass(frozen=True)
class Finding:
    """One mistake, at the place where the edit that mends it belongs. `cause` is what it was made from; `confidence` is
    `validated` once real Keras refused the same."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    keras_message: str | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    cause: Mismatch | None = None
    confidence: str = "inferred"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "cause": None}  # the analysis stays in its process


def own_edits(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Those of some edits that change the text itself."""
    return edits_of(edits, None)


def edits_of(edits: Sequence[Edit], file: str | None) -> tuple[Edit, ...]:
    """Those of some edits that change one file."""
    return tuple(edit for edit in edits if edit.place.file == file)


def edited_files(edits: Sequence[Edit]) -> tuple[str, ...]:
    """The other files that some edits change, in their order."""
    return tuple(dict.fromkeys(edit.place.file for edit in edits if edit.place.file is not None))


def apply_edits(text: str, edits: Sequence[Edit], starts: list[int]) -> str:
    """The text with edits applied; `starts` are the offsets of its lines. Edits must not overlap."""
    for edit in sorted(edits, key=lambda e: (e.place.line, e.place.column), reverse=True):
        begin = starts[edit.place.line] + edit.place.column
        end = starts[edit.place.end_line] + edit.place.end_column
        text = text[:begin] + edit.new_text + text[end:]
    return text
