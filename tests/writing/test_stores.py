"""Stores over time: restarts, newer data, going back, export, backup, damage."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost import catalogue, export, files, stored
from fingerpost.engine import Query
from fingerpost.errors import StoreFault, Unreadable, WriteRefused
from fingerpost.files import Folders
from fingerpost.generations import files as generation_files
from fingerpost.generations import folder as generations
from fingerpost.generations import lock
from fingerpost.generations.folder import Generations
from fingerpost.progress import silent
from writing.service import ALT, GRAPH, ZENODO, Service, store_at

pytestmark = pytest.mark.slow

MARK = f'<{ZENODO}> <{ALT}> "a name of ours"@en'


def change(service: Service, pattern: str = MARK) -> None:
    answer = service.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {pattern} }} }}")
    assert answer.status == 200, answer.body


@pytest.fixture
def data(tmp_path: Path, folders: Folders) -> Path:
    """A copy of the shipped records, to be changed."""
    place = tmp_path / "data"
    shutil.copytree(folders.instances, place / "instances")
    return place


@pytest.fixture(scope="module")
def changed(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one change in it, as a server has left it."""
    assert cache
    store = tmp_path_factory.mktemp("changed") / "store"
    service = Service(*store_at(store))
    try:
        change(service)
    finally:
        service.stop()
    return store


@pytest.fixture
def place(tmp_path: Path, changed: Path) -> Path:
    """A store with one change in it, which no server uses."""
    return shutil.copytree(changed, tmp_path / "store")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fingerpost", *words], capture_output=True, text=True, timeout=120
    )


def zenodo(data: Path) -> Path:
    return data / "instances" / "repository" / "zenodo.ttl"


def opened(place: Path) -> set[str]:
    store, _ = Generations(place).load(silent)
    return {str(quad) for quad in store}


def test_a_store_is_served_again_as_it_was_left(place: Path) -> None:
    service = Service(*store_at(place))
    try:
        assert service.holds(MARK)
        assert service.ask("/health/ready").json()["generation"] == 1
    finally:
        service.stop()


def test_newer_data_come_into_a_store_beside_its_changes(place: Path, data: Path) -> None:
    text = zenodo(data).read_text("utf-8")
    zenodo(data).write_text(text.replace('"Zenodo"@en ;', '"Zenodo"@en ;\n  skos:altLabel "from newer data"@en ;'), "utf-8")  # fmt: skip
    service = Service(*store_at(place), "--data", str(data))
    try:
        assert service.holds(MARK)
        assert service.holds(f'<{ZENODO}> <{ALT}> "from newer data"@en')
        assert service.ask("/health/ready").json()["generation"] == 2
    finally:
        service.stop()
    assert Generations(place).history()[-1].what == "packaged data"


def test_a_value_is_the_same_however_newer_data_and_changes_spell_it(tmp_path: Path) -> None:
    spelt = tmp_path / "spelt.nq"
    number = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    line = f"<https://example.org/a> <https://example.org/b> {number} <https://example.org/g> .\n"
    spelt.write_text(line.format("01") + line.format("1") + line.format("+2"), "utf-8")
    loaded, _ = generation_files.load([spelt])
    assert {str(quad.object) for quad in loaded} == {number.format(1), number.format(2)}
    assert set(generation_files.quads([spelt])) == set(loaded)


def test_the_same_data_built_again_are_not_newer(place: Path, tmp_path: Path) -> None:
    again = tmp_path / "another-cache"
    fresh = subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; from fingerpost import stored, files; stored.prepare(Path(sys.argv[1]), files.folders(), (), print)", str(place)],
        env={**os.environ, "FINGERPOST_CACHE": str(again)}, timeout=120,
    )  # fmt: skip
    assert fresh.returncode == 0
    assert len(Generations(place).history()) == 2


