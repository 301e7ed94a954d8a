"""Generates programs of a given length that look like Keras code: models built in functions, stacks, classes, data."""

from __future__ import annotations

HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n"
FUNCTION = """
def build_{n}(width, classes=10):
    inputs = keras.Input(shape=({time}, width))
    x = layers.LSTM({units}, return_sequences=True)(inputs)
    x = layers.Dropout(0.2)(x)
    x = layers.Conv1D({units}, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling1D()(x)
    outputs = layers.Dense(classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


model_{n} = build_{n}({width})
"""
STACK = """
stack_{n} = keras.Sequential(
    [
        keras.Input(shape=(28, 28, {width})),
        layers.Conv2D({units}, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense({units}, activation="relu"),
        layers.Dense(10),
    ]
)
"""
CLASS = """
class Builder_{n}:
    def __init__(self, units):
        self.units = units

    def build(self, inputs):
        hidden = layers.Dense(self.units, activation="relu")(inputs)
        return layers.Dense(1)(hidden)


features_{n} = keras.Input(shape=({width},))
score_{n} = Builder_{n}({units}).build(features_{n})
"""
DATA = """
images_{n} = np.zeros(({rows}, 28, 28, {width}), dtype="float32")
scaled_{n} = images_{n} / 255.0
flat_{n} = scaled_{n}.reshape(({rows}, -1))
means_{n} = flat_{n}.mean(axis=1)
batch_{n} = np.expand_dims(scaled_{n}[0], axis=0)
result_{n} = stack_{n}(batch_{n})
"""
LAST = "probe = keras.Input(shape=(3, 1))\nprobed = layers.LSTM(10)(probe)\n"
"""The lines that are edited and asked about."""


def program(lines: int) -> str:
    """A program of that many lines; the last two are `LAST`."""
    parts, n = [HEAD], 0
    while True:
        numbers = {"n": n, "time": 10 + n % 7, "width": 1 + n % 5, "units": 8 + n % 9, "rows": 16 + n}
        block = "".join(part.format(**numbers) for part in (FUNCTION, STACK, CLASS, DATA))
        if sum(part.count("\n") for part in parts) + block.count("\n") + 2 > lines:
            break
        parts.append(block)
        n += 1
    missing = lines - 2 - sum(part.count("\n") for part in parts)
    fill = "".join(f"more_{k} = np.ones(({k + 1}, 4))\n" for k in range(missing))
    return "".join(parts) + fill + LAST
