"""What is sent to an engine to change it: graphs, updates, and the questions in between."""

from dataclasses import dataclass

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth

from fingerpost.engine import rows
from fingerpost.engine.remote import endpoint
from fingerpost.errors import EngineBusy, EngineFault

_TRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"
_UPDATE = "application/sparql-update"
_SHOWN = 300
_FULL = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Address:
    """Where an engine is asked, where its graphs are written, and the credentials for that.

    `update` takes SPARQL Update (empty: there is none); `seconds` is what one request may take.
    """

    query: str
    graphs: str
    credentials: str = ""
    update: str = ""
    seconds: float = 600.0


class Exchange:
    """Requests to one engine; it is asked for credentials in the way that it wants them."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.server = ""
        """What the engine called itself in its last answer."""
        self._session = requests.Session()
        if address.credentials and ":" not in address.credentials:
            self._session.headers.update(endpoint.headers(address.credentials))

    def rows(self, query: str, graph: str = "") -> tuple[rows.Row, ...]:
        """Return what a query finds, in one graph if it is named."""
        fields = {"query": query, **({"default-graph-uri": graph} if graph else {})}
        reply = self._exchange("POST", self.address.query, fields, {"Accept": _RESULTS})
        try:
            return rows.read(reply).rows
        except (ValueError, SyntaxError) as fault:
            raise EngineFault(f"{self.address.query} answered what is no SPARQL result.") from fault

    def send(self, method: str, graph: str, lines: bytes = b"") -> None:
        """Write a graph, in N-Triples, by the Graph Store HTTP Protocol.

        Raises:
            EngineBusy: the engine cannot be reached, or is full.
            EngineFault: it refused.
        """
        head = {"Content-Type": _TRIPLES} if lines or method == "PUT" else {}
        self._exchange(method, self.address.graphs, lines, head, {"graph": graph})

    def update(self, text: str) -> None:
        """Make a SPARQL Update; raises as `send`."""
        self._exchange("POST", self.address.update, text.encode(), {"Content-Type": _UPDATE})

    def _exchange(
        self,
        method: str,
        address: str,
        body: bytes | dict[str, str],
        head: dict[str, str],
        parameters: dict[str, str] | None = None,
    ) -> bytes:
        ready = requests.Request(method, address, headers=head, data=body, params=parameters)
        reply = self._answered(ready)
        if reply.status_code == requests.codes.unauthorized and self._log_in(reply):
            reply = self._answered(ready)
        self.server = reply.headers.get("Server", "")
        if reply.ok or (method == "DELETE" and reply.status_code == requests.codes.not_found):
            return reply.content
        told = " ".join(reply.text.split())[:_SHOWN]
        fault = EngineBusy if reply.status_code in _FULL else EngineFault
        raise fault(f"{method} at {address} was answered by {reply.status_code}: {told}")

    def _answered(self, ready: requests.Request) -> requests.Response:
        try:
            return self._session.send(
                self._session.prepare_request(ready),
                timeout=self.address.seconds,
                allow_redirects=False,
            )
        except requests.RequestException as fault:
            raise EngineBusy(f"The engine at {ready.url!s} cannot be reached.") from fault

    def _log_in(self, refused: requests.Response) -> bool:
        """Say whether there are credentials to try, in the way that the engine asks for them."""
        if self._session.auth or ":" not in self.address.credentials:
            return False
        user, _, password = self.address.credentials.partition(":")
        digest_ = refused.headers.get("WWW-Authenticate", "").lower().startswith("digest")
        self._session.auth = (HTTPDigestAuth if digest_ else HTTPBasicAuth)(user, password)
        return True
