"""Which generation an engine holds, written in the engine: how it is put there and found.

What makes a generation current is one statement with its number, so the flip from one to the next
is atomic on any engine; the highest number holds. Its default graph is a named graph of its own,
never changed once it is there; or, where the engine holds nothing else and changes in one step, the
engine's own default graph: then queries need not name their dataset.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import BASE

MARKS = BASE + "engine"
"""The graph of the marks, and the IRI that they are about."""
GENERATIONS = BASE + "generation/"

_HOLDS = NamedNode(MARKS + "#holds")
_CONTENT = NamedNode(MARKS + "#content")
_OWN = "own"
_DIGITS = 16
HOLDS = f"<{MARKS}> {_HOLDS}"
CURRENT = f"SELECT ?mark WHERE {{ {HOLDS} ?mark }}"
ABOUT = f"SELECT ?graph ?content WHERE {{ ?graph {_CONTENT} ?content }}"


@dataclass(frozen=True)
class Mark:
    """A generation in an engine: its number grows by one with each, its id is that of its content.

    `own` says that its default graph is that of the engine.
    """

    number: int
    id: str
    own: bool = False

    @property
    def default(self) -> str:
        """The graph that is its default graph; what stands for it where that is the engine's."""
        return f"{MARKS}#default" if self.own else self.place

    @property
    def place(self) -> str:
        """The IRI below which it is put together."""
        return f"{GENERATIONS}{self.number}-{self.id}"

    @property
    def about(self) -> str:
        """The graph that names its graphs, the default one too, each with its `Content`."""
        return MARKS if self.own else f"{self.place}/about"

    @property
    def statement(self) -> Triple:
        """What says that the engine holds it."""
        words = [str(self.number), self.id, *([_OWN] if self.own else [])]
        return Triple(NamedNode(MARKS), _HOLDS, Literal(" ".join(words)))


def read(rows: Iterable[Mapping[str, str]]) -> list[Mark]:
    """Return the marks that `CURRENT` found, the newest last."""
    marks = []
    for row in rows:
        number, id_, *rest = row["mark"].split(" ")
        marks.append(Mark(int(number), id_, own=_OWN in rest))
    return sorted(marks, key=lambda mark: mark.number)


def newest(rows: Iterable[Mapping[str, str]]) -> Mark | None:
    """Return the newest of the marks that `CURRENT` found."""
    return next(reversed(read(rows)), None)


@dataclass(frozen=True)
class Content:
    """What tells a graph's content from any other, and how many statements it has.

    The digest is the sum of those of its statements, so a change is reckoned from what changes.
    """

    digest: str = f"{0:0{_DIGITS}x}"
    size: int = 0

    def __str__(self) -> str:
        return f"{self.digest} {self.size}"

    def after(self, removed: Iterable[Triple], added: Iterable[Triple]) -> "Content":
        """Return the content once statements of it are taken away, and others are added."""
        less, more = [_digest(one) for one in removed], [_digest(one) for one in added]
        whole = (int(self.digest, 16) - sum(less) + sum(more)) % 16**_DIGITS
        return Content(f"{whole:0{_DIGITS}x}", self.size - len(less) + len(more))


def _digest(triple: Triple) -> int:
    return int(hashlib.sha256(str(triple).encode()).hexdigest()[:_DIGITS], 16)


def described(graphs: Mapping[str, Content]) -> Iterator[Triple]:
    """Yield what is said of the graphs of a generation."""
    for iri, content in sorted(graphs.items()):
        yield Triple(NamedNode(iri), _CONTENT, Literal(str(content)))


def contents(rows: Iterable[Mapping[str, str]]) -> dict[str, Content]:
    """Return the graphs of a generation, as `ABOUT` found them."""
    found = {}
    for row in rows:
        digest, _, size = row["content"].partition(" ")
        found[row["graph"]] = Content(digest, int(size))
    return found
