"""The workers that validate: one for each Python that has the Keras of an open project. Each is started at its first need."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from shapewright.lsp.documents import Document, file_path
from shapewright.workspace.modules import project_root

if TYPE_CHECKING:  # loaded at the first need: most of it is nobody's concern where validation is off
    from shapewright.lsp.server import Server
    from shapewright.validation.interpreters import Interpreter
    from shapewright.validation.supervisor import State

log = logging.getLogger("shapewright")
RESTART = "shapewright.restartValidation"
Soon = Callable[..., None]
"""Has a function called with arguments on the event loop, from any thread."""
_numbers = itertools.count(1)


class Worker:
    """One worker, and what the user is told of it."""

    def __init__(self, server: Server, soon: Soon, interpreter: Interpreter) -> None:
        from shapewright.validation.supervisor import Patience, Supervisor
        from shapewright.validation.validator import Limits, Validator

        settings = server.settings
        self._server = server
        self._soon = soon
        self._task: asyncio.Future[None] | None = None
        self._progress: str | None = None  # the token of the progress that shall be shown
        self._shown: str | None = None  # and of the one that is
        self.interpreter = str(interpreter)
        log.info("Keras for validation: %s", interpreter)
        supervisor = Supervisor(interpreter.command, Patience(idle=settings.validation_idle), self._is)
        self.validator = Validator(supervisor, Limits(settings.validation_timeout, settings.validation_memory))

    @property
    def keras(self) -> str:
        """The version of its Keras."""
        return str(self.validator.supervisor.hello.get("keras", ""))

    def _is(self, state: State) -> None:
        """Called by the supervisor's thread."""
        self._soon(self._tell, state)

    def _tell(self, state: State) -> None:
        from shapewright.validation.supervisor import State

        if state is State.STARTING:
            self._task = asyncio.ensure_future(self._begin_progress())
        else:
            self._end_progress()
        supervisor = self.validator.supervisor
        if state is not State.DISABLED:
            return
        if supervisor.quiet:
            log.info("Shapes are not validated by Keras: %s", supervisor.reason)
        else:
            self._server.window_show_message(
                types.ShowMessageParams(
                    types.MessageType.Warning,
                    f"shapewright: shapes are no longer validated by Keras: {supervisor.reason}. Everything else goes on. "
                    f"The command “Restart Validation” ({RESTART}) tries again.",
                )
            )

    async def _begin_progress(self) -> None:
        """Only the start is shown, which takes seconds; what follows is quick."""
        window = self._server.client_capabilities.window
        if window is None or not window.work_done_progress:
            return
        token = self._progress = f"shapewright-validation-{next(_numbers)}"
        progress = self._server.work_done_progress
        try:
            await progress.create_async(token)
        except JsonRpcException:
            return  # then not
        if self._progress == token:
            self._shown = token
            progress.begin(token, types.WorkDoneProgressBegin("shapewright", message="Starting Keras"))

    def _end_progress(self) -> None:
        if self._shown is not None:
            self._server.work_done_progress.end(self._shown, types.WorkDoneProgressEnd())
        self._progress = self._shown = None

    def status(self) -> dict[str, Any]:
        """What `shapewright/status` says of it."""
        supervisor = self.validator.supervisor
        hello = supervisor.hello
        return {
            "state": supervisor.state.value,
            "reason": supervisor.reason,
            "interpreter": self.interpreter,
            "process": supervisor.pid,
        } | {
            name: hello[name]
            for name in ("python", "keras", "backend", "tensorflow", "locks", "source")
            if name in hello
        }


class Workers:
    """The workers of a server, by the project that a document belongs to. Projects with the same Python share one."""

    def __init__(self, server: Server, soon: Soon) -> None:
        self._server = server
        self._soon = soon
        self._made_for: tuple[object, ...] | None = None  # the settings that they go by
        self._by_root: dict[Path | None, Worker | str] = {}  # or why there is none
        self._by_command: dict[tuple[str, ...], Worker] = {}
        self._last: Path | None = None  # the project that was validated last
        self._roots: dict[Path, Path] = {}  # of the folders that files are in

    def known(self, document: Document) -> Worker | None:
        """The worker of a document, if one was made already."""
        if self._made_for != self._wishes() or (document.path and document.path.parent not in self._roots):
            return None
        found = self._by_root.get(self._root(document))
        return found if isinstance(found, Worker) else None

    def find(self, document: Document) -> Worker | None:
        """The worker of a document; made at the first need. In the analysis thread: it looks for files."""
        from shapewright.validation.interpreters import NoInterpreter, find_interpreter

        if self.are_outdated:
            self.end()
        self._made_for = self._wishes()
        root = self._last = self._root(document)
        if root not in self._by_root:
            try:
                interpreter = find_interpreter(root, self._server.settings.validation_python)
                command = tuple(interpreter.command)
                if command not in self._by_command:
                    self._by_command[command] = Worker(self._server, self._soon, interpreter)
                self._by_root[root] = self._by_command[command]
            except NoInterpreter as error:
                log.info("Shapes are not validated by Keras: %s", error)
                self._by_root[root] = str(error)
        return self.known(document)

    def forget_roots(self) -> None:
        """Other folders are open now."""
        self._roots = {}

    @property
    def are_outdated(self) -> bool:
        """Whether they were made for other settings than there are."""
        return self._made_for is not None and self._made_for != self._wishes()

    def all(self) -> list[Worker]:
        """Those that were made."""
        return list(self._by_command.values())

    def restart(self) -> None:
        """Forgets failures, and begins anew."""
        for worker in self.all():
            worker.validator.forget_failures()
            worker.validator.supervisor.restart()
        self._by_root = {root: found for root, found in self._by_root.items() if isinstance(found, Worker)}

    def end(self, wait: bool = False) -> None:
        """Ends all."""
        workers = self.all()
        self._by_root, self._by_command, self._made_for = {}, {}, None
        for worker in workers:
            worker.validator.supervisor.stop(wait)

    def _wishes(self) -> tuple[object, ...]:
        settings = self._server.settings
        return (
            settings.validation_mode == "off" or not settings.enable,
            settings.validation_python,
            settings.validation_timeout,
            settings.validation_memory,
            settings.validation_idle,
        )

    def _root(self, document: Document) -> Path | None:
        """The folder whose environment counts: the innermost open one that has the file, else the first that is open, else
        the project that the file belongs to."""
        workspace = self._server.workspace
        named = [workspace.root_path, *(file_path(folder.uri) for folder in list(workspace.folders.values()))]
        folders = [Path(folder) for folder in named if folder]
        path = document.path
        around = [folder for folder in folders if path is not None and folder in path.parents]
        if path is None:
            return folders[0] if folders else None
        if path.parent not in self._roots:
            first = folders[0] if folders else project_root(path.parent)
            self._roots[path.parent] = max(around, key=lambda folder: len(folder.parts), default=first)
        return self._roots[path.parent]

    def status(self) -> dict[str, Any]:
        """What `shapewright/status` says: of the worker of the project that was validated last, and of the others."""
        mode = self._server.settings.validation_mode
        last = self._by_root.get(self._last)
        if not isinstance(last, Worker):
            state = {"state": "disabled" if mode == "off" or last else "not started"} | ({"reason": last} if last else {})
        else:
            state = last.status()
        others = [worker.status() for worker in self.all() if worker is not last]
        return {"mode": mode, **state} | ({"others": others} if others else {})
