"""How far the changes of a service have come into its engine, in memory that processes share."""

from pathlib import Path

from fingerpost.engine.turn import Turn

_GENERATION = "shown"
_MARK = "marked"


class Shown:
    """Which generation of a service's store is in its engine, and the number of its mark there.

    One process writes it, any reads it; it lies in the folder of the store's keeper.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self._generation = Turn(folder / _GENERATION, create=create)
        self._mark = Turn(folder / _MARK, create=create)

    @property
    def generation(self) -> int:
        """The number, as the keeper counts, of the last generation that is in the engine."""
        return self._generation.number

    @property
    def mark(self) -> int:
        """The number of the last mark that was put there."""
        return self._mark.number

    def say(self, generation: int, mark: int) -> None:
        """Say which generation is in the engine, and under which mark."""
        self._mark.number = mark
        self._generation.number = generation
