"""Three services behind nginx through one engine that is not ours; one of them writes."""

import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
from behind_nginx import Group, Reading, until, watched

from engines.conftest import oxigraph
from writing.service import store_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Group]:
    assert cache
    folder = tmp_path_factory.mktemp("through")
    with oxigraph() as running:
        reading = ("--engine", running.query)
        address = running.address
        where = ("--engine-graphs", address.graphs, "--engine-update", address.update)
        made = Group(folder, (*store_at(folder / "store"), *reading, *where), reading)
        yield made
        made.close()


def test_each_service_goes_over_to_what_was_written_and_none_goes_back(group: Group) -> None:
    services = (group.writer, *group.readers)
    with watched(group, [one.port for one in services]) as seen:
        for number in range(5):
            group.write(f"name-{number}")
            # The service that acknowledges a change shows it at once.
            assert f"name-{number}" in group.names(group.writer.port)
        for one in group.readers:
            until(lambda one=one: "name-4" in group.names(one.port))  # type: ignore[misc]
    for counts in seen.values():
        assert counts == sorted(counts)
        assert len(set(counts)) > 1


def test_services_are_killed_and_started_anew_and_no_answer_or_change_is_lost(
    group: Group,
) -> None:
    reading = Reading(group)
    acknowledged = {"before"}
    group.write("before")
    group.readers[0].kill()
    acknowledged.add("while-a-reader-is-away")
    group.write("while-a-reader-is-away")
    group.readers[0] = group.reader(group.readers[0].port)
    group.readers[1].stop()
    group.readers[1] = group.reader(group.readers[1].port)
    group.writer.kill()
    with pytest.raises(urllib.error.HTTPError, match="502"):
        group.write("while-the-writer-is-away")
    group.writer = group.writing(group.writer.port)
    group.write("after")
    acknowledged.add("after")
    time.sleep(0.2)
    reading.stop()
    assert reading.reads > 20
    assert reading.faults == []
    for one in (group.writer, *group.readers):
        until(lambda one=one: acknowledged <= group.names(one.port))  # type: ignore[misc]
        assert "while-the-writer-is-away" not in group.names(one.port)
