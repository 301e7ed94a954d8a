"""The worker builds plans with real Keras: real processes, real frames."""

from __future__ import annotations

import ast
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.real import require_keras
from tests.validation.worker_process import MAIN, WorkerGone, WorkerProcess, worker

require_keras()


@pytest.fixture(scope="module")
def process() -> Iterator[WorkerProcess]:
    with worker() as process:
        yield process


def ref(step: int) -> dict[str, Any]:
    return {"ref": step}


def given(*sizes: int | None, dtype: str = "float32") -> dict[str, Any]:
    return {"do": "given", "shape": list(sizes), "dtype": dtype}


def input(*sizes: int | None, **arguments: Any) -> dict[str, Any]:
    return {"do": "input", "arguments": {"shape": {"tuple": list(sizes)}, **arguments}}


def layer(name: str, /, **arguments: Any) -> dict[str, Any]:
    return {"do": "layer", "class": f"keras.layers.{name}", "arguments": arguments}


def call(callee: int, *args: Any, **kwargs: Any) -> dict[str, Any]:
    return {"do": "call", "callee": ref(callee), "args": list(args), "kwargs": kwargs}


def op(name: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    return {"do": "op", "function": name, "args": list(args), "kwargs": kwargs}


def operator(name: str, *args: Any) -> dict[str, Any]:
    return {"do": "operator", "operator": name, "args": list(args)}


def item(of: int, *path: int | str) -> dict[str, Any]:
    return {"do": "item", "of": ref(of), "path": list(path)}


def sequential(*layers: int, input: int | None = None) -> dict[str, Any]:
    return {
        "do": "sequential",
        "layers": [ref(layer) for layer in layers],
        "input": None if input is None else ref(input),
    }


def tensor(*sizes: int | None, dtype: str = "float32") -> dict[str, Any]:
    return {"shape": list(sizes), "dtype": dtype}


# The first frame


def test_the_first_frame_says_what_there_is(process: WorkerProcess) -> None:
    import keras

    hello = process.hello
    assert hello["ready"] is True
    assert hello["protocol"] == 1
    assert hello["keras"] == keras.__version__
    assert hello["backend"] == "tensorflow"
    assert hello["python"] == "{}.{}.{}".format(*sys.version_info[:3])


def test_a_python_without_keras_is_said_in_one_sentence(tmp_path: Path) -> None:
    with worker(environment={"PYTHONPATH": ""}, python=bare_python(tmp_path)) as process:
        assert process.hello["ready"] is False
        assert process.hello["reason"] == "no-keras"
        assert "Keras" in process.hello["message"]
        assert process.process.wait(10) == 0


def bare_python(folder: Path) -> str:
    import venv

    venv.create(folder / "bare", with_pip=False, symlinks=True)
    return str(folder / "bare" / ("Scripts" if sys.platform == "win32" else "bin") / "python")


@pytest.mark.skipif(os.name == "nt", reason="the folders have other names there")
@pytest.mark.parametrize("shares", [False, True])
def test_packages_that_the_user_has_for_all_projects(tmp_path: Path, shares: bool) -> None:
    """`pip install --user`: an environment sees them only if it says so."""
    python = Path(bare_python(tmp_path))
    if shares:
        notes = tmp_path / "bare/pyvenv.cfg"
        notes.write_text(notes.read_text().replace("packages = false", "packages = true"))
    theirs = tmp_path / "user" / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    (theirs / "keras").mkdir(parents=True)
    stand_in = Path(__file__).parents[1] / "security/stand_in/keras/__init__.py"
    text = stand_in.read_text().replace("import numpy  # noqa: F401 - as the real one does", "")
    (theirs / "keras/__init__.py").write_text(text)
    (theirs / "tensorflow.py").write_text("")
    environment = {"PYTHONPATH": "", "PYTHONUSERBASE": str(tmp_path / "user"), "HOME": str(tmp_path)}
    with worker(environment=environment, python=str(python), options=["-S"]) as process:
        assert process.hello.get("keras") == ("3.0.0" if shares else None), process.hello


# Plans


def test_a_functional_model(process: WorkerProcess) -> None:
    steps = process.plan(
        input(3, 1), layer("LSTM", units=10), call(1, ref(0)), {"do": "model", "inputs": ref(0), "outputs": ref(2)}
    )
    assert steps[0] == {"value": tensor(None, 3, 1)}
    assert steps[1] == {"parameters": 480}
    assert steps[2] == {"value": tensor(None, 10)}
    assert steps[3]["parameters"] == 480
    assert steps[3]["outputs"] == {"list": [tensor(None, 10)]}


def test_an_error_is_keras_own_and_what_follows_from_it_is_skipped(process: WorkerProcess) -> None:
    steps = process.plan(
        input(1, 3, 1),
        layer("LSTM", units=10),
        call(1, ref(0)),
        layer("Dense", units=3),
        call(3, ref(2)),
        call(3, ref(0)),
        call(1, ref(0)),
    )
    error = steps[2]["error"]
    assert error["type"] == "ValueError"
    assert "expected ndim=3, found ndim=4" in error["message"]
    assert "Traceback" not in error["message"]
    assert steps[4] == {"skipped": 2}
    assert steps[5] == {"value": tensor(None, 1, 3, 3)}
    assert steps[6] == {"skipped": 2}, "a layer whose first call failed is in no known state"


def test_a_model_of_gigabytes_needs_little_memory(process: WorkerProcess) -> None:
    steps = [input(50_000), layer("Dense", units=40_000), call(1, ref(0))]
    reply = process.ask("plan", plan={"version": 1, "steps": steps}, limits={"memory": 256 << 20})
    assert reply["steps"]["1"] == {"parameters": 50_001 * 40_000}
    assert reply["peak"] < 600 << 20


@pytest.mark.parametrize(
    ("plan", "values"),
    [
        pytest.param(
            [given(None, 6), op("keras.ops.split", ref(0), 3, axis=1), item(1, 2)],
            {2: tensor(None, 2)},
            id="a part of a list",
        ),
        pytest.param(
            [given(None, 6), operator("getitem", ref(0), {"tuple": [{"ellipsis": True}, {"slice": [0, 4, 2]}]})],
            {1: tensor(None, 2)},
            id="a slice",
        ),
        pytest.param([given(4, 6), operator("truediv", ref(0), 2)], {1: tensor(4, 6)}, id="an operator and a number"),
        pytest.param(
            [given(2, 3), given(2, 3), op("keras.ops.concatenate", [ref(0), ref(1)], axis=-1)],
            {2: tensor(2, 6)},
            id="tensors in a list",
        ),
        pytest.param(
            [
                given(None, 5, 2),
                layer("LSTM", units=3),
                layer("Bidirectional", layer=ref(1)),
                call(2, ref(0)),
            ],
            {3: tensor(None, 6)},
            id="a layer in a layer",
        ),
        pytest.param(
            [
                given(None, 5, 2),
                layer("LSTM", units=3, return_sequences=True, return_state=True),
                call(1, ref(0)),
            ],
            {2: {"tuple": [tensor(None, 5, 3), tensor(None, 3), tensor(None, 3)]}},
            id="a layer that gives several",
        ),
        pytest.param(
            [input(4), layer("Dense", units=4), call(1, ref(0)), call(1, ref(2))],
            {2: tensor(None, 4), 3: tensor(None, 4)},
            id="a shared layer",
        ),
        pytest.param(
            [
                input(4, dtype={"name": "tf.float16"}),
                {"do": "object", "class": "keras.regularizers.L2", "arguments": {"l2": 0.5}},
                layer("Dense", units=2, activation={"name": "keras.activations.relu"}, kernel_regularizer=ref(1)),
                call(2, ref(0)),
            ],
            {0: tensor(None, 4, dtype="float16"), 3: tensor(None, 2)},
            id="objects and names",
        ),
        pytest.param(
            [
                {
                    "do": "application",
                    "function": "keras.applications.MobileNetV2",
                    "arguments": {"include_top": False},
                },
                given(None, 64, 64, 3),
                call(0, ref(1)),
            ],
            {2: tensor(None, 2, 2, 1280)},
            id="an application that is called",
        ),
    ],
)
def test_values(process: WorkerProcess, plan: list[dict[str, Any]], values: dict[int, Any]) -> None:
    steps = process.plan(*plan)
    assert {step: steps[step].get("value", steps[step]) for step in values} == values


def test_a_sequential_says_what_each_layer_gives(process: WorkerProcess) -> None:
    steps = process.plan(input(3), layer("Dense", units=10), layer("Dense", units=2), sequential(1, 2, input=0))
    assert steps[3]["layers"] == [{"list": [tensor(None, 10)]}, {"list": [tensor(None, 2)]}]
    assert steps[3]["parameters"] == 40 + 22
    assert steps[3]["outputs"] == {"list": [tensor(None, 2)]}


def test_a_sequential_that_is_built_by_its_first_call(process: WorkerProcess) -> None:
    steps = process.plan(input(3), layer("Dense", units=10), sequential(1), call(2, ref(0)))
    assert steps[2]["parameters"] == 40
    assert steps[2]["layers"] == [{"list": [tensor(None, 10)]}]
    assert steps[3] == {"value": tensor(None, 10)}


@pytest.mark.parametrize("first", [True, False], ids=["built at once", "built by a call"])
def test_which_layer_of_a_sequential_refuses(process: WorkerProcess, first: bool) -> None:
    for bad in (0, 1):
        units = [layer("Dense", units=3), layer("Dense", units=3), layer("Dense", units=3)]
        units[bad] = layer("LSTM", units=3)
        plan = [input(3), *units, sequential(1, 2, 3, input=0 if first else None)]
        if not first:
            plan.append(call(4, ref(0)))
        result = process.plan(*plan)[-1]
        assert "expected ndim=3, found ndim=2" in result["error"]["message"]
        assert result["layer"] == bad


def test_an_error_about_no_layer_blames_none(process: WorkerProcess) -> None:
    twins = [layer("Dense", units=3, name="twin"), layer("Dense", units=3, name="twin")]
    result = process.plan(input(3), *twins, sequential(1, 2, input=0))[-1]
    assert "unique names" in result["error"]["message"]
    assert "layer" not in result


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([{"do": "layer", "class": "keras.layers.Lambda", "arguments": {}}], id="a layer that runs code"),
        pytest.param([{"do": "layer", "class": "keras.models.load_model", "arguments": {}}], id="another section"),
        pytest.param([{"do": "layer", "class": "keras.layers.__class__", "arguments": {}}], id="a private name"),
        pytest.param([{"do": "layer", "class": "keras.layers.deserialize", "arguments": {}}], id="no class"),
        pytest.param([{"do": "object", "class": "keras.layers.Dense", "arguments": {}}], id="a layer as an object"),
        pytest.param([{"do": "op", "function": "tf.py_function", "args": []}], id="a function that runs code"),
        pytest.param(
            [{"do": "op", "function": "tf.io.read_file", "args": ["/etc/passwd"]}], id="a function that reads"
        ),
        pytest.param([{"do": "op", "function": "os.system", "args": ["true"]}], id="another library"),
        pytest.param([{"do": "op", "function": "keras.ops.shape.__globals__", "args": []}], id="an attribute walk"),
        pytest.param([{"do": "op", "function": "keras.initializers.get", "args": []}], id="get"),
        pytest.param([{"do": "operator", "operator": "attrgetter", "args": ["__class__"]}], id="another operator"),
        pytest.param(
            [{"do": "application", "function": "keras.applications.VGG16", "arguments": {"weights": "x"}}], id="weights"
        ),
        pytest.param([call(0)], id="a step that is not yet there"),
        pytest.param([given(3), call(0)], id="a call of a tensor"),
        pytest.param([{"do": "call"}], id="nothing to call"),
        pytest.param([{"do": "exec", "code": "1"}], id="an unknown step"),
        pytest.param([op("keras.ops.abs", {"eval": "1"})], id="an unknown kind of value"),
        pytest.param("no list", id="no list"),
    ],
)
def test_what_is_no_plan_is_refused_as_a_whole(process: WorkerProcess, steps: Any) -> None:
    reply = process.ask("plan", plan={"version": 1, "steps": steps})
    assert reply["failed"] == "bad-plan", reply


