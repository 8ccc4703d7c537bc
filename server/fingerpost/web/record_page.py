"""What the page of a record shows, in the order in which it shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fingerpost.engine import Engine, rows
from fingerpost.graph import identifiers
from fingerpost.graph.vocabulary import BASE, Term, curie, kind_and_slug, term
from fingerpost.publish import places, record
from fingerpost.publish.record import Record
from fingerpost.publish.statements import Statements
from fingerpost.recommend.places import name_of
from fingerpost.web import language, neighbourhood, neighbours
from fingerpost.web.matched import Matched, matched
from fingerpost.web.neighbourhood import Drawing, Part

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term (MIN(?label) AS ?name)
WHERE { ?term rdfs:label ?label . FILTER (LANG(?label) = "en") }
GROUP BY ?term
"""
_ELSEWHERE = frozenset(
    term(one).value
    for one in (
        *("skos:prefLabel", "dct:description", "skos:definition", "dct:source", "dct:modified"),
        *("skos:broaderTransitive", "skos:narrowerTransitive", "fp:concernsData"),
        *("fp:subject", "fp:property", "fp:value"),
    )
)
"""What the page says at another place, or what follows from what it says."""
_FIRST = tuple(
    term(one if ":" in one else f"fp:{one}").value
    for one in (
        *("schema:url", "accepts", "produces", "supports", "offersTechnique", "yields", "usedIn"),
        *("forData", "inPhase", "underCondition", "strength", "recommends", "warnsAgainst"),
        *("access", "eligibleAffiliation", "eligibleCountry", "eligibleInstitution", "cost"),
        *("costNote", "sizeLimit", "personalData", "dataStage", "onlyFor", "excludes"),
        *("allowsEmbargo", "howToApply", "applicationPage", "submissionGuide", "takesStandard"),
        *("takesFormat", "mintsIdentifier", "licenceChoice", "operatedBy", "country", "reach"),
    )
)
"""What a reader looks for first, in this order; the rest follows by name."""
_LAST = term("rdf:type").value


@dataclass(frozen=True)
class Value:
    """A value as it is read: a text, with the address that it leads to, its language, its date."""

    text: str
    href: str = ""
    language: str = ""
    date: bool = False


@dataclass(frozen=True)
class Fact:
    """A property by its name, and its values."""

    name: str
    values: list[Value]
    id: str = ""


@dataclass(frozen=True)
class Claim:
    """What some source says of one property, and when."""

    id: str
    property: str
    value: list[Value]
    sources: list[Value]
    stated: str
    begin: str
    end: str


@dataclass(frozen=True)
class View:
    """The parts of the page; `status` is empty while the thing is in use."""

    status: str
    ended: list[Fact]
    facts: list[Fact]
    claims: list[Claim]
    matched: list[Matched]
    guidance: list[Value]
    sources: list[Value]
    leading: list[Fact]
    all_leading: bool
    near: list[Part]
    wide: Drawing | None
    narrow: Drawing | None


class _Told(Statements):
    """What is said of a record, with the names that things have in the language of the reader."""

    def __init__(self, said: Statements, names: Mapping[str, str]) -> None:
        super().__init__(said.triples)
        self.names = names


def view(found: Record, engine: Engine, names: Mapping[str, str] | None = None) -> View:
    """Return what the page of a record shows; `names` are those of another language, by IRI."""
    labels = {row["term"]: row["name"] for row in rows.select(engine, _LABELS)}
    about, iri = _Told(found.about, names or {}), found.iri
    advice = [node for node in about.subjects() if iri in about.of(node, "fp:recommends")]
    leading, number = _leading(about, iri, labels)
    groups = neighbours.groups(
        found, lambda name: _label(term(name).value, labels), lambda node: _value(about, node)
    )
    near = neighbourhood.parts(groups)
    own = _value(about, iri)
    return View(
        status=_status(about, iri),
        ended=_facts(about, iri, labels, _ENDING),
        facts=_facts(about, iri, labels, None),
        claims=[_claim(about, node, labels) for node in _about(about, iri)],
        matched=matched(about, iri),
        guidance=[_value(about, node) for node in advice],
        sources=[_value(about, node) for node in about.iris(iri, "dct:source")],
        leading=leading,
        all_leading=number < record.MOST,
        near=near,
        wide=neighbourhood.wide(own, near) if near else None,
        narrow=neighbourhood.narrow(own, near) if near else None,
    )


_ENDING = frozenset(
    term(one).value
    for one in (
        *("fp:endedOn", "fp:endedNotLaterThan", "fp:supersededOn", "fp:lastSeenOn"),
        *("dct:isReplacedBy", "fp:inferredSuccessor"),
    )
)
"""What is said of the end of a thing."""


def _status(about: _Told, iri: NamedNode) -> str:
    found = [one for one in about.iris(iri, "fp:status") if not one.value.endswith("/active")]
    return ", ".join(about.name(one) or curie(one.value) for one in found)


