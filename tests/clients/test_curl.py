"""curl, which is what people try first: methods, codings, conditions, and the long way round."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ASK = "ASK { ?r a <https://w3id.org/fingerpost/ontology#Repository> }"
CODINGS = {"gzip": "gzip", "br": "brotli", "zstd": "zstd"}
BIG = ["/queries", "/repository/zenodo.ttl", "/sparql", "/recommend?data=imaging&format=json"]
DOORS = [
    "/",
    "/sparql",
    "/sparql?query=ASK%7B%7D",
    "/queries",
    "/queries/curate/counts?format=csv",
    "/recommend?data=imaging&format=json",
    "/repository/zenodo.ttl",
    "/id/repository/zenodo",
    "/health/live",
    "/health/ready",
]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def features() -> str:
    if shutil.which("curl") is None:
        pytest.skip("needs curl, which is not installed: apt-get install curl")
    return subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True).stdout


@pytest.fixture(autouse=True)
def _curl(features: str) -> None:
    assert features.startswith("curl")


def curl(address: str, *options: str, folder: Path | None = None, succeeds: bool = True) -> Answer:
    """Ask with curl; its last answer, where it has followed others."""
    command = ["curl", "--silent", "--show-error", "--max-time", "30", "--include"]
    done = subprocess.run(
        [*command, *options, address], capture_output=True, check=False, cwd=folder, timeout=40
    )
    assert (done.returncode == 0) == succeeds, done.stderr.decode()
    head, body = b"", done.stdout
    while body.startswith(b"HTTP/"):
        head, _, body = body.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Answer(
        int(status.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}, body
    )


@pytest.mark.parametrize("path", DOORS)
def test_head_says_what_get_says_without_the_body(server: str, path: str) -> None:
    whole = curl(server + path)
    head = curl(server + path, "--head")
    assert head.body == b""
    assert head.status == whole.status
    for name in ("content-type", "etag", "vary", "location", "cache-control"):
        assert head.headers.get(name) == whole.headers.get(name), name
    if "etag" in whole.headers:
        assert head.headers["content-length"] == str(len(whole.body))


@pytest.mark.parametrize("path", BIG)
@pytest.mark.parametrize("coding", CODINGS)
def test_a_compressed_answer_unpacks_to_the_plain_one(
    server: str, path: str, coding: str, features: str
) -> None:
    if CODINGS[coding] not in features.replace("libz", "gzip"):
        pytest.skip(f"this curl was built without {coding}")
    plain = curl(server + path, "-H", "Accept: */*")
    assert plain.status == 200
    wanted = ["-H", "Accept: */*", "-H", f"Accept-Encoding: {coding}"]
    packed = curl(server + path, *wanted)
    assert packed.headers["content-encoding"] == coding
    assert len(packed.body) < len(plain.body) / 2
    assert curl(server + path, "--compressed", *wanted).body == plain.body
    assert {"accept", "accept-encoding"} <= {
        name.strip().lower() for name in packed.headers["vary"].split(",")
    }


@pytest.mark.parametrize("path", BIG)
def test_compressed_without_a_choice_is_one_of_those_that_curl_names(
    server: str, path: str
) -> None:
    packed = curl(server + path, "--compressed", "-H", "Accept: */*")
    assert packed.headers["content-encoding"] in CODINGS
    assert packed.body == curl(server + path, "-H", "Accept: */*").body


def test_each_coding_has_a_tag_of_its_own(server: str) -> None:
    address = f"{server}/queries"
    tags = [curl(address).headers["etag"]] + [
        curl(address, "-H", f"Accept-Encoding: {coding}").headers["etag"] for coding in CODINGS
    ]
    assert len(set(tags)) == 4


@pytest.mark.parametrize("refused", ["identity", "", "gzip;q=0", "nonsense", "*;q=0, identity"])
def test_a_client_that_takes_no_coding_gets_none(server: str, refused: str) -> None:
    answer = curl(f"{server}/queries", "-H", f"Accept-Encoding: {refused}")
    assert answer.status == 200
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.body)


def test_an_answer_of_a_few_bytes_is_left_as_it_is(server: str) -> None:
    answer = curl(f"{server}/sparql?query=ASK%7B%7D", "--compressed")
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.body)["boolean"] is True


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/queries", "/repository/zenodo.ttl"])
@pytest.mark.parametrize("coding", ["identity", *CODINGS])
def test_what_curl_has_kept_is_not_sent_again(
    server: str, path: str, coding: str, tmp_path: Path
) -> None:
    wanted = ["-H", f"Accept-Encoding: {coding}"]
    first = curl(server + path, *wanted, "--etag-save", "tag", folder=tmp_path)
    assert first.status == 200
    assert (tmp_path / "tag").read_text() == first.headers["etag"] + "\n"
    again = curl(server + path, *wanted, "--etag-compare", "tag", folder=tmp_path)
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert again.headers[name] == first.headers[name]
    weak = curl(server + path, *wanted, "-H", f'If-None-Match: "x", W/{first.headers["etag"]}')
    assert weak.status == 304
    assert curl(server + path, *wanted, "-H", "If-None-Match: *").status == 304
    other = curl(server + path, *wanted, "-H", 'If-None-Match: "other"')
    assert (other.status, other.body) == (200, first.body)


def test_a_page_is_not_taken_for_the_table_that_curl_has(server: str) -> None:
    address = f"{server}/queries/curate/counts"
    table = curl(address, "-H", "Accept: text/csv")
    tag = f"If-None-Match: {table.headers['etag']}"
    assert curl(address, "-H", "Accept: text/csv", "-H", tag).status == 304
    assert curl(address, "-H", "Accept: application/json", "-H", tag).status == 200


@pytest.mark.parametrize("path", ["/sparql", "/queries", "/recommend", "/repository/zenodo.ttl"])
def test_options_says_which_methods_there_are(server: str, path: str) -> None:
    answer = curl(server + path, "-X", "OPTIONS")
    assert answer.status in {200, 204}
    allowed = {name.strip() for name in answer.headers["allow"].split(",")}
    assert {"GET", "HEAD", "OPTIONS"} <= allowed
    assert ("POST" in allowed) == (path == "/sparql")


def test_a_page_elsewhere_may_post_a_query_as_a_body(server: str) -> None:
    """A browser asks first (Fetch, 4.8), since application/sparql-query is no form."""
    answer = curl(
        f"{server}/sparql",
        *("-X", "OPTIONS", "-H", "Origin: https://editor.example.org"),
        *("-H", "Access-Control-Request-Method: POST"),
        *("-H", "Access-Control-Request-Headers: content-type"),
    )
    assert answer.status in {200, 204}
    assert answer.headers["access-control-allow-origin"] in {"*", "https://editor.example.org"}
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()


def test_a_page_elsewhere_may_read_what_is_wrong_with_its_query(server: str) -> None:
    answer = curl(f"{server}/sparql?query=SELECT", "-H", "Origin: https://editor.example.org")
    assert answer.status == 400
    assert answer.headers["access-control-allow-origin"] in {"*", "https://editor.example.org"}


def test_a_query_file_is_sent_in_each_way_that_curl_has(server: str, tmp_path: Path) -> None:
    (tmp_path / "ask.rq").write_text(ASK, "utf-8")
    type_ = ["-H", "Content-Type: application/sparql-query"]
    answers = [
        curl(f"{server}/sparql", *way, folder=tmp_path).body
        for way in (
            ["--data-urlencode", "query@ask.rq"],
            ["--get", "--data-urlencode", "query@ask.rq"],
            ["--data-binary", "@ask.rq", *type_],
            ["--data-binary", "@ask.rq", *type_, "-H", "Transfer-Encoding: chunked"],
            ["--data-binary", "@ask.rq", *type_, "-H", "Expect: 100-continue"],
            ["--data-urlencode", "query@ask.rq", "--http1.0"],
            ["--data-urlencode", "query@ask.rq", "--http2"],
        )
    ]
    assert json.loads(answers[0])["boolean"] is True
    assert set(answers) == {answers[0]}


def test_a_form_of_several_parts_is_refused_with_its_reason(server: str) -> None:
    answer = curl(f"{server}/sparql", "--form", f"query={ASK}")
    assert answer.status == 415
    assert "multipart/form-data" in json.loads(answer.body)["detail"]


def test_a_missing_record_makes_curl_fail_when_it_is_told_to(server: str) -> None:
    answer = curl(f"{server}/id/repository/nothing", "--fail-with-body", succeeds=False)
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == 404


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("text/turtle", b"@prefix"),
        ("application/ld+json", b"{"),
        ("application/n-triples", b"<"),
        ("application/rdf+xml", b"<?xml"),
        ("text/html", b"<!doctype html>"),
    ],
)
def test_an_identifier_is_followed_to_the_document_that_is_wanted(
    server: str, accept: str, start: bytes
) -> None:
    answer = curl(f"{server}/id/repository/zenodo", "--location", "-H", f"Accept: {accept}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(accept)
    assert answer.body.lstrip().lower().startswith(start)


def test_headers_of_a_proxy_are_not_believed_from_anybody(server: str) -> None:
    """The server of this test has no `--proxies`."""
    for path in ("/sparql", "/id/repository/zenodo", "/queries"):
        answer = curl(
            server + path,
            *("-H", "X-Forwarded-Host: evil.example", "-H", "X-Forwarded-Proto: https"),
            *("-H", "Forwarded: host=evil.example;proto=https", "-H", "X-Forwarded-For: 192.0.2.1"),
        )
        assert answer.status in {200, 303}
        assert b"evil.example" not in answer.body
        assert "evil.example" not in str(answer.headers)
