"""nginx with the configuration of the operator's page, in front of a real Fingerpost."""

import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import running_nginx
from running_nginx import NAME, SHOWN, Proxy

SBIN = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
LARGE = ["/sparql?query=CONSTRUCT+%7B+?s+?p+?o+%7D+%7B+?s+?p+?o+%7D", "/graphs?default"]


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("nginx", path=SBIN)
    if found is None:
        pytest.skip("needs nginx, which is not installed: apt-get install nginx")
    for command in ("curl", "openssl"):
        if shutil.which(command) is None:
            pytest.skip(f"needs {command}, which is not installed: apt-get install {command}")
    return found


@pytest.fixture(scope="module")
def upstream(program: str) -> Iterator[int]:
    """The port of a Fingerpost that believes the headers of proxies on this machine."""
    assert program
    with running_nginx.fingerpost("--proxy", "127.0.0.1", "--timeout", "2") as port:
        yield port


@pytest.fixture(scope="module")
def proxy(program: str, upstream: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    with running_nginx.nginx(program, folder, upstream, SHOWN.read_text("utf-8")) as found:
        yield found


def curl(proxy: Proxy, path: str, *options: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the proxy with curl; the status, the headers and the body."""
    command = ["curl", "--silent", "--show-error", "--include", "--max-time", "30", "--path-as-is"]
    done = subprocess.run(
        [*command, *proxy.options, *options, proxy.address + path],
        capture_output=True,
        check=True,
        timeout=40,
    )
    head, body = b"", done.stdout
    while body.startswith(b"HTTP/"):
        head, _, body = body.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(status.split()[1]), {n.lower(): v.strip() for n, _, v in pairs}, body


def direct(proxy: Proxy, path: str, *options: str) -> tuple[dict[str, str], bytes]:
    """Ask the Fingerpost behind the proxy, as the proxy does."""
    forwarded = ["-H", f"Host: {NAME}", "-H", f"X-Forwarded-Host: {NAME}"]
    command = ["curl", "--silent", "--include", *forwarded, "-H", "X-Forwarded-Proto: https"]
    done = subprocess.run(
        [*command, *options, f"http://127.0.0.1:{proxy.upstream}{path}"],
        capture_output=True,
        check=True,
        timeout=40,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    pairs = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in pairs}, body


def became(proxy: Proxy, path: str, number: int) -> list[str]:
    """Return what became of so many requests for a path, when nginx has written them down."""
    end = time.monotonic() + 5
    while len(found := proxy.log(path)) < number:
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def test_the_configuration_that_is_shown_is_valid_and_short(proxy: Proxy, program: str) -> None:
    command = [program, "-t", "-p", str(proxy.folder), "-c", "nginx.conf", "-e", "error.log"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr
    assert len(SHOWN.read_text("utf-8").splitlines()) <= 70


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/", "text/html"),
        ("/queries", "application/json"),
        ("/repository/zenodo.ttl", "*/*"),
        ("/recommend?data=imaging&phase=share", "text/csv"),
        ("/sparql?query=ASK%7B%7D", "application/sparql-results+xml"),
        ("/sparql", "text/turtle"),
    ],
)
@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_an_answer_comes_through_as_fingerpost_gave_it(
    proxy: Proxy, path: str, accept: str, coding: str
) -> None:
    wanted = ["-H", f"Accept: {accept}", "-H", f"Accept-Encoding: {coding}"]
    status, headers, body = curl(proxy, path, *wanted)
    given, plain = direct(proxy, path, *wanted)
    assert (status, body) == (200, plain)
    for name in ("content-type", "content-encoding", "etag", "vary", "cache-control"):
        assert headers.get(name) == given.get(name), name


def test_browsers_speak_http_2_and_old_programs_1_1(proxy: Proxy) -> None:
    for version, option in (("2", "--http2"), ("1.1", "--http1.1")):
        written = ["--write-out", "version=%{http_version}", option]
        _, _, body = curl(proxy, "/sparql?query=ASK%7B%7D", *written)
        assert body.endswith(f"version={version}".encode())


def test_addresses_that_fingerpost_makes_are_those_of_the_public_name(proxy: Proxy) -> None:
    _, _, body = curl(proxy, "/sparql", "-H", "Accept: application/n-triples")
    endpoints = re.findall(rb"service-description#endpoint> <([^>]*)>", body)
    assert endpoints == [f"https://{NAME}/sparql".encode()]
    for path in ("/sparql", "/", "/queries", "/repository/zenodo", "/queries/curate/counts"):
        for accept in ("text/html", "*/*"):
            _, headers, body = curl(proxy, path, "-H", f"Accept: {accept}")
            for private in (f"127.0.0.1:{proxy.upstream}", "http://fingerpost", f"http://{NAME}"):
                assert private.encode() not in body, path
                assert private not in str(headers), path


def test_an_identifier_leads_to_a_document_behind_the_same_door(proxy: Proxy) -> None:
    status, headers, _ = curl(proxy, "/id/repository/zenodo", "-H", "Accept: text/turtle")
    assert status == 303
    assert headers["location"].removeprefix(f"https://{NAME}") == "/repository/zenodo"


@pytest.mark.parametrize(
    "claimed",
    [
        "Host: evil.example",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-For: 192.0.2.66",
        "X-Forwarded-Port: 6666",
        "X-Forwarded-Prefix: /evil.example",
        "Forwarded: for=192.0.2.66;host=evil.example;proto=gopher",
    ],
)
def test_a_client_cannot_name_the_service(proxy: Proxy, claimed: str) -> None:
    for path in ("/sparql", "/queries", "/repository/zenodo.ttl", "/id/repository/zenodo"):
        _, first, body = curl(proxy, path, "-H", claimed)
        status, second, after = curl(proxy, path)
        assert status in {200, 303}
        assert body == after
        told = str(first) + str(second) + body.decode() + after.decode()
        for trace in ("evil.example", "gopher", "192.0.2.66", "6666"):
            assert trace not in told


def test_clients_are_counted_apart_and_by_no_name_that_they_claim(
    program: str, tmp_path: Path
) -> None:
    """Addresses of the loopback stand for clients; the rate is one request a second."""
    with (
        running_nginx.fingerpost("--proxy", "127.0.0.1", "--rate", "1") as port,
        running_nginx.nginx(program, tmp_path, port, SHOWN.read_text("utf-8")) as proxy,
    ):
        claimed = [f"192.0.2.{number}" for number in range(40)]
        greedy = [
            curl(proxy, "/sparql?query=ASK%7B%7D", "-H", f"X-Forwarded-For: {address}")
            for address in claimed
        ]
        refused = [headers for status, headers, _ in greedy if status == 429]
        assert len(refused) >= 10
        assert int(refused[0]["retry-after"]) >= 1
        assert curl(proxy, "/sparql?query=ASK%7B%7D", "--interface", "127.0.0.2")[0] == 200


def test_connections_to_fingerpost_are_kept_and_used_again(proxy: Proxy) -> None:
    time.sleep(0.2)
    before = connections(proxy.upstream)
    for number in range(30):
        assert curl(proxy, f"/sparql?query=ASK%7B%7D%23{number}")[0] == 200
    # Two of nginx's may be in use at once where the one before is not yet put back.
    assert len(connections(proxy.upstream) - before) <= 2


def connections(port: int) -> set[str]:
    """Return the ports from which this machine is, or lately was, connected to a port of its own."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = [tuple(end.rpartition(":")[2] for end in row[1:3]) for row in rows]
    here = f"{port:04X}"
    listening = "0000"
    return {other for one, other in ends if one == here and other != listening} | {
        one for one, other in ends if other == here
    }


def test_an_answer_is_kept_for_a_moment_and_then_asked_about_by_its_tag(proxy: Proxy) -> None:
    path = "/queries/curate/counts?format=csv"
    began = len(proxy.log(path))
    # A machine that is busy may need more than two requests within a second.
    bodies = [curl(proxy, path)[2] for _ in range(6)]
    time.sleep(2.2)
    bodies.append(curl(proxy, path)[2])
    assert bodies == [bodies[0]] * 7
    assert b"," in bodies[0]
    told = became(proxy, path, began + 7)[began:]
    assert "200 HIT -" in told
    assert told[-1] == "200 REVALIDATED 304"


def test_each_format_and_coding_is_kept_apart(proxy: Proxy) -> None:
    path = "/queries/explore/phases"
    bodies = {}
    for _ in range(2):
        for accept in ("text/csv", "application/json", "text/html"):
            for coding in ("identity", "gzip", "br"):
                wanted = ["-H", f"Accept: {accept}", "-H", f"Accept-Encoding: {coding}"]
                status, headers, body = curl(proxy, path, *wanted)
                assert status == 200
                assert headers["content-type"].startswith(accept)
                assert headers.get("content-encoding", "identity") == coding
                assert bodies.setdefault((accept, coding), body) == body
    assert len(set(bodies.values())) == 9


def test_a_client_that_has_the_answer_is_told_so_by_the_proxy(proxy: Proxy) -> None:
    _, headers, body = curl(proxy, "/queries", "-H", "Accept: application/json")
    assert body
    tag = f"If-None-Match: {headers['etag']}"
    status, again, body = curl(proxy, "/queries", "-H", "Accept: application/json", "-H", tag)
    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]
    tag = 'If-None-Match: "other"'
    assert curl(proxy, "/queries", "-H", "Accept: application/json", "-H", tag)[0] == 200


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/sparql?query=SELECT+(NOW()+AS+?now)+%7B%7D", []),
        ("/sparql?query=ASK%7B%7D", []),
        ("/health/ready", []),
        ("/nowhere", []),
        ("/queries/explore/data-types", ["-H", "Authorization: Bearer nobody"]),
    ],
)
def test_what_may_change_or_is_for_one_reader_is_never_kept(
    proxy: Proxy, path: str, options: list[str]
) -> None:
    for _ in range(3):
        curl(proxy, path, *options)
    for line in became(proxy, path, 3):
        assert not line.endswith(" -")
        assert "HIT" not in line


