"""Telling somebody what is being done."""

from collections.abc import Callable

Progress = Callable[[str], None]
"""Is told, in a few words, what comes next."""


def silent(message: str) -> None:
    """Tell nobody."""
