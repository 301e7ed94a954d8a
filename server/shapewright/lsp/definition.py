"""`textDocument/definition`: from where a mistake shows to where it was made.

Only that. Where a name is defined other servers say, and an answer from each would show twice.
"""

from __future__ import annotations

from lsprotocol import types

from shapewright.lsp.analyst import OldText
from shapewright.lsp.diagnostics import shown
from shapewright.lsp.server import Server
from shapewright.syntax.source import Place


def register(server: Server) -> None:
    """Registers the request."""
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(answer)


async def answer(server: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    """The causes of the findings that something at a position is related to."""
    view = server.view(params.text_document.uri)
    if view is None:
        return None
    try:
        analysis = await server.analyst.analysis(view.document, findings=True)
    except OldText:
        return None
    here = view.point(params.position)
    causes = [f.place for f in shown(server, analysis) if any(_holds(r.place, here) for r in f.related)]
    return [view.document.location(place) for place in dict.fromkeys(causes)] or None


def _holds(place: Place, here: tuple[int, int]) -> bool:
    return place.file is None and (place.line, place.column) <= here <= (place.end_line, place.end_column)