def test_who_shows_a_token_is_not_given_what_was_kept_for_others(proxy: Proxy) -> None:
    path = "/queries/explore/phases?format=tsv"
    began = len(proxy.log(path))
    for _ in range(6):
        curl(proxy, path)
    assert "200 HIT -" in became(proxy, path, began + 6)[began:]
    curl(proxy, path, "-H", "Authorization: Bearer nobody")
    assert "BYPASS" in became(proxy, path, began + 7)[-1]


def test_a_moment_is_a_new_one_each_time(proxy: Proxy) -> None:
    query = "/sparql?query=SELECT+(UUID()+AS+?new)+%7B%7D"
    assert curl(proxy, query)[2] != curl(proxy, query)[2]


def test_what_was_kept_for_a_get_is_no_answer_to_a_post(proxy: Proxy) -> None:
    assert curl(proxy, "/queries")[0] == 200
    assert curl(proxy, "/queries", "-X", "POST", "-d", "")[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/metrics/",
        "/metrics?x",
        "//metrics",
        "/./metrics",
        "/queries/../metrics",
        "/metrics/../metrics",
        "/%6Detrics",
        "/%2e/metrics",
        "/metrics%2F",
        "/metrics;x",
    ],
)
def test_metrics_are_closed_to_the_outside(proxy: Proxy, path: str) -> None:
    status, _, body = curl(proxy, path)
    assert status in {400, 404}
    assert b"# TYPE" not in body


