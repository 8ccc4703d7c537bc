"""Values become terms, and nothing else."""

import json
from collections.abc import Collection

import pytest
from hypothesis import given, strategies
from pyoxigraph import NamedNode, Store

from fingerpost.engine import Query
from fingerpost.engine.local import Local
from fingerpost.errors import BadParameter
from fingerpost.queries import bind, saved

ENGINE = Local(Store())
THINGS = {
    "https://w3id.org/fingerpost/id/phase/share": "Share",
    "https://w3id.org/fingerpost/id/phase/plan": "Plan",
}
HOSTILE = [
    '"',
    '" } UNION { ?s ?p ?o } #',
    "\\",
    '\\" . } #',
    r"\u0022 } #",
    r"\\u0022 } #",
    r"\U00000022",
    "'''",
    '"""',
    "<a:b>",
    "?_word_literal",
    "{0} %s $word",
    "line\nline",
    "tab\t",
    "#",
    "ÅÄÖ 😀 \u202e \ufffe",
    "x" * 10_000,
]


def query(text: str) -> saved.SavedQuery:
    return saved.parse("test", "#+ summary: test\n" + text)


WORD = query("SELECT ?echo { BIND (CONCAT(?_word_literal, '') AS ?echo) }")


def echo(value: str) -> list[str]:
    text = bind.bind(WORD, {"word": value}, lambda _: {})
    body = json.loads(ENGINE.answer(Query(text), "application/json"))
    return [row["echo"]["value"] for row in body["results"]["bindings"]]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_literal_comes_back_as_it_went_in(value: str) -> None:
    assert echo(value) == [value]