def test_what_data_and_store_changed_differently_is_listed_and_not_guessed(
    tmp_path: Path, data: Path
) -> None:
    store = tmp_path / "own"
    service = Service(*store_at(store), "--data", str(data))
    name = "http://www.w3.org/2004/02/skos/core#prefLabel"
    graphs = [
        row["g"]
        for row in service.select(f"SELECT ?g {{ GRAPH ?g {{ <{ZENODO}> <{name}> ?n }} }}")
        if row["g"].endswith(("2020", "management"))
    ]
    try:
        both = " ; ".join(
            f'DELETE DATA {{ GRAPH <{g}> {{ <{ZENODO}> <{name}> "Zenodo"@en }} }} ; '
            f'INSERT DATA {{ GRAPH <{g}> {{ <{ZENODO}> <{name}> "Zenodo of ours"@en }} }}'
            for g in graphs
        )
        assert service.update(both).status == 200
    finally:
        service.stop()
    text = zenodo(data).read_text("utf-8")
    zenodo(data).write_text(text.replace('"Zenodo"@en', '"Zenodo of theirs"@en'), "utf-8")
    with pytest.raises(StoreFault, match=r"Zenodo of theirs.*Zenodo of ours"):
        stored.prepare(store, files.folders(data), (), silent)
    assert len(Generations(store).history()) == 2


def test_going_back_is_a_generation_of_its_own_and_can_be_undone(place: Path) -> None:
    first = opened(place)
    assert run("rollback", "--store", str(place), "0").returncode == 0
    assert not any("a name of ours" in line for line in opened(place))
    assert run("rollback", "--store", str(place), "1").returncode == 0
    assert {line for line in opened(place) if "provenance" not in line} == {
        line for line in first if "provenance" not in line
    }
    listed = run("history", "--store", str(place)).stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["0", "1", "2", "3"]
    assert "back to generation 0" in listed[2]


def test_going_back_works_while_the_store_is_served(place: Path) -> None:
    service = Service(*store_at(place))
    try:
        done = run("rollback", "--store", str(place), "0")
        assert done.returncode == 0, done.stderr
        assert not service.holds(MARK)
        wrong = run("rollback", "--store", str(place), "77")
        assert (wrong.returncode, "no generation 77" in wrong.stderr) == (2, True)
    finally:
        service.stop()


def test_going_back_derives_everything_anew_where_nobody_may_write(place: Path) -> None:
    service = Service(*store_at(place), token=None)
    try:
        done = run("rollback", "--store", str(place), "0")
        assert done.returncode == 0, done.stderr
        assert not service.holds(MARK)
    finally:
        service.stop()


def test_one_store_has_one_server(place: Path) -> None:
    service = Service(*store_at(place))
    try:
        other = run("serve", "--store", str(place), "--port", "1")
        assert (other.returncode, "Another server uses" in other.stderr) == (2, True)
    finally:
        service.stop()


def test_an_export_of_an_unchanged_store_changes_no_file(
    tmp_path: Path, folders: Folders, data: Path
) -> None:
    store = tmp_path / "fresh"
    handle = stored.prepare(store, folders, (), silent)
    os.close(handle)
    done = export.export(store, data / "instances")
    assert (done.written, done.removed, done.left) == ([], [], [])


def test_an_export_says_what_was_written_and_the_files_build_again(place: Path, data: Path) -> None:
    done = export.export(place, data / "instances")
    assert done.written == [zenodo(data)]
    text = zenodo(data).read_text("utf-8")
    assert "a name of ours" in text
    assert "fp:Claim" in text
    again = catalogue.open_(files.folders(data))
    assert b"true" in again.engine.answer(Query(f"ASK {{ {MARK} }}"), "application/json")
    assert export.export(place, data / "instances").written == []


