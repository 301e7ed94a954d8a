"""`textDocument/codeLens`: over each model its shapes and parameters, and the way to its graph."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from shapewright.lsp.analyst import OldText
from shapewright.lsp.commands import SUMMARY
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server
from shapewright.workspace.lenses import lenses

SHOW_SUMMARY = "shapewright.showSummary"
SHOW_GRAPH = "shapewright.showGraph"
"""Commands of the client: it says in `experimental.shapewright.commands` that it has them."""


def register(server: Server) -> None:
    """Registers the request."""
    server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))(answer)


async def answer(server: Server, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """One lens that tells, and where the client can show a graph one that does."""
    view = server.view(params.text_document.uri)
    if view is None or not server.settings.code_lens:
        return None
    try:
        analysis = await server.analyst.analysis(view.document)
    except OldText:
        raise content_modified() from None
    known = _client_commands(server)
    found = []
    for lens in lenses(analysis.facts):
        if not view.holds(lens.place):
            continue
        where = view.range(lens.place)
        start = {"line": where.start.line, "character": where.start.character}
        arguments = [{"textDocument": {"uri": view.text.uri}, "position": start}]
        tell = SHOW_SUMMARY if SHOW_SUMMARY in known else SUMMARY
        found += [types.CodeLens(where, types.Command(title, tell, arguments=arguments)) for title in lens.titles]
        if SHOW_GRAPH in known:
            found.append(types.CodeLens(where, types.Command("Show graph", SHOW_GRAPH, arguments=arguments)))
    return found


def _client_commands(server: Server) -> list[str]:
    experimental: Any = server.client_capabilities.experimental
    ours = getattr(experimental, "shapewright", None) or (
        experimental.get("shapewright") if isinstance(experimental, dict) else None
    )
    commands = getattr(ours, "commands", None) or (ours.get("commands") if isinstance(ours, dict) else None)
    return [str(name) for name in commands or ()]
