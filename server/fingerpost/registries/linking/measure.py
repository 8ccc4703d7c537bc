"""Links held against the truth: how many are right, how many of the true ones are made."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fingerpost.errors import BadMapping

Pair = tuple[str, str]


@dataclass(frozen=True)
class Measure:
    """Pairs of ids that were linked rightly, wrongly, and that were not linked."""

    right: frozenset[Pair]
    wrong: frozenset[Pair]
    missed: frozenset[Pair]

    @property
    def precision(self) -> float:
        """Right links of those made, from 0 to 1; 1 where none was made."""
        made = len(self.right) + len(self.wrong)
        return len(self.right) / made if made else 1.0

    @property
    def recall(self) -> float:
        """Right links of the true pairs, from 0 to 1; 1 where there are none."""
        true = len(self.right) + len(self.missed)
        return len(self.right) / true if true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(made: Iterable[Pair], truth: Iterable[Pair]) -> Measure:
    """Return how the links that were made compare with the true ones."""
    links, true = frozenset(made), frozenset(truth)
    return Measure(links & true, links - true, true - links)


def read(path: Path) -> list[Pair]:
    """Return the pairs of a table with the columns left_id and right_id.

    Raises:
        BadMapping: it has no such columns, or a row without a value.
    """
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t")
        if not {"left_id", "right_id"} <= {*(table.fieldnames or ())}:
            raise BadMapping(f"{path.name} needs the columns left_id and right_id.")
        return [_pair(row, f"{path.name}, line {number}") for number, row in enumerate(table, 2)]


def _pair(row: Mapping[str, str | None], where: str) -> Pair:
    left, right = row["left_id"], row["right_id"]
    if not left or not right:
        raise BadMapping(f"{where}: left_id or right_id is empty.")
    return left, right
