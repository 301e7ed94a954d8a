"""A command that cannot do its work."""


class Failure(Exception):
    """The message says what is wrong and what to do; the command ends with exit code 2."""