def test_a_vocabulary_in_a_file_is_not_read(process: WorkerProcess) -> None:
    assert process.plan(layer("StringLookup", vocabulary="/etc/passwd")) == [{"skipped": 0}]


def test_a_name_that_this_keras_does_not_have_is_skipped(process: WorkerProcess) -> None:
    steps = process.plan(given(3), op("keras.ops.of_a_later_version", ref(0)), operator("neg", ref(1)))
    assert steps[1:] == [{"skipped": 1}, {"skipped": 1}]


# Life


def test_time_is_bounded(process: WorkerProcess) -> None:
    slow = [{"do": "application", "function": "keras.applications.NASNetLarge", "arguments": {}}]
    reply = process.ask("plan", plan={"version": 1, "steps": slow}, limits={"seconds": 0.2})
    assert reply["failed"] == "timeout"
    assert process.plan(given(3))


def test_memory_is_bounded(process: WorkerProcess) -> None:
    large = [op("keras.ops.ones", {"tuple": [100_000, 100_000]})]
    reply = process.ask("plan", plan={"version": 1, "steps": large}, limits={"memory": 512 << 20})
    assert reply["failed"] == "memory"
    assert process.plan(given(3))


def test_a_validation_is_cancelled_and_the_next_is_done(process: WorkerProcess) -> None:
    slow = [{"do": "application", "function": "keras.applications.NASNetLarge", "arguments": {}}]
    process.send(id=1001, do="plan", plan={"version": 1, "steps": slow})
    process.send(id=1002, do="plan", plan={"version": 1, "steps": slow})
    process.send(id=1003, do="plan", plan={"version": 1, "steps": [given(3)]})
    process.send(cancel=1002)
    process.send(cancel=1001)
    replies = {reply["id"]: reply for reply in (process.read() for _ in range(3))}
    assert replies[1001]["failed"] == "cancelled"
    assert replies[1002]["failed"] == "cancelled"
    assert replies[1003]["steps"]["0"] == {"value": tensor(3)}


