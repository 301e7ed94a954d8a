"""What is asked of the worker, and what is not asked again. The worker is a fake that gives every step back."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from shapewright.validation.plan import Plan, Step, plan_of
from shapewright.validation.supervisor import Failed, Patience, State, Supervisor
from shapewright.validation.validator import MAX_STEPS, Validator, connected
from shapewright.workspace.analysis import analyse_text

FAKE = [sys.executable, str(Path(__file__).with_name("fake_worker.py"))]
LONG = 60
FIRST = "import keras\nx = keras.Input((3, 1))\ny = keras.layers.LSTM(10)(x)\n"
SECOND = "a = keras.Input((5,))\nb = keras.layers.Dense(2)(a)\n"


class Counted(Supervisor):
    """A supervisor that keeps what it was asked."""

    asked: list[list[str]]

    def ask(self, message: Any, seconds: float) -> Any:
        self.asked.append([step["do"] for step in message["plan"]["steps"]])
        return super().ask(message, seconds)


@pytest.fixture
def validator() -> Iterator[Validator]:
    supervisor = Counted(FAKE, Patience(start=30, grace=1, pauses=(0.0,) * 4))
    supervisor.asked = []
    yield Validator(supervisor)
    supervisor.stop()


def asked(validator: Validator) -> list[list[str]]:
    supervisor = validator.supervisor
    assert isinstance(supervisor, Counted)
    found, supervisor.asked = supervisor.asked, []
    return found


def validated(validator: Validator, plan: Plan, name: str = "a.py") -> Mapping[str, Any]:
    results: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    validator.validate(name, plan, results.put)
    return results.get(timeout=LONG)


def plan(text: str) -> Plan:
    return plan_of(analyse_text(text).facts)


def made(*steps: dict[str, Any]) -> Plan:
    return Plan(tuple(Step(step, str(step)) for step in steps))


POISON = {"do": "poison"}


def test_every_step_has_a_result(validator: Validator) -> None:
    wanted = plan(FIRST)
    results = validated(validator, wanted)
    assert set(results) == {step.key for step in wanted.steps} and len(results) == 3
    assert asked(validator) == [["input", "layer", "call"]]


def test_what_did_not_change_is_not_built_again(validator: Validator) -> None:
    validated(validator, plan(FIRST + SECOND))
    asked(validator)
    for text in (FIRST + SECOND, f"# moved\n{FIRST}\n{SECOND}", FIRST, f"import keras\n{SECOND}"):
        assert validated(validator, plan(text), name="b.py")
        assert asked(validator) == []
    validated(validator, plan(FIRST + SECOND.replace("Dense(2)", "Dense(3)")))
    assert asked(validator) == [["input", "layer", "call"]]


def test_nothing_to_validate_starts_nothing(validator: Validator) -> None:
    assert validated(validator, plan("x = 1\n")) == {}
    assert validator.supervisor.state is State.REST


def test_what_kills_the_worker_costs_only_itself(validator: Validator) -> None:
    """Its neighbours are tried by themselves, and it is not tried again."""
    good = [{"do": "input", "n": n} for n in range(3)]
    wanted = made(good[0], POISON, good[1], {"do": "call", "args": [{"ref": 1}]}, good[2])
    results = validated(validator, wanted)
    assert set(results) == {str(step) for step in good}
    assert len(asked(validator)) == 5
    assert set(validated(validator, wanted)) == set(results)
    assert asked(validator) == []
    validator.forget_failures()
    validated(validator, wanted)
    assert asked(validator) == [["poison", "call"]]


def test_many_models_are_asked_in_parts(validator: Validator) -> None:
    wanted = made(*({"do": "input", "n": n} for n in range(MAX_STEPS + 10)))
    assert len(validated(validator, wanted)) == MAX_STEPS + 10
    assert [len(part) for part in asked(validator)] == [MAX_STEPS, 10]


def test_a_plan_that_is_replaced_is_given_up(validator: Validator) -> None:
    never: list[Any] = []
    hangs = made({"do": "input", "n": 1})
    validator.limits = validator.limits.__class__(seconds=600)
    supervisor = validator.supervisor
    busy = supervisor.ask({"do": "hang", "plan": {"steps": []}}, 600)
    validator.validate("a.py", hangs, never.append)
    results: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    validator.validate("a.py", made({"do": "input", "n": 2}), results.put)
    supervisor.cancel(busy)
    assert len(results.get(timeout=LONG)) == 1
    assert never == []


def test_the_same_work_is_not_begun_anew(validator: Validator) -> None:
    """A comment is typed while a model is built: the build goes on, and answers the newer text."""
    busy = validator.supervisor.ask({"do": "hang", "plan": {"steps": []}}, 600)
    never: list[Any] = []
    validator.validate("a.py", plan(FIRST), never.append)
    results: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    validator.validate("a.py", plan("# more\n" + FIRST), results.put)
    validator.supervisor.cancel(busy)
    assert len(results.get(timeout=LONG)) == 3
    assert never == []
    assert asked(validator) == [[], ["input", "layer", "call"]]


def test_without_a_worker_there_are_no_results() -> None:
    supervisor = Supervisor(["/no/such/python"])
    validator = Validator(supervisor)
    assert validated(validator, plan(FIRST)) == {}
    with pytest.raises(Failed):
        supervisor.ask({"do": "ping"}, 1).future.result(LONG)
    supervisor.stop()


def test_a_reply_that_leaves_steps_out(validator: Validator, monkeypatch: pytest.MonkeyPatch) -> None:
    """They count as given up: they would be asked for again and again."""
    keep = validator._keep
    monkeypatch.setattr(validator, "_keep", lambda keys, steps: keep(keys, {"0": steps["0"], "1": "what"}))
    assert len(validated(validator, plan(FIRST))) == 1
    asked(validator)
    assert len(validated(validator, plan(FIRST))) == 1
    assert asked(validator) == []


def test_another_keras_is_asked_again(validator: Validator) -> None:
    """It was installed while the worker rested."""
    validated(validator, plan(FIRST))
    validator.supervisor.hello = {**validator.supervisor.hello, "keras": "99"}
    assert len(validated(validator, plan(FIRST.replace("10", "11")))) == 3
    asked(validator)
    validated(validator, plan(FIRST))
    assert asked(validator) == [["input", "layer", "call"]]


def test_groups_of_steps() -> None:
    steps = [{"do": "a"}, {"do": "b"}, {"args": [{"tuple": [{"ref": 0}]}]}, {"kwargs": {"x": {"ref": 1}}}]
    assert connected(steps) == [[0, 2], [1, 3]]
    assert connected([*steps, {"args": [{"ref": 2}, {"ref": 3}]}]) == [[0, 1, 2, 3, 4]]
    assert connected([]) == []
