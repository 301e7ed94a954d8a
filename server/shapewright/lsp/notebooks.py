"""`notebookDocument/did…`: notebooks that are opened, changed and closed.

The Python cells in their order are one program. What cells gave when they ran does not matter, nor in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types

from shapewright.lsp import diagnostics
from shapewright.lsp.documents import Document, Text
from shapewright.lsp.server import Server
from shapewright.syntax.notebook import Cells
from shapewright.syntax.source import Place
from shapewright.syntax.text import Encoding
from shapewright.workspace.modules import Modules

SYNC = types.NotebookDocumentSyncOptions(
    [types.NotebookDocumentFilterWithNotebook("*", [types.NotebookCellLanguage("python")])]
)
"""Notebooks of every kind, and of them the Python cells."""


def register(server: Server) -> None:
    """Registers the notifications."""
    server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)(did_close)


class Notebook(Document):
    """A notebook: its cells as the editor has them, the Python ones of which are the program."""

    def __init__(self, uri: str, version: int | None, encoding: Encoding, modules: Modules | None = None) -> None:
        super().__init__(uri, version, modules)
        self._encoding = encoding
        self._cells: list[types.NotebookCell] = []
        self._opened: dict[str, tuple[str, Text]] = {}  # by cell: its language and its text
        self._texts: list[Text] = []
        self._program = Cells([])

    @property
    def text(self) -> str:
        return self._program.text

    @property
    def texts(self) -> list[Text]:
        return self._texts

    def first_line(self, text: Text) -> int:
        return self._program.first_lines[self._texts.index(text)]

    def locate(self, place: Place) -> tuple[Text, Place]:
        cell, within = self._program.in_cell(place)
        return self._texts[cell], within

    def replace(self, start: int, count: int, cells: Iterable[types.NotebookCell]) -> None:
        """Puts cells in the place of others."""
        self._cells[start : start + count] = cells

    def describe(self, cells: Iterable[types.NotebookCell]) -> None:
        """Takes over what changed about cells that stay where they are: code may have become prose."""
        changed = {cell.document: cell for cell in cells}
        self._cells = [changed.get(cell.document, cell) for cell in self._cells]

    def open_texts(self, items: Iterable[types.TextDocumentItem]) -> None:
        """Takes over the texts of cells."""
        for item in items:
            self._opened[item.uri] = (item.language_id, Text(item.uri, item.text, item.version, self._encoding))

    def close_texts(self, items: Iterable[types.TextDocumentIdentifier]) -> None:
        """Forgets the texts of cells."""
        for item in items:
            self._opened.pop(item.uri, None)

    def change_text(self, uri: str, changes: Sequence[types.TextDocumentContentChangeEvent], version: int) -> None:
        """Applies changes to the text of a cell."""
        if uri in self._opened:
            self._opened[uri][1].change(changes, version)

    def changed(self) -> None:
        """Makes the program of the cells as they are now."""
        self._texts = [
            self._opened[cell.document][1]
            for cell in self._cells
            if cell.kind == types.NotebookCellKind.Code and self._opened.get(cell.document, ("",))[0] == "python"
        ]
        self._program = Cells([text.text for text in self._texts])
        self.serial += 1
        self.changed_elsewhere = len(self._texts) > 1  # a change in one cell shows in the others


def did_open(server: Server, params: types.DidOpenNotebookDocumentParams) -> None:
    """Starts to analyse a notebook."""
    opened = params.notebook_document
    notebook = Notebook(opened.uri, opened.version, server.encoding, server.modules)
    notebook.replace(0, 0, opened.cells)
    notebook.open_texts(params.cell_text_documents)
    notebook.changed()
    server.open(notebook)


def did_change(server: Server, params: types.DidChangeNotebookDocumentParams) -> None:
    """Analyses the notebook as its cells are now. (What changed of the notebook as a whole does not matter.)"""
    notebook = server.documents.get(params.notebook_document.uri)
    if not isinstance(notebook, Notebook):
        return
    notebook.version = params.notebook_document.version
    change = params.change.cells
    if change is None:
        return
    if change.structure is not None:
        array = change.structure.array
        notebook.close_texts(change.structure.did_close or ())
        notebook.open_texts(change.structure.did_open or ())
        notebook.replace(array.start, array.delete_count, array.cells or ())
    notebook.describe(change.data or ())
    for content in change.text_content or ():
        notebook.change_text(content.document.uri, content.changes, content.document.version)
    before = notebook.texts
    notebook.changed()
    server.add(notebook)
    kept = {text.uri for text in notebook.texts}
    diagnostics.clear(server, [text for text in before if text.uri not in kept])
    server.analyst.submit(notebook)


def did_close(server: Server, params: types.DidCloseNotebookDocumentParams) -> None:
    """Forgets a notebook and takes its diagnostics away."""
    notebook = server.documents.get(params.notebook_document.uri)
    if isinstance(notebook, Notebook):
        server.close(notebook)
