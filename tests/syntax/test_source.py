"""Chunks cover the text, survive edits elsewhere, and a broken statement costs itself alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapewright.syntax.source import Source

PIECES = [
    "a = 1",
    "b = (",
    ")",
    "def f(x):",
    "    return x",
    '"""',
    "'",
    "# c",
    "",
    "@d",
    "else:",
    "if a:",
    "    b = [1,",
    "\\",
    "🦜",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join)


def shape(source: Source) -> list[tuple[int, list[str], list[str], str]]:
    """What matters of the chunks."""
    return [
        (first, chunk.lines, chunk.parsed, ast.dump(chunk.tree))
        for first, chunk in zip(source.first_lines, source.chunks, strict=True)
    ]


@given(TEXTS)
def test_any_text_is_cut_in_order(text: str) -> None:
    source = Source(text)
    end = 0
    for first, chunk in zip(source.first_lines, source.chunks, strict=True):
        assert end <= first and chunk.lines == source.lines[first : first + len(chunk.lines)]
        assert ast.dump(ast.parse("\n".join(chunk.parsed))) == ast.dump(chunk.tree)
        end = first + len(chunk.lines)
    assert len(source.parsed_text().split("\n")) == len(source.lines)


@given(TEXTS)
def test_what_parses_is_cut_as_python_parses_it(text: str) -> None:
    try:
        whole = ast.parse(text)
    except SyntaxError:
        return
    source = Source(text)
    assert not any(chunk.broken for chunk in source.chunks)
    assert [ast.dump(node) for chunk in source.chunks for node in chunk.tree.body] == [ast.dump(n) for n in whole.body]


@given(TEXTS, TEXTS)
def test_an_edit_to_a_text_that_parses_leaves_nothing_of_the_old(before: str, after: str) -> None:
    try:
        ast.parse(after)
    except SyntaxError:
        return
    assert shape(Source(after, Source(before))) == shape(Source(after))


def test_a_chunk_that_an_edit_did_not_touch_stays_the_same_object() -> None:
    first = Source("a = 1\nb = 2\nc = 3\nd = 4\n")
    second = Source("a = 1\nb = 2\n\nc = 30\nd = 4\n", first)
    assert second.chunks[0] is first.chunks[0] and second.chunks[-1] is first.chunks[-1]
    assert second.chunks[2] is not first.chunks[2]


@pytest.mark.parametrize("broken", ["b = (", "b = [1, 2", "b = )", "b = ", "def", 'b = "', "b = 1 +", "for x in"])
def test_a_broken_statement_costs_itself_alone(broken: str) -> None:
    source = Source(f"a = 1\n{broken}\nc = 3\nd = 4\n")
    left = {node.targets[0].id for chunk in source.chunks for node in chunk.tree.body if isinstance(node, ast.Assign)}
    assert {"a", "c", "d"} <= left
    assert [chunk.broken is not None for chunk in source.chunks].count(True) == 1


def test_a_line_that_is_being_typed_is_as_it_last_parsed() -> None:
    source = Source("a = 1\nb = f(2\nc = 3\n", Source("a = 1\nb = f(2)\nc = 3\n"))
    assert source.parsed_text() == "a = 1\nb = f(2)\nc = 3\n"
    assert source.chunks[1].stale == {0}
