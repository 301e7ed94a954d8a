"""Programs while they are typed: incremental changes, half-typed code, many edits, odd texts."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types

from .programs import FIRST, MISTAKE, SHAPES
from .talk import Talk, spot

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_number_that_changes(talk: Talk) -> None:
    uri = talk.open(FIRST)
    begin = spot(FIRST, "10)(x)")
    talk.replace(uri, begin, (begin[0], begin[1] + 2), "7")
    assert await talk.shape(uri, "y =") == "y: (None, 7)"
    talk.replace(uri, begin, (begin[0], begin[1] + 1), "")
    talk.replace(uri, begin, begin, "2🙂5")  # no Python, and back
    talk.replace(uri, (begin[0], begin[1] + 1), (begin[0], begin[1] + 2), "")
    assert await talk.shape(uri, "y =") == "y: (None, 25)"


async def test_hints_of_other_statements_stay_at_every_key(talk: Talk) -> None:
    uri = talk.open(FIRST)
    assert await talk.labels(uri) == SHAPES
    line = spot(FIRST, "print(")[0]
    for column, key in enumerate('z = keras.layers.Dense(units=4, name="é🙂")(y)\n'):
        talk.replace(uri, (line, column), (line, column), key)
        assert (await talk.labels(uri))[:4] == SHAPES, talk.texts[uri]
    assert await talk.labels(uri) == [*SHAPES, "z: (None, 4)"]


async def test_hints_stay_while_a_statement_is_deleted_from_its_end(talk: Talk) -> None:
    uri = talk.open(FIRST)
    line, end = spot(FIRST, "outputs=y)", len("outputs=y)"))
    while end:
        talk.replace(uri, (line, end - 1), (line, end), "")
        end -= 1
        assert (await talk.labels(uri))[:3] == SHAPES[:3], talk.texts[uri]


async def test_an_open_bracket_keeps_what_stands_behind_it(talk: Talk) -> None:
    uri = talk.open(FIRST)
    line = spot(FIRST, "data =")[0]
    talk.replace(uri, (line + 1, 0), (line + 1, 0), "w = np.zeros((2,\n")
    assert await talk.labels(uri) == SHAPES


async def test_several_changes_in_one_notification(talk: Talk) -> None:
    """Each is for the text that the one before left."""
    uri = talk.open("")
    ends = types.Position(0, 0)
    pieces = ["import numpy as np\n", "a = np.zeros((2, 3))\n", "b = a.T\n"]
    at_start = types.Range(ends, ends)
    talk.send(uri, [types.TextDocumentContentChangePartial(at_start, piece) for piece in reversed(pieces)])
    talk.texts[uri] = "".join(pieces)
    assert await talk.labels(uri) == ["a: (2, 3)", "b: (3, 2)"]


async def test_a_change_behind_the_end_is_at_the_end(talk: Talk) -> None:
    uri = talk.open("import numpy as np\n")
    far = types.Position(900, 7)
    talk.send(uri, [types.TextDocumentContentChangePartial(types.Range(far, far), "a = np.zeros(4)\n")])
    talk.texts[uri] += "a = np.zeros(4)\n"
    assert await talk.labels(uri) == ["a: (4,)"]


async def test_after_two_hundred_edits_the_newest_counts(talk: Talk) -> None:
    uri = talk.open(FIRST)
    line, column = spot(FIRST, "10)(x)")
    width = 2
    for units in range(101, 301):
        talk.replace(uri, (line, column), (line, column + width), str(units))
        width = 3
    assert await talk.shape(uri, "y =") == "y: (None, 300)"
    assert (await talk.labels(uri))[2] == "y: (None, 300)"


async def test_an_answer_is_never_for_an_older_text_than_the_question(talk: Talk) -> None:
    uri = talk.open(FIRST)
    line, column = spot(FIRST, "10)(x)")
    asked = []
    for units in range(10, 60):
        talk.replace(uri, (line, column), (line, column + 2), str(units))
        asked.append((units, asyncio.ensure_future(talk.hover(uri, "y ="))))
        await asyncio.sleep(0)  # the question is sent before the next edit
    for units, answer in asked:
        text = await answer
        assert text is None or int(text.split("(None, ")[1].split(")")[0]) >= units
    assert await talk.shape(uri, "y =") == "y: (None, 59)"


async def test_two_documents_keep_apart(talk: Talk) -> None:
    one, other = talk.open(FIRST), talk.open(MISTAKE.replace("LSTM(10)", "LSTM(3)"))
    assert await talk.shape(one, "y =") == "y: (None, 10)"
    assert await talk.shape(other, "y =") == "y: (None, 3)"
    assert (len(await talk.pull(one)), len(await talk.pull(other))) == (0, 1)
    talk.write(other, FIRST)
    talk.write(one, MISTAKE)
    assert (len(await talk.pull(one)), len(await talk.pull(other))) == (1, 0)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
async def test_other_line_ends(talk: Talk, end: str) -> None:
    uri = talk.open(MISTAKE.replace("\n", end))
    (found,) = await talk.pull(uri)
    assert found.range.start.line == spot(MISTAKE, "x =")[0]
    assert talk.cut(uri, found.range) == "(1, 3, 1)"
    (preferred,) = [fix for fix in await talk.actions(uri, found.range) if fix.is_preferred]
    talk.apply(uri, preferred)
    assert talk.texts[uri] == FIRST.replace("\n", end)
    assert await talk.labels(uri) == SHAPES


async def test_lines_do_not_end_at_form_feeds_nor_at_u2028(talk: Talk) -> None:
    text = "# \u2028 \x0c \x85 a comment\n" + FIRST
    uri = talk.open(text)
    found = await talk.hover_at(uri, spot(text, "y ="))
    assert found is not None and found.range is not None
    assert found.range.start.line == spot(text, "y =")[0]


async def test_a_document_without_a_file(talk: Talk) -> None:
    for uri in ("untitled:Untitled-1", "vscode-notebook-cell:/a.ipynb#1", "not a uri at all"):
        talk.open(MISTAKE, uri)
        assert await talk.shape(uri, "y =") == "y: (None, 10)"
        assert [d.code for d in await talk.pull(uri)] == ["SW101"]
        talk.close(uri)


async def test_a_file_name_with_everything_in_it(talk: Talk) -> None:
    uri = talk.open(MISTAKE, "file:///tmp/a%20b/%C3%A9%F0%9F%99%82/c%23d.py")
    (found,) = await talk.pull(uri)
    assert (found.related_information or [])[0].location.uri == uri


async def test_other_languages_are_left_alone(talk: Talk) -> None:
    uri = talk.open(MISTAKE, language="markdown")
    assert await talk.hover(uri, "y =") is None
    assert await talk.pull(uri) == []


async def test_an_empty_document(talk: Talk) -> None:
    uri = talk.open("")
    assert await talk.hover_at(uri, (0, 0)) is None
    assert await talk.hints(uri) == {}
    assert await talk.pull(uri) == []
