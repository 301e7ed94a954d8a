"""Emacs with eglot; `emacs.el` says what happens in it."""

from __future__ import annotations

import json
from pathlib import Path

from .harness import HERE, program_on_path, run, server_command


def test_emacs(program: Path, output: Path, tag: str) -> None:
    result = output / "seen.json"
    run(
        [program_on_path("emacs"), "--batch", "-l", str(HERE / "emacs.el"), str(program)],
        tag,
        output / "log.txt",
        SERVER=json.dumps(server_command()),
        RESULT=str(result),
        HOME=str(output),  # not the files of whoever runs this
    )
    seen = json.loads(result.read_text(encoding="utf-8"))

    assert "problem" not in seen, seen
    assert seen["diagnostics"] == 1
    assert "SW101" in seen["text"]
    assert "error" in seen["type"]
    assert seen["marked"] == "(1, 3, 1)"
    # Without markdown-mode, eglot asks for plain text.
    assert seen["hover_before"].splitlines()[0] == "x: (None, 1, 3, 1)"
    assert "Leave the batch axis out: shape=(3, 1)" in seen["offered"]
    assert any("batch_shape=(1, 3, 1)" in title for title in seen["offered"])
    assert seen["mended"] == "x = keras.layers.Input(shape=(3, 1))"
    assert seen["hover_after"].splitlines()[0] == "x: (None, 3, 1)"
    assert seen["hover_on_y"].splitlines()[0] == "y: (None, 10)"
    assert "480 parameters" in seen["hover_on_y"]
    assert "Input(shape=(3, 1))" in program.read_text(encoding="utf-8")
