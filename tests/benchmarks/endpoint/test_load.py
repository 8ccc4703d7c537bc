"""wrk asks as it is told to, and a refusal is no measurement."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from endpoint import load
from endpoint.load import Load
from endpoint.questions import Question

pytestmark = pytest.mark.skipif(not shutil.which("wrk"), reason="needs wrk")

QUESTION = Question("all", "SELECT * { ?s ?p ?o }\nLIMIT 1000000000", "text/csv")


class Recorder(ThreadingHTTPServer):
    """A server that keeps what it is asked, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.asked: list[tuple[str, str]] = []

    def handle_error(self, *_: object) -> None:
        """Be quiet about connections that wrk drops at its end."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Recorder

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)["query"][0]
        self.server.asked.append((query, self.headers["Accept"]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def drive(recorder: Recorder, wanted: Load) -> load.Reading:
    return load.drive(f"http://127.0.0.1:{recorder.server_port}/sparql", QUESTION, wanted)


def test_repeated_requests_are_all_the_same(recorder: Recorder) -> None:
    reading = drive(recorder, Load(distinct=False, connections=2, seconds=0.1, answers=20))
    assert reading.rate > 0
    assert len(recorder.asked) >= 20
    assert {text for text, _ in recorder.asked} == {QUESTION.text}


def test_distinct_requests_are_all_different_in_their_constant_alone(recorder: Recorder) -> None:
    drive(recorder, Load(distinct=True, connections=2, seconds=0.1, answers=20))
    drive(recorder, Load(distinct=True, connections=2, seconds=0.1, answers=20))
    # wrk's own look at the request comes first, and is not sent.
    texts = [text for text, _ in recorder.asked]
    assert len(texts) >= 40
    assert len(set(texts)) == len(texts)
    assert {text.rpartition(" ")[0] for text in texts} == {"SELECT * { ?s ?p ?o }\nLIMIT"}
    assert {len(text) for text in texts} == {len(QUESTION.text)}


def test_the_media_type_is_asked_for(recorder: Recorder) -> None:
    drive(recorder, Load(distinct=True, connections=1, seconds=0, answers=1))
    assert {accept for _, accept in recorder.asked} == {"text/csv"}


def test_a_load_goes_on_until_its_seconds_and_its_answers_are_reached(recorder: Recorder) -> None:
    many = drive(recorder, Load(distinct=False, connections=1, seconds=0, answers=50))
    assert 50 <= len(recorder.asked) <= 52
    long = drive(recorder, Load(distinct=False, connections=1, seconds=0.5, answers=1))
    assert len(recorder.asked) > 60
    assert many.median > 0
    assert long.median > 0


def test_a_pause_lies_before_every_request(recorder: Recorder) -> None:
    paused = Load(distinct=False, connections=1, seconds=0, answers=5, pause=50)
    assert drive(recorder, paused).rate < 20


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_refusal_fails_the_measurement(recorder: Recorder, status: int) -> None:
    recorder.status = status
    with pytest.raises(load.Failed, match="were not 200"):
        drive(recorder, Load(distinct=False, connections=2, seconds=0, answers=4))


def test_a_server_that_is_not_there_fails_the_measurement() -> None:
    with pytest.raises(load.Failed):
        load.drive("http://127.0.0.1:1/sparql", QUESTION, Load(False, 1, 0, 1))
