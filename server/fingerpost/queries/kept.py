"""What saved queries have as kept answers, of the current generation and of one before."""

from collections.abc import Sequence
from typing import Protocol

from fingerpost.engine.results import Part
from fingerpost.queries.picking import Columns


class Kept(Protocol):
    """What saved queries answer that are given no value, kept whole."""

    def part(self, name: str, start: int, size: int) -> Part | None:
        """Return rows of the answer to a saved query; None where it is not kept."""

    def told(self, name: str, columns: Columns) -> Sequence[str] | None:
        """Return the values that rows have in columns; None where these are not kept."""

    def picked(
        self, name: str, values: Sequence[tuple[Columns, Sequence[int]]], start: int, size: int
    ) -> Part | None:
        """Return rows of those with some of the values `told`; None where it is not kept."""


class Former(Kept, Protocol):
    """Those of a generation before, while they are still to be made of the current one."""

    def age(self) -> float | None:
        """Return for how many seconds they have been out of date; None where there are none."""

    def used(self) -> None:
        """Note that an answer is as old as that."""
