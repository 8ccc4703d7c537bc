"""The namespaces, kinds and terms that the code itself speaks of."""

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
"""Whatever may stand in a statement."""

BASE = "https://w3id.org/fingerpost/"
IDS = BASE + "id/"
GRAPHS = BASE + "graph/"

KINDS = {
    "repository": "Repository",
    "registry": "Registry",
    "facility": "Facility",
    "tool": "Tool",
    "compute": "Compute",
    "storage": "Storage",
    "support": "Support",
    "service": "Service",
    "standard": "Standard",
    "format": "Format",
    "training": "Training",
    "guideline": "Guideline",
    "policy": "Policy",
    "organization": "Organization",
    "guidance": "Guidance",
    "source": "Source",
}
"""Kind of record (folder and part of its IRI) → local name of its class."""

RESOURCE_KINDS = tuple(KINDS)[:13]
"""The kinds that can be recommended."""

SCHEMES = (
    "data-type",
    "phase",
    "technique",
    "condition",
    "access",
    "strength",
    "audience",
    "topic",
    "status",
    "stage",
    "standard-type",
    "repository-scope",
    "reach",
    "personal-data",
    "cost",
    "criterion",
)
"""Kinds of concept, each a SKOS scheme."""

PREFIXES = {
    "fp": BASE + "ontology#",
    "shape": BASE + "shapes#",
    "graph": GRAPHS,
    "scheme": IDS + "scheme/",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "drao": "http://www.fairsharing.org/ontology/domain/",
    "edam": "http://edamontology.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "obo": "http://purl.obolibrary.org/obo/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "r3d": "http://www.re3data.org/schema/3-0#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "srao": "http://www.fairsharing.org/ontology/subject/",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {kind: f"{IDS}{kind}/" for kind in (*KINDS, "mapping", *SCHEMES)}
"""Every prefix of the repository; each means one namespace everywhere."""

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_NAMESPACES = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), reverse=True)


def term(curie: str) -> NamedNode:
    """Return the IRI that a prefixed name such as `fp:Claim` stands for."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def curie(iri: str) -> str:
    """Return `iri` as a prefixed name, or as it is where no prefix fits."""
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def local_name(iri: str) -> str:
    """Return the last part of an IRI, behind its # or its last /."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def record_iri(kind: str, slug: str) -> str:
    """Return the IRI of the record or concept `slug` of `kind`."""
    return f"{IDS}{kind}/{slug}"


def kind_and_slug(iri: str) -> tuple[str, str] | None:
    """Return the kind and slug in a record's or concept's IRI, or None for any other IRI."""
    kind, slash, slug = iri.removeprefix(IDS).partition("/")
    if not iri.startswith(IDS) or not slash or not slug:
        return None
    return kind, slug.partition("#")[0]


TYPE = term("rdf:type")
LABEL = term("skos:prefLabel")
SOURCE = term("dct:source")
CLAIM = term("fp:Claim")
SIZE_LIMIT = term("fp:SizeLimit")
SUBJECT = term("fp:subject")
PROPERTY = term("fp:property")
VALUE = term("fp:value")
MAPPING = term("fp:Mapping")
STATED_ON = term("fp:statedOn")
VALID_UNTIL = term("fp:validUntil")
DATE = term("xsd:date")
