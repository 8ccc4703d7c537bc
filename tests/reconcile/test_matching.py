"""Names and identifiers lead to records, for certain only where there is no doubt."""

import json
import time
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from fingerpost.catalogue import Catalogue
from fingerpost.errors import BadParameter
from fingerpost.reconcile import asked, index, matching, telling
from fingerpost.reconcile.asked import Query
from fingerpost.reconcile.index import Index
from fingerpost.reconcile.matching import Candidate


@pytest.fixture(scope="module")
def known(opened: Catalogue) -> Index:
    return index.load(opened.engine)


def found(known: Index, text: str | None = None, **more: object) -> tuple[Candidate, ...]:
    query = {"query": text, **more} if text is not None else more
    batch = asked.queries(json.dumps({"q": query}), known.properties)
    return matching.candidates(batch["q"], known)


def best(known: Index, text: str | None = None, **more: object) -> tuple[str, float, bool]:
    first = found(known, text, **more)[0]
    return first.entity.id, first.score, first.match


def wish(**values: object) -> list[dict[str, object]]:
    return [{"pid": id_, "v": value} for id_, value in values.items()]


@pytest.mark.parametrize(
    "text",
    [
        "Zenodo", "ZENODO", "  zenodo ", "zenodo", "repository/zenodo", "repository:zenodo",
        "https://w3id.org/fingerpost/id/repository/zenodo", "http://w3id.org/fingerpost/repository/zenodo",
        "re3data:r3d100010468", "RE3DATA:R3D100010468", "r3d100010468",
        "https://www.re3data.org/repository/r3d100010468", "https://bioregistry.io/re3data:r3d100010468",
        "fairsharing:FAIRsharing.wy4egf", "FAIRsharing.wy4egf", "https://fairsharing.org/FAIRsharing.wy4egf",
        "https://doi.org/10.25504/FAIRsharing.wy4egf", "https://identifiers.org/fairsharing/FAIRsharing.wy4egf",
        "https://zenodo.org/", "http://www.zenodo.org", "zenodo.org",
    ],
)  # fmt: skip
def test_a_name_or_identifier_in_any_form_is_certain(known: Index, text: str) -> None:
    assert best(known, text) == ("repository/zenodo", 100.0, True)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("BIA", "repository/bioimage-archive"),
        ("bioimage  archive", "repository/bioimage-archive"),
        ("BioImage Archive (BIA)", "repository/bioimage-archive"),
        ("EMBL-EBI", "organization/embl-ebi"),
        ("https://ror.org/02catss52", "organization/embl-ebi"),
        ("biotools:zooma", "tool/zooma"),
        ("https://bio.tools/zooma", "tool/zooma"),
        ("share", "phase/share"),
    ],
)
def test_alternative_names_and_other_registries_do_too(known: Index, text: str, id_: str) -> None:
    assert best(known, text) == (id_, 100.0, True)


def test_everything_is_found_by_its_own_id(known: Index) -> None:
    for id_ in known.ids:
        assert known.named(id_) == (id_,)


def test_everything_has_a_perfect_score_by_its_own_name(known: Index) -> None:
    for entity in known.entities(known.ids[::4]).values():
        same = [one for one in found(known, entity.name) if one.entity.id == entity.id]
        assert [one.score for one in same] == [100.0], entity.id


def test_what_is_equally_good_is_never_certain(known: Index) -> None:
    names = {
        name
        for one in known.entities(known.ids).values()
        for name in (one.name, *one.texts("alternativeName"))
    }
    for name in sorted(names)[::12]:
        several = found(known, name)
        assert sum(one.match for one in several) <= 1
        if len(several) > 1 and several[0].score == several[1].score:
            assert not several[0].match, name


def test_a_type_tells_namesakes_apart(known: Index) -> None:
    both = found(known, "Lipidomics")
    assert [(one.score, one.match) for one in both[:2]] == [(100.0, False), (100.0, False)]
    assert best(known, "Lipidomics", type="Technique") == ("technique/lipidomics", 100.0, True)
    assert best(known, "Lipidomics", type=["DataType"]) == (
        "data-type/lipidomics-data",
        100.0,
        True,
    )


def test_a_property_tells_namesakes_apart(known: Index) -> None:
    assert not best(known, "MONA")[2]
    told = best(known, "MONA", properties=wish(country="Sweden"))
    assert told == ("compute/scb-mona", 100.0, True)


def test_a_word_to_search_by_gives_way_to_a_name(known: Index) -> None:
    assert best(known, "Nextflow") == ("tool/nextflow", 100.0, True)
    others = {one.entity.id: one.score for one in found(known, "Nextflow")}
    assert others["data-type/workflows"] < 100.0
    assert best(known, "Nextflow", type="DataType") == ("data-type/workflows", 100.0, True)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Zenod", "repository/zenodo"),
        ("European Nucleotid Archive", "repository/ena"),
        ("archive of bioimages", "repository/bioimage-archive"),
        ("Swedish National Genomics Infrastructure", "facility/national-genomics-infrastructure"),
    ],
)
def test_what_is_nearly_written_so_comes_first_and_is_not_certain(
    known: Index, text: str, id_: str
) -> None:
    first, score, match = best(known, text)
    assert (first, match) == (id_, False)
    assert 60 < score < 100


