"""The convention of saved queries: heads, parameters, faults."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.errors import SavedQueryFault, UnknownQuery
from fingerpost.graph.vocabulary import PREFIXES, curie
from fingerpost.queries import saved

TEXT = """#+ summary: Which things?
#+ description: >-
#+   All of them,
#+   or some.
#+ tags:
#+   - explore
#+ defaults:
#+   - limit: 3
#+ enumerate:
#+   - kind:
#+       - one
#+       - two
#+ classes:
#+   - data: fp:DataType
SELECT ?thing
WHERE {
  ?thing ?p ?_data_iri , ?_limit_integer .
  FILTER (COALESCE(?__kind_literal, "") = "" || ?thing = ?__kind_literal) # ?_not_iri
}
"""


def test_the_head_is_read() -> None:
    query = saved.parse("explore/things", TEXT)
    assert query.summary == "Which things?"
    assert query.description == "All of them, or some."
    assert query.tags == ("explore",)
    assert query.form == "SELECT"


def test_a_check_is_a_violation_unless_its_head_says_otherwise() -> None:
    assert saved.parse("check/things", TEXT).severity == "violation"
    assert saved.parse("check/things", "#+ severity: warning\n" + TEXT).severity == "warning"


def test_parameters_are_found_with_their_types_defaults_and_choices() -> None:
    data, limit, kind = saved.parse("explore/things", TEXT).parameters
    assert (data.name, data.type, data.class_, data.required) == (
        "data",
        "iri",
        "fp:DataType",
        True,
    )
    assert (limit.name, limit.type, limit.default, limit.required) == (
        "limit", "integer", "3", False,
    )  # fmt: skip
    assert (kind.name, kind.optional, kind.choices) == ("kind", True, ("one", "two"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "summary"),
        ("#+ summary: [\nSELECT * {}", "not YAML"),
        ("#+ just text\nSELECT * {}", "no keys"),
        ("#+ summary: x\nSELECT ?_data_iri {}", "in SELECT"),
        ("#+ summary: x\nSELECT * { BIND (1 AS ?_n_integer) }", "after AS"),
        ("#+ summary: x\n#+ severity: grave\nSELECT * {}", "violation, warning"),
        ("#+ summary: x\n#+ defaults:\n#+   - gone: 1\nSELECT * {}", "gone, never used"),
        ("#+ summary: x\nSELECT * { ?_a_iri ?__a_iri 1 }", "two ways"),
    ],
)
def test_a_file_that_breaks_the_convention_is_named_with_the_fault(text: str, message: str) -> None:
    with pytest.raises(SavedQueryFault, match=f"broken: .*{message}"):
        saved.parse("broken", text)


def test_an_unknown_query_is_answered_with_the_nearest() -> None:
    queries = {name: saved.parse(name, TEXT) for name in ("explore/things", "curate/gaps")}
    with pytest.raises(UnknownQuery, match="explore/things"):
        saved.find(queries, "explore/thing")


def test_the_engine_gets_a_query_without_its_comments() -> None:
    query = saved.parse("explore/things", TEXT)
    assert query.bare().text.lstrip().startswith("SELECT ?thing WHERE { ?thing ?p ?_data_iri")
    assert "#" not in query.bare().text
    assert query.bare().parameters == query.parameters


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (TEXT, True),
        ("SELECT * { BIND (NOW() AS ?now) }", False),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", False),
        ("# RAND() by SERVICE\nSELECT * { ?s ?p 'NOW' }", True),
    ],
)
def test_a_query_is_sound_whose_words_are_harmless_and_answer_the_same_each_time(
    text: str, sound: bool
) -> None:
    assert saved.parse("a", text if text == TEXT else "#+ summary: A.\n" + text).sound is sound


def test_queries_that_name_the_relations_to_data_name_all(opened: Catalogue) -> None:
    asked = "SELECT ?one { ?one rdfs:subPropertyOf fp:concernsData }"
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("fp", "rdfs"))
    found = {curie(row["one"]) for row in rows.select(opened.engine, prefixes + asked)}
    named = "fp:accepts|fp:produces|fp:supports"
    assert found == set(named.split("|"))
    assert named in opened.queries.queries["explore/recommended-on"].text
