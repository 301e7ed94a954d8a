"""Notebooks: all Python cells are one program, and everything that is asked of a cell is answered for that cell."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .notebook import CODE, PROSE, Notebook
from .programs import FIRST
from .talk import Talk, capabilities, spot, talking, until

pytestmark = pytest.mark.asyncio(loop_scope="session")

IMPORTS = "%matplotlib inline\n!pip install keras\nimport numpy as np\nfrom tensorflow import keras"
DATA = '"🙂 é"; data = np.array([1, 2, 3]).reshape((1, 3, 1))\n'
INPUT = '"🙂 é"; x = keras.layers.Input(shape=(3, 1))'
MODEL = '%%time\n"🙂 é"; y = keras.layers.LSTM(10)(x)\n%time model = keras.Model(inputs=x, outputs=y)'
CELLS = [IMPORTS, DATA, INPUT, MODEL]
MISTAKE = INPUT.replace("(3, 1)", "(1, 3, 1)")
WHOLE = types.Range(types.Position(0, 0), types.Position(100, 0))


@pytest.fixture
def notebook(talk: Talk) -> Notebook:
    return Notebook(talk, CELLS)


async def labels(notebook: Notebook) -> list[list[str]]:
    return [await notebook.talk.labels(uri) for uri in notebook.cells]


async def test_what_is_offered(talk: Talk) -> None:
    sync = talk.result.capabilities.notebook_document_sync
    assert isinstance(sync, types.NotebookDocumentSyncOptions)
    (selector,) = sync.notebook_selector
    assert [cell.language for cell in selector.cells or []] == ["python"]
    assert talk.result.capabilities.definition_provider


async def test_hover_and_hints_in_every_cell(notebook: Notebook) -> None:
    talk = notebook.talk
    assert await labels(notebook) == [
        [],
        ["data: (1, 3, 1)"],
        ["x: (None, 3, 1)"],
        ["y: (None, 10)", "model: (None, 3, 1) → (None, 10)"],
    ]
    _, data, x, model = notebook.cells
    assert await talk.shape(data, "data =") == "data: (1, 3, 1)"
    assert await talk.shape(model, "(x)", 1) == "x: (None, 3, 1)"
    assert await talk.shape(model, "model =") == "model: (None, 3, 1) → (None, 10)"
    found = await talk.hover_at(x, spot(INPUT, "x ="))
    assert found is not None and found.range is not None and talk.cut(x, found.range) == "x"
    for line in (0, 1, 2, 3, 4, 5, 50):  # nothing of the cells below shows behind the end
        position = types.HoverParams(types.TextDocumentIdentifier(notebook.cells[0]), types.Position(line, 0))
        assert await talk.client.text_document_hover_async(position) is None


async def test_a_hint_is_resolved(notebook: Notebook) -> None:
    talk, uri = notebook.talk, notebook.cells[3]
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), WHOLE)
    hints = await talk.client.text_document_inlay_hint_async(params) or []
    resolved = await talk.client.inlay_hint_resolve_async(next(h for h in hints if h.label == ": (None, 10)"))
    assert isinstance(resolved.tooltip, types.MarkupContent)
    assert resolved.tooltip.value == await talk.hover(uri, "y =")


async def test_a_finding_and_its_fix_in_their_cells(notebook: Notebook) -> None:
    talk = notebook.talk
    notebook.write(2, MISTAKE)
    _, data, x, model = notebook.cells
    (found,) = await talk.pull(x)
    assert talk.cut(x, found.range) == "(1, 3, 1)" and found.code == "SW101"
    (related,) = found.related_information or []
    assert related.location.uri == model
    assert talk.cut(model, related.location.range) == "keras.layers.LSTM(10)(x)"
    assert [await talk.pull(uri) for uri in (data, model)] == [[], []]
    for uri, diagnostics in ((x, 1), (model, 0)):  # offered where it is and where it shows
        action = (await talk.actions(uri, WHOLE))[0]
        assert action.title == "Leave the batch axis out: shape=(3, 1)"
        assert len(action.diagnostics or []) == diagnostics
    assert await talk.actions(data, WHOLE) == []
    notebook.apply(action)
    assert talk.texts[x] == INPUT
    assert await talk.pull(x) == []


async def test_fix_all_is_for_a_cell(notebook: Notebook) -> None:
    notebook.write(2, MISTAKE)
    assert await notebook.talk.actions(notebook.cells[3], WHOLE, only=["source.fixAll"]) == []
    (action,) = await notebook.talk.actions(notebook.cells[2], WHOLE, only=["source.fixAll"])
    notebook.apply(action)
    assert notebook.talk.texts[notebook.cells[2]] == INPUT


async def test_a_fix_that_edits_two_cells(talk: Talk) -> None:
    notebook = Notebook(
        talk,
        [
            "from keras import Sequential\nfrom keras.layers import Dense",
            "import numpy as np\nx = np.zeros((8, 28, 28)); y = np.zeros((8,), 'int32')",
            "model = Sequential([\n    Dense(10, activation='softmax'),\n])",
            "model.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)",
        ],
    )
    (cell,) = [uri for uri in notebook.cells if await talk.pull(uri)]
    (action,) = [action for action in await talk.actions(cell, WHOLE) if "Flatten" in action.title]
    notebook.apply(action)
    assert talk.texts[notebook.cells[0]].endswith("import Dense, Flatten")
    assert "    Flatten(),\n    Dense(" in talk.texts[notebook.cells[2]]
    assert [await talk.pull(uri) for uri in notebook.cells] == [[], [], [], []]


async def test_from_where_it_shows_to_where_it_was_made(notebook: Notebook) -> None:
    talk, (_, _, x, model) = notebook.talk, notebook.cells
    notebook.write(2, MISTAKE)

    async def causes(uri: str, piece: str) -> list[types.Location]:
        position = talk.position(uri, spot(talk.texts[uri], piece))
        params = types.DefinitionParams(types.TextDocumentIdentifier(uri), position)
        found = await talk.client.text_document_definition_async(params)
        return [place for place in found or [] if isinstance(place, types.Location)]  # type: ignore[union-attr]

    (cause,) = await causes(model, "LSTM")
    assert cause.uri == x and talk.cut(x, cause.range) == "(1, 3, 1)"
    assert await causes(model, "Model(") == [] and await causes(x, "Input") == []


async def test_an_edit_in_one_cell_shows_in_the_others(notebook: Notebook) -> None:
    begin = spot(INPUT, "3, 1")
    notebook.replace(2, begin, (begin[0], begin[1] + 1), "7")
    assert (await labels(notebook))[3] == ["y: (None, 10)", "model: (None, 7, 1) → (None, 10)"]
    notebook.replace(1, spot(DATA, "1, 3, 1"), spot(DATA, ", 1))"), "3, 1")
    assert (await labels(notebook))[1] == ["data: (3, 1, 1)"]
    notebook.write(1, '"""')  # half typed: it costs its own cell
    assert (await labels(notebook))[2:] == [
        ["x: (None, 7, 1)"],
        ["y: (None, 10)", "model: (None, 7, 1) → (None, 10)"],
    ]


