"""Mappings as SSSOM: a table whose head says what it is (https://w3id.org/sssom/).

Written and read as TSV with its metadata embedded. A row with `predicate_modifier` Not says that
two things are not the same: whoever links them again is told so by it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from urllib.parse import quote

import yaml

from fingerpost.errors import BadMapping
from fingerpost.graph.vocabulary import PREFIXES

NOT = "Not"
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
SPACES = {
    "biotools": "https://bio.tools/",
    "fairsharing": "https://fairsharing.org/",
    "fingerpost": "https://w3id.org/fingerpost/id/",
    "orcid": "https://orcid.org/",
    "rdmkit": "https://rdmkit.elixir-europe.org/all_tools_and_resources#",
    "re3data": "https://www.re3data.org/repository/",
    "ror": "https://ror.org/",
    "rrid": "https://scicrunch.org/resolver/RRID:",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "wikidata": "http://www.wikidata.org/entity/",
}
"""Prefix of a CURIE → the namespace of the registry's own IRIs."""
_OTHER = "https://bioregistry.io/{}:"
"""Where Bioregistry resolves an identifier of any other prefix."""


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
    confidence: str = ""
    mapping_tool: str = ""
    mapping_tool_version: str = ""
    mapping_date: str = ""
    comment: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of subject and object."""
        return self.subject_id, self.object_id


_SLOTS = tuple(one.name for one in fields(Row))


def iri(curie: str) -> str:
    """Return the IRI that a registry itself gives to what a CURIE names; an IRI is its own."""
    if "://" in curie:
        return curie
    prefix, _, local = curie.partition(":")
    return SPACES.get(prefix, _OTHER.format(prefix)) + quote(local, safe="/:.-_~!$&'()*+,;=@%")


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
    table = csv.DictWriter(
        text, columns, delimiter="\t", lineterminator="\n", extrasaction="ignore"
    )
    table.writeheader()
    table.writerows({name: _flat(value) for name, value in asdict(row).items()} for row in ordered)
    return text.getvalue()


def read(path: Path) -> list[Row]:
    """Return the rows of a mapping set; columns that we do not know are left out.

    Raises:
        BadMapping: it is no SSSOM table: which line, and what is wrong with it.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise BadMapping(f"{path.name} is not UTF-8: byte {fault.start}.") from fault
    above = sum(1 for _ in _head(lines))
    table = csv.DictReader(lines[above:], delimiter="\t")
    missing = [name for name in _REQUIRED[:3] if name not in (table.fieldnames or ())]
    if missing:
        raise BadMapping(f"{path.name} has no column {', '.join(missing)}: it is no SSSOM table.")
    return [_row(found, f"{path.name}, line {above + n}") for n, found in enumerate(table, 2)]


def _row(found: dict[str, str | None], where: str) -> Row:
    values = {name: (found.get(name) or "").strip() for name in _SLOTS}
    for name in _REQUIRED[:3]:
        if not values[name]:
            raise BadMapping(f"{where}: {name} is empty.")
    return Row(**values)


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
    return {one: SPACES.get(one, _OTHER.format(one)) for one in sorted(prefixes)}


def _flat(text: str) -> str:
    """Return a text without the line breaks and tabs that a table cannot hold."""
    return " ".join(text.split())