def test_metrics_are_open_on_the_machine_itself(proxy: Proxy) -> None:
    _, body = direct(proxy, "/metrics")
    assert b"# TYPE" in body


def test_a_body_over_the_limit_of_fingerpost_gets_its_reason(proxy: Proxy, tmp_path: Path) -> None:
    """Each time: who answers before it has read may cut nginx off, which then says 502."""
    (tmp_path / "large").write_bytes(b"query=" + b"x" * 2_500_000)
    for _ in range(10):
        status, headers, body = curl(proxy, "/sparql", "--data-binary", f"@{tmp_path / 'large'}")
        assert (status, headers["content-type"]) == (413, "application/problem+json")
        assert json.loads(body)["status"] == 413


def test_a_body_far_over_it_is_refused_before_it_reaches_fingerpost(
    proxy: Proxy, tmp_path: Path
) -> None:
    (tmp_path / "huge").write_bytes(b"query=" + b"x" * 20_000_000)
    path = "/sparql?huge"
    assert curl(proxy, path, "--data-binary", f"@{tmp_path / 'huge'}")[0] == 413
    assert became(proxy, path, 1) == ["413 - -"]


def test_a_graph_may_be_larger_than_a_query(proxy: Proxy, tmp_path: Path) -> None:
    """This Fingerpost takes no changes, and it is the one that says so."""
    (tmp_path / "graph.ttl").write_bytes(b"# nothing\n" * 1_000_000)
    turtle = ["-H", "Content-Type: text/turtle", "--upload-file", str(tmp_path / "graph.ttl")]
    for _ in range(10):
        status, headers, _ = curl(proxy, "/graphs/notes", *turtle)
        assert (status, headers["content-type"]) == (403, "application/problem+json")


