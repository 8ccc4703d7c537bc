"""Registries asked live: a server on the loopback replays what they send, faults and all."""

import contextlib
import json
import logging
import os
import pty
import signal
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from fingerpost.cli import commands
from fingerpost.errors import BadParameter, HarvestFault, SettingFault
from fingerpost.registries.entry import Broken, Entry
from fingerpost.registries.harvest import fetching, signing
from fingerpost.registries.harvest.cache import Page
from fingerpost.registries.harvest.client import Manners, shown
from fingerpost.registries.harvest.fetching import Harvest
from fingerpost.registries.harvest.signing import Login
from registries import replaying
from registries.replaying import (
    PASSWORD,
    TOKEN,
    USER,
    Asked,
    Registry,
    Reply,
    fairsharing_path,
    serving,
)

QUICK = Manners(pause=0, tries=3, backoff=0.01, silence=5, patience=10, longest=10_000_000)
RECORDS = [
    {"id": str(number), "type": "fairsharing_records", "attributes": {"name": f"Cedar {number}"}}
    for number in range(6)
]
TOOL = {"name": "Cedar", "biotoolsID": "cedar"}
ORGANISATION = {
    "id": "https://ror.org/05a28rw58",
    "names": [{"value": "Cedar", "types": ["ror_display"]}],
}
XML = """<r3d:re3data xmlns:r3d="http://www.re3data.org/schema/2-2"><r3d:repository>
<r3d:re3data.orgIdentifier>{0}</r3d:re3data.orgIdentifier>
<r3d:repositoryName>Cedar {0}</r3d:repositoryName></r3d:repository></r3d:re3data>"""
REPOSITORIES = {
    id_: XML.format(id_).encode() for id_ in ("r3d100000001", "r3d100000002", "r3d100000003")
}


def page(number: int, last: bool = False) -> bytes:
    links = {"next": None if last else "https://api.fairsharing.org/elsewhere"}
    return json.dumps({"data": RECORDS[2 * number - 2 : 2 * number], "links": links}).encode()


PAGES = [page(1), page(2), page(3, last=True)]


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy a machine has, the loopback is asked without."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def given(tmp_path: Path) -> Harvest:
    return Harvest(login=Login(USER, PASSWORD), manners=QUICK, folder=tmp_path / "pages")


def names(registry: str, served: Registry, given: Harvest) -> list[str]:
    found = fetching.entries(registry, replace(given, address=served.address))
    return [one.name if isinstance(one, Entry) else str(one) for one in found]


def test_fairsharing_is_signed_in_to_and_paged(given: Harvest) -> None:
    with serving(replaying.fairsharing(PAGES)) as served:
        assert names("fairsharing", served, given) == [f"Cedar {number}" for number in range(6)]
    assert served.asked == ["/users/sign_in", *(fairsharing_path(number) for number in (1, 2, 3))]


def test_real_pages_of_fairsharing_are_taken(given: Harvest, shared: Path) -> None:
    with serving(replaying.fairsharing(replaying.search_pages(shared))) as served:
        found = list(fetching.entries("fairsharing", replace(given, address=served.address)))
    assert len(found) == 71
    assert all(isinstance(one, Entry) for one in found)


def test_real_repositories_of_re3data_are_taken(given: Harvest, shared: Path) -> None:
    place = shared / "registries/re3data"
    bodies = {
        id_: (place / f"{id_}_v2.2.xml").read_bytes() for id_ in ("r3d100011274", "r3d100011778")
    }
    with serving(replaying.re3data(bodies)) as served:
        found = names("re3data", served, given)
    assert found == ["Deakin Research Online", "Solar and Heliospheric Observatory"]


FAULTS = [
    Reply(b"slow down", 429, {"Retry-After": "0"}),
    Reply(b"broken", 500),
    Reply(b"away", 503, {"Retry-After": "Wed, 01 Oct 2025 00:00:00 GMT"}),
    Reply(PAGES[1], cut=True),
    Reply(b'{"message": "Please login before accessing the API"}'),
    Reply(b"<html>Gateway</html>"),
    Reply(b"", 401),
]


@pytest.mark.parametrize("fault", FAULTS, ids=["429", "500", "503", "cut", "error", "html", "401"])
def test_what_falters_is_asked_again(given: Harvest, fault: Reply) -> None:
    served = replaying.fairsharing(PAGES)
    served.faults[fairsharing_path(2)] = [fault, fault]
    with serving(served):
        assert len(names("fairsharing", served, given)) == 6
    counts = served.counts()
    assert counts[fairsharing_path(2)] == 3
    assert counts[fairsharing_path(1)] == counts[fairsharing_path(3)] == 1


