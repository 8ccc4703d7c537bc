"""What an update may change, told from its words; held against what the engine changes."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost.engine import updates
from fingerpost.engine.writer import carry_out
from fingerpost.engine.writes import Write
from fingerpost.errors import BadRequest, QueryRefused

BASE = "http://base.example/"
A, B, C = "http://x/a", "http://x/b", "http://x/c"
CASES = {
    f"INSERT DATA {{ GRAPH <{A}> {{ <{B}> <{C}> 1 }} }}": ({A}, False, False),
    f"INSERT DATA {{ <{B}> <{C}> 1 . GRAPH <{A}> {{ <{B}> <{C}> 1 }} }}": ({A}, True, False),
    f"insert data {{ graph <{A}> {{ <{B}> <{C}> '}}{{ GRAPH <{C}>' }} }}": ({A}, False, False),
    f"DELETE WHERE {{ GRAPH <{A}> {{ ?s ?p ?o }} }}": ({A}, False, False),
    f"DELETE {{ GRAPH <{A}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o . GRAPH <{C}> {{ ?s ?p ?o }} }}": ({A}, False, False),
    f"WITH <{A}> DELETE {{ ?s ?p ?o }} INSERT {{ GRAPH <{B}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}": ({A, B}, False, False),
    "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }": (set(), False, True),
    "PREFIX x: <http://x/> INSERT DATA { GRAPH x:a { x:b x:c 1 } }": ({A}, False, False),
    "BASE <http://x/> INSERT DATA { GRAPH <a> { <b> <c> 1 } }": ({A}, False, False),
    "INSERT DATA { GRAPH <a> { <b> <c> 1 } }": ({BASE + "a"}, False, False),
    r"PREFIX x: <http://x/> INSERT DATA { GRAPH x:a\,b { x:b x:c 1 } }": (set(), False, True),
    f"# GRAPH <{B}>\nCLEAR GRAPH <{A}>": ({A}, False, False),
    "CLEAR DEFAULT": (set(), True, False),
    "DROP SILENT NAMED": (set(), False, True),
    "DROP ALL": (set(), True, True),
    f"COPY <{A}> TO <{B}>": ({A, B}, False, False),
    f"COPY DEFAULT TO <{B}>": ({B}, False, False),
    f"ADD GRAPH <{A}> TO DEFAULT": ({A}, True, False),
    f"MOVE DEFAULT TO <{B}>": ({B}, True, False),
    f"CREATE GRAPH <{A}new> ; INSERT DATA {{ <{B}> <{C}> 1 }}": ({A + "new"}, True, False),
    f"INSERT {{ <{B}> <{C}> ?o }} WHERE {{ {{ SELECT ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} }} }}": (set(), True, False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES.items(), ids=CASES)
def test_the_graphs_of_an_update_are_those_that_it_names(
    text: str, wanted: tuple[set[str], bool, bool]
) -> None:
    found = updates.targets(updates.operations(text, BASE, {}))
    assert (found.graphs, found.default, found.unnamed) == wanted


@pytest.mark.parametrize("text", CASES, ids=CASES)
def test_what_an_update_comes_to_is_exactly_what_it_changed(text: str) -> None:
    store = filled()
    before = set(store)
    outcome = carry_out(store, Write(kind="update", by="x", text=text, base=BASE), plain=True)
    after = set(store)
    assert outcome.added == after - before
    assert outcome.removed == before - after


def filled() -> Store:
    store = Store()
    for number, graph in enumerate((A, B, C)):
        for value in range(3):
            subject = NamedNode(f"http://x/{value}")
            store.add(Quad(subject, NamedNode(C), Literal(number), NamedNode(graph)))
            store.add(Quad(subject, NamedNode(C), Literal(value), DefaultGraph()))
    return store


def test_an_update_that_cannot_be_read_for_certain_is_refused() -> None:
    store = filled()
    # To a lexer `<?b#>` is an IRI; to the engine a comparison and a comment, in which the braces
    # of the second line's end are not what they seem.
    text = f"INSERT {{ GRAPH <{A}> {{ ?a ?b 7 }} }} WHERE {{ ?a ?b ?c FILTER (1<?c#>) }} ; }}\n) }} ; CLEAR GRAPH <{B}>"
    found = updates.targets(updates.operations(text, BASE, {}))
    try:
        outcome = carry_out(store, Write(kind="update", by="x", text=text), plain=True)
    except QueryRefused:
        return
    assert {quad.graph_name.value for quad in outcome.removed} <= found.graphs


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ <{B}> <{C}> ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ ?s ?p ?o }} INSERT {{ <{B}> <{C}> ?o }} WHERE {{ ?s ?p ?o FILTER (?o = 1) }}",
        "DELETE WHERE { ?s ?p 1 }",
    ],
)
def test_the_graphs_of_a_request_are_what_the_update_reads(text: str) -> None:
    read = updates.using(text, updates.operations(text, BASE, {}), (A,), (B,))
    assert f"USING <{A}>" in read
    assert f"USING NAMED <{B}>" in read
    Store().update(read)


def test_a_request_and_its_update_do_not_both_name_graphs() -> None:
    for text in (
        f"INSERT {{ <{B}> <{C}> 1 }} USING <{A}> WHERE {{ ?s ?p ?o }}",
        f"WITH <{A}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ):
        with pytest.raises(BadRequest):
            updates.using(text, updates.operations(text, BASE, {}), (A,), ())


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("LOAD SILENT <http://127.0.0.1:9/>", True),
        ("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <http://x/a> ; CLEAR DEFAULT", True),
        ("LOAD <http://127.0.0.1:9/>", False),
        ("load<http://127.0.0.1:9/>", False),
        (r"\u004COAD <http://127.0.0.1:9/>", False),
        ("CLEAR DEFAULT ; LOAD <http://127.0.0.1:9/> ; CLEAR DEFAULT", False),
        ("PREFIX LOAD: <http://x/> LOAD LOAD:x", False),
    ],
)
def test_load_goes_nowhere(text: str, allowed: bool) -> None:
    write = Write(kind="update", by="x", text=text)
    if allowed:
        assert not carry_out(filled(), write, plain=True).added
    else:
        with pytest.raises(QueryRefused, match="LOAD"):
            carry_out(filled(), write, plain=True)
