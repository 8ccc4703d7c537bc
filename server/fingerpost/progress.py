"""Telling somebody what is being done."""

from collections.abc import Callable

Progress = Callable[[str], None]
"""Is told, in a few words, what comes next."""

Count = Callable[[int, int], None]
"""Is told how many are done, and of how many; of 0 where nobody knows."""


def silent(message: str) -> None:
    """Tell nobody."""


def uncounted(done: int, total: int) -> None:
    """Tell nobody."""
