"""Queries and updates: load the data, send the text, compare what comes back.

Everything goes over HTTP. Data are loaded by one update that empties the dataset and inserts the
statements; cases that query the same data share one loading. Empty named graphs are not told from
absent ones, as SPARQL 1.1 Update lets a store choose. A request has no base IRI of the client's
choosing, so BASE with the address of its file goes before each text that is evaluated; texts of
syntax tests are sent as they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from conformance import compare, results
from conformance.client import Broken, Response
from conformance.manifests import FORMATS, Case, Dataset, Suites
from conformance.results import Graph, Result, Solutions
from conformance.servers import Server

EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
COMMENT = re.compile(r"""(<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#[^\n]*""")
ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


class Failed(Exception):
    """A test that did not pass, with the cause."""


@dataclass(frozen=True)
class Outcome:
    """The result of one test: the cause why it failed, or nothing."""

    id: str
    cause: str

    @property
    def passed(self) -> bool:
        return not self.cause


class Runner:
    """Runs cases on one server and knows which data lie there."""

    def __init__(self, server: Server, suites: Suites) -> None:
        self.server = server
        self.suites = suites
        self._loaded: Dataset | None = None

    def run(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """The outcome of each case."""
        for case in sorted(cases, key=_order):
            yield Outcome(case.id, self._cause(case))

    def _cause(self, case: Case) -> str:
        try:
            self._run(case)
        except (Failed, Broken) as failure:
            return str(failure)
        except (ValueError, SyntaxError, KeyError) as unreadable:
            return f"unreadable: {unreadable}"
        except OSError as error:
            return f"no connection: {error}"
        return ""

    def _run(self, case: Case) -> None:
        if case.is_syntax:
            self._syntax(case)
        elif case.is_update:
            self._update(case)
        else:
            self._query(case)

    def load(self, dataset: Dataset) -> None:
        """Make the dataset of the server the one that is given."""
        if dataset == self._loaded:
            return
        self._loaded = None
        _ok(self.server.update(insertion(self.suites, dataset)), "loading")
        self._loaded = dataset

    def _syntax(self, case: Case) -> None:
        self.load(Dataset())
        if case.is_update:
            self._loaded = None
            answer = self.server.update(case.source)
        else:
            answer = self.server.query(case.source)
        if not case.is_negative:
            _ok(answer, "a correct text")
        elif answer.status // 100 != 4:
            raise Failed(f"status {answer.status} for a text that is not correct")

    def _query(self, case: Case) -> None:
        self.load(case.before)
        wanted = results.expected(case.result, self.suites.iri(case.result))
        suffix = case.result.suffix
        if not isinstance(wanted, Graph) and suffix in FORMATS:
            suffix = ".srj"
        media_type = results.MEDIA_TYPES[suffix]
        answer = self.server.query(f"BASE <{case.base}> {case.source}", media_type)
        _ok(answer, "a correct query")
        if answer.media_type != media_type:
            raise Failed(f"{answer.media_type} where {media_type} was asked for")
        found = results.read(answer.body, suffix, case.base)
        _same(wanted, found, ordered=is_ordered(case.source), lax=case.lax)

    def _update(self, case: Case) -> None:
        self.load(case.before)
        self._loaded = None
        _ok(self.server.update(f"BASE <{case.base}> {case.source}"), "a correct update")
        answer = self.server.query(EVERYTHING, results.MEDIA_TYPES[".srj"])
        _ok(answer, "the question what the dataset holds")
        found = _as_graph(results.read(answer.body, ".srj", case.base))
        _same(Graph(frozenset(statements(self.suites, case.after))), found)


def insertion(suites: Suites, dataset: Dataset) -> str:
    """An update that leaves nothing in a dataset but what is given."""
    blocks = []
    for name, triples in _by_graph(statements(suites, dataset)).items():
        blocks.append(f"GRAPH {name} {{\n{triples}}}" if name else triples)
    return "DROP ALL" + (" ;\nINSERT DATA {\n" + "\n".join(blocks) + "\n}" if blocks else "")


def statements(suites: Suites, dataset: Dataset) -> list[tuple[results.Term, ...]]:
    """The statements of the files of a dataset, with the graph before them; None: the default."""
    found = []
    for path in dataset.default:
        found += _parsed(path, suites.iri(path), None)
    for name, path in dataset.named:
        found += _parsed(path, suites.iri(path), ox.NamedNode(name))
    return found


def _parsed(
    path: Path, base: str, graph: ox.NamedNode | None
) -> Iterator[tuple[results.Term, ...]]:
    """Blank nodes are renamed, so that those of two files stay apart."""
    for quad in ox.parse(
        path=str(path), format=FORMATS[path.suffix], base_iri=base, rename_blank_nodes=True
    ):
        own = None if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
        yield (graph or own, quad.subject, quad.predicate, quad.object)


def _by_graph(rows: list[tuple[results.Term, ...]]) -> dict[str, str]:
    """N-Triples, which SPARQL reads as well, by the name of their graph."""
    found: dict[str, list[ox.Triple]] = {}
    for graph, *terms in rows:
        found.setdefault(str(graph) if graph else "", []).append(ox.Triple(*terms))
    return {
        name: ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()
        for name, triples in found.items()
    }


def is_ordered(text: str) -> bool:
    """Whether a query orders its own solutions, not only those of a part of it."""
    return bool(ORDER.search(COMMENT.sub(r"\1", text).rpartition("}")[2]))


def _as_graph(result: Result) -> Graph:
    if not isinstance(result, Solutions):
        raise Failed("the question what the dataset holds was not answered by a table")
    places = [result.variables.index(name) for name in "gspo"]
    return Graph(frozenset(tuple(row[place] for place in places) for row in result.rows))


def _ok(answer: Response, what: str) -> None:
    if answer.status // 100 != 2:
        words = " ".join(answer.body.decode("utf-8", "replace").split())
        raise Failed(f"status {answer.status} for {what}: {words[:200]}")


def _same(wanted: Result, found: Result, *, ordered: bool = False, lax: bool = False) -> None:
    cause = compare.difference(wanted, found, ordered=ordered, lax=lax)
    if cause:
        raise Failed(cause)


def _order(case: Case) -> tuple[bool, bool, str, str]:
    """Syntax before data, queries before updates, and queries of the same data together."""
    return (not case.is_syntax, case.is_update, str(case.before), case.id)
