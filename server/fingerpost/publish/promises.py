"""What can be relied on: persistence, versions, licence, citation. Said once, for page and data."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost import __version__
from fingerpost.graph.vocabulary import BASE
from fingerpost.publish.places import PROJECT
from fingerpost.publish.record import Edition, day, project
from fingerpost.publish.terms import DATASET, LICENCE, english, name, say

DOCUMENT = BASE + "about/policy"
TITLE = "What you can rely on"


@dataclass(frozen=True)
class Promise:
    """One thing that holds: `id` is its anchor."""

    id: str
    title: str
    text: str


def citation(edition: Edition) -> str:
    """Return how to cite the whole."""
    year = edition.modified[:4]
    return f"The Fingerpost project: Fingerpost, version {__version__}, {year}. {BASE}"


def all_(edition: Edition) -> tuple[Promise, ...]:
    """Return everything that is promised."""
    return (
        Promise(
            "persistence",
            "Identifiers and records stay",
            "An identifier means the same for good: it is never changed, and never given to "
            "something else. A record is never removed. What has ended says so, says when, and "
            "names what took its place where a source does. Identifiers lie under w3id.org, which "
            "leads on to wherever the service runs. If the service should end, its last download "
            "stays with the source code, so that anybody can serve it again.",
        ),
        Promise(
            "versions",
            "Versions",
            "The data change with every release, and a record says when it last changed. The "
            "ontology has a version with an address of its own. A term that goes out of use is "
            "marked so and names its successor. Each download has its version in its name, and "
            "its digest beside it.",
        ),
        Promise(
            "licence",
            "Licence",
            "The data are given to the public domain (CC0 1.0): anybody may use them for anything. "
            "The code is under the MIT licence. What other registries say is theirs, keeps their "
            "licence, and is in no download.",
        ),
        Promise(
            "citation",
            "How to cite",
            f"{citation(edition)} To cite a single record, use its identifier; to cite a fact, "
            "use the source that the record names.",
        ),
    )


def statements(edition: Edition, service: str) -> list[Triple]:
    """Return the same as data, with who makes it and where to turn."""
    document = NamedNode(DOCUMENT)
    found = [
        *say(
            document,
            ("rdf:type", name("foaf:Document")),
            ("dct:title", english(TITLE)),
            ("dct:license", LICENCE),
            ("dct:creator", PROJECT),
            ("dct:publisher", PROJECT),
            ("dct:modified", day(edition.terms)),
            ("dct:subject", NamedNode(DATASET)),
        ),
        *say(
            NamedNode(DATASET),
            ("dct:bibliographicCitation", english(citation(edition))),
            ("dct:license", LICENCE),
            ("dct:publisher", PROJECT),
            ("dcat:version", Literal(__version__)),
            ("doc:persistencePolicy", NamedNode(f"{DOCUMENT}#persistence")),
        ),
        *project(),
        *say(PROJECT, ("foaf:page", NamedNode(f"{service}/about"))),
    ]
    for promise in all_(edition):
        node = NamedNode(f"{DOCUMENT}#{promise.id}")
        found += say(
            node,
            ("rdf:type", name("dct:Policy")),
            ("dct:title", english(promise.title)),
            ("dct:description", english(promise.text)),
            ("dct:isPartOf", document),
        )
    return found
