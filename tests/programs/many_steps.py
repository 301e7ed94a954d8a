"""Tables that comprehensions make number by number have their size, without every number being looked at."""
import numpy as np


def positions(length, width):
    table = np.array(
        [
            [place / np.power(10000, 2 * (j // 2) / width) for j in range(width)] if place != 0 else np.zeros(width)
            for place in range(length)
        ]
    )
    table[1:, 0::2] = np.sin(table[1:, 0::2])
    return table


made = positions(256, 128)  #: (256, 128)
after = made[:, :5]  #: (256, 5)
