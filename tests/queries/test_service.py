"""Saved queries asked of an engine."""

from dataclasses import dataclass, field

import pytest

from fingerpost.engine import Answer, Generation, Query
from fingerpost.queries import saved
from fingerpost.queries.service import SavedQueries

SAYING = "#+ summary: What is said?\nSELECT ?s { ?s ?p ?o FILTER (?o = ?_said_literal) } # all\n"


@dataclass
class Listening:
    """An engine that remembers what it was asked."""

    generation = Generation(0, "")
    asked: list[tuple[Query, str]] = field(default_factory=list)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.asked.append((query, media_type))
        return Answer(2, b"{}")


@pytest.mark.parametrize(
    ("said", "sound"), [("SERVICE <x> {", True), ('"} NOW() #', True), (r"\u0022} SERVICE", False)]
)
def test_no_value_makes_a_query_unsound_but_one_with_an_escape(said: str, sound: bool) -> None:
    engine = Listening()
    SavedQueries(engine, {"a": saved.parse("a", SAYING)}).answer("a", {"said": said})
    ((query, _),) = engine.asked
    assert query.sound is sound
    assert "#+" not in query.text
