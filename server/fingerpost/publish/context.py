"""The JSON-LD context of the service, and graphs written with it (W3C, JSON-LD 1.1, 2020).

Keys are prefixed names, as in Turtle. The context says which of them lead to other nodes, which
hold dates, and which hold texts by language. A document carries the part of it that it needs, so
reading one fetches nothing; the whole is published for those who write their own.

This is written by hand because compaction by the general algorithm took longer than a page may,
and the shape of our graphs is known: no lists, no graphs within graphs.
"""

import functools
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import PREFIXES, TYPE, Term
from fingerpost.publish.statements import Statements
from fingerpost.publish.terms import VOCABULARIES

Json = dict[str, object]

_NAMESPACES = {
    **{prefix: iri for prefix, iri in VOCABULARIES.items() if prefix not in PREFIXES},
    **PREFIXES,
}
_PREFIXES = {iri: prefix for prefix, iri in reversed(_NAMESPACES.items())}
_LENGTHS = sorted({len(iri) for iri in _PREFIXES}, reverse=True)
_PIECE = 1024 * 1024
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_LINKS = """
dcat:accessService dcat:accessURL dcat:dataset dcat:distribution dcat:downloadURL dcat:endpointURL
dcat:landingPage dcat:mediaType dcat:servesDataset dcat:service dcat:theme dcat:themeTaxonomy
dct:accessRights dct:conformsTo dct:format dct:hasPart dct:hasVersion dct:isPartOf dct:isReplacedBy
dct:isVersionOf dct:language dct:license dct:publisher dct:replaces dct:rights dct:source
doc:persistencePolicy foaf:homepage foaf:page foaf:primaryTopic fp:accepts fp:access fp:audience
fp:concernsData fp:cost fp:dataStage fp:eligibleAffiliation fp:eligibleInstitution fp:favours
fp:forData fp:hostedBy fp:inPhase fp:inferredSuccessor fp:instanceOf fp:licenceChoice
fp:offersTechnique fp:operatedBy fp:personalData fp:produces fp:property fp:providedBy fp:reach
fp:recommends fp:repositoryScope fp:sizeLimit fp:standardType fp:status fp:strength fp:subject
fp:submissionGuide fp:applicationPage fp:supports fp:takesFormat fp:takesStandard fp:topic
fp:underCondition fp:usedIn fp:yields owl:versionIRI prov:wasAttributedTo prov:wasDerivedFrom
rdfs:isDefinedBy rdfs:seeAlso rdfs:subClassOf rdfs:subPropertyOf schema:url skos:broadMatch
skos:broader skos:broaderTransitive skos:closeMatch skos:exactMatch skos:hasTopConcept
skos:inScheme skos:narrowMatch skos:narrower skos:narrowerTransitive skos:relatedMatch
skos:topConceptOf sssom:mapping_justification sssom:object_id sssom:predicate_id sssom:subject_id
""".split()
_TEXTS = """
dcat:keyword dct:description dct:title foaf:name fp:applicationPeriod fp:costNote fp:formerName
fp:howToApply fp:onlyFor rdfs:comment rdfs:label skos:altLabel skos:definition skos:prefLabel
skos:scopeNote
""".split()


@functools.cache
def whole() -> Json:
    """Return the context with everything in it."""
    links = {key: {"@id": key, "@type": "@id"} for key in _LINKS}
    texts = {key: {"@id": key, "@container": "@language"} for key in _TEXTS}
    return {"id": "@id", "type": "@type", **_NAMESPACES, **links, **texts}


def written(triples: Iterable[Triple]) -> bytes:
    """Return a graph as compact JSON-LD with the part of the context that it needs."""
    used: set[str] = set()
    inner, found = io.BytesIO(), io.BytesIO()
    inner.writelines(nodes(triples, used))
    document(inner, used, found)
    return found.getvalue()


