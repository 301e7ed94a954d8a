"""Loops of many known rounds: lists that get the same number of items in each of them are of known length."""
import numpy as np

steady, double, first_only, popped, few = [], [np.zeros(2)], [], [], []
labels = []
for number in range(1000):
    steady.append(np.zeros((3, 2)))
    double.extend([np.zeros(2), np.zeros(2)])
    if number == 0:
        first_only.append(np.zeros(2))
    popped.append(np.zeros(2))
    if len(popped) > 10:
        popped.pop()
    labels.append(number % 2)
    if len(few) < 5:
        few.append(np.zeros(3))
bags = np.array(steady)  #: (1000, 3, 2)
first = list(np.swapaxes(bags, 0, 1))[0]  #: (1000, 2)
pairs = np.array(double)  #: (2001, 2)
targets = np.array(labels)  #: (1000,)
one = np.array(first_only)  #: -
kept = np.array(popped)  #: -
some = np.array(few)  #: -

nested = []
for row in range(400):
    inner = []
    for column in range(300):
        inner.append(np.zeros(5))
    nested.append(np.array(inner))
square = np.array(nested)  #: (400, 300, 5)

stopped = []
for number in range(1000):
    if number > 500 + np.random.randint(2):
        break
    stopped.append(np.zeros(2))
unsure = np.array(stopped)  #: -


def fill(items, count):
    for _ in range(count):
        items.append(np.zeros(4))


filled = []
for _ in range(300):
    fill(filled, 2)
twice = np.array(filled)  #: (600, 4)
by_number = {}
for number in range(1000):
    by_number[number] = np.zeros(3)
seventh = by_number[7]  #: (3,)
