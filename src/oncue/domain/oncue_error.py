"""The base of all errors, kept below the values so that their own errors belong to the one tree of `oncue.errors`."""


class OncueError(Exception):
    """Base of all errors; ``str(error)`` is one clear line."""
