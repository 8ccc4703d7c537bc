"""A service over an engine that is not ours: the same answers, and a clear word where it fails."""

import http.server
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from engines.conftest import Running, oxigraph, reach, serving, until
from fingerpost.engine import Query, dumping
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.remote import in_one_step, marks
from fingerpost.engine.remote.exchange import Address
from fingerpost.engine.remote.publishing import Publisher
from fingerpost.engine.remote.remote import Remote
from fingerpost.engine.results import JSON
from fingerpost.errors import (
    EngineBusy,
    EngineFault,
    EngineTaken,
    QueryOutOfTime,
    QueryRefused,
    QuerySyntax,
    UnknownGraph,
)

GRAPH = NamedNode("https://w3id.org/fingerpost/graph/a")
_ASKED = Query("SELECT ?s WHERE { ?s a ?class } ORDER BY ?s LIMIT 3")


@pytest.mark.slow
def test_the_whole_service_answers_over_another_engine(
    engine: Running, cache: Path, server: str
) -> None:
    with serving(engine.query, cache) as ours:
        for door in (
            "/recommend?data=imaging&phase=share&format=csv",
            "/recommend?data=imaging&phase=share&at=2022-06-30&format=csv",
            "/id/repository/pride.nt",
            "/queries/explore/resource?resource=pride&format=csv",
            "/route/imaging-data?format=json",
            "/graphs?graph=" + quote("https://w3id.org/fingerpost/graph/ontology"),
        ):
            assert _lines(ours, door) == _lines(server, door), door
        assert b"<h1" in _get(ours + "/")


