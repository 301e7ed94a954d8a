import argparse
import math
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import NamedTuple

import keras
from keras import layers


@dataclass(frozen=True)
class Config:
    units: int = 32
    size: tuple = (8, 8, 3)


class Sizes(NamedTuple):
    small: int
    large: int = 64


class Kind(Enum):
    WIDE = 24


config = Config(units=16)
x = keras.Input(config.size)  #: (None, 8, 8, 3)
a = layers.Dense(config.units)(x)  #: (None, 8, 8, 16)
Conv = partial(layers.Conv2D, kernel_size=3, padding="same")
b = Conv(4)(x)  #: (None, 8, 8, 4)
parser = argparse.ArgumentParser()
parser.add_argument("--hidden-size", type=int, default=7)
args = parser.parse_args([])
c = layers.Dense(args.hidden_size)(x)  #: (None, 8, 8, 7)
d = layers.Dense(math.ceil(7 / 2))(x)  #: (None, 8, 8, 4)
e = layers.Dense(sorted([3, 1, 2])[0])(x)  #: (None, 8, 8, 1)
f = layers.Dense(Sizes(5).large)(x)  #: (None, 8, 8, 64)
g = layers.Dense(Kind.WIDE.value)(x)  #: (None, 8, 8, 24)
settings = {"units": 1} | {"units": 9}
h = layers.Dense(settings["units"])(x)  #: (None, 8, 8, 9)
match config.units:
    case 8:
        i = layers.Dense(8)(x)
    case _:
        i = layers.Dense(11)(x)  #: (None, 8, 8, 11)
model = keras.Model(x, layers.Dense(3, name="last")(a))  #: (None, 8, 8, 3) → (None, 8, 8, 3)
j = model.layers[1].output  #: (None, 8, 8, 16)
k = model.get_layer("last").output  #: (None, 8, 8, 3)
