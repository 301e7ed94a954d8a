"""The thread that analyses. Nothing is ever analysed on the event loop.

Of all texts that changed, those that a request waits for come first, then the one that changed last. An analysis whose
text has changed meanwhile is given up, and its answer never delivered. Findings come after facts, because proving fixes
takes more analyses and no hover should wait for that.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from shapewright.interpreter.engine import Cancelled
from shapewright.lsp.documents import Document
from shapewright.workspace.analysis import MAX_TEXT, Analysis, start_deep_thread

log = logging.getLogger("shapewright")
T = TypeVar("T")

QUIET = 0.1
"""Seconds without a change after which findings are looked for."""


class OldText(Exception):
    """The text changed while somebody waited for the analysis of it."""


class Analyst:
    """Analyses documents in a thread of its own and tells the event loop what it found."""

    def __init__(self, on_findings: Callable[[Document, Analysis], None]) -> None:
        self._on_findings = on_findings
        # What is known of a text without asking anybody: called in the thread, after its facts and after its findings.
        self.recall: Callable[[Document, Analysis], None] = lambda document, analysis: None
        self.recall_findings: Callable[[Document, Analysis], None] = lambda document, analysis: None
        self._changed = threading.Condition()
        self._todo: dict[str, Document] = {}
        self._later: deque[Callable[[], None]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False

    def submit(self, document: Document) -> None:
        """Tells that a document was opened or changed. Called on the event loop."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            start_deep_thread(self._work, "shapewright-analysis")
        for future, _ in document.waiting:
            if not future.done():
                future.set_exception(OldText())
        document.waiting.clear()
        with self._changed:
            self._todo.pop(document.uri, None)
            self._todo[document.uri] = document
            self._changed.notify()

    def close(self, document: Document) -> None:
        """Tells that a document was closed."""
        document.closed = True
        document.serial += 1
        for future, _ in document.waiting:
            future.cancel()
        document.waiting.clear()
        with self._changed:
            self._todo.pop(document.uri, None)

    def stop(self) -> None:
        """Ends the thread as soon as it is done with the statement it is at."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    async def analysis(self, document: Document, findings: bool = False) -> Analysis:
        """The analysis of the document as it is now, with its findings if asked. Raises `OldText` when it changes
        meanwhile."""
        known = document.explained if findings else document.analysed
        if known == document.serial and document.analysis is not None:
            return document.analysis
        future: asyncio.Future[Analysis] = asyncio.get_running_loop().create_future()
        document.waiting.append((future, findings))
        with self._changed:
            self._changed.notify()
        return await future

    def later(self, document: Document, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Does something with what is known of a document when there is nothing else to do, in the thread; `then` is called
        with what it gives, on the event loop. Neither happens when the text changes meanwhile."""
        serial = document.serial

        def finish(result: T) -> None:
            if document.serial == serial:
                then(result)

        def do() -> None:
            if document.serial == serial:
                self._tell(finish, work())

        with self._changed:
            self._later.append(do)
            self._changed.notify()

    # -- the thread

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._todo and not self._later and not self._stopped:
                    self._changed.wait()
                if self._stopped:
                    return
                later = None if self._todo else self._later.popleft()
                if later is None:
                    document = self._next()
                    serial, text = document.serial, document.text  # in this order: never an old text for a new serial
            if later is not None:
                self._do(later)
                continue
            try:
                self._analyse(document, text, serial)
            except Cancelled:
                continue
            except Exception:
                log.exception("The analysis of %s failed. Please report this with the text of the file.", document.uri)
                self._tell(self._fail, document, serial)

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("The validation of a text failed. Please report this with the text of the file.")

    def _next(self) -> Document:
        uris = list(self._todo)
        waited = [uri for uri in uris if self._todo[uri].waiting]
        return self._todo.pop((waited or uris)[-1])

    def _analyse(self, document: Document, text: str, serial: int) -> None:
        def cancelled() -> bool:
            return self._stopped or document.serial != serial

        if len(text) > MAX_TEXT:
            log.warning("%s has more than %d characters and is not analysed.", document.uri, MAX_TEXT)
        analysis = document.buffer.analyse(text, document.version, cancelled)
        for bound in analysis.facts.bounds:
            log.info("%s: %s; what was known by then is shown.", document.uri, bound)
        self._tell(self._deliver, document, serial, analysis)
        self._do(lambda: self.recall(document, analysis))
        self._wait_for_quiet(document, cancelled)
        _ = analysis.findings  # computed here, in this thread
        self._do(lambda: self.recall_findings(document, analysis))
        self._tell(self._deliver_findings, document, serial, analysis)

    def _wait_for_quiet(self, document: Document, cancelled: Callable[[], bool]) -> None:
        """While somebody types, findings would only be in the way of the next analysis; they come after a pause, or
        at once when a request waits for them."""
        with self._changed:
            if not any(findings for _, findings in document.waiting):
                self._changed.wait_for(
                    lambda: cancelled() or any(findings for _, findings in document.waiting), timeout=QUIET
                )
        if cancelled():
            raise Cancelled

    def _tell(self, callback: Callable[..., None], *arguments: object) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(callback, *arguments)
        except RuntimeError:  # the event loop has ended: there is nobody left to tell
            self._stopped = True

    # -- on the event loop

    def _deliver(self, document: Document, serial: int, analysis: Analysis) -> None:
        if document.serial != serial:
            return
        document.analysis, document.analysed = analysis, serial
        self._answer(document, analysis, findings=False)

    def _deliver_findings(self, document: Document, serial: int, analysis: Analysis) -> None:
        if document.serial != serial:
            return
        document.explained = serial
        self._answer(document, analysis, findings=True)
        self._on_findings(document, analysis)

    def _answer(self, document: Document, analysis: Analysis, findings: bool) -> None:
        for future, wants_findings in document.waiting:
            if not future.done() and (findings or not wants_findings):
                future.set_result(analysis)
        document.waiting = [(f, wants) for f, wants in document.waiting if not f.done()]

    def _fail(self, document: Document, serial: int) -> None:
        if document.serial == serial:
            for future, _ in document.waiting:
                future.cancel()
            document.waiting.clear()
