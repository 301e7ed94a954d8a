"""The real worker under the server's supervision: it answers, is cancelled, runs out of time, is killed, and comes back."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest
from shapewright.validation.interpreters import find_interpreter
from shapewright.validation.plan import Plan, plan_of
from shapewright.validation.supervisor import Failed, Job, Patience, State, Supervisor
from shapewright.validation.validator import Limits, Validator
from shapewright.validation.verdicts import Verdicts
from shapewright.workspace.analysis import analyse_text

from tests.differential.real import require_keras

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes as POSIX does")
LONG = 180
FIRST = "import keras\nx = keras.Input((3, 1))\ny = keras.layers.LSTM(10)(x)\nmodel = keras.Model(x, y)\n"
LARGE = "import keras\nx = keras.Input((20000,))\ny = keras.layers.Dense(15000)(x)\n"
DEEP = """\
import keras
x = keras.Input((128,))
for a in range(20):
    for b in range(100):
        x = keras.layers.Dense(128)(x)
"""


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    require_keras()
    made = Supervisor(find_interpreter(None).command, Patience(grace=30, pauses=(0.0,) * 4))
    yield made
    made.stop()


@pytest.fixture
def validator(supervisor: Supervisor) -> Validator:
    return Validator(supervisor, Limits(seconds=60))


def validated(validator: Validator, text: str) -> tuple[Plan, Mapping[str, Any]]:
    plan = plan_of(analyse_text(text).facts)
    results: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    validator.validate("a.py", plan, results.put)
    return plan, results.get(timeout=LONG)


def request(text: str, seconds: float = 60, memory: int = 2 << 30) -> dict[str, Any]:
    plan = plan_of(analyse_text(text).facts).as_json()
    return {"do": "plan", "plan": plan, "limits": {"seconds": seconds, "memory": memory}}


def pid(supervisor: Supervisor) -> int:
    number = supervisor.ask({"do": "ping"}, 60)
    number.future.result(LONG)
    assert supervisor.pid is not None
    return supervisor.pid


def test_keras_agrees(validator: Validator) -> None:
    analysis = analyse_text(FIRST)
    plan = plan_of(analysis.facts)
    _, results = validated(validator, FIRST)
    assert set(results) == {step.key for step in plan.steps}
    version = str(validator.supervisor.hello["keras"])
    findings, told = Verdicts(plan, results, version).confirm(analysis.facts, analysis.findings)
    assert (findings, told) == ([], [])
    fact = next(fact for fact in analysis.facts.all() if fact.is_target and fact.place.line == 2)
    assert analysis.facts.view.is_validated(fact.values[0])


def test_a_model_of_gigabytes_takes_little_memory(supervisor: Supervisor) -> None:
    """300 million parameters would be 1.2 GB."""
    reply = supervisor.ask(request(LARGE, memory=1 << 29), 60).future.result(LONG)
    (layer,) = (result for result in reply["steps"].values() if "parameters" in result)
    assert layer["parameters"] == 20000 * 15000 + 15000
    assert reply["peak"] is None or reply["peak"] < 1 << 30


def test_one_that_takes_too_long_ends_and_the_worker_stays(supervisor: Supervisor) -> None:
    before = pid(supervisor)
    error = supervisor.ask(request(DEEP, seconds=0.05), 60).future.exception(LONG)
    assert isinstance(error, Failed) and error.reason == "timeout"
    assert not supervisor.hello["forks"] or pid(supervisor) == before


def test_one_that_is_cancelled_ends_and_the_worker_stays(supervisor: Supervisor) -> None:
    before = pid(supervisor)
    job = supervisor.ask(request(DEEP), 60)
    while supervisor.state is not State.BUSY:
        time.sleep(0.01)
    supervisor.cancel(job)
    error = job.future.exception(LONG)
    assert isinstance(error, Failed) and error.reason == "cancelled"
    assert not supervisor.hello["forks"] or pid(supervisor) == before


def at_work(worker: int, job: Job) -> psutil.Process:
    """The process of a validation that is under way."""
    (child,) = psutil.Process(worker).children()
    before = child.cpu_times().user
    while child.cpu_times().user < before + 0.2:  # more than it takes to warm up
        assert not job.future.done()
    return child


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_validation_that_is_killed_costs_only_itself(supervisor: Supervisor, number: signal.Signals) -> None:
    if not supervisor.hello.get("forks"):
        pytest.skip("validations have no process of their own here")
    before = pid(supervisor)
    job = supervisor.ask(request(DEEP), 60)
    child = at_work(before, job)
    child.send_signal(number)
    error = job.future.exception(LONG)
    assert isinstance(error, Failed) and error.reason in ("killed", "crash")
    assert pid(supervisor) == before


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_is_killed_while_it_waits_costs_nothing(
    supervisor: Supervisor, validator: Validator, number: signal.Signals
) -> None:
    before = pid(supervisor)
    if not supervisor.hello.get("forks"):
        pytest.skip("validations have no process of their own here")
    supervisor.ask({"do": "ping"}, 60).future.result(LONG)  # nothing of an earlier validation is there any more
    (child,) = psutil.Process(before).children()
    child.send_signal(number)
    while child.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    _, results = validated(validator, FIRST)
    assert len(results) == 4
    assert pid(supervisor) == before


def test_a_worker_that_is_killed_at_work_comes_back(supervisor: Supervisor, validator: Validator) -> None:
    before = pid(supervisor)
    job = supervisor.ask(request(DEEP), 60)
    children = [at_work(before, job)] if supervisor.hello.get("forks") else []
    os.kill(before, signal.SIGKILL)
    assert isinstance(job.future.exception(LONG), Failed)
    _, results = validated(validator, FIRST)
    assert len(results) == 4
    assert pid(supervisor) != before
    for child in children:  # nothing is left of it
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_plan_that_is_nonsense_is_refused_and_the_worker_stays(supervisor: Supervisor) -> None:
    before = pid(supervisor)
    for step in ({"do": "layer", "class": "os.system", "arguments": {}}, {"do": "nothing"}, 3):
        plan = {"version": 1, "steps": [step]}
        error = supervisor.ask({"do": "plan", "plan": plan, "limits": {}}, 60).future.exception(LONG)
        assert isinstance(error, Failed) and error.reason == "bad-plan"
    assert pid(supervisor) == before


def test_a_name_that_is_assigned_twice_at_once_is_left_out(supervisor: Supervisor) -> None:
    pid(supervisor)
    if supervisor.hello.get("source") is not True:
        pytest.skip(f"no code is run here: {supervisor.hello.get('source')}")
    text = "import numpy as np\n(a, _), (b, _) = (np.ones((2, 3)), np.ones(4)), (np.ones(5), np.ones(6))\n"
    reply = supervisor.ask({"do": "source", "text": text, "skip": [], "limits": {}}, 60).future.result(LONG)
    names = {place["column"]: place["shapes"][0]["shape"] for place in reply["places"] if place["column"] < 14}
    assert (names, reply["error"]) == ({1: [2, 3], 9: [5]}, None)


def test_an_interpreter_that_prints_while_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_keras()
    (tmp_path / "sitecustomize.py").write_text('print(\'{"ready": "hello"}\', flush=True)\n', encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    made = Supervisor([sys.executable, *(part for part in find_interpreter(None).command[1:] if part != "-S")])
    assert "id" in made.ask({"do": "ping"}, 60).future.result(LONG)
    made.stop()
