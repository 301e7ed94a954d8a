import keras
from keras import layers


def block(x, units=8, *, rate=0.1):  #: (None, 5) | (None, 8) | (None, 3)
    x = layers.Dense(units)(x)  #: (None, 8) | (None, 3) | (None, 2)
    return layers.Dropout(rate)(x)


def scaled(width):
    def inner(x):  #: (None, 5)
        return layers.Dense(width * 2)(x)

    return inner


x = keras.Input((5,))  #: (None, 5)
a = block(x)  #: (None, 8)
b = block(a, 3)  #: (None, 3)
c = block(b, units=2, rate=0.5)  #: (None, 2)
d = scaled(4)(x)  #: (None, 8)
e = (lambda t: layers.Dense(6)(t))(x)  #: (None, 6)


def two(t):  #: (None, 5)
    return t, layers.Dense(1)(t)


f, g = two(x)  #: (None, 5) ; (None, 1)


def uncalled(size=4):
    y = layers.Dense(size)(x)  #: (None, 4)
    return y


def many(*tensors, **options):
    return layers.Concatenate(**options)(list(tensors))


h = many(x, d, axis=-1)  #: (None, 13)
