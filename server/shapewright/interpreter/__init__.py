"""Evaluates Python over values: what each expression of a program is worth, without running it."""
