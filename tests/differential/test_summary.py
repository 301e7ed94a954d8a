"""`shapewright summary` prints what `model.summary()` prints: the same table, the same names, the same totals."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from shapewright.workspace.analysis import analyse_text, with_deep_stack
from shapewright.workspace.graphs import find_model
from shapewright.workspace.summary import as_text, model_summary

HEAD = "import keras\nfrom keras import layers, ops\n"
PROGRAMS = {
    "sequential": """
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 3), layers.MaxPooling2D(), layers.Flatten()])
model.add(layers.Dropout(0.5))
model.add(layers.Dense(10))
""",
    "sequential with input_shape": """
first = keras.Sequential([layers.Dense(4, input_shape=(3,)), layers.Dense(2)], name="first")
model = keras.Sequential()
model.add(layers.Dense(4, input_shape=(3,), name="named"))
model.add(layers.BatchNormalization())
""",
    "sequential that is not built": """
model = keras.Sequential([layers.Dense(4), layers.Dropout(0.5), layers.BatchNormalization(), layers.Flatten()])
""",
    "sequential without layers": "model = keras.Sequential()\n",
    "sequential that nothing but an input is in": "model = keras.Sequential([keras.Input((3,))])\n",
    "sequential that data builds": """
model = keras.Sequential([layers.Dense(4), layers.Dense(2)])
other = keras.Sequential([keras.Input((5,)), layers.Dense(2)])
model(keras.ops.ones((8, 3)))
""",
    "sequential that is built": "model = keras.Sequential([layers.Dense(4), layers.Dense(2)])\nmodel.build((None, 7))\n",
    "functional": """
x = inputs = keras.Input((28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, layers.Dense(10)(x), name="classifier")
""",
    "residual": """
x = inputs = keras.Input((16, 16, 3), name="in")
for n in range(3):
    y = layers.Conv2D(8, 3, padding="same")(x)
    y = layers.BatchNormalization()(y)
    x = layers.Concatenate()([x, y])
model = keras.Model(inputs, layers.GlobalAveragePooling2D()(x))
""",
    "several inputs and outputs": """
a = keras.Input((4, 6))
b = keras.Input((5,), name="b")
seq, h, c = layers.LSTM(3, return_sequences=True, return_state=True)(a)
d = layers.Dense(3)(b)
s = layers.Add()([h, d])
t = layers.MultiHeadAttention(2, 4)(seq, seq)
u = layers.Softmax()(layers.Dropout(0.1)(t))
model = keras.Model([a, b], [s, u])
""",
    "states": """
a = keras.Input((4, 6))
b = keras.Input((7, 6))
_, h, c = layers.LSTM(3, return_state=True)(a)
model = keras.Model([a, b], layers.LSTM(3, return_sequences=True)(b, initial_state=[h, c]))
""",
    "shared layers": """
dense = layers.Dense(7)
a = keras.Input((7,), name="a")
b = keras.Input((7,), name="b")
aside = dense(keras.Input((7,)))
model = keras.Model([a, b], layers.Subtract()([dense(dense(a)), dense(b)]))
""",
    "one layer twice in a line": """
dense = layers.Dense(7)
x = keras.Input((7,))
model = keras.Model(x, dense(dense(x)))
""",
    "models in models": """
inner_in = keras.Input((5,))
inner = keras.Model(inner_in, [layers.Dense(4)(inner_in), layers.Dense(3)(inner_in)])
chain = keras.Sequential([layers.Dense(3), layers.Dropout(0.5)])
x = keras.Input((5,))
first, second = inner(x)
model = keras.Model(x, [chain(first), second])
""",
    "a model in a sequential one": """
tower = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Flatten()])
model = keras.Sequential([tower, layers.Dense(3)])
model.add(layers.Dense(1))
later = keras.Input((3,))
""",
    "siamese": """
def encoder():
    x = keras.Input((10,))
    return keras.Model(x, layers.Dense(4)(layers.Dense(8)(x)))

