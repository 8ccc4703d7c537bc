"""Who reads a whole graph waits for a worker, and does not begin anew."""

import pytest
from pyoxigraph import Store

from fingerpost.engine import Answer, Generation, Query, waiting
from fingerpost.engine.local import Local
from fingerpost.engine.results import JSON
from fingerpost.engine.waiting import Waiting
from fingerpost.errors import EngineBusy


class Busy(Local):
    """Has no worker for so many questions, after which it may be at another generation."""

    def __init__(self, times: int, then: str) -> None:
        super().__init__(Store(), "first")
        self.times, self.then = times, then

    def fetch(self, query: Query, media_type: str) -> Answer:
        if self.times:
            self.times -= 1
            self.generation = Generation(0, self.then)
            raise EngineBusy("")
        return super().fetch(query, media_type)


def test_a_busy_engine_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PAUSE", 0)
    patient = Waiting(Busy(3, "first"))
    assert b"true" in patient.answer(Query("ASK {}"), JSON)
    assert patient.generation.id == "first"


def test_a_generation_that_has_passed_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PAUSE", 0)
    with pytest.raises(EngineBusy):
        Waiting(Busy(3, "second")).answer(Query("ASK {}"), JSON)
