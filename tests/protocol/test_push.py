"""Clients that do not pull get the diagnostics sent; what they can is taken into account."""

from __future__ import annotations

import pytest
from lsprotocol import types

from .programs import FIRST, MISTAKE
from .talk import Talk, until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_pushed_and_taken_back(plain: Talk) -> None:
    uri = plain.open(MISTAKE)
    (found,) = await plain.told(uri)
    assert plain.cut(uri, found.range) == "(1, 3, 1)" and found.code == "SW101"
    plain.write(uri, FIRST)
    await until(lambda: plain.client.diagnostics[uri] == [] or not plain.client.diagnostics[uri])
    plain.write(uri, MISTAKE)
    await until(lambda: plain.client.diagnostics[uri])
    plain.close(uri)


async def test_a_client_that_pulls_is_sent_nothing(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    assert len(await talk.pull(uri)) == 1
    talk.close(uri)
    await talk.settled()
    assert uri not in talk.client.diagnostics


async def test_edits_for_a_client_without_versions(plain: Talk) -> None:
    uri = plain.open(MISTAKE)
    (found,) = await plain.told(uri)
    fixes = await plain.actions(uri, found.range)
    assert fixes
    for fix in fixes:
        assert fix.edit is not None and fix.edit.document_changes is None and list(fix.edit.changes or {}) == [uri]
    plain.apply(uri, fixes[0])
    assert plain.texts[uri] == FIRST
    plain.close(uri)


async def test_status(plain: Talk) -> None:
    uri = plain.open(FIRST)
    await plain.hover(uri, "y =")
    answer = await plain.client.protocol.send_request_async("shapewright/status", {})
    assert answer.version and answer.python
    (entry,) = [entry for entry in answer.documents if entry.uri == uri]
    assert entry.lines == FIRST.count("\n") + 1 and entry.analysed
    plain.close(uri)


async def test_a_silenced_line(plain: Talk) -> None:
    uri = plain.open(MISTAKE.replace("shape=(1, 3, 1))", "shape=(1, 3, 1))  # shapewright: ignore[SW101]"))
    assert await plain.told(uri) == []
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    assert await plain.actions(uri, whole) == []
    plain.close(uri)
