"""Settings from every place they can come from, and what is said about bad ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from .programs import FIRST, MISTAKE, SHAPES
from .talk import Talk, capabilities, talking, until

pytestmark = pytest.mark.asyncio(loop_scope="function")

OFF: dict[str, Any] = {"inlayHints": {"enable": False}}


async def hints_become(talk: Talk, uri: str, labels: list[str]) -> None:
    """Waits for the hints to be these: settings arrive while the first questions are answered."""
    for _ in range(200):
        found = await talk.labels(uri)
        if found == labels:
            return
        await talk.settled()
    assert found == labels


def said(talk: Talk) -> list[str]:
    return [message.message for message in talk.client.messages]


async def test_settings_that_the_server_asks_for() -> None:
    async with talking(settings=OFF) as talk:
        uri = talk.open(FIRST)
        await hints_become(talk, uri, [])
        assert await talk.shape(uri, "y =") == "y: (None, 10)"
        talk.client.set_configuration({}, section="shapewright")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        await hints_become(talk, uri, SHAPES)
        assert said(talk) == []


@pytest.mark.parametrize("options", [{"shapewright": OFF}, {"inlayHints.enable": False}])
async def test_settings_at_the_beginning(options: dict[str, Any]) -> None:
    async with talking(options=options) as talk:
        await hints_become(talk, talk.open(FIRST), [])
        assert said(talk) == []


async def test_settings_that_the_editor_sends() -> None:
    async with talking() as talk:
        uri = talk.open(MISTAKE)
        assert len(await talk.told(uri)) == 1
        for settings in ({"shapewright": {"ignore": ["SW1"]}}, {"select": ["SW5"]}, {"enable": False}):
            talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
            await until(lambda: not talk.client.diagnostics[uri])
            talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"select": ["SW101"]}))
            await until(lambda: talk.client.diagnostics[uri])


async def test_switched_off_it_says_nothing() -> None:
    async with talking(can=capabilities(pull=True), options={"enable": False}) as talk:
        uri = talk.open(MISTAKE)
        await talk.settled()
        assert await talk.hover(uri, "y =") is None
        assert await talk.hints(uri) == {}
        assert await talk.pull(uri) == []


async def test_settings_of_the_project_and_of_the_editor(tmp_path: Path) -> None:
    """The editor's win, name by name."""
    (tmp_path / "pyproject.toml").write_text(
        '[tool.shapewright]\nignore = ["SW101"]\ninlayHints.maxLength = 8\n', encoding="utf-8"
    )
    async with talking(root=tmp_path, settings={"inlayHints": {"maxLength": 12}}) as talk:
        uri = talk.open(MISTAKE)
        assert await talk.told(uri) == []
        short = ["data: (1, 3, 1)", "x: (None, 1, 3…", "y: (None, 10)", "model: (None, 1, 3…"]
        await hints_become(talk, uri, short)


BAD: dict[str, Any] = {
    "inlayHints": {"maxLength": "long"},
    "enable": "yes",
    "select": ["SW9999"],
    "log": {"level": "loud"},
    "colour": "red",
}


async def test_bad_settings_are_told_once_each() -> None:
    """Though they come in two ways, and again whenever something changes."""
    async with talking(settings=BAD, options=BAD) as talk:
        uri = talk.open(FIRST)
        for _ in range(3):
            talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        await hints_become(talk, uri, SHAPES)  # the default is used
        await until(lambda: len(said(talk)) >= len(BAD))
        await talk.settled()
        for words in (
            ["`inlayHints.maxLength`", "'long'", "from 8 to 500"],
            ["`enable`", "'yes'", "true or false"],
            ["`select`", "SW9999", "rule codes"],
            ["`log.level`", "'loud'", "error, warning, info, debug"],
            ["`colour`", "Settings are:", "inlayHints.enable"],
        ):
            assert len([message for message in said(talk) if all(word in message for word in words)]) == 1, words
        assert len(said(talk)) == len(BAD)


async def test_a_bad_project_file_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.shapewright\nenable = "', encoding="utf-8")
    async with talking(root=tmp_path, settings={}) as talk:
        uri = talk.open(FIRST)
        await until(lambda: said(talk))
        await hints_become(talk, uri, SHAPES)
        (message,) = said(talk)
        assert "pyproject.toml" in message and "TOML" in message


@pytest.mark.parametrize("options", ["text", {"shapewright": [7]}])
async def test_options_that_are_no_settings_are_passed_over(options: Any) -> None:
    async with talking(options=options) as talk:
        await hints_become(talk, talk.open(FIRST), SHAPES)


@pytest.mark.parametrize("settings", [{}, None])
async def test_settings_of_the_project_that_change(tmp_path: Path, settings: dict[str, Any] | None) -> None:
    """Whether the editor is asked for its own or has told them."""
    project = tmp_path / "pyproject.toml"
    project.write_text("[tool.shapewright]\n", encoding="utf-8")
    async with talking(root=tmp_path, settings=settings, options={"inlayHints": {"maxLength": 12}}) as talk:
        uri = talk.open(MISTAKE)
        await until(lambda: talk.client.diagnostics.get(uri))
        project.write_text('[tool.shapewright]\nignore = ["SW101"]\n', encoding="utf-8")
        event = types.FileEvent(project.as_uri(), types.FileChangeType.Changed)
        talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await until(lambda: not talk.client.diagnostics[uri])
        await hints_become(talk, uri, ["data: (1, 3, 1)", "x: (None, 1, 3…", "y: (None, 10)", "model: (None, 1, 3…"])


async def test_trace() -> None:
    async with talking() as talk:
        said: list[str] = []
        talk.client.feature(types.LOG_TRACE)(lambda params: said.append(params.message))
        uri = talk.open(FIRST)
        await talk.told(uri)
        assert said == []
        talk.client.set_trace(types.SetTraceParams(types.TraceValue.Messages))
        talk.write(uri, MISTAKE)
        await until(lambda: said)
        assert said[0].endswith("version 2 analysed, 1 findings")
