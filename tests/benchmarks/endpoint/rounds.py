"""Servers asked in turn, round after round, and what they came to."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product

from endpoint import answers, load
from endpoint.load import Failed, Load, Reading
from endpoint.questions import Question
from endpoint.servers import MEASURE, Server

REPEATED, DISTINCT = "repeated", "distinct"
LOADS = (REPEATED, DISTINCT)
CONNECTIONS = 16

_SLOW = 0.2
"""The part of a cell's seconds above which a single answer is slow: few requests are then sent."""
_FEW = 2
"""Connections that ask what is answered slowly."""
_WARMING = 0.2
"""The part of a cell's seconds that the same load has run before it."""


class Unequal(Exception):
    """Two servers answer the same query differently, so their times mean nothing."""


@dataclass(frozen=True)
class Cell:
    """One query under one load."""

    question: str
    load: str


@dataclass
class Results:
    """The readings of each server and cell, one a round, all beside those of the measure."""

    readings: dict[tuple[str, Cell], list[Reading]] = field(
        default_factory=lambda: defaultdict(list)
    )
    few: set[tuple[str, str]] = field(default_factory=set)
    """Server and query where a single answer was slow."""

    def rate(self, server: str, cell: Cell) -> float:
        """Return answers a second relative to the measure: the median of the rounds."""
        return self._ratio(server, cell, lambda reading: reading.rate)

    def latency(self, server: str, cell: Cell) -> float:
        """Return the median latency relative to the measure: the median of the rounds."""
        return self._ratio(server, cell, lambda reading: reading.median)

    def scale(self, cell: Cell) -> Reading:
        """Return what 1 stands for: the medians of the measure itself."""
        found = self.readings[MEASURE, cell]
        rate = statistics.median(reading.rate for reading in found)
        return Reading(rate, statistics.median(reading.median for reading in found))

    def _ratio(self, server: str, cell: Cell, of: Callable[[Reading], float]) -> float:
        pairs = zip(self.readings[server, cell], self.readings[MEASURE, cell], strict=True)
        return statistics.median(of(one) / of(measure) for one, measure in pairs)


def compare(servers: Sequence[Server], questions: Sequence[Question]) -> None:
    """Return if every server gives the same rows to every query, as it is and changed.

    Raises:
        Unequal: two differ, or there is nothing to answer.
    """
    for question in questions:
        wanted: answers.Rows = answers.Rows()
        for server in servers:
            for text in (question.text, question.variant(1)):
                body = answers.ask(server.endpoint, text, question.media_type)
                found = answers.rows(body, question.media_type)
                wanted = wanted or found
                if not found or found != wanted:
                    raise Unequal(_difference(question, server, wanted, found))


def _difference(
    question: Question, server: Server, wanted: answers.Rows, found: answers.Rows
) -> str:
    missing, more = list(wanted - found), list(found - wanted)
    return (
        f"{question.name}: {server.name} has {found.total()} rows where there are "
        f"{wanted.total()}; missing {missing[:2]}, too many {more[:2]}"
    )


def run(
    servers: Sequence[Server],
    questions: Sequence[Question],
    rounds: int,
    seconds: float,
) -> Results:
    """Return what each query comes to at each server under each load.

    Raises:
        Failed: a request was refused or broke off.
    """
    results = Results(few=_slow(servers, questions, seconds * _SLOW))
    for _, question, how, server in product(range(rounds), questions, LOADS, servers):
        few = (server.name, question.name) in results.few
        try:
            reading = _read(server, question, how == DISTINCT, few, seconds)
        except Failed as fault:
            raise Failed(f"{server.name}: {fault}") from fault
        results.readings[server.name, Cell(question.name, how)].append(reading)
    return results


def _slow(
    servers: Sequence[Server], questions: Sequence[Question], limit: float
) -> set[tuple[str, str]]:
    return {
        (server.name, question.name)
        for server in servers
        for question in questions
        if min(_single(server, question, number) for number in (2, 3)) > limit
    }


def _single(server: Server, question: Question, number: int) -> float:
    """Return how long one answer takes, nothing else being asked."""
    begin = time.perf_counter()
    answers.ask(server.endpoint, question.variant(number), question.media_type)
    return time.perf_counter() - begin


def _read(server: Server, question: Question, distinct: bool, few: bool, seconds: float) -> Reading:
    if few:
        return load.drive(server.endpoint, question, Load(distinct, _FEW, seconds, _FEW))
    warming = Load(distinct, CONNECTIONS, seconds * _WARMING, CONNECTIONS)
    load.drive(server.endpoint, question, warming)
    measured = Load(distinct, CONNECTIONS, seconds, CONNECTIONS)
    return load.drive(server.endpoint, question, measured)
