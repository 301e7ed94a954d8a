"""Diagnostics, pushed or pulled, whichever the client asks for: never both, or they would show twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from lsprotocol import types

from shapewright.findings.finding import Finding, Severity
from shapewright.findings.rules import RULES
from shapewright.lsp.analyst import OldText
from shapewright.lsp.background import Checked
from shapewright.lsp.documents import Document, Text
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server
from shapewright.syntax.source import Place
from shapewright.workspace.analysis import Analysis

SOURCE = "shapewright"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}


def register(server: Server) -> None:
    """Registers the request of clients that pull."""
    options = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=True, identifier=SOURCE)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)
    server.feature(types.WORKSPACE_DIAGNOSTIC)(pull_workspace)


def shown(server: Server, found: Analysis | Checked) -> list[Finding]:
    """The findings that the settings let through."""
    return [finding for finding in found.findings if server.settings.wants(finding.code)]


def publish(server: Server, document: Document, analysis: Analysis) -> None:
    """Pushes the diagnostics of a document, unless the client pulls them."""
    if _pulls(server) or document.closed:
        return
    found = shown(server, analysis) if server.settings.enable else []
    for text in document.texts:
        own = [as_diagnostic(document, finding) for finding in found if document.locate(finding.place)[0] is text]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(text.uri, own, text.version))


def clear(server: Server, texts: Iterable[Text]) -> None:
    """Takes the diagnostics of texts away that are closed, or no part of the program any more."""
    if not _pulls(server):
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


# -- files that are not open


def publish_checked(server: Server, checked: Checked) -> None:
    """Pushes the diagnostics of a file that is not open, unless the client pulls them."""
    if not _pulls(server):
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(checked.uri, _items(server, checked)))


def clear_checked(server: Server, checked: Checked) -> None:
    """Takes them away."""
    if not _pulls(server):
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(checked.uri, []))


def _items(server: Server, checked: Checked) -> list[types.Diagnostic]:
    """The diagnostics; those of a notebook say in which cell."""
    found = []
    for finding in shown(server, checked):
        spot = checked.program.spot(finding.place)
        lead = "" if spot.cell is None else f"cell {spot.cell}, line {spot.place.line + 1}: "
        found.append(as_diagnostic(checked, finding, lead))
    return found


async def pull_workspace(server: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    """What is known by now of the files that are not open; the client asks again."""
    before = {previous.uri: previous.value for previous in params.previous_result_ids}
    settings = server.settings
    report: list[types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport] = []
    for checked in server.background.checked.values():
        result_id = f"{checked.result_id} {','.join(settings.select)} {','.join(settings.ignore)}"
        previous = before.pop(checked.uri, None)
        if previous == result_id:
            report.append(types.WorkspaceUnchangedDocumentDiagnosticReport(checked.uri, result_id))
            continue
        items = _items(server, checked)
        if items or previous is not None:
            report.append(types.WorkspaceFullDocumentDiagnosticReport(checked.uri, items, result_id=result_id))
    report += [
        types.WorkspaceFullDocumentDiagnosticReport(uri, []) for uri in before if server.view(uri) is None
    ]
    return types.WorkspaceDiagnosticReport(report)


def _pulls(server: Server) -> bool:
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
