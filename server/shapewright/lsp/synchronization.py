"""Documents that are opened, changed and closed."""

from __future__ import annotations

from lsprotocol import types

from shapewright.lsp import configuration
from shapewright.lsp.documents import File, Text, file_path
from shapewright.lsp.server import Server


def register(server: Server) -> None:
    """Registers the notifications."""
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(did_change_workspace_folders)


def did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Starts to analyse a document."""
    opened = params.text_document
    if opened.language_id not in ("python", ""):
        return
    document = File(Text(opened.uri, opened.text, opened.version, server.encoding), server.modules)
    server.open(document)


def did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Analyses the new text; what was under way for the old one is given up."""
    document = server.documents.get(params.text_document.uri)
    if isinstance(document, File):
        document.change(params.content_changes, params.text_document.version)
        server.text_changed(document.path)
        server.analyst.submit(document)


def did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forgets a document and takes its diagnostics away."""
    document = server.documents.get(params.text_document.uri)
    if isinstance(document, File):
        server.close(document)


async def did_change_watched_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk: what imports from them is analysed again; settings are read again."""
    for change in params.changes:
        path = file_path(change.uri)
        server.file_changed(path, change.type)
        if path is not None and path.name == "pyproject.toml":
            await configuration.read_again(server)


def did_change_workspace_folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Other files belong to the workspace now."""
    for listener in server.listeners:
        listener.folders_changed()
