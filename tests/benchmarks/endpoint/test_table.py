"""Ratios are of the same round, and a floor that is missed is named."""

import pytest

from endpoint import table
from endpoint.load import Reading
from endpoint.rounds import DISTINCT, LOADS, REPEATED, Cell, Results
from endpoint.servers import DISK, MEASURE, OURS, RDFLIB

NAMES = ["counts", "guidance"]
SERVERS = [OURS, MEASURE, DISK, RDFLIB]


def results(**ours: float) -> Results:
    """Readings in which Fingerpost has so many times the measure's answers a second."""
    made = Results()
    for name in NAMES:
        for how in LOADS:
            cell = Cell(name, how)
            for pace in (1.0, 3.0, 0.5):
                times = ours.get(f"{name}_{how}", ours.get(how, 1.0))
                for server, ratio in {OURS: times, MEASURE: 1, DISK: 0.5, RDFLIB: 0.01}.items():
                    reading = Reading(1000 * pace * ratio, 0.016 / (pace * ratio))
                    made.readings[server, cell].append(reading)
    return made


def missed(found: Results) -> list[str]:
    return [line for kept, line in table.verdicts(found, NAMES) if not kept]


def test_a_ratio_is_taken_within_each_round() -> None:
    cell = Cell("counts", REPEATED)
    assert results(repeated=6).rate(OURS, cell) == pytest.approx(6)
    assert results(repeated=6).latency(OURS, cell) == pytest.approx(1 / 6)


def test_a_server_above_every_floor_misses_none() -> None:
    assert missed(results(repeated=5.1, distinct=0.95)) == []


def test_a_single_query_below_its_floor_is_named() -> None:
    found = missed(results(repeated=20, counts_repeated=1.9, distinct=1.5, guidance_distinct=0.69))
    assert [line.split(":")[0] for line in found] == [
        "MISSED repeated, counts",
        "MISSED distinct, guidance",
    ]


def test_a_geometric_mean_below_its_floor_is_named() -> None:
    found = missed(results(repeated=4.9, distinct=0.89))
    assert [line.split(":")[0] for line in found] == [
        "MISSED repeated, geometric mean",
        "MISSED distinct, geometric mean",
    ]


def test_being_near_rdflib_endpoint_is_a_floor_missed() -> None:
    near = results(repeated=5.1, distinct=1)
    for name in NAMES:
        near.readings[RDFLIB, Cell(name, REPEATED)] = [Reading(300, 1)] * 3
    assert any("rdflib-endpoint" in line for line in missed(near))


def test_the_means_are_geometric() -> None:
    assert table.mean([0.5, 2.0]) == pytest.approx(1)
    assert table.beside_rdflib(results(distinct=2), NAMES, DISTINCT) == pytest.approx(200)


def test_the_table_has_a_line_a_query_and_load_and_says_what_1_stands_for() -> None:
    lines = list(table.lines(results(repeated=2), NAMES, SERVERS))
    assert len(lines) == 1 + len(LOADS) * (len(NAMES) + 1)
    assert lines[1].split()[:4] == ["counts", "repeated", "2.00", "0.500"]
    assert lines[1].endswith("1,000/s 16.0 ms")
    assert MEASURE not in lines[0].split()


def test_what_was_asked_with_few_connections_is_marked() -> None:
    made = results()
    made.few.add((RDFLIB, "counts"))
    marked = [line for line in table.lines(made, NAMES, SERVERS) if "*" in line]
    assert len(marked) == len(LOADS)
    assert all(line.startswith("counts") for line in marked)
