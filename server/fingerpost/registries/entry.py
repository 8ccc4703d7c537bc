"""What any registry says of a thing, in one form."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fingerpost.errors import BadEntry


@dataclass(frozen=True)
class Entry:
    """One record of a registry. `id` and `identifiers` are CURIEs with prefixes of Bioregistry.

    What a registry does not say is empty; nothing is made up in its place.
    """

    id: str
    name: str
    alt_names: tuple[str, ...] = ()
    homepage: str = ""
    description: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the alternative ones."""
        return (self.name, *self.alt_names)


def read(path: Path) -> list[Entry]:
    """Return the entries of a file of JSON lines; the last of those with the same id holds.

    Raises:
        BadEntry: a line is not an entry: which, and what is wrong with it.
    """
    with path.open("rb") as lines:
        found = {entry.id: entry for entry in entries(lines, path.name)}
    return list(found.values())


def entries(lines: Iterable[bytes], where: str) -> Iterator[Entry]:
    """Yield the entries of JSON lines; see `read`."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _entry(line, f"{where}, line {number}")


def _entry(line: bytes, where: str) -> Entry:
    try:
        found = json.loads(line)
    except ValueError as fault:
        raise BadEntry(f"{where}: not JSON ({fault}).") from fault
    if not isinstance(found, dict):
        raise BadEntry(f"{where}: an entry is a JSON object with id and name.")
    for key in ("id", "name"):
        if not isinstance(found.get(key), str) or not found[key].strip():
            raise BadEntry(f'{where}: "{key}" is missing, or no text.')
    return Entry(
        id=found["id"].strip(),
        name=_text(found, "name", where),
        alt_names=_list(found, "alt_names", where),
        homepage=_text(found, "homepage", where),
        description=_text(found, "description", where),
        countries=_list(found, "countries", where),
        identifiers=_list(found, "identifiers", where),
        kind=_text(found, "kind", where),
    )


def _text(found: dict[str, Any], key: str, where: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadEntry(f'{where}: "{key}" is a text, not {json.dumps(value)[:60]}.')
    return value.strip()


def _list(found: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = found.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadEntry(f'{where}: "{key}" is a list of texts, not {json.dumps(value)[:60]}.')
    return tuple(one.strip() for one in value if one.strip())
