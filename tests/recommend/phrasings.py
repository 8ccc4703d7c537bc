"""How many of the phrasings in phrasings.tsv find the concept that they mean.

Run as `python tests/recommend/phrasings.py`; the test beside it fails below 98 of 100.
"""

import csv
from pathlib import Path

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.errors import FingerpostError
from fingerpost.recommend.understanding import understand

TABLE = Path(__file__).with_suffix(".tsv")


def rows() -> list[dict[str, str]]:
    """The table: phrase, slugs parted by bars, class, where the wording is from."""
    return list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t"))


def missed(opened: Catalogue) -> list[str]:
    """The phrases that find something else or nothing, each with what it finds."""
    found = []
    for row in rows():
        try:
            slugs = meant(opened, row["phrase"], row["class"])
        except FingerpostError as fault:
            slugs = {str(fault)}
        if slugs.isdisjoint(row["slugs"].split("|")):
            found.append(f"{row['phrase']}: {', '.join(slugs)}, not {row['slugs']}")
    return found


def meant(opened: Catalogue, phrase: str, class_: str) -> set[str]:
    """The slugs of the phase, or of the data and the technique, that a phrase is taken for."""
    given = {"data": "any-data", "phase": phrase} if class_ == "fp:Phase" else {"data": phrase}
    found = understand(given, opened.concepts, opened.yields)
    if class_ == "fp:Phase":
        return {found.phase.slug} if found.phase else set()
    return {one.slug for one in (*found.data, found.technique) if one}


def figure(opened: Catalogue) -> str:
    """How many resolve, in a line."""
    every, wrong = len(rows()), len(missed(opened))
    return f"{every - wrong} of {every} phrasings found ({1 - wrong / every:.1%})"


if __name__ == "__main__":
    shipped = catalogue.open_(files.folders())
    print(figure(shipped), *missed(shipped), sep="\n")
