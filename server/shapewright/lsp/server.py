"""The server itself: its documents, its settings, and who listens to what happens to them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from shapewright import __version__
from shapewright.lsp.analyst import Analyst
from shapewright.lsp.documents import Document, View
from shapewright.lsp.protocol import Protocol
from shapewright.syntax.text import Encoding
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.modules import Modules
from shapewright.workspace.settings import Settings

log = logging.getLogger("shapewright")


class Listener:
    """What follows a server's documents, files and settings. All methods are called on the event loop."""

    def opened(self, document: Document) -> None:
        """A document was opened."""

    def closed(self, document: Document) -> None:
        """A document was closed."""

    def analysed(self, document: Document, analysis: Analysis) -> None:
        """The findings of a document's text are out."""

    def file_changed(self, path: Path | None, change: types.FileChangeType) -> None:
        """A file was changed, made or deleted on disk, or closed in the editor."""

    def folders_changed(self) -> None:
        """Other folders belong to the workspace now."""

    def settings_changed(self, before: Settings) -> None:
        """The server's settings are others than before."""

    def status(self) -> Mapping[str, Any]:
        """What `shapewright/status` says of it."""
        return {}

    def stop(self) -> None:
        """The server ends."""


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
        self.modules = Modules(self._open_text, self._may_edit)
        self.listeners: list[Listener] = []

    @property
    def said_goodbye(self) -> bool:
        """Whether the client sent `shutdown`."""
        return bool(self.protocol._shutdown)

    @property
    def encoding(self) -> Encoding:
        """The encoding that positions are in."""
        chosen = self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16
        return cast(Encoding, str(getattr(chosen, "value", chosen)))

    def open(self, document: Document) -> None:
        """Takes in a document that was opened, and starts to analyse it."""
        self.add(document)
        for listener in self.listeners:
            listener.opened(document)
        self.analyst.submit(document)

    def close(self, document: Document) -> None:
        """Forgets a document that was closed; from now on its file counts."""
        self.remove(document)
        self.analyst.close(document)
        for listener in self.listeners:
            listener.closed(document)
        self.file_changed(document.path, types.FileChangeType.Changed)

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

    def _may_edit(self, path: Path) -> bool:
        """Whether a fix may change a file: those of the workspace only, where the client has one. Called by the analysis
        thread."""
        workspace = self.workspace
        named = [workspace.root_path, *(to_fs_path(folder.uri) for folder in list(workspace.folders.values()))]
        folders = [Path(folder).resolve() for folder in named if folder]
        return not folders or any(path.is_relative_to(folder) for folder in folders)

    def file_changed(self, path: Path | None, change: types.FileChangeType) -> None:
        """A file is another than before."""
        self.text_changed(path)
        for listener in self.listeners:
            listener.file_changed(path, change)

    def text_changed(self, path: Path | None) -> None:
        """Analyses the documents again that import from a file, directly or not."""
        for document in self.documents.values():
            if path is not None and document.path != path and document.buffer.follows(str(path)):
                document.serial += 1
                document.changed_elsewhere = True
                self.analyst.submit(document)

    def _on_findings(self, document: Document, analysis: Analysis) -> None:
        self.tell_trace(f"{document.uri}: version {document.version} analysed, {len(analysis.findings)} findings")
        for listener in self.listeners:
            listener.analysed(document, analysis)
        if document.changed_elsewhere:
            document.changed_elsewhere = False
            self.refresh()

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

    def stop(self) -> None:
        """Ends all that works beside the event loop."""
        self.analyst.stop()
        for listener in self.listeners:
            listener.stop()
