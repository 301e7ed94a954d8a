"""`workspace/executeCommand`: a model as a graph or as the table of `model.summary()`.

Both take `{"textDocument": {"uri"}, "model"?: name, "position"?: position}`: a model by name, the one that a call at a position
makes, or the only one there is. The graph's `format` is `json` (as in `shapewright/graph`), `svg`, `mermaid` or `dot`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from shapewright.interpreter.facts import Facts
from shapewright.lsp.analyst import OldText
from shapewright.lsp.documents import Document, View
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server
from shapewright.syntax.source import Place
from shapewright.workspace.graphs import PICTURES, Named, NoModel, as_data, find_model, model_graph
from shapewright.workspace.lenses import model_at
from shapewright.workspace.summary import as_text, model_summary

GRAPH = "shapewright.graph"
SUMMARY = "shapewright.summary"
WIDE = 80
"""Columns of the table, as in a terminal of usual width."""


def register(server: Server) -> None:
    """Registers the commands, and `shapewright/graph`, which does the same as one."""
    server.command(GRAPH)(graph_command)
    server.command(SUMMARY)(summary_command)
    server.feature("shapewright/graph")(graph_request)


async def graph_request(server: Server, params: Any) -> Any:
    """The graph of the model that `model` names, or of the only one. Places count from 1, as on the command line."""
    return await graph_command(server, params)


async def graph_command(server: Server, *arguments: Any) -> Any:
    """The graph of a model, as data or as a picture."""
    asked = _asked(arguments)
    view, facts = await _facts(server, asked)
    form = asked.get("format") or "json"
    if form != "json" and form not in PICTURES:
        raise _refusal(f"there is no format {form!r}; it is json, {', '.join(PICTURES)}")
    try:
        named = _model(view, facts, asked)
        if form == "json":
            return as_data(facts, named, lambda place: _where(view.document, place))
        return PICTURES[form](model_graph(facts, named))
    except NoModel as error:
        raise _refusal(str(error), error.names) from None


async def summary_command(server: Server, *arguments: Any) -> str:
    """The table of a model."""
    asked = _asked(arguments)
    view, facts = await _facts(server, asked)
    try:
        return as_text(model_summary(facts, _model(view, facts, asked)), WIDE)
    except NoModel as error:
        raise _refusal(str(error), error.names) from None


def _asked(arguments: tuple[Any, ...]) -> dict[str, Any]:
    """The first argument as a plain table, whatever the protocol library made of the JSON."""
    return _plain(arguments[0]) if arguments else {}


def _plain(value: Any) -> dict[str, Any]:
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif not isinstance(value, Mapping):
        value = vars(value) if hasattr(value, "__dict__") else {}
    return {k: _plain(v) if isinstance(v, Mapping) or hasattr(v, "_asdict") else v for k, v in value.items()}


async def _facts(server: Server, asked: dict[str, Any]) -> tuple[View, Facts]:
    text_document = asked.get("textDocument")
    uri = text_document.get("uri") if isinstance(text_document, dict) else None
    view = server.view(uri) if isinstance(uri, str) else None
    if view is None:
        raise _refusal(f"there is no open Python document {uri!r}")
    try:
        return view, (await server.analyst.analysis(view.document)).facts
    except OldText:
        raise content_modified() from None


def _model(view: View, facts: Facts, asked: dict[str, Any]) -> Named:
    position, name = asked.get("position"), asked.get("model")
    if name is None and isinstance(position, dict):
        line, character = position.get("line"), position.get("character")
        if not isinstance(line, int) or not isinstance(character, int):
            raise _refusal("a position has a line and a character")
        return model_at(facts, *view.point(types.Position(line, character)))
    if name is not None and not isinstance(name, str):
        raise _refusal("a model is named by a text")
    return find_model(facts, name)


def _where(document: Document, place: Place) -> dict[str, Any]:
    text, within = document.locate(place)
    return {
        "uri": text.uri,
        "line": within.line + 1,
        "column": within.column + 1,
        "end_line": within.end_line + 1,
        "end_column": within.end_column + 1,
    }


def _refusal(reason: str, models: tuple[str, ...] = ()) -> JsonRpcException:
    data = {"models": list(models)} if models else None
    return JsonRpcException(reason, types.LSPErrorCodes.RequestFailed.value, data)
