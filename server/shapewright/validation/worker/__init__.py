"""The program that runs beside the user's Keras (docs/validation.md, docs/security.md).

It runs under the user's interpreter, Python 3.9 or later, with the standard library and their Keras. It imports nothing of
shapewright, and nothing of shapewright imports it: `main.py` is started as a program of its own.
"""
