"""Memory or disk: from the size of a graph and what the machine, or its group, has."""

from pathlib import Path

import pytest

from fingerpost.engine import placing
from fingerpost.engine.placing import Wanted
from fingerpost.errors import SettingFault

GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("graph", "copies", "free", "on_disk"),
    [
        (1 * GIGABYTE, 4, 8 * GIGABYTE, False),
        (GIGABYTE * 11 // 10, 4, 8 * GIGABYTE, True),
        (1 * GIGABYTE, 5, 8 * GIGABYTE, True),
        (6 * GIGABYTE, 0, 10 * GIGABYTE, False),
        (6 * GIGABYTE + 1, 0, 10 * GIGABYTE, True),
        (0, 8, 0, False),
        (1, 0, 0, True),
    ],
)
def test_a_graph_and_its_copies_take_six_tenths_of_the_free_memory_at_most(
    graph: int, copies: int, free: int, on_disk: bool
) -> None:
    placed = placing.place(placing.AUTO, graph, copies, free)
    assert placed.on_disk is on_disk
    assert placed.why.startswith("on disk" if on_disk else "in memory")


def test_why_a_graph_is_on_disk_is_told_in_sizes() -> None:
    placed = placing.place(placing.AUTO, 2 * GIGABYTE, 2, 6 * GIGABYTE)
    assert placed.why == (
        "on disk, as in memory it and its 2 copies would take 5.5 GB: "
        "more than 60% of the 6.0 GB that are free"
    )


def test_a_hundred_thousand_resources_are_held_in_memory_by_four_workers_on_24_gigabytes() -> None:
    """Measured: 1.6 GB of N-Quads are 2.5 GB in memory, and 2.2 GB for a worker that read all."""
    graph = int(1.585e9 * 1.7)
    assert not placing.place(placing.AUTO, graph, 4, 21 * GIGABYTE).on_disk


@pytest.mark.parametrize("free", [0, 1000 * GIGABYTE])
def test_what_is_asked_for_holds_whatever_there_is(free: int) -> None:
    assert not placing.place(placing.wanted("always"), GIGABYTE, 2, free).on_disk
    assert placing.place(placing.wanted("never"), 1, 0, free).on_disk
    assert not placing.place(placing.wanted("2806"), GIGABYTE, 2, free).on_disk
    assert placing.place(placing.wanted("2805"), GIGABYTE, 2, free).on_disk


def test_a_choice_is_a_word_or_megabytes() -> None:
    assert placing.wanted("auto") == Wanted("auto")
    assert placing.wanted("5") == Wanted(most=5 * 1024**2)
    for text in ("", "some", "-5", "1.5", "٣"):
        with pytest.raises(SettingFault, match="auto, always, never or a number"):
            placing.wanted(text)


def test_what_a_graph_needs_is_told_from_its_files(tmp_path: Path) -> None:
    quads, turtle = tmp_path / "a.nq", tmp_path / "b.ttl"
    quads.write_bytes(bytes(1000))
    turtle.write_bytes(bytes(1000))
    assert placing.needed([quads], None) == 1700
    assert placing.needed([quads, turtle], None) > 2 * placing.needed([quads], None)
