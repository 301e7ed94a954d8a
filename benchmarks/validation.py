"""Measures what validation costs: the worker's start, warm round trips against Keras alone, and memory.

    python benchmarks/validation.py

Keras alone builds the same programs in a process of its own that is warm, too. Both take turns, so that a busy machine slows
both. Needs Keras and TensorFlow where it runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

import psutil
from shapewright.validation.interpreters import find_interpreter
from shapewright.validation.plan import Plan, plan_of
from shapewright.validation.supervisor import Patience, Supervisor
from shapewright.validation.validator import Limits
from shapewright.workspace.analysis import analyse_text, with_deep_stack

ROUNDS = 9
LIMITS = Limits(seconds=120)
FIRST = """\
import keras
x = keras.Input(shape=(3, 1))
y = keras.layers.LSTM(10)(x)
model = keras.Model(inputs=x, outputs=y)
"""
FIFTY = """\
import keras
from keras import layers

x = inputs = keras.Input((64, 64, 3))
for n in range(12):
    x = layers.Conv2D(16 + n, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.Dropout(0.1)(x)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, layers.Dense(10)(x))
"""
RESNET = """\
import keras
model = keras.applications.ResNet50(weights=None)
"""
FIVE_HUNDRED = """\
import keras
from keras import layers

x = inputs = keras.Input((128,))
for n in range(166):
    y = layers.Dense(128, activation="relu")(x)
    y = layers.LayerNormalization()(y)
    x = layers.Add()([x, y])
model = keras.Model(inputs, layers.Dense(10)(x))
"""
PROGRAMS = {
    "first program": FIRST,
    "50 layers": FIFTY,
    "ResNet50": RESNET,
    "500 layers, functional": FIVE_HUNDRED,
}
ALONE = """
import gc, json, os, sys, time
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0", OMP_NUM_THREADS="1")
import keras
for line in sys.stdin:
    code = compile(json.loads(line), "program", "exec")
    keras.backend.clear_session()
    gc.collect()
    begin = time.perf_counter()
    exec(code, {})
    print(time.perf_counter() - begin, flush=True)
"""


class Alone:
    """Keras in a process that does nothing else."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", ALONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def build(self, text: str) -> float:
        """How long it takes to build a program."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Worker:
    """The worker, as the server uses it."""

    def __init__(self) -> None:
        self._supervisor = Supervisor(find_interpreter(None).command, Patience())
        begin = time.perf_counter()
        self._supervisor.ask({"do": "ping"}, 60).future.result()
        self.start = time.perf_counter() - begin

    def build(self, plan: Plan) -> tuple[float, dict[str, Any]]:
        """How long a validation takes, from the request to its reply, and that."""
        begin = time.perf_counter()
        message = {"do": "plan", "plan": plan.as_json(), "limits": LIMITS.as_json()}
        reply = self._supervisor.ask(message, LIMITS.seconds).future.result()
        return time.perf_counter() - begin, reply

    def memory(self) -> float:
        """Resident memory in MB."""
        assert self._supervisor.pid is not None
        return float(psutil.Process(self._supervisor.pid).memory_info().rss / 1e6)

    def close(self) -> None:
        self._supervisor.stop()


def measure(name: str, text: str, worker: Worker, alone: Alone) -> str:
    """One row of the table."""
    plan = with_deep_stack(lambda: plan_of(analyse_text(text).facts))
    ours, theirs, peak = [], [], 0
    alone.build(text)
    worker.build(plan)
    for _ in range(ROUNDS):
        theirs.append(alone.build(text))
        seconds, reply = worker.build(plan)
        ours.append(seconds)
        results = reply["steps"]
        assert len(results) == len(plan.steps) and not any("error" in result for result in results.values()), reply
        peak = max(peak, reply.get("peak") or 0)
    ratio = median(ours) / median(theirs)
    cells = [name, str(len(plan.steps)), milliseconds(median(ours)), milliseconds(median(theirs)), f"{ratio:.2f}"]
    return " | ".join([*cells, f"{peak / 1e6:.0f} MB" if peak else "?"])


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def main() -> None:
    alone, worker = Alone(), Worker()
    try:
        alone.build(FIRST)
        print(f"Validation. The worker's cold start: {worker.start:.1f} s; its memory: {worker.memory():.0f} MB.\n")
        print("| program | steps | validation, warm | Keras alone, warm | ratio | peak memory of the validation |")
        print("| :--- | ---: | ---: | ---: | ---: | ---: |", flush=True)
        for name, text in PROGRAMS.items():
            print(f"| {measure(name, text, worker, alone)} |", flush=True)
        print(f"\nThe worker's memory afterwards: {worker.memory():.0f} MB.")
    finally:
        worker.close()
        alone.close()


if __name__ == "__main__":
    main()
