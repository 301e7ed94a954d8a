"""`textDocument/hover`."""

from __future__ import annotations

from lsprotocol import types

from shapewright.lsp.analyst import OldText
from shapewright.lsp.server import Server
from shapewright.workspace.questions import hover
from shapewright.workspace.ran import agreement, hover_of_run


def register(server: Server) -> None:
    """Registers the request."""
    server.feature(types.TEXT_DOCUMENT_HOVER)(answer)


async def answer(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The shape of what is under the cursor; nothing where there is none, so that no other hover is doubled."""
    view = server.view(params.text_document.uri)
    if view is None:
        return None
    try:
        analysis = await server.analyst.analysis(view.document)
    except OldText:
        return None
    point = view.point(params.position)
    found = hover(analysis.facts, *point)
    if analysis.ran is not None:
        ran = analysis.ran
        found = hover_of_run(analysis.facts, ran, *point) if found is None else agreement(analysis.facts, ran, found)
    if found is None:
        return None
    return types.Hover(_content(server, found.markdown), view.range(found.place))


def _content(server: Server, markdown: str) -> types.MarkupContent:
    """The text as the client can show it: some say that they show plain text only (Emacs without markdown-mode)."""
    text_document = server.client_capabilities.text_document
    accepted = text_document and text_document.hover and text_document.hover.content_format
    if not accepted or types.MarkupKind.Markdown in accepted:
        return types.MarkupContent(types.MarkupKind.Markdown, markdown)
    lines = [line.replace("`", "").rstrip() for line in markdown.splitlines() if not line.startswith("```")]
    return types.MarkupContent(types.MarkupKind.PlainText, "\n".join(lines))
