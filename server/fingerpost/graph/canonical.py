"""The one form in which a record is written, so that a change shows as the lines that changed."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import PREFIXES, TYPE, curie, term

_ORDER = [
    "rdf:type",
    "dct:identifier",
    "skos:prefLabel",
    "skos:altLabel",
    "fp:formerName",
    "dct:description",
    "schema:url",
    "fp:registryIdentifier",
    "fp:operatedBy",
    "fp:hostedBy",
    "fp:providedBy",
    "dct:isPartOf",
    "fp:country",
    "fp:reach",
    "fp:status",
    "fp:startedOn",
    "fp:endedOn",
    "fp:endedNotLaterThan",
    "fp:supersededOn",
    "fp:lastSeenOn",
    "dct:isReplacedBy",
    "fp:inferredSuccessor",
    "fp:accepts",
    "fp:produces",
    "fp:supports",
    "fp:usedIn",
    "fp:offersTechnique",
    "fp:inPhase",
    "fp:forData",
    "fp:underCondition",
    "fp:strength",
    "fp:topic",
    "fp:audience",
    "fp:recommends",
    "fp:subject",
    "fp:property",
    "fp:value",
]
_LAST = ["dct:source", "fp:statedOn", "fp:validFrom", "fp:validUntil", "dct:modified"]
_RANK = {term(name): rank for rank, name in enumerate(_ORDER)} | {
    term(name): 1000 + rank for rank, name in enumerate(_LAST)
}
_PLAIN = {term("xsd:integer"), term("xsd:decimal"), term("xsd:boolean")}
_STRING = term("xsd:string")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


def turtle(record: Record) -> str:
    """Return the record as Turtle: one statement a line, in a fixed order, prefixes as needed."""
    base = record.node.value
    blocks = _blocks(record.triples)
    body = "\n".join(_block(subject, blocks[subject], base) for subject in sorted(blocks))
    used = sorted(name for name in PREFIXES if f" {name}:" in body or f"^^{name}:" in body)
    head = [f"@base <{base}> .", *(f"@prefix {name}: <{PREFIXES[name]}> ." for name in used)]
    return "\n".join(head) + "\n\n" + body


def _blocks(triples: Iterable[Statement]) -> dict[str, dict[NamedNode, set[str]]]:
    blocks: dict[str, dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        subject = str(triple.subject).strip("<>")
        blocks[subject][triple.predicate].add(_term(triple.object, subject.partition("#")[0]))
    return blocks


def _block(subject: str, properties: dict[NamedNode, set[str]], base: str) -> str:
    lines = []
    for property_ in sorted(properties, key=lambda p: (_RANK.get(p, 500), p.value)):
        verb = "a" if property_ == TYPE else _iri(property_.value, base)
        objects = sorted(properties[property_])
        separator = " ,\n    "
        lines.append(f"  {verb} " + separator.join(objects))
    return f"{_iri(subject, base)}\n" + " ;\n".join(lines) + " .\n"


def _term(value: object, base: str) -> str:
    if isinstance(value, NamedNode):
        return _iri(value.value, base)
    if not isinstance(value, Literal):
        raise TypeError(f"a record holds IRIs and literals, not {value}")
    if value.datatype in _PLAIN:
        return value.value
    text = f'"{value.value.translate(_ESCAPES)}"'
    if value.language:
        return f"{text}@{value.language}"
    return text if value.datatype == _STRING else f"{text}^^{curie(value.datatype.value)}"


def _iri(iri: str, base: str) -> str:
    if iri == base or iri.startswith(base + "#"):
        return f"<{iri[len(base) :]}>"
    short = curie(iri)
    return f"<{iri}>" if short == iri else short
