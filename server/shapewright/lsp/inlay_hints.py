"""`textDocument/inlayHint` and its resolve."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from shapewright.lsp.analyst import OldText
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.questions import Hint, hints
from shapewright.workspace.ran import with_hints_of_run


def register(server: Server) -> None:
    """Registers the requests."""
    options = types.InlayHintOptions(resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_INLAY_HINT, options)(answer)
    server.feature(types.INLAY_HINT_RESOLVE)(resolve)


async def answer(server: Server, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The shapes behind names and calls in a range."""
    view = server.view(params.text_document.uri)
    settings = server.settings
    variables, calls = settings.inlay_hints_variables, settings.inlay_hints_calls
    if view is None or not settings.inlay_hints or not (variables or calls):
        return None
    try:
        analysis = await server.analyst.analysis(view.document)
    except OldText:
        raise content_modified() from None
    first, last = view.lines(params.range)
    found = _hints(analysis, first, last, settings.inlay_hints_max_length, variables, calls)
    return [
        types.InlayHint(
            view.position(hint.line, hint.column),
            hint.label,
            kind=types.InlayHintKind.Type,
            data={"uri": view.text.uri, "line": hint.line - view.first_line, "column": hint.column},
        )
        for hint in found
    ]


async def resolve(server: Server, hint: types.InlayHint) -> types.InlayHint:
    """Adds what a hover on the name says."""
    data: Any = hint.data
    view = server.view(data["uri"]) if isinstance(data, dict) and "uri" in data else None
    if view is None:
        return hint
    try:
        analysis = await server.analyst.analysis(view.document)
    except OldText:
        return hint
    line, column = view.first_line + int(data["line"]), int(data["column"])
    found = _hints(analysis, line, line, calls=True)
    tooltip = next((h.tooltip for h in found if (h.line, h.column) == (line, column)), None)
    if tooltip is not None:
        hint.tooltip = types.MarkupContent(types.MarkupKind.Markdown, tooltip)
    return hint


def _hints(
    analysis: Analysis, first: int, last: int, max_length: int = 60, variables: bool = True, calls: bool = False
) -> list[Hint]:
    """What the analysis knows, and what running the file told besides."""
    found = hints(analysis.facts, first, last, max_length, variables, calls)
    if analysis.ran is not None and variables:
        return with_hints_of_run(found, analysis.facts, analysis.ran, first, last, max_length)
    return found
