"""What the engine is never given."""

import socket
import threading
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fingerpost.engine import Query, guard
from fingerpost.engine.local import Local
from fingerpost.errors import FingerpostError, QueryRefused, QuerySyntax, QueryTooComplex

SMUGGLED = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * {SERVICE<URL>{?s ?p ?o}}",
    "select * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * {SERVICESILENT<URL>{?s ?p ?o}}",
    r"SELECT * { SERV\u0049CE <URL> { ?s ?p ?o } }",
    r"SELECT * { SERV\u005Cu0049CE <URL> { ?s ?p ?o } }",
    "SELECT * {VALUES ?b {1} FILTER(2<?b#>'''\n||true) SERVICE <URL> {?s ?p ?o} #'''\n}",
    "SELECT * {FILTER((2)<<b:c>#>'''\n||true) SERVICE <URL> {?s ?p ?o} #'''\n}",
    "SELECT * {FILTER(2<<b:c>#>'''\n||true) SERVICE <URL> {?s ?p ?o} #'''\n}",
    "PREFIX e: <URL> SELECT * {SERVICE e:{?s ?p ?o}}",
    "PREFIX e: <URL> SELECT * {SERVICEe:{?s ?p ?o}}",
    "PREFIX SERVICEe: <b:> PREFIX e: <URL> SELECT * {SERVICEe: {?s ?p ?o}}",
    "PREFIX : <URL> SELECT * {SERVICE:{?s ?p ?o}}",
    "PREFIX : <URL> PREFIX SERVICE: <a:> SELECT * {SERVICE:{?s ?p ?o}}",
    "SELECT * {VALUES ?x {<URL>} SERVICE?x{?s ?p ?o}}",
    "SELECT * {?a ?b 1SERVICE<URL>{?s ?p ?o}}",
    "SELECT * {?a ?b trueSERVICE<URL>{?s ?p ?o}}",
    "SELECT * {?s ?p 'x'SERVICE<URL>{?s ?p ?o}}",
    "SELECT * {OPTIONAL{}SERVICE<URL>{?s ?p ?o}}",
    "SELECT * {{SELECT * {SERVICE <URL> {?s ?p ?o}}}}",
    "ASK {FILTER EXISTS {SERVICE <URL> {?s ?p ?o}}}",
    "CONSTRUCT {?s ?p ?o} WHERE {SERVICE <URL> {?s ?p ?o}}",
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server that remembers who came."""
    visits: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    visits.append(client.recv(1024))

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", visits


@pytest.fixture(scope="module")
def engine() -> Local:
    store = Store()
    for value in ("1", "true", "x"):
        store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), Literal(value)))
    return Local(store)


@pytest.mark.parametrize("text", SMUGGLED)
def test_no_query_reaches_another_service(
    text: str, engine: Local, listener: tuple[str, list[bytes]]
) -> None:
    url, visits = listener
    before = len(visits)
    with pytest.raises(FingerpostError):
        engine.answer(Query(text.replace("URL", url)), "application/json")
    assert len(visits) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service ?p ?o }",
        "# SERVICE <http://x/>\nSELECT * { ?s ?p 'SERVICE <http://x/>' }",
        "SELECT * { <http://x/service> ?p ?o }",
        "PREFIX service: <http://x/> SELECT * { service:a ?p ?o }",
        "SELECT * { ?s ?p ?o FILTER (?o < 3 && ?s > 2) } # service",
        "SELECT * { ?service ?p ?o FILTER (true || EXISTS { ?s <a:b> <a:c> }) }",
    ],
)
def test_the_word_alone_is_no_fault(text: str, engine: Local) -> None:
    assert engine.answer(Query(text), "application/json")


@pytest.mark.parametrize(
    "text",
    [
        "ASK {" + "{" * 70 + "}" * 70 + "}",
        "ASK { FILTER (" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "ASK {" + " UNION ".join(["{}"] * 20_000) + "}",
        "ASK { FILTER (" + "+".join(["1"] * 100_000) + ") }",
        "ASK { FILTER (" + "!" * 5000 + "true) }",
        "ASK {" + "OPTIONAL { ?s ?p ?o }" * 5000 + "}",
        "ASK { " + "[ <a:b> " * 2000 + "1" + "]" * 2000 + " <a:a> 1 }",
        "ASK { ?s " + "/".join(["<a:b>"] * 5000) + " ?o }",
        "SELECT * { ?s ?p '" + "x" * 300_000 + "' }",
    ],
    ids=["braces", "parentheses", "union", "sum", "not", "optional", "brackets", "path", "length"],
)
def test_a_text_that_would_end_the_process_is_refused(text: str) -> None:
    with pytest.raises(QueryTooComplex):
        guard.check(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK {" + "{" * 60 + "}" * 60 + "}",
        "ASK {" + "OPTIONAL {}" * 1300 + "}",
        "ASK {" + " UNION ".join(["{}"] * 1300) + "}",
        "ASK { FILTER (" + "||".join(["true"] * 1900) + ") }",
        "ASK { FILTER (" + "!" * 3900 + "true) }",
        "ASK {" + "MINUS {}" * 1300 + "}",
        "ASK {" + "".join(f"BIND(1 AS ?v{i}) " for i in range(650)) + "}",
    ],
    ids=["braces", "optional", "union", "or", "not", "minus", "bind"],
)
def test_a_text_just_within_the_limits_does_not_end_the_process(text: str, engine: Local) -> None:
    guard.check(text)
    assert engine.answer(Query(text), "application/json")


def test_data_in_values_does_not_count_as_pieces(engine: Local) -> None:
    text = "SELECT (COUNT(*) AS ?n) { VALUES ?v { " + " ".join(["1"] * 9000) + " } }"
    assert b"9000" in engine.answer(Query(text), "text/csv")


def test_a_nul_character_is_a_syntax_error() -> None:
    with pytest.raises(QuerySyntax):
        guard.check("ASK { ?s ?p 'a\0b' }")
    with pytest.raises(QuerySyntax):
        guard.check(r"ASK { ?s ?p 'a\u0000b' }")


def test_the_message_of_a_refusal_says_what_to_do() -> None:
    with pytest.raises(QueryRefused, match="asks no other"):
        guard.check("SELECT * { SERVICE <http://x/> {} }")


def test_files_named_in_from_are_not_read(engine: Local) -> None:
    text = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    assert b"root" not in engine.answer(Query(text), "text/csv")


def test_a_syntax_error_has_its_position(engine: Local) -> None:
    with pytest.raises(QuerySyntax) as fault:
        engine.answer(Query("SELECT *\n{ ?s ?p }"), "text/csv")
    assert fault.value.line == 2
    assert fault.value.column in {9, 10}  # at the brace, or just behind it
    assert "\\u{" not in str(fault.value)
