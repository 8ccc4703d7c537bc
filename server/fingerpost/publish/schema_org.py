"""What search engines and assessors read in a page: schema.org, as JSON-LD that fetches nothing.

A record is a `Dataset` after the profile of Bioschemas; what it is about stands beside it.
"""

from fingerpost import __version__
from fingerpost.graph import identifiers
from fingerpost.graph.vocabulary import BASE
from fingerpost.publish import places
from fingerpost.publish.places import PROJECT
from fingerpost.publish.record import Edition, Record, summary
from fingerpost.publish.terms import DATASET, DESCRIPTION, LICENCE, TITLE

Json = dict[str, object]

CONTEXT: Json = {
    "@vocab": "http://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "dct:conformsTo": {"@type": "@id"},
    **{
        key: {"@type": "@id"}
        for key in ("url", "sameAs", "license", "about", "creator", "publisher", "provider")
    },
}
CATALOGUE = BASE + "catalog"
KEYWORDS = (
    "research data management",
    "FAIR data",
    "life sciences",
    "data repositories",
    "research infrastructure",
    "research data life cycle",
)
"""Words that lead to the whole."""

_PROFILES = "https://bioschemas.org/profiles/"
_DATASET = _PROFILES + "Dataset/1.0-RELEASE"
_CATALOGUE = _PROFILES + "DataCatalog/0.3-RELEASE-2019_07_01"
_KINDS = {
    "repository": "DataCatalog",
    "registry": "DataCatalog",
    "facility": "ResearchOrganization",
    "organization": "Organization",
    "tool": "SoftwareApplication",
    "compute": "Service",
    "storage": "Service",
    "support": "Service",
    "service": "Service",
    "training": "LearningResource",
    "scheme": "DefinedTermSet",
}
_WORKS = frozenset({"standard", "format", "guideline", "policy", "guidance", "source", "mapping"})


def kind(of: str) -> str:
    """Return the class of schema.org that things of a kind belong to."""
    return _KINDS.get(of) or ("CreativeWork" if of in _WORKS else "DefinedTerm")


def record(found: Record, service: str) -> Json:
    """Return a record and what it is about."""
    page = service + places.path(found.iri.value)
    return {
        "@context": CONTEXT,
        "@graph": [
            _record(found, page),
            _thing(found),
            _project(service),
        ],
    }


def catalogue(edition: Edition, service: str) -> Json:
    """Return the whole: a catalogue, and the one dataset that it holds."""
    description = f"{DESCRIPTION} A knowledge graph with its sources, open to anybody."
    shared: Json = {
        "description": description,
        "license": LICENCE.value,
        "keywords": list(KEYWORDS),
        "url": service + "/",
        "creator": {"@id": PROJECT.value},
        "publisher": {"@id": PROJECT.value},
        "isAccessibleForFree": True,
        "datePublished": edition.issued,
        "dateModified": edition.modified,
        "inLanguage": "en",
    }
    catalogue: Json = {
        "@id": CATALOGUE,
        "@type": "DataCatalog",
        "name": TITLE,
        "provider": {"@id": PROJECT.value},
        "dct:conformsTo": _CATALOGUE,
        "dataset": {"@id": DATASET},
        "identifier": CATALOGUE,
        **shared,
    }
    dataset: Json = {
        "@id": DATASET,
        "@type": "Dataset",
        "name": f"{TITLE}: the whole graph",
        "identifier": DATASET,
        "version": __version__,
        "dct:conformsTo": _DATASET,
        "includedInDataCatalog": {"@id": CATALOGUE},
        "distribution": [
            _download(f"{service}/dump.{suffix}", type_)
            for suffix, type_ in (
                ("ttl", "text/turtle"),
                ("nq", "application/n-quads"),
                ("jsonld", "application/ld+json"),
            )
        ],
        **shared,
    }
    api: Json = {
        "@id": f"{service}/sparql",
        "@type": "WebAPI",
        "name": f"{TITLE}: SPARQL",
        "description": "The whole graph, asked by SPARQL 1.1 over HTTP.",
        "url": f"{service}/sparql",
        "documentation": f"{service}/openapi.json",
        "provider": {"@id": PROJECT.value},
    }
    return {"@context": CONTEXT, "@graph": [catalogue, dataset, api, _project(service)]}


