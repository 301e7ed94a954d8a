"""The worker runs a file and tells what shapes it had: real processes, real Keras, all locks."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest

from tests.differential.real import require_keras
from tests.validation.worker_process import WorkerProcess, worker

require_keras()
if not sys.platform.startswith("linux"):
    pytest.skip("no file is run where there are no locks", allow_module_level=True)


@pytest.fixture(scope="module")
def process() -> Iterator[WorkerProcess]:
    with worker() as process:
        yield process


class Run:
    """What the worker tells about a program, by the text of each place."""

    def __init__(self, process: WorkerProcess, program: str, **options: Any) -> None:
        self.text = textwrap.dedent(program).lstrip("\n")
        reply = process.ask("source", text=self.text, **options)
        assert "places" in reply, reply
        self.error = reply["error"]
        self.kinds: dict[str, str] = {}
        self.shapes: dict[str, list[Any]] = {}
        lines = self.text.split("\n")
        for place in reply["places"]:
            assert place["line"] == place["end_line"]
            text = lines[place["line"] - 1][place["column"] : place["end_column"]]
            self.kinds[text] = place["kind"]
            self.shapes[text] = [shape.get("shape", shape) for shape in place["shapes"]]


def test_a_layer_of_ones_own(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras

        class Twice(keras.layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.dense = keras.layers.Dense(units)

            def call(self, inputs):
                once = self.dense(inputs)
                return keras.ops.concatenate([once, once], axis=-1)

        size = keras.Input((5,)); after = Twice(7)(size)
        """,
    )
    assert run.error is None
    assert run.shapes["once"] == [[None, 7]]
    assert run.shapes["keras.ops.concatenate([once, once], axis=-1)"] == [[None, 14]]
    assert run.shapes["after"] == [[None, 14]]
    assert run.kinds["after"] == "tensor"


def test_places_are_in_code_points(process: WorkerProcess) -> None:
    run = Run(process, "import numpy as np\né = '𝒳'; größe = np.zeros((2, 3))\n")
    assert run.shapes["größe"] == [[2, 3]]


def test_lines_that_are_skipped_are_not_run(process: WorkerProcess) -> None:
    program = """
    import numpy as np
    def f():
        raise SystemExit
        return np.zeros(2)
    left = f()
    raise SystemExit
    right = np.zeros(3)
    """
    run = Run(process, program, skip=[[3, 3], [6, 6]])
    assert run.shapes["left"] == [[2]]
    assert run.shapes["right"] == [[3]]


def test_training_is_not_done_and_its_loops_are_not_repeated(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.layers.Dense(4)])
        model.compile("adam", "mse")
        for epoch in range(10**9):
            history = model.fit(np.zeros((20, 3)), np.zeros((20, 4)))
        while True:
            model.train_on_batch(np.zeros((2, 3)), np.zeros((2, 4)))
        loss, accuracy = model.evaluate(np.zeros((20, 3)))
        best = min(history.history["loss"])
        """,
    )
    assert run.shapes["model"][-1]["outputs"]["shape"] == [None, 4]
    assert run.error is not None and run.error["line"] == 11, "nothing is known of the losses"
    again = Run(
        process,
        "import keras, numpy as np\nm = keras.Sequential([keras.Input((3,))])\np = m.predict(np.zeros((5, 3)))\n",
    )
    assert again.shapes["p"] == [[5, 3]]


def test_a_loop_of_its_own_that_trains_is_done_once(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        import numpy as np
        import tensorflow as tf

        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        optimizer = keras.optimizers.Adam()

        def step(batch):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(model(batch))
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
            return loss

        rounds = 0
        for epoch in range(10**9):
            for batch in [np.zeros((8, 3))] * 1000:
                rounds += 1
                result = step(batch)
        seen = np.zeros(rounds)
        """,
    )
    assert run.error is None
    assert run.shapes["batch"] == [[8, 3]]
    assert run.shapes["result"] == [[]]
    assert run.shapes["seen"] == [[1]]