def test_a_registry_is_waited_for_as_long_as_it_says(given: Harvest) -> None:
    served = replaying.fairsharing(PAGES)
    served.faults[fairsharing_path(2)] = [Reply(b"", 429, {"Retry-After": "1"})]
    begin = time.monotonic()
    with serving(served):
        assert len(names("fairsharing", served, given)) == 6
    assert time.monotonic() - begin >= 1


def test_requests_are_spaced(given: Harvest) -> None:
    slow = replace(given, manners=replace(QUICK, pause=0.15))
    begin = time.monotonic()
    with serving(replaying.fairsharing(PAGES)) as served:
        names("fairsharing", served, slow)
    assert time.monotonic() - begin >= 0.45


@pytest.mark.parametrize(
    "fault", FAULTS[:1] + FAULTS[1:2] + FAULTS[3:6], ids=["429", "500", "cut", "error", "html"]
)
def test_what_goes_on_faltering_stops_the_run_and_the_next_goes_on_from_there(
    given: Harvest, fault: Reply
) -> None:
    served = replaying.fairsharing(PAGES)
    served.faults[fairsharing_path(2)] = [fault] * 40
    with serving(served):
        with pytest.raises(HarvestFault) as told:
            names("fairsharing", served, given)
        assert "/fairsharing_records?…" in str(told.value)
        served.faults.clear()
        assert len(names("fairsharing", served, given)) == 6
        assert served.counts()[fairsharing_path(1)] == 1


def test_a_run_that_has_ended_is_begun_anew(given: Harvest) -> None:
    with serving(replaying.fairsharing(PAGES)) as served:
        names("fairsharing", served, given)
        names("fairsharing", served, given)
    assert served.counts()[fairsharing_path(1)] == 2


def test_what_has_not_changed_is_not_sent_again(given: Harvest) -> None:
    with serving(replaying.re3data(REPOSITORIES)) as served:
        at = replace(given, address=served.address)
        first = [one for one in fetching.fetch("re3data", at) if isinstance(one, Page)]
        before = [one.path.stat().st_mtime_ns for one in first]
        second = [one for one in fetching.fetch("re3data", at) if isinstance(one, Page)]
        assert [one.path.stat().st_mtime_ns for one in second] == before
        assert all(new.retrieved > old.retrieved for new, old in zip(second, first, strict=True))
        list(fetching.fetch("re3data", replace(at, anew=True)))
        assert [one.path.stat().st_mtime_ns for one in second] != before


def test_what_is_gone_is_named_and_the_rest_taken(given: Harvest) -> None:
    with serving(replaying.re3data(REPOSITORIES, "r3d100000009", "no-identifier")) as served:
        found = list(fetching.entries("re3data", replace(given, address=served.address)))
    assert [one.id for one in found if isinstance(one, Entry)] == [
        f"re3data:{id_}" for id_ in REPOSITORIES
    ]
    (broken,) = [one for one in found if isinstance(one, Broken)]
    assert broken.record == "repository 4 (r3d100000009)"
    assert "404" in str(broken)


def test_a_repository_that_cannot_be_had_is_named_and_three_stop_the_run(given: Harvest) -> None:
    served = replaying.re3data(REPOSITORIES)
    paths = [path for path in served.pages if "/repository/" in path]
    served.faults = {paths[0]: [Reply(b"", 500)] * 40, paths[1]: [Reply(b"no XML")] * 40}
    with serving(served):
        found = names("re3data", served, given)
        assert "answers 500" in found[0]
        assert found[1].startswith("repository 2 (r3d100000002): ")
        assert found[2] == "Cedar r3d100000003"
        served.faults = {path: [Reply(b"", 500)] * 40 for path in paths}
        with pytest.raises(HarvestFault, match="r3d100000003 answers 500"):
            names("re3data", served, given)


def test_biotools_is_paged(given: Harvest) -> None:
    with serving(replaying.biotools([[TOOL], [{**TOOL, "name": "Oak"}], []])) as served:
        assert names("biotools", served, given) == ["Cedar", "Oak"]
    served = replaying.biotools([[TOOL], [TOOL]])
    for path in served.pages:
        served.json(path, {"list": [TOOL], "next": "?page=2"})
    with serving(served), pytest.raises(HarvestFault, match="goes round in circles"):
        names("biotools", served, replace(given, anew=True))


