"""Tables of mappings beside the records: each row as statements, in an `fp:Mapping` of its own.

`instances/mappings/<registry>.sssom.tsv` holds what was linked to one registry, and what is not the
same although it looks so (`predicate_modifier` Not). A row that holds is a claim of the source
that the head of its table names as `mapping_provider`: it puts the match into that source's graph.
A rejected one is a mapping only, and states no match.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from fingerpost import files
from fingerpost.errors import BadMapping, Unreadable
from fingerpost.graph import identifiers, sssom
from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.records import Record
from fingerpost.graph.sssom import NOT, Row, Table
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import (
    BASE,
    DATE,
    IDS,
    LABEL,
    MAPPING,
    PREFIXES,
    PROPERTY,
    SOURCE,
    STATED_ON,
    SUBJECT,
    TYPE,
    VALUE,
    Term,
    curie,
    term,
)

KIND = "mapping"
PROVIDER = "mapping_provider"
"""The word of a table's head for the source that its rows are of."""
_END = ".sssom.tsv"
_SOURCES = IDS + "source/"
_REVIEW = _SOURCES + "registry-review"
"""What we found ourselves."""
_COMMENT = term("rdfs:comment")
_DECIMAL = term("xsd:decimal")
_TEXTS = {
    "object_label": term("sssom:object_label"),
    "predicate_modifier": term("sssom:predicate_modifier"),
    "author_label": term("sssom:author_label"),
    "reviewer_label": term("sssom:reviewer_label"),
    "mapping_tool": term("sssom:mapping_tool"),
    "mapping_tool_version": term("sssom:mapping_tool_version"),
}
"""Column → the property by which the graph says the same, for columns that hold a text."""


def read(folder: Path) -> list[Record]:
    """Return each row of every table of `folder` as a record that knows its line.

    Raises:
        Unreadable: with the faults of all tables together, each with its line.
    """
    found: list[Record] = []
    faults: list[str] = []
    for path in files.tables(folder):
        try:
            found += _rows(path, sssom.table(path))
        except BadMapping as fault:
            faults.append(f"{path}:{fault.line}: {fault.told}")
        except Unreadable as fault:
            faults += fault.faults
    if faults:
        raise Unreadable(faults)
    return found


def canonical(path: Path, names: Mapping[str, str]) -> str:
    """Return a table in its canonical form: columns and rows in order, prefixes as needed.

    `names` are those of the records, by IRI: what a record is called stands in its file.

    Raises:
        Unreadable: it is no table of mappings.
    """
    try:
        table = sssom.table(path)
    except BadMapping as fault:
        raise Unreadable([f"{path}:{fault.line}: {fault.told}"]) from fault
    return written((_tidied(row, names) for _, row in table.rows), table.head)


def path(folder: Path, registry: str) -> Path:
    """Return the table of a registry beside the records of a folder."""
    return folder / "mappings" / f"{registry}{_END}"


def head(table: Path) -> dict[str, object]:
    """Return the head of a new table."""
    registry = table.name.removesuffix(_END)
    return {
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        PROVIDER: _REVIEW,
        "mapping_set_id": f"{BASE}mappings/{registry}",
        "mapping_set_title": f"Fingerpost to {NAMES.get(registry, registry)}",
    }


def written(found: Iterable[Row], said: Mapping[str, object]) -> str:
    """Return a table of mappings as text, under what is said in its head."""
    kept = {name: str(value) for name, value in said.items() if name != "curie_map"}
    mapping_set, licence = kept.pop("mapping_set_id", ""), kept.pop("license", "")
    return sssom.write(found, mapping_set, licence, **kept)


def slug(row: Row) -> str:
    """Return the last part of the IRI of a mapping."""
    subject = row.subject_id.partition(":")[2].replace("/", "-")
    object_ = row.object_id.replace(":", "-").replace(".", "-").replace("_", "-").lower()
    return f"{subject}-{object_}"


def statements(row: Row, source: NamedNode) -> Iterator[Statement]:
    """Yield what the graph says of a mapping of that source."""
    node = term(f"{KIND}:{slug(row)}")
    subject, object_ = (NamedNode(identifiers.iri(one)) for one in row.pair)
    predicate, justification = term(row.predicate_id), term(row.mapping_justification)
    rejected = row.predicate_modifier == NOT
    said: list[tuple[NamedNode, Term]] = [
        (TYPE, MAPPING),
        (LABEL, Literal(_name(row), language="en")),
        (term("sssom:subject_id"), subject),
        (term("sssom:predicate_id"), predicate),
        (term("sssom:object_id"), object_),
        (term("sssom:mapping_justification"), justification),
        (SOURCE, source),
    ]
    if row.confidence:
        said.append((term("sssom:confidence"), Literal(row.confidence, datatype=_DECIMAL)))
    if row.mapping_date:
        said.append((STATED_ON, Literal(row.mapping_date, datatype=DATE)))
    for column, property_ in _TEXTS.items():
        if text := getattr(row, column):
            said.append((property_, Literal(text)))
    if row.comment:
        said.append((_COMMENT, Literal(row.comment, language="en")))
    if not rejected:
        said += [(SUBJECT, subject), (PROPERTY, predicate), (VALUE, object_)]
    return (Statement(node, property_, value) for property_, value in said)