@pytest.mark.parametrize("in_one_step", [True, False])
def test_only_what_has_changed_is_written_and_readers_go_over(
    in_one_step: bool, parser: Guarded
) -> None:
    store = Store()
    for name in (GRAPH, NamedNode(GRAPH.value + "b")):
        store.add(Quad(GRAPH, GRAPH, Literal("one"), name))
        store.add(Quad(GRAPH, GRAPH, Literal("one")))
    with oxigraph() as running:
        publisher = Publisher(running.address if in_one_step else running.by_names)
        assert publisher.publish(store, "first").written == 2
        assert publisher.publish(store, "first").written == 0
        reader = reach(running.query, parser)
        before = reader.generation
        store.add(Quad(GRAPH, GRAPH, Literal("two"), GRAPH))
        store.add(Quad(GRAPH, GRAPH, Literal("two")))
        assert publisher.publish(store, "second").written == 1
        until(lambda: reader.generation != before)
        assert reader.generation.number == before.number + 1
        found = reader.answer(Query("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"), "text/csv")
        assert found == b"o\r\none\r\ntwo\r\n"
        text = "SELECT ?o WHERE { GRAPH ?g { ?s <" + GRAPH.value + "> ?o } } ORDER BY ?o"
        assert reader.answer(Query(text), "text/csv") == b"o\r\none\r\none\r\ntwo\r\n"
        for number in range(3):
            publisher.publish(store, f"more{number}")
        names = {row["g"] for row in _rows(running, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
        left = sum(name.startswith(marks.GENERATIONS) for name in names)
        assert left == (0 if in_one_step else 4)


def test_a_dump_has_the_bytes_of_our_own(parser: Guarded, tmp_path: Path) -> None:
    store = Store()
    for name in (DefaultGraph(), GRAPH, NamedNode(GRAPH.value + "b"), NamedNode("urn:apart")):
        for value in (Literal("b .\nc"), Literal("b", language="en"), GRAPH):
            store.add(Quad(GRAPH, GRAPH, value, name))
    wanted = Wanted(GRAPH.value)
    with oxigraph() as running:
        Publisher(running.address).publish(store, "first")
        generation = reach(running.query, parser).dump(wanted, tmp_path / "theirs.nq")
    dumping.write(store, wanted, tmp_path / "ours.nq")
    assert (tmp_path / "theirs.nq").read_bytes() == (tmp_path / "ours.nq").read_bytes()
    assert generation.id == "first"


def test_a_generation_that_was_not_finished_is_never_seen(parser: Guarded) -> None:
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:a"), Literal("one")))
    with oxigraph() as running:
        Publisher(running.by_names).publish(store, "first")
        half = Publisher(running.by_names)
        send = half._engine.send
        half._engine.send = _stopping_at(send, "POST")  # type: ignore[method-assign]
        store.add(Quad(NamedNode("urn:a"), NamedNode("urn:a"), Literal("two")))
        with pytest.raises(KeyboardInterrupt):
            half.publish(store, "second")
        found = reach(running.query, parser)
        assert found.generation.id == "first"
        assert found.answer(Query("SELECT ?o { ?s ?p ?o }"), "text/csv") == b"o\r\none\r\n"
        Publisher(running.by_names).publish(store, "second")
        assert reach(running.query, parser).generation.id == "second"


def test_an_engine_that_changes_in_one_step_is_never_seen_between_two(parser: Guarded) -> None:
    """Not by GRAPH ?g either, which finds whatever is there."""
    graphs = [NamedNode(f"{GRAPH.value}-{number}") for number in range(40)]
    seen: set[str] = set()
    stop = threading.Event()
    text = "SELECT (COUNT(?g) AS ?n) (COUNT(DISTINCT ?o) AS ?of) { GRAPH ?g { ?s <urn:p> ?o } }"

    def watch(reader: Remote) -> None:
        while not stop.is_set():
            seen.add(reader.answer(Query(text), "text/csv").decode().split()[1])

    with oxigraph() as running:
        publisher = Publisher(running.address)
        publisher.publish(_alike(graphs, 0), "0")
        reader = reach(running.query, parser)
        watching = threading.Thread(target=watch, args=(reader,))
        watching.start()
        for number in range(1, 8):
            publisher.publish(_alike(graphs, number), str(number))
        stop.set()
        watching.join(timeout=30)
    assert seen == {"40,1"}


def test_what_is_too_long_for_one_update_comes_by_names(
    parser: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _alike([GRAPH], 1)
    with oxigraph() as running:
        monkeypatch.setattr(in_one_step, "_LARGEST", 10)
        publisher = Publisher(running.address)
        assert publisher.publish(store, "long").written == 1
        reader = reach(running.query, parser)
        assert reader.default.startswith(marks.GENERATIONS)
        inside = Query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")
        assert reader.answer(inside, "text/csv") == b"o\r\n1\r\n"


@pytest.mark.parametrize("in_one_step", [True, False])
def test_of_two_generations_that_come_at_once_one_is_refused_and_changes_nothing(
    in_one_step: bool, parser: Guarded
) -> None:
    ours, theirs = Store(), Store()
    ours.add(Quad(GRAPH, GRAPH, Literal("ours")))
    theirs.add(Quad(GRAPH, GRAPH, Literal("theirs")))
    with oxigraph() as running:
        address = running.address if in_one_step else running.by_names
        Publisher(address).publish(Store(), "first")
        late = Publisher(address)
        step = "update" if in_one_step else "send"
        last = getattr(late._engine, step)
        setattr(late._engine, step, _after(lambda: Publisher(address).publish(theirs, "b"), last))
        with pytest.raises(EngineTaken):
            late.publish(ours, "a")
        reader = reach(running.query, parser)
        assert reader.generation.id == "b"
        found = reader.answer(Query("SELECT ?o { ?s ?p ?o }"), "text/csv")
        assert found == b"o\r\ntheirs\r\n"


def test_what_else_an_engine_holds_stays_and_is_not_seen(parser: Guarded) -> None:
    store = Store()
    store.add(Quad(GRAPH, GRAPH, Literal("ours"), GRAPH))
    store.add(Quad(GRAPH, GRAPH, Literal("ours")))
    with oxigraph() as running:
        request = urllib.request.Request(
            running.address.update,
            b"INSERT DATA { <urn:a> <urn:a> 'theirs' GRAPH <urn:a> { <urn:a> <urn:a> 'theirs' } }",
            {"Content-Type": "application/sparql-update"},
        )
        urllib.request.urlopen(request, timeout=30).close()
        Publisher(running.address).publish(store, "first")
        reader = reach(running.query, parser)
        for text in ("SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"):
            assert reader.answer(Query(text), "text/csv") == b"o\r\nours\r\n"
        assert _rows(running, "SELECT ?o { ?s ?p ?o }") == [{"o": "theirs"}]


def test_nothing_goes_to_the_engine_that_ours_would_refuse(remote: Remote) -> None:
    for text, fault in (
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
        ('DEFINE input:grab-all "yes" SELECT * { ?s ?p ?o }', QuerySyntax),
        ("SELECT * { ?s ?p ?o ", QuerySyntax),
    ):
        with pytest.raises(fault):
            remote.answer(Query(text), "text/csv")
    if remote.dialect.functions:
        with pytest.raises(QueryRefused, match="bif:"):
            remote.answer(Query("SELECT (<bif:sys_stat>('st') AS ?x) {}"), "text/csv")


def test_graphs_are_found_by_their_names(remote: Remote) -> None:
    ontology = "https://w3id.org/fingerpost/graph/ontology"
    assert b"fingerpost/ontology#" in remote.graph(ontology, "application/n-triples")[0].body
    with pytest.raises(UnknownGraph):
        remote.graph("https://w3id.org/fingerpost/graph/none", "text/turtle")


def test_truth_is_told_as_the_standard_has_it(remote: Remote) -> None:
    stated = Query(
        "PREFIX fp: <https://w3id.org/fingerpost/ontology#> SELECT ?x { ?s fp:unlimited ?x } LIMIT 1"
    )
    assert remote.answer(stated, "text/csv") == b"x\r\ntrue\r\n"
    found = remote.answer(Query("ASK { ?s ?p ?o }"), "application/sparql-results+xml")
    assert b"<boolean>true</boolean>" in found


def test_an_engine_without_our_graph_is_told_apart(parser: Guarded) -> None:
    with oxigraph() as running, pytest.raises(EngineFault, match="fingerpost publish"):
        reach(running.query, parser)


def test_an_engine_that_is_gone_is_busy_and_soon_not_even_asked(parser: Guarded) -> None:
    with oxigraph() as running:
        Publisher(running.address).publish(Store(), "empty")
        found = reach(running.query, parser)
    with pytest.raises(EngineBusy, match="cannot be reached"):
        found.answer(_ASKED, "text/csv")
    for _ in range(5):
        with pytest.raises(EngineBusy):
            found.answer(_ASKED, "text/csv")
    begin = time.monotonic()
    with pytest.raises(EngineBusy, match="asked again in"):
        found.answer(_ASKED, "text/csv")
    assert time.monotonic() - begin < 0.5


Handler = http.server.BaseHTTPRequestHandler


def _page(handler: Handler) -> None:
    _say(handler, 200, b"<html>Welcome</html>")


def _login(handler: Handler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:1/login")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _web_page(handler: Handler) -> None:
    _say(handler, 200, b"<html>Welcome</html>", "text/html; charset=utf-8")


def _other_credentials(handler: Handler) -> None:
    _say(handler, 401, b"who are you?")


def _no_results(handler: Handler) -> None:
    _say(handler, 200, b'{"error": "none"}')


def _full(handler: Handler) -> None:
    _say(handler, 503, b"busy")


def _broken(handler: Handler) -> None:
    _say(handler, 500, b"secret-free trace " + b"x" * 5000)


def _slow(_: Handler) -> None:
    time.sleep(3)


def _cut(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"head":')


@pytest.mark.parametrize(
    ("act", "fault", "told"),
    [
        (_page, EngineFault, "answered what is none"),
        (_web_page, EngineFault, "a web page"),
        (_login, EngineFault, "answered 302"),
        (_other_credentials, EngineFault, "--engine-credentials"),
        (_no_results, EngineFault, "answered what is none"),
        (_full, EngineBusy, "too much to do"),
        (_broken, EngineFault, "answered 500"),
        (_slow, QueryOutOfTime, "longer than 1 seconds"),
        (_cut, EngineFault, "broke off"),
    ],
)
def test_an_engine_that_misbehaves_is_named_with_what_it_did(
    act: Callable[[Handler], None], fault: type[Exception], told: str, parser: Guarded
) -> None:
    with _scripted(act) as address:
        found = reach(address, parser, seconds=1)
        with pytest.raises(fault, match=told) as caught:
            found.answer(_ASKED, "text/csv")
        assert len(str(caught.value)) < 600


@pytest.mark.parametrize("media_type", [JSON, "text/csv", "application/sparql-results+xml"])
@pytest.mark.parametrize("act", [_page, _web_page, _no_results])
def test_what_is_no_result_is_passed_on_in_no_format(
    act: Callable[[Handler], None], media_type: str, parser: Guarded
) -> None:
    with _scripted(act) as address, pytest.raises(EngineFault):
        reach(address, parser, seconds=1).answer(_ASKED, media_type)


@pytest.mark.parametrize(
    ("act", "fault"),
    [(_page, EngineFault), (_other_credentials, EngineFault), (_full, EngineBusy)],
)
def test_an_address_that_is_no_engine_is_told_at_the_start(
    act: Callable[[Handler], None], fault: type[Exception], parser: Guarded
) -> None:
    with _scripted(act, holding=False) as address, pytest.raises(fault, match=address):
        reach(address, parser, seconds=1)


def test_an_engine_is_asked_once_at_the_start_which_generation_it_holds(parser: Guarded) -> None:
    asked: list[bytes] = []
    with _scripted(_page, asked=asked) as address:
        reach(address, parser, seconds=1)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("act", "fault", "told"),
    [
        (_full, EngineBusy, "503"),
        (_broken, EngineFault, "500"),
        (_other_credentials, EngineFault, "401"),
        (_page, EngineFault, "no SPARQL result"),
    ],
)
def test_who_publishes_is_told_what_an_engine_did(
    act: Callable[[Handler], None], fault: type[Exception], told: str
) -> None:
    with _scripted(act, holding=False) as address, pytest.raises(fault, match=told) as caught:
        Publisher(Address(address, address, "user:secret-password")).publish(Store(), "a")
    assert "secret" not in str(caught.value).replace("secret-free", "")


def test_an_engine_that_has_lost_its_graph_is_not_taken_for_an_empty_one(parser: Guarded) -> None:
    with oxigraph() as running:
        Publisher(running.address).publish(Store(), "first")
        reader = reach(running.query, parser)
        before = reader.generation.number
        request = urllib.request.Request(
            running.address.update, b"DROP ALL", {"Content-Type": "application/sparql-update"}
        )
        urllib.request.urlopen(request, timeout=30).close()

        def told() -> bool:
            try:
                reader.answer(_ASKED, "text/csv")
            except EngineFault as fault:
                return "holds no graph" in str(fault)
            return False

        until(told)
        time.sleep(1)  # numbers of a new beginning are of seconds
        Publisher(running.address).publish(Store(), "again")
        until(lambda: not told())
        assert reader.generation.number > before


def test_an_engine_that_was_full_is_asked_again(parser: Guarded) -> None:
    answers = iter([_full, _full])

    def act(handler: Handler) -> None:
        after = next(answers, None)
        if after:
            after(handler)
        else:
            _say(handler, 200, b'{"head":{"vars":["s"]},"results":{"bindings":[]}}')

    with _scripted(act) as address:
        assert reach(address, parser, seconds=1).answer(_ASKED, "text/csv") == b"s\r\n"


def _say(handler: Handler, status: int, body: bytes, type_: str = "") -> None:
    handler.send_response(status)
    if type_:
        handler.send_header("Content-Type", type_)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def _scripted(
    act: Callable[[Handler], None], *, holding: bool = True, asked: list[bytes] | None = None
) -> Iterator[str]:
    """A server that says which generation it holds, and to all else does what the test wants.

    Without `holding` it does that to the first question too; `asked` gets every question.
    """
    questions = [] if asked is None else asked
    mark = json.dumps(
        {
            "head": {"vars": ["mark"]},
            "results": {"bindings": [{"mark": {"type": "literal", "value": "1 abc"}}]},
        }
    ).encode()

    class Scripted(Handler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
            question = self.rfile.read(int(self.headers["Content-Length"]))
            questions.append(question)
            if holding and b"holds" in question:
                _say(self, 200, mark)
            else:
                act(self)
                self.close_connection = act in {_cut, _slow}

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _stopping_at(send: Callable[..., None], at: str) -> Callable[..., None]:
    def sending(method: str, *rest: object) -> None:
        if method == at:
            raise KeyboardInterrupt
        send(method, *rest)

    return sending


def _alike(graphs: list[NamedNode], number: int) -> Store:
    store = Store()
    for graph in graphs:
        store.add(Quad(graph, NamedNode("urn:p"), Literal(str(number)), graph))
    return store


def _after(first: Callable[[], object], then: Callable[..., None]) -> Callable[..., None]:
    """What makes sure that something else has come before, and once only."""
    firsts = [first]

    def doing(*rest: object) -> None:
        if firsts:
            firsts.pop()()
        then(*rest)

    return doing


def _rows(running: Running, text: str) -> list[dict[str, str]]:
    import csv
    import io

    request = urllib.request.Request(
        f"{running.query}?query={quote(text)}", headers={"Accept": "text/csv"}
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        return list(csv.DictReader(io.StringIO(reply.read().decode())))


def _lines(base: str, door: str) -> list[bytes]:
    """Return the lines of an answer, without where it came from."""
    return sorted(_get(base + door).replace(base.encode(), b"").split(b"\n"))


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=120) as reply:
            return bytes(reply.read())
    except urllib.error.HTTPError as fault:
        return bytes(fault.read())
