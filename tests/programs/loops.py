import keras
from keras import layers

x = keras.Input((32,))  #: (None, 32)
y = x  #: (None, 32)
for units in [16, 8, 4]:
    y = layers.Dense(units)(y)  #: (None, 16) | (None, 8) | (None, 4)
end = y  #: (None, 4)
model = keras.Sequential([keras.Input((32,)), *[layers.Dense(10) for _ in range(3)], layers.Dense(2)])  #: (None, 32) → (None, 2), 572 parameters
heads = [layers.Dense(n + 1)(x) for n in range(3)]
joined = layers.Concatenate()(heads)  #: (None, 6)
n = 0
z = x  #: (None, 32)
while n < 3:
    z = layers.Dense(5)(z)  #: (None, 5)
    n += 1
w = z  #: (None, 5)
pic = keras.Input((64, 64, 3))  #: (None, 64, 64, 3)
for i, filters in enumerate((8, 16)):
    pic = layers.Conv2D(filters * (i + 1), 3, padding="same")(pic)  #: (None, 64, 64, 8) | (None, 32, 32, 32)
    pic = layers.MaxPooling2D()(pic)  #: (None, 32, 32, 8) | (None, 16, 16, 32)
last = layers.GlobalAveragePooling2D()(pic)  #: (None, 32)
