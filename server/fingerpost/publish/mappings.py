"""All mappings to the records of registries: what we have linked, and what sources say.

A claim of an identifier is a mapping too; where a row of ours is about the same pair, it is one
mapping, and all who say so are its sources. As RDF they are written as SSSOM is
(https://mapping-commons.github.io/sssom/): each with the reified statement that it is about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.engine import Engine, rows
from fingerpost.graph import identifiers, mappings, sssom
from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.sssom import NOT, Row
from fingerpost.graph.statement import statement
from fingerpost.graph.vocabulary import BASE, IDS, SOURCE, kind_and_slug, term
from fingerpost.publish.record import day
from fingerpost.publish.statements import Statements, whole
from fingerpost.publish.terms import LICENCE, english, name, say

SET = BASE + "mappings"
TITLE = "Fingerpost to registries"
REJECTED = "rejected"
PREDICATES = {
    "exact": "the same",
    "close": "close",
    "broad": "wider there",
    "narrow": "narrower there",
    "related": "related",
    REJECTED: "not the same",
}
"""How two records match, and what it is called."""

_TEXTS = (
    *("subject_label", "object_label", "author_label", "reviewer_label"),
    *("mapping_tool", "mapping_tool_version"),
)
_DAY = len("2026-11-21")
_UNSPECIFIED = "semapv:UnspecifiedMatching"
_MAPPINGS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
CONSTRUCT { ?mapping ?property ?value }
WHERE { ?mapping a fp:Mapping ; ?property ?value }
"""
_CLAIMS = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT ?claim ?record ?identifier ?source ?stated
WHERE {
  ?claim a fp:Claim ;
    fp:property fp:registryIdentifier ;
    fp:subject ?record ;
    fp:value ?identifier ;
    dct:source ?source ;
    fp:statedOn ?stated .
  FILTER NOT EXISTS { ?claim fp:validUntil ?until }
}
ORDER BY ?record ?identifier ?claim ?source
"""
_NAMES = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?record (MIN(?label) AS ?name)
WHERE {
  VALUES ?class { fp:Resource fp:Organization }
  ?record a ?class ; skos:prefLabel ?label .
  FILTER (LANG(?label) = "en")
}
GROUP BY ?record
"""


@dataclass(frozen=True)
class Mapping:
    """A mapping by its IRI, that of a claim where only a source says so; `row` is what it says."""

    iri: str
    row: Row
    sources: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The IRI of our record."""
        return identifiers.iri(self.row.subject_id)

    @property
    def object(self) -> str:
        """The IRI of the registry's record."""
        return identifiers.iri(self.row.object_id)

    @property
    def registry(self) -> str:
        """The prefix of the registry."""
        return self.row.object_id.partition(":")[0]

    @property
    def kind(self) -> str:
        """The kind of our record."""
        return (kind_and_slug(self.subject) or ("", ""))[0]

    @property
    def rejected(self) -> bool:
        """Whether the two are not the same."""
        return self.row.predicate_modifier == NOT

    @property
    def match(self) -> str:
        """One of `PREDICATES`."""
        if self.rejected:
            return REJECTED
        return self.row.predicate_id.removeprefix("skos:").removesuffix("Match")


def all_(engine: Engine) -> tuple[Mapping, ...]:
    """Return every mapping, in the order of our records and the registries' identifiers."""
    names = {row["record"]: row["name"] for row in rows.whole(engine, _NAMES)}
    found = {one.row.pair: one for one in _linked(engine, names)}
    for one in _claimed(engine, names):
        known = found.setdefault(one.row.pair, one)
        sources = tuple(dict.fromkeys((*known.sources, *one.sources)))
        found[one.row.pair] = replace(known, sources=sources)
    return tuple(found[pair] for pair in sorted(found))


def write(found: Iterable[Mapping]) -> str:
    """Return mappings as a mapping set in SSSOM's TSV."""
    return sssom.write(
        (one.row for one in found),
        SET,
        LICENCE.value,
        mapping_set_title=TITLE,
        mapping_set_description="Which records of registries are about what ours are about, "
        "and which are not although they look alike.",
    )


def statements(found: Iterable[Mapping]) -> Iterator[Triple]:
    """Yield mappings as a mapping set in SSSOM's RDF, and the matches that hold."""
    whole = NamedNode(SET)
    yield from say(
        whole,
        ("rdf:type", name("sssom:MappingSet")),
        ("sssom:mapping_set_id", whole),
        ("dct:title", english(TITLE)),
        ("dct:license", LICENCE),
        ("sssom:creator_label", Literal("The Fingerpost project")),
    )
    for one in found:
        yield Triple(whole, name("sssom:mappings"), NamedNode(one.iri))
        yield from _axiom(one)


def _axiom(one: Mapping) -> Iterator[Triple]:
    node, row = NamedNode(one.iri), one.row
    subject, predicate, object_ = NamedNode(one.subject), term(row.predicate_id), one.object
    yield from say(
        node,
        ("rdf:type", name("owl:Axiom")),
        ("owl:annotatedSource", subject),
        ("owl:annotatedProperty", predicate),
        ("owl:annotatedTarget", NamedNode(object_)),
        ("sssom:mapping_justification", term(row.mapping_justification)),
    )
    if one.rejected:
        yield Triple(node, name("sssom:predicate_modifier"), name("sssom:NegatedPredicate"))
    else:
        yield Triple(subject, predicate, NamedNode(object_))
    for slot in _TEXTS:
        if text := getattr(row, slot):
            yield Triple(node, name(f"sssom:{slot}"), Literal(text))
    yield from _qualified(node, row)
    yield from (Triple(node, SOURCE, NamedNode(source)) for source in one.sources)


def _qualified(node: NamedNode, row: Row) -> Iterator[Triple]:
    """Yield how sure a mapping is, when it was made, and why."""
    if row.confidence:
        confidence = Literal(row.confidence, datatype=term("xsd:double"))
        yield Triple(node, name("sssom:confidence"), confidence)
    if row.mapping_date:
        yield Triple(node, name("dct:created"), day(row.mapping_date))
    if row.comment:
        yield Triple(node, name("rdfs:comment"), Literal(row.comment))


def _linked(engine: Engine, names: dict[str, str]) -> Iterator[Mapping]:
    said = Statements(whole(engine, _MAPPINGS))
    by_node: dict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in said.triples:
        if isinstance(triple.subject, NamedNode):
            by_node[triple.subject].append(triple)
    for node, triples in by_node.items():
        sources = tuple(one.value for one in said.iris(node, "dct:source"))
        yield Mapping(node.value, mappings.row(map(statement, triples), names), sources)


def _claimed(engine: Engine, names: dict[str, str]) -> Iterator[Mapping]:
    for row in rows.whole(engine, _CLAIMS):
        if row["identifier"].partition(":")[0] not in NAMES:
            continue
        found = Row(
            subject_id=f"fingerpost:{row['record'].removeprefix(IDS)}",
            predicate_id="skos:exactMatch",
            object_id=row["identifier"],
            mapping_justification=_UNSPECIFIED,
            subject_label=names.get(row["record"], ""),
            mapping_date=row["stated"] if len(row["stated"]) == _DAY else "",
            comment="A source says so.",
        )
        yield Mapping(row["claim"], found, (row["source"],))
