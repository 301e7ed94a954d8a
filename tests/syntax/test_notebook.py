"""Cells are one program, IPython's own lines are nothing to it, and an edit in one cell is one in that cell alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapewright.syntax.magics import neutral
from shapewright.syntax.notebook import Cells
from shapewright.syntax.source import Place, Source
from shapewright.syntax.split import CELL

from .test_source import TEXTS, shape


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        # what talks to the outside
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("% matplotlib inline", "pass"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("!!ls", "pass"),
        ("if a:\n    !ls\nelse:\n    %cd b", "if a:\n    pass\nelse:\n    pass"),
        ("a?\na.b??\n?a\n??a.b\nprint(a)?\n%time?", "pass\npass\npass\npass\npass\npass"),
        ("/f a b\n,f a b\n;f a b", "pass\npass\npass"),
        # what sets names to what nobody knows
        ("x = !ls", "x = get_ipython()"),
        ("x, y = %sql select 1", "x, y = get_ipython()"),
        ("d['a=%s'] = !ls \\\n -l\ny = 1", "d['a=%s'] = get_ipython()\n\ny = 1"),
        ("%store -r x", "r = x = get_ipython()"),
        ("%time for a in b: c = a", "a = c = get_ipython()"),
        # what runs Python
        ("%time x = f(y)", "if 1: x = f(y)"),
        ("for a in b:\n  %prun  x = f(y)", "for a in b:\n  if 1:  x = f(y)"),
        ("%timeit x = f(y)", "pass"),
        ("%run -i ./a/b.py", "from a.b import *"),
        # whole cells
        ("%%time\nx = 1\n!ls", "\nx = 1\npass"),
        ("\n%%time\nx = 1", "\n\nx = 1"),
        ("%%capture --no-stderr out\nx = 1", "no = stderr = out = get_ipython()\nx = 1"),
        ("%%bash\nx=1", "\n"),
        ("%%bash --out x --err y\nls", "x = y = get_ipython()\n"),
        ("%%timeit\nx = 1", "\n"),
        ("%%!\nls", "\n"),
        ("%%R -o table\ntable <- 1", "o = table = get_ipython()\n"),
        ("%%cython\ncdef int x = 1", "cdef = int = x = get_ipython()\n"),
        ("%%snakeviz\nx = f(y)", "x = get_ipython()\n"),
    ],
)
def test_what_is_ipythons(cell: str, python: str) -> None:
    assert "\n".join(neutral(cell)) == python
    ast.parse(python)


@pytest.mark.parametrize(
    "cell",
    [
        "x = '''\n%foo\n!bar\n?\n'''",
        "x = (a\n  % b)",
        "x = a \\\n  % b",
        "x = '=!'; y = \"=%d\" % 3",
        "y = '''a =%d\n=!b'''",
        "f(x=1) != 3",
        "x = a if b == '%s' else c",
        "# what?\nx = 1  # =!ls, why?",
        "x = f'{y=!r}'",
        "@a\ndef f(): ...",
    ],
)
def test_what_is_pythons(cell: str) -> None:
    assert "\n".join(neutral(cell)) == cell


COMMANDS = st.sampled_from(["!ls", "%cd a", "%time x = 1", "a?", "x = !ls", "%%time", "%%bash", "  %foo x", "é = %x y"])
CELLS = st.lists(st.one_of(TEXTS, st.lists(COMMANDS, max_size=3).map("\n".join)), max_size=5)


@given(CELLS)
def test_no_line_is_added_or_taken_away(texts: list[str]) -> None:
    cells = Cells(texts)
    lines = Source(cells.text).lines
    for number, (first, text) in enumerate(zip(cells.first_lines, texts, strict=True)):
        count = text.count("\n") + 1
        assert lines[first : first + count] == list(neutral(text))
        for line in range(count):
            assert cells.in_cell(Place(first + line, 2, first + line, 3)) == (number, Place(line, 2, line, 3))


@given(CELLS)
def test_no_statement_goes_on_in_the_next_cell(texts: list[str]) -> None:
    assert all(CELL not in chunk.lines for chunk in Source(Cells(texts).text).chunks)


@given(CELLS, CELLS)
def test_cells_that_are_edited_leave_nothing_of_the_old(before: list[str], after: list[str]) -> None:
    text = Cells(after).text
    edited = Source(text, Source(Cells(before).text))
    if not any(chunk.broken for chunk in Source(text).chunks):
        assert shape(edited) == shape(Source(text))


def source_of(*cells: str, previous: Source | None = None) -> Source:
    return Source(Cells(cells).text, previous)


def test_an_open_bracket_costs_its_own_cell() -> None:
    source = source_of("a = 1\nb = (", 'c = 2\nd = """', "e = 3")
    left = {node.targets[0].id for chunk in source.chunks for node in chunk.tree.body if isinstance(node, ast.Assign)}
    assert left == {"a", "c", "e"}


def test_an_edit_in_a_cell_keeps_the_statements_of_all_others() -> None:
    first = source_of("a = 1", "b = 2\nc = 3", "d = 4")
    second = source_of("a = 1", "b = 20\nc = 3", "d = 4", previous=first)
    assert [second.holds(chunk) for chunk in first.chunks] == [True, False, True, True]


def test_cells_that_are_put_in_taken_out_or_moved_keep_theirs() -> None:
    first = source_of("a = 1", "b = 2\nb = 2", "d = 4")
    assert all(source_of("a = 1", "x = 0", "b = 2\nb = 2", "d = 4", previous=first).holds(c) for c in first.chunks)
    assert [source_of("a = 1", "d = 4", previous=first).holds(c) for c in first.chunks] == [True, False, False, True]
    moved = source_of("d = 4", "b = 2\nb = 2", "a = 1", previous=first)
    assert all(moved.holds(chunk) for chunk in first.chunks)
    assert [chunk.lines[0] for chunk in moved.chunks] == ["d = 4", "b = 2", "b = 2", "a = 1"]


def test_a_cell_that_is_indented_as_a_whole() -> None:
    source = source_of("  # why not\n  a = 1\n  b = 2", "c = 3")
    names = [n.id for chunk in source.chunks for n in ast.walk(chunk.tree) if isinstance(n, ast.Name)]
    assert names == ["a", "b", "c"] and not any(chunk.broken for chunk in source.chunks)