async def test_cells_put_in_taken_out_and_moved(notebook: Notebook) -> None:
    talk = notebook.talk
    notebook.insert(3, "x = keras.layers.Dense(4)(x)\nx")
    assert await talk.labels(notebook.cells[3]) == ["x: (None, 3, 4)"]
    assert await talk.shape(notebook.cells[4], "(x)", 1) == "x: (None, 3, 4)"
    notebook.move(3, 0)  # x is not known there
    assert await talk.labels(notebook.cells[0]) == []
    assert await talk.shape(notebook.cells[4], "(x)", 1) == "x: (None, 3, 1)"
    notebook.move(0, 3)
    assert await talk.shape(notebook.cells[4], "(x)", 1) == "x: (None, 3, 4)"
    gone = notebook.cells[2]
    notebook.delete(2)
    assert await labels(notebook) == [[], ["data: (1, 3, 1)"], [], []]
    assert await talk.labels(gone) == [] and await talk.pull(gone) == []


async def test_cells_that_become_prose_or_another_language(notebook: Notebook) -> None:
    notebook.describe(2, PROSE)
    assert (await labels(notebook))[2:] == [[], []]
    notebook.describe(2, CODE)
    assert (await labels(notebook))[2] == ["x: (None, 3, 1)"]
    notebook.insert(3, "x = keras.layers.Input(shape=(5, 1))", language="shellscript")
    notebook.insert(3, "x = keras.layers.Input(shape=(5, 1))", kind=PROSE)
    assert (await labels(notebook))[2:5] == [["x: (None, 3, 1)"], [], []]