def test_scores_fall(known: Index) -> None:
    scores = [one.score for one in found(known, "image archive", limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 5


def test_a_type_leaves_out_or_lowers_others(known: Index) -> None:
    only = found(known, "galaxy", type="Tool", limit=50)
    assert {one.entity.kind for one in only} == {"tool"}
    every = found(known, "galaxy", type=["fp:Tool", "Resource"], type_strict="all", limit=50)
    assert {one.entity.id for one in every} == {one.entity.id for one in only}
    assert {
        one.entity.kind for one in found(known, "galaxy", type=["Tool", "Training"], limit=50)
    } <= {"tool", "training"}
    lowered = found(known, "Zenodo", type="Tool", type_strict="should", limit=50)
    zenodo = next(one for one in lowered if one.entity.id == "repository/zenodo")
    assert not zenodo.match
    assert zenodo.score == 70.0
    assert dict(zenodo.features)["type"] is False


@pytest.mark.parametrize(
    "told",
    [
        {"country": "CH"}, {"country": "Switzerland"}, {"country": ["SE", "CH"]}, {"homepage": "zenodo.org"},
        {"dataType": {"id": "data-type/any-data", "name": "Any data"}}, {"dataType": "any data"},
        {"re3data": "r3d100010468"}, {"fairsharing": "https://fairsharing.org/FAIRsharing.wy4egf"},
        {"status": "active"}, {"operator": "CERN"}, {"kind": "repository"}, {"access": "Open"},
    ],
)  # fmt: skip
def test_a_property_that_fits_keeps_a_perfect_score(known: Index, told: dict[str, object]) -> None:
    assert best(known, "Zenodo", properties=wish(**told)) == ("repository/zenodo", 100.0, True)
    (id_,) = told
    assert (
        dict(found(known, "Zenodo", properties=wish(**told))[0].features)[f"property:{id_}"] is True
    )


def test_a_property_that_is_otherwise_takes_certainty_away(known: Index) -> None:
    id_, score, match = best(known, "Zenodo", properties=wish(country="SE"))
    assert (id_, match) == ("repository/zenodo", False)
    assert score < 100
    assert not best(known, "Zenodo", properties=wish(country="SE", access="open"))[2]


def test_what_is_not_known_costs_little(known: Index) -> None:
    id_, score, match = best(known, "Galaxy", properties=wish(country="SE"))
    assert (id_, match) == ("tool/galaxy", True)
    assert 95 < score < 100


def test_properties_alone_find_what_they_identify(known: Index) -> None:
    assert best(known, properties=wish(re3data="r3d100010468")) == (
        "repository/zenodo",
        100.0,
        True,
    )
    several = found(known, properties=wish(country="SE", kind="compute"), limit=100)
    assert {one.entity.kind for one in several if one.score == 100.0} == {"compute"}
    assert not any(one.match for one in several)


def test_nothing_brings_nothing(known: Index) -> None:
    assert found(known, "") == ()
    assert found(known, "xyzzy quux plugh") == ()
    assert found(known, "+++ 🧬 \ud800") == ()


def test_what_has_ended_says_so(known: Index) -> None:
    first = found(known, "Rackham")[0]
    assert dict(first.features)["active"] is False
    assert first.entity.description.startswith(("Ended.", "Superseded."))


BROKEN = [
    ("[]", "JSON object"),
    ("{", "not JSON"),
    ('{"q": 1}', 'Query "q"'),
    ('{"q": {}}', "neither"),
    ('{"q": {"query": 1}}', "text"),
    ('{"q": {"query": "x", "props": []}}', '"props"'),
    ('{"q": {"query": "x", "limit": -1}}', "from 1"),
    ('{"q": {"query": "x", "limit": 1.5}}', "from 1"),
    ('{"q": {"query": "x", "limit": true}}', "from 1"),
    ('{"q": {"query": "x", "type": "Repositry"}}', "Repository"),
    ('{"q": {"query": "x", "type": 1}}', "type"),
    ('{"q": {"query": "x", "type_strict": "maybe"}}', "should"),
    ('{"q": {"query": "x", "properties": [{"pid": "contry", "v": "SE"}]}}', "country"),
    ('{"q": {"query": "x", "properties": [{"pid": "country"}]}}', '"v"'),
    ('{"q": {"query": "x", "properties": [{"pid": "country", "v": [[]]}]}}', "neither text"),
    ('{"q": {"query": "x", "properties": {}}}', "list"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN, ids=[text for text, _ in BROKEN])
def test_a_broken_batch_is_refused_with_the_reason(known: Index, text: str, told: str) -> None:
    with pytest.raises(BadParameter, match=told):
        asked.queries(text, known.properties)


def test_what_forms_send_for_nothing_is_taken(known: Index) -> None:
    assert len(found(known, "archive", limit=0)) == len(found(known, "archive")) == 10
    assert best(known, "Zenodo", properties=wish(country=None)) == ("repository/zenodo", 97.0, True)
    assert best(known, "Zenodo", type=None, properties=[])[2]


def test_types_and_properties_go_by_their_names_too(known: Index) -> None:
    assert best(known, "Lipidomics", type="data type")[0] == "data-type/lipidomics-data"
    told = [{"pid": "types of data", "v": "Any data"}]
    assert best(known, "Zenodo", properties=told) == ("repository/zenodo", 100.0, True)


def test_limits_are_told(known: Index) -> None:
    many = {str(number): {"query": "x"} for number in range(asked.BATCH + 1)}
    with pytest.raises(BadParameter, match="at most 1,000 queries"):
        asked.queries(json.dumps(many), known.properties)
    with pytest.raises(BadParameter, match=r'Query "long".*1,000 characters'):
        asked.queries(json.dumps({"long": {"query": "x" * 1001}}), known.properties)
    assert len(found(known, properties=wish(kind="tool"), limit=10**6)) == asked.CANDIDATES


def test_a_query_costs_little_more_than_a_look_at_all_names(known: Index) -> None:
    names = [one.name[:-1] for one in known.entities(known.ids[::10]).values()]
    batch = {
        str(number): {"query": name, "limit": 5, "properties": wish(country="SE")}
        for number, name in enumerate(names)
    }
    queries = asked.queries(json.dumps(batch), known.properties)
    looks = min(look(names, known) for _ in range(3))
    assert min(taken(queries.values(), known) for _ in range(3)) < 3 * looks


def test_the_worst_batch_that_is_taken_is_bounded(known: Index) -> None:
    others = ["active"] * (asked.VALUES - 1)
    wishes = [{"pid": "status", "v": [*others, str(one)]} for one in range(asked.COLUMNS)]
    many = {str(number): {"properties": wishes} for number in range(asked.WISHES // asked.COLUMNS)}
    queries = asked.queries(json.dumps(many), known.properties)
    looks = min(look(["european nucleotide archiv"] * 20, known) for _ in range(3))
    assert min(taken(list(queries.values())[:5], known) for _ in range(3)) < 40 * looks
    with pytest.raises(BadParameter, match="5,000 properties together"):
        asked.queries(json.dumps(many | {"x": {"properties": wishes}}), known.properties)


def taken(queries: Collection[Query], known: Index) -> float:
    """Seconds of the processor for one query."""
    begin = time.process_time()
    for query in queries:
        matching.candidates(query, known)
    return (time.process_time() - begin) / len(queries)


def look(texts: Collection[str], known: Index) -> float:
    """Seconds of the processor to hold one text against every name there is."""
    names = [str(name) for (name,) in known.kept.select("SELECT text FROM word")]
    begin = time.process_time()
    for text in texts:
        process.extract(text, names, scorer=fuzz.token_ratio, limit=80, score_cutoff=50)
    return (time.process_time() - begin) / len(texts)


TEXTS = st.text(max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
PARTS = {
    "query": TEXTS | st.sampled_from(["Zenodo", "(a)", "https://", "re3data:", "x/"]) | JSON,
    "type": st.sampled_from(["Repository", "fp:Tool", ["DataType"]]) | JSON,
    "type_strict": st.sampled_from(["any", "should", "all"]) | JSON,
    "limit": st.integers(1, 20) | JSON,
    "properties": st.lists(
        st.fixed_dictionaries(
            {"pid": st.sampled_from(["country", "homepage", "re3data"]), "v": JSON}
        ),
        max_size=3,
    )
    | JSON,
}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(query=st.fixed_dictionaries({}, optional=PARTS) | JSON)
def test_any_json_is_answered_or_refused(known: Index, query: object) -> None:
    try:
        queries = asked.queries(json.dumps({"q": query}), known.properties)
    except BadParameter:
        return
    scores = [one.score for one in matching.candidates(queries["q"], known)]
    assert all(0 <= score <= 100 for score in scores)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ids=st.lists(TEXTS, max_size=3) | JSON, columns=JSON, text=TEXTS)
def test_any_wish_for_columns_is_answered_or_refused(
    known: Index, ids: object, columns: object, text: str
) -> None:
    for wanted in (json.dumps({"ids": ids, "properties": columns}), text):
        try:
            extension = asked.extension(wanted, known.properties)
        except BadParameter:
            continue
        assert set(telling.extended(extension, known)["rows"]) == set(extension.ids)
