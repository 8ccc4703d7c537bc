"""Which generation an engine holds, written in the engine: how it is put there and found.

A generation's default graph is a named graph of its own, never changed once it is there. What
makes it current is one statement with its number, so the flip from one to the next is atomic on
any engine; the highest number holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import BASE

MARKS = BASE + "engine"
"""The graph of the marks, and the IRI that they are about."""
GENERATIONS = BASE + "generation/"

_HOLDS = NamedNode(MARKS + "#holds")
_CONTENT = NamedNode(MARKS + "#content")
CURRENT = f"SELECT ?mark WHERE {{ <{MARKS}> <{_HOLDS.value}> ?mark }}"
ABOUT = f"SELECT ?graph ?content WHERE {{ ?graph <{_CONTENT.value}> ?content }}"


@dataclass(frozen=True)
class Mark:
    """A generation in an engine: it grows by one with each, and its id is that of its content."""

    number: int
    id: str

    @property
    def default(self) -> str:
        """The graph that is its default graph."""
        return f"{GENERATIONS}{self.number}-{self.id}"

    @property
    def about(self) -> str:
        """The graph that names its graphs, the default one too, each with its `Content`."""
        return f"{self.default}/about"

    @property
    def statement(self) -> Triple:
        """What says that the engine holds it."""
        return Triple(NamedNode(MARKS), _HOLDS, Literal(f"{self.number} {self.id}"))


def newest(rows: Iterable[Mapping[str, str]]) -> Mark | None:
    """Return the newest of the marks that `CURRENT` found."""
    marks = []
    for row in rows:
        number, _, id_ = row["mark"].partition(" ")
        marks.append(Mark(int(number), id_))
    return max(marks, key=lambda mark: mark.number, default=None)


@dataclass(frozen=True)
class Content:
    """What tells a graph's content from any other, and how many statements it has."""

    digest: str
    size: int

    def __str__(self) -> str:
        return f"{self.digest} {self.size}"


def described(graphs: Mapping[str, Content]) -> Iterator[Triple]:
    """Yield what is said of the graphs of a generation."""
    for iri, content in sorted(graphs.items()):
        yield Triple(NamedNode(iri), _CONTENT, Literal(str(content)))


def read(rows: Iterable[Mapping[str, str]]) -> dict[str, Content]:
    """Return the graphs of a generation, as `ABOUT` found them."""
    found = {}
    for row in rows:
        digest, _, size = row["content"].partition(" ")
        found[row["graph"]] = Content(digest, int(size))
    return found
