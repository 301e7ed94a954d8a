"""Notebook files: their Python cells, what is none, and cells written back with all else byte for byte as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapewright.workspace.files import Unreadable
from shapewright.workspace.notebooks import NotebookFile, NotPython, read_notebook


def cell(source: Any, kind: str = "code", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells: Any, **more: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more


def test_the_python_cells_with_their_numbers() -> None:
    about = notebook(
        cell(["# title\n"], "markdown"),
        cell(["a = 1\n", "b = 2"]),
        cell("c = 3\nd = 4"),
        cell(["select 1"], metadata={"vscode": {"languageId": "sql"}}),
        cell([]),
        cell("raw", "raw"),
        "no cell at all",
        cell(["e = 5"]),
    )
    cells = NotebookFile("n.ipynb", json.dumps(about)).cells
    assert [(c.number, c.text) for c in cells] == [(2, "a = 1\nb = 2"), (3, "c = 3\nd = 4"), (5, ""), (8, "e = 5")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("  \n", "is empty"),
        ("x = 1", "JSON is broken (line 1, column 1"),
        ('{"cells": [', "JSON is broken (line 1, column 12: it ends too early)"),
        ('{\n "cells": [{"source": "a" "b"}]}', "JSON is broken (line 2, column 27: ',' is missing)"),
        ('{"cells": []} {}', "more than one value"),
        ("{1: 2}", "a name in double quotes is missing"),
        ("[]", "is a JSON object"),
        ("null", "is a JSON object"),
        ("{}", "no list of cells"),
        ('{"cells": 3}', "no list of cells"),
        ('{"worksheets": [], "nbformat": 3}', "old format 3"),
        ('{"cells": ' + "[" * 100_000, "nests too deep"),
    ],
)
def test_what_is_no_notebook(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as told:
        NotebookFile("n.ipynb", text)
    assert str(told.value).startswith("n.ipynb: ") and words in str(told.value)


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"language_info": {"name": "julia"}, "kernelspec": {"language": "python"}}, "julia"),
        ({"kernelspec": {"language": "R"}}, "r"),
        ({"language_info": {"name": "python"}, "kernelspec": {"language": "x"}}, None),
        ({"language_info": {}, "kernelspec": {}}, None),
        ({"language_info": 3}, None),
        ([], None),
    ],
)
def test_the_language_of_a_notebook(metadata: Any, language: str | None) -> None:
    text = json.dumps(notebook(cell("a = 1"), metadata=metadata))
    if language is None:
        assert len(NotebookFile("n.ipynb", text).cells) == 1
        return
    with pytest.raises(NotPython, match=f"is a notebook for {language}, not for Python"):
        NotebookFile("n.ipynb", text)


@pytest.mark.parametrize("content", [None, b"\xff\xfe{}", "folder"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | str | None) -> None:
    file = tmp_path / "n.ipynb"
    if content == "folder":
        file.mkdir()
    elif isinstance(content, bytes):
        file.write_bytes(content)
    with pytest.raises(Unreadable, match=r"n\.ipynb: "):
        read_notebook(file)


LINES = st.lists(st.sampled_from(["a = 1", 'b = "é\\n"', "", "\t🙂", "c\u2028"]), max_size=4)
SOURCES = LINES.map("\n".join)
LAYOUTS = st.fixed_dictionaries(
    {"indent": st.sampled_from([None, 1, 4, "\t"]), "ensure_ascii": st.booleans()}
)


def as_list(text: str) -> list[str]:
    lines = text.split("\n")
    return [line for line in [*(f"{part}\n" for part in lines[:-1]), lines[-1]] if line]


@given(st.lists(SOURCES, min_size=1, max_size=3), st.data(), LAYOUTS, st.booleans(), st.sampled_from(["", "\n"]))
def test_a_changed_cell_is_written_as_the_others_are(
    texts: list[str], data: Any, layout: dict[str, Any], lists: bool, end: str
) -> None:
    """The file is what the same program would have written for the changed notebook."""

    def written(sources: list[str]) -> str:
        about = notebook(*(cell(as_list(text) if lists else text, outputs=[{"text": "é"}]) for text in sources))
        return json.dumps(about, **layout) + end

    number = data.draw(st.integers(0, len(texts) - 1))
    new = data.draw(SOURCES.filter(bool))
    changed = [*texts[:number], new, *texts[number + 1 :]]
    file = NotebookFile("n.ipynb", written(texts))
    result = file.with_cells({number: new})
    assert [c.text for c in NotebookFile("n.ipynb", result).cells] == changed
    if not lists or len(as_list(texts[number])) > 0:
        assert result == written(changed)


def test_nothing_but_the_changed_line_is_written_anew() -> None:
    odd = '{"nbformat":4 , "cells" :[ {"source" : [ "a = \\u0031\\n" ,\t"b \\/ é"\n] ,"cell_type":"code"} ] }\n\n'
    file = NotebookFile("n.ipynb", odd)
    assert file.cells[0].text == "a = 1\nb / é"
    assert file.with_cells({0: "a = 1\nc"}) == odd.replace('"b \\/ é"', '"c"')


@given(SOURCES.filter(bool), st.booleans(), LAYOUTS)
def test_where_a_character_is_written(text: str, lists: bool, layout: dict[str, Any]) -> None:
    file = NotebookFile("n.ipynb", json.dumps(notebook(cell(as_list(text) if lists else text)), **layout))
    for offset, char in enumerate(text):
        at = file.offset(file.cells[0], offset)
        assert file.text[at:].startswith(json.dumps(char, ensure_ascii=layout["ensure_ascii"])[1:-1])