@given(strategies.text(alphabet=strategies.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_literal_comes_back_as_it_went_in(value: str) -> None:
    assert echo(value) == [value]


@pytest.mark.parametrize("value", ["a\0b", "\x1b[31m"])
def test_a_literal_with_control_characters_is_refused(value: str) -> None:
    with pytest.raises(BadParameter, match="control character"):
        echo(value)


@pytest.mark.parametrize(
    "value",
    [
        "a:b> ?p ?o } #",
        "javascript",
        "",
        "http://x/ y",
        "http://x/<",
        'http://x/"',
        "a:\\u003E",
        "a:b\n",
    ],
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    one = query("SELECT * { ?s ?p ?_thing_iri }")
    with pytest.raises(BadParameter):
        bind.bind(one, {"thing": value}, lambda _: {})


def test_an_iri_may_be_given_as_a_prefixed_name() -> None:
    one = query("SELECT * { ?s ?p ?_thing_iri }")
    text = bind.bind(one, {"thing": "fp:Facility"}, lambda _: {})
    assert "<https://w3id.org/fingerpost/ontology#Facility>" in text


@pytest.mark.parametrize(
    "value", ["share", "phase:share", "https://w3id.org/fingerpost/id/phase/share"]
)
def test_a_concept_may_be_given_by_slug_prefixed_name_or_iri(value: str) -> None:
    one = query("#+ classes:\n#+   - phase: fp:Phase\nSELECT * { ?s ?p ?_phase_iri }")
    text = bind.bind(one, {"phase": value}, lambda _: THINGS)
    assert "<https://w3id.org/fingerpost/id/phase/share>" in text


def test_a_wrong_concept_is_answered_with_what_is_allowed() -> None:
    one = query("#+ classes:\n#+   - phase: fp:Phase\nSELECT * { ?s ?p ?_phase_iri }")
    with pytest.raises(BadParameter, match="plan, share"):
        bind.bind(one, {"phase": "dance"}, lambda _: THINGS)


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("integer", ["0", "-7", "+12"], ["1.5", "x", "1 OR 1", "9" * 30, "１"]),
        ("decimal", ["0.5", "-7", "12"], ["1e5", ".", "NaN", "1,5"]),
        ("boolean", ["true", "False", "1", "no"], ["maybe", "2", "TRUE)"]),
        (
            "date",
            ["2025", "2025-07", "2025-07-31"],
            ["2025-13", "2025-02-30", "yesterday", "20250731"],
        ),
    ],
)
def test_typed_values_are_checked(type_: str, good: list[str], bad: list[str]) -> None:
    one = query(f"SELECT * {{ ?s ?p ?_value_{type_} }}")
    for value in good:
        text = bind.bind(one, {"value": value}, lambda _: {})
        assert ENGINE.answer(Query(text), "text/csv")
    for value in bad:
        with pytest.raises(BadParameter):
            bind.bind(one, {"value": value}, lambda _: {})


def test_a_missing_or_unknown_parameter_is_named() -> None:
    with pytest.raises(BadParameter, match='needs the parameter "word"'):
        bind.bind(WORD, {}, lambda _: {})
    with pytest.raises(BadParameter, match=r'no parameter "wrod".*word'):
        bind.bind(WORD, {"wrod": "x"}, lambda _: {})


def test_an_optional_parameter_left_out_stays_a_variable() -> None:
    one = query(
        'SELECT * { ?s ?p ?o FILTER (COALESCE(?__a_literal, "") = "" || ?o = ?__a_literal) }'
    )
    assert bind.bind(one, {}, lambda _: {}) == one.text
    assert ' || ?o = "x")' in bind.bind(one, {"a": "x"}, lambda _: {})


def test_a_parameter_inside_a_string_or_comment_is_left_alone() -> None:
    one = query('SELECT * { ?s ?p ?_a_literal , "?_a_literal" } # ?_a_literal')
    text = bind.bind(one, {"a": "x"}, lambda _: {})
    assert text.count("?_a_literal") == 2


KIND = query("#+ classes:\n#+   - phase: fp:Phase\nSELECT * { ?s ?p ?_phase_iri }")


def having(class_: str, iris: Collection[str]) -> set[str]:
    assert class_ == "fp:Phase"
    for iri in iris:
        NamedNode(iri)
    return set(iris) & set(THINGS)


def unlisted(class_: str) -> dict[str, str]:
    raise AssertionError(f"everything of {class_} is listed")


@pytest.mark.parametrize("value", ["share", "phase:share", "phase/share", next(iter(THINGS))])
def test_what_has_the_class_is_found_without_listing_all_that_has_it(value: str) -> None:
    assert bind.bind(KIND, {"phase": value}, unlisted, having) == bind.bind(
        KIND, {"phase": value}, lambda _: THINGS
    )


@pytest.mark.parametrize("value", ["sharing", "tool/share", "a:b%zz", "http://[x", "x y", "a:> }"])
def test_what_has_not_the_class_is_refused_in_the_same_words(value: str) -> None:
    with pytest.raises(BadParameter) as listed:
        bind.bind(KIND, {"phase": value}, lambda _: THINGS)
    with pytest.raises(BadParameter) as asked:
        bind.bind(KIND, {"phase": value}, lambda _: THINGS, having)
    assert str(asked.value) == str(listed.value)


TWO = query(
    """#+ values:
#+   - things: thing
#+   - listed: thing
#+ first:
#+   - listed: explore/things
SELECT * { VALUES ?thing { UNDEF } ?thing ?p ?o . { VALUES ?thing { UNDEF } ?thing ?q ?r } }"""
)


@pytest.mark.parametrize("name", ["things", "listed"])
def test_either_of_two_parameters_narrows_a_variable_wherever_it_is_free(name: str) -> None:
    text = bind.bind(TWO, {name: "https://a.example https://b.example"}, lambda _: {})
    assert text.count("VALUES ?thing { <https://a.example> <https://b.example> }") == 2
    assert "VALUES" not in bind.bind(TWO, {name: ""}, lambda _: {})
    assert [one.name for one in TWO.parameters] == ["things"]
    with pytest.raises(BadParameter):
        bind.bind(TWO, {name: "https://a.example> }"}, lambda _: {})
