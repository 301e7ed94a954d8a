import keras
import numpy as np

a = keras.Input((4,), name="age")  #: (None, 4)
b = keras.Input((3,), name="income")  #: (None, 3)
model = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.Concatenate()([a, b])))  #: [(None, 4), (None, 3)] → (None, 1)
model.compile(loss="mse", optimizer="sgd")
model.fit({"age": np.ones((8, 4)), "salary": np.ones((8, 3))}, np.ones((8, 1)), verbose=0)
#:                                 ^^^^^^^^ SW506
given = {"age": np.ones((8, 4))}
p = model.predict(given, verbose=0)
#:                ^^^^^ SW506
q = model({"age": np.ones((8, 4), "float32"), "wage": np.ones((8, 3), "float32")})
#:                                            ^^^^^^ SW506
r = model.predict({"income": np.ones((8, 3)), "age": np.ones((8, 4))}, verbose=0)  #: (8, 1)
keyed = keras.Model({"left": a, "right": b}, keras.layers.Dense(2)(keras.layers.Concatenate()([a, b])))
s = keyed.predict({"left": np.ones((8, 4)), "income": np.ones((8, 3))}, verbose=0)
#:                                          ^^^^^^^^ SW506
t = keyed.predict({"left": np.ones((8, 4)), "right": np.ones((8, 3))}, verbose=0)  #: (8, 2)
