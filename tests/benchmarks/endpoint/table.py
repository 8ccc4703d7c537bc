"""Ratios as a table, and the floors that they must keep."""

import math
from collections.abc import Iterator, Sequence

from endpoint.rounds import DISTINCT, LOADS, REPEATED, Cell, Results
from endpoint.servers import MEASURE, OURS, RDFLIB

EACH = {REPEATED: 2.0, DISTINCT: 0.7}
"""Load → how many times the answers a second of the measure each query must reach."""
MEAN = {REPEATED: 5.0, DISTINCT: 0.9}
"""Load → the same for their geometric mean."""
AGAINST_RDFLIB = 20.0
"""How many times rdflib-endpoint's answers a second the geometric mean must reach, repeated."""

_QUERY, _COLUMN = 15, 17


def lines(results: Results, questions: Sequence[str], servers: Sequence[str]) -> Iterator[str]:
    """Yield a line a query and load: each server's rate and latency relative to the measure."""
    others = [server for server in servers if server != MEASURE]
    heads = "".join(f"{server:>{_COLUMN}}" for server in others)
    yield f"{'':{_QUERY + 9}}{heads}{'1 stands for':>22}"
    for how in LOADS:
        for question in questions:
            cell = Cell(question, how)
            columns = "".join(_column(results, server, cell) for server in others)
            scale = results.scale(cell)
            measured = f"{scale.rate:,.0f}/s {scale.median * 1000:.1f} ms"
            yield f"{question:{_QUERY}} {how:8}{columns}{measured:>22}"
        means = "".join(_means(results, questions, server, how) for server in others)
        yield f"{'geometric mean':{_QUERY}} {how:8}{means}\n"


def _column(results: Results, server: str, cell: Cell) -> str:
    few = "*" if (server, cell.question) in results.few else " "
    rate, latency = results.rate(server, cell), results.latency(server, cell)
    return f"{f'{_number(rate)} {_number(latency)}{few}':>{_COLUMN}}"


def _means(results: Results, questions: Sequence[str], server: str, how: str) -> str:
    cells = [Cell(question, how) for question in questions]
    rate = mean([results.rate(server, cell) for cell in cells])
    latency = mean([results.latency(server, cell) for cell in cells])
    return f"{f'{_number(rate)} {_number(latency)} ':>{_COLUMN}}"


def _number(value: float) -> str:
    """Return a ratio to three figures."""
    places = 2 - math.floor(math.log10(value)) if value < 100 else 0
    return f"{value:.{min(places, 4)}f}"


def mean(values: Sequence[float]) -> float:
    """Return the geometric mean."""
    return math.exp(sum(math.log(value) for value in values) / len(values))


def verdicts(results: Results, questions: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Yield for each floor whether Fingerpost keeps it, and a line that says so."""
    for how in LOADS:
        rates = {question: results.rate(OURS, Cell(question, how)) for question in questions}
        for question, rate in rates.items():
            yield _verdict(f"{how}, {question}", rate, EACH[how])
        yield _verdict(f"{how}, geometric mean", mean(list(rates.values())), MEAN[how])
    yield _verdict(
        "repeated, against rdflib-endpoint",
        beside_rdflib(results, questions, REPEATED),
        AGAINST_RDFLIB,
    )


def beside_rdflib(results: Results, questions: Sequence[str], how: str) -> float:
    """Return the geometric mean of Fingerpost's answers a second over rdflib-endpoint's."""
    cells = [Cell(question, how) for question in questions]
    return mean([results.rate(OURS, cell) / results.rate(RDFLIB, cell) for cell in cells])


def _verdict(what: str, found: float, floor: float) -> tuple[bool, str]:
    kept = found >= floor
    return kept, f"{'kept  ' if kept else 'MISSED'} {what}: {_number(found)}, at least {floor:g}"
