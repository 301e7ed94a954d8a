"""Real Keras, asked by a real server; and servers whose Keras is missing, broken or stuck, which go on all the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from lsprotocol import types

from tests.differential.real import require_keras

from .programs import FIRST, MISTAKE, SHAPES
from .talk import COMMAND, LONG, Talk, capabilities, talking, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="starts workers by a script of sh")
FAKE = Path(__file__).parents[1] / "validation" / "fake_worker.py"
PLAN = {"validation": {"mode": "plan"}}
KERAS_LONG = 180
"""Seconds within which TensorFlow has started for certain."""


def python(folder: Path, *how: str) -> dict[str, Any]:
    """Settings with a Python that runs the fake worker, whatever it is asked to run."""
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" {" ".join(how)}\n', encoding="utf-8")
    script.chmod(0o755)
    return {"validation": {"mode": "plan", "python": str(script)}}


async def status(talk: Talk) -> dict[str, Any]:
    found = await talk.client.protocol.send_request_async("shapewright/status", {})
    return dict(plain(found)["validation"])


def plain(item: Any) -> Any:
    """What pygls makes of JSON, as JSON."""
    if hasattr(item, "_asdict"):
        return plain(item._asdict())
    if isinstance(item, dict):
        return {name: plain(value) for name, value in item.items()}
    return [plain(value) for value in item] if isinstance(item, (list, tuple)) else item


async def becomes(talk: Talk, state: str) -> dict[str, Any]:
    """Waits until the worker is in a state."""
    for _ in range(KERAS_LONG * 20):
        found = await status(talk)
        if found["state"] == state:
            return found
        await talk.settled()
        time.sleep(0.05)
    raise AssertionError(found)


async def hover_becomes(talk: Talk, uri: str, piece: str, words: str) -> str:
    for _ in range(KERAS_LONG * 20):
        text = await talk.hover(uri, piece) or ""
        if words in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


async def goes_on(talk: Talk) -> None:
    """Everything but the validation works."""
    uri = talk.open(FIRST)
    assert await talk.shape(uri, "y =") == "y: (None, 10)"
    assert await talk.labels(uri) == SHAPES
    wrong = talk.open(MISTAKE)
    (diagnostic,) = await talk.told(wrong)
    assert diagnostic.code == "SW101"


def said(talk: Talk) -> list[str]:
    return [message.message for message in talk.client.messages]


def gone(pid: int) -> bool:
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


async def test_a_hover_becomes_validated() -> None:
    require_keras()
    can = capabilities()
    can.window = types.WindowClientCapabilities(work_done_progress=True)
    async with talking(can=can, options=PLAN) as talk:
        uri = talk.open(FIRST)
        before = await talk.hover(uri, "y =")
        assert before is not None and "alidated" not in before  # at once, without Keras
        text = await hover_becomes(talk, uri, "y =", "alidated by Keras")
        assert text.startswith(before)
        assert "alidated by Keras" in (await talk.hover(uri, "model =") or "")
        assert "alidated" not in (await talk.hover(uri, "data =") or "")  # NumPy is not asked
        found = await becomes(talk, "ready")
        assert found["keras"] in text and found["tensorflow"]
        # The start was shown, once, from its beginning to its end.
        ((begin, end),) = talk.client.progress_reports.values()
        assert (begin.kind, end.kind) == ("begin", "end")
        # A finding that Keras makes, too, has its words.
        wrong = talk.open(MISTAKE)
        await talk.told(wrong)
        await hover_becomes(talk, wrong, "x =", "alidated by Keras")
        (diagnostic,) = await talk.told(wrong)
        assert diagnostic.code == "SW101" and "expected ndim=3, found ndim=4" in diagnostic.message
        # An edit is validated again, by the same process.
        talk.write(uri, FIRST.replace("LSTM(10)", "LSTM(11)"))
        text = await hover_becomes(talk, uri, "y =", "alidated by Keras")
        assert "(None, 11)" in text
        assert (await status(talk))["process"] == found["process"]
        worker = found["process"]
    assert gone(worker)


async def test_hints_are_asked_for_again() -> None:
    require_keras()
    can = capabilities()
    assert can.workspace is not None
    can.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    async with talking(can=can, options=PLAN) as talk:
        asked: list[str] = []
        talk.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda *_: asked.append("hints"))
        uri = talk.open(FIRST)
        await hover_becomes(talk, uri, "y =", "alidated by Keras")
        await until(lambda: asked)


async def test_off_starts_nothing(tmp_path: Path) -> None:
    settings = python(tmp_path)
    settings["validation"]["mode"] = "off"
    async with talking(options=settings) as talk:
        await goes_on(talk)
        assert (await status(talk)) == {"mode": "off", "state": "disabled"}


async def test_switched_off_the_worker_ends(tmp_path: Path) -> None:
    async with talking(options=python(tmp_path)) as talk:
        talk.open(FIRST)
        worker = (await becomes(talk, "ready"))["process"]
        talk.client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"validation": {"mode": "off"}})
        )
        await becomes(talk, "disabled")
        assert gone(worker)
        await goes_on(talk)


@pytest.mark.parametrize(
    ("how", "says"), [("no keras", "There is no Keras in this Python."), ("nothing", "no program that can be started")]
)
async def test_without_keras_all_goes_on_and_nobody_is_troubled(tmp_path: Path, how: str, says: str) -> None:
    settings = python(tmp_path, f'"{how}"')
    if how == "nothing":
        settings["validation"]["python"] = "/no/such/python"
    async with talking(options=settings) as talk:
        await goes_on(talk)
        assert says in (await becomes(talk, "disabled"))["reason"]
        await goes_on(talk)
        assert said(talk) == []


async def test_a_worker_that_never_starts_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    settings = python(tmp_path, "dies")
    async with talking(options=settings) as talk:
        talk.open(FIRST)
        await becomes(talk, "dead")
        await goes_on(talk)
        talk.client.workspace_execute_command(types.ExecuteCommandParams("shapewright.restartValidation"))
        python(tmp_path)  # repaired
        await becomes(talk, "ready")
        assert said(talk) == []


async def test_a_worker_of_another_version_is_told_with_the_command_that_helps(tmp_path: Path) -> None:
    async with talking(options=python(tmp_path, '"other version"')) as talk:
        await goes_on(talk)
        await until(lambda: said(talk))
        assert "version 99" in said(talk)[0] and "shapewright.restartValidation" in said(talk)[0]
        assert "shapewright.restartValidation" in talk.result.capabilities.execute_command_provider.commands
        python(tmp_path)
        await talk.client.workspace_execute_command_async(
            types.ExecuteCommandParams("shapewright.restartValidation")
        )
        await becomes(talk, "ready")
        assert len(said(talk)) == 1


async def test_a_stuck_worker_is_in_nobodys_way(tmp_path: Path) -> None:
    async with talking(options=python(tmp_path, "silent")) as talk:
        talk.open(FIRST)
        worker = (await becomes(talk, "starting"))["process"]
        for _ in range(3):
            await goes_on(talk)
    assert gone(worker)


async def test_a_project_cannot_start_its_own_python(tmp_path: Path) -> None:
    """Nor have its own code run."""
    chosen = python(tmp_path)["validation"]["python"]
    (tmp_path / "pyproject.toml").write_text(
        f"[tool.shapewright.validation]\nmode = 'source'\npython = '{chosen}'\n", encoding="utf-8"
    )
    async with talking(root=tmp_path) as talk:
        await until(lambda: len(said(talk)) == 2)
        assert all("opening a folder must not start" in message for message in said(talk))
        assert (await status(talk))["mode"] == "off"
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(PLAN))
        talk.open(FIRST)
        found = await becomes(talk, "starting")
        assert chosen not in found["interpreter"]


BY_HAND = """\
import keras

