"""Entries as JSON lines: `id`, `name`, and as much else of an `Entry` as there is."""

import json
from collections.abc import Iterator

from fingerpost.registries.entry import Broken, Entry, Found
from fingerpost.registries.values import Values, WrongValue, broken, prose


def entries(data: bytes) -> Iterator[Found]:
    """Yield the entry of each line that is not empty."""
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            yield _read(line, f"line {number}")


def _read(line: bytes, where: str) -> Found:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return Broken(where, "", f"this is not JSON ({fault}).")
    if not isinstance(found, dict):
        return Broken(where, "", "an entry is a JSON object with id and name.")
    try:
        return entry(Values(found))
    except WrongValue as fault:
        return broken(where, fault)


def entry(found: Values) -> Entry:
    """Return the entry that has these fields."""
    return Entry(
        id=found.needed("id"),
        name=found.needed("name"),
        alt_names=found.texts("alt_names"),
        homepage=found.text("homepage"),
        description=prose(found.text("description")),
        kind=found.text("kind"),
        status=found.text("status"),
        access=found.texts("access"),
        subjects=found.texts("subjects"),
        countries=found.texts("countries"),
        identifiers=found.texts("identifiers"),
        modified=found.text("modified"),
    )
