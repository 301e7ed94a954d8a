"""Programs of several files: what one imports from another follows what is typed there, and what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from .talk import Talk

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
