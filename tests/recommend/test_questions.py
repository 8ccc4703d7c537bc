"""Whole questions are understood: at least 95 of 100 of those in questions.tsv, each field of them."""

import csv
from pathlib import Path

from fingerpost.catalogue import Catalogue
from fingerpost.errors import FingerpostError
from fingerpost.recommend.echo import echo
from fingerpost.recommend.understanding import understand

TABLE = Path(__file__).parent / "questions.tsv"
ENOUGH = 0.95


def test_questions_in_plain_words_are_understood(opened: Catalogue) -> None:
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t"))
    missed = [found for row in rows if (found := wrong(opened, row["question"], row["expected"]))]
    share = 1 - len(missed) / len(rows)
    print(f"\n{len(rows) - len(missed)} of {len(rows)} questions understood ({share:.1%})")
    assert len(rows) >= 300
    assert share >= ENOUGH, "\n".join(missed)


def wrong(opened: Catalogue, question: str, expected: str) -> str | None:
    """What of a question is not understood as expected, in a line."""
    try:
        found = said(opened, question)
    except FingerpostError as fault:
        return f"{question}\n    {fault}"
    wanted = dict(part.split("=", 1) for part in expected.split())
    differing = [
        f"{name}={found[name]} for {value}"
        for name, value in wanted.items()
        if not fits(name, found[name], value)
    ]
    return f"{question}\n    {'; '.join(differing)}" if differing else None


def said(opened: Catalogue, question: str) -> dict[str, str]:
    """The parts of a question as text; several, parted by bars."""
    understood = understand({"q": question}, opened.concepts, opened.yields)
    denied = {one.field for one in understood.heard if one.value == "false"}
    found: dict[str, str] = {}
    for name, value in echo(understood).items():
        if isinstance(value, dict):
            value = str(value.get("bytes") or str(value["iri"]).rpartition("/")[2])
        elif isinstance(value, list):
            slugs = [
                str(one["iri"]).rpartition("/")[2]
                for one in value
                if isinstance(one, dict) and "iri" in one
            ]
            value = "|".join(slugs)
        elif isinstance(value, bool):
            value = "true" if value else "false" if name in denied else "unsaid"
        found[name] = str(value)
    return found


def fits(name: str, found: str, wanted: str) -> bool:
    """Whether what is found is what is wanted: any of some data types, all of some conditions."""
    several = set(found.split("|"))
    if name == "conditions":
        return several >= set(wanted.split(","))
    if name == "data":
        return several <= set(wanted.split("|")) and bool(found)
    return found == wanted
