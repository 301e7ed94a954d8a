"""Objects of the program's own that are looped over, indexed and measured."""
import numpy as np


class Batches:
    def __init__(self, count, size):
        self.count, self.size = count, size

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if index >= self.count:
            raise IndexError
        return np.zeros((self.size, 3)), np.ones((self.size,))


class Windows:
    def __init__(self, data):
        self.data = data

    def __iter__(self):
        for start in range(3):
            yield self.data[start : start + 2]


batches = Batches(4, 8)
first = batches[0]
x, y = batches[0]  #: (8, 3) ; (8,)
made = np.zeros((len(batches), 2))  #: (4, 2)
for images, labels in batches:  #: (8, 3) ; (8,)
    last = images  #: (8, 3)
for window in Windows(np.zeros((6, 5))):  #: (2, 5)
    pass
sums = [window.sum(axis=0) for window in Windows(np.zeros((6, 5)))]
total = np.stack(sums)  #: (3, 5)
