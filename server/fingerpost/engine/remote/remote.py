"""An engine at another address, which holds a generation that was published to it."""

import threading
import time

from pyoxigraph import RdfFormat, parse, parse_query_results

from fingerpost.engine import Answer, Engine, Generation, Query, guard, results, rows, tokens
from fingerpost.engine.changes import Done
from fingerpost.engine.guarded import Fences
from fingerpost.engine.remote import clauses, dialects, marks
from fingerpost.engine.remote.dialects import Dialect
from fingerpost.engine.remote.endpoint import Endpoint, Reply
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.engine.results import JSON
from fingerpost.engine.rows import Row
from fingerpost.engine.sink import Sink
from fingerpost.engine.writes import Write
from fingerpost.errors import (
    AnswerTooLarge,
    EngineBusy,
    EngineFault,
    EngineUnable,
    QueryRefused,
    UnknownGraph,
    WriteRefused,
)
from fingerpost.graph.vocabulary import BASE, PREFIXES

_FRESH = 1.0
"""Seconds for which the generation that was found is taken to be the current one."""
_TRIPLES = "application/n-triples"
_PROLOGUE = f"BASE <{BASE}>\n" + "".join(f"PREFIX {k}: <{v}>\n" for k, v in PREFIXES.items())
WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""The query for everything in a graph."""


class Remote:
    """Answers from an endpoint; `parser` is an engine over nothing, which says what is SPARQL.

    No text reaches the endpoint that `guard` or the parser refuse. `without_network` is false: it
    is for the endpoint's keeper to close the network to it.
    """

    without_network = False
    held = "elsewhere"

    def __init__(self, endpoint: Endpoint, parser: Engine, fences: Fences, kind: str = "") -> None:
        self.fences = fences
        self._endpoint = endpoint
        self._parser = parser
        self._lock = threading.Lock()
        self._seen = 0.0
        self._mark: Mark | None = None
        self._described: tuple[int, dict[str, Content]] = (-1, {})
        self._dialect = dialects.called(kind) if kind else dialects.STANDARD
        if not kind:
            asked = self._ask(marks.CURRENT, marks.MARKS, Sink(fences.answer))
            self._dialect = dialects.told(asked.headers.get("Server", ""))
        self._current()

    @property
    def dialect(self) -> Dialect:
        """The ways of the engine that was found at the address."""
        return self._dialect

    @property
    def address(self) -> str:
        """Where the engine is."""
        return self._endpoint.address

    @property
    def generation(self) -> Generation:
        """The generation that the engine holds, as found at most a second ago."""
        mark = self._current()
        return Generation(mark.number, mark.id)

    def sizes(self) -> dict[str, int]:
        """Return how many statements each graph of the current generation has, by its IRI."""
        return {iri: one.size for iri, one in self._contents(self._current()).items()}

    @property
    def default(self) -> str:
        """The IRI by which the engine knows the default graph of the current generation."""
        return self._current().default

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in one piece; see `fetch`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`; see `Engine`.

        Raises:
            EngineBusy: the engine cannot be reached, or is full.
            QueryOutOfTime, AnswerTooLarge: the query goes beyond a fence.
            EngineUnable: the engine has no plan for the query.
            EngineFault: it failed.
        """
        guard.check(query.text, self.fences.services)
        self._refuse_functions(query.text)
        # The whole answer over nothing: short, but for a text that is data itself.
        self._parser.answer(query, media_type)
        form = tokens.form(query.text)
        graph = form in {"CONSTRUCT", "DESCRIBE"}
        found = Sink(self.fences.answer)
        accept = _TRIPLES if graph else JSON
        fields = self._fields(query, self._current())
        self._checked(self._endpoint.ask(fields, accept, found))
        return self._written(found.answer(), graph, media_type)

    def graph(self, iri: str | None, media_type: str) -> tuple[Answer, str]:
        """Return a graph in `media_type`, and its `results.tag`; None is the default graph.

        Raises:
            UnknownGraph: there is no such graph.
            EngineBusy, QueryOutOfTime, AnswerTooLarge, EngineFault: as for `fetch`.
        """
        known = self._graphs(self._current())
        if iri is not None and iri not in known:
            raise UnknownGraph(f"There is no graph <{iri}>.")
        query = Query(WHOLE, default_graphs=(iri,) if iri else ())
        lines = self.answer(query, _TRIPLES)
        triples = [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
        body = results.graph(triples, media_type)
        return Answer(len(body), body), results.tag(triples)

    def write(self, write: Write) -> Done:  # noqa: ARG002 - as `Guarded.write`
        """Refuse a change: the engine takes whole generations only.

        Raises:
            WriteRefused: always.
        """
        raise WriteRefused(
            f"This service reads from the engine at {self._endpoint.address}: what it holds is "
            "changed by `fingerpost publish`."
        )

    def close(self) -> None:
        """Let go of nothing: connections end with the process."""

    def _current(self) -> Mark:
        """Return the mark of the current generation, looked up anew after a second.

        Raises:
            EngineFault: the engine has never held one.
        """
        mark = self._mark
        if mark is not None and time.monotonic() - self._seen < _FRESH:
            return mark
        with self._lock:
            if self._mark is None or time.monotonic() - self._seen >= _FRESH:
                self._look()
        if self._mark is None:
            raise EngineFault(
                f"{self._where} holds no graph of Fingerpost. "
                "Put one there: fingerpost publish --engine … --engine-graphs …"
            )
        return self._mark

    def _look(self) -> None:
        """Look which generation is current; an engine that is silent holds what it held."""
        try:
            newest = marks.newest(self._rows(marks.CURRENT, marks.MARKS))
        except EngineBusy:
            if self._mark is None:
                raise
            newest = None
        if newest and (self._mark is None or newest.number >= self._mark.number):
            self._mark = newest
        self._seen = time.monotonic()

    def _rows(self, text: str, graph: str) -> tuple[Row, ...]:
        """Return the rows of a query of our own about one graph of the engine."""
        found = Sink(self.fences.answer)
        self._ask(text, graph, found)
        return rows.read(self._plain(found.answer().whole())).rows

    def _ask(self, text: str, graph: str, to: Sink) -> Reply:
        fields = [("query", text), ("default-graph-uri", graph)]
        return self._checked(self._endpoint.ask(fields, JSON, to))

    def _fields(self, query: Query, mark: Mark) -> list[tuple[str, str]]:
        """Return a query as it is sent, with its dataset: its own, or that of the generation."""
        default, named = query.default_graphs, query.named_graphs
        words = clauses.words(query.text)
        # Where it is the engine's own default graph, every graph is where a query looks for it.
        if not mark.own and not default and not named and "FROM" not in words:
            default = (mark.default,)
            named = self._graphs(mark) if "GRAPH" in words else ()
        text = query.text
        if self._dialect.dataset_in_text and (default or named):
            text, default, named = clauses.with_dataset(text, default, named), (), ()
        return [
            ("query", _PROLOGUE + text),
            *(("default-graph-uri", iri) for iri in default),
            *(("named-graph-uri", iri) for iri in named),
        ]

    def _graphs(self, mark: Mark) -> tuple[str, ...]:
        """Return the named graphs of a generation."""
        return tuple(iri for iri in self._contents(mark) if iri != mark.default)

    def _contents(self, mark: Mark) -> dict[str, Content]:
        number, known = self._described
        if number != mark.number:
            known = marks.contents(self._rows(marks.ABOUT, mark.about))
            if mark.default not in known:
                raise EngineFault(f"{self._where} does not say what generation {mark.number} has.")
            self._described = (mark.number, known)
        return known

    def _checked(self, reply: Reply) -> Reply:
        """Return a reply that is an answer, and a whole one."""
        if reply.status != 200:
            if any(text in reply.text for text in self._dialect.unable):
                raise EngineUnable(
                    f"{self._where} is {self._dialect.name}, and has no plan for this query, "
                    f"though it is SPARQL. It says: {reply.text}"
                )
            if reply.status in {429, 503}:
                raise EngineBusy(f"{self._where} has too much to do. Try again soon.")
            raise EngineFault(f"{self._where} answered {reply.status}: {reply.text}")
        if self._dialect.partial and self._dialect.partial in reply.headers:
            raise AnswerTooLarge(f"{self._where} gave a part of the answer only. Ask for less.")
        return reply

    def _plain(self, document: bytes) -> bytes:
        plain = self._dialect.plain_results
        return document if plain else dialects.standard_results(document)

    def _written(self, found: Answer, graph: bool, media_type: str) -> Answer:
        """Return an answer, in N-Triples or JSON as it came, in the format that is wanted."""
        if graph and media_type == _TRIPLES and self._dialect.plain_results:
            return found
        if not graph and media_type in {JSON, "application/json"} and self._dialect.plain_results:
            return found
        sink = Sink(self.fences.answer)
        try:
            if graph:
                lines = parse(found.whole(), format=RdfFormat.N_TRIPLES)
                sink.write(results.graph({quad.triple for quad in lines}, media_type))
            else:
                document = self._plain(found.whole())
                read = parse_query_results(document, results.SOLUTIONS[JSON])
                results.write(read, media_type, sink)
        except (SyntaxError, ValueError) as fault:
            raise EngineFault(f"{self._where} answered what is none: {fault}") from fault
        return sink.answer()

    @property
    def _where(self) -> str:
        return f"The engine at {self._endpoint.address}"

    def _refuse_functions(self, text: str) -> None:
        """Refuse functions of the engine's own that reach beyond the graph."""
        lower = tokens.unescape(text).lower()
        for prefix in self._dialect.functions:
            if prefix in lower and any(
                prefix in token.text.lower()
                for token in tokens.significant(lower)
                if token.kind in {"iri", "word"}
            ):
                raise QueryRefused(f"Functions of {prefix} reach beyond the graph.")
