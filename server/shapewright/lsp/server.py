"""The server itself: its documents, its settings, and the capabilities it offers."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from shapewright import __version__
from shapewright.lsp.analyst import Analyst
from shapewright.lsp.background import Background, Checked
from shapewright.lsp.documents import Document, View
from shapewright.lsp.protocol import Protocol
from shapewright.lsp.validation import Validation
from shapewright.syntax.text import Encoding
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.modules import Modules
from shapewright.workspace.settings import Settings

log = logging.getLogger("shapewright")


class Server(LanguageServer):
    """What all capabilities share."""

    def __init__(self, notebooks: types.NotebookDocumentSyncOptions | None = None) -> None:
        super().__init__(
            "shapewright",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=notebooks,
            protocol_cls=Protocol,
        )
        self.documents: dict[str, Document] = {}
        self._views: dict[str, View] = {}
        self.settings = Settings()
        self.initial_settings: Mapping[str, Any] = {}  # what the editor said in initializationOptions
        self.latest_settings: Mapping[str, Any] = {}  # and what it said last
        self.told: set[str] = set()  # problems that were shown already
        self.analyst = Analyst(self._on_findings)
        self.modules = Modules(self._open_text)
        self.validation = Validation(self)
        self.background = Background(self)

    @property
    def said_goodbye(self) -> bool:
        """Whether the client sent `shutdown`."""
        return bool(self.protocol._shutdown)

    @property
    def encoding(self) -> Encoding:
        """The encoding that positions are in."""
        chosen = self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16
        return cast(Encoding, str(getattr(chosen, "value", chosen)))

    def add(self, document: Document) -> None:
        """Takes in a document that was opened, or whose texts are others now."""
        before = self.documents.get(document.uri)
        if before is not None:
            self.remove(before)
            if before is not document:  # opened twice: the first is forgotten
                self.analyst.close(before)
        self.documents[document.uri] = document
        for text in document.texts:
            self._views[text.uri] = View(document, text)

    def remove(self, document: Document) -> None:
        """Forgets a document."""
        self.documents.pop(document.uri, None)
        for uri in [uri for uri, view in self._views.items() if view.document is document]:
            del self._views[uri]

    def view(self, uri: str) -> View | None:
        """An open text, unless shapewright is switched off."""
        return self._views.get(uri) if self.settings.enable else None

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
                document.changed_elsewhere = True
                self.analyst.submit(document)

    def _on_findings(self, document: Document, analysis: Analysis) -> None:
        from shapewright.lsp import diagnostics

        self.tell_trace(f"{document.uri}: version {document.version} analysed, {len(analysis.findings)} findings")
        diagnostics.publish(self, document, analysis)
        if document.changed_elsewhere:
            document.changed_elsewhere = False
            self.refresh()
        self.validation.consider(document)

    def publish_checked(self, checked: Checked) -> None:
        """Tells what was found in a file that is not open."""
        from shapewright.lsp import diagnostics

        diagnostics.publish_checked(self, checked)

    def clear_checked(self, checked: Checked) -> None:
        """Takes back what was found in a file that is not open."""
        from shapewright.lsp import diagnostics

        diagnostics.clear_checked(self, checked)

    def refresh_diagnostics(self) -> None:
        """Asks the client to pull diagnostics again."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.diagnostics is not None and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def refresh(self) -> None:
        """Asks the client to ask again for what it shows, where it can be asked that."""
        workspace = self.client_capabilities.workspace
        if workspace is None:
            return
        if workspace.inlay_hint is not None and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)
        if workspace.code_lens is not None and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        self.refresh_diagnostics()

    def tell_trace(self, message: str) -> None:
        """Says what happens, to a client that asked for a trace."""
        if self.protocol.trace != types.TraceValue.Off:
            self.log_trace(types.LogTraceParams(message))

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
    from shapewright.lsp import (
        code_actions,
        code_lens,
        commands,
        configuration,
        definition,
        diagnostics,
        hover,
        inlay_hints,
        notebooks,
        status,
        synchronization,
        validation,
    )

    server = Server(notebooks.SYNC)
    for capability in (synchronization, notebooks, configuration, hover, inlay_hints, diagnostics):
        capability.register(server)
    for capability in (code_actions, code_lens, commands, definition, status, validation):
        capability.register(server)
    return server


def serve(address: tuple[str, int] | None, websocket: bool, log_level: str | None, log_file: IO[str] | None) -> int:
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
        elif websocket:
            server.start_ws(*address)
        else:
            server.start_tcp(*address)
    finally:
        server.analyst.stop()
        server.background.stop()
        server.validation.stop(wait=True)
    return 0 if server.said_goodbye else 1


def _import_what_is_needed_soon() -> None:
    """Broken code needs parso, which takes a moment to import: that moment is now, while the client talks."""

    def load() -> None:
        import parso

        parso.parse("warm up (\n")  # builds its tables

    threading.Thread(target=load, daemon=True).start()
