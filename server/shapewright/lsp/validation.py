"""Real Keras, asked about open documents. Nothing waits for it: what it says arrives as refreshed hints and diagnostics.

What it has said of a model before is there again as soon as a changed text is analysed. Otherwise a document is validated
once its findings are out and nobody has typed for a moment. Its plan is made in the analysis thread when that has nothing else
to do, built by the worker, and what comes of it is compared in the analysis thread again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from shapewright.lsp import diagnostics
from shapewright.lsp.documents import Document
from shapewright.lsp.server import Listener, Server
from shapewright.lsp.workers import RESTART, Workers
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.ran import differences
from shapewright.workspace.settings import Settings

if TYPE_CHECKING:  # loaded at the first need: most of it is nobody's concern where validation is off
    from shapewright.findings.finding import Finding
    from shapewright.validation.plan import Plan
    from shapewright.workspace.ran import Ran

log = logging.getLogger("shapewright")
IDLE = 0.4
"""Seconds without a change after the findings of a text, after which it is validated."""
BEFORE_START = 5.0
"""The same where a worker has to be started first, which takes half a gigabyte: a file that is only looked at starts none."""


def register(server: Server) -> None:
    """Registers the command that begins anew after failures."""

    validation = Validation(server)
    server.listeners.append(validation)
    server.analyst.recall, server.analyst.recall_findings = validation.recall, validation.recall_findings

    def restart(*arguments: Any) -> None:
        validation.restart()

    server.command(RESTART)(restart)


class Validation(Listener):
    """The validation of all open documents of a server. Methods are for the event loop, but those that recall."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop: asyncio.AbstractEventLoop | None = None
        self._workers = Workers(server, self._soon)
        self._told: set[str] = set()  # disagreements that are in the log already
        self._plans: dict[str, tuple[Analysis, Plan]] = {}  # the latest of each document; for the analysis thread

    # -- what happens to documents

    def analysed(self, document: Document, analysis: Analysis) -> None:
        """The findings of a document are out: it is validated soon, if nobody changes it."""
        self._consider(document)

    def _consider(self, document: Document) -> None:
        if self._server.settings.validation_mode == "off" or not self._server.settings.enable:
            return
        self._loop = asyncio.get_running_loop()
        serial = document.serial
        worker = self._workers.known(document)
        runs = worker is not None and worker.validator.supervisor.pid is not None
        self._loop.call_later(IDLE if runs else BEFORE_START, lambda: self._begin(document, serial))

    def closed(self, document: Document) -> None:
        """A document was closed."""
        for worker in self._workers.all():
            worker.validator.cancel(document.uri)
        self._plans.pop(document.uri, None)

    def folders_changed(self) -> None:
        """A file may belong to another project now."""
        self._workers.forget_roots()

    def settings_changed(self, before: Settings) -> None:
        """Open documents are validated as the settings say, from now on."""
        self._use(self._server.settings)

    def _use(self, settings: Settings) -> None:
        if self._workers.are_outdated:
            self._workers.end()
        for document in self._server.documents.values():
            if settings.validation_mode == "off" and document.analysis is not None:
                document.analysis.facts.view.answers = None
            if document.explained == document.serial:
                self._consider(document)

    def restart(self) -> None:
        """Forgets failures, and begins anew."""
        self._workers.restart()
        self._use(self._server.settings)

    def stop(self) -> None:
        """Ends the workers, and waits for that."""
        self._workers.end(wait=True)

    # -- what is known already, in the analysis thread

    def recall(self, document: Document, analysis: Analysis) -> None:
        """What Keras said of the models of a new text before, it says of them again."""
        worker = self._workers.known(document)
        if worker is None or worker.validator.knows_nothing or document.closed:
            return
        from shapewright.validation.verdicts import Verdicts

        plan = self._plan(document, analysis)
        results = worker.validator.known(plan)
        if results:
            analysis.facts.view.answers = Verdicts(plan, results, worker.keras)

    @staticmethod
    def recall_findings(document: Document, analysis: Analysis) -> None:
        """The same for the findings: those that Keras does not confirm are not shown in between."""
        from shapewright.validation.verdicts import Verdicts

        answers = analysis.facts.view.answers
        if isinstance(answers, Verdicts):
            analysis.findings, _ = answers.confirm(analysis.facts, analysis.findings)

    def _plan(self, document: Document, analysis: Analysis) -> Plan:
        from shapewright.validation.plan import plan_of

        made_for, plan = self._plans.get(document.uri, (None, None))
        if plan is None or made_for is not analysis:
            plan = plan_of(analysis.facts)
            self._plans[document.uri] = analysis, plan
        return plan

    # -- one validation

    def _begin(self, document: Document, serial: int) -> None:
        analysis, settings = document.analysis, self._server.settings
        if document.serial != serial or document.closed or analysis is None or settings.validation_mode == "off":
            return

        def ask() -> None:
            from shapewright.validation.source import slice_of

            plan = self._plan(document, analysis)
            program = slice_of(analysis) if settings.validation_mode == "source" else None
            worker = self._workers.find(document) if plan.steps or program is not None else None
            if worker is None:
                return
            validator = worker.validator

            def done(results: Mapping[str, Any]) -> None:
                said = (plan, results, worker.keras)
                self._soon(self._compare, document, serial, analysis, said)

            def ran(reply: Mapping[str, Any]) -> None:
                self._soon(self._read, document, serial, analysis, (reply, worker.keras))

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

    def status(self) -> dict[str, Any]:
        """Its mode, and what the worker is at."""
        return {"validation": self._workers.status()}
