"""What RDF says of things in DCAT's or schema.org's terms: Turtle, RDF/XML, JSON-LD, N-Triples.

A thing has one of the types below, and an IRI, or at least an address. Persons and contact points
are never read.
"""

import re
from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.vocabulary import PREFIXES, local_name
from fingerpost.registries import curies, statements
from fingerpost.registries.entry import Broken, Entry, Found
from fingerpost.registries.statements import NOWHERE, Statements, Term
from fingerpost.registries.values import WrongValue, broken, clean, day, prose, unique


def _iris(curies_: str) -> tuple[str, ...]:
    """Return the IRIs of prefixed names that are written one after the other."""
    split = (one.split(":") for one in curies_.split())
    return tuple(_SPACES.get(prefix, PREFIXES.get(prefix, "")) + local for prefix, local in split)


_SPACES = {"adms": "http://www.w3.org/ns/adms#", "r3d3": "http://www.re3data.org/schema/3-0/"}
_TYPES = frozenset(
    _iris(
        "dcat:Catalog dcat:DataService dcat:Dataset dcat:DatasetSeries dcat:Resource "
        "schema:CollegeOrUniversity schema:Corporation schema:Course schema:DataCatalog "
        "schema:Dataset schema:DefinedTermSet schema:GovernmentOrganization "
        "schema:LearningResource schema:NGO schema:Organization schema:ResearchOrganization "
        "schema:Service schema:SoftwareApplication schema:SoftwareSourceCode schema:WebAPI "
        "schema:WebApplication schema:WebSite foaf:Organization "
        "org:FormalOrganization org:Organization org:OrganizationalUnit dct:Standard "
        "r3d:Repository r3d3:Repository"
    )
)
_PERSONS = frozenset(_iris("foaf:Person schema:Person"))
_TYPE = _iris("rdf:type")
_NAMES = _iris("dct:title schema:name skos:prefLabel foaf:name rdfs:label")
_OTHERS = _iris("dct:alternative schema:alternateName skos:altLabel schema:legalName")
_HOMEPAGES = _iris("dcat:landingPage foaf:homepage schema:url foaf:landingpage foaf:page")
_DESCRIPTIONS = _iris("dct:description schema:description rdfs:comment")
_STATUS = _iris("adms:status schema:creativeWorkStatus")
_ACCESS = _iris("dct:accessRights schema:conditionsOfAccess")
_SUBJECTS = _iris("dcat:keyword schema:keywords dct:subject dcat:theme schema:about")
_ADDRESS = _iris("schema:address")
_COUNTRY = _iris("schema:addressCountry")
_IDENTIFIERS = _iris("dct:identifier schema:identifier adms:identifier")
_SAME = _iris("owl:sameAs schema:sameAs skos:exactMatch")
_WRITTEN = _iris("skos:notation schema:value schema:url")
_MODIFIED = _iris("dct:modified schema:dateModified")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_LANGUAGES = ("en", "")
"""Which name comes first; any other language comes after."""


def entries(data: bytes) -> Iterator[Found]:
    """Yield the things of a document, in its order.

    Raises:
        NotOfRegistry: it is no RDF.
    """
    found = statements.read(data)
    yield from found.broken
    for subject in found.said:
        kinds = _kinds(found, subject)
        if kinds and subject not in found.parts:
            yield _made(found, subject, kinds)


def _kinds(found: Statements, subject: Term) -> list[str]:
    """Return the types that are read; none of a person."""
    types = {one.value for one in found.values(subject, *_TYPE) if isinstance(one, NamedNode)}
    if types & _PERSONS:
        return []
    return sorted({local_name(one) for one in types if one in _TYPES})


def _made(found: Statements, subject: Term, kinds: list[str]) -> Entry | Broken:
    try:
        return _entry(found, subject, kinds)
    except WrongValue as fault:
        return broken(str(subject), fault)


def _entry(found: Statements, subject: Term, kinds: list[str]) -> Entry:
    names = list(_texts(found, subject, *_NAMES))
    if not names:
        raise WrongValue("name", "this is missing.")
    homepage = next(_addresses(found, subject), "")
    same = (_value(one) for one in found.values(subject, *_SAME))
    said = chain(_identifiers(found, subject), map(curies.curie, same))
    id_ = _id(subject, homepage)
    return Entry(
        id=id_,
        name=names[0],
        alt_names=unique(
            one for one in (*names[1:], *_texts(found, subject, *_OTHERS)) if one != names[0]
        ),
        homepage=homepage,
        description=prose(next(_texts(found, subject, *_DESCRIPTIONS), "")),
        kind=", ".join(kinds),
        status=next(_words(found, subject, *_STATUS), ""),
        access=unique(_words(found, subject, *_ACCESS)),
        subjects=unique(_subjects(found, subject)),
        countries=unique(_countries(found, subject)),
        identifiers=unique(one for one in said if one != id_),
        modified=next((day(one) for one in _texts(found, subject, *_MODIFIED)), ""),
    )


def _id(subject: Term, homepage: str) -> str:
    """Return the CURIE of an IRI, or else itself; a thing without one goes by its address."""
    iri = subject.value if isinstance(subject, NamedNode) else ""
    if not iri or iri.startswith(NOWHERE):
        iri = homepage
    if not iri:
        raise WrongValue("id", "this has neither an IRI nor an address.")
    return curies.curie(iri) or iri


def _texts(found: Statements, subject: Term, *properties: str) -> Iterator[str]:
    """Yield texts of the first property first, and English before other languages."""
    for one in properties:
        literals = [value for value in found.values(subject, one) if isinstance(value, Literal)]
        yield from filter(None, (clean(text.value) for text in sorted(literals, key=_language)))


def _language(text: Literal) -> int:
    tag = (text.language or "").partition("-")[0]
    return _LANGUAGES.index(tag) if tag in _LANGUAGES else len(_LANGUAGES)


def _addresses(found: Statements, subject: Term) -> Iterator[str]:
    values = map(_value, found.values(subject, *_HOMEPAGES))
    return (one for one in values if _WEB.match(one) and not one.startswith(NOWHERE))


def _words(found: Statements, subject: Term, *properties: str) -> Iterator[str]:
    """Yield texts, names of things that have one, and the last part of other IRIs."""
    for value in found.values(subject, *properties):
        if isinstance(value, NamedNode):
            yield _name(found, value) or local_name(value.value)
        else:
            yield _value(value) or _name(found, value)


def _subjects(found: Statements, subject: Term) -> Iterator[str]:
    """Yield keywords, some of which stand in one text, and names of themes."""
    for value in found.values(subject, *_SUBJECTS):
        if isinstance(value, Literal):
            yield from map(clean, value.value.split(","))
        else:
            yield _name(found, value)


def _countries(found: Statements, subject: Term) -> Iterator[str]:
    for address in found.values(subject, *_ADDRESS):
        for country in found.values(address, *_COUNTRY):
            # Read as it is: NA is Namibia.
            yield country.value.strip() if isinstance(country, Literal) else _name(found, country)


def _identifiers(found: Statements, subject: Term) -> Iterator[str]:
    for value in found.values(subject, *_IDENTIFIERS):
        yield curies.curie(_value(value))
        yield from (curies.curie(_value(one)) for one in found.values(value, *_WRITTEN))


def _name(found: Statements, subject: Term) -> str:
    return next(_texts(found, subject, *_NAMES), "")


def _value(term: Term) -> str:
    """Return a text or an IRI; empty for a blank node."""
    if isinstance(term, NamedNode):
        return term.value
    return clean(term.value) if isinstance(term, Literal) else ""