def test_data_sets_have_their_shapes_and_take_no_memory(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import numpy as np
        from tensorflow.keras.datasets import cifar10
        (images, labels), (test, _) = cifar10.load_data()
        classes = np.zeros(len(np.unique(labels)))
        """,
        limits={"memory": 64 << 20},
    )
    assert run.error is None
    assert run.shapes["images"] == [[50000, 32, 32, 3]]
    assert run.shapes["labels"] == [[50000, 1]]
    assert run.shapes["test"] == [[10000, 32, 32, 3]]
    assert run.shapes["classes"] == [[10]], "every class is among the labels"


def test_what_only_shows_something_has_no_shape(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import numpy as np
        import matplotlib.pyplot as plt
        figure, (left, right) = plt.subplots(1, 2)
        left.plot([1, 2]); plt.show()
        flat = np.ravel(right)
        after = np.zeros(4)
        """,
    )
    assert "flat" not in run.shapes
    assert run.shapes["after"] == [[4]]


def test_conditions_in_graphs_are_converted(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import tensorflow as tf
        def positive(x):
            if tf.reduce_sum(x) > 0:
                return x
            return -x
        data = tf.data.Dataset.from_tensor_slices([[1.0, 2.0]]).map(positive)
        """,
    )
    assert run.error is None
    assert run.shapes["data"] == [[2]]


def test_after_an_error_what_it_was_about_is_not_known(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        model = keras.Sequential([keras.Input((3,))])
        model.add(keras.layers.LSTM(2))
        later = model(keras.Input((3,)))
        other = keras.layers.Dense(2)(keras.Input((3,)))
        """,
    )
    assert run.error["type"] == "ValueError"
    assert run.error["line"] == 3
    assert "expected ndim=3" in run.error["message"]
    assert "later" not in run.shapes
    assert run.shapes["other"] == [[None, 2]]


def test_large_weights_are_not_allocated_and_models_are_compiled(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        model = keras.Sequential([keras.Input((50_000,)), keras.layers.Dense(40_000)])
        model.compile("adam", "mse")
        out = model(keras.Input((50_000,)))
        """,
        limits={"memory": 512 << 20},
    )
    assert run.error is None
    assert run.shapes["out"] == [[None, 40_000]]


def test_a_program_that_takes_too_long_tells_what_it_had(process: WorkerProcess) -> None:
    run = Run(process, "import numpy as np\nearly = np.zeros(3)\nwhile True:\n    pass\n", limits={"seconds": 2})
    assert run.error["type"] == "TimeoutError"
    assert run.error["line"] == 3
    assert run.shapes["early"] == [[3]]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("def f(:\n", id="no Python"),
        pytest.param("print('x' * 10**7)\n" * 20, id="very much output"),
        pytest.param("def f(): f()\nf()\n", id="endless recursion"),
        pytest.param("raise KeyboardInterrupt\n", id="an exception that is no Exception"),
        pytest.param("input()\nopen('/tmp/planted', 'w')\n", id="input and output"),
        pytest.param("import sys\nsys.exit(3)\n", id="its end"),
        pytest.param("# " + "\x0c\n" * 100, id="form feeds"),
    ],
)
def test_whatever_a_program_does_there_is_an_answer(process: WorkerProcess, program: str) -> None:
    Run(process, program)
    assert process.ask("ping")


def test_the_program_is_the_main_one(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import dataclasses, sys
        import numpy as np

        @dataclasses.dataclass
        class Options:
            size: int = 6

        def main():
            result = np.zeros(Options().size)
            return result

        if __name__ == "__main__":
            main()
        """,
    )
    assert run.error is None
    assert run.shapes["result"] == [[6]]


