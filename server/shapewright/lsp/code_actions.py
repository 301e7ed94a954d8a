"""Quick fixes, and "fix all"."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from shapewright.findings.finding import Edit, Finding
from shapewright.lsp.analyst import OldText
from shapewright.lsp.diagnostics import as_diagnostic, shown
from shapewright.lsp.documents import Document
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server

FIX_ALL = "source.fixAll.shapewright"


def register(server: Server) -> None:
    """Registers the request."""
    options = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(answer)


async def answer(server: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The proven fixes of the findings at a range; all preferred ones when "fix all" is asked for."""
    document = server.document(params.text_document.uri)
    if document is None:
        return None
    try:
        analysis = await server.analyst.analysis(document, findings=True)
    except OldText:
        raise content_modified() from None
    findings = shown(server, analysis)
    only = params.context.only
    actions: list[types.CodeAction] = []
    if only is None or any(_covers(kind, "quickfix") for kind in only):
        actions += _quick_fixes(server, document, findings, params.range)
    if only is not None and any(_covers(kind, FIX_ALL) for kind in only):
        actions += _fix_all(server, document, findings)
    return actions


def _covers(asked: types.CodeActionKind | str, kind: str) -> bool:
    """Whether a kind that was asked for includes another: `source` includes `source.fixAll.shapewright`."""
    text = str(getattr(asked, "value", asked))
    return kind == text or kind.startswith(f"{text}.")


def _quick_fixes(
    server: Server, document: Document, findings: Sequence[Finding], where: types.Range
) -> list[types.CodeAction]:
    actions = []
    for finding in findings:
        lines = [finding.place, *(r.place for r in finding.related)]
        if not any(p.line <= where.end.line and where.start.line <= p.end_line for p in lines):
            continue
        diagnostic = as_diagnostic(document, finding)
        actions += [
            types.CodeAction(
                fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=fix.preferred or None,
                edit=_workspace_edit(server, document, fix.edits),
            )
            for fix in finding.fixes
        ]
    return actions


def _fix_all(server: Server, document: Document, findings: Sequence[Finding]) -> list[types.CodeAction]:
    """One action that applies the preferred fixes, as far as they do not overlap."""
    chosen: list[Edit] = []
    for finding in findings:
        edits = next((fix.edits for fix in finding.fixes if fix.preferred), ())
        if edits and not any(_overlap(a, b) for a in edits for b in chosen):
            chosen += edits
    if not chosen:
        return []
    edit = _workspace_edit(server, document, chosen)
    return [types.CodeAction("Fix all shape mistakes that have one clear fix", kind=FIX_ALL, edit=edit)]


def _overlap(a: Edit, b: Edit) -> bool:
    first, second = sorted((a.place, b.place), key=lambda p: (p.line, p.column))
    return (second.line, second.column) < (first.end_line, first.end_column) or first == second


def _workspace_edit(server: Server, document: Document, edits: Sequence[Edit]) -> types.WorkspaceEdit:
    """The edits for the version of the text that they were computed for, where the client can be told that."""
    changes = [types.TextEdit(document.range(edit.place), edit.new_text) for edit in edits]
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.workspace_edit is not None and workspace.workspace_edit.document_changes:
        identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(changes))])
    return types.WorkspaceEdit(changes={document.uri: changes})
