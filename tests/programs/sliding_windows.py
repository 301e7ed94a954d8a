"""Windows that slide over a series are as long as the program says, however long the series is."""
import io

import keras
import numpy as np
import pandas as pd

table = pd.read_csv(io.StringIO("a,b\n" + "\n".join(f"{n},{n * 2}" for n in range(3000))))


def windows(values, steps=24):
    output = []
    for i in range(len(values) - steps + 1):
        one = values[i : (i + steps)]
        output.append(one)
    return np.stack(output)


def pairs(series, look_back):
    found, wanted = [], []
    for i in range(series.shape[0] - look_back - 1):
        before = series[i : i + look_back, 0]  #: (7,)
        late = series[i : i + 2 * 5, 0]
        found.append(before)
        wanted.append(series[i + look_back, 0])
    return np.stack(found), np.stack(wanted)


def moved(series):
    last = 0
    for i in range(len(series) - 3):
        part = series[last:i]
        last = i
    return part


series = np.random.rand(5000, 1)  #: (5000, 1)
a = windows(series)  #: (4977, 24, 1)
b = windows(table[["a"]].values)  #: (?, 24, 1)
x, y = pairs(series, 7)  #: (4992, 7) ; (4992,)
c = np.vstack([series[i - 60 : i, 0] for i in range(60, len(series))])  #: (?, 60)
d = []
for i in range(60, len(series), 2):
    d.append(series[i - 60 : i + 1, 0])
d = np.array(d)  #: (2470, 61)
rows = table[["a"]].values  #: (?, 1)
e = np.concatenate([rows[i : i + 5] for i in range(len(rows) - 4)])  #: (?, 1)
f = moved(series)  #: (?, 1)
g = []
for i in range(0, 5000 - 10):
    g.append(series[i : i + 10])
g = np.array(g)  #: (4990, 10, 1)
wide = windows(table.values)  #: (?, 24, ?)
model = keras.Sequential([keras.Input(wide.shape[1:]), keras.layers.Conv1D(8, 3)])
told = model.predict(wide, verbose=0)  #: (?, 22, 8)
