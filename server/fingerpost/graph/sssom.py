"""Mappings as SSSOM: a table whose head says what it is (https://w3id.org/sssom/).

Written and read as TSV with its metadata embedded. A row with `predicate_modifier` Not says that
two things are not the same: whoever links them again is told so by it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import yaml

from fingerpost.errors import BadMapping
from fingerpost.graph import identifiers

NOT = "Not"
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


@dataclass(frozen=True)
class Row:
    """A mapping; what it does not say is empty."""

    subject_id: str
    predicate_id: str
    object_id: str
    mapping_justification: str
    subject_label: str = ""
    object_label: str = ""
    predicate_modifier: str = ""
    author_label: str = ""
    reviewer_label: str = ""
    confidence: str = ""
    mapping_tool: str = ""
    mapping_tool_version: str = ""
    mapping_date: str = ""
    comment: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of subject and object."""
        return self.subject_id, self.object_id


@dataclass(frozen=True)
class Table:
    """A mapping set as a file has it: what its head says, and each row with its line."""

    head: Mapping[str, object]
    rows: tuple[tuple[int, Row], ...]


_SLOTS = tuple(one.name for one in fields(Row))


def write(rows: Iterable[Row], mapping_set: str, licence: str, **said: str) -> str:
    """Return a mapping set as TSV: its IRI, its licence, and whatever else is `said` of it."""
    ordered = sorted(rows, key=lambda row: (row.pair, row.predicate_id, row.predicate_modifier))
    used = [name for name in _SLOTS if any(getattr(row, name) for row in ordered)]
    columns = [name for name in _SLOTS if name in used or name in _REQUIRED]
    head = {
        "curie_map": _curie_map(ordered),
        "mapping_set_id": mapping_set,
        "license": licence,
        **said,
    }
    lines = yaml.safe_dump(head, sort_keys=True, allow_unicode=True, width=1000).splitlines()
    text = io.StringIO()
    text.writelines(f"# {line}\n" for line in lines)
    out = csv.DictWriter(text, columns, delimiter="\t", lineterminator="\n", extrasaction="ignore")
    out.writeheader()
    out.writerows({name: _flat(value) for name, value in asdict(row).items()} for row in ordered)
    return text.getvalue()


def read(path: Path) -> list[Row]:
    """Return the rows of a mapping set; columns that we do not know are left out.

    Raises:
        BadMapping: it is no SSSOM table: which line, and what is wrong with it.
    """
    return [row for _, row in table(path).rows]


def table(path: Path) -> Table:
    """Return a mapping set with what its head says, and the line of each row.

    Raises:
        BadMapping: it is no SSSOM table: which line, and what is wrong with it.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise BadMapping(f"{path.name} is not UTF-8: byte {fault.start}.") from fault
    above = list(_head(lines))
    found = csv.DictReader(lines[len(above) :], delimiter="\t")
    missing = [name for name in _REQUIRED[:3] if name not in (found.fieldnames or ())]
    if missing:
        raise BadMapping(f"{path.name} has no column {', '.join(missing)}: it is no SSSOM table.")
    rows = tuple((line, _row(one, path, line)) for line, one in enumerate(found, len(above) + 2))
    return Table(_said(above, path), rows)


def _row(found: dict[str, str | None], path: Path, line: int) -> Row:
    values = {name: (found.get(name) or "").strip() for name in _SLOTS}
    for name in _REQUIRED[:3]:
        if not values[name]:
            told = f"{name} is empty."
            raise BadMapping(f"{path.name}, line {line}: {told}", line, told)
    return Row(**values)


def _said(above: Iterable[str], path: Path) -> dict[str, object]:
    """Return what the head of a table says."""
    try:
        found = yaml.safe_load("\n".join(line.removeprefix("#") for line in above))
    except yaml.YAMLError as fault:
        raise BadMapping(f"{path.name}: the head is not YAML.") from fault
    if found is not None and not isinstance(found, dict):
        raise BadMapping(f"{path.name}: the head is YAML with names and values.")
    return found or {}


def _head(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            return
        yield line


def _curie_map(rows: Iterable[Row]) -> dict[str, str]:
    terms = (
        term
        for row in rows
        for term in (row.subject_id, row.object_id, row.predicate_id, row.mapping_justification)
    )
    prefixes = {term.partition(":")[0] for term in terms if "://" not in term}
    return {one: identifiers.space(one) for one in sorted(prefixes)}


def _flat(text: str) -> str:
    """Return a text without the line breaks and tabs that a table cannot hold."""
    return " ".join(text.split())
