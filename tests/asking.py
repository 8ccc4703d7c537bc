"""How the tests ask a server, and some queries to ask it."""

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPMessage

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/fingerpost/ontology#Repository> }"
LABELS = (
    "SELECT ?r ?name { ?r a <https://w3id.org/fingerpost/ontology#Repository> ; "
    '<http://www.w3.org/2004/02/skos/core#prefLabel> ?name FILTER (LANG(?name) = "en") } '
    "ORDER BY ?r"
)
GRAPH = "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 20"


def fetch(
    url: str, accept: str | None = None, data: bytes | None = None, type_: str | None = None
) -> tuple[int, HTTPMessage, bytes]:
    """Ask without following redirects; an error is an answer like any other."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    request = urllib.request.Request(url, data=data)
    if accept is not None:
        request.add_header("Accept", accept)
    if type_ is not None:
        request.add_header("Content-Type", type_)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.headers, fault.read()


def sparql(server: str, query: str) -> str:
    return f"{server}/sparql?" + urllib.parse.urlencode({"query": query})
