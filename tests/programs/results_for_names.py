import numpy as np


def split(data, share):
    count = int(len(data) * share)
    first = data[:count]  #: (5, 4)
    return first, data[count:], count


if __name__ == "__main__":
    train, test = split(np.zeros((10, 4)), 0.5)
#:  ^^^^^^^^^^^ SW408
