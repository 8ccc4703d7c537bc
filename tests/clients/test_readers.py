"""Several readers behind nginx over one store, of which another service is the writer."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from behind_nginx import Group, Reading, until, watched

from writing.service import ALT, ZENODO, Service, store_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Group]:
    assert cache
    folder = tmp_path_factory.mktemp("readers")
    store = store_at(folder / "store")
    made = Group(folder, store, (*store, "--follow"))
    yield made
    made.close()


def test_each_reader_goes_over_to_what_was_written_and_none_goes_back(group: Group) -> None:
    with watched(group, [one.port for one in group.readers]) as seen:
        for number in range(8):
            group.write(f"name-{number}")
        for one in group.readers:
            until(lambda one=one: "name-7" in group.names(one.port))  # type: ignore[misc]
    for counts in seen.values():
        assert counts == sorted(counts)
        assert len(set(counts)) > 1


def test_a_reader_that_is_killed_costs_no_answer_and_no_acknowledged_write(group: Group) -> None:
    reading = Reading(group)
    acknowledged = []
    for number in range(4):
        group.write(f"kept-{number}")
        acknowledged.append(f"kept-{number}")
        if number == 1:
            group.readers[0].kill()
    time.sleep(1)
    reading.stop()
    assert reading.reads > 20
    assert reading.faults == []
    group.readers[0] = group.reader(group.readers[0].port)
    for port in (group.port, group.readers[0].port):
        until(lambda port=port: set(acknowledged) <= group.names(port))  # type: ignore[misc]


def test_readers_are_started_anew_one_after_the_other_without_an_error(group: Group) -> None:
    reading = Reading(group)
    for at, one in enumerate(group.readers):
        one.stop()
        group.readers[at] = group.reader(one.port)
    reading.stop()
    assert reading.reads > 20
    assert reading.faults == []


def test_a_reader_takes_no_change(group: Group) -> None:
    answer = group.readers[0].update(f'INSERT DATA {{ <{ZENODO}> <{ALT}> "x" }}')
    assert answer.status in {401, 403}
    with suppress(AssertionError):
        Service(*group.reading)
        pytest.fail("a reader that takes a token has started")
