"""`--validate` and `--python`: real Keras asked by a command, which waits for the answer."""

from __future__ import annotations

import argparse
import queue
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapewright.cli.failure import Failure
from shapewright.workspace.analysis import Analysis
from shapewright.workspace.modules import project_root
from shapewright.workspace.ran import differences
from shapewright.workspace.settings import Settings

if TYPE_CHECKING:
    from shapewright.validation.validator import Validator

MODES = ("off", "plan", "source")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options to a subcommand."""
    parser.add_argument(
        "--validate",
        choices=MODES,
        default="off",
        help="ask real Keras: off (the default); plan: what the analysis understood is built again from data, and none of "
        "the code is run; source: for what the analysis does not know the file is run, too, locked in and without training",
    )
    parser.add_argument(
        "--python",
        metavar="PATH",
        help="the Python whose Keras validates, or the folder of its environment (default: the project's)",
    )


class Keras:
    """Real Keras for one run of a command. It is started by the first program that has something to validate."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.is_asked: bool = options.validate != "off"
        self._python: str = options.python or ""
        self._validator: Validator | None = None
        self._runs: bool = options.validate == "source"
        self._given_up = False

    def confirm(self, analysis: Analysis, name: str, settings: Settings) -> None:
        """Has Keras build what an analysis understood; its answers stand in for those of the analysis."""
        if not self.is_asked or self._given_up:
            return
        from shapewright.validation.plan import plan_of
        from shapewright.validation.verdicts import Verdicts

        plan = plan_of(analysis.facts)
        if not plan.steps and not self._runs:
            return
        validator = self._validator or self._start(name, settings)
        if validator is None:
            return
        supervisor = validator.supervisor
        given: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        validator.validate(name, plan, given.put)
        results = given.get()
        if plan.steps and not results and supervisor.reason:
            self._give_up(supervisor.reason)
            return
        verdicts = Verdicts(plan, results, str(supervisor.hello.get("keras", "")))
        analysis.findings, told = verdicts.confirm(analysis.facts, analysis.findings)
        for line in told:
            print(f"shapewright: {name}: Keras disagrees, please report this: {line}", file=sys.stderr)
        if self._runs:
            self._run(validator, analysis, name)

    def _run(self, validator: Validator, analysis: Analysis, name: str) -> None:
        """Has the file run, for what the analysis leaves open."""
        from shapewright.validation.source import read_reply, slice_of

        given: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        validator.run(name, slice_of(analysis), given.put)
        reply = given.get()
        if "failed" in reply:
            self._runs = reply["failed"] not in ("locked-out", "disabled")
            print(f"shapewright: {name} is not run: {reply.get('message')}", file=sys.stderr)
            return
        analysis.ran = read_reply(reply, analysis.facts, str(validator.supervisor.hello.get("keras", "")))
        for line in differences(analysis.facts, analysis.ran):
            print(f"shapewright: {name}: Keras disagrees, please report this: {line}", file=sys.stderr)
        error = reply.get("error")
        if isinstance(error, Mapping):
            where, what = error.get("line"), f"{error.get('type')}: {error.get('message')}"
            print(f"shapewright: {name}: when it was run, line {where} failed: {what}", file=sys.stderr)

    def close(self) -> None:
        """Ends the worker."""
        if self._validator is not None:
            self._validator.supervisor.stop()

    def _start(self, name: str, settings: Settings) -> Validator | None:
        from shapewright.validation.interpreters import NoInterpreter, find_interpreter
        from shapewright.validation.supervisor import Patience, Supervisor
        from shapewright.validation.validator import Limits, Validator

        try:
            interpreter = find_interpreter(project_root(Path(name).absolute().parent), self._python)
        except NoInterpreter as error:
            if self._python:
                raise Failure(str(error).replace("validation.python is", "--python is")) from None
            self._give_up(str(error))
            return None
        supervisor = Supervisor(interpreter.command, Patience(pauses=(0.0, 1.0)))
        self._validator = Validator(supervisor, Limits(settings.validation_timeout, settings.validation_memory))
        return self._validator

    def _give_up(self, reason: str) -> None:
        """Says once that Keras cannot be asked. All else goes on."""
        self._given_up = True
        print(f"shapewright: not validated by Keras: {reason}", file=sys.stderr)