def test_a_frame_that_is_no_request_is_answered(process: WorkerProcess) -> None:
    process.send_bytes(b"\0\0\0\4what")
    assert process.read()["failed"] == "bad-plan"
    assert process.ask("ping")


def test_garbage_ends_the_worker() -> None:
    with worker() as process:
        process.send_bytes(b"\xff" * 100)
        assert process.process.wait(10) == 0


# Where processes cannot be copied


UNFORKED = Path(__file__).with_name("unforked_worker.py")


def test_without_copies_validations_run_in_the_worker_and_it_ends_after_a_late_one() -> None:
    with worker(program=UNFORKED) as process:
        assert process.hello["forks"] is False
        assert process.plan(input(3), layer("Dense", units=2), call(1, ref(0)))[2] == {"value": tensor(None, 2)}
        assert process.plan(input(3), layer("LSTM", units=2), call(1, ref(0)))[2]["error"]["type"] == "ValueError"
        assert process.ask("source", text="print(1)")["failed"] == "locked-out", "nothing is run without locks"
        assert process.process.wait(10) == 0

    with worker(program=UNFORKED) as process:
        slow = [{"do": "application", "function": "keras.applications.NASNetLarge", "arguments": {}}]
        reply = process.ask("plan", plan={"version": 1, "steps": slow}, limits={"seconds": 0.2})
        assert reply["failed"] == "timeout"
        assert process.process.wait(10) == 0


def test_without_copies_a_validation_is_cancelled_before_it_runs_or_with_the_worker() -> None:
    with worker(program=UNFORKED) as process:
        slow = [{"do": "application", "function": "keras.applications.NASNetLarge", "arguments": {}}]
        process.send(id=1001, do="plan", plan={"version": 1, "steps": slow})
        process.send(id=1002, do="plan", plan={"version": 1, "steps": slow})
        process.send(cancel=1002)
        process.send(cancel=1001)
        assert process.read()["failed"] == "cancelled"
        with contextlib.suppress(WorkerGone, BrokenPipeError):
            assert process.read()["failed"] == "cancelled"
            assert process.ask("ping")
            return
        assert process.process.wait(10) == 0


# The program itself


def test_the_worker_imports_only_the_standard_library_and_is_python_3_9() -> None:
    for file in sorted(MAIN.parent.glob("*.py")):
        tree = ast.parse(file.read_text(), feature_version=(3, 9))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 1, f"{file.name} imports from outside its folder"
                continue
            else:
                continue
            # NumPy is there wherever Keras is.
            assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "numpy"}, (file.name, names)
