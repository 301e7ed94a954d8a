"""A client that talks to a real server process.

Positions are given and received as (line, column) in code points; what goes over the wire is in the encoding that was
negotiated, converted here by other means than the server's.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient, make_test_lsp_client

COMMAND = (sys.executable, "-m", "shapewright", "server")
LONG = 30
"""Seconds after which a test gives up to wait; nothing takes that long."""
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_numbers = itertools.count(1)

Point = tuple[int, int]


def spot(text: str, piece: str, into: int = 0) -> Point:
    """Where a piece of a text begins, or some code points behind that."""
    offset = text.index(piece) + into
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


class Talk:
    """One initialized connection."""

    def __init__(self, client: LanguageClient, result: types.InitializeResult) -> None:
        self.client = client
        self.result = result
        encoding = result.capabilities.position_encoding or "utf-16"
        self.encoding = str(getattr(encoding, "value", encoding))
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    # -- positions

    def _line(self, uri: str, line: int) -> str:
        lines = self.texts[uri].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines[line] if line < len(lines) else ""

    def position(self, uri: str, point: Point) -> types.Position:
        codec, size = _CODECS[self.encoding]
        return types.Position(point[0], len(self._line(uri, point[0])[: point[1]].encode(codec)) // size)

    def point(self, uri: str, position: types.Position) -> Point:
        codec, size = _CODECS[self.encoding]
        raw = self._line(uri, position.line).encode(codec)
        assert position.character * size <= len(raw), "the position is behind the end of its line"
        return position.line, len(raw[: position.character * size].decode(codec))

    def cut(self, uri: str, where: types.Range) -> str:
        """The piece of the text that a range is about."""
        return self.texts[uri][self.offset(uri, where.start) : self.offset(uri, where.end)]

    def offset(self, uri: str, position: types.Position) -> int:
        line, column = self.point(uri, position)
        return sum(len(part) for part in self.texts[uri].splitlines(keepends=True)[:line]) + column

    # -- documents

    def open(self, text: str, uri: str | None = None, language: str = "python") -> str:
        uri = uri or f"file:///shapewright-tests/{next(_numbers)}.py"
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def replace(self, uri: str, begin: Point, end: Point, new_text: str) -> None:
        """An incremental change, as an editor sends it for a key."""
        where = types.Range(self.position(uri, begin), self.position(uri, end))
        self.send(uri, [types.TextDocumentContentChangePartial(where, new_text)])
        first, last = self.offset(uri, where.start), self.offset(uri, where.end)
        self.texts[uri] = self.texts[uri][:first] + new_text + self.texts[uri][last:]

    def send(self, uri: str, changes: Sequence[Any]) -> None:
        self.versions[uri] = self.versions.get(uri, 1) + 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def write(self, uri: str, text: str) -> None:
        """A change of the whole text."""
        self.send(uri, [types.TextDocumentContentChangeWholeDocument(text)])
        self.texts[uri] = text

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    # -- requests

    async def hover_at(self, uri: str, point: Point) -> types.Hover | None:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), self.position(uri, point))
        return await asyncio.wait_for(self.client.text_document_hover_async(params), LONG)

    async def hover(self, uri: str, piece: str, into: int = 0) -> str | None:
        """What a hover on a piece of the text says."""
        found = await self.hover_at(uri, spot(self.texts[uri], piece, into))
        if found is None:
            return None
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def shape(self, uri: str, piece: str, into: int = 0) -> str | None:
        """The first line of a hover: `y: (None, 10)`."""
        text = await self.hover(uri, piece, into)
        return None if text is None else text.split("\n")[1]

    async def hints(self, uri: str) -> dict[Point, str]:
        """All inlay hints by the place they stand at."""
        where = types.Range(types.Position(0, 0), types.Position(1_000_000, 0))
        params = types.InlayHintParams(types.TextDocumentIdentifier(uri), where)
        found = await asyncio.wait_for(self._patient(self.client.text_document_inlay_hint_async, params), LONG)
        return {self.point(uri, hint.position): str(hint.label) for hint in found or []}

    async def labels(self, uri: str) -> list[str]:
        """The inlay hints as they look in the code: `y: (None, 10)`."""
        shown = []
        for (line, column), label in sorted((await self.hints(uri)).items()):
            start = column
            text = self._line(uri, line)
            while start and text[start - 1].isidentifier():
                start -= 1
            shown.append(text[start:column] + label)
        return shown

    async def pull(self, uri: str) -> list[types.Diagnostic]:
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await asyncio.wait_for(self._patient(self.client.text_document_diagnostic_async, params), LONG)
        return list(report.items)

    async def actions(self, uri: str, where: types.Range, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=None if only is None else list(only))
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await asyncio.wait_for(self._patient(self.client.text_document_code_action_async, params), LONG)
        return [action for action in found or [] if isinstance(action, types.CodeAction)]

    def apply(self, uri: str, action: types.CodeAction) -> None:
        """Does the edits of an action in the client's text and sends the text."""
        assert action.edit is not None
        edits = list((action.edit.changes or {}).get(uri, []))
        for change in action.edit.document_changes or []:
            assert isinstance(change, types.TextDocumentEdit)
            assert (change.text_document.uri, change.text_document.version) == (uri, self.versions[uri])
            edits += change.edits
        self.write(uri, self.edited(uri, edits))

    def edited(self, uri: str, edits: Sequence[types.TextEdit]) -> str:
        """The client's text with edits done."""
        text = self.texts[uri]
        for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
            text = (
                text[: self.offset(uri, edit.range.start)] + edit.new_text + text[self.offset(uri, edit.range.end) :]
            )
        return text

    async def pushed(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics that the server sends next."""
        self.client.diagnostics.pop(uri, None)
        return await self.told(uri)

    async def told(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics that the server has sent, or sends soon."""
        await until(lambda: uri in self.client.diagnostics)
        return list(self.client.diagnostics[uri])

    async def settled(self) -> None:
        """Waits until the server has done what it was sent before."""
        await asyncio.wait_for(self.client.protocol.send_request_async("shapewright/status", {}), LONG)

    async def _patient(self, request: Any, params: Any) -> Any:
        """Asks again where the server says that the text changed meanwhile, as editors do."""
        while True:
            try:
                return await request(params)
            except JsonRpcException as error:
                if error.code != types.LSPErrorCodes.ContentModified:
                    raise


async def until(holds: Callable[[], object]) -> None:
    """Waits until something holds."""

    async def look() -> None:
        while not holds():
            await asyncio.sleep(0.02)

    await asyncio.wait_for(look(), LONG)


def capabilities(
    encodings: Sequence[str] | None = None, pull: bool = False, configuration: bool = False, versioned: bool = False
) -> types.ClientCapabilities:
    """What a client says that it can do."""
    return types.ClientCapabilities(
        notebook_document=types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities()),
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(e) for e in encodings] if encodings else None
        ),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pull else None,
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=configuration or None,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=versioned),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=pull),
        ),
    )


@asynccontextmanager
async def talking(
    *,
    can: types.ClientCapabilities | None = None,
    options: Any = None,
    settings: dict[str, Any] | None = None,
    root: Path | None = None,
    command: Sequence[str] = COMMAND,
) -> AsyncIterator[Talk]:
    """Starts a server, says hello, and says goodbye at the end. The server must take its leave with 0."""
    client = make_test_lsp_client()

    if settings is not None:
        client.set_configuration(settings, section="shapewright")
    await client.start_io(*command)
    result = await asyncio.wait_for(
        client.initialize_session(
            types.InitializeParams(
                can or capabilities(configuration=settings is not None),
                root_uri=root.as_uri() if root else None,
                initialization_options=options,
            )
        ),
        LONG,
    )
    yield Talk(client, result)
    await asyncio.wait_for(client.shutdown_session(), LONG)
    server = client._server
    assert server is not None and server.returncode == 0
    await client.stop()
