"""Runs the command as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FIRST = """\
import numpy as np
from tensorflow import keras

data = np.array([1, 2, 3]).reshape((1, 3, 1))
x = keras.layers.Input(shape=(3, 1))
y = keras.layers.LSTM(10)(x)
model = keras.Model(inputs=x, outputs=y)
print(model.predict(data))
"""
MISTAKE = FIRST.replace("shape=(3, 1)", "shape=(1, 3, 1)")


def shapewright(
    *arguments: object, cwd: Path, stdin: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """What the command printed and how it ended. It never ends with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "shapewright", *map(str, arguments)],
        cwd=cwd,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    out, err = (raw.decode("utf-8").replace("\r\n", "\n") for raw in (done.stdout, done.stderr))
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
