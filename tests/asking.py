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


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


def send(
    request: urllib.request.Request, *handlers: urllib.request.BaseHandler
) -> tuple[int, HTTPMessage, bytes]:
    """The answer to a request, an error like any other."""
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.headers, fault.read()


def fetch(
    url: str, accept: str | None = None, data: bytes | None = None, type_: str | None = None
) -> tuple[int, HTTPMessage, bytes]:
    """Ask without following redirects."""
    given = {"Accept": accept, "Content-Type": type_}
    headers = {name: value for name, value in given.items() if value is not None}
    return send(urllib.request.Request(url, data=data, headers=headers), Stay())


def read(
    url: str, accept: str = "*/*", data: bytes | None = None, **headers: str
) -> tuple[int, HTTPMessage, str]:
    """Ask for text, following redirects; underscores in names of headers are dashes."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers={"Accept": accept, **given})
    status, found, body = send(request)
    return status, found, body.decode()


def sparql(server: str, query: str) -> str:
    return f"{server}/sparql?" + urllib.parse.urlencode({"query": query})
