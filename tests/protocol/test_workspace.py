"""Files that are not open: looked through in the background, pushed and pulled, followed as they change."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import psutil
import pytest
from lsprotocol import types

from tests.cli.test_notebooks import written

from .programs import FIRST, MISTAKE
from .talk import LONG, Talk, capabilities, talking, until

pytestmark = pytest.mark.asyncio(loop_scope="function")

ON: dict[str, Any] = {"diagnostics": {"mode": "workspace"}, "exclude": ["left/"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("bad.py", "sub/bad.py", "left/bad.py", "ignored/bad.py", ".venv/bad.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(MISTAKE, encoding="utf-8")
    (tmp_path / "good.py").write_text(FIRST, encoding="utf-8")
    (tmp_path / "binary.py").write_bytes(b"\0\1\2")
    (tmp_path / "notes.ipynb").write_text(written(), encoding="utf-8")
    (tmp_path / ".gitignore").write_text("ignored/\n", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def with_progress(can: types.ClientCapabilities) -> types.ClientCapabilities:
    can.window = types.WindowClientCapabilities(work_done_progress=True)
    return can


def found(talk: Talk, root: Path) -> dict[str, list[str | int | None]]:
    """What was pushed, by file."""
    names = {path.as_uri(): str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    pushed = talk.client.diagnostics
    return {names[uri]: [d.code for d in items] for uri, items in pushed.items() if uri in names and items}


async def pull(talk: Talk, previous: list[types.PreviousResultId] | None = None) -> list[Any]:
    params = types.WorkspaceDiagnosticParams(previous or [])
    report = await asyncio.wait_for(talk.client.workspace_diagnostic_async(params), LONG)
    return list(report.items)


def change(talk: Talk, path: Path, kind: types.FileChangeType) -> None:
    event = types.FileEvent(path.as_uri(), kind)
    talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_pushed(folder: Path) -> None:
    async with talking(root=folder, settings=ON) as talk:
        all_bad: dict[str, list[str]] = {"bad.py": ["SW101"], "sub/bad.py": ["SW101"], "notes.ipynb": ["SW101"]}
        await until(lambda: found(talk, folder) == all_bad)
        (in_notebook,) = talk.client.diagnostics[(folder / "notes.ipynb").as_uri()]
        assert in_notebook.message.startswith("cell 3, line ")
        line = (folder / "notes.ipynb").read_text().splitlines()[in_notebook.range.start.line]
        assert line[in_notebook.range.start.character : in_notebook.range.end.character] == "(1, 3, 1)"


async def test_files_that_change(folder: Path) -> None:
    async with talking(root=folder, settings=ON) as talk:
        await until(lambda: "sub/bad.py" in found(talk, folder))
        bad, new = folder / "bad.py", folder / "sub" / "new.py"
        bad.write_text(FIRST)
        change(talk, bad, types.FileChangeType.Changed)
        await until(lambda: "bad.py" not in found(talk, folder))
        new.write_text(MISTAKE)
        change(talk, new, types.FileChangeType.Created)
        await until(lambda: "sub/new.py" in found(talk, folder))
        change(talk, new, types.FileChangeType.Deleted)
        await until(lambda: "sub/new.py" not in found(talk, folder))


async def test_what_imports_from_a_file_that_changes(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text("SHAPE = (3, 1)\n")
    (tmp_path / "main.py").write_text(MISTAKE.replace("(1, 3, 1))  ", "SHAPE)").replace("shape=(1, 3, 1)", "shape=SHAPE"))
    main = tmp_path / "main.py"
    main.write_text("from shapes import SHAPE\n" + main.read_text())
    async with talking(root=tmp_path, settings=ON) as talk:
        await until(lambda: main.as_uri() in talk.client.diagnostics)
        assert found(talk, tmp_path) == {}
        (tmp_path / "shapes.py").write_text("SHAPE = (1, 3, 1)\n")
        change(talk, tmp_path / "shapes.py", types.FileChangeType.Changed)
        await until(lambda: "main.py" in found(talk, tmp_path))


async def test_an_open_file_is_the_editor_s(folder: Path) -> None:
    async with talking(root=folder, settings=ON) as talk:
        await until(lambda: len(found(talk, folder)) == 3)
        uri = talk.open(FIRST, (folder / "bad.py").as_uri())
        await until(lambda: "bad.py" not in found(talk, folder))
        talk.close(uri)  # not saved: what is on disk counts again
        await until(lambda: "bad.py" in found(talk, folder))


async def test_pulled(folder: Path) -> None:
    async with talking(root=folder, settings=ON, can=capabilities(pull=True, configuration=True)) as talk:
        items: list[Any] = []
        while len(items) < 3:
            items = await pull(talk)
            await asyncio.sleep(0.05)
        assert {Path(item.uri).name for item in items} == {"bad.py", "notes.ipynb"}
        assert {tuple(d.code for d in item.items) for item in items} == {("SW101",)}
        before = [types.PreviousResultId(item.uri, item.result_id) for item in items]
        assert {item.kind for item in await pull(talk, before)} == {"unchanged"}
        gone = types.PreviousResultId((folder / "gone.py").as_uri(), "1")
        (empty,) = [item for item in await pull(talk, [*before, gone]) if item.uri == gone.uri]
        assert not empty.items
        talk.client.set_configuration({**ON, "ignore": ["SW1"]}, section="shapewright")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        while True:
            again = await pull(talk, before)
            if all(item.kind == "full" and not item.items for item in again):
                break
        assert talk.client.diagnostics == {}


async def test_only_open_files_unless_asked_for(folder: Path) -> None:
    async with talking(root=folder, settings={}) as talk:
        uri = talk.open(MISTAKE, (folder / "bad.py").as_uri())
        await talk.told(uri)
        await talk.settled()
        assert found(talk, folder) == {"bad.py": ["SW101"]} and await pull(talk) == []
        talk.client.set_configuration(ON, section="shapewright")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        await until(lambda: len(found(talk, folder)) == 3)
        talk.client.set_configuration({}, section="shapewright")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
        await until(lambda: set(found(talk, folder)) == {"bad.py"})


async def test_progress_and_its_cancellation(tmp_path: Path) -> None:
    """While it works, a hover is answered; cancelled, it stops, and no process is left."""
    for number in range(200):
        (tmp_path / f"program{number}.py").write_text(MISTAKE)
    can = with_progress(capabilities(configuration=True))
    async with talking(root=tmp_path, settings=ON, can=can) as talk:
        reports = talk.client.progress_reports
        await until(lambda: any(len(r) > 2 for r in reports.values()))
        uri = talk.open(FIRST)
        assert await talk.shape(uri, "y =") == "y: (None, 10)"
        (token,) = reports
        assert reports[token][0].title == "shapewright" and reports[token][0].cancellable
        talk.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        await until(lambda: reports[token][-1].kind == "end")
        assert len(found(talk, tmp_path)) < 200
        server = talk.client._server
        assert server is not None
        await until(lambda: psutil.Process(server.pid).children() == [])


async def test_a_process_that_dies_costs_one_file(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"program{number:02}.py").write_text(MISTAKE)
    async with talking(root=tmp_path, settings=ON) as talk:
        server = talk.client._server
        assert server is not None
        await until(lambda: found(talk, tmp_path))
        for child in psutil.Process(server.pid).children():
            child.kill()
        await until(lambda: len(found(talk, tmp_path)) >= 39)


async def test_it_ends_with_the_server(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"program{number}.py").write_text(MISTAKE)
    async with talking(root=tmp_path, settings=ON) as talk:
        await until(lambda: found(talk, tmp_path))
        server = talk.client._server
        assert server is not None
        children = psutil.Process(server.pid).children()
        assert [child.nice() for child in children] == [19]
    await until(lambda: not any(child.is_running() for child in children))


@pytest.mark.skipif(os.name == "nt", reason="folders without rights")
async def test_a_workspace_that_is_not_there(tmp_path: Path) -> None:
    async with talking(root=tmp_path / "nowhere", settings=ON) as talk:
        uri = talk.open(MISTAKE)
        assert len(await talk.told(uri)) == 1
