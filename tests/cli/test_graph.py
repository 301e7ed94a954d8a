"""`shapewright graph`."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from .command import FIRST, MISTAKE, shapewright
from .test_notebooks import written

SKIP = """\
import keras
from keras import layers

image = keras.Input((8, 8, 3), name="image")
a = layers.Conv2D(4, 3, padding="same", name="conv")(image)
b = layers.Activation("relu", name="<relu> & \\"co\\"")(a)
c = layers.Add(name="sum")([a, b]) * 2
tower = keras.Sequential([layers.Flatten(), layers.Dense(5)])
d, e, f = layers.LSTM(3, return_state=True, name="lstm")(layers.Reshape((8, -1))(c))
model = keras.Model(image, [tower(c), f])
small = keras.Sequential([keras.Input((5,)), layers.Dense(2)], name="tiny")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.py").write_text(FIRST, encoding="utf-8")
    (tmp_path / "skip.py").write_text(SKIP, encoding="utf-8")
    return tmp_path


def graph(folder: Path, *arguments: str) -> dict[str, Any]:
    done = shapewright("graph", *arguments, "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_json(folder: Path) -> None:
    found = graph(folder, "first.py")
    assert [found[key] for key in ("version", "model", "kind", "name", "parameters")] == [1, "model", "Functional", None, 480]
    assert [(n["kind"], n["class"], n["shapes"], n["parameters"]) for n in found["nodes"]] == [
        ("input", "Input", [[None, 3, 1]], 0),
        ("layer", "LSTM", [[None, 10]], 480),
    ]
    assert [found["nodes"][1][key] for key in ("line", "column", "end_line", "end_column")] == [6, 5, 6, 29]
    assert found["nodes"][1]["text"] == "keras.layers.LSTM(10)(x)"
    assert found["edges"] == [{"from": 0, "to": 1}]


def test_branches_operations_models_and_outputs_that_nothing_uses(folder: Path) -> None:
    found = graph(folder, "skip.py", "model")
    title = {n["id"]: n["name"] or n["class"] or n["text"] for n in found["nodes"]}
    edges = {(title[e["from"]], title[e["to"]]) for e in found["edges"]}
    times = 'layers.Add(name="sum")([a, b]) * 2'
    relu = '<relu> & "co"'
    assert edges == {
        ("image", "conv"),
        ("conv", relu),
        ("conv", "sum"),
        (relu, "sum"),
        ("sum", times),
        (times, "Sequential"),
        (times, "Reshape"),
        ("Reshape", "lstm"),
    }
    shapes = {title[n["id"]]: n["shapes"] for n in found["nodes"]}
    assert shapes["lstm"] == [[None, 3]] * 3 and shapes[times] == [[None, 8, 8, 4]]
    (tower,) = [n for n in found["nodes"] if n["kind"] == "model"]
    assert (tower["class"], tower["parameters"]) == ("Sequential", 8 * 8 * 4 * 5 + 5)


def test_the_model_is_named_by_variable_or_by_its_own_name(folder: Path) -> None:
    for name in ("small", "tiny"):
        found = graph(folder, "skip.py", name)
        assert (found["model"], found["name"], found["kind"]) == ("small", "tiny", "Sequential")
        assert [n["shapes"] for n in found["nodes"]] == [[[None, 5]], [[None, 2]]]


def test_pictures(folder: Path) -> None:
    done = shapewright("graph", "skip.py", "model", cwd=folder)
    assert done.returncode == 0 and done.stdout.startswith("flowchart TD\n")
    assert '    n0["Input image<br/>(None, 8, 8, 3)"]\n' in done.stdout and "    n0 --> n1\n" in done.stdout
    assert "&lt;relu&gt; &amp; #quot;co#quot;" in done.stdout
    done = shapewright("graph", "skip.py", "model", "--format", "dot", cwd=folder)
    assert done.stdout.startswith("digraph model {") and done.stdout.endswith("}\n")
    assert '    n1 [label="Conv2D conv\\n(None, 8, 8, 4)\\n112 parameters"];\n' in done.stdout
    assert '\\"co\\"' in done.stdout and "    n0 -> n1;\n" in done.stdout
    done = shapewright("graph", "skip.py", "model", "--format", "svg", cwd=folder)
    picture = ET.fromstring(done.stdout)
    name = "{http://www.w3.org/2000/svg}"
    assert picture.tag == f"{name}svg"
    found = graph(folder, "skip.py", "model")
    assert len(picture.findall(f"{name}rect")) == len(found["nodes"])
    assert len(picture.findall(f"{name}path")) == len(found["edges"])
    boxes = [(float(r.attrib["x"]), float(r.attrib["y"])) for r in picture.findall(f"{name}rect")]
    assert len(set(boxes)) == len(boxes)
    assert 'Activation <relu> & "co"' in [text.text for text in picture.findall(f"{name}text")]


def test_notebooks(folder: Path) -> None:
    (folder / "lstm.ipynb").write_text(written(), encoding="utf-8")
    found = graph(folder, "lstm.ipynb")
    assert [(n["cell"], n["line"]) for n in found["nodes"]] == [(3, 2), (4, 2)]


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("x = 1", [], "there is no functional or Sequential model in it"),
        (SKIP, [], "there are several models in it; name one: tower, model, small"),
        (SKIP, ["nothing"], "there is no model nothing in it; there is tower, model, small"),
        (SKIP.replace("image, [", "image, [unknown(), "), ["model"], ""),
        ("import keras\nm = keras.Sequential([keras.Input((3,)), unknown()])\n", [], "not all of its layers are known"),
        ("import keras\nm = keras.Sequential([keras.layers.Dense(3)])\n", [], "nothing says what its input is"),
        (None, [], "there is no such file"),
    ],
)
def test_what_has_no_graph(folder: Path, text: str | None, arguments: list[str], words: str) -> None:
    if text is not None:
        (folder / "a.py").write_text(text, encoding="utf-8")
    done = shapewright("graph", "a.py", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("shapewright: a.py: ") and words in done.stderr and done.stderr.count("\n") == 1


def test_a_graph_with_a_mistake_in_it_is_no_crash(folder: Path) -> None:
    (folder / "bad.py").write_text(MISTAKE, encoding="utf-8")
    assert shapewright("graph", "bad.py", cwd=folder).returncode in (0, 2)