async def test_running_and_saving_change_nothing(notebook: Notebook) -> None:
    notebook.run(2)
    notebook.save()
    assert (await labels(notebook))[2] == ["x: (None, 3, 1)"]


async def test_cells_are_gone_when_the_notebook_is_closed(notebook: Notebook) -> None:
    notebook.close()
    assert await labels(notebook) == [[], [], [], []]


async def test_random_edits_end_where_a_fresh_notebook_does(talk: Talk) -> None:
    choose = random.Random(7)
    notebook = Notebook(talk, CELLS)
    for _ in range(30):
        at = choose.randrange(len(notebook.cells))
        match choose.randrange(4):
            case 0:
                notebook.insert(at, choose.choice([*CELLS, MISTAKE, "x = 1", "(", ""]))
            case 1 if len(notebook.cells) > 3:
                notebook.delete(at)
            case 2:
                notebook.move(at, choose.randrange(len(notebook.cells)))
            case _:
                notebook.write(at, choose.choice([*CELLS, MISTAKE, "!ls", "x = !ls"]))
    notebook.insert(0, IMPORTS)
    fresh = Notebook(talk, [talk.texts[uri] for uri in notebook.cells])
    assert await labels(notebook) == await labels(fresh)
    pulled = [[await talk.pull(uri) for uri in n.cells] for n in (notebook, fresh)]
    assert [[(d.code, d.range) for d in own] for own in pulled[0]] == [[(d.code, d.range) for d in own] for own in pulled[1]]


async def test_imports_start_beside_the_notebook(plain: Talk, tmp_path: Path) -> None:
    (tmp_path / "blocks.py").write_text("from keras import layers\ndef head(x):\n    return layers.Dense(8)(x)\n")
    uri = (tmp_path / "n.ipynb").as_uri()
    notebook = Notebook(plain, ["import keras\nfrom blocks import head", "y = head(keras.Input((3,)))"], uri)
    assert await labels(notebook) == [[], ["y: (None, 8)"]]
    notebook.close()


# -- clients that are sent diagnostics, or are asked to pull again


async def test_pushed_to_each_cell_and_taken_back(plain: Talk) -> None:
    notebook = Notebook(plain, CELLS)
    x, model = notebook.cells[2:]
    assert await plain.told(x) == [] and await plain.told(model) == []
    notebook.write(2, MISTAKE)
    await until(lambda: plain.client.diagnostics[x])
    assert plain.cut(x, plain.client.diagnostics[x][0].range) == "(1, 3, 1)"
    assert not plain.client.diagnostics[model]
    notebook.delete(2)
    await until(lambda: not plain.client.diagnostics[x])
    again = notebook.insert(2, MISTAKE)
    assert await plain.told(again)
    notebook.close()
    await until(lambda: not plain.client.diagnostics[again])


async def test_a_client_is_asked_to_ask_again_for_the_other_cells() -> None:
    can = capabilities(pull=True)
    assert can.workspace is not None
    can.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    async with talking(can=can) as talk:
        hints: list[object] = []
        talk.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda *_: hints.append(0))
        notebook = Notebook(talk, CELLS)
        await until(lambda: hints and talk.client.diagnostic_refresh_count)
        notebook.write(2, MISTAKE)
        await until(lambda: len(hints) == 2 and talk.client.diagnostic_refresh_count == 2)
        assert len(await talk.pull(notebook.cells[2])) == 1
        uri = talk.open("x = 1\n")  # a file alone has no others
        await talk.pull(uri)
        await talk.settled()
        assert len(hints) == talk.client.diagnostic_refresh_count == 2


