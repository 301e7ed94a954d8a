"""The graphs of models are those of the real ones: layers, shapes, parameters and who feeds whom."""

from __future__ import annotations

import os
from typing import Any

import pytest
from shapewright.interpreter.graph import Graph
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.graphs import find_model, model_graph

PROGRAMS = {
    "residual": """
x = inputs = keras.Input((16, 16, 3), name="in")
for n in range(3):
    y = layers.Conv2D(8, 3, padding="same", name=f"conv{n}")(x)
    y = layers.BatchNormalization(name=f"bn{n}")(y)
    x = layers.Concatenate(name=f"cat{n}")([x, y])
model = keras.Model(inputs, layers.GlobalAveragePooling2D(name="pool")(x))
""",
    "several inputs and outputs": """
a = keras.Input((4, 6), name="a")
b = keras.Input((5,), name="b")
seq, h, c = layers.LSTM(3, return_sequences=True, return_state=True, name="lstm")(a)
d = layers.Dense(3, name="dense")(b)
s = layers.Add(name="add")([h, d])
t = layers.MultiHeadAttention(2, 4, name="mha")(seq, seq)
model = keras.Model([a, b], [s, t])
""",
    "shared layers": """
dense = layers.Dense(7, name="shared")
a = keras.Input((7,), name="a")
b = keras.Input((7,), name="b")
out = layers.Subtract(name="difference")([dense(dense(a)), dense(b)])
model = keras.Model([a, b], out)
""",
    "models in models": """
inner_in = keras.Input((5,), name="inner_in")
inner = keras.Model(inner_in, layers.Dense(4, name="inner_dense")(inner_in), name="inner")
chain = keras.Sequential([layers.Dense(3, name="c1"), layers.Dropout(0.5, name="c2")], name="chain")
x = keras.Input((5,), name="x")
model = keras.Model(x, chain(inner(x)))
""",
    "an input that nothing uses": """
a = keras.Input((3,), name="a")
b = keras.Input((2,), name="b")
model = keras.Model([a, b], layers.Dense(1, name="d")(a))
""",
    "sequential": """
model = keras.Sequential([keras.Input((9, 2), name="in"), layers.Conv1D(4, 3, name="conv"), layers.Flatten(name="flat")])
model.add(layers.Dense(2, name="out"))
""",
}


def ours(graph: Graph) -> tuple[set[Any], set[Any]]:
    names = [node.name for node in graph.nodes]
    shapes = [tuple(shape.sizes if shape is not None else None for shape in node.shapes) for node in graph.nodes]
    nodes = {(n.name, n.class_name, own, n.parameters) for n, own in zip(graph.nodes, shapes, strict=True)}
    return nodes, {(names[a], names[b]) for a, b in graph.edges}


def reals(model: Any) -> tuple[set[Any], set[Any]]:
    from keras import tree

    graph = getattr(model, "_functional", None) or model  # a Sequential model has one inside
    nodes, edges = set(), set()
    for layer in graph.layers:
        kind = {"InputLayer": "Input"}.get(type(layer).__name__, type(layer).__name__)
        for node in layer._inbound_nodes:
            if not any(node in at for at in graph._nodes_by_depth.values()):
                continue
            shapes = tuple(tuple(t.shape) for t in tree.flatten(node.output_tensors))
            nodes.add((layer.name, kind, shapes, layer.count_params()))
            given = [] if node.is_input else tree.flatten(node.input_tensors)
            edges |= {(tensor._keras_history.operation.name, layer.name) for tensor in given}
    return nodes, edges


@pytest.mark.parametrize("name", PROGRAMS)
def test_graph(name: str) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    pytest.importorskip("tensorflow")
    text = f"import keras\nfrom keras import layers\n{PROGRAMS[name]}"
    names: dict[str, Any] = {}
    exec(text, names)
    facts = with_deep_stack(lambda: analyse_text(text)).facts
    assert ours(model_graph(facts, find_model(facts, "model"))) == reals(names["model"])
