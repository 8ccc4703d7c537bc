"""Whole questions with the answers that an experienced data steward would give.

    python tests/recommend/answer_key.py [--misses]

A line of `answer_key.tsv` holds a question, the names of which one should come first, names that
should be among the first three, and names that must not be answered at all; parted by |.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.errors import FingerpostError

KEY = Path(__file__).with_name("answer_key.tsv")


@dataclass(frozen=True)
class Case:
    """A question, and the names that are right and wrong as its answers."""

    question: str
    first: frozenset[str]
    three: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """How a case was answered: by which names, or with which fault."""

    case: Case
    answers: tuple[frozenset[str], ...]
    fault: str = ""

    @property
    def first(self) -> bool:
        """Whether the first answer is a right one."""
        return bool(self.answers) and bool(self.answers[0] & self.case.first)

    @property
    def three(self) -> bool:
        """Whether a right one is among the first three, and those that should be are."""
        names = frozenset().union(*self.answers[:3])
        wanted = self.case.three or self.case.first
        return bool(names & wanted)

    @property
    def forbidden(self) -> frozenset[str]:
        """What is answered and must not be."""
        return frozenset().union(*self.answers) & self.case.never


def cases() -> list[Case]:
    """Return the cases in the order of the file."""
    with KEY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_case([*row, "", "", ""]) for row in rows[1:]]


def outcomes(opened: Catalogue) -> Iterator[Outcome]:
    """Yield how each case is answered."""
    for case in cases():
        try:
            found = opened.recommend({"q": case.question})
        except FingerpostError as fault:
            yield Outcome(case, (), str(fault))
        else:
            names = (frozenset({one.name, *one.alternative_names}) for one in found.answers)
            yield Outcome(case, tuple(names))


def _case(row: list[str]) -> Case:
    first, three, never = (frozenset(filter(None, cell.split("|"))) for cell in row[1:4])
    return Case(row[0], first, three, never)


def main() -> None:
    """Print the shares, and with --misses every question that was not answered rightly."""
    found = list(outcomes(catalogue.open_(files.folders())))
    for one in found if "--misses" in sys.argv else []:
        if not one.first or one.forbidden:
            names = [" / ".join(sorted(names)) for names in one.answers[:3]]
            print(
                f"- {one.case.question}\n    wanted {sorted(one.case.first)}; got {names}", end=""
            )
            print(f" {one.fault}" if one.fault else "", end="")
            print(f"; forbidden {sorted(one.forbidden)}" if one.forbidden else "")
    size = len(found)
    print(f"first place  {sum(one.first for one in found)} of {size}")
    print(f"first three  {sum(one.three for one in found)} of {size}")
    print(f"forbidden    {sum(bool(one.forbidden) for one in found)} of {size}")


if __name__ == "__main__":
    main()
