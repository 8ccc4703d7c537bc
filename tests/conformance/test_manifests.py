"""The manifests as cases: all are there, with their data under their published addresses."""

import pytest

from conformance.evaluation import insertion, is_ordered, statements
from conformance.exchanges import MANIFESTS, conversations
from conformance.manifests import LEFT_OUT, PUBLISHED, TOPS, Case, Suites
from conformance.servers import FINGERPOST, OXIGRAPH

SIZES = {"sparql10": 482, "sparql11": 495, "sparql12": 269}


def case(suites: Suites, id_: str) -> Case:
    (found,) = [one for one in suites.cases(id_.partition("/")[0]) if one.id == id_]
    return found


@pytest.mark.parametrize("suite", TOPS)
def test_every_test_of_a_suite_is_a_case_or_left_out_for_a_reason(
    suites: Suites, suite: str
) -> None:
    entries = list(suites.entries(suites.root / TOPS[suite]))
    left_out = [path.parent.name for path, _, _ in entries if path.parent.name in LEFT_OUT]
    cases = suites.cases(suite)
    assert len(cases) == len({one.id for one in cases}) == SIZES[suite]
    assert len(cases) + len(left_out) == len(entries)
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("suite", TOPS)
def test_every_case_has_its_text_and_what_it_expects(suites: Suites, suite: str) -> None:
    for one in suites.cases(suite):
        assert one.source is not None
        assert one.is_syntax == (one.result is None and one.after is None), one.id
        assert all(path.is_file() for path in one.before.default)
        assert all(path.is_file() for _, path in one.before.named)


def test_graphs_that_a_query_names_are_loaded_under_their_addresses(suites: Suites) -> None:
    dataset = case(suites, "sparql10/dataset/dawg-dataset-03").before
    names = {name.removeprefix(PUBLISHED) for name, _ in dataset.named}
    assert names == {"sparql10/dataset/data-g1.ttl"}


def test_a_dataset_is_loaded_by_one_update_that_empties_it_first(suites: Suites) -> None:
    before = case(suites, "sparql11/add/add01").before
    text = insertion(suites, before)
    assert text.startswith("DROP ALL ;\nINSERT DATA {")
    assert text.count("GRAPH ") == len(before.named) == 1
    assert len(statements(suites, before)) == text.count(" .\n")


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", True),
        ("SELECT * { ?s ?p ?o } order\nby DESC(?s)", True),
        ("SELECT * { { SELECT * { ?s ?p ?o } ORDER BY ?s } }", False),
        ("SELECT * { ?s ?p ?o } # } ORDER BY ?s", False),
        ('SELECT * { ?s <http://e/#x> "#" } ORDER BY ?s', True),
    ],
)
def test_only_a_query_that_orders_its_own_solutions_is_ordered(text: str, ordered: bool) -> None:
    assert is_ordered(text) is ordered


@pytest.mark.parametrize(("suite", "size"), list(zip(MANIFESTS, (34, 4, 9), strict=True)))
def test_every_protocol_test_asks_something_of_every_answer(
    suites: Suites, suite: str, size: int
) -> None:
    tests = conversations(suites, suite, FINGERPOST)
    assert len(tests) == size
    for test in tests:
        assert test.exchanges
        assert all(exchange.statuses for exchange in test.exchanges)


def test_bodies_are_bytes_in_the_encoding_that_the_test_names(suites: Suites) -> None:
    tests = {test.id: test for test in conversations(suites, "protocol", FINGERPOST)}
    (exchange,) = tests["protocol/bad_query_non_utf8"].exchanges
    assert exchange.request.body == "ASK {}".encode("utf-16")
    assert exchange.request.headers == (
        ("content-type", "application/sparql-query; charset=UTF-16"),
    )


def test_the_prefix_of_a_path_is_that_of_the_endpoint_and_the_rest_stays(suites: Suites) -> None:
    ours = {test.id: test for test in conversations(suites, "protocol", FINGERPOST)}
    theirs = {test.id: test for test in conversations(suites, "protocol", OXIGRAPH)}
    bad = "protocol/bad_query_syntax"
    assert ours[bad].exchanges[0].request.target == "/sparql/?query=ASK%20%7B"
    assert theirs[bad].exchanges[0].request.target == "/query?query=ASK%20%7B"
    update, question = theirs["protocol/update_base_uri"].exchanges
    assert (update.request.target, question.request.target) == ("/update", "/query")
    twice = "graph-store-indirect/put_get_uri_pct_encoded_twice"
    graphs = {test.id: test for test in conversations(suites, "graph-store-indirect", FINGERPOST)}
    target = graphs[twice].exchanges[1].request.target
    assert target == "/graphs?graph=http://www.example/gsp/person/%2531.ttl"


def test_a_location_that_was_answered_is_filled_into_later_requests(suites: Suites) -> None:
    tests = conversations(suites, "graph-store-indirect", FINGERPOST)
    (test,) = [one for one in tests if any(exchange.location for exchange in one.exchanges)]
    first, second = test.exchanges
    filled = second.filled({first.location: "http://127.0.0.1/graphs/7"})
    assert filled.request.target == "/graphs?graph=http://127.0.0.1/graphs/7"
