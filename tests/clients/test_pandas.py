"""pandas reads tables straight from the address of a query."""

import csv
import urllib.parse

import direct_answers
import pandas
import pytest

NAMES = (
    "SELECT ?r ?name { ?r a <https://w3id.org/fingerpost/ontology#Repository> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?r ?name"
)
COUNTS = (
    "SELECT ?kind (COUNT(?r) AS ?n) { ?r a ?kind . ?kind "
    "<http://www.w3.org/2000/01/rdf-schema#subClassOf> "
    "<https://w3id.org/fingerpost/ontology#Resource> } GROUP BY ?kind ORDER BY ?kind"
)


def address(endpoint: str, query: str, **more: str) -> str:
    return f"{endpoint}?{urllib.parse.urlencode({'query': query, **more})}"


@pytest.mark.parametrize("more", [{"format": "csv"}, {}], ids=["by name", "by header"])
def test_a_query_in_csv_becomes_a_table(endpoint: str, more: dict[str, str]) -> None:
    options = {"Accept": "text/csv"} if not more else {"Accept": "*/*"}
    table = pandas.read_csv(address(endpoint, NAMES, **more), storage_options=options)
    direct = direct_answers.solutions(endpoint, NAMES)
    assert list(table.columns) == ["r", "name"]
    assert table.to_numpy().tolist() == [[row["r"][1], row["name"][1]] for row in direct]
    assert len(table) >= 5


def test_numbers_are_numbers_in_csv_and_in_tsv(endpoint: str) -> None:
    direct = [int(row["n"][1]) for row in direct_answers.solutions(endpoint, COUNTS)]
    assert sum(direct) > 50
    for format_, separator in (("csv", ","), ("tsv", "\t")):
        table = pandas.read_csv(address(endpoint, COUNTS, format=format_), sep=separator)
        assert pandas.api.types.is_integer_dtype(table.iloc[:, 1])
        assert table.iloc[:, 1].tolist() == direct


def test_a_query_in_tsv_keeps_what_kind_of_term_each_value_is(endpoint: str) -> None:
    table = pandas.read_csv(
        address(endpoint, NAMES, format="tsv"), sep="\t", quoting=csv.QUOTE_NONE
    )
    direct = direct_answers.solutions(endpoint, NAMES)
    assert list(table.columns) == ["?r", "?name"]
    assert table.to_numpy().tolist() == [
        [f"<{row['r'][1]}>", f'"{row["name"][1]}"@{row["name"][2]}'] for row in direct
    ]


def test_what_a_query_leaves_unbound_is_missing_in_the_table(endpoint: str) -> None:
    query = NAMES.replace("?name }", "?name OPTIONAL { ?r <http://example.org/none> ?other } }")
    query = query.replace("?r ?name {", "?r ?name ?other {")
    for format_, separator in (("csv", ","), ("tsv", "\t")):
        table = pandas.read_csv(address(endpoint, query, format=format_), sep=separator)
        assert table.shape[0] >= 5
        assert table.iloc[:, 2].isna().all()
        assert table.iloc[:, 1].notna().all()


def test_text_with_commas_quotes_and_lines_comes_back_whole(endpoint: str) -> None:
    text = 'a, "b"\nc\td; é 字'
    query = 'SELECT ?text ?end { BIND("a, \\"b\\"\\nc\\td; é 字" AS ?text) BIND("z" AS ?end) }'
    table = pandas.read_csv(address(endpoint, query, format="csv"))
    assert table.to_numpy().tolist() == [[text, "z"]]


@pytest.mark.parametrize(
    "path",
    [
        "/queries/curate/counts?",
        "/queries/recommend/tools-for-phase?phase=plan&",
        "/queries/explore/data-types?",
    ],
)
def test_a_saved_query_is_the_same_table_in_csv_and_tsv(server: str, path: str) -> None:
    by_comma = pandas.read_csv(f"{server}{path}format=csv")
    by_header = pandas.read_csv(
        server + path.rstrip("?&"), storage_options={"Accept": "text/csv;q=1.0"}
    )
    pandas.testing.assert_frame_equal(by_comma, by_header)
    by_tab = pandas.read_csv(f"{server}{path}format=tsv", sep="\t", quoting=csv.QUOTE_NONE)
    assert by_tab.shape == by_comma.shape
    assert [name.lstrip("?") for name in by_tab.columns] == list(by_comma.columns)
    plain = by_tab.iloc[:, 0].str.replace(r'^[<"]|>$|"(@.*)?$', "", regex=True)
    assert plain.tolist() == by_comma.iloc[:, 0].tolist()


def test_recommendations_are_a_table_in_their_order(server: str) -> None:
    table = pandas.read_csv(f"{server}/recommend?data=imaging&phase=share&format=csv")
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["score"].is_monotonic_decreasing
    assert table["resource"].str.startswith("https://w3id.org/fingerpost/id/").all()