async def test_a_client_is_asked_to_ask_again_for_files_that_import(tmp_path: Path) -> None:
    (tmp_path / "blocks.py").write_text("n = 3\n")
    async with talking(can=capabilities(pull=True)) as talk:
        main = talk.open("import numpy as np\nfrom blocks import n\nx = np.zeros(n)\n", (tmp_path / "main.py").as_uri())
        assert await talk.shape(main, "x =") == "x: (3,)"
        assert talk.client.diagnostic_refresh_count == 0
        talk.open("n = 4\n", (tmp_path / "blocks.py").as_uri())
        talk.write((tmp_path / "blocks.py").as_uri(), "n = 5\n")
        await until(lambda: talk.client.diagnostic_refresh_count)
        assert await talk.shape(main, "x =") == "x: (5,)"


# -- clients that make mistakes


async def test_messages_that_make_no_sense(plain: Talk) -> None:
    """They are survived, and what can be told of the notebook is told."""
    notebook = Notebook(plain, CELLS)
    unknown = Notebook(plain, CELLS)
    unknown.close()
    unknown.write(0, "x = 1")
    unknown.insert(0, "x = 1")
    unknown.close()
    far = types.NotebookCellArrayChange(50, 7, [types.NotebookCell(CODE, "never:opened")])
    notebook._send(types.NotebookDocumentCellChanges(types.NotebookDocumentCellChangeStructure(far)))
    plain.texts["never:opened"], plain.versions["never:opened"] = "", 1
    notebook.change("never:opened", types.TextDocumentContentChangeWholeDocument("x = 2"))
    twice = types.NotebookCellArrayChange(1, 0, [types.NotebookCell(CODE, notebook.cells[1])])
    notebook._send(types.NotebookDocumentCellChanges(types.NotebookDocumentCellChangeStructure(twice)))
    assert await plain.labels(notebook.cells[2]) == ["x: (None, 3, 1)"]
    assert await plain.labels(notebook.cells[3]) == ["y: (None, 10)", "model: (None, 3, 1) → (None, 10)"]
    notebook.close()


async def test_a_notebook_without_cells(plain: Talk) -> None:
    notebook = Notebook(plain, [])
    uri = notebook.insert(0, "import numpy as np\nx = np.zeros(3)")
    assert await plain.labels(uri) == ["x: (3,)"]
    notebook.delete(0)
    notebook.close()
    notebook = Notebook(plain, ["", "\r\n", "import numpy as np\r\nx = np.zeros(3)\r\n"])
    assert await plain.labels(notebook.cells[2]) == ["x: (3,)"]
    notebook.close()


# -- shapewright/graph


async def test_the_graph_of_a_model(talk: Talk, notebook: Notebook) -> None:
    async def graph(uri: str, **more: object) -> Any:
        params = {"textDocument": {"uri": uri}, **more}
        return await talk.client.protocol.send_request_async("shapewright/graph", params)

    found = await graph(notebook.cells[0])
    assert (found.model, found.kind, found.parameters) == ("model", "Functional", 480)
    assert [(n.uri, n.line) for n in found.nodes] == [(notebook.cells[2], 1), (notebook.cells[3], 2)]
    assert [tuple(edge) for edge in found.edges] == [(0, 1)]
    with pytest.raises(JsonRpcException, match="there is no model other in it; there is model"):
        await graph(notebook.cells[0], model="other")
    with pytest.raises(JsonRpcException, match="there is no open Python document"):
        await graph("file:///nowhere.py")
    assert (await graph(talk.open(FIRST), model="model")).parameters == 480


async def test_a_notebook_that_is_opened_twice(plain: Talk) -> None:
    notebook = Notebook(plain, CELLS)
    again = Notebook(plain, ["import numpy as np\nz = np.zeros(3)"], notebook.uri)
    assert await plain.labels(again.cells[0]) == ["z: (3,)"]
    assert await plain.labels(notebook.cells[2]) == []
    again.close()
