"""What may be said of a record of a kind, as the ontology and the shapes say.

Each property has an example in the ontology, which shows the form of its values. Which are
required, and which texts may stand, say the shapes.
"""

import re
from dataclasses import dataclass

from pyoxigraph import Quad, Store

from fingerpost.engine import Engine, rows
from fingerpost.engine.local import Local
from fingerpost.engine.rows import Row
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.vocabulary import KINDS, RESOURCE_KINDS, curie, local_name, term

_BORROWED = {
    "name": ("skos:prefLabel", '"BioImage Archive"@en'),
    "alternativeName": ("skos:altLabel", '"BIA"@en'),
    "description": ("dct:description", '"A public repository for images."@en'),
    "url": ("schema:url", "<https://www.ebi.ac.uk/bioimage-archive/>"),
    "seeAlso": ("rdfs:seeAlso", "<https://doi.org/10.5281/zenodo.5110060>"),
    "email": ("schema:email", '"desk@example.org"'),
    "note": ("skos:scopeNote", '"Images of any kind but medical ones."@en'),
    "identifier": ("dct:identifier", '"bia"'),
    "source": ("dct:source", "source:rdmkit-repository"),
    "isPartOf": ("dct:isPartOf", "compute:uppmax or guideline:rdmkit"),
    "isReplacedBy": ("dct:isReplacedBy", "compute:arrhenius or storage:grus"),
    "date": ("dct:date", '"2026-07-31"^^xsd:date'),
    "publisher": ("dct:publisher", "organization:elixir"),
    "licence": ("dct:license", "<https://creativecommons.org/licenses/by/4.0/>"),
}
"""The properties of other vocabularies that records use, each with an example."""

_NOT_SAID = frozenset(
    "concernsData yields subject property value order weight favours onlyIfStated personalByNature"
    " amount unit per soft unlimited sizeLimit validFrom validUntil".split()
)
"""Properties of concepts, claims and criteria, and what is only inferred."""

_OF_SOURCES = frozenset({"bareList", "date", "publisher", "licence", "retrievedOn", "version"})
_ANY_KIND = frozenset({"isPartOf", "isReplacedBy", "inferredSuccessor", "recommends"})
_DATES = (
    "startedOn",
    "endedOn",
    "endedNotLaterThan",
    "supersededOn",
    "lastSeenOn",
    "statedOn",
    "date",
)
"""Dates that are as precise as their source; any other is a day."""

_PROPERTIES = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?property ?definition ?example ?domain
WHERE {
  ?property rdfs:isDefinedBy ?ontology ; skos:definition ?definition ; skos:example ?example .
  OPTIONAL { ?property rdfs:domain ?domain }
  FILTER (REGEX(STR(?property), "#[a-z]"))
}
ORDER BY ?property
"""
_RULES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?property ?least ?most ?pattern ?message
  (GROUP_CONCAT(?choice; SEPARATOR = "\\n") AS ?choices)
WHERE {
  <%s> rdfs:subClassOf* ?class .
  ?target sh:targetClass ?class ; sh:property ?shape .
  ?shape sh:severity sh:Violation ;
    sh:path/(sh:alternativePath/rdf:rest*/rdf:first)? ?property .
  FILTER (ISIRI(?property))
  OPTIONAL { ?shape sh:minCount|sh:qualifiedMinCount ?least }
  OPTIONAL { ?shape sh:maxCount|sh:qualifiedMaxCount ?most }
  OPTIONAL { ?shape sh:pattern ?pattern }
  OPTIONAL { ?shape sh:message ?message }
  OPTIONAL { ?shape sh:in/rdf:rest*/rdf:first ?choice FILTER (!ISIRI(?choice)) }
}
GROUP BY ?property ?shape ?least ?most ?pattern ?message
ORDER BY ?property ?shape
"""


@dataclass(frozen=True)
class Field:
    """A property as people give it.

    `form` is text, string, address, date, day, number, truth, duration or thing; a thing is
    of one of `kinds`. Of a text only what is in `choices`, or matches `pattern`, may stand.
    """

    name: str
    property: str
    form: str
    help: str
    required: bool = False
    single: bool = False
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    pattern: str = ""


