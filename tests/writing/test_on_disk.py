"""Writes to a graph that is on disk: the same promises, and readers that follow."""

import http.client
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from processes import descendants, wait_for
from writing.service import ALT, GRAPH, ZENODO, Service, store_at

SMALL = ("--data", str(Path(__file__).parents[1] / "queries" / "graph"))

ON_DISK = ("--in-memory", "never")
THING = "https://w3id.org/fingerpost/id/repository/a-thing"
NOTES = "https://w3id.org/fingerpost/graph/notes"


def insert(name: str) -> str:
    return f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> "{name}"@en }} }}'


def held(name: str) -> str:
    return f'<{ZENODO}> <{ALT}> "{name}"@en'


@pytest.fixture(scope="module")
def service(folder: Path, cache: Path) -> Iterator[Service]:
    assert cache
    made = Service(*store_at(folder), *SMALL, *ON_DISK, "--processes", "2")
    yield made
    made.stop()


def generation(service: Service) -> int:
    return int(str(service.ask("/health/ready").json()["generation"]))


def test_a_service_says_that_its_graph_is_on_disk(service: Service) -> None:
    assert service.ask("/health/ready").json()["graph"] == "on disk"


def test_a_change_is_seen_with_what_follows_from_it_and_goes_again(service: Service) -> None:
    fp = "https://w3id.org/fingerpost/ontology#"
    data = "https://w3id.org/fingerpost/id/data-type/imaging-data"
    text = f"DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{fp}produces> <{data}> }} }}"
    follows = f"<{ZENODO}> <{fp}concernsData> <{data}>"
    assert service.update(f"INSERT {text}").status == 200
    for _ in range(4):
        assert service.holds(follows)
    assert service.update(f"DELETE {text}").status == 200
    assert not service.holds(follows)


def test_what_does_not_conform_changes_nothing(service: Service) -> None:
    before = generation(service)
    kind = "https://w3id.org/fingerpost/ontology#Repository"
    wrong = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{THING}> a <{kind}> }} }}"
    assert service.update(wrong).status == 422
    assert service.update("INSERT DATA { <a:a> <a:b> <a:c> }").status == 409
    assert generation(service) == before


def test_a_graph_is_put_read_and_deleted(service: Service) -> None:
    body = f'<{THING}> <{ALT}> "of ours" .'.encode()
    where = "/graphs/notes"
    put = service.ask(where, "PUT", body, Content_Type="application/n-triples")
    assert put.status == 201
    assert b"of ours" in service.ask(where, Accept="application/n-triples").body
    assert service.ask(where, "DELETE").status == 200
    assert service.ask(where).status == 404


def test_readers_on_disk_follow_and_agree_with_those_in_memory(
    service: Service, folder: Path
) -> None:
    options = [(*store_at(folder), *SMALL, "--follow", *more) for more in (ON_DISK, ())]
    readers = [Service(*one, token=None) for one in options]
    try:
        number = service.update(insert("followed")).json()["generation"]
        for reader in readers:
            end = time.monotonic() + 20
            while generation(reader) != number and time.monotonic() < end:
                time.sleep(0.05)
            assert reader.holds(held("followed"))
        everything = "/sparql?query=SELECT(COUNT(*)AS?n)%7BGRAPH?g%7B?s?p?o%7D%7D"
        answers = [one.ask(everything, Accept="text/csv") for one in (service, *readers)]
        assert len({(one.body, one.headers["ETag"]) for one in answers}) == 1
    finally:
        for reader in readers:
            reader.stop()


def test_graphs_that_nobody_reads_any_more_go(service: Service, cache: Path) -> None:
    for number in range(4):
        assert service.update(insert(f"one more {number}")).status == 200
    assert service.holds(held("one more 3"))
    end = time.monotonic() + 20
    while len(left(cache)) > 6 and time.monotonic() < end:
        assert service.update(insert(f"and more {time.monotonic()}")).status == 200
    assert len(left(cache)) <= 6


def left(cache: Path) -> list[Path]:
    return [path for path in (cache / "graphs").iterdir() if path.is_dir()]


def test_what_was_written_on_disk_is_held_in_memory_and_the_reverse(
    tmp_path: Path, cache: Path
) -> None:
    assert cache
    options = (*store_at(tmp_path / "store"), *SMALL)
    for number, how in enumerate((ON_DISK, (), ON_DISK)):
        service = Service(*options, *how)
        try:
            assert all(service.holds(held(f"start {before}")) for before in range(number))
            assert service.update(insert(f"start {number}")).status == 200
            assert generation(service) == number + 1
        finally:
            service.stop()


@pytest.mark.slow
def test_killed_engines_lose_nothing_that_was_acknowledged(service: Service) -> None:
    kept = []
    for number in range(6):
        name = f"killed {number}"
        with suppress(OSError, http.client.HTTPException):
            if service.update(insert(name)).status == 200:
                kept.append(name)
        family = engines(service)
        with suppress(ProcessLookupError):
            os.kill(family[number % len(family)], signal.SIGKILL)
        wait_for(service.address, service.process, door="/health/ready")
    assert kept
    assert all(surely_holds(service, name) for name in kept)


def engines(service: Service) -> list[int]:
    """The keeper and its workers; a server whose web processes crash in a row gives up."""
    found = []
    for process in sorted(descendants(service.process.pid)):
        with suppress(OSError):
            if b"engine.keeper" in Path(f"/proc/{process}/cmdline").read_bytes():
                found.append(process)
    return found


def surely_holds(service: Service, name: str) -> bool:
    """Whether a name is there, of a service whose processes may just be replaced."""
    end = time.monotonic() + 30
    while True:
        try:
            return service.holds(held(name))
        except (OSError, http.client.HTTPException, AssertionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_a_dataset_as_it_stands_is_written_on_disk_too(tmp_path: Path, cache: Path) -> None:
    assert cache
    data = tmp_path / "data.ttl"
    data.write_text("<a> <b> _:c . _:c <d> 1 .", "utf-8")
    service = Service("--plain", str(data), "--open-writes", *ON_DISK, token=None)
    try:
        assert service.update("INSERT { ?c <a:more> ?o } WHERE { ?c ?p ?o }").status == 200
        found = service.select("SELECT ?c { ?c <a:more> 1 ; ?p 1 }")
        assert len(found) == 2
    finally:
        service.stop()
