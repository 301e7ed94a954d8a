import threading

import keras

words = {"a"}
names = ["x"]
for change in [threading.Thread(target=words.update, args=(["b", "c"],)), threading.Thread(target=names.append, args=("y",))]:
    change.start()
    change.join()
x = keras.Input((len(words),))  #: (None, ?)
y = keras.Input((len(names),))  #: (None, ?)