class Strange(keras.layers.Layer):
    def call(self, x):
        return eval("keras.ops.concatenate([x, x], axis=-1)")

x = keras.Input((8, 4))
y = Strange()(x)
model = keras.Model(x, y)
model.fit(None)
open("never.txt", "w")
z = model(x)
"""


async def test_a_file_is_run_where_the_user_says_so() -> None:
    """What the analysis cannot know is shown, with where it is from."""
    require_keras()
    async with talking(options={"validation": {"mode": "source"}}) as talk:
        uri = talk.open(BY_HAND)
        assert await talk.hover(uri, "y =") is None
        found = await becomes(talk, "ready")
        if found["source"] is not True:
            pytest.skip(found["source"])
        text = await hover_becomes(talk, uri, "y =", "from running this file under Keras")
        assert text.startswith("```\ny: (None, 8, 8)\n```\nfloat32")
        assert "z: (None, 8, 8)" in await talk.labels(uri)
        assert await talk.shape(uri, "x =") == "x: (None, 8, 4)"
        assert not Path("never.txt").exists()
        talk.write(uri, BY_HAND.replace("[x, x]", "[x, x, x]"))
        assert "y: (None, 8, 12)" in await hover_becomes(talk, uri, "y =", "from running this file under Keras")


async def test_no_file_is_run_unless_the_user_says_so() -> None:
    require_keras()
    async with talking(options=PLAN) as talk:
        uri = talk.open(BY_HAND)
        await hover_becomes(talk, uri, "x =", "alidated by Keras")
        await becomes(talk, "ready")
        assert await talk.hover(uri, "y =") is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker that is stopped sees nothing of it")
@pytest.mark.parametrize("at", ["idle", "stopped"])
def test_no_worker_outlives_a_server_that_is_killed(at: str) -> None:
    require_keras()
    server = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdin is not None
    try:
        for method, params in (
            ("initialize", {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": PLAN}),
            ("initialized", {}),
            (
                "textDocument/didOpen",
                {"textDocument": {"uri": "file:///a.py", "languageId": "python", "version": 1, "text": FIRST}},
            ),
        ):
            message = {"jsonrpc": "2.0", "method": method, "params": params}
            body = json.dumps(message | ({"id": 1} if method == "initialize" else {})).encode()
            server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        server.stdin.flush()
        deadline = time.monotonic() + LONG
        while not (children := psutil.Process(server.pid).children(recursive=True)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        if at == "stopped":
            time.sleep(0.5)
            children[0].send_signal(signal.SIGSTOP)
    finally:
        server.kill()
        server.wait()
    assert all(gone(child.pid) for child in children)


async def test_what_keras_said_before_is_there_again_without_asking_it() -> None:
    """An edit keeps the answers about models that it leaves alone, also while the worker is busy with others."""
    require_keras()
    async with talking(options=PLAN) as talk:
        uri = talk.open(FIRST)
        await hover_becomes(talk, uri, "y =", "alidated by Keras")
        worker = (await becomes(talk, "ready"))["process"]
        os.kill(worker, signal.SIGSTOP)
        try:
            talk.write(uri, FIRST + "other = keras.layers.Dense(7)(keras.Input((5,)))\n")
            await hover_becomes(talk, uri, "y =", "alidated by Keras")
            assert "alidated" not in (await talk.hover(uri, "other") or "")
        finally:
            os.kill(worker, signal.SIGCONT)
        await hover_becomes(talk, uri, "other", "alidated by Keras")


def project(folder: Path, script: Path) -> Path:
    """A project with an environment of its own, whose Python is a link to a program elsewhere."""
    site = folder / ".venv/lib/python3.11/site-packages/keras"
    site.mkdir(parents=True)
    (site / "__init__.py").touch()
    (folder / ".venv/bin").mkdir()
    (folder / ".venv/bin/python").symlink_to(script)
    (folder / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    return folder


async def test_each_project_has_the_worker_of_its_own_environment(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    script = Path(python(tmp_path / "elsewhere")["validation"]["python"])
    first, second = project(tmp_path / "first", script), project(tmp_path / "second", script)
    async with talking(options=PLAN, root=first) as talk:
        talk.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent([types.WorkspaceFolder(second.as_uri(), "second")], [])
            )
        )
        talk.open(FIRST, (first / "program.py").as_uri())
        one = await becomes(talk, "ready")
        assert str(first / ".venv/bin/python") in one["interpreter"]
        talk.open(FIRST, (second / "deep/program.py").as_uri())
        while not (await status(talk)).get("others"):
            time.sleep(0.05)
        both = await becomes(talk, "ready")
        assert str(second / ".venv/bin/python") in both["interpreter"]
        assert [other["process"] for other in both["others"]] == [one["process"]]
        assert both["process"] != one["process"]
    assert gone(one["process"]) and gone(both["process"])


async def test_projects_with_the_same_python_share_a_worker(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    async with talking(options=python(tmp_path), root=first) as talk:
        talk.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent([types.WorkspaceFolder(second.as_uri(), "second")], [])
            )
        )
        talk.open(FIRST, (first / "program.py").as_uri())
        one = await becomes(talk, "ready")
        talk.open(FIRST.replace("LSTM(10)", "LSTM(11)"), (second / "program.py").as_uri())
        await talk.settled()
        assert (await becomes(talk, "ready"))["process"] == one["process"]
        assert "others" not in await status(talk)
