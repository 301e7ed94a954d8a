"""What no good client sends, and what no sane file holds. Afterwards the server answers as before."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .programs import FIRST, MISTAKE, SHAPES
from .talk import LONG, Talk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def still_works(talk: Talk) -> None:
    uri = talk.open(FIRST)
    assert await talk.labels(uri) == SHAPES
    talk.close(uri)


async def test_an_unknown_request_is_refused(plain: Talk) -> None:
    with pytest.raises(JsonRpcException) as refused:
        await asyncio.wait_for(plain.client.protocol.send_request_async("shapewright/nonsense", {}), LONG)
    assert refused.value.code == -32601
    await still_works(plain)


async def test_an_unknown_notification_is_passed_over(plain: Talk) -> None:
    plain.client.protocol.notify("shapewright/nonsense", {"a": [1]})
    plain.client.protocol.notify("$/nonsense", {})
    await still_works(plain)


async def test_a_document_that_is_not_open(plain: Talk) -> None:
    uri = "file:///shapewright-tests/never-opened.py"
    plain.texts[uri] = FIRST
    plain.send(uri, [types.TextDocumentContentChangeWholeDocument(FIRST)])
    plain.close(uri)
    assert await plain.hover(uri, "y =") is None
    assert await plain.hints(uri) == {}
    assert await plain.pull(uri) == []
    assert await plain.actions(uri, types.Range(types.Position(0, 0), types.Position(9, 0))) == []
    await still_works(plain)


async def test_a_closed_document_is_forgotten_and_its_diagnostics_go(plain: Talk) -> None:
    uri = plain.open(MISTAKE)
    assert len(await plain.told(uri)) == 1
    plain.client.diagnostics.pop(uri)
    plain.close(uri)
    assert await plain.told(uri) == []
    assert await plain.hover(uri, "y =") is None
    assert uri in [plain.open(FIRST, uri)] and await plain.labels(uri) == SHAPES  # opened again
    plain.close(uri)


async def test_closed_while_something_is_asked(plain: Talk) -> None:
    """The questions are answered in some way: a client must not wait for ever."""
    uri = plain.open(MISTAKE * 30)
    asked = [asyncio.ensure_future(question) for question in (plain.hover(uri, "y ="), plain.pull(uri))]
    plain.close(uri)
    await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), LONG)
    await still_works(plain)


async def test_a_request_that_is_cancelled(plain: Talk) -> None:
    uri = plain.open(MISTAKE * 30)
    identifier = types.TextDocumentIdentifier(uri)
    asked = [
        plain.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier)),
        plain.client.text_document_hover_async(types.HoverParams(identifier, types.Position(5, 8))),
    ]
    waiting = [asyncio.ensure_future(question) for question in asked]
    await asyncio.sleep(0)
    for number in list(plain.client.protocol._request_futures):
        plain.client.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id=number))
    await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), LONG)
    plain.client.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id="no such request"))
    await still_works(plain)


async def test_a_file_of_five_megabytes(plain: Talk) -> None:
    uri = plain.open(FIRST + "# " + "x" * 5_000_000 + "\n")
    assert await plain.hover(uri, "y =") is None
    await still_works(plain)
    plain.replace(uri, (0, 0), (0, 0), "#")
    assert await plain.hover_at(uri, (0, 0)) is None
    plain.write(uri, FIRST)
    assert await plain.labels(uri) == SHAPES
    plain.close(uri)


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(chr, range(256))) * 20,
        "\0" * 1000,
        "\x7fELF\x02\x01\x01\0\0 x = (1,\n" * 100,
        "(" * 5000,
        "x = " + "[" * 900 + "]" * 900,
        "x = " + "-" * 3000 + "1",
        "x = " + "+".join(["1"] * 5000),
        "a.b" * 2000,
        'x = """' + "never closed\n" * 500,
        "\ufeff" + FIRST,
        "if x:\n\t  y = 1\n  \tz = 2\n",
        "x = 1 if\n" * 300,
    ],
    ids=lambda text: repr(text[:12]),
)
async def test_texts_that_are_no_programs(plain: Talk, text: str) -> None:
    uri = plain.open(text)
    await plain.hover_at(uri, (0, 4))
    await plain.hints(uri)
    await plain.told(uri)
    plain.replace(uri, (0, 0), (0, 0), "y")
    await plain.hints(uri)
    plain.close(uri)
    await still_works(plain)


async def test_a_program_that_would_never_end(plain: Talk) -> None:
    uri = plain.open("import numpy as np\na = np.zeros(3)\nwhile True:\n    a = np.append(a, a)\n" + FIRST)
    assert await plain.shape(uri, "y =") == "y: (None, 10)"
    plain.close(uri)


async def test_nothing_of_a_program_is_run(plain: Talk, tmp_path: object) -> None:
    trace = f"{tmp_path}/trace"
    program = f"import os, pathlib\npathlib.Path({trace!r}).touch()\nos.system('touch {trace}')\n"
    uri = plain.open(program + MISTAKE)
    assert len(await plain.told(uri)) == 1
    assert not list(__import__("pathlib").Path(str(tmp_path)).iterdir())
    plain.close(uri)
