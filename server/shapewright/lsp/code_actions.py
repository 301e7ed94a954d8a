"""Quick fixes, and "fix all"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types

from shapewright.findings.comments import silencing
from shapewright.findings.finding import Edit, Finding, edited_files
from shapewright.findings.rules import UNUSED_IGNORE
from shapewright.lsp.analyst import OldText
from shapewright.lsp.diagnostics import as_diagnostic, shown
from shapewright.lsp.documents import Document, Text, View
from shapewright.lsp.errors import content_modified
from shapewright.lsp.server import Server

FIX_ALL = "source.fixAll.shapewright"


def register(server: Server) -> None:
    """Registers the request."""
    options = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(answer)
    server.feature(types.CODE_ACTION_RESOLVE)(resolve)


async def answer(server: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The proven fixes of the findings at a range; all preferred ones when "fix all" is asked for."""
    view = server.view(params.text_document.uri)
    if view is None:
        return None
    try:
        analysis = await server.analyst.analysis(view.document, findings=True)
    except OldText:
        raise content_modified() from None
    findings = shown(server, analysis)
    only = params.context.only
    actions: list[types.CodeAction] = []
    if only is None or any(_covers(kind, "quickfix") for kind in only):
        actions += _quick_fixes(server, view, findings, params.range, analysis.facts.source.lines)
    if only is not None and any(_covers(kind, FIX_ALL) for kind in only):
        actions += _fix_all(server, view.document, [finding for finding in findings if view.holds(finding.place)])
    for action in actions:
        action.data = {"uri": params.text_document.uri, "range": server.protocol._converter.unstructure(params.range)}
    return actions


async def resolve(server: Server, action: types.CodeAction) -> types.CodeAction:
    """The action with its edits for the text as it is now; as it came where it is not offered there any more."""
    data: Any = action.data
    if not isinstance(data, dict) or "uri" not in data or action.kind is None:
        return action
    where = server.protocol._converter.structure(data["range"], types.Range)
    identifier = types.TextDocumentIdentifier(data["uri"])
    context = types.CodeActionContext([], only=[action.kind])
    offered = await answer(server, types.CodeActionParams(identifier, where, context))
    return next((same for same in offered or () if same.title == action.title), action)


def _covers(asked: types.CodeActionKind | str, kind: str) -> bool:
    """Whether a kind that was asked for includes another: `source` includes `source.fixAll.shapewright`."""
    text = str(getattr(asked, "value", asked))
    return kind == text or kind.startswith(f"{text}.")


def _quick_fixes(
    server: Server, view: View, findings: Sequence[Finding], where: types.Range, source: Sequence[str]
) -> list[types.CodeAction]:
    actions = []
    first, last = view.lines(where)
    for finding in findings:
        lines = [finding.place, *(r.place for r in finding.related if r.place.file is None)]
        if not any(p.line <= last and first <= p.end_line for p in lines):
            continue
        diagnostics = [as_diagnostic(view.document, finding)] if view.holds(finding.place) else None
        actions += [
            types.CodeAction(
                fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=diagnostics,
                is_preferred=fix.preferred or None,
                edit=_workspace_edit(server, view.document, fix.edits),
            )
            for fix in finding.fixes
        ]
        actions += _silence(server, view, finding, diagnostics, source)
    return actions


def _silence(
    server: Server, view: View, finding: Finding, diagnostics: list[types.Diagnostic] | None, source: Sequence[str]
) -> list[types.CodeAction]:
    """The comment that silences a finding, where the finding itself stands in what is looked at."""
    if diagnostics is None or finding.code == UNUSED_IGNORE.code:
        return []
    edit = silencing(source, finding)
    if edit is None:
        return []
    title = f"Silence {finding.code} on this line"
    kind = types.CodeActionKind.QuickFix
    change = _workspace_edit(server, view.document, (edit,))
    return [types.CodeAction(title, kind=kind, diagnostics=diagnostics, edit=change)]


def _fix_all(server: Server, document: Document, findings: Sequence[Finding]) -> list[types.CodeAction]:
    """One action that applies the preferred fixes, as far as they do not overlap. Editors do that when a file is saved, so it
    leaves other files alone."""
    chosen: list[Edit] = []
    for finding in findings:
        own = (fix.edits for fix in finding.fixes if fix.preferred and not edited_files(fix.edits))
        edits = next(own, ())
        if edits and not any(_overlap(a, b) for a in edits for b in chosen):
            chosen += edits
    if not chosen:
        return []
    edit = _workspace_edit(server, document, chosen)
    return [types.CodeAction("Fix all shape mistakes that have one clear fix", kind=FIX_ALL, edit=edit)]


def _overlap(a: Edit, b: Edit) -> bool:
    first, second = sorted((a.place, b.place), key=lambda p: (p.line, p.column))
    return (second.line, second.column) < (first.end_line, first.end_column) or first == second


def _other(server: Server, document: Document, file: str) -> Text:
    """Another file that a fix edits: as it is open in the editor, or as it is on disk."""
    analysed = document.other(file)
    for other in server.documents.values():
        if other.path == Path(file):
            if other.text != analysed.text:
                raise content_modified()
            return other.texts[0]
    return analysed


def _workspace_edit(server: Server, document: Document, edits: Sequence[Edit]) -> types.WorkspaceEdit:
    """The edits for the versions of the texts that they were computed for, where the client can be told that."""
    changes: dict[str, tuple[Text, list[types.TextEdit]]] = {}
    for edit in edits:
        file = edit.place.file
        text, place = document.locate(edit.place) if file is None else (_other(server, document, file), edit.place)
        changes.setdefault(text.uri, (text, []))[1].append(types.TextEdit(text.range(place), edit.new_text))
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.workspace_edit is not None and workspace.workspace_edit.document_changes:
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, text.version), list(own))
                for uri, (text, own) in changes.items()
            ]
        )
    return types.WorkspaceEdit(changes={uri: own for uri, (_, own) in changes.items()})