SOURCE = Field(
    "source", "dct:source", "thing", "Name a source that has a record.", kinds=("source",)
)
STATED_ON = Field("date", "fp:statedOn", "date", "Say when the source says so.")


def terms(folders: Folders) -> Engine:
    """Return the ontology and the shapes of the data folders, to be asked for fields.

    Raises:
        Unreadable: a file is not Turtle.
    """
    triples = (*records.terminology(folders.ontology), *records.terminology(folders.shapes))
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return Local(store)


def fields(kind: str, engine: Engine) -> dict[str, Field]:
    """Return the fields of a kind of record by their names, the required ones first.

    `engine` holds the ontology and the shapes, as `terms` returns them.
    """
    rules: dict[str, list[Row]] = {}
    for row in rows.select(engine, _RULES % term(f"fp:{KINDS[kind]}").value):
        rules.setdefault(curie(row["property"]), []).append(row)
    known = {one.name: one for one in _BORROWED_FIELDS if _borrowed(one.name, kind)}
    for row in rows.select(engine, _PROPERTIES):
        name = local_name(row["property"])
        if name not in _NOT_SAID and _declared(row, kind, ruled=curie(row["property"]) in rules):
            known[name] = _field(name, curie(row["property"]), row["example"], row["definition"])
    found = [_ruled(one, rules.get(one.property, [])) for one in known.values()]
    return {one.name: one for one in sorted(found, key=_order)}


def _borrowed(name: str, kind: str) -> bool:
    """Return whether a borrowed property is said of a kind: where it comes from, and the rest."""
    return kind == "source" if name in _OF_SOURCES else (name, kind) != ("source", "source")


def _declared(row: Row, kind: str, *, ruled: bool) -> bool:
    """Return whether a property of the ontology is said of a kind."""
    if local_name(row["property"]) in _OF_SOURCES:
        return kind == "source"
    domain = curie(row.get("domain", ""))
    if domain == "fp:Resource" or not domain:
        return ruled or kind in RESOURCE_KINDS
    return ruled or domain == f"fp:{KINDS[kind]}"


def _field(name: str, property_: str, example: str, help_: str = "") -> Field:
    form, kinds = _form(name, example)
    return Field(name, property_, form, help_, kinds=kinds)


def _form(name: str, example: str) -> tuple[str, tuple[str, ...]]:
    """Return the form of a value that looks like `example`, and of what kinds a thing may be."""
    if example.startswith("<"):
        return "address", ()
    if "^^xsd:duration" in example:
        return "duration", ()
    if "^^xsd:" in example:
        return ("date" if name in _DATES else "day"), ()
    if example.startswith('"'):
        return ("text" if example.endswith("@en") else "string"), ()
    if example in ("true", "false"):
        return "truth", ()
    if re.fullmatch(r"[0-9.]+", example):
        return "number", ()
    if name in _ANY_KIND:
        return "thing", tuple(kind for kind in KINDS if kind not in ("guidance", "source"))
    return "thing", tuple(re.findall(r"([a-z-]+):", example))


def _ruled(one: Field, rules: list[Row]) -> Field:
    """Return the field with what the shapes demand of it."""
    choices = [choice for row in rules for choice in row.get("choices", "").split("\n") if choice]
    messages = [row["message"] for row in rules if int(row.get("least", "0"))] or [one.help]
    return Field(
        name=one.name,
        property=one.property,
        form=one.form,
        help=messages[0] or "",
        required=any(int(row.get("least", "0")) for row in rules),
        single=any(row.get("most") == "1" for row in rules),
        kinds=one.kinds,
        choices=tuple(choices),
        pattern=next((row["pattern"] for row in rules if "pattern" in row), ""),
    )


_FIRST = ("name", "description", "url", "source")


def _order(one: Field) -> tuple[bool, int, str]:
    rank = _FIRST.index(one.name) if one.name in _FIRST else len(_FIRST)
    return (not one.required, rank, one.name)


_BORROWED_FIELDS = tuple(_field(name, *said) for name, said in _BORROWED.items())
