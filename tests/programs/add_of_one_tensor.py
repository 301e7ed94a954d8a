import keras

features = keras.Input(shape=(4,))  #: (None, 4)
summed = keras.layers.Add()(features)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
