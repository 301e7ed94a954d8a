import keras

model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])  #: (None, 2) → (None, 1)
model.compile(loss="mse", optimizer="sgd")
model.fit([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [1.0, 2.0, 3.0], verbose=0)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW507
