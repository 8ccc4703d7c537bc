"""Who answers SPARQL: one interface, and the engines behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol, cast

_CHUNK = 256 * 1024


@dataclass(frozen=True)
class Query:
    """A SPARQL query and the dataset that the request asks for; empty means the whole store.

    It is `sound` where it is known already that `guard` lets its words pass, and that it answers
    the same each time: to read them takes as long as to answer. `patience` is how many times as
    long as others it may take, and its answer may be, as it is our own and nobody waits for it.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    sound: bool = False
    patience: int = 1


@dataclass(frozen=True)
class Generation:
    """A state of the graph: its number, and an identifier that no other state has.

    `number` grows with each change while an engine runs; `id` outlives it.
    """

    number: int
    id: str


@dataclass(frozen=True)
class Answer:
    """The whole answer to a query: in memory, or, where it is long, in an open file.

    It is complete before anybody reads it, so a fault never cuts one short.
    """

    size: int
    body: bytes = b""
    file: BinaryIO | None = None

    def chunks(self) -> Iterator[bytes]:
        """Yield the answer in pieces of at most 256 KiB."""
        if self.file is None:
            yield self.body
            return
        with self.file:
            while piece := self.file.read(_CHUNK):
                yield piece

    def opened(self) -> BinaryIO:
        """Return the answer as a file, which who reads it closes."""
        return self.file or cast(BinaryIO, BytesIO(self.body))

    def forget(self) -> None:
        """Let go of an answer that nobody is going to read."""
        if self.file is not None:
            self.file.close()

    def whole(self) -> bytes:
        """Return the answer in one piece."""
        return self.body if self.file is None else b"".join(self.chunks())


class Engine(Protocol):
    """Answers queries."""

    @property
    def generation(self) -> Generation:
        """The state of the graph that a query asked now is answered from, or a later one."""

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`, one of `results.offered` for the query's form.

        Raises:
            QuerySyntax: the text is not SPARQL.
            QueryRefused: it asks for what is not done here.
            QueryTooComplex: it is deeper or longer than the engine may be given.
        """

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in one piece; see `fetch`."""