def _facts(
    about: _Told, iri: NamedNode, labels: Mapping[str, str], only: Iterable[str] | None
) -> list[Fact]:
    found = []
    for property_, values in sorted(about.properties(iri), key=_order):
        if property_.value in _ELSEWHERE or (only is not None and property_.value not in only):
            continue
        told = [value for value in values if not _in_registry(property_, value)]
        if not told:
            continue
        shown = [_value(about, value) for value in told]
        if property_ == _IDENTIFIER:
            shown = [Value(one.text, identifiers.iri(one.text)) for one in shown]
        elif property_ in _COUNTRIES:
            shown = [Value(name_of(one.text)) for one in shown]
        found.append(Fact(_label(property_.value, labels), shown, _place(property_)))
    return found


def _in_registry(property_: NamedNode, value: Term) -> bool:
    """Say whether it is a match with the record of a registry, which stands apart."""
    if not curie(property_.value).endswith("Match") or not isinstance(value, NamedNode):
        return False
    return bool(identifiers.curie(value.value))


def _order(said: tuple[NamedNode, list[Term]]) -> tuple[int, bool]:
    iri = said[0].value
    return _FIRST.index(iri) if iri in _FIRST else len(_FIRST), iri == _LAST


def _about(about: _Told, iri: NamedNode) -> list[NamedNode]:
    """Return the claims in the record's own file; what we have linked stands apart."""
    claims = (node for node in about.subjects() if "#" in node.value)
    return [node for node in claims if iri in about.of(node, "fp:subject")]


def _claim(about: _Told, node: NamedNode, labels: Mapping[str, str]) -> Claim:
    (property_,) = about.iris(node, "fp:property")[:1] or [node]
    values = about.of(node, "fp:value")
    return Claim(
        id=node.value.partition("#")[2],
        property=_label(property_.value, labels),
        value=[_value(about, one) for one in values] or [Value(_amount(about, node))],
        sources=[_value(about, one) for one in about.iris(node, "dct:source")],
        stated=about.text(node, "fp:statedOn"),
        begin=about.text(node, "fp:validFrom"),
        end=about.text(node, "fp:validUntil"),
    )


def _amount(about: _Told, node: NamedNode) -> str:
    """Return a size limit in words."""
    if about.text(node, "fp:unlimited") == "true":
        return "unlimited"
    per = about.text(node, "fp:per")
    parts = [about.text(node, "fp:amount"), about.text(node, "fp:unit"), per and f"per {per}"]
    said = " ".join(part for part in parts if part)
    return f"{said}, more on request" if about.text(node, "fp:soft") == "true" else said


def _stated(about: _Told, node: NamedNode) -> str:
    """Return who says what a claim says, and when."""
    names = [about.name(one) for one in about.iris(node, "dct:source")]
    return ", ".join(part for part in (*names, about.text(node, "fp:statedOn")) if part)


def _leading(about: _Told, iri: NamedNode, labels: Mapping[str, str]) -> tuple[list[Fact], int]:
    """Return what leads to the thing by property, and how many things that are."""
    by_property: dict[NamedNode, list[Value]] = defaultdict(list)
    for triple in about.triples:
        subject = triple.subject
        if triple.object != iri or not isinstance(subject, NamedNode):
            continue
        if "#" in subject.value or triple.predicate.value in _NOT_LEADING:
            continue
        by_property[triple.predicate].append(_value(about, subject))
    facts = sorted(
        (
            Fact(_label(one.value, labels), values, _place(one))
            for one, values in by_property.items()
        ),
        key=lambda fact: (fact.name, fact.id),
    )
    return facts, sum(len(fact.values) for fact in facts)


_NOT_LEADING = _ELSEWHERE - {term("dct:source").value} | {term("sssom:subject_id").value}
_IDENTIFIER = term("fp:registryIdentifier")
_COUNTRIES = frozenset({term("fp:country"), term("fp:eligibleCountry")})


def _value(about: _Told, value: Term) -> Value:
    if isinstance(value, Literal):
        dated = value.datatype.value.rpartition("#")[2] in {"date", "gYear", "gYearMonth"}
        return Value(value.value, language=value.language or "", date=dated)
    if not isinstance(value, NamedNode):
        return Value(str(value))
    if "#" in value.value and about.of(value, "fp:subject"):
        amount = f"{_amount(about, value)} ({_stated(about, value)})"
        return Value(amount, f"#{value.value.partition('#')[2]}")
    if value.value in about.names:
        return Value(about.names[value.value], _href(value.value), language.SWEDISH)
    text = about.name(value) or curie(value.value)
    return Value(text, _href(value.value))


def _href(iri: str) -> str:
    """Return where a value leads: to its page here, or to its own address on the web."""
    if iri.startswith(BASE):
        return places.path(iri) if kind_and_slug(iri) or "/id/" not in iri else ""
    return iri if iri.startswith(("https://", "http://")) else ""


def _place(property_: NamedNode) -> str:
    return neighbours.place(curie(property_.value))


def _label(iri: str, labels: Mapping[str, str]) -> str:
    return labels.get(iri) or iri.rpartition("#")[2].rpartition("/")[2]