def test_modules_of_the_program_are_imported_from_what_came_along(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        import blocks.conv as conv
        from helper import twice
        from blocks import WIDTH

        x = keras.Input((8, 8, 3)); y = conv.block(x); z = twice(y)
        inputs = keras.Input((WIDTH,))
        """,
        modules={
            "helper": {"text": "import keras\ndef twice(x):\n    return keras.ops.concatenate([x, x], -1)\n", "package": False},
            "blocks": {"text": "from .sizes import WIDTH\n", "package": True},
            "blocks.sizes": {"text": "WIDTH = 12\n", "package": False},
            "blocks.conv": {
                "text": "import keras\nfrom . import WIDTH\ndef block(x):\n    return keras.layers.Conv2D(WIDTH, 3)(x)\n",
                "package": False,
            },
        },
    )
    assert run.error is None
    assert run.shapes["y"] == [[None, 6, 6, 12]]
    assert run.shapes["z"] == [[None, 6, 6, 24]]
    assert run.shapes["inputs"] == [[None, 12]]


def test_a_module_in_a_folder_without_init_and_one_that_fails(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import numpy
        from folder.inner.sizes import N
        from broken import M
        import keras
        a = numpy.ones(N)
        b = numpy.ones(M)
        c = numpy.ones(keras.own)
        """,
        modules={
            "folder.inner.sizes": {"text": "N = 3\n", "package": False},
            "broken": {"text": "M = 4\nraise OSError('no data')\n", "package": False},
            "keras": {"text": "own = 5", "package": False},  # the worker has its own already
        },
    )
    assert run.shapes["a"] == [[3]]
    assert "b" not in run.shapes and "c" not in run.shapes
    assert run.error == {"type": "OSError", "message": "no data", "line": 3}


def test_a_module_of_a_validation_is_not_there_in_the_next(process: WorkerProcess) -> None:
    program = "from helper import N\n"
    assert Run(process, program, modules={"helper": {"text": "N = 1", "package": False}}).error is None
    run = Run(process, program)
    assert run.error is not None and run.error["type"] == "ModuleNotFoundError"


@pytest.mark.parametrize(
    "modules", [[], {"a": "text"}, {"a": {"text": 3, "package": False}}, {"../a": {"text": "", "package": False}}]
)
def test_modules_that_are_none_are_refused(process: WorkerProcess, modules: Any) -> None:
    if modules == []:
        modules = ["a"]
    assert process.ask("source", text="", modules=modules)["failed"] == "bad-plan"


def test_data_sets_have_the_shapes_that_are_documented_and_no_others(process: WorkerProcess) -> None:
    run = Run(
        process,
        """
        import keras
        import numpy
        (a, b), (c, d) = keras.datasets.imdb.load_data(num_words=1000)
        e = keras.utils.pad_sequences(a, maxlen=80); f = keras.utils.pad_sequences(a)
        g = numpy.concatenate([a, c]); h = numpy.ones((max(len(text) for text in a), 2))
        (i, j), (k, l) = keras.datasets.reuters.load_data(test_split=0.5)
        (m, n), _ = keras.datasets.boston_housing.load_data()
        _, (o, p) = keras.datasets.california_housing.load_data()
        q = keras.Input(m.shape[1:]); r = keras.Input(o.shape[1:]); s = keras.layers.Dense(2)(r)
        (t, u), _ = keras.datasets.imdb.load_data(maxlen=100)
        v = keras.utils.pad_sequences([[1], [1, 2, 3]]); w = numpy.array(o)
        """,
    )
    expected = {
        "a": [25000], "b": [25000], "c": [25000], "e": [25000, 80], "g": [50000], "i": [5614], "k": [5614], "m": [404, 13],
        "n": [404], "q": [None, 13], "r": [None, 8], "s": [None, 2], "v": [2, 3],
    }  # fmt: skip
    found = {name: shapes for name, shapes in run.shapes.items() if len(name) == 1 and name != "_"}
    assert found == {name: [shape] for name, shape in expected.items()} | {"d": [[25000]]}
    model = Run(
        process,
        """
        import keras
        (x, y), (z, _) = keras.datasets.california_housing.load_data("small")
        model = keras.Sequential([keras.layers.Dense(3)])
        model.fit(x, y); p = model.predict(z)
        """,
    )
    assert model.shapes["model"] == [{"inputs": tensor(None, 8), "outputs": tensor(None, 3)}]
    assert model.shapes["p"] == [[120, 3]]


def tensor(*sizes: int | None) -> dict[str, Any]:
    return {"shape": list(sizes), "dtype": "float32"}
