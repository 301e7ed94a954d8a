import keras

maps = keras.Input(shape=(14, 14, 8))  #: (None, 14, 14, 8)
even = keras.layers.BatchNormalization(maps)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
normal = keras.layers.LayerNormalization(maps)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
pooled = keras.layers.GlobalAveragePooling2D(maps)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
smaller = keras.layers.MaxPooling2D(2, maps)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
