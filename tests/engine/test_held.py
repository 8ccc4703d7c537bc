"""A graph on disk answers as one in memory does, and is made anew where it is not as it was made."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from fingerpost.engine import Query, held
from fingerpost.engine.apart import apart
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.errors import DataFault, EngineFault, StoreFault
from fingerpost.generations import change
from fingerpost.generations.change import Made
from fingerpost.generations.shelf import Kept, Shelf, key

JSON = "application/json"
COUNT = Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
EVERYTHING = Query("SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s")
FENCES = Fences(seconds=10, workers=2, waiting=20)
LINES = "".join(f'<a:{n}> <a:name> "a name that is long, {n:04}" <a:g> .\n' for n in range(500))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "dataset.nq"
    default = LINES.replace(" <a:g> .", " .")
    path.write_text(LINES + default + "_:a <a:knows> _:b .\n", "utf-8")
    return path


@contextmanager
def serving(dataset: Path, disk: Path | None) -> Iterator[Guarded]:
    keeper = Keeping(files=(dataset,), limits=FENCES.limits, plain=True, disk=disk)
    try:
        engine = Guarded(keeper.folder, FENCES)
        yield engine
        engine.close()
    finally:
        keeper.close()


def graphs(disk: Path) -> list[Path]:
    return sorted(path for path in disk.iterdir() if path.is_dir())


QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT * { ?s <a:name> ?name } ORDER BY ?name LIMIT 7",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT * { ?s ?p ?name FILTER (CONTAINS(STR(?name), \"0042\")) } ORDER BY ?s",
    "ASK { ?s <a:knows> ?o FILTER (ISBLANK(?s)) }",
]  # fmt: skip


def test_what_is_asked_is_answered_the_same(dataset: Path, tmp_path: Path) -> None:
    with serving(dataset, None) as memory, serving(dataset, tmp_path / "disk") as disk:
        assert memory.generation.id == disk.generation.id
        for text in QUERIES:
            assert disk.answer(Query(text), JSON) == memory.answer(Query(text), JSON)
        assert disk.graph("a:g", "text/turtle")[1] == memory.graph("a:g", "text/turtle")[1]


def test_a_graph_on_disk_is_there_at_the_next_start(dataset: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with serving(dataset, disk) as engine:
        first = engine.answer(COUNT, JSON)
    (graph,) = graphs(disk)
    made = (graph / "files.json").stat().st_mtime_ns
    with serving(dataset, disk) as engine:
        assert engine.answer(COUNT, JSON) == first
    assert graphs(disk) == [graph]
    assert (graph / "files.json").stat().st_mtime_ns == made


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT", "*.sst", "../files.json"])
@pytest.mark.parametrize("spoil", [half, Path.unlink], ids=["cut", "gone"])
def test_a_graph_that_is_not_as_it_was_made_is_made_anew(
    tmp_path: Path, name: str, spoil: "type[None]"
) -> None:
    shelf = Shelf(tmp_path)
    filled(shelf, "one").let_go()
    (path, *_) = (tmp_path / "one" / "graph").glob(name)
    spoil(path)  # type: ignore[call-arg]
    assert shelf.take("one") is None
    assert graphs(tmp_path) == []


def filled(shelf: Shelf, name: str) -> Kept:
    making = shelf.make()
    apart(lambda: fill(making.graph))
    return shelf.keep(making, name)


def fill(graph: Path) -> bytes:
    store = Store(str(graph))
    store.extend([Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode(f"a:{n}")) for n in range(50)])
    store.flush()
    return b""


def test_a_graph_that_goes_while_it_is_served_is_made_anew(dataset: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with serving(dataset, disk) as engine:
        before = engine.answer(COUNT, JSON)
        (graph,) = graphs(disk)
        for path in (graph / "graph").glob("*.sst"):
            half(path)
        engine.close()
        engine._idle.give(None)
        assert engine.answer(COUNT, JSON) == before


@pytest.mark.parametrize("at", [10, -60], ids=["data", "index"])
def test_a_graph_whose_parts_are_altered_is_made_anew(
    dataset: Path, tmp_path: Path, at: int
) -> None:
    disk = tmp_path / "disk"
    with serving(dataset, disk) as engine:
        before = engine.answer(EVERYTHING, JSON)
    (graph,) = graphs(disk)
    for path in (graph / "graph").glob("*.sst"):
        with path.open("r+b") as file:
            file.seek(at, os.SEEK_SET if at > 0 else os.SEEK_END)
            file.write(b"\xff\x00\xff\x00")
    with serving(dataset, disk) as engine:
        with suppress(EngineFault):
            assert engine.answer(EVERYTHING, JSON) == before
        for _ in range(3):
            assert engine.answer(EVERYTHING, JSON) == before


def test_what_shares_a_file_that_cannot_be_read_is_made_anew_too(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first, other = filled(shelf, "one"), filled(shelf, "other")
    second = shelf.keep(shelf.make(first), "two")
    shelf.spoil(second)
    assert shelf.whole(other)
    assert [shelf.take(name) for name in ("one", "two")] == [None, None]
    assert not shelf.whole(first)


def test_what_was_left_half_made_is_cleared_away(dataset: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    Shelf(disk).make().let_go()
    assert len(graphs(disk)) == 1
    with serving(dataset, disk):
        assert [path.name[0] for path in graphs(disk)] != ["."]


def test_what_is_in_use_stays_and_of_the_rest_the_last_used(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    kept = {name: filled(shelf, name) for name in "abcde"}
    for name in "bcde":
        kept[name].let_go()
    half_made = shelf.make()
    shelf.tidy()
    names = [path.name for path in graphs(tmp_path)]
    assert names == [half_made.folder.name, "a", "d", "e"]


def test_a_copy_shares_the_large_files_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = filled(shelf, "one")
    second = shelf.make(first)
    for path in second.graph.iterdir():
        same = path.samefile(first.graph / path.name)
        assert same == (path.suffix == ".sst"), path


def test_another_version_of_what_it_depends_on_is_another_graph() -> None:
    assert key("a") == key("a")
    assert len({key("a"), key("b"), key("a", "/somewhere"), key("a", "/elsewhere")}) == 4


def test_what_is_loaded_in_parts_is_one_file_for_each_order_of_terms(tmp_path: Path) -> None:
    """Else each lookup looks into one file for each part."""
    parts = [tmp_path / f"part-{n}.nq" for n in range(3)]
    for number, part in enumerate(parts):
        lines = LINES.replace("a name", f"name {number}")
        part.write_text(lines + lines.replace(" <a:g> .", " ."), "utf-8")
    files = []
    for name, paths in (("one", parts[:1]), ("all", parts)):
        held.files_on_disk(tmp_path / name, tuple(paths))
        files.append(len([*(tmp_path / name).glob("*/graph/*.sst")]))
    # Small ones that are replaced may lie there until the graph is opened to be changed.
    assert files[1] < 1.5 * files[0]


@pytest.mark.parametrize("disk", [False, True])
def test_what_we_have_not_built_is_validated(tmp_path: Path, *, disk: bool) -> None:
    wrong = tmp_path / "dataset.nq"
    wrong.write_text("<a:b> <a:c> <no IRI> .\n", "utf-8")
    place = tmp_path / "disk" if disk else None
    with pytest.raises(DataFault, match=r"dataset\.nq:1"):
        Keeping(files=(wrong,), limits=FENCES.limits, plain=True, disk=place)


def test_a_disk_that_is_full_is_said_and_nothing_is_left(dataset: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    told = r"cannot be put on disk in .*File too large.*Make"
    with limited(4096), pytest.raises(DataFault, match=told):
        Keeping(files=(dataset,), limits=FENCES.limits, disk=disk)
    with serving(dataset, disk):
        assert len(graphs(disk)) == 1


def test_a_change_that_the_disk_does_not_take_changes_nothing(
    dataset: Path, tmp_path: Path
) -> None:
    graph, made = held.files_on_disk(tmp_path / "disk", (dataset,))
    quads = [Quad(NamedNode("a:new"), NamedNode("a:is"), NamedNode(f"a:{n}")) for n in range(900)]
    changed = change.change(made, Made(0, ""), quads, ())
    with limited(4096), pytest.raises(StoreFault, match="File too large"):
        graph.prepare(changed)
    assert apart(lambda: counted(graph)) == b"1001"
    graph.prepare(changed)
    graph.advance(changed)
    assert apart(lambda: counted(graph)) == b"1901"
    graph.tidy()
    assert len(graphs(tmp_path / "disk")) == 2


def counted(graph: held.OnDisk) -> bytes:
    return str(len(graph.read())).encode()


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file may be larger, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_work_apart_returns_what_it_did_or_why_not() -> None:
    assert apart(lambda: b"done") == b"done"
    with pytest.raises(StoreFault, match="no such thing"):
        apart(lambda: Path("/no such thing").read_bytes())
