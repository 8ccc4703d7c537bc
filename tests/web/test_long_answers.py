"""Long answers as clients get them: the same again, in pieces, and gone with their service."""

import os
import signal
import socket
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zstandard

from processes import descendants
from writing.service import Answer, Service

THINGS = 20_000
ALL = f"/sparql?{urllib.parse.urlencode({'query': 'SELECT * { ?s ?p ?o }'})}"
CSV = {"Accept": "text/csv"}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "dataset.nt"
    line = '<http://example.org/thing/{0}> <http://example.org/name> "the name of thing {0}" .\n'
    file.write_text("".join(map(line.format, range(THINGS))), "utf-8")
    return file


@pytest.fixture(scope="module")
def running(
    dataset: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Path]]:
    place = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(place))
        service = Service(*options(dataset), token=None)
    yield service, place
    service.stop()


@pytest.fixture
def service(running: tuple[Service, Path]) -> Service:
    """A server that has kept nothing yet."""
    service, place = running
    for path in kept(place):
        path.unlink()
    return service


@pytest.fixture
def temporary(running: tuple[Service, Path]) -> Path:
    """The folder for temporary files of the server."""
    return running[1]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files of servers that do not last."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def options(dataset: Path) -> tuple[str, ...]:
    return ("--plain", str(dataset), "--open-writes", "--processes", "2", "--kept", "16")


def kept(temporary: Path) -> list[Path]:
    return [path for path in temporary.glob("fingerpost-*/answers/*") if path.name != "lock"]


def long(service: Service, **headers: str) -> Answer:
    return service.ask(ALL, token=None, **(CSV | headers))


def test_asked_again_it_is_the_same_to_the_last_header(service: Service, temporary: Path) -> None:
    first = long(service)
    assert first.status == 200
    assert len(first.body) > 1024 * 1024
    (file,) = kept(temporary)
    assert file.read_bytes() == first.body
    for _ in range(6):
        again = long(service)
        assert again.body == first.body
        for name in ("ETag", "Content-Length", "Content-Type", "Vary", "Cache-Control"):
            assert again.headers[name] == first.headers[name]
    head = service.ask(ALL, "HEAD", token=None, **CSV)
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(first.body)))
    assert head.headers["ETag"] == first.headers["ETag"]
    unchanged = long(service, If_None_Match=first.headers["ETag"])
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert long(service, If_Match='"another"').status == 412
    assert kept(temporary) == [file]


def test_it_is_packed_for_who_takes_it_packed(service: Service, temporary: Path) -> None:
    plain = long(service)
    for _ in range(2):
        packed = long(service, Accept_Encoding="zstd")
        assert packed.headers["Content-Encoding"] == "zstd"
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert zstandard.ZstdDecompressor().decompressobj().decompress(packed.body) == plain.body
    assert len(kept(temporary)) == 1


def test_several_at_once_get_it_whole(service: Service, temporary: Path) -> None:
    with ThreadPoolExecutor(12) as clients:
        answers = list(clients.map(lambda _: long(service), range(24)))
    assert {one.status for one in answers} == {200}
    assert len({one.body for one in answers}) == 1
    assert len(kept(temporary)) == 1


def test_after_a_change_it_is_answered_anew(service: Service, temporary: Path) -> None:
    before = long(service)
    update = "INSERT DATA { <http://example.org/new> <http://example.org/name> 'new' }"
    assert service.update(update, token=None).status == 200
    after = long(service)
    assert b",http://example.org/new\r\n" in after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    assert len(after.body) > len(before.body)
    (file,) = kept(temporary)
    assert file.read_bytes() == after.body


def test_a_client_that_hangs_up_in_the_middle_leaves_no_half_answer(
    service: Service, temporary: Path
) -> None:
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            request = f"GET {ALL} HTTP/1.1\r\nHost: here\r\nAccept: text/csv\r\n\r\n"
            client.sendall(request.encode())
            assert client.recv(1000)
    whole = long(service)
    assert int(whole.headers["Content-Length"]) == len(whole.body)
    assert whole.body.count(b"\n") > THINGS
    (file,) = kept(temporary)
    assert file.read_bytes() == whole.body
    open_files = [
        path
        for process in descendants(service.process.pid)
        for path in Path(f"/proc/{process}/fd").iterdir()
        if str(file) in os.path.realpath(path)
    ]
    assert open_files == []


def test_what_is_kept_stays_within_its_bound(service: Service, temporary: Path) -> None:
    for offset in range(20):
        address = ALL + urllib.parse.quote(f" OFFSET {offset}")
        assert service.ask(address, token=None, **CSV).status == 200
        assert sum(path.stat().st_size for path in kept(temporary)) <= 16 * 1024 * 1024
    assert len(kept(temporary)) > 5


def gone(temporary: Path, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while list(temporary.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    return not list(temporary.iterdir())


def test_a_server_that_is_stopped_leaves_no_file(own: Path, dataset: Path) -> None:
    service = Service(*options(dataset), token=None)
    long(service)
    assert kept(own)
    service.stop()
    assert gone(own, 0)


def test_a_server_that_is_killed_leaves_no_file(own: Path, dataset: Path) -> None:
    service = Service(*options(dataset), token=None)
    long(service)
    assert kept(own)
    service.kill()
    assert gone(own)


def test_what_a_server_left_that_was_killed_whole_goes_at_the_next_start(
    own: Path, dataset: Path
) -> None:
    service = Service(*options(dataset), token=None)
    long(service)
    (folder,) = own.iterdir()
    os.killpg(service.process.pid, signal.SIGSTOP)
    os.killpg(service.process.pid, signal.SIGKILL)
    service.process.communicate(timeout=60)
    assert folder.exists()
    after = Service("--plain", str(dataset), token=None)
    try:
        assert not folder.exists()
        Service("--plain", str(dataset), token=None).stop()
        assert long(after).status == 200, "who starts or ends beside another takes nothing from it"
        assert kept(own)
    finally:
        after.stop()
    assert gone(own, 0)
