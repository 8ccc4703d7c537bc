"""The eight queries, and how they are asked over HTTP."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CONSTANT = "1000000000"
"""The LIMIT of each query: beyond every answer, and changed where each request is to differ."""


@dataclass(frozen=True)
class Question:
    """A query of the benchmark and the media type in which its answer is asked for."""

    name: str
    text: str
    media_type: str

    def variant(self, number: int) -> str:
        """Return the query as a different text of the same length, answer and effort."""
        return self.text.replace(CONSTANT, f"{int(CONSTANT) + number}")

    def address(self, endpoint: str) -> str:
        """Return the address of a GET request for the query (SPARQL 1.1 Protocol, 2.1.1)."""
        return f"{endpoint}?query={quote(self.text, safe='')}"


def load() -> list[Question]:
    """Return the queries that lie beside this module."""
    return [_read(path) for path in sorted(Path(__file__).parent.glob("*.rq"))]


def _read(path: Path) -> Question:
    text = path.read_text("utf-8")
    if text.count(CONSTANT) != 1:
        raise ValueError(f"{path.name} needs the constant {CONSTANT} once, as its LIMIT.")
    graph = "\nCONSTRUCT" in text
    kind = "application/n-triples" if graph else "application/sparql-results+json"
    return Question(path.stem, text, kind)
