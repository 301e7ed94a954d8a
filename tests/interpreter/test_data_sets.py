"""`tfds.load`: what a data set holds, whatever form it is asked for in."""

from __future__ import annotations

from shapewright.knowledge.data_sets import data_set

from tests.literate import Program, shown

TEXT = """
import keras
import tensorflow_datasets as tfds

birds, info = tfds.load("caltech_birds2011", split="train", with_info=True)
for example in birds.take(1):
    box = example["bbox"]  #: (4,)
    image = example["image"]  #: (None, None, 3)
(train, test), about = tfds.load("mnist:3.*.*", split=["train", "test"], as_supervised=True, with_info=True)
for picture, digit in train.batch(4, drop_remainder=True):  #: (4, 28, 28, 1) ; (4,)
    break
inputs = keras.Input(about.features["image"].shape)  #: (None, 28, 28, 1)
x = keras.layers.Flatten()(inputs)  #: (None, 784)
outputs = keras.layers.Dense(info.features["label"].num_classes)(x)  #: (None, 200)
by_name = keras.layers.Dense(len(about.features["label"].names))(x)  #: (None, 10)
for pair in tfds.load("glue/mrpc", split="train").batch(3, drop_remainder=True):
    sentence = pair["sentence1"]  #: (3,)
for objects in tfds.load("voc", split="train").take(1):
    boxes = objects["objects"]["bbox"]  #: (None, 4)
for nothing in tfds.load("made_up", split="train").take(1):
    unknown = nothing["image"]  #: -
for other in tfds.load("eurosat", split="train", builder_kwargs={"config": "all"}).take(1):
    rebuilt = other["image"]  #: -
"""


def test_elements_of_data_sets() -> None:
    program = Program(TEXT)
    found = {want.name: shown(program.analysis, want.line, want.column)[0] for want in program.expectations}
    assert found == {want.name: want.shape for want in program.expectations}


def test_names_with_configurations() -> None:
    assert data_set("glue/mrpc:2.0.0") == data_set("glue/mrpc") != data_set("glue")
    assert data_set("made_up") is None and data_set("glue/made_up") is None
