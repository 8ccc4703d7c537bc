"""Downloads: whole however large the graph, made once a generation, the same bytes for the same."""

import gzip
import hashlib
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from engines.conftest import until
from fingerpost import catalogue
from fingerpost.engine import Generation, Query, results, rows
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.engine.writes import Part, Write
from fingerpost.errors import AnswerTooLarge, EngineBusy, StoreFault
from fingerpost.files import Folders
from fingerpost.publish import context, dumps
from fingerpost.web import dumped as dumped_
from fingerpost.web.dumped import Dumped
from fingerpost.web.site import Site
from writing.service import Service

SUFFIXES = [f"{form}{end}" for form in ("nq", "ttl", "jsonld") for end in ("", ".gz")]
N_TRIPLES = "application/n-triples"


class Counting:
    """A real engine that counts its dumps."""

    def __init__(self, engine: Guarded) -> None:
        self.dumps = 0
        self._engine = engine

    @property
    def generation(self) -> Generation:
        return self._engine.generation

    def dump(self, wanted: Wanted, path: Path) -> Generation:
        self.dumps += 1
        return self._engine.dump(wanted, path)


def read(dumped: Dumped, suffix: str) -> bytes:
    made = dumped.get(suffix)
    with made.file:
        whole = made.file.read()
    assert made.digest == hashlib.sha256(whole).digest()
    return whole


def graph(engine: Guarded, name: str | None) -> bytes:
    return engine.graph(name, N_TRIPLES)[0].whole()


def reference(engine: Guarded) -> dict[str, bytes]:
    """Every download as it is made of graphs that are asked for one by one, in memory."""
    merge = graph(engine, None)
    lines = [merge]
    for name in names(engine):
        end = f" <{name}> .\n".encode()
        lines.append(graph(engine, name).replace(b" .\n", end))
    triples: list[Triple] = [one.triple for one in parse(merge, format=RdfFormat.N_TRIPLES)]
    found = {
        "nq": b"".join(lines),
        "ttl": results.graph(triples, "text/turtle"),
        "jsonld": context.written(triples),
    }
    return found | {f"{suffix}.gz": packed(body) for suffix, body in found.items()}


def packed(body: bytes) -> bytes:
    to = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=to, mtime=0) as file:
        file.write(body)
    return to.getvalue()


def names(engine: Guarded) -> list[str]:
    found = rows.select(engine, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    return sorted(row["g"] for row in found if dumps.ALL.has(row["g"]))


@pytest.fixture(scope="module")
def narrow(cache: Path, folders: Folders) -> Iterator[Guarded]:
    """The shipped graph behind limits that the merge is too large for."""
    assert cache
    fences = Fences(seconds=20, memory=64_000_000, answer=1_000_000, workers=2, waiting=30)
    keeper = Keeping(files=catalogue.dataset(folders), limits=fences.limits)
    engine = Guarded(keeper.folder, fences)
    yield engine
    engine.close()
    keeper.close()


def test_beyond_the_limits_of_a_query_the_bytes_are_those_within(
    site: Site, narrow: Guarded, tmp_path: Path
) -> None:
    assert isinstance(site.guarded, Guarded)
    wanted = reference(site.guarded)
    with pytest.raises(AnswerTooLarge):
        graph(narrow, None)
    dumped = Dumped(narrow, tmp_path / "dumps")
    for suffix in SUFFIXES:
        assert read(dumped, suffix) == wanted[suffix], suffix


def test_several_at_once_in_several_processes_have_it_made_once(
    narrow: Guarded, tmp_path: Path
) -> None:
    engine = Counting(narrow)
    processes = [Dumped(engine, tmp_path / "dumps") for _ in range(2)]  # type: ignore[arg-type]
    with ThreadPoolExecutor(12) as clients:
        asked = [
            clients.submit(read, processes[number % 2], SUFFIXES[number % 2])
            for number in range(24)
        ]
        bodies = {one.result() for one in asked}
    assert engine.dumps == 1
    short, long = sorted(bodies, key=len)
    assert gzip.decompress(short) == long


def test_queries_are_answered_while_a_dump_is_made(narrow: Guarded, tmp_path: Path) -> None:
    dumped = Dumped(narrow, tmp_path / "dumps")
    making = threading.Thread(target=lambda: read(dumped, "nq"))
    making.start()
    assert narrow.answer(Query("ASK {}"), "application/json")
    making.join()


def test_who_waits_for_a_dump_leaves_threads_for_others(
    narrow: Guarded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumped_, "_AT_ONCE", 1)
    dumped = Dumped(narrow, tmp_path / "dumps")
    with ThreadPoolExecutor(8) as clients:
        asked = [clients.submit(read, dumped, "nq.gz") for _ in range(8)]
        faults = [one.exception() for one in asked]
    assert None in faults
    assert {type(one) for one in faults if one} == {EngineBusy}
    assert read(dumped, "nq.gz"), "and nobody is left waiting"


def test_what_was_being_written_when_a_process_was_killed_is_written_anew(
    narrow: Guarded, tmp_path: Path
) -> None:
    whole = read(Dumped(narrow, tmp_path / "whole"), "ttl")
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / ".ttl").write_bytes(b"half of it" * len(whole))
    (folder / f"{narrow.generation.id}.ttl.sha256").write_bytes(b"of a file that never came")
    assert read(Dumped(narrow, folder), "ttl") == whole
    assert not (folder / ".ttl").exists()


