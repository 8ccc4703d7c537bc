"""Records before they are files: made from fields, held against the shapes, written all at once."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from fingerpost import clock, formatting
from fingerpost.curation.fields import Field
from fingerpost.errors import BadParameter
from fingerpost.files import Folders
from fingerpost.graph import canonical, dataset, records
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import (
    CLAIM,
    DATE,
    KINDS,
    PROPERTY,
    SOURCE,
    STATED_ON,
    SUBJECT,
    TYPE,
    VALUE,
    curie,
    record_iri,
    term,
)

Value = NamedNode | Literal
Said = Mapping[str, Sequence[Value]]
"""Name of a field → its values."""

DEFAULTS = {"status": "active"}
"""What goes without saying of a new record."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MODIFIED = term("dct:modified")


@dataclass(frozen=True)
class Stated:
    """Who says what is said, and when."""

    source: NamedNode
    on: Literal


def slug(name: str) -> str:
    """Return the slug that a name suggests, in kebab-case; it may be empty."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))[:80].strip(
        "-"
    )


def place(folders: Folders, kind: str, name: str) -> Path:
    """Return the file of a record.

    Raises:
        BadParameter: the kind is none, or the slug is not in kebab-case.
    """
    if kind not in KINDS:
        raise BadParameter(f'"{kind}" is no kind: a record is one of {", ".join(KINDS)}.')
    if not _SLUG.fullmatch(name):
        raise BadParameter(f'"{name}" is no slug: small letters, digits and single hyphens.')
    return folders.instances / kind / f"{name}.ttl"


def new(path: Path, said: Said, fields: Mapping[str, Field]) -> Record:
    """Return a record that states what is said, as of today."""
    kind, name = path.parent.name, path.stem
    node = NamedNode(record_iri(kind, name))
    triples = {
        Statement(node, TYPE, term(f"fp:{KINDS[kind]}")),
        Statement(node, _MODIFIED, _today()),
    }
    for field, values in said.items():
        triples |= {Statement(node, term(fields[field].property), value) for value in values}
    return Record(path, kind, name, tuple(triples))


def amended(record: Record, said: Said, fields: Mapping[str, Field], by: Stated) -> Record:
    """Return the record with a claim for everything that it does not state yet.

    Nothing is taken away, and what contradicts stands beside. A record that states all of it
    is returned as it is.
    """
    known = dataset.about(set(record.triples)) | set(record.triples)
    added: list[Statement] = []
    for field, values in said.items():
        property_ = term(fields[field].property)
        for value in values:
            if Statement(record.node, property_, value) not in known:
                added += _claim(record, [*record.triples, *added], property_, value, by)
    if not added:
        return record
    return touched(Record(record.path, record.kind, record.slug, (*record.triples, *added)))


def touched(record: Record) -> Record:
    """Return the record as one that was changed today."""
    kept = [t for t in record.triples if (t.subject, t.predicate) != (record.node, _MODIFIED)]
    edited = Statement(record.node, _MODIFIED, _today())
    return Record(record.path, record.kind, record.slug, (*kept, edited))


def problems(folders: Folders, drafts: Iterable[Record]) -> list[str]:
    """Return what the shapes have against the records once the drafts are among them.

    Raises:
        Unreadable, UnappliedAxiom: the files that are there cannot be used.
    """
    # rdflib, owlrl and pyshacl are slow to import, and who only reads needs none of them.
    from fingerpost import build

    drawn = {draft.path: draft for draft in drafts}
    there = {record.path: record for record in records.records(folders.instances)}
    terminology = records.terminology(folders.ontology)
    shapes = records.terminology(folders.shapes)
    together = dataset.assemble(terminology, shapes, (there | drawn).values())
    ours = {curie(draft.node.value) for draft in drawn.values()}
    ours |= {draft.node.value for draft in drawn.values()}
    return [
        build.explain(result)
        for result in build.derive(together).report.violations
        if result.focus.partition("#")[0] in ours
    ]


def save(drafts: Iterable[Record]) -> None:
    """Write the drafts in canonical form: all are on the disk before the first takes its place.

    Raises:
        SettingFault: a folder cannot be written; then no file has changed.
    """
    formatting.put({draft.path: canonical.turtle(draft) for draft in drafts})


def _claim(
    record: Record, known: list[Statement], property_: NamedNode, value: Value, by: Stated
) -> list[Statement]:
    node = _free(record, known, property_)
    return [
        Statement(node, TYPE, CLAIM),
        Statement(node, SUBJECT, record.node),
        Statement(node, PROPERTY, property_),
        Statement(node, VALUE, value),
        Statement(node, SOURCE, by.source),
        Statement(node, STATED_ON, by.on),
    ]


def _free(record: Record, known: list[Statement], property_: NamedNode) -> NamedNode:
    """Return an address for a claim about a property that no other has."""
    taken = {t.subject for t in known}
    local = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", curie(property_.value).partition(":")[2]).lower()
    number = 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        node = NamedNode(f"{record.node.value}#claim-{local}{suffix}")
        if node not in taken:
            return node
        number += 1


def _today() -> Literal:
    return Literal(clock.today().isoformat(), datatype=DATE)
