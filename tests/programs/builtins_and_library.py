# Python's own functions and its standard library, where sizes come to depend on them.
import functools
import itertools
import math
import operator
import random
from collections import Counter, deque
from math import pi

import numpy as np

counts = [3, 1, 2]
counts.sort()
a = np.zeros((counts[0], counts[-1], counts.index(2)))  #: (1, 3, 1)
b = np.zeros(max(counts, key=lambda n: -n))  #: (1,)
c = np.zeros([n for n in sorted(counts, reverse=True)])  #: (3, 2, 1)
d = np.zeros(functools.reduce(operator.mul, counts))  #: (6,)
e = np.zeros(len(list(itertools.product(range(3), "ab"))))  #: (6,)
f = np.zeros(len(set("hello")))  #: (4,)
g = np.zeros(int(np.sqrt(64)))  #: (8,)?
h = np.zeros(round(2.6))  #: (3,)
i = np.zeros(math.ceil(pi))  #: (4,)
j = np.zeros(len(f"{7:03d}"))  #: (3,)
k = np.zeros(len("a,b,c".split(",")))  #: (3,)
l = np.zeros(sum(map(lambda n: n * 2, counts)))  #: (12,)
m = np.zeros(len(list(filter(lambda n: n > 1, counts))))  #: (2,)
n = np.zeros(divmod(17, 5))  #: (3, 2)
o = np.zeros((random.randint(2, 4), 3))  #: (?, 3)
p = np.zeros(len(deque([1, 2])))  #: (2,)
q = np.zeros(2 if isinstance(counts, (list, tuple)) else 3)  #: (2,)
r = np.zeros(1 if any(n > 2 for n in counts) else 2)  #: (1,)
s = np.zeros(len("%d-%s" % (3, "x")))  #: (3,)
t = np.zeros(len(list(itertools.chain([1], (2, 3)))))  #: (3,)
rows = [np.ones((4,)), np.ones((4,))]
random.shuffle(rows)
u = rows[0]  #: (4,)
names = ["ab", "c"]
random.shuffle(names)
v = np.zeros(len(names[0]))  #: (?,)
w = np.zeros(len(Counter("aab")))  #: (?,)


def unpacked(images):
    for number, image in enumerate(images):  #: -
        image = image[None]  #: (1, 5, 5)
    return [one[0] for one in images]


many = np.ones((500, 5, 5))  #: (500, 5, 5)
unpacked(many)
for left, right in zip(many, many[:, 0]):  #: (5, 5) ; (5,)
    pass


@functools.lru_cache(maxsize=None)
def doubled(n):
    return n * 2


x = np.zeros(doubled(4))  #: (8,)