def _record(found: Record, page: str) -> Json:
    return {
        "@id": found.document.value,
        "@type": "Dataset",
        "dct:conformsTo": _DATASET,
        "name": f"{found.name}: the record of Fingerpost",
        "description": summary(found),
        "identifier": found.document.value,
        "url": page,
        "keywords": found.keywords,
        "license": LICENCE.value,
        "isAccessibleForFree": True,
        "version": __version__,
        "datePublished": found.edition.issued,
        "dateModified": found.modified,
        "creator": {"@id": PROJECT.value},
        "publisher": {"@id": PROJECT.value},
        "about": {"@id": found.iri.value},
        "mainEntity": {"@id": found.iri.value},
        "isBasedOn": [{"@id": one.value} for one in found.about.iris(found.iri, "dct:source")],
        "includedInDataCatalog": {"@id": CATALOGUE},
        "distribution": [
            _download(f"{page}.{suffix}", type_) for suffix, type_ in places.DATA.items()
        ],
    }


def _thing(found: Record) -> Json:
    addresses = [one.value for one in found.about.iris(found.iri, "schema:url")]
    thing: Json = {
        "@id": found.iri.value,
        "@type": kind(found.kind),
        "name": found.name,
        "identifier": found.iri.value,
        "alternateName": found.about.texts(found.iri, "skos:altLabel"),
        "description": found.description,
        "url": addresses,
        "sameAs": same(found),
        "subjectOf": {"@id": found.document.value},
    }
    if found.kind == "source":
        thing["datePublished"] = found.about.text(found.iri, "dct:date")
        thing["license"] = [one.value for one in found.about.iris(found.iri, "dct:license")]
    if found.kind in {"organization", "facility"}:
        thing["legalName"] = found.name
        thing["dissolutionDate"] = found.about.text(found.iri, "fp:endedOn")
    if kind(found.kind) == "DataCatalog":
        thing |= _collection(found)
    if kind(found.kind) == "DefinedTerm":
        thing["inDefinedTermSet"] = [
            {"@id": one.value} for one in found.about.iris(found.iri, "skos:inScheme")
        ]
    return {key: value for key, value in thing.items() if value}


def _collection(found: Record) -> Json:
    """Return what Bioschemas asks of a catalogue; that it conforms, only where all is known."""
    providers: list[object] = [
        {"@id": one.value, "@type": "Organization", "name": found.about.name(one)}
        for property_ in ("fp:operatedBy", "fp:providedBy", "fp:hostedBy")
        for one in found.about.iris(found.iri, property_)
    ]
    complete = providers and found.description and found.about.iris(found.iri, "schema:url")
    return {
        "keywords": found.keywords,
        "provider": providers,
        "dct:conformsTo": _CATALOGUE if complete else "",
    }


def same(found: Record) -> list[str]:
    """Return the addresses that registries have for a thing, and its exact matches."""
    carried = found.about.texts(found.iri, "fp:registryIdentifier")
    matches = (one.value for one in found.about.iris(found.iri, "skos:exactMatch"))
    return list(dict.fromkeys([*map(identifiers.iri, carried), *matches]))


def _download(address: str, type_: str) -> Json:
    return {
        "@type": "DataDownload",
        "contentUrl": address,
        "encodingFormat": type_,
        "license": LICENCE.value,
    }


def _project(service: str) -> Json:
    return {
        "@id": PROJECT.value,
        "@type": "Organization",
        "name": "The Fingerpost project",
        "url": f"{service}/about",
    }