def _rows(path: Path, table: Table) -> list[Record]:
    registry = path.name.removesuffix(_END)
    faults = [f"{path}:1: {fault}" for fault in _head_faults(registry, table.head)]
    seen: dict[str, int] = {}
    for line, row in table.rows:
        faults += [f"{path}:{line}: {fault}" for fault in _row_faults(registry, row)]
        first = seen.setdefault(slug(row), line)
        if first != line:
            faults.append(f"{path}:{line}: this pair stands in line {first} already.")
    if faults:
        raise Unreadable(faults)
    source = NamedNode(str(table.head[PROVIDER]))
    return [
        Record(path, KIND, slug(row), tuple(statements(row, source)), line)
        for line, row in table.rows
    ]


def _head_faults(registry: str, head: Mapping[str, object]) -> Iterator[str]:
    if registry not in NAMES:
        yield f'"{registry}" is no registry: a table is named after one of {", ".join(NAMES)}.'
    for name in ("mapping_set_id", "license"):
        if not head.get(name):
            yield f"the head does not say {name}."
    if not str(head.get(PROVIDER, "")).startswith(_SOURCES):
        yield f"the head names no source of ours as {PROVIDER}: {_SOURCES}…"


def _row_faults(registry: str, row: Row) -> Iterator[str]:
    if not row.subject_id.startswith("fingerpost:") or row.subject_id.count("/") != 1:
        yield f"subject_id is fingerpost:<kind>/<slug>, not {row.subject_id}."
    if not identifiers.curie(identifiers.iri(row.object_id)).startswith(f"{registry}:"):
        yield f"object_id is no identifier of {NAMES.get(registry, registry)}: {row.object_id}."
    for name, value, prefix in (
        ("predicate_id", row.predicate_id, "skos:"),
        ("mapping_justification", row.mapping_justification, "semapv:"),
    ):
        if not value.startswith(prefix):
            yield f"{name} is {prefix}…, not {value or 'empty'}."
    if row.confidence and not _is_number(row.confidence):
        yield f"confidence is a number from 0 to 1, not {row.confidence}."


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()


def _name(row: Row) -> str:
    name = row.subject_label or row.subject_id
    joined = "is not" if row.predicate_modifier == NOT else "is"
    prefix, _, local = row.object_id.partition(":")
    other = row.object_label or local
    return f"{name} {joined} {other} ({NAMES.get(prefix, prefix)})"


def _tidied(row: Row, names: Mapping[str, str]) -> Row:
    sure = f"{float(row.confidence):g}" if _is_number(row.confidence) else row.confidence
    return replace(row, subject_label=_called(row, names), confidence=sure)


def _called(row: Row, names: Mapping[str, str]) -> str:
    return names.get(identifiers.iri(row.subject_id), row.subject_label)


def row(triples: Iterable[Statement], names: Mapping[str, str]) -> Row:
    """Return the row that a mapping of the graph was made of, or could be.

    `names` are those of the records, by IRI.

    Raises:
        KeyError: the statements are not those of a mapping.
    """
    said = {triple.predicate: triple.object for triple in triples}
    subject, object_ = (_text(said[term(f"sssom:{end}_id")]) for end in ("subject", "object"))
    found = Row(
        subject_id=f"fingerpost:{subject.removeprefix(IDS)}",
        predicate_id=curie(_text(said[term("sssom:predicate_id")])),
        object_id=identifiers.curie(object_) or object_,
        mapping_justification=curie(_text(said[term("sssom:mapping_justification")])),
        confidence=_text(said.get(term("sssom:confidence"))),
        mapping_date=_text(said.get(STATED_ON)),
        comment=_text(said.get(_COMMENT)),
        **{column: _text(said.get(property_)) for column, property_ in _TEXTS.items()},
    )
    return _tidied(found, names)


def rows(triples: Iterable[Statement]) -> dict[str, Row]:
    """Return the mappings that statements speak of, by IRI, with the names that stand in them.

    Raises:
        KeyError: a mapping does not say what it maps.
    """
    names: dict[str, str] = {}
    nodes: dict[str, list[Statement]] = defaultdict(list)
    for one in triples:
        if not isinstance(one.subject, NamedNode):
            continue
        if one.subject.value.startswith(PREFIXES[KIND]):
            nodes[one.subject.value].append(one)
        elif one.predicate == LABEL and _is_english(one.object):
            known, name = one.subject.value, _text(one.object)
            names[known] = min(names.get(known, name), name)
    return {iri: row(its, names) for iri, its in nodes.items()}


def _is_english(value: Term) -> bool:
    return isinstance(value, Literal) and value.language == "en"


def _text(value: Term | None) -> str:
    return value.value if isinstance(value, Literal | NamedNode) else ""
