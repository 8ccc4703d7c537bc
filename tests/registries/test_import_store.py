"""Snapshots in a store: durable, apart from what is curated, seen by a running server."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from fingerpost import export, files, stored
from fingerpost.generations.folder import Generations
from fingerpost.progress import silent
from writing.service import Service, store_at

GRAPH = "https://w3id.org/fingerpost/graph/snapshot-fairsharing"
DATA = ("--data", str(Path(__file__).parents[1] / "queries" / "graph"))
"""A few records are enough beside a snapshot."""
CEDAR = "https://fairsharing.org/FAIRsharing.cedar1"
NAMED = f'GRAPH <{GRAPH}> {{ <{CEDAR}> ?property "Cedar Archive" }}'


def entries(place: Path, *names: str) -> Path:
    path = place / f"{len(names)}.jsonl"
    found = [
        {"id": f"fairsharing:FAIRsharing.{name.lower()}{n}", "name": f"{name} Archive"}
        for n, name in enumerate(names, 1)
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in found), "utf-8")
    return path


def run(place: Path, *words: str, data: tuple[str, ...] = DATA) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fingerpost", *words, "--store", str(place), *data]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def take(place: Path, path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(place, "import", "fairsharing", str(path), "--as", "lines", *options)


def numbers(place: Path) -> int:
    return len(Generations(place).history())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A store with a snapshot, made by the command where there was none."""
    assert cache
    folder = tmp_path_factory.mktemp("imported")
    done = take(folder / "store", entries(folder, "Cedar", "Maple"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Generation 1 has 2 records of FAIRsharing.\n"
    return folder / "store"


def test_the_same_records_make_no_generation(place: Path, tmp_path: Path) -> None:
    before = numbers(place)
    done = take(place, entries(tmp_path, "Cedar", "Maple"))
    assert "Nothing has changed" in done.stdout
    assert numbers(place) == before


def test_a_dry_run_and_a_collapse_write_nothing(place: Path, tmp_path: Path) -> None:
    before = numbers(place)
    dry = take(place, entries(tmp_path, "Cedar", "Maple", "Birch"), "--dry-run")
    assert "1 record added\n  + fairsharing:FAIRsharing.birch3 (Birch Archive)" in dry.stdout
    fewer = take(place, entries(tmp_path, "Cedar"))
    assert fewer.returncode == 2
    assert "1 record where the last snapshot has 2" in fewer.stderr
    assert "--allow-collapse" in fewer.stderr
    assert numbers(place) == before


def test_what_is_imported_is_listed_on_a_terminal(place: Path) -> None:
    listed = run(place, *DATA, "query", "registry/snapshots", "--format", "csv", data=())
    assert "FAIRsharing,2" in listed.stdout
    asked = ("recommend", "imaging data", "--include-registries")
    assert "Listed by registries, not reviewed here" in run(place, *asked).stdout


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_all_or_nothing(place: Path, tmp_path: Path) -> None:
    from fingerpost.generations import recording

    recording.backup(place, tmp_path / "copy")
    held = len(Generations(tmp_path / "copy").graph(NamedNode(GRAPH)))
    many = entries(tmp_path, *("Cedar" for _ in range(3000)))
    command = ("import", "fairsharing", str(many), "--as", "lines", "--store")
    for tenths in range(2, 22, 2):
        process = subprocess.Popen(
            [sys.executable, "-m", "fingerpost", *command, str(tmp_path / "copy"), *DATA],
            stdout=subprocess.DEVNULL,
        )
        try:
            process.wait(tenths / 10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        now = Generations(tmp_path / "copy")
        size = len(now.graph(NamedNode(GRAPH)))
        assert size == held if len(now.history()) == numbers(place) else size > 9000
        now.load(silent)


def test_what_is_curated_does_not_know_of_a_snapshot(place: Path, tmp_path: Path) -> None:
    store, _ = Generations(place).load(silent)
    named = {one.graph_name.value for one in store if CEDAR in str(one)}  # type: ignore[union-attr]
    assert named == {GRAPH}
    done = export.export(place, tmp_path / "instances")
    assert not any("fairsharing.org/FAIRsharing.cedar" in line for line in done.left)
    files = (tmp_path / "instances").rglob("*.ttl")
    assert not any("FAIRsharing.cedar1" in path.read_text("utf-8") for path in files)


def test_a_snapshot_outlives_newer_data(tmp_path: Path, place: Path) -> None:
    from fingerpost.generations import recording

    recording.backup(place, tmp_path / "copy")
    shutil.copytree(Path(DATA[1]) / "instances", tmp_path / "data" / "instances")
    record = tmp_path / "data" / "instances" / "repository" / "anything.ttl"
    record.write_text(record.read_text("utf-8").replace('"Anything"@en', '"All"@en'), "utf-8")
    newer = files.folders(tmp_path / "data")
    os.close(stored.prepare(tmp_path / "copy", newer, (), silent))
    copy = Generations(tmp_path / "copy")
    assert len(copy.history()) == numbers(place) + 1
    assert copy.graph(NamedNode(GRAPH)) == Generations(place).graph(NamedNode(GRAPH))


def test_an_import_is_taken_back_by_a_rollback(tmp_path: Path, place: Path) -> None:
    from fingerpost.generations import recording

    recording.backup(place, tmp_path / "copy")
    stored.rollback(tmp_path / "copy", 0)
    assert not Generations(tmp_path / "copy").graph(NamedNode(GRAPH))
    assert Generations(place).graph(NamedNode(GRAPH))


@pytest.fixture(scope="module")
def service(place: Path) -> Iterator[Service]:
    running = Service(*store_at(place), *DATA, token=None)
    yield running
    running.stop()


def test_a_server_finds_the_records_in_their_graph_only(service: Service) -> None:
    assert service.holds(NAMED)
    assert not service.holds(f"<{CEDAR}> ?property ?value")


def test_a_running_server_sees_the_next_snapshot(
    service: Service, place: Path, tmp_path: Path
) -> None:
    done = take(place, entries(tmp_path, "Cedar", "Maple", "Birch"))
    assert done.returncode == 0, done.stderr
    assert service.holds(f'GRAPH <{GRAPH}> {{ ?record ?property "Birch Archive" }}')
    assert service.ask("/health/ready").json()["generation"] == numbers(place) - 1


def test_the_service_description_tells_licence_and_counts(service: Service) -> None:
    told = service.ask("/sparql", Accept="application/n-triples").body.decode()
    about = [line for line in told.splitlines() if "#graph/graph:snapshot-fairsharing> " in line]
    assert any("licenses/by-sa/4.0/" in line for line in about)
    assert any("void#entities" in line for line in about)
    assert any("void#triples" in line for line in about)


def test_a_recommendation_may_include_registries(service: Service) -> None:
    asked = "/recommend?q=where+can+I+share+cedar+rings&include-registries="
    without = service.ask(f"{asked}false", Accept="application/json").json()
    told = service.ask(f"{asked}true", Accept="application/json").json()
    assert without["registries"] is None
    assert told["answers"] == without["answers"]
    assert isinstance(told["registries"], dict)
    page = service.ask(f"{asked}true", Accept="text/html").body.decode()
    assert "Listed by registries, not reviewed here" in page


def test_the_iri_of_a_snapshot_leads_to_what_it_is(service: Service) -> None:
    answer = service.ask("/graph/snapshot-fairsharing", Accept="text/turtle")
    assert b"Cedar Archive" in answer.body
    page = service.ask("/graph/snapshot-fairsharing", Accept="text/html")
    assert b"CC BY-SA 4.0" in page.body


def test_the_downloads_have_no_snapshot(service: Service) -> None:
    answer = service.ask("/dump.nq.gz")
    assert b"FAIRsharing.cedar1" not in gzip.decompress(answer.body)


def test_records_that_make_no_store_leave_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("[]\n", "utf-8")
    done = take(tmp_path / "store", broken)
    assert done.returncode == 2
    assert not (tmp_path / "store").exists()
