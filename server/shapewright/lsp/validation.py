"""Real Keras, asked about open documents. Nothing waits for it: what it says arrives as refreshed hints and diagnostics.

A document is validated once its findings are out and nobody has typed for a moment. Its plan is made in the analysis thread
when that has nothing else to do, built by the worker, and what comes of it is compared in the analysis thread again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from shapewright.lsp import diagnostics
from shapewright.lsp.documents import Document, file_path
from shapewright.lsp.server import Listener, Server
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.modules import project_root
from shapewright.workspace.ran import differences
from shapewright.workspace.settings import Settings

if TYPE_CHECKING:  # loaded at the first need: most of it is nobody's concern where validation is off
    from shapewright.findings.finding import Finding
    from shapewright.validation.plan import Plan
    from shapewright.validation.supervisor import State
    from shapewright.validation.validator import Validator
    from shapewright.workspace.ran import Ran

log = logging.getLogger("shapewright")
IDLE = 0.4
"""Seconds without a change after the findings of a text, after which it is validated."""
BEFORE_START = 5.0
"""The same where a worker has to be started first, which takes half a gigabyte: a file that is only looked at starts none."""
RESTART = "shapewright.restartValidation"


def register(server: Server) -> None:
    """Registers the command that begins anew after failures."""

    validation = Validation(server)
    server.listeners.append(validation)

    def restart(*arguments: Any) -> None:
        validation.restart()

    server.command(RESTART)(restart)


class Validation(Listener):
    """The validation of all open documents of a server. All methods are for the event loop."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop: asyncio.AbstractEventLoop | None = None
        self._validator: Validator | None = None
        self._interpreter = ""  # which Python was chosen, in words
        self._problem = ""  # why none was
        self._made_for: tuple[object, ...] | None = None  # the settings that the validator goes by
        self._told: set[str] = set()  # disagreements that are in the log already
        self._project: Path | None = None  # where no folder is open
        self._numbers = itertools.count(1)
        self._task: asyncio.Future[None] | None = None
        self._progress: str | None = None  # the token of the progress that shall be shown
        self._shown: str | None = None  # and of the one that is

    # -- what happens to documents

    def analysed(self, document: Document, analysis: Analysis) -> None:
        """The findings of a document are out: it is validated soon, if nobody changes it."""
        self._consider(document)

    def _consider(self, document: Document) -> None:
        if self._server.settings.validation_mode == "off" or not self._server.settings.enable:
            return
        self._loop = asyncio.get_running_loop()
        serial = document.serial
        runs = self._validator is not None and self._validator.supervisor.pid is not None
        self._loop.call_later(IDLE if runs else BEFORE_START, lambda: self._begin(document, serial))

    def closed(self, document: Document) -> None:
        """A document was closed."""
        if self._validator is not None:
            self._validator.cancel(document.uri)

    def settings_changed(self, before: Settings) -> None:
        """Open documents are validated as the settings say, from now on."""
        self._use(self._server.settings)

    def _use(self, settings: Settings) -> None:
        if self._made_for is not None and self._made_for != self._wishes(settings):
            self._end()
        for document in self._server.documents.values():
            if settings.validation_mode == "off" and document.analysis is not None:
                document.analysis.facts.view.answers = None
            if document.explained == document.serial:
                self._consider(document)

    def restart(self) -> None:
        """Forgets failures, and begins anew."""
        if self._validator is not None:
            self._validator.forget_failures()
            self._validator.supervisor.restart()
        self._made_for, self._problem = None, ""
        self._use(self._server.settings)

    def stop(self) -> None:
        """Ends the worker, and waits for that."""
        self._end(wait=True)

    def _end(self, wait: bool = False) -> None:
        validator, self._validator, self._made_for = self._validator, None, None
        if validator is not None:
            validator.supervisor.stop(wait)

    # -- one validation

    def _begin(self, document: Document, serial: int) -> None:
        analysis, settings = document.analysis, self._server.settings
        if document.serial != serial or document.closed or analysis is None or settings.validation_mode == "off":
            return

        def ask() -> None:
            from shapewright.validation.plan import plan_of
            from shapewright.validation.source import slice_of

            plan = plan_of(analysis.facts)
            program = slice_of(analysis) if settings.validation_mode == "source" else None
            validator = self._validator_for(settings) if plan.steps or program is not None else None
            if validator is None:
                return
            supervisor = validator.supervisor

            def done(results: Mapping[str, Any]) -> None:
                said = (plan, results, str(supervisor.hello.get("keras", "")))
                self._soon(self._compare, document, serial, analysis, said)

            def ran(reply: Mapping[str, Any]) -> None:
                self._soon(self._read, document, serial, analysis, (reply, str(supervisor.hello.get("keras", ""))))

            validator.validate(document.uri, plan, done)
            if program is not None:
                validator.run(document.uri, program, ran)

        self._server.analyst.later(document, ask, lambda _: None)

    def _soon(self, callback: Callable[..., None], *arguments: object) -> None:
        """Has something done on the event loop, from another thread."""
        assert self._loop is not None
        with suppress(RuntimeError):  # the event loop has ended
            self._loop.call_soon_threadsafe(callback, *arguments)

    def _read(self, document: Document, serial: int, analysis: Analysis, said: tuple[Mapping[str, Any], str]) -> None:
        """The file was run: what that told fills the places that the analysis leaves open."""
        reply, version = said
        if document.serial != serial or document.closed:
            return
        if reply.get("failed") == "locked-out":
            self._server.tell_once(f"validation.mode is source, but no code is run here: {reply.get('message')}")
        elif "failed" in reply:
            log.info("%s was not run to its end: %s", document.uri, reply.get("message"))
        else:
            error = reply.get("error")
            if isinstance(error, Mapping):
                where, what = error.get("line"), f"{error.get('type')}: {error.get('message')}"
                log.info("%s, run by Keras %s, failed in line %s: %s", document.uri, version, where, what)

            def read() -> tuple[Ran, list[str]]:
                from shapewright.validation.source import read_reply

                ran = read_reply(reply, analysis.facts, version)
                return ran, list(differences(analysis.facts, ran))

            self._server.analyst.later(document, read, lambda found: self._fill(document, analysis, *found))

    def _fill(self, document: Document, analysis: Analysis, ran: Ran, told: list[str]) -> None:
        self._report(document, told)
        analysis.ran = ran
        self._server.refresh()

    def _compare(
        self, document: Document, serial: int, analysis: Analysis, said: tuple[Plan, Mapping[str, Any], str]
    ) -> None:
        """What Keras said is compared with what the analysis says."""
        plan, results, version = said
        if document.serial != serial or document.closed or not results:
            return

        def compare() -> tuple[list[Finding], list[str]]:
            from shapewright.validation.verdicts import Verdicts

            return Verdicts(plan, results, version).confirm(analysis.facts, analysis.findings)

        self._server.analyst.later(document, compare, lambda found: self._show(document, analysis, *found))

    def _show(self, document: Document, analysis: Analysis, findings: list[Finding], told: list[str]) -> None:
        self._report(document, told)
        analysis.findings = findings
        diagnostics.publish(self._server, document, analysis)
        self._server.refresh()

    def _report(self, document: Document, told: list[str]) -> None:
        """Writes disagreements to the log, each once, for the user to send us."""
        for line in told:
            if line not in self._told:
                self._told.add(line)
                log.warning("%s: Keras disagrees. Please report this: %s", document.uri, line)

    # -- the worker

    def _wishes(self, settings: Settings) -> tuple[object, ...]:
        """The settings that a worker is made for."""
        return (
            self._root(),
            settings.validation_mode == "off" or not settings.enable,
            settings.validation_python,
            settings.validation_timeout,
            settings.validation_memory,
            settings.validation_idle,
        )

    def _root(self) -> Path | None:
        """The folder whose environment counts: the one that is open, else the project of the first file."""
        workspace = self._server.workspace
        folders = [workspace.root_path, *(file_path(folder.uri) for folder in list(workspace.folders.values()))]
        opened = next((Path(folder) for folder in folders if folder), None)
        if opened is None and self._project is None:
            files = [document.path for document in list(self._server.documents.values()) if document.path is not None]
            self._project = project_root(files[0].parent) if files else None
        return opened or self._project

    def _validator_for(self, settings: Settings) -> Validator | None:
        """The validator; made at the first need. In the analysis thread: it looks for files."""
        from shapewright.validation.interpreters import NoInterpreter, find_interpreter
        from shapewright.validation.supervisor import Patience, Supervisor
        from shapewright.validation.validator import Limits, Validator

        wishes = self._wishes(settings)
        if self._made_for == wishes:
            return self._validator
        self._end()
        try:
            interpreter = find_interpreter(self._root(), settings.validation_python)
        except NoInterpreter as error:
            log.info("Shapes are not validated by Keras: %s", error)
            self._validator, self._interpreter, self._problem, self._made_for = None, "", str(error), wishes
            return None
        log.info("Keras for validation: %s", interpreter)
        patience = Patience(idle=settings.validation_idle)
        supervisor = Supervisor(interpreter.command, patience, self._worker_is)
        limits = Limits(settings.validation_timeout, settings.validation_memory)
        self._validator, self._interpreter, self._problem = Validator(supervisor, limits), str(interpreter), ""
        self._made_for = wishes
        return self._validator

    def _worker_is(self, state: State) -> None:
        """Called by the supervisor's thread."""
        self._soon(self._tell_state, state)

    def _tell_state(self, state: State) -> None:
        from shapewright.validation.supervisor import State

        if state is State.STARTING:
            self._task = asyncio.ensure_future(self._begin_progress())
        else:
            self._end_progress()
        supervisor = None if self._validator is None else self._validator.supervisor
        if state is State.DISABLED and supervisor is not None:
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
        token = self._progress = f"shapewright-validation-{next(self._numbers)}"
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
        """Its mode, and what the worker is at."""
        return {"validation": self._status()}

    def _status(self) -> dict[str, Any]:
        mode = self._server.settings.validation_mode
        if self._validator is None:
            return {"mode": mode, "state": "disabled" if mode == "off" or self._problem else "not started"} | (
                {"reason": self._problem} if self._problem else {}
            )
        supervisor = self._validator.supervisor
        hello = supervisor.hello
        return {
            "mode": mode,
            "state": supervisor.state.value,
            "reason": supervisor.reason,
            "interpreter": self._interpreter,
            "process": supervisor.pid,
        } | {
            name: hello[name]
            for name in ("python", "keras", "backend", "tensorflow", "locks", "source")
            if name in hello
        }
