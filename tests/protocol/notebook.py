"""A notebook in the client: its cells are texts like any other, opened and changed as the protocol says for cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lsprotocol import types

from .talk import Point, Talk

_numbers = itertools.count(1)
CODE, PROSE = types.NotebookCellKind.Code, types.NotebookCellKind.Markup


class Notebook:
    """An open notebook; `cells` are the URIs of its cells in their order."""

    def __init__(self, talk: Talk, texts: Sequence[str], uri: str | None = None) -> None:
        self.talk = talk
        self.uri = uri or f"file:///shapewright-tests/{next(_numbers)}.ipynb"
        self.version = 1
        self._cell_numbers = itertools.count(1)
        items = [self._item(text) for text in texts]
        self.cells = [item.uri for item in items]
        cells = [types.NotebookCell(CODE, item.uri) for item in items]
        opened = types.NotebookDocument(self.uri, "jupyter-notebook", 1, cells)
        talk.client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(opened, items))

    def _item(self, text: str, language: str = "python") -> types.TextDocumentItem:
        path = self.uri.removeprefix("file://")
        uri = f"vscode-notebook-cell:{path}#W{next(self._cell_numbers)}sZmlsZQ%3D%3D"
        self.talk.texts[uri], self.talk.versions[uri] = text, 1
        return types.TextDocumentItem(uri, language, 1, text)

    def _send(self, change: types.NotebookDocumentCellChanges | None) -> None:
        self.version += 1
        self.talk.client.notebook_document_did_change(
            types.DidChangeNotebookDocumentParams(
                types.VersionedNotebookDocumentIdentifier(self.version, self.uri),
                types.NotebookDocumentChangeEvent(cells=change, metadata=None if change else {}),
            )
        )

    def insert(self, at: int, text: str, kind: types.NotebookCellKind = CODE, language: str = "python") -> str:
        """Puts in a cell; returns its URI."""
        item = self._item(text, language)
        array = types.NotebookCellArrayChange(at, 0, [types.NotebookCell(kind, item.uri)])
        self._send(types.NotebookDocumentCellChanges(types.NotebookDocumentCellChangeStructure(array, [item])))
        self.cells.insert(at, item.uri)
        return item.uri

    def delete(self, at: int) -> None:
        uri = self.cells.pop(at)
        array = types.NotebookCellArrayChange(at, 1)
        closed = [types.TextDocumentIdentifier(uri)]
        structure = types.NotebookDocumentCellChangeStructure(array, did_close=closed)
        self._send(types.NotebookDocumentCellChanges(structure))

    def move(self, at: int, to: int) -> None:
        """Moves a cell as VS Code tells of it: the cells between the two places in their new order."""
        self.cells.insert(to, self.cells.pop(at))
        first, last = min(at, to), max(at, to)
        cells = [types.NotebookCell(CODE, uri) for uri in self.cells[first : last + 1]]
        array = types.NotebookCellArrayChange(first, last - first + 1, cells)
        self._send(types.NotebookDocumentCellChanges(types.NotebookDocumentCellChangeStructure(array)))

    def describe(self, at: int, kind: types.NotebookCellKind) -> None:
        """Makes a cell code or prose."""
        self._send(types.NotebookDocumentCellChanges(data=[types.NotebookCell(kind, self.cells[at])]))

    def run(self, at: int) -> None:
        """Tells that a cell ran."""
        summary = types.ExecutionSummary(execution_order=7, success=True)
        cell = types.NotebookCell(CODE, self.cells[at], execution_summary=summary)
        self._send(types.NotebookDocumentCellChanges(data=[cell]))
        self._send(None)

    def write(self, at: int, text: str) -> None:
        """A new text for a cell."""
        uri = self.cells[at]
        self.change(uri, types.TextDocumentContentChangeWholeDocument(text))
        self.talk.texts[uri] = text

    def replace(self, at: int, begin: Point, end: Point, new_text: str) -> None:
        """An edit within a cell, as for a key."""
        uri, talk = self.cells[at], self.talk
        where = types.Range(talk.position(uri, begin), talk.position(uri, end))
        first, last = talk.offset(uri, where.start), talk.offset(uri, where.end)
        self.change(uri, types.TextDocumentContentChangePartial(where, new_text))
        talk.texts[uri] = talk.texts[uri][:first] + new_text + talk.texts[uri][last:]

    def change(self, uri: str, change: types.TextDocumentContentChangeEvent) -> None:
        self.talk.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.talk.versions[uri], uri)
        content = types.NotebookDocumentCellContentChanges(identifier, [change])
        self._send(types.NotebookDocumentCellChanges(text_content=[content]))

    def apply(self, action: types.CodeAction) -> None:
        """Does the edits of an action in the cells that they are for."""
        assert action.edit is not None
        edits = {uri: list(own) for uri, own in (action.edit.changes or {}).items()}
        for change in action.edit.document_changes or []:
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.talk.versions[change.text_document.uri]
            edits.setdefault(change.text_document.uri, []).extend(e for e in change.edits if isinstance(e, types.TextEdit))
        for uri, own in edits.items():
            self.write(self.cells.index(uri), self.talk.edited(uri, own))

    def save(self) -> None:
        identifier = types.NotebookDocumentIdentifier(self.uri)
        self.talk.client.notebook_document_did_save(types.DidSaveNotebookDocumentParams(identifier))

    def close(self) -> None:
        cells = [types.TextDocumentIdentifier(uri) for uri in self.cells]
        identifier = types.NotebookDocumentIdentifier(self.uri)
        self.talk.client.notebook_document_did_close(types.DidCloseNotebookDocumentParams(identifier, cells))