def nodes(triples: Iterable[Triple], used: set[str]) -> Iterator[bytes]:
    """Yield what a document holds of each node, with a comma before it; `used` is added to."""
    about = Statements(triples)
    for one in about.nodes():
        text = json.dumps(_node(about, one, used), ensure_ascii=False, indent=1)
        yield b",\n  " + text.replace("\n", "\n  ").encode()


def document(inner: BinaryIO, used: set[str], to: BinaryIO) -> None:
    """Write the document of what `nodes` gave, a file, and the part of the context it needs."""
    context = {key: value for key, value in whole().items() if key in used}
    prefixes = {key.partition(":")[0] for key in used}
    named = {key: iri for key, iri in _NAMESPACES.items() if key in prefixes}
    head = {"@context": {"id": "@id", "type": "@type", **named, **context}, "@graph": []}
    begin, end = json.dumps(head, ensure_ascii=False, indent=1).rsplit("]", 1)
    to.write(begin.encode())
    if inner.tell():
        # The first node has no comma before it.
        inner.seek(1)
        shutil.copyfileobj(inner, to, _PIECE)
        to.write(b"\n ")
    to.write(f"]{end}".encode())


def _node(about: Statements, node: NamedNode | BlankNode, used: set[str]) -> Json:
    found: Json = {"id": _id(node, used)}
    for property_, values in about.properties(node):
        if property_ == TYPE:
            found["type"] = _one([_id(value, used) for value in values])
            continue
        key = _short(property_.value, used)
        used.add(key)
        how = whole().get(key)
        if isinstance(how, Mapping):
            _defined(found, key, how, values, used)
        else:
            found[key] = _one([_value(value, used) for value in values])
    return found


def _defined(
    found: Json, key: str, how: Mapping[str, str], values: list[Term], used: set[str]
) -> None:
    """Add the values of a property that the context says more of, the others by its whole IRI."""
    texts = [one for one in values if isinstance(one, Literal) and one.language]
    nodes: list[Term] = [one for one in values if not isinstance(one, Literal)]
    others: list[Term] = [one for one in values if isinstance(one, Literal) and not one.language]
    if "@container" in how:
        others, compact = [*nodes, *others], _by_language(texts)
    else:
        others, compact = [*texts, *others], _one([_id(one, used) for one in nodes])
    if compact:
        found[key] = compact
    if others:
        found[_long(key)] = _one([_value(one, used) for one in others])


def _by_language(texts: list[Literal]) -> object:
    found: dict[str, list[object]] = {}
    for one in texts:
        found.setdefault(str(one.language), []).append(one.value)
    return {language: _one(several) for language, several in found.items()}


def _value(value: Term, used: set[str]) -> object:
    if not isinstance(value, Literal):
        return {"id": _id(value, used)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == _STRING:
        return value.value
    if datatype == _BOOLEAN and value.value in {"true", "false"}:
        return value.value == "true"
    if datatype == _INTEGER and str(int(value.value)) == value.value:
        return int(value.value)
    return {"@value": value.value, "@type": _short(datatype, used)}


def _id(value: Term, used: set[str]) -> str:
    if isinstance(value, BlankNode):
        return f"_:{value.value}"
    return _short(value.value, used) if isinstance(value, NamedNode) else str(value)


def _short(iri: str, used: set[str]) -> str:
    """Return an IRI by its prefix, where what is left has no slash and no colon."""
    prefix, short = _split(iri)
    if prefix:
        used.add(prefix)
    return short


@functools.lru_cache(maxsize=8192)
def _split(iri: str) -> tuple[str, str]:
    """Return the prefix that an IRI is written with, empty where there is none, and how."""
    least = max(iri.rfind("/"), iri.rfind(":")) + 1
    for length in _LENGTHS:
        if length < least:
            break
        prefix = _PREFIXES.get(iri[:length])
        if prefix and length < len(iri):
            return f"{prefix}:", f"{prefix}:{iri[length:]}"
    return "", iri


def _long(key: str) -> str:
    prefix, _, local = key.partition(":")
    return _NAMESPACES[prefix] + local


def _one(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values
