"""Hover, hints, diagnostics and fixes, in every position encoding."""

from __future__ import annotations

import pytest
from lsprotocol import types

from .programs import FIRST, MISTAKE, SHAPES
from .talk import Talk, spot

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHOLE = types.Range(types.Position(0, 0), types.Position(100, 0))


async def test_capabilities(talk: Talk) -> None:
    offered = talk.result.capabilities
    assert talk.result.server_info is not None and talk.result.server_info.name == "shapewright"
    assert isinstance(offered.text_document_sync, types.TextDocumentSyncOptions)
    assert offered.text_document_sync.change == types.TextDocumentSyncKind.Incremental
    assert offered.text_document_sync.open_close
    assert offered.hover_provider
    assert (
        isinstance(offered.inlay_hint_provider, types.InlayHintOptions) and offered.inlay_hint_provider.resolve_provider
    )
    assert isinstance(offered.diagnostic_provider, types.DiagnosticOptions)
    assert offered.diagnostic_provider.workspace_diagnostics
    assert offered.code_lens_provider
    assert isinstance(offered.code_action_provider, types.CodeActionOptions)
    assert set(offered.code_action_provider.code_action_kinds or []) == {"quickfix", "source.fixAll.shapewright"}


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("data =", "```\ndata: (1, 3, 1)\n```\nint64"),
        (
            "x =",
            "```\nx: (None, 3, 1)\n```\nfloat32 · `Input`  \n`None` is the batch axis: any number of samples.",
        ),
        (
            "y =",
            "```\ny: (None, 10)\n```\nfloat32 · `LSTM(10)` · 480 parameters  \n"
            "`None` is the batch axis: any number of samples.",
        ),
    ],
)
async def test_hover(talk: Talk, piece: str, text: str) -> None:
    uri = talk.open(FIRST)
    assert await talk.hover(uri, piece) == text


async def test_hover_is_about_the_name(talk: Talk) -> None:
    uri = talk.open(FIRST)
    for name in ("data", "x", "y", "model"):
        for into in (0, len(name) - 1):
            found = await talk.hover_at(uri, spot(FIRST, f"{name} =", into))
            assert found is not None and found.range is not None
            assert talk.point(uri, found.range.start) == spot(FIRST, f"{name} =")
            assert talk.cut(uri, found.range) == name


async def test_hover_on_a_use(talk: Talk) -> None:
    uri = talk.open(FIRST)
    assert await talk.shape(uri, "(x)", 1) == "x: (None, 3, 1)"
    assert await talk.shape(uri, "outputs=y", 8) == "y: (None, 10)"
    assert await talk.shape(uri, "predict(data", 8) == "data: (1, 3, 1)"


async def test_hover_on_shape_explains_the_batch_axis(talk: Talk) -> None:
    uri = talk.open(FIRST)
    text = await talk.hover(uri, "shape=(3", 2)
    assert text is not None
    assert text.startswith("```\nshape=(3, 1) → (None, 3, 1)\n```\n")
    assert "one sample" in text and "batch axis" in text


async def test_hover_on_a_model_shows_its_summary(talk: Talk) -> None:
    uri = talk.open(FIRST)
    text = await talk.hover(uri, "model =")
    assert text is not None
    assert text.startswith("```\nmodel: (None, 3, 1) → (None, 10)\n```\n`Functional` · 480 parameters")
    assert "lstm (LSTM)" in text and "Total params: 480" in text


@pytest.mark.parametrize(
    ("piece", "into"),
    [("import", 0), ("numpy", 1), ("🙂", 0), ("np.array", 0), ("keras.layers", 1), ("[1, 2", 1), ("print", 0)],
)
async def test_no_hover_where_there_is_no_shape(talk: Talk, piece: str, into: int) -> None:
    uri = talk.open(FIRST)
    assert await talk.hover(uri, piece, into) is None


async def test_no_hover_outside_the_text(talk: Talk) -> None:
    uri = talk.open(FIRST)
    for position in (types.Position(2, 0), types.Position(2, 50), types.Position(999, 3), types.Position(0, 100_000)):
        params = types.HoverParams(types.TextDocumentIdentifier(uri), position)
        assert await talk.client.text_document_hover_async(params) is None


async def test_hints_stand_behind_the_names(talk: Talk) -> None:
    uri = talk.open(FIRST)
    names = ("data", "x", "y", "model")
    shapes = [shape.split(":", 1)[1] for shape in SHAPES]
    expected = {spot(FIRST, f"{n} =", len(n)): f":{s}" for n, s in zip(names, shapes, strict=True)}
    assert await talk.hints(uri) == expected


