import numpy as np

sentences = np.array([[4, 9, 2], [7, 1]])
#:          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW407
scores = np.asarray([[0.5, 0.5], [1.0]], dtype="float32")
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW407
images = np.array([np.zeros((28, 28)), np.zeros((32, 28))])
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW407
kept = np.array([[4, 9, 2], [7, 1]], dtype=object)
even = np.array([[4, 9, 2], [7, 1, 0]])  #: (2, 3)
