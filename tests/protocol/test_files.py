"""Programs of several files: what one imports from another follows what is typed there, and what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from .talk import Talk, talking

pytestmark = pytest.mark.asyncio(loop_scope="session")

BLOCKS = "from keras import layers\n\n\ndef head(x):\n    return layers.Dense(8)(x)\n"
MAIN = "import keras\nfrom blocks import head\n\ny = head(keras.Input((3,)))\n"


async def test_what_is_typed_in_one_file_shows_in_the_other(plain: Talk, tmp_path: Path) -> None:
    blocks = tmp_path / "blocks.py"
    blocks.write_text(BLOCKS)
    main = plain.open(MAIN, (tmp_path / "main.py").as_uri())
    assert await plain.shape(main, "y =") == "y: (None, 8)"
    other = plain.open(BLOCKS, blocks.as_uri())
    plain.write(other, BLOCKS.replace("8", "32"))
    assert await plain.shape(main, "y =") == "y: (None, 32)"
    plain.close(other)  # not saved: the file on disk counts again
    assert await plain.shape(main, "y =") == "y: (None, 8)"
    plain.close(main)


async def test_a_file_that_changes_on_disk(plain: Talk, tmp_path: Path) -> None:
    blocks = tmp_path / "blocks.py"
    blocks.write_text(BLOCKS)
    main = plain.open(MAIN, (tmp_path / "main.py").as_uri())
    assert await plain.shape(main, "y =") == "y: (None, 8)"
    blocks.write_text(BLOCKS.replace("8", "128"))
    change = types.FileEvent(blocks.as_uri(), types.FileChangeType.Changed)
    plain.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
    assert await plain.shape(main, "y =") == "y: (None, 128)"
    plain.close(main)


CONFIG = '"""Größen."""\nINPUT_SHAPE = (1, 3, 1)\n'
TRAIN = "import keras\nfrom config import INPUT_SHAPE\n\nx = keras.Input(shape=INPUT_SHAPE)\ny = keras.layers.LSTM(10)(x)\n"


async def fixes(talk: Talk, uri: str) -> list[types.CodeAction]:
    """The quick fixes on the Input."""
    line = types.Position(3, 0)
    found = await talk.actions(uri, types.Range(line, line), ["quickfix"])
    return [action for action in found if not action.title.startswith("Silence")]


async def test_a_fix_in_another_file_that_is_open(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("INPUT_SHAPE = (3, 1)\n")  # not saved yet: the editor's text counts
    config = talk.open(CONFIG, (tmp_path / "config.py").as_uri())
    train = talk.open(TRAIN, (tmp_path / "train.py").as_uri())
    (finding,) = await talk.pull(train)
    assert finding.code == "SW101" and talk.cut(train, finding.range) == "INPUT_SHAPE"
    made = (finding.related_information or [])[0].location
    assert (made.uri, talk.cut(config, made.range)) == (config, "(1, 3, 1)")
    best = (await fixes(talk, train))[0]
    assert best.title == "Leave the batch axis out: (3, 1) (in config.py)" and best.is_preferred
    talk.apply(config, best)
    assert talk.texts[config] == CONFIG.replace("(1, 3, 1)", "(3, 1)")
    assert await talk.pull(train) == []
    talk.close(train)
    talk.close(config)


async def test_a_fix_in_another_file_that_is_closed(plain: Talk, tmp_path: Path) -> None:
    config = tmp_path / "config.py"
    config.write_text(CONFIG, encoding="utf-8")
    train = plain.open(TRAIN, (tmp_path / "train.py").as_uri())
    best = (await fixes(plain, train))[0]
    assert best.edit is not None and list(best.edit.changes or {}) == [config.as_uri()]
    whole = types.Position(3, 0), types.Position(4, 0)
    assert not await plain.actions(train, types.Range(*whole), ["source.fixAll"])  # saving one file changes no other
    assert config.read_text(encoding="utf-8") == CONFIG
    plain.close(train)


async def test_a_name_that_a_third_file_uses_is_mended_where_it_is_used(plain: Talk, tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "data.py").write_text("from config import INPUT_SHAPE\nprint(INPUT_SHAPE)\n")
    train = plain.open(TRAIN, (tmp_path / "train.py").as_uri())
    best = (await fixes(plain, train))[0]
    assert best.title == "Leave the batch axis out: INPUT_SHAPE[1:]"
    plain.apply(train, best)
    assert "shape=INPUT_SHAPE[1:]" in plain.texts[train]
    plain.close(train)


async def test_files_outside_of_the_workspace_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "app").mkdir()
    async with talking(root=tmp_path / "app") as talk:
        text = TRAIN.replace("from config", "from ..config")
        train = talk.open(text, (tmp_path / "app" / "train.py").as_uri())
        assert await talk.shape(train, "x =") == "x: (None, 1, 3, 1)"
        best = (await fixes(talk, train))[0]
        assert best.title == "Leave the batch axis out: INPUT_SHAPE[1:]"