shared = encoder()
a, b = keras.Input((10,)), keras.Input((10,))
model = keras.Model([a, b], layers.Dot(axes=1)([shared(a), shared(b)]))
""",
    "an input that nothing uses": """
a = keras.Input((3,))
b = keras.Input((2,))
model = keras.Model([a, b], layers.Dense(1)(a))
""",
    "operations": """
a = keras.Input((6, 4))
b = keras.Input((6, 4))
x = layers.Add()([a, b]) * 2 + a
x = ops.concatenate([x, ops.abs(b)], axis=-1)[:, 0]
y = layers.Multiply()([x, ops.expand_dims(ops.mean(a, axis=(1, 2)), -1)])
model = keras.Model([a, b], -y / ops.relu(x))
""",
    "frozen": """
base = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization()])
base.trainable = False
base.layers[0].trainable = True
x = keras.Input((8, 8, 3))
y = layers.Dense(3, trainable=False)(layers.Flatten()(base(x)))
model = keras.Model(x, layers.Dense(1, dtype="float16")(layers.LayerNormalization()(y)))
""",
    "frozen and thawed": """
base = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(4), layers.Dense(4)])
base.trainable = False
base.trainable = True
for layer in base.layers[:2]:
    layer.trainable = False
model = keras.Sequential([base, layers.Dense(2)])
""",
    "own layers": """
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units)

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],))
        self.offset = self.add_weight(shape=(shape[-1],), trainable=False)
        self.dense.build(shape)

    def call(self, x):
        return self.dense(x * self.scale + self.offset)

x = inputs = keras.Input((6,))
x = Scale(6)(x)
x = Scale(6, name="last")(x)
model = keras.Model(inputs, layers.Dense(2)(x))
""",
    "dicts": """
a, b = keras.Input((3,), name="zebra"), keras.Input((4,), name="ant")
x = layers.Concatenate()([a, b])
model = keras.Model({"zebra": a, "ant": b}, {"y": layers.Dense(1)(x), "x": layers.Dense(2)(x)})
""",
    "a model that gives a dict": """
a = keras.Input((3,))
inner = keras.Model(a, {"b": layers.Dense(1)(a), "a": layers.Dense(2)(a)})
x = keras.Input((3,))
made = inner(x)
model = keras.Model(x, layers.Concatenate()([made["b"], made["a"]]))
""",
    "a copy": """
first = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
model = keras.models.clone_model(first)
""",
    "names that are given": """
a = keras.Input((3,), name="start")
x = layers.Dense(2, name="dense_7")(layers.Dense(3)(a))
model = keras.Model(a, layers.Dense(2)(x), name="dense")
""",
    "wrappers": """
x = inputs = keras.Input((10, 8, 8, 3))
x = layers.TimeDistributed(layers.Conv2D(4, 3))(x)
x = layers.TimeDistributed(layers.Flatten())(x)
x = layers.Bidirectional(layers.LSTM(5, return_sequences=True))(x)
x = layers.Bidirectional(layers.GRU(5), merge_mode="sum")(x)
model = keras.Model(inputs, x)
""",
    "long names": """
x = inputs = keras.Input((10, 10, 3), name="an_input_with_a_name_that_goes_on_for_longer_than_the_column_is_wide")
x = layers.SeparableConv2D(100000, 3, name="a_layer_with_a_long_name_of_words")(x)
model = keras.Model(inputs, layers.Add(name="sum_of_what_was_made_above")([x, x]), name="long")
""",
    "embedding with a mask": """
model = keras.Sequential([keras.Input((None,)), layers.Embedding(100, 16, mask_zero=True), layers.LSTM(8)])
""",
    "normalization": """
scale = layers.Normalization(axis=-1)
model = keras.Sequential([keras.Input((7,)), scale, layers.UnitNormalization(), layers.GroupNormalization(7)])
""",
    "after clear_session": """