def test_a_backup_of_a_store_in_use_opens_by_itself(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    service = Service(*store_at(place))
    try:
        done = run("backup", "--store", str(place), str(target))
        assert done.returncode == 0, done.stderr
    finally:
        service.stop()
    assert opened(target) == opened(place)
    again = run("backup", "--store", str(place), str(target))
    assert (again.returncode, "not empty" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["added.nq", "removed.nq"])
def test_a_store_whose_content_was_altered_is_not_opened(place: Path, name: str) -> None:
    path = place / "generations" / "00000001" / name
    path.write_bytes(path.read_bytes() + b"<a:b> <a:c> <a:d> .\n")
    with pytest.raises(StoreFault, match="00000001 was altered"):
        Generations(place).load(silent)


def test_a_store_with_a_missing_generation_is_not_opened(place: Path) -> None:
    shutil.rmtree(place / "generations" / "00000000")
    with pytest.raises(StoreFault, match="Generation 0 is missing"):
        Generations(place).load(silent)


def test_what_a_killed_writer_left_is_cleared_away(place: Path) -> None:
    (place / ".making-123").mkdir()
    (place / ".making-123" / "added.nq").write_text("half", "utf-8")
    Generations(place).load(silent)
    assert not (place / ".making-123").exists()


def test_a_store_whose_making_was_cut_short_is_made_anew(tmp_path: Path, folders: Folders) -> None:
    store = tmp_path / "cut"
    (store / "generations" / "00000000").mkdir(parents=True)
    handle = stored.prepare(store, folders, (), silent)
    os.close(handle)
    assert len(Generations(store).history()) == 1


def test_a_folder_with_something_else_in_it_becomes_no_store(
    tmp_path: Path, folders: Folders
) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(StoreFault, match="neither a store nor empty"):
        stored.prepare(tmp_path, folders, (), silent)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "dear"


def test_a_long_history_is_written_down_whole_now_and_then(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_COMPACT_AFTER", 0)
    before = opened(place)
    assert (place / "generations" / "00000001" / "dataset.nq").is_file()
    assert opened(place) == before


def test_nothing_to_go_back_from_is_said(place: Path) -> None:
    stored.rollback(place, 0)
    with pytest.raises(WriteRefused, match="Nothing has changed"):
        stored.rollback(place, 0)


def test_the_handle_of_a_store_is_given_free(place: Path) -> None:
    os.close(lock.hold(place))
    os.close(lock.hold(place, seconds=0))


def test_a_snapshot_of_a_registry_changes_nothing_that_is_derived(tmp_path: Path) -> None:
    from fingerpost.engine.writes import Part, Write

    text = '<https://ror.org/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "One" .'
    graph = "https://w3id.org/fingerpost/graph/snapshot-ror"
    few = Path(__file__).parents[1] / "queries" / "graph"
    os.close(stored.prepare(tmp_path / "store", files.folders(few), (), silent))
    part = Part("application/n-triples", text.encode())
    made = stored.change(tmp_path / "store", Write("put", "import", graph=graph, parts=(part,)))
    assert made.number == 1
    [change_] = Generations(tmp_path / "store").changes(0)
    touched = {str(quad.graph_name) for quad in change_.added}
    assert touched == {f"<{graph}>", "<https://w3id.org/fingerpost/graph/provenance>"}
    assert change_.removed == ()


def test_a_store_of_files_holds_what_they_hold_and_no_node_twice_by_name(tmp_path: Path) -> None:
    one, two, quads = (tmp_path / name for name in ("one.ttl", "two.ttl", "three.nq"))
    one.write_text("_:a <b> <c> .", "utf-8")
    two.write_text("_:a <d> <e> .", "utf-8")
    quads.write_text("_:a <a:b> _:c <a:g> .\n", "utf-8")
    place = tmp_path / "store"
    os.close(stored.prepare(place, None, (one, two, quads), silent))
    store, made = Generations(place).load(silent)
    assert {str(quad.predicate) for quad in store} == {
        *(f"<{(tmp_path / name).as_uri()}>" for name in "bd"),
        "<a:b>",
    }
    assert len({quad.subject for quad in store}) == 3
    assert "_:a <a:b> _:c <a:g>" in opened(place)
    assert made.id == generations.files.digest([place / "generations" / "00000000" / "dataset.nq"])


def test_a_file_that_is_not_in_its_format_makes_no_store(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<a> <b>", "utf-8")
    with pytest.raises(Unreadable, match=r"wrong\.ttl:1"):
        stored.prepare(tmp_path / "store", None, (wrong,), silent)
    assert not stored.exists(tmp_path / "store")
