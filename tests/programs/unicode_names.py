import keras

größe = 7
данные = keras.Input((größe, 2))  #: (None, 7, 2)
名前 = keras.layers.LSTM(4, name="𝛼")(данные)  #: (None, 4)
s = "🦜🦜"; y = keras.layers.Dense(1)(名前)
z = y  #: (None, 1)
