"""Diagnostics, pushed or pulled, whichever the client asks for: never both, or they would show twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from lsprotocol import types

from shapewright.findings.finding import Finding, Severity
from shapewright.findings.rules import RULES
from shapewright.lsp.analyst import OldText
from shapewright.lsp.documents import Document, Text
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Listener, Server
from shapewright.syntax.source import Place
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.settings import Settings

SOURCE = "shapewright"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}


def register(server: Server) -> None:
    """Registers the request of clients that pull; the others are told."""
    options = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=True, identifier=SOURCE)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)
    server.listeners.append(Publisher(server))


class Publisher(Listener):
    """Tells clients that do not pull."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def analysed(self, document: Document, analysis: Analysis) -> None:
        publish(self._server, document, analysis)

    def closed(self, document: Document) -> None:
        clear(self._server, document.texts)

    def settings_changed(self, before: Settings) -> None:
        for document in self._server.documents.values():
            if document.analysis is not None and document.explained == document.serial:
                publish(self._server, document, document.analysis)


class Found(Protocol):
    """What has findings."""

    @property
    def findings(self) -> Iterable[Finding]:
        """All of them, in the order of the text."""


def shown(server: Server, found: Found) -> list[Finding]:
    """The findings that the settings let through."""
    return [finding for finding in found.findings if server.settings.wants(finding.code)]


def publish(server: Server, document: Document, analysis: Analysis) -> None:
    """Pushes the diagnostics of a document, unless the client pulls them."""
    if pulls(server) or document.closed:
        return
    found = shown(server, analysis) if server.settings.enable else []
    for text in document.texts:
        own = [as_diagnostic(document, finding) for finding in found if document.locate(finding.place)[0] is text]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(text.uri, own, text.version))


def clear(server: Server, texts: Iterable[Text]) -> None:
    """Takes the diagnostics of texts away that are closed, or no part of the program any more."""
    if not pulls(server):
        for text in texts:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(text.uri, []))


async def pull(server: Server, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
    """The diagnostics of the text as it is now."""
    view = server.view(params.text_document.uri)
    if view is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    try:
        analysis = await server.analyst.analysis(view.document, findings=True)
    except OldText:
        raise content_modified() from None
    return types.RelatedFullDocumentDiagnosticReport(
        items=[as_diagnostic(view.document, f) for f in shown(server, analysis) if view.holds(f.place)]
    )


def pulls(server: Server) -> bool:
    """Whether the client asks for diagnostics itself."""
    text_document = server.client_capabilities.text_document
    return text_document is not None and text_document.diagnostic is not None


class Located(Protocol):
    """What knows where the places of a program are for the editor."""

    def location(self, place: Place) -> types.Location:
        """A place of the program."""


def as_diagnostic(document: Located, finding: Finding, lead: str = "") -> types.Diagnostic:
    """A finding as the editor shows it: plain words first, then what Keras would say."""
    message = lead + finding.message
    if finding.keras_message:
        message += f"\n\nKeras says: {finding.keras_message}"
    related = [
        types.DiagnosticRelatedInformation(document.location(r.place), r.message)
        for r in finding.related
    ]
    return types.Diagnostic(
        range=document.location(finding.place).range,
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(RULES[finding.code].url),
        source=SOURCE,
        related_information=related or None,
    )
