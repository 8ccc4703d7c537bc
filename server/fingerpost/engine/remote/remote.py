"""An engine at another address, which holds a generation that was published to it."""

from pathlib import Path

from pyoxigraph import RdfFormat, parse, parse_query_results

from fingerpost.engine import Answer, Engine, Generation, Query, guard, results, rows, tokens
from fingerpost.engine.changes import Done
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.fences import Fences
from fingerpost.engine.remote import checks, clauses, dialects, marks
from fingerpost.engine.remote.current import Current
from fingerpost.engine.remote.dialects import Dialect
from fingerpost.engine.remote.endpoint import Endpoint, Reply
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.engine.remote.writing import Writing
from fingerpost.engine.results import JSON
from fingerpost.engine.rows import Row
from fingerpost.engine.sink import Sink
from fingerpost.engine.writes import Write
from fingerpost.errors import EngineFault, UnknownGraph, WriteRefused
from fingerpost.graph.vocabulary import BASE, PREFIXES

_TRIPLES = "application/n-triples"
_PROLOGUE = f"BASE <{BASE}>\n" + "".join(f"PREFIX {k}: <{v}>\n" for k, v in PREFIXES.items())
_ALIAS = {JSON: "application/json", _TRIPLES: "text/plain"}
_NONE = Mark(0, "")
WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""The query for everything in a graph."""


class Remote:
    """Answers from an endpoint; `parser` is an engine over nothing, which says what is SPARQL.

    No text reaches the endpoint that `guard` or the parser refuse. `writing` makes changes, where
    this service makes any. `without_network` is false: it is for the endpoint's keeper to close the
    network to it.
    """

    without_network = False
    held = "elsewhere"

    def __init__(
        self,
        endpoint: Endpoint,
        parser: Engine,
        fences: Fences,
        kind: str = "",
        writing: Writing | None = None,
    ) -> None:
        self.fences = fences
        self._endpoint = endpoint
        self._parser = parser
        self._writing = writing
        self._described: tuple[int, dict[str, Content]] = (-1, {})
        self._dialect = dialects.called(kind) if kind else None
        self._newest = Current(self._asked, lambda: writing.mark if writing else 0)
        self._current()

    @property
    def dialect(self) -> Dialect:
        """The ways of the engine that was found at the address."""
        return self._dialect or dialects.STANDARD

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
        guard.check_query(query, self.fences.services)
        checks.refuse_functions(query.text, self.dialect)
        # The whole answer over nothing: short, but for a text that is data itself.
        self._parser.answer(query, media_type)
        form = tokens.form(query.text)
        graph = form in {"CONSTRUCT", "DESCRIBE"}
        found = Sink(self.fences.answer * query.patience)
        accept = _TRIPLES if graph else JSON
        fields = self._fields(query, self._current())
        checks.check(self._endpoint.ask(fields, accept, found), self.dialect, self._where)
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

    def dump(self, wanted: Wanted, path: Path) -> Generation:
        """Write a dump in N-Quads, and return of which generation it is; as `Guarded.dump`.

        Each graph is asked for by a query of its own, within the limits of one.

        Raises:
            EngineBusy, QueryOutOfTime, AnswerTooLarge, EngineFault: as for `fetch`.
        """
        generation = self.generation
        names = sorted(iri for iri in self._graphs(self._current()) if wanted.has(iri))
        with path.open("wb") as to:
            for name in (None, *names):
                lines, _ = self.graph(name, _TRIPLES)
                end = f" <{name}> .\n".encode() if name else b" .\n"
                to.write(lines.whole().replace(b" .\n", end))
        return generation

    def write(self, write: Write) -> Done:
        """Make a change, where this service is the one that writes to the engine.

        Raises:
            WriteRefused: it is not.
            EngineBusy, EngineTaken, WriteFault: as `Writing.write`.
        """
        if self._writing is None:
            raise WriteRefused(
                f"This service reads from the engine at {self._endpoint.address}: what it holds "
                "is changed by `fingerpost publish`, or by the service that keeps its store."
            )
        return self._writing.write(write, lambda: (self._asked() or _NONE).number)

    def close(self) -> None:
        """Let go of nothing: connections end with the process."""

    def _current(self) -> Mark:
        """Return the mark of the current generation, looked up anew after a second.

        Raises:
            EngineFault: the engine has never held one.
        """
        if mark := self._newest.mark():
            return mark
        raise EngineFault(
            f"{self._where} holds no graph of Fingerpost. "
            "Put one there: fingerpost publish --engine … --engine-graphs …"
        )

    def _asked(self) -> Mark | None:
        return marks.newest(self._rows(marks.CURRENT, marks.MARKS))

    def _rows(self, text: str, graph: str) -> tuple[Row, ...]:
        """Return the rows of a query of our own about one graph of the engine."""
        found = Sink(self.fences.answer)
        reply = self._ask(text, graph, found)
        if self._dialect is None:
            self._dialect = dialects.told(reply.headers.get("Server", ""))
        try:
            return rows.read(self._plain(found.answer().whole())).rows
        except (SyntaxError, ValueError, TypeError) as fault:
            raise self._none(fault) from fault

    def _ask(self, text: str, graph: str, to: Sink) -> Reply:
        fields = [("query", text), ("default-graph-uri", graph)]
        return checks.check(self._endpoint.ask(fields, JSON, to), self.dialect, self._where)

    def _fields(self, query: Query, mark: Mark) -> list[tuple[str, str]]:
        """Return a query as it is sent, with its dataset: its own, or that of the generation."""
        default, named = query.default_graphs, query.named_graphs
        words = clauses.words(query.text)
        # Where it is the engine's own default graph, every graph is where a query looks for it.
        if not mark.own and not default and not named and "FROM" not in words:
            default = (mark.default,)
            named = self._graphs(mark) if "GRAPH" in words else ()
        text = query.text
        if self.dialect.dataset_in_text and (default or named):
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

    def _plain(self, document: bytes) -> bytes:
        plain = self.dialect.plain_results
        return document if plain else dialects.standard_results(document)

    def _written(self, found: Answer, graph: bool, media_type: str) -> Answer:
        """Return an answer, in N-Triples or JSON as it came, in the format that is wanted."""
        same = _TRIPLES if graph else JSON
        sink = Sink(self.fences.answer)
        try:
            if self.dialect.plain_results and media_type in {same, _ALIAS[same]}:
                checks.check_beginning(found, graph=graph)
                return found
            if graph:
                lines = parse(found.whole(), format=RdfFormat.N_TRIPLES)
                sink.write(results.graph({quad.triple for quad in lines}, media_type))
            else:
                document = self._plain(found.whole())
                read = parse_query_results(document, results.SOLUTIONS[JSON])
                results.write(read, media_type, sink)
        except (SyntaxError, ValueError) as fault:
            raise self._none(fault) from fault
        return sink.answer()

    def _none(self, fault: Exception) -> EngineFault:
        return EngineFault(f"{self._where} answered what is none: {fault}")

    @property
    def _where(self) -> str:
        return f"The engine at {self._endpoint.address}"
