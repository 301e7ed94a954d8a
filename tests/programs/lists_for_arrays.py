import keras
import numpy as np

features, labels = np.random.rand(12, 5), np.random.randint(0, 2, 12)  #: (12, 5) ; (12,)
feature_rows, label_list = features.tolist(), labels.tolist()
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1)])  #: (None, 5) → (None, 1)
model.compile(loss="mse", optimizer="sgd")
model.fit(np.array(feature_rows), np.array(label_list), verbose=0)
p = model.predict([[1.0, 2.0, 3.0, 4.0, 5.0]], verbose=0)
#:                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW507
q = model.predict(np.array([[1, 2, 3, 4, 5]]), verbose=0)  #: (1, 1)
two = keras.Input((2,))  #: (None, 2)
other = keras.Model([two, keras.Input((3,))], keras.layers.Dense(1)(two))  #: [(None, 2), (None, 3)] → (None, 1)
r = other.predict([np.ones((4, 2)), np.ones((4, 3))], verbose=0)  #: (4, 1)
