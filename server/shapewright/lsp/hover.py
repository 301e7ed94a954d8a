"""`textDocument/hover`."""

from __future__ import annotations

from lsprotocol import types

from shapewright.lsp.analyst import OldText
from shapewright.lsp.server import Server
from shapewright.workspace.questions import hover


def register(server: Server) -> None:
    """Registers the request."""
    server.feature(types.TEXT_DOCUMENT_HOVER)(answer)


async def answer(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The shape of what is under the cursor; nothing where there is none, so that no other hover is doubled."""
    document = server.document(params.text_document.uri)
    if document is None:
        return None
    try:
        analysis = await server.analyst.analysis(document)
    except OldText:
        return None
    found = hover(analysis.facts, *document.point(params.position))
    if found is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    return types.Hover(content, document.range(found.place))