def test_the_newest_dump_of_ror_is_had_and_checked(given: Harvest) -> None:
    served = replaying.ror([ORGANISATION])
    with serving(served):
        assert names("ror", served, given) == ["Cedar"]
        dump = next(path for path in served.pages if path.endswith("content"))
        served.put(dump, b"something else")
        with pytest.raises(HarvestFault, match="digest differs"):
            names("ror", served, given)
    with serving(replaying.ror([ORGANISATION])) as served:
        at = served.address
        served.address = "https://elsewhere.example"
        with pytest.raises(HarvestFault, match=r"leads elsewhere: elsewhere\.example"):
            list(fetching.fetch("ror", replace(given, address=at, anew=True)))


def test_a_page_that_is_too_long_is_not_taken(given: Harvest) -> None:
    short = replace(given, manners=replace(QUICK, longest=100))
    told = pytest.raises(HarvestFault, match="more than 100 bytes")
    with serving(replaying.re3data(REPOSITORIES)) as served, told:
        names("re3data", served, short)


def test_who_does_not_answer_is_named(given: Harvest) -> None:
    nowhere = replace(given, address="http://127.0.0.1:9", manners=replace(QUICK, tries=1))
    with pytest.raises(HarvestFault, match=r"127\.0\.0\.1:9/users/sign_in does not answer"):
        list(fetching.fetch("fairsharing", nowhere))
    with pytest.raises(BadParameter, match="biotools, fairsharing, re3data, ror"):
        list(fetching.fetch("rdmkit", given))


