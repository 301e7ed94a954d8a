"""Repairs: candidate edits, and the proof that they mend what they should."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from shapewright.findings.finding import Edit, Fix, apply_edits, edited_files, edits_of, own_edits
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.mismatch import Mismatch
from shapewright.syntax.chunk import Span
from shapewright.syntax.source import Place, Source
from shapewright.syntax.text import line_starts


class Program(Protocol):
    """The program that a text belongs to, as far as repairs need it."""

    def analyse_variant(self, text: str, others: Mapping[str, str]) -> Facts:
        """Analyses the text with an edit applied, and other files (by their path) with theirs; it costs what they touch."""

    def is_used_elsewhere(self, name: str, file: str, user: str) -> bool:
        """Whether, as far as is known, other files of the project than these two use a name of a file."""


Identity = tuple[str, int]
"""What is wrong, and on which line."""
_MAX_TRIED = 14
"""How many edits are tried for one mistake: each takes an analysis."""
_MAX_FIXES = 3


class Proof:
    """Decides whether an edit mends a mismatch: the edited text is analysed, the mismatch is gone, none is new."""

    def __init__(self, facts: Facts, program: Program) -> None:
        self._facts = facts
        self._program = program
        self._starts = line_starts(facts.source.text)
        self._settled: dict[tuple[Edit, ...], frozenset[Identity]] = {}

    def proven(self, mismatch: Mismatch, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
        """Those of the fixes that are proven, in their order, the first preferred one alone preferred."""
        kept: list[Fix] = []
        for fix in fixes:
            if self._mends(mismatch, fix):
                preferred = fix.preferred and not any(k.preferred for k in kept)
                kept.append(replace(fix, title=_title(fix), verified=True, preferred=preferred))
        return tuple(kept)

    def searched(self, mismatch: Mismatch, candidates: Iterable[tuple[Fix, Span]]) -> list[tuple[Fix, Span]]:
        """The first few of many candidates that are proven, and the piece of source that each is about."""
        kept: list[tuple[Fix, Span]] = []
        tried: set[tuple[Edit, ...]] = set()
        for fix, span in candidates:
            if fix.edits in tried:
                continue
            if len(tried) == _MAX_TRIED or len(kept) == _MAX_FIXES:
                break
            tried.add(fix.edits)
            if self._mends(mismatch, fix):
                preferred = fix.preferred and not any(k.preferred for k, _ in kept)
                kept.append((replace(fix, title=_title(fix), verified=True, preferred=preferred), span))
        return kept

    def settles(self, fix: Fix, mismatch: Mismatch) -> bool:
        """Whether a proven fix mends another mismatch as well."""
        shift = _LineShift(fix)
        return _identity(mismatch, self._facts.source, shift) in self._settled.get(fix.edits, frozenset())

    def _mends(self, mismatch: Mismatch, fix: Fix) -> bool:
        before = self._facts
        text = apply_edits(before.source.text, own_edits(fix.edits), self._starts)
        others = {file: self._edited(file, fix.edits) for file in edited_files(fix.edits)}
        after = self._program.analyse_variant(text, others)
        if _breaks(before.source, after.source):
            return False
        shift = _LineShift(fix)
        still = {_identity(m, after.source, None) for m in after.mismatches}
        old = {_identity(m, before.source, shift) for m in before.mismatches}
        self._settled[fix.edits] = frozenset(old - still)
        return _identity(mismatch, before.source, shift) not in still and still <= old


    def _edited(self, file: str, edits: tuple[Edit, ...]) -> str:
        text = self._facts.source.others[file].text
        return apply_edits(text, edits_of(edits, file), line_starts(text))


def _title(fix: Fix) -> str:
    """The title, with the other files that the fix edits."""
    names = [Path(file).name for file in edited_files(fix.edits)]
    return f"{fix.title} (in {', '.join(names)})" if names else fix.title


def _breaks(before: Source, after: Source) -> bool:
    """Whether an edit leaves something that does not parse."""
    pairs = [(before, after), *((text, after.others[file]) for file, text in before.others.items() if file in after.others)]
    return any(chunk.broken for old, new in pairs for chunk in new.chunks if not old.holds(chunk))


class _LineShift:
    """Where lines of the text before an edit are after it; good enough to tell one mismatch from another."""

    def __init__(self, fix: Fix) -> None:
        self._edits = own_edits(fix.edits)

    def __call__(self, line: int) -> int:
        moved = line
        for edit in self._edits:
            if edit.place.end_line < line or (edit.place.end_line == line and edit.place.line < line):
                moved += edit.new_text.count("\n") - (edit.place.end_line - edit.place.line)
        return moved


def _identity(mismatch: Mismatch, source: Source, shift: _LineShift | None) -> Identity:
    """What makes two mismatches the same one before and after an edit: what is wrong, and on which line."""
    place = source.place(mismatch.span)
    line = place.line if place is not None else -1
    return (mismatch.kind.split("-")[0], shift(line) if shift is not None else line)


# -- edits of expressions


def node_at(facts: Facts, span: Span) -> ast.AST | None:
    """The outermost expression that a span covers exactly."""
    for node in ast.walk(span.chunk.tree):
        if isinstance(node, ast.expr) and span.chunk.span(node) == span:
            return node
    return None


def without_first_item(span: Span, node: ast.AST) -> str | None:
    """The text of a tuple or list display without its first item, formatting and comments of the rest kept."""
    if not isinstance(node, (ast.Tuple, ast.List)) or not node.elts or isinstance(node.elts[0], ast.Starred):
        return None
    text = span.source
    if not text.startswith(("(", "[")):
        return None
    chunk = span.chunk
    if len(node.elts) == 1:
        return "()" if isinstance(node, ast.Tuple) else "[]"
    first, second = chunk.span(node.elts[0]), chunk.span(node.elts[1])
    lead = _between(span, (span.line, span.column), (first.line, first.column))
    rest = _between(span, (second.line, second.column), (span.end_line, span.end_column))
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        last = chunk.span(node.elts[1])
        item = _between(span, (second.line, second.column), (last.end_line, last.end_column))
        tail = _between(span, (last.end_line, last.end_column), (span.end_line, span.end_column))
        rest = item + (tail if "," in tail else f",{tail}")
    return lead + rest


def _between(span: Span, begin: tuple[int, int], end: tuple[int, int]) -> str:
    return Span(span.chunk, begin[0], begin[1], end[0], end[1]).source


def place_of(source: Source, span: Span) -> Place:
    """Where a span is, in the text or in another file of the program."""
    place = source.place_anywhere(span)
    assert place is not None, "a fix edits a text that was analysed"
    return place


def replacing(source: Source, span: Span, new_text: str) -> Edit:
    """The edit that puts another text in the place of a span."""
    return Edit(place_of(source, span), new_text)
