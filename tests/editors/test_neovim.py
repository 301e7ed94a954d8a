"""Neovim with its own language client; `neovim.lua` says what happens in it."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from .harness import HERE, program_on_path, run, server_command


def neovim(program: Path, output: Path, tag: str, code: int = 0, **environment: str) -> Path:
    """Runs the script in a Neovim that reads no files of whoever runs this; returns where it wrote what it saw."""
    result = output / "seen.json"
    nothing = output / "home"
    options = ["-u", "NONE", "-i", "NONE", "-n", "--cmd", f"cd {program.parent}"]
    run(
        [program_on_path("nvim"), "--headless", *options, str(program), "-c", f"luafile {HERE / 'neovim.lua'}"],
        tag,
        output / "log.txt",
        code,
        SERVER=json.dumps(server_command()),
        RESULT=str(result),
        **{f"XDG_{kind}_HOME": str(nothing) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
        **environment,
    )
    return result


def test_neovim(program: Path, output: Path, tag: str) -> None:
    seen = json.loads(neovim(program, output, tag).read_text(encoding="utf-8"))

    assert "problem" not in seen, seen
    assert seen["diagnostics"] == 1
    assert (seen["code"], seen["source"], seen["severity"]) == ("SW101", "shapewright", 1)
    assert seen["line"].startswith("x = ")
    assert seen["marked"] == "(1, 3, 1)"
    assert "x: (None, 1, 3, 1)" in seen["hover_before"]
    assert seen["offered"][0].startswith("Leave the batch axis out: shape=(3, 1)")
    assert any("batch_shape=(1, 3, 1)" in title for title in seen["offered"])
    assert "x: (None, 3, 1)" in seen["hover_after"]
    assert "y: (None, 10)" in seen["hover_on_y"]
    assert "480 parameters" in seen["hover_on_y"]
    if "lens" in seen:
        assert seen["lens"].startswith("Functional · (None, 1, 3, 1) → (None, 10)")
    if "hints" in seen:
        assert ": (1, 3, 1)" in seen["hints"]
    assert "Input(shape=(3, 1))" in program.read_text(encoding="utf-8")


def test_the_server_does_not_outlive_a_neovim_that_is_killed(program: Path, output: Path, tag: str) -> None:
    # The `tag` fixture looks for what is left.
    neovim(program, output, tag, code=-signal.SIGKILL, DIE="1")
