"""What is told of models: code lenses, the commands for graph and summary, hints behind calls."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .programs import FIRST, MISTAKE
from .talk import LONG, Talk, capabilities, talking

pytestmark = pytest.mark.asyncio(loop_scope="session")

MODELS = """\
import keras
from keras import layers

é = "𝒳"; stack = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3),
    layers.Flatten(),
])
stack.add(layers.Dense(10))


def build(units):
    x = keras.Input((units,))
    return keras.Model(x, layers.Dense(3)(layers.Dense(units)(x)), name="built")


a, b, c, d, e = build(3), build(4), build(5), build(6), build(3)
not_built = keras.Sequential([layers.Dense(3)])
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client() -> AsyncIterator[Talk]:
    """A client that can show graphs and tables."""
    can = capabilities(["utf-8"])
    can.experimental = {"shapewright": {"commands": ["shapewright.showGraph", "shapewright.showSummary"]}}
    async with talking(can=can) as talk:
        yield talk


async def lenses(talk: Talk, uri: str) -> list[types.CodeLens]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    return list(await asyncio.wait_for(talk.client.text_document_code_lens_async(params), LONG) or [])


async def command(talk: Talk, name: str, *arguments: Any) -> Any:
    params = types.ExecuteCommandParams(name, list(arguments))
    return await asyncio.wait_for(talk.client.workspace_execute_command_async(params), LONG)


def titles(found: list[types.CodeLens]) -> list[str]:
    return [lens.command.title for lens in found if lens.command is not None]


async def test_lenses(talk: Talk) -> None:
    uri = talk.open(MODELS)
    found = await lenses(talk, uri)
    assert titles(found) == [
        "Sequential · (None, 28, 28, 1) → (None, 10) · 54,170 parameters",
        "Functional · (None, 3) → (None, 3) · 24 parameters",
        "Functional · (None, 4) → (None, 3) · 35 parameters",
        "Functional · (None, 5) → (None, 3) · 48 parameters",
    ]
    assert talk.cut(uri, found[0].range).startswith("keras.Sequential([\n")
    for lens in found:
        assert lens.command is not None and lens.command.command == "shapewright.summary"
    text = await command(talk, "shapewright.summary", *(found[0].command.arguments or []))  # type: ignore[union-attr]
    assert text.startswith('Model: "sequential"\n') and "conv2d (Conv2D)" in text


async def test_lenses_for_a_client_that_shows_graphs(client: Talk) -> None:
    uri = client.open(FIRST)
    tell, show = await lenses(client, uri)
    assert titles([tell, show]) == ["Functional · (None, 3, 1) → (None, 10) · 480 parameters", "Show graph"]
    assert tell.command is not None and tell.command.command == "shapewright.showSummary"
    assert show.command is not None and show.command.command == "shapewright.showGraph"
    (argument,) = show.command.arguments or []
    picture = await command(client, "shapewright.graph", {**plain(argument), "format": "svg"})
    assert ET.fromstring(picture).tag.endswith("svg") and "LSTM" in picture


def plain(value: Any) -> dict[str, Any]:
    where = value["position"] if isinstance(value, dict) else value.position
    uri = value["textDocument"]["uri"] if isinstance(value, dict) else value.textDocument.uri
    line, character = (where["line"], where["character"]) if isinstance(where, dict) else (where.line, where.character)
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


async def test_lenses_follow_what_is_typed(client: Talk) -> None:
    uri = client.open(FIRST)
    client.write(uri, FIRST.replace("LSTM(10)", "LSTM(20)"))
    assert titles(await lenses(client, uri))[0] == "Functional · (None, 3, 1) → (None, 20) · 1,760 parameters"
    client.write(uri, "x = 1\n")
    assert await lenses(client, uri) == []
    assert await lenses(client, "file:///nowhere.py") == []


async def test_lenses_switched_off() -> None:
    async with talking(options={"codeLens": {"enable": False}}) as talk:
        uri = talk.open(FIRST)
        await talk.settled()
        assert await lenses(talk, uri) == []


async def test_commands(talk: Talk) -> None:
    options = talk.result.capabilities.execute_command_provider
    assert options is not None and {"shapewright.graph", "shapewright.summary"} <= set(options.commands)
    uri = talk.open(MODELS)
    here: dict[str, Any] = {"textDocument": {"uri": uri}}
    assert (await command(talk, "shapewright.graph", {**here, "model": "stack"}))["parameters"] == 54170
    assert (await command(talk, "shapewright.graph", {**here, "model": "a", "format": "mermaid"})).startswith("flowchart")
    assert (await command(talk, "shapewright.summary", {**here, "model": "b"})).startswith('Model: "built"')


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no open Python document"),
        ([7], "no open Python document"),
        ([{"textDocument": {"uri": "file:///nowhere.py"}}], "no open Python document"),
        ([{}], "there are several models in it; name one: stack, a, b, c, d, e, not_built"),
        ([{"model": "f"}], "there is no model f in it"),
        ([{"model": 7}], "a model is named by a text"),
        ([{"model": "not_built"}], "is not known"),
        ([{"position": {"line": 0, "character": 0}}], "there is no functional or Sequential model here"),
        ([{"position": {"line": "x"}}], "a position has a line and a character"),
        ([{"model": "a", "format": "png"}], "there is no format 'png'"),
    ],
)
async def test_commands_that_cannot_be_done(talk: Talk, arguments: list[Any], words: str) -> None:
    uri = talk.open(MODELS)
    given = [{"textDocument": {"uri": uri}, **a} if isinstance(a, dict) else a for a in arguments]
    with pytest.raises(JsonRpcException, match=words) as caught:
        await command(talk, "shapewright.graph", *given)
    assert caught.value.code == types.LSPErrorCodes.RequestFailed
    if "several" in words:
        assert caught.value.data["models"] == ["stack", "a", "b", "c", "d", "e", "not_built"]


async def test_hints_behind_calls() -> None:
    async with talking(options={"inlayHints": {"calls": True, "variables": False}}) as talk:
        uri = talk.open(MODELS)
        await talk.settled()
        shown = {line: label for (line, _), label in (await talk.hints(uri)).items() if line < 9}
        assert shown == {4: ": (None, 28, 28, 1)", 5: " → (None, 26, 26, 8)", 6: " → (None, 5408)", 8: " → (None, 10)"}


async def test_an_action_is_resolved_for_the_text_as_it_is_now(talk: Talk) -> None:
    provider = talk.result.capabilities.code_action_provider
    assert isinstance(provider, types.CodeActionOptions) and provider.resolve_provider
    uri = talk.open(MISTAKE)
    (first, *_) = await talk.actions(uri, types.Range(types.Position(0, 0), types.Position(99, 0)))
    talk.replace(uri, (0, 0), (0, 0), "\n\n")
    again = await asyncio.wait_for(talk.client.code_action_resolve_async(first), LONG)
    assert again.title == first.title
    talk.apply(uri, again)
    assert talk.texts[uri] == "\n\n" + FIRST
    first.title = "something else"
    assert (await asyncio.wait_for(talk.client.code_action_resolve_async(first), LONG)).title == "something else"


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("shape=", "```\nshape=(3, 1) → (None, 3, 1)\n```\nThe shape of **one sample**, without the batch axis"),
    ],
)
async def test_hover_on_the_word_shape(talk: Talk, piece: str, text: str) -> None:
    uri = talk.open(FIRST)
    assert (await talk.hover(uri, piece) or "").startswith(text)
