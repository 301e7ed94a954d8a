"""`shapewright/graph`: a model of a document as the data of `shapewright graph --format json`."""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from shapewright.lsp.analyst import OldText
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server
from shapewright.syntax.source import Place
from shapewright.workspace.graphs import NoModel, as_data, find_model


def register(server: Server) -> None:
    """Registers the request."""
    server.feature("shapewright/graph")(answer)


async def answer(server: Server, params: Any) -> dict[str, Any]:
    """The graph of the model that `model` names, or of the only one. Places count from 1, as on the command line."""
    uri = getattr(getattr(params, "textDocument", None), "uri", None)
    view = server.view(uri) if isinstance(uri, str) else None
    if view is None:
        raise _refusal(f"there is no open Python document {uri!r}")
    document = view.document

    def where(place: Place) -> dict[str, Any]:
        text, within = document.locate(place)
        return {
            "uri": text.uri,
            "line": within.line + 1,
            "column": within.column + 1,
            "end_line": within.end_line + 1,
            "end_column": within.end_column + 1,
        }

    try:
        facts = (await server.analyst.analysis(document)).facts
        return as_data(facts, find_model(facts, getattr(params, "model", None)), where)
    except OldText:
        raise content_modified() from None
    except NoModel as error:
        raise _refusal(str(error)) from None


def _refusal(reason: str) -> JsonRpcException:
    return JsonRpcException(reason, types.LSPErrorCodes.RequestFailed.value)