def test_secrets_are_not_told(given: Harvest, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = Reply(f'{{"message": "No {TOKEN} and no {PASSWORD} here"}}'.encode())
    served = replaying.fairsharing(PAGES)
    served.faults[fairsharing_path(2)] = [wrong] * 9
    told = [repr(given)]
    with serving(served):
        with pytest.raises(HarvestFault) as fault:
            names("fairsharing", served, given)
        told += traceback.format_exception(fault.value)
        other = replace(given, login=Login(USER, PASSWORD + "x"), anew=True)
        with pytest.raises(HarvestFault, match="does not sign in somebody: Wrong: …") as fault:
            names("fairsharing", served, other)
        told.append(str(fault.value))
        with pytest.raises(HarvestFault, match="sign in: set FINGERPOST_FAIRSHARING_USER"):
            names("fairsharing", served, replace(given, login=None, anew=True))
    assert given.folder
    told += [path.read_text() for path in given.folder.rglob("*") if path.is_file()]
    assert PASSWORD not in caplog.text + "".join(told)
    assert TOKEN not in caplog.text + "".join(told)
    assert shown("https://me:word@a.example/x?key=1") == "https://a.example/x?…"


def test_a_password_goes_to_the_registry_alone(given: Harvest) -> None:
    with serving(Registry()) as other, serving(replaying.fairsharing(PAGES)) as served:
        moved = Reply(b"", 307, {"Location": f"{other.address}/users/sign_in"})
        served.faults["/users/sign_in"] = [moved] * 9
        with pytest.raises(HarvestFault, match="status 307"):
            names("fairsharing", served, given)
        assert not other.asked


def test_who_signs_in_is_said_by_the_environment_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "login"
    path.write_text(f"{USER}\n{PASSWORD}\n")
    both = {signing.USER: USER, signing.PASSWORD: PASSWORD}
    assert signing.login({}, path) == signing.login(both) == Login(USER, PASSWORD)
    assert signing.login({}) is None
    path.write_text(USER)
    for environment, file in (({signing.USER: USER}, None), ({}, path), ({}, tmp_path / "none")):
        with pytest.raises(SettingFault) as fault:
            signing.login(environment, file)
        assert PASSWORD not in str(fault.value)


def test_one_run_at_a_time_has_the_pages(given: Harvest) -> None:
    with serving(replaying.re3data(REPOSITORIES)) as served:
        at = replace(given, address=served.address)
        first = fetching.fetch("re3data", at)
        next(first)
        with pytest.raises(HarvestFault, match="Another run"):
            list(fetching.fetch("re3data", at))
        assert len(list(first)) == 2


KILLED = """
import os, sys
from pathlib import Path
from fingerpost.registries.harvest import fetching
from fingerpost.registries.harvest.client import Manners
from fingerpost.registries.harvest.fetching import Harvest
given = Harvest(manners=Manners(pause=0), folder=Path(sys.argv[2]), address=sys.argv[1])
for page in fetching.fetch("re3data", given):
    print(page.address, flush=True)
"""


def test_a_run_that_is_killed_is_gone_on_with(given: Harvest) -> None:
    served = replaying.re3data(REPOSITORIES)
    third = "/api/v1/repository/r3d100000003"
    answer, killed = served.pages[third], threading.Event()

    def waiting(asked: Asked) -> Reply:
        killed.wait(30)
        return answer(asked)

    served.pages[third] = waiting
    assert given.folder
    with serving(served):
        command = [sys.executable, "-c", KILLED, served.address, str(given.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as process:
            assert process.stdout
            assert process.stdout.readline()
            assert process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        killed.set()
        (given.folder / "re3data" / "left.part").write_bytes(b"half")
        assert len(names("re3data", served, given)) == 3
        counts = served.counts()
    del counts[third]
    assert set(counts.values()) == {1}
    assert not list(given.folder.rglob("*.part"))


def test_a_proxy_that_the_system_names_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Registry()
    served.put("http://registry.example/list.json", b"[]")
    with serving(served):
        monkeypatch.setenv("http_proxy", served.address)
        monkeypatch.delenv("no_proxy", raising=False)
        found = fetching.retrieve("http://registry.example/list.json", tmp_path, QUICK)
    assert found.path.read_bytes() == b"[]"


def test_a_live_import_of_a_registry(tmp_path: Path) -> None:
    login = tmp_path / "login"
    login.write_text(f"{USER}\n{PASSWORD}\n")
    words = ["import", "fairsharing", "--live", "--dry-run", "--login", str(login)]
    environment = {**os.environ, "FINGERPOST_CACHE": str(tmp_path)}
    with serving(replaying.fairsharing(PAGES)) as served:
        command = [sys.executable, "-m", "fingerpost", *words, "--from", served.address]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert "6 records added" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_pages_are_counted(given: Harvest, shared: Path) -> None:
    for registry, served, told in (
        ("fairsharing", replaying.fairsharing(replaying.search_pages(shared)), [73, 73, 73]),
        ("re3data", replaying.re3data(REPOSITORIES), [3, 3, 3]),
        ("biotools", replaying.biotools([[TOOL], [TOOL]]), [2, 2]),
        ("ror", replaying.ror([ORGANISATION]), [1]),
    ):
        counted: list[tuple[int, int]] = []
        with serving(served):
            at = replace(given, address=served.address)
            list(fetching.fetch(registry, at, count=lambda *one: counted.append(one)))  # noqa: B023
        assert counted == [(number, total) for number, total in enumerate(told, 1)]


def test_a_terminal_shows_how_far_an_import_is(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("id,name\n" + "".join(f"fairsharing:{n},Cedar {n}\n" for n in range(120)))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fingerpost", "import", "fairsharing", str(path)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    shown = b""
    command += ["--as", "csv", "--dry-run"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        with contextlib.suppress(OSError):  # so a terminal says that nobody writes to it any more
            while data := os.read(ours, 4096):
                shown += data
    os.close(ours)
    assert process.returncode == 0
    assert b"Records of FAIRsharing" in shown
    assert b"100/?" in shown


def test_a_live_import_has_a_registry_to_ask() -> None:
    runner = CliRunner()
    for words, told in (
        (["fairsharing"], "Name a file or an address"),
        (["fairsharing", "x.json", "--live"], "Name a file or an address"),
        (["rdmkit", "--live"], "biotools, fairsharing, re3data, ror"),
    ):
        found = runner.invoke(commands, ["import", *words, "--dry-run"])
        assert told in str(found.exception)


def test_a_file_at_an_address_is_had_once(tmp_path: Path) -> None:
    served = Registry()
    served.put("/list.json", b"[]", ETag='"1"')
    with serving(served):
        for _ in range(2):
            found = fetching.retrieve(f"{served.address}/list.json", tmp_path, QUICK)
            assert (found.path.suffix, found.path.read_bytes()) == (".json", b"[]")
        with pytest.raises(HarvestFault, match="404"):
            fetching.retrieve(f"{served.address}/none", tmp_path, QUICK)
    for address in ("ftp://a.example/", "http://", "file:///etc/passwd"):
        with pytest.raises(HarvestFault):
            fetching.retrieve(address, tmp_path, QUICK)
