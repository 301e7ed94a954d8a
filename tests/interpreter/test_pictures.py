"""Pictures of Pillow and the arrays that are made of them. The last test runs the same under Pillow, where it is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.differential.real import PYTHON
from tests.literate import Program, shown

TEXT = """
import numpy as np
import keras
from PIL import Image

loaded = keras.utils.load_img("picture.png", target_size=(10, 20))
array = keras.utils.img_to_array(loaded)  #: (10, 20, 3)
batch = np.expand_dims(loaded, 0)  #: (1, 10, 20, 3)
grey = np.array(loaded.convert("L"))  #: (10, 20)
small = np.asarray(Image.open("picture.png").convert("RGB").resize((3, 4)))  #: (4, 3, 3)
part = np.array(loaded.crop((1, 2, 5, 9)))  #: (7, 4, 3)
turned = np.array(loaded.rotate(30))  #: (10, 20, 3)
flipped = np.array(loaded.transpose(Image.FLIP_LEFT_RIGHT))  #: (10, 20, 3)
new = np.array(Image.new("RGBA", (3, 2)))  #: (2, 3, 4)
one = np.array(keras.utils.array_to_img(np.zeros((4, 5, 1))))  #: (4, 5)
back = np.array(Image.fromarray(np.zeros((4, 5, 3), "uint8")))  #: (4, 5, 3)
several = np.array([keras.utils.img_to_array(loaded) for _ in range(2)])  #: (2, 10, 20, 3)
width, height = loaded.size
zeros = np.zeros((width, height))  #: (20, 10)
raw = np.array(Image.open("picture.png"))  #: -
loaded.thumbnail((5, 5))
shrunk = np.array(loaded)  #: -
"""
OF_ANY_SIZE = """
import keras
picture = keras.utils.load_img("picture.png")
array = keras.utils.img_to_array(picture)  #: (?, ?, 3)
"""


@pytest.mark.parametrize("text", [TEXT, OF_ANY_SIZE])
def test_arrays_of_pictures(text: str) -> None:
    program = Program(text)
    found = {want.name: shown(program.analysis, want.line, want.column)[0] for want in program.expectations}
    assert found == {want.name: want.shape for want in program.expectations}


def test_pillow_agrees(tmp_path: Path) -> None:
    made = f"from PIL import Image\nImage.new('RGB', (7, 6)).save({str(tmp_path / 'picture.png')!r})\n"
    program = Program(TEXT)
    known = {want.name: want.shape for want in program.expectations if want.shape != "-"}
    checks = f"\nprint({{name: str(globals()[name].shape) for name in {sorted(known)!r}}} == {known!r})\n"
    done = subprocess.run(
        [PYTHON, "-c", made + TEXT + checks], capture_output=True, text=True, cwd=tmp_path, timeout=120
    )
    if "No module named 'PIL'" in done.stderr:
        pytest.skip("Pillow is not installed: nothing to compare with")
    assert done.stdout.split() == ["True"], done.stderr[-2000:]
