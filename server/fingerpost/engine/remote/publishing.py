"""A dataset put into an engine at another address, as its next generation.

The graphs are written by the SPARQL 1.1 Graph Store HTTP Protocol: first those that have changed,
then the default graph under a name of its own, last the one statement that makes it current.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import requests
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, serialize
from requests.auth import HTTPBasicAuth, HTTPDigestAuth

from fingerpost.engine import rows
from fingerpost.engine.remote import endpoint, marks
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.errors import EngineBusy, EngineFault
from fingerpost.progress import Progress, silent

_KEPT = 2
"""Generations that stay in the engine, for questions that are being answered."""
_TRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"
_SHOWN = 300


@dataclass(frozen=True)
class Address:
    """Where an engine is asked, where its graphs are written, and the credentials for that.

    `parameter` is what the graph store calls a graph: `graph`, as the protocol has it.
    """

    query: str
    graphs: str
    credentials: str = ""
    seconds: float = 600.0


@dataclass(frozen=True)
class Published:
    """A generation that is in an engine: its mark, and the graphs written and left alone."""

    mark: Mark
    written: int
    unchanged: int


class Publisher:
    """Writes generations into one engine."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._session = requests.Session()
        if address.credentials and ":" not in address.credentials:
            self._session.headers.update(endpoint.headers(address.credentials))

    def publish(self, store: Store, id_: str, tell: Progress = silent) -> Published:
        """Make what a store holds the generation of the engine; `id_` is that of its content.

        Nothing is written where the engine holds it already. Who stops this midway leaves the
        generation from before current.

        Raises:
            EngineBusy: the engine cannot be reached.
            EngineFault: it refused a graph, or a generation came from elsewhere meanwhile.
        """
        before = marks.newest(self._rows(marks.CURRENT, marks.MARKS))
        known = self._contents(before) if before else {}
        if before and before.id == id_ and known:
            return Published(before, 0, len(known) - 1)
        mark = Mark(before.number + 1 if before else 1, id_)
        names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
        found = {name.value: content(store, name) for name in names}
        changed = [name for name in names if found[name.value] != known.get(name.value)]
        for count, name in enumerate(changed, 1):
            tell(f"Writing graph {count} of {len(changed)}")
            self._put(name.value, _lines(store, name))
        tell(f"Writing the default graph of generation {mark.number}")
        self._put(mark.default, _lines(store, DefaultGraph()))
        whole = {**found, mark.default: content(store, DefaultGraph())}
        self._put(mark.about, _written(marks.described(whole)))
        if marks.newest(self._rows(marks.CURRENT, marks.MARKS)) != before:
            raise EngineFault("Another generation came into the engine meanwhile: try again.")
        self._send("POST", marks.MARKS, _written([mark.statement]))
        for gone in sorted(known.keys() - whole.keys() - {before.default if before else ""}):
            self._send("DELETE", gone)
        self._forget()
        return Published(mark, len(changed), len(found) - len(changed))

    def _forget(self) -> None:
        """Delete the default graphs of generations that nobody asks any more."""
        found = [marks.newest([row]) for row in self._rows(marks.CURRENT, marks.MARKS)]
        older = sorted((one for one in found if one), key=lambda one: one.number)[:-_KEPT]
        for one in older:
            self._send("DELETE", one.default)
            self._send("DELETE", one.about)
        if older:
            kept = [one.statement for one in found if one and one not in older]
            self._put(marks.MARKS, _written(kept))

    def _contents(self, mark: Mark) -> dict[str, Content]:
        return marks.read(self._rows(marks.ABOUT, mark.about))

    def _rows(self, query: str, graph: str) -> tuple[rows.Row, ...]:
        fields = {"query": query, "default-graph-uri": graph}
        head = {"Accept": _RESULTS}
        return rows.read(self._exchange("POST", self._address.query, fields, head)).rows

    def _put(self, graph: str, lines: bytes) -> None:
        self._send("PUT", graph, lines)

    def _send(self, method: str, graph: str, lines: bytes = b"") -> None:
        head = {"Content-Type": _TRIPLES} if lines or method == "PUT" else {}
        self._exchange(method, self._address.graphs, lines, head, {"graph": graph})

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
        if reply.ok or (method == "DELETE" and reply.status_code == requests.codes.not_found):
            return reply.content
        told = " ".join(reply.text.split())[:_SHOWN]
        raise EngineFault(f"{method} at {address} was answered by {reply.status_code}: {told}")

    def _answered(self, ready: requests.Request) -> requests.Response:
        try:
            return self._session.send(
                self._session.prepare_request(ready),
                timeout=self._address.seconds,
                allow_redirects=False,
            )
        except requests.RequestException as fault:
            raise EngineBusy(f"The engine at {ready.url!s} cannot be reached.") from fault

    def _log_in(self, refused: requests.Response) -> bool:
        """Say whether there are credentials to try, in the way that the engine asks for them."""
        if self._session.auth or ":" not in self._address.credentials:
            return False
        user, _, password = self._address.credentials.partition(":")
        digest_ = refused.headers.get("WWW-Authenticate", "").lower().startswith("digest")
        self._session.auth = (HTTPDigestAuth if digest_ else HTTPBasicAuth)(user, password)
        return True


def content(store: Store, graph: NamedNode | DefaultGraph) -> Content:
    """Return what a graph holds, in short."""
    quads = store.quads_for_pattern(None, None, None, graph)
    lines = sorted(str(quad.triple) for quad in quads)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    return Content(digest, len(lines))


def _lines(store: Store, graph: NamedNode | DefaultGraph) -> bytes:
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""


def _written(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
