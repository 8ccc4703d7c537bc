"""Protocol tests as the manifests have them: requests and what is expected of each answer.

Requests are data in the HTTP-in-RDF vocabulary. Here they become bytes; only the path prefix, which
the suites ask a runner to replace, is left for the endpoint under test to fill in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from conformance.client import Request
from conformance.manifests import MF, Dataset, Facts, Node, Suites
from conformance.servers import Layout

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
STATUSES = {
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
    "OK": (200,),
    "Created": (201,),
    "NoContent": (204,),
    "NotFound": (404,),
}
MANIFESTS = {
    "protocol": "sparql11/protocol/manifest.ttl",
    "graph-store-direct": "sparql11/graph-store-protocol/manifest-direct.ttl",
    "graph-store-indirect": "sparql11/graph-store-protocol/manifest-indirect.ttl",
}


@dataclass(frozen=True)
class Exchange:
    """A request and what is asked of its answer; None where nothing is asked."""

    request: Request
    statuses: frozenset[int]
    boolean: bool | None
    format: str | None
    location: str | None
    media_type: str | None
    body: str | None

    def filled(self, names: dict[str, str]) -> "Exchange":
        """The exchange with template variables replaced in the target and the body."""
        target, body = self.request.target, self.request.body
        for name, text in names.items():
            target = target.replace(name, text)
            body = body and body.replace(name.encode(), text.encode())
        return replace(self, request=replace(self.request, target=target, body=body))


@dataclass(frozen=True)
class Conversation:
    """A test of a protocol: the data that must be there, and exchanges in their order."""

    id: str
    before: Dataset
    exchanges: tuple[Exchange, ...]


def conversations(suites: Suites, suite: str, layout: Layout) -> list[Conversation]:
    """The tests of a manifest, addressed to an endpoint of that layout."""
    return [
        Conversation(
            id=f"{suite}/{name}",
            before=suites.updated(facts, test),
            exchanges=tuple(
                _exchange(facts, node, name, layout)
                for node in facts.members(facts.value(test, MF + "action"), HT + "requests")
            ),
        )
        for _, facts, test in suites.entries(suites.root / MANIFESTS[suite])
        for name in [test.value.rpartition("#")[2]]
    ]


def _exchange(facts: Facts, node: Node, name: str, layout: Layout) -> Exchange:
    answer = facts.value(node, HT + "resp")
    headers = tuple(_headers(facts, node))
    boolean = facts.text(answer, MF + "expectedBoolean")
    return Exchange(
        request=Request(
            method=facts.text(node, HT + "methodName"),
            target=_target(facts.text(node, HT + "absolutePath"), name, headers, layout),
            headers=headers,
            body=_body(facts, node),
        ),
        statuses=_statuses(facts.values(answer, MF + "expectedStatus")),
        boolean=None if boolean is None else boolean == "true",
        format=facts.text(answer, MF + "expectedFormat"),
        location=facts.text(answer, MF + "expectedLocation"),
        media_type=dict(_headers(facts, answer)).get("content-type"),
        body=_characters(facts, answer),
    )


def _headers(facts: Facts, node: Node) -> Iterator[tuple[str, str]]:
    for header in facts.members(node, HT + "headers"):
        yield facts.text(header, HT + "fieldName"), facts.text(header, HT + "fieldValue")


def _body(facts: Facts, node: Node) -> bytes | None:
    characters = _characters(facts, node)
    if characters is None:
        return None
    content = facts.value(node, HT + "body")
    return characters.encode(facts.text(content, CNT + "characterEncoding"))


def _characters(facts: Facts, node: Node) -> str | None:
    content = facts.value(node, HT + "body")
    return None if content is None else facts.text(content, CNT + "chars")


def _statuses(values: list[ox.NamedNode]) -> frozenset[int]:
    names = [iri.value.rpartition("#")[2] for iri in values]
    return frozenset(status for name in names for status in STATUSES[name])


def _target(path: str, name: str, headers: tuple[tuple[str, str], ...], layout: Layout) -> str:
    """The path with the prefix of the endpoint; a test of updates asks where updates are taken."""
    if path.startswith("/gsp"):
        return layout.graphs + path.removeprefix("/gsp")
    if not path.startswith("/sparql/"):
        raise ValueError(f"the path {path} has a prefix that the suites do not announce")
    asks = dict(headers).get("content-type") == "application/sparql-query"
    prefix = layout.update if "update" in name and not asks else layout.query
    return prefix + path.removeprefix("/sparql/")
