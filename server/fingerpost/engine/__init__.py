"""Who answers SPARQL: one interface, and the engines behind it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Query:
    """A SPARQL query and the dataset that the request asks for; empty means the whole store."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Engine(Protocol):
    """Answers queries in bytes."""

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`, one of `results.offered` for the query's form.

        Raises:
            QuerySyntax: the text is not SPARQL.
            QueryRefused: it asks for what is not done here.
            QueryTooComplex: it is deeper or longer than the engine may be given.
        """
