"""Stable Diffusion of KerasCV: it takes gigabytes, so this is no literate program that is run."""

from __future__ import annotations

from tests.literate import Program, shown

TEXT = """
import keras_cv
from keras import ops
from keras_cv.models import StableDiffusionV2

model = keras_cv.models.StableDiffusion(img_width=500, img_height=300)
a = model.encode_text("a dog")  #: (1, 77, 768)
b = ops.linspace(ops.squeeze(a), ops.squeeze(a), 5)  #: (5, 77, 768)
c = model.generate_image(b, batch_size=5)  #: (5, 256, 512, 3)
d = model.text_to_image("a cat", None, 4, 25)  #: (4, 256, 512, 3)
e = StableDiffusionV2().encode_text("a bird")  #: (1, 77, 1024)
f = StableDiffusionV2().text_to_image(prompt="a bird")  #: (1, 512, 512, 3)
"""


def test_what_comes_of_texts() -> None:
    program = Program(TEXT)
    found = [(w.name, shown(program.analysis, w.line, w.column)[0]) for w in program.expectations]
    assert found == [(want.name, want.shape) for want in program.expectations] and found
