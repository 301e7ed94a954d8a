"""Tables of pandas. Where pandas is installed, what a program says of itself is compared with what pandas has."""

from __future__ import annotations

import pytest

from tests.literate import Program, shown

PROGRAM = '''
import io
import numpy as np
import pandas as pd

TEXT = "a,b,c\\n" + "1,2,3\\n" * 6
read = pd.read_csv(io.StringIO(TEXT))
whole = read.to_numpy()  #: (?, ?)
two = read[["a", "b"]].values  #: (?, 2)
one = read["a"].values.reshape(-1, 1)  #: (?, 1)
named = pd.read_csv(io.StringIO(TEXT), header=0, names=["x", "y", "z"])
every = named.values  #: (?, 3)
left = named.drop(columns=["z"]).values  #: (?, 2)
target = named.pop("z")
after = named.values  #: (?, 2)
other = named.drop(named.sample(frac=0.5).index).to_numpy(dtype="float32")  #: (?, 2)
made = pd.DataFrame({"p": [1, 2, 3, 4], "q": [4, 5, 6, 7]})
pairs = made.values  #: (4, 2)
some = made[made["p"] > 1].values  #: (?, 2)
scaled = ((made - made.mean()) / made.std()).values  #: (4, 2)
corner = made.iloc[:2, 1:].values  #: (2, 1)
labelled = made.loc[:, "p":"q"].values  #: (4, 2)
row = made.iloc[0].values  #: (2,)
made["r"] = made["p"] * 2
wider = made.to_numpy()  #: (4, 3)
mixed = made.sample(frac=1).reset_index(drop=True).values  #: (4, 3)
first = made.head(3).values  #: (3, 3)
below = pd.concat([made, made]).values  #: (8, 3)
beside = pd.concat([made[["p"]], made["q"]], axis=1).values  #: (?, 2)
renamed = made.rename(columns={"p": "s"})[["s", "q"]].values  #: (4, 2)
twice = np.array(made["p"].map(lambda number: number * 2))  #: (4,)
logs = np.log(made["p"]).values  #: (4,)
mask = np.where(made["p"] > 1, 1, 0)  #: (4,)
numbers = pd.DataFrame(np.zeros((5, 4)), columns=list("abcd"))
columns = numbers[numbers.columns[1:]].values  #: (5, 3)
numbers.drop("a", axis=1, inplace=True)
fewer = numbers.values  #: (5, 3)
numbers.loc[len(numbers)] = 1.0
longer = numbers.values  #: (?, 3)
several = {name: column.values for name, column in dict(made).items()}
third = several["r"]  #: (4,)
for name in made:
    each = made[name].values  #: (4,)
empty = pd.DataFrame()
empty["n"] = np.arange(7)
filled = empty.values  #: (7, 1)
aligned = (made["p"].head(2) + made["p"].tail(1)).values  #: (?,)
unknown = made["p"].unique()  #: (?,)
'''


def test_tables() -> None:
    program = Program(PROGRAM)
    found = {want.name: shown(program.analysis, want.line, want.column)[0] for want in program.expectations}
    assert found == {want.name: want.shape for want in program.expectations}
    assert not program.analysis.findings


def test_what_may_be_anything() -> None:
    """An entry of a table may be a text or a list; a table that something may have changed is not known."""
    text = (
        "import numpy as np\nimport pandas as pd\ntable = pd.read_csv('a.csv', names=['x', 'y'])\n"
        "rows = [np.asarray(entry) for entry in table['x']]\nfirst = rows[0]\nentry = table['x'].values[0]\n"
        "change(table)\nafter = table.values\n"
    )
    program = Program(text)
    assert shown(program.analysis, 4, 0)[0] == shown(program.analysis, 5, 0)[0] == "-"
    assert shown(program.analysis, 7, 0)[0] == "(?, ?)"


def test_what_is_mapped_over_a_column_may_fill_a_dict() -> None:
    text = (
        "import numpy as np\nimport pandas as pd\nfound = {'a': np.zeros(3)}\ntable = pd.read_csv('a.csv')\n"
        "table['x'].map(found.update)\nafter = found['a']\nordered = sorted({'b': np.zeros(2), 'a': np.ones(3)}.items())\n"
        "first = ordered[0][1]\n"
    )
    program = Program(text)
    assert shown(program.analysis, 5, 0)[0] == "-"
    assert shown(program.analysis, 7, 0)[0] == "(3,)"


def test_batches_of_columns() -> None:
    text = (
        "import pandas as pd\nimport tensorflow as tf\ntable = pd.read_csv('a.csv')\ntarget = table.pop('target')\n"
        "data = tf.data.Dataset.from_tensor_slices((dict(table), target)).batch(4)\n"
        "def one(features, target):\n    age = tf.expand_dims(features['age'], -1)\n    return age, target\ndata.map(one)\n"
    )
    program = Program(text)
    assert shown(program.analysis, 6, 4)[0] == "(None, 1)"


def test_in_pandas() -> None:
    """Pandas has these sizes; a `?` stands for any."""
    pytest.importorskip("pandas")
    values: dict[str, object] = {}
    exec(PROGRAM, values)
    for want in Program(PROGRAM).expectations:
        sizes = [part for part in want.shape.strip("()").split(",") if part.strip()]
        real = values[want.name].shape  # type: ignore[attr-defined]
        assert len(sizes) == len(real), want.name
        assert all(part.strip() in ("?", str(size)) for part, size in zip(sizes, real, strict=True)), (want.name, real)
