"""What real Keras is asked, and what is known of it already.

Results are kept by the content of the steps they belong to, so that a model which did not change is built once, wherever
it stands and whatever is typed around it.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapewright.validation.frames import Message
from shapewright.validation.plan import Plan, references
from shapewright.validation.source import Slice
from shapewright.validation.supervisor import Failed, Job, Supervisor

log = logging.getLogger("shapewright")
MAX_KEPT = 50_000
"""How many results are kept; the oldest are forgotten."""
MAX_RUNS = 32
"""How many replies of files that were run are kept."""
MAX_STEPS = 2_000
"""A request has no more steps than this, unless they hang together."""

Result = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """What one validation may use."""

    seconds: float = 20.0
    memory: int = 2048  # MB

    def as_json(self) -> Message:
        return {"seconds": self.seconds, "memory": self.memory << 20}


class Kept:
    """Results by the content of their steps. Any thread may ask."""

    def __init__(self) -> None:
        self._results: OrderedDict[str, Result] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Result | None:
        """The result of a step; `None` where it is not known."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: str, result: Result) -> None:
        """Keeps a result."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > MAX_KEPT:
                self._results.popitem(last=False)

    def forget(self) -> None:
        """Nothing is known any more."""
        with self._lock:
            self._results.clear()

    def forget_failures(self) -> None:
        """What was given up may be tried again."""
        with self._lock:
            for key in [key for key, result in self._results.items() if "failed" in result]:
                del self._results[key]


Done = Callable[[Mapping[str, Result]], None]


@dataclass
class Validation:
    """The validation of one plan. `wanted` are the steps that no result is known of yet; `latest` is the plan to answer
    with, which may have been edited since in what is known."""

    plan: Plan
    latest: Plan
    done: Done
    wanted: frozenset[str] = frozenset()
    jobs: list[Job] = field(default_factory=list)
    left: int = 0
    stopped: bool = False


class Validator:
    """Has plans built by a worker, each part once. `done` is called with all results, on the supervisor's thread or at
    once; of a plan that is replaced meanwhile it is not called."""

    def __init__(self, supervisor: Supervisor, limits: Limits | None = None) -> None:
        self.supervisor = supervisor
        self.limits = limits or Limits()
        self._kept = Kept()
        self._keras: object = None  # the version that the results are of
        self._lock = threading.RLock()
        self._running: dict[str, Validation] = {}
        self._runs: dict[str, Job] = {}
        self._replies: OrderedDict[str, Message] = OrderedDict()

    def validate(self, name: str, plan: Plan, done: Done) -> None:
        """Validates a plan, in place of the last one of that name. What of that is not wanted any more is given up."""
        with self._lock:
            parts = self._parts(plan)
            wanted = frozenset(plan.steps[n].key for part in parts for n in part)
            before = self._running.get(name)
            if before is not None and before.wanted == wanted and wanted:
                before.latest, before.done = plan, done  # the same work is under way already
                return
            self.cancel(name)
            validation = Validation(plan, plan, done, wanted)
            if parts:
                self._running[name] = validation
                validation.left = len(parts)
                for part in parts:
                    self._ask(name, validation, part)
                return
        done(self._results(plan))

    @property
    def knows_nothing(self) -> bool:
        """Whether it has no results at all."""
        return self._keras is None

    def known(self, plan: Plan) -> Mapping[str, Result]:
        """The results of a plan that are known without asking, by the key of each step."""
        return self._results(plan)

    def cancel(self, name: str) -> None:
        """Gives up what is under way for that name."""
        with self._lock:
            validation = self._running.pop(name, None)
            if validation is not None:
                validation.stopped = True
                for job in validation.jobs:
                    self.supervisor.cancel(job)
            job_of_run = self._runs.pop(name, None)
            if job_of_run is not None:
                self.supervisor.cancel(job_of_run)

    def run(self, name: str, program: Slice, done: Callable[[Message], None]) -> None:
        """Has a file run. `done` gets the worker's reply, or `{"failed": reason, "message": sentence}`; it is not called for
        a run that is replaced meanwhile."""
        with self._lock:
            known = self._replies.get(program.key)
            before = self._runs.pop(name, None)
            if before is not None:
                self.supervisor.cancel(before)
            if known is None:
                job = self.supervisor.ask({**program.as_request(), "limits": self.limits.as_json()}, self.limits.seconds)
                self._runs[name] = job
        if known is not None:
            done(known)
            return

        def answered(_: object) -> None:
            error = job.future.exception()
            if isinstance(error, Failed):
                reply: Message = {"failed": error.reason, "message": error.message}
            else:
                reply = job.future.result()
            with self._lock:
                if self._runs.get(name) is job:
                    del self._runs[name]
                if reply.get("failed") not in ("cancelled", "disabled"):
                    self._replies[program.key] = reply
                    while len(self._replies) > MAX_RUNS:
                        self._replies.popitem(last=False)
            if reply.get("failed") != "cancelled":
                done(reply)

        job.future.add_done_callback(answered)

    def forget_failures(self) -> None:
        """What was given up is tried again at the next occasion."""
        self._kept.forget_failures()
        with self._lock:
            self._replies.clear()

    def _results(self, plan: Plan) -> Mapping[str, Result]:
        found = ((step.key, self._kept.get(step.key)) for step in plan.steps)
        return {key: result for key, result in found if result is not None and "failed" not in result}

    def _parts(self, plan: Plan) -> list[list[int]]:
        """The steps to be built, in requests. Those that hang together stay together."""
        needed = plan.without(lambda key: self._kept.get(key) is not None)
        parts: list[list[int]] = []
        for group in connected(plan.as_json(needed)["steps"]):
            numbers = [needed[n] for n in group]
            if parts and len(parts[-1]) + len(numbers) <= MAX_STEPS:
                parts[-1] = sorted(parts[-1] + numbers)
            else:
                parts.append(numbers)
        return parts

    def _ask(self, name: str, validation: Validation, numbers: list[int]) -> None:
        message: Message = {"do": "plan", "plan": validation.plan.as_json(numbers), "limits": self.limits.as_json()}
        keys = [validation.plan.steps[n].key for n in numbers]
        job = self.supervisor.ask(message, self.limits.seconds)
        validation.jobs.append(job)
        steps = message["plan"]["steps"]
        job.future.add_done_callback(lambda _: self._answered(name, validation, job, numbers, keys, steps))

    def _answered(
        self, name: str, validation: Validation, job: Job, numbers: list[int], keys: list[str], steps: Sequence[Any]
    ) -> None:
        error = job.future.exception()
        with self._lock:
            if error is None:
                self._keep(keys, job.future.result().get("steps"))
            elif not isinstance(error, Failed) or error.reason not in ("cancelled", "disabled"):
                groups = connected(steps)
                if len(groups) > 1 and not validation.stopped:
                    log.info("A validation of %d models failed (%s); each is tried by itself.", len(groups), error)
                    validation.left += len(groups)
                    for group in groups:
                        self._ask(name, validation, [numbers[n] for n in group])
                else:
                    reason = error.reason if isinstance(error, Failed) else "crash"
                    log.info("A model is not validated: %s", error)
                    for key in keys:
                        self._kept.put(key, {"failed": reason})
            validation.left -= 1
            if validation.left or validation.stopped:
                return
            if self._running.get(name) is validation:
                del self._running[name]
            plan, done = validation.latest, validation.done
        done(self._results(plan))

    def _keep(self, keys: Sequence[str], steps: Any) -> None:
        """Keeps what the worker says of each step. What it left out counts as given up, or it would be asked for ever."""
        version = self.supervisor.hello.get("keras")
        if version != self._keras:  # another was installed while the worker rested
            self._kept.forget()
            self._keras = version
        given = steps if isinstance(steps, dict) else {}
        for place, key in enumerate(keys):
            result = given.get(str(place))
            self._kept.put(key, result if isinstance(result, dict) else {"failed": "bad-reply"})


def connected(steps: Sequence[Any]) -> list[list[int]]:
    """The groups of steps that refer to each other, each in order."""
    group = list(range(len(steps)))

    def find(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for number, step in enumerate(steps):
        for used in references(step):
            first, second = sorted((find(number), find(used)))
            group[second] = first
    groups: dict[int, list[int]] = {}
    for number in range(len(steps)):
        groups.setdefault(find(number), []).append(number)
    return list(groups.values())