async def test_hints_of_a_range(talk: Talk) -> None:
    uri = talk.open(FIRST)
    where = types.Range(types.Position(5, 0), types.Position(5, 100))
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), where)
    found = await talk.client.text_document_inlay_hint_async(params)
    assert [hint.label for hint in found or []] == [": (None, 10)"]


async def test_a_hint_is_resolved_to_the_hover(talk: Talk) -> None:
    uri = talk.open(FIRST)
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), WHOLE)
    hint = next(h for h in await talk.client.text_document_inlay_hint_async(params) or [] if h.label == ": (None, 10)")
    resolved = await talk.client.inlay_hint_resolve_async(hint)
    assert isinstance(resolved.tooltip, types.MarkupContent)
    assert resolved.tooltip.value == await talk.hover(uri, "y =")


async def test_the_mistake_is_marked_where_it_was_made(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    (found,) = await talk.pull(uri)
    assert talk.point(uri, found.range.start) == spot(MISTAKE, '(1, 3, 1))\n"🙂 é"; y')
    assert talk.cut(uri, found.range) == "(1, 3, 1)"
    assert (found.source, found.code, found.severity) == ("shapewright", "SW101", types.DiagnosticSeverity.Error)
    assert found.code_description is not None and found.code_description.href.endswith("docs/rules/SW101.md")
    assert "expected ndim=3, found ndim=4" in found.message
    assert "(1, 3, 1)" in found.message and "batch axis" in found.message
    (related,) = found.related_information or []
    assert related.location.uri == uri
    assert talk.cut(uri, related.location.range) == "keras.layers.LSTM(10)(x)"


async def test_no_diagnostics_for_the_right_program(talk: Talk) -> None:
    assert await talk.pull(talk.open(FIRST)) == []


async def test_quick_fixes(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    (finding,) = await talk.pull(uri)
    fixes = await talk.actions(uri, finding.range)
    assert [(fix.title, bool(fix.is_preferred)) for fix in fixes] == [
        ("Leave the batch axis out: shape=(3, 1)", True),
        ("Say that it is a whole batch: batch_shape=(1, 3, 1)", False),
        ("Silence SW101 on this line", False),
    ]
    for fix in reversed(fixes):
        assert fix.kind == types.CodeActionKind.QuickFix
        assert list(fix.diagnostics or []) == [finding]
        talk.write(uri, MISTAKE)
        (fresh,) = [f for f in await talk.actions(uri, finding.range) if f.title == fix.title]
        talk.apply(uri, fresh)
        assert await talk.pull(uri) == []
        if "batch_shape" in fix.title:
            assert talk.texts[uri] == FIRST.replace("shape=(3, 1)", "batch_shape=(1, 3, 1)")
            assert await talk.shape(uri, "y =") == "y: (1, 10)"
    assert talk.texts[uri] == FIRST


async def test_the_preferred_fix_gives_the_right_program(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    (finding,) = await talk.pull(uri)
    (preferred,) = [fix for fix in await talk.actions(uri, finding.range) if fix.is_preferred]
    talk.apply(uri, preferred)
    assert talk.texts[uri] == FIRST
    assert await talk.labels(uri) == SHAPES


async def test_fixes_are_offered_at_the_related_place_too_but_not_elsewhere(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    where = {line: types.Range(types.Position(line, 0), types.Position(line, 0)) for line in (0, 3, 4, 5)}
    assert [line for line, place in where.items() if await talk.actions(uri, place)] == [4, 5]


async def test_fix_all(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    assert await talk.actions(uri, WHOLE, only=["refactor"]) == []
    for asked in ("source", "source.fixAll", "source.fixAll.shapewright"):
        (action,) = await talk.actions(uri, WHOLE, only=[asked])
        assert action.kind == "source.fixAll.shapewright"
    talk.apply(uri, action)
    assert talk.texts[uri] == FIRST
    assert await talk.actions(uri, WHOLE, only=["source.fixAll"]) == []


async def test_fix_all_is_not_among_the_quick_fixes(talk: Talk) -> None:
    uri = talk.open(MISTAKE)
    for only in (None, ["quickfix"]):
        assert {action.kind for action in await talk.actions(uri, WHOLE, only)} == {types.CodeActionKind.QuickFix}
