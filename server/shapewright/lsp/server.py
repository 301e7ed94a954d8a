"""The server itself: its documents, its settings, and the capabilities it offers."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from shapewright import __version__
from shapewright.lsp.analyst import Analyst
from shapewright.lsp.documents import Document
from shapewright.lsp.protocol import Protocol
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.modules import Modules
from shapewright.workspace.settings import Settings

log = logging.getLogger("shapewright")


class Server(LanguageServer):
    """What all capabilities share."""

    def __init__(self) -> None:
        super().__init__(
            "shapewright",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
        )
        self.documents: dict[str, Document] = {}
        self.settings = Settings()
        self.initial_settings: Mapping[str, Any] = {}  # what the editor said in initializationOptions
        self.told: set[str] = set()  # problems that were shown already
        self.analyst = Analyst(self._on_findings)
        self.modules = Modules(self._open_text)

    @property
    def said_goodbye(self) -> bool:
        """Whether the client sent `shutdown`."""
        return bool(self.protocol._shutdown)

    def document(self, uri: str) -> Document | None:
        """An open document, unless shapewright is switched off."""
        return self.documents.get(uri) if self.settings.enable else None

    def _open_text(self, path: Path) -> tuple[str, int] | None:
        """The text of a file that is open. Called by the analysis thread."""
        for document in list(self.documents.values()):
            if document.path == path:
                return document.text, document.serial
        return None

    def file_changed(self, path: Path | None) -> None:
        """Analyses the documents again that import from a file, directly or not."""
        for document in self.documents.values():
            if path is not None and document.path != path and document.buffer.follows(str(path)):
                document.serial += 1
                self.analyst.submit(document)

    def _on_findings(self, document: Document, analysis: Analysis) -> None:
        from shapewright.lsp import diagnostics

        diagnostics.publish(self, document, analysis)

    def tell_once(self, problem: str) -> None:
        """Shows a problem to the user, the first time it is met."""
        if problem not in self.told:
            self.told.add(problem)
            log.warning("%s", problem)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"shapewright: {problem}"))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors of ours go to the log; a message box for each would only be in the way."""
        log.error("%s", error, exc_info=error)


def create() -> Server:
    """A server with all its capabilities."""
    from shapewright.lsp import code_actions, configuration, diagnostics, hover, inlay_hints, status, synchronization

    server = Server()
    for capability in (synchronization, configuration, hover, inlay_hints, diagnostics, code_actions, status):
        capability.register(server)
    return server


def serve(address: tuple[str, int] | None, log_level: str | None, log_file: IO[str] | None) -> int:
    """Runs a server until its client has gone. 0 when the client took its leave with `shutdown`, 1 otherwise."""
    logging.basicConfig(
        stream=log_file or sys.stderr,
        level=(log_level or "info").upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        force=True,
    )
    if log_level != "debug":
        logging.getLogger("pygls").setLevel(logging.WARNING)  # at INFO it writes every payload
    server = create()
    log.info("shapewright %s on Python %s", __version__, sys.version.split()[0])
    _import_what_is_needed_soon()
    try:
        if address is None:
            server.start_io()
        else:
            server.start_tcp(*address)
    finally:
        server.analyst.stop()
    return 0 if server.said_goodbye else 1


def _import_what_is_needed_soon() -> None:
    """Broken code needs parso, which takes a moment to import: that moment is now, while the client talks."""

    def load() -> None:
        import parso

        parso.parse("warm up (\n")  # builds its tables

    threading.Thread(target=load, daemon=True).start()
