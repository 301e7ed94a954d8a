import numpy as np
import keras

series = np.ones((100, 4))  #: (100, 4)
targets = np.ones((100,))  #: (100,)
windows = keras.utils.timeseries_dataset_from_array(series, targets, sequence_length=10, batch_size=16)
for x, y in windows:
    inputs = x  #: (16, 10, 4) | (11, 10, 4)
    wanted = y  #: (16,) | (11,)
for x in keras.utils.timeseries_dataset_from_array(series, None, 5, sampling_rate=2, sequence_stride=3, batch_size=31):
    alone = x  #: (31, 5, 4)


def pick(x, y):
    last = x[:, -1]  #: (None, 4)
    return last, y


for a, b in windows.map(pick):
    mapped = b