@pytest.mark.parametrize("on_disk", [False, True])
def test_each_generation_has_its_own(tmp_path: Path, on_disk: bool) -> None:
    fences = Fences(seconds=20, workers=2)
    disk = tmp_path / "disk" if on_disk else None
    keeper = Keeping(plain=True, writable=True, limits=fences.limits, disk=disk)
    engine = Guarded(keeper.folder, fences)
    dumped = Dumped(engine, tmp_path / "dumps")
    name = "https://w3id.org/fingerpost/graph/a"
    try:
        assert read(dumped, "nq") == b""
        before = dumped.get("ttl")
        for number in (1, 2):
            text = f'<http://x/a> <http://x/b> "{number}" .\n'
            put = Write("post", "a test", graph=name, parts=(Part("text/turtle", text.encode()),))
            engine.write(put)
            assert read(dumped, "nq").count(b"\n") == number
            assert read(dumped, "nq").endswith(f'"{number}" <{name}> .\n'.encode())
        there = {path.name for path in (tmp_path / "dumps").iterdir()}
        kept = f"{engine.generation.id}.nq"
        assert {one for one in there if not one.startswith(".")} == {kept, f"{kept}.sha256"}
        with before.file:
            assert before.file.read() == b"", "who was reading reads on"
    finally:
        engine.close()
        keeper.close()


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_a_full_disk_is_told(suffix: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.nq"
    lines.write_text('<http://x/a> <http://x/b> "c" .\n' * 10_000, "utf-8")
    with (
        lines.open("rb") as source,
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(StoreFault, match="No space left"),
    ):
        dumps.write(source, suffix, full)


def test_a_folder_that_is_gone_is_told(narrow: Guarded, tmp_path: Path) -> None:
    dumped = Dumped(narrow, tmp_path / "dumps")
    (tmp_path / "dumps").rmdir()
    with pytest.raises(StoreFault, match="No such file"):
        dumped.get("ttl")


def test_a_server_shares_what_it_made_and_leaves_nothing_when_it_is_killed(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    service = Service("--processes", "2", token=None)
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: service.ask("/dump.nq", token=None), range(8)))
        assert {one.status for one in answers} == {200}
        assert len({one.headers["ETag"] for one in answers}) == 1
        assert len({one.body for one in answers}) == 1
        (made,) = tmp_path.glob("fingerpost-*/dumps/*.nq")
        assert made.read_bytes() == answers[0].body
        being_made = clients.submit(service.ask, "/dump.jsonld", token=None)
        until(lambda: any(tmp_path.glob("fingerpost-*/dumps/.jsonld")))
        service.kill()
        assert being_made.exception()
    until(lambda: not list(tmp_path.iterdir()))
