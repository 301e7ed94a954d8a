"""Diagnostics of files that are not open, pushed or pulled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from shapewright.findings.finding import Finding
from shapewright.lsp.diagnostics import as_diagnostic, pulls, shown
from shapewright.lsp.documents import Text
from shapewright.lsp.server import Server
from shapewright.syntax.source import Place
from shapewright.workspace.programs import Program


@dataclass
class Checked:
    """A file that was looked through."""

    program: Program
    uri: str
    text: Text
    findings: tuple[Finding, ...]
    follows: frozenset[str]
    result_id: str
    others: Mapping[str, str]  # the texts of other files that findings are related to

    def location(self, place: Place) -> types.Location:
        """A place of the program; in a notebook it is one of the file, because only an open notebook has cells."""
        if place.file is not None:
            text = Text(Path(place.file).as_uri(), self.others.get(place.file, ""), None, self.text.encoding)
            return types.Location(text.uri, text.range(place))
        return types.Location(self.uri, self.text.range(self.program.in_file(self.program.spot(place))))


def publish(server: Server, checked: Checked) -> None:
    """Pushes the diagnostics of a file that is not open, unless the client pulls them."""
    if not pulls(server):
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(checked.uri, _items(server, checked)))


def clear(server: Server, checked: Checked) -> None:
    """Takes them away."""
    if not pulls(server):
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(checked.uri, []))


def _items(server: Server, checked: Checked) -> list[types.Diagnostic]:
    """The diagnostics; those of a notebook say in which cell."""
    found = []
    for finding in shown(server, checked):
        spot = checked.program.spot(finding.place)
        lead = "" if spot.cell is None else f"cell {spot.cell}, line {spot.place.line + 1}: "
        found.append(as_diagnostic(checked, finding, lead))
    return found


def pull(
    server: Server, looked_through: Iterable[Checked], params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """What is known by now of the files that are not open; the client asks again."""
    before = {previous.uri: previous.value for previous in params.previous_result_ids}
    settings = server.settings
    report: list[types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport] = []
    for checked in looked_through:
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
