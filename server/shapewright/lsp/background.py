"""Findings in files that are not open: `diagnostics.mode = "workspace"`.

All Python files and notebooks of the workspace folders are looked through once, in a process of low priority, and again when
they change, or what they import from does. The event loop only waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import pickle
import uuid
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types

from shapewright.lsp import workspace_diagnostics
from shapewright.lsp.documents import Document, Text, file_path
from shapewright.lsp.server import Listener, Server
from shapewright.lsp.workspace_diagnostics import Checked
from shapewright.workspace.background import HEADER, Answer, command
from shapewright.workspace.files import SUFFIXES, python_files
from shapewright.workspace.programs import program_of
from shapewright.workspace.settings import Settings, read_project

log = logging.getLogger("shapewright")
PATIENCE = 120.0
"""Seconds after which a file is given up."""
FEW = 5
"""So many files are looked through without a word of progress."""


def register(server: Server) -> None:
    """Registers the request of clients that pull, and looks through files as the settings ask."""
    background = Background(server)
    server.listeners.append(background)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def pull(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        return workspace_diagnostics.pull(server, background.checked.values(), params)


class Background(Listener):
    """The files of the workspace that are not open, and what was found in them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.checked: dict[Path, Checked] = {}
        self._todo: dict[Path, None] = {}
        self._files: set[Path] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._working = False
        self._process: asyncio.subprocess.Process | None = None
        self._on = False

    # -- what happens outside

    def settings_changed(self, before: Settings) -> None:
        """Begins, or ends, as the settings ask."""
        settings = self._server.settings
        wanted = settings.enable and settings.diagnostics_mode == "workspace"
        begins, self._on = wanted and not self._on, wanted
        if not wanted:
            self._forget(set(self.checked))
            self.stop()
        elif begins or settings.exclude != before.exclude:
            self.rescan()
        for checked in self.checked.values():
            workspace_diagnostics.publish(self._server, checked)

    def settled(self) -> bool:
        """Whether everything was looked through."""
        return not self._todo and not self._tasks

    def folders_changed(self) -> None:
        """Other files belong to the workspace now."""
        self.rescan()

    def rescan(self) -> None:
        """Looks which files there are, and through those that are new."""
        if self._on:
            self._start(self._scan())

    def file_changed(self, path: Path | None, change: types.FileChangeType) -> None:
        """A file was changed, made or deleted on disk, or closed in the editor."""
        if not self._on or path is None:
            return
        if path in self._files and change == types.FileChangeType.Deleted:
            self._files.discard(path)
            self._forget({path})
        elif path not in self._files and (path.suffix in SUFFIXES or path.name == ".gitignore"):
            self.rescan()
        self._add(p for p in self._files if p == path or (p in self.checked and str(path) in self.checked[p].follows))

    def opened(self, document: Document) -> None:
        """A file is open now: it is looked through as a document."""
        if document.path is not None:
            self._todo.pop(document.path, None)
            self.checked.pop(document.path, None)

    def stop(self) -> None:
        """Ends at once."""
        self._todo.clear()
        self._end_process()

    # -- the work, on the event loop

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _scan(self) -> None:
        folders = [path for folder in self._server.workspace.folders.values() if (path := file_path(folder.uri))]
        if not folders and self._server.workspace.root_path:
            folders = [Path(self._server.workspace.root_path)]
        exclude = self._server.settings.exclude
        found = await asyncio.to_thread(lambda: {file for folder in folders for file in _files_of(folder, exclude)})
        if not self._on:
            return
        self._forget(set(self.checked) - found)
        new, self._files = found - self._files, found
        self._add(sorted(new))

    def _add(self, paths: Any) -> None:
        self._todo |= dict.fromkeys(path for path in paths if not self._is_open(path))
        if self._todo and not self._working:
            self._working = True
            self._start(self._work())

    def _is_open(self, path: Path) -> bool:
        return any(document.path == path for document in self._server.documents.values())

    async def _work(self) -> None:
        progress = _Progress(self._server)
        done = 0
        try:
            while self._todo:
                if len(self._todo) > FEW or done > FEW:
                    await progress.tell(done, done + len(self._todo))
                if progress.cancelled:
                    log.info("Looking through the workspace was cancelled; %d files were not looked at.", len(self._todo))
                    self._todo.clear()
                    break
                path = next(iter(self._todo))
                del self._todo[path]
                await self._check(path)
                done += 1
        finally:
            self._working = False
            progress.end()
            self._end_process()
        self._server.refresh_diagnostics()

    async def _check(self, path: Path) -> None:
        try:
            answer = await asyncio.wait_for(self._ask(path), PATIENCE)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError, asyncio.TimeoutError) as error:
            if self._on:
                log.warning("%s is passed over: looking through it did not come to an end (%r).", path, error)
            self._end_process()
            return
        if self._is_open(path) or path not in self._files:
            return
        if answer.error is not None:
            log.info("%s; it is passed over", answer.error)
            self._forget({path})
            return
        program = program_of(str(path), answer.written)
        uri = path.as_uri()
        text = Text(uri, answer.written, None, self._server.encoding)
        kept = Checked(program, uri, text, answer.findings, frozenset(answer.follows), uuid.uuid4().hex, answer.others)
        self.checked[path] = kept
        workspace_diagnostics.publish(self._server, kept)

    async def _ask(self, path: Path) -> Answer:
        if self._process is None or self._process.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(*command(), stdin=pipe, stdout=pipe, limit=2**16)
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(str(path)).encode() + b"\n")
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(HEADER), "big")
        answer: Answer = pickle.loads(await process.stdout.readexactly(length))
        return answer

    def _end_process(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        self._process = None

    def _forget(self, paths: set[Path]) -> None:
        for path in paths:
            self._todo.pop(path, None)
            kept = self.checked.pop(path, None)
            if kept is not None:
                workspace_diagnostics.clear(self._server, kept)
        if paths:
            self._server.refresh_diagnostics()


def _files_of(folder: Path, exclude: tuple[str, ...]) -> list[Path]:
    base = read_project(folder).folder
    return [path.absolute() for path in python_files([folder], exclude, base)]


class _Progress:
    """Work-done progress, for clients that show it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._token: str | None = None
        self._shown = -1
        window = server.client_capabilities.window
        self._can = window is not None and bool(window.work_done_progress)

    @property
    def cancelled(self) -> bool:
        """Whether the user does not want it."""
        return self._token is not None and self._server.work_done_progress.tokens[self._token].cancelled()

    async def tell(self, done: int, of: int) -> None:
        """Shows how far it is."""
        if not self._can:
            return
        progress, percentage = self._server.work_done_progress, 100 * done // max(of, 1)
        if self._token is None:
            token = f"shapewright-{uuid.uuid4().hex}"
            try:
                await progress.create_async(token)
            except Exception as error:  # the client may refuse, and the work goes on
                log.info("No progress is shown: %s", error)
                self._can = False
                return
            self._token = token
            begin = types.WorkDoneProgressBegin("shapewright", cancellable=True, message=f"{done}/{of} files", percentage=0)
            progress.begin(token, begin)
        elif percentage != self._shown:
            self._shown = percentage
            progress.report(self._token, types.WorkDoneProgressReport(message=f"{done}/{of} files", percentage=percentage))

    def end(self) -> None:
        """Takes it away."""
        if self._token is not None:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())
            self._server.work_done_progress.tokens.pop(self._token, None)