@pytest.mark.parametrize("length", [3_000, 20_000])
def test_a_long_query_in_the_address_is_let_through(proxy: Proxy, length: int) -> None:
    query = "ASK%7B%7D%23" + "x" * length
    assert json.loads(curl(proxy, f"/sparql?query={query}")[2])["boolean"] is True


def test_what_is_wrong_with_a_query_is_told_by_fingerpost(proxy: Proxy) -> None:
    status, headers, body = curl(proxy, "/sparql?query=SELECT+*+%7B")
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["line"] == 1


def test_a_query_out_of_time_is_ended_by_fingerpost_and_not_by_the_proxy(proxy: Proxy) -> None:
    cross = "SELECT+(COUNT(*)+AS+?n)+%7B+?a+?b+?c+.+?d+?e+?f+.+?g+?h+?i+FILTER(?a+!=+?g)+%7D"
    status, headers, _ = curl(proxy, f"/sparql?query={cross}")
    assert (status, headers["content-type"]) == (504, "application/problem+json")


@pytest.mark.parametrize("path", LARGE)
@pytest.mark.parametrize("shown", [True, False], ids=["as shown", "with buffering"])
def test_a_large_answer_to_a_slow_reader_is_not_written_to_disk(
    program: str, upstream: int, tmp_path: Path, path: str, shown: bool
) -> None:
    """With buffering it is, which shows that this test can tell."""
    text = SHOWN.read_text("utf-8")
    if not shown:
        assert "proxy_buffering off;" in text
        text = text.replace("proxy_buffering off;", "")
    with running_nginx.nginx(program, tmp_path, upstream, text) as proxy:
        expected = curl(proxy, path, "-H", "Accept: application/n-triples")[2]
        assert len(expected) > 1_000_000
        (proxy.folder / "error.log").write_text("")
        found = slowly(proxy, path)
        assert found == len(expected)
        assert ("buffered to a temporary file" in proxy.warnings()) != shown


def slowly(proxy: Proxy, path: str) -> int:
    """Read an answer a little, wait, and read the rest; the length of its body."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    plain.settimeout(30)
    plain.connect(("127.0.0.1", proxy.port))
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    with context.wrap_socket(plain, server_hostname=NAME) as reader:
        head = f"GET {path} HTTP/1.0\r\nHost: {NAME}\r\nAccept: application/n-triples\r\n\r\n"
        reader.sendall(head.encode())
        read = reader.recv(1024)
        time.sleep(1)
        while part := reader.recv(65536):
            read += part
    return len(read.partition(b"\r\n\r\n")[2])