layers.Dense(2), keras.Input((3,))
keras.utils.clear_session()
x = keras.Input((3,))
model = keras.Model(x, layers.Dense(2)(x))
""",
    "an application with its top": "model = keras.applications.MobileNet(weights=None)\n",
    "an application with pooling": """
x = keras.Input((3,))
model = keras.applications.ResNet50(weights=None, include_top=False, pooling="max", input_shape=(64, 64, 3))
""",
    "an application": """
base = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None)
base.trainable = False
x = inputs = keras.Input((96, 96, 3))
x = layers.GlobalAveragePooling2D()(base(x, training=False))
model = keras.Model(inputs, layers.Dense(5)(x))
""",
}
"""Each makes a `model`."""


def real_summary(text: str, columns: int) -> str:
    import keras

    keras.utils.clear_session()
    names: dict[str, Any] = {}
    exec(text, names)
    lines: list[str] = []
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(columns)
    try:
        names["model"].summary(print_fn=lambda text, line_break=True: lines.append(text))
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return "\n".join(lines).rstrip("\n")


def our_summary(text: str, columns: int) -> str:
    facts = with_deep_stack(lambda: analyse_text(text)).facts
    return as_text(model_summary(facts, find_model(facts, "model")), columns)


@pytest.fixture(autouse=True)
def keras_is_there() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    pytest.importorskip("tensorflow")


@pytest.mark.parametrize("name", PROGRAMS)
def test_summary(name: str) -> None:
    text = HEAD + PROGRAMS[name]
    assert our_summary(text, 80) == real_summary(text, 80)


@pytest.mark.parametrize("columns", [40, 63, 80, 97, 120, 300])
@pytest.mark.parametrize("name", ["several inputs and outputs", "sequential", "long names"])
def test_widths(name: str, columns: int) -> None:
    text = HEAD + PROGRAMS[name]
    assert our_summary(text, columns) == real_summary(text, columns)


def generated(seed: int) -> str:
    """A program that makes a functional model of random layers, with branches, shared layers and models inside."""
    rng = random.Random(seed)
    lines = ["shared = layers.Dense(6)", "values = [keras.Input((6,)) for _ in range(2)]", "inputs = list(values)"]
    for _ in range(rng.randint(3, 12)):
        a, b = (f"values[{rng.randrange(2, 9) % 3 - 2}]" for _ in range(2))
        lines.append(
            rng.choice(
                [
                    f"values.append(layers.Dense(6)({a}))",
                    f"values.append(shared({a}))",
                    f"values.append(layers.Add()([{a}, {b}]))",
                    f"values.append({a} + {b})",
                    f"values.append({a}[:, ::-1])",
                    f"values.append(layers.BatchNormalization()({a}))",
                    f"values.append(layers.Dropout(0.2)({a}))",
                    f"values.append(layers.Dense(6)(layers.Concatenate()([{a}, {b}])))",
                    f"values.append(keras.Sequential([layers.Dense(3), layers.Dense(6)])({a}))",
                    f"x = keras.Input((6,)); values.append(keras.Model(x, layers.Dense(6)(x))({a}))",
                    f"values.append(layers.Reshape((6,))(ops.multiply({a}, {b})))",
                ]
            )
        )
    outputs = rng.choice(
        ["values[-1]", "[values[-1], values[-2]]", "layers.Average()(values[2:])", "layers.Average()(values)"]
    )
    return HEAD + "\n".join([*lines, f"model = keras.Model(inputs, {outputs})"])


@pytest.mark.parametrize("seed", range(40))
def test_generated(seed: int) -> None:
    text = generated(seed + 1000 * int(os.environ.get("SHAPEWRIGHT_SEED", "0")))
    try:
        real = real_summary(text, 120)
    except ValueError as error:
        pytest.skip(f"Keras does not make this model: {error}")
    assert our_summary(text, 120) == real
