"""The made graph is as it says it is."""

from collections import Counter
from itertools import islice

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from endpoint import data

RESOURCES = 1000


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return list(data.quads(RESOURCES))


def fp(name: str) -> NamedNode:
    return NamedNode(data.FP + name)


def values(quads: list[Quad], predicate: NamedNode) -> Counter[str]:
    return Counter(quad.object.value for quad in quads if quad.predicate == predicate)


def test_a_seed_always_makes_the_same_graph_and_another_makes_another() -> None:
    first = list(islice(data.quads(50, seed=7), 2000))
    assert first == list(islice(data.quads(50, seed=7), 2000))
    assert first != list(islice(data.quads(50, seed=8), 2000))


def test_a_resource_comes_with_about_27_triples(quads: list[Quad]) -> None:
    assert 26 <= len(set(quads)) / RESOURCES <= 30


def test_as_many_resources_are_made_as_asked(quads: list[Quad]) -> None:
    made = {quad.subject for quad in quads if quad.object == fp("Resource")}
    classes = {fp(kind.capitalize()) for kind in data.KINDS}
    assert len(made - classes) == RESOURCES


def test_resources_are_of_every_kind_and_status(quads: list[Quad]) -> None:
    kinds = values(quads, data.TYPE)
    assert all(kinds[data.FP + kind.capitalize()] > 20 for kind in data.KINDS)
    states = values(quads, fp("status"))
    assert set(states) == {
        f"{data.BASE}id/status/{state}" for state in ("active", "ended", "superseded", "planned")
    }


def test_a_few_data_types_have_most_of_the_resources(quads: list[Quad]) -> None:
    degrees = sorted(values(quads, fp("concernsData")).values(), reverse=True)
    assert degrees[0] > 5 * degrees[len(degrees) // 2]


def test_every_data_type_lies_below_the_first(quads: list[Quad]) -> None:
    broader = {q.subject: q.object for q in quads if q.predicate.value == data.SKOS + "broader"}
    top = NamedNode(f"{data.BASE}id/data-type/{data.CHAIN[0]}")
    for concept in [q.subject for q in quads if q.object == fp("DataType")]:
        above = concept
        for _ in range(len(broader)):
            above = broader.get(above, above)
        assert above == top


def test_the_data_types_that_the_queries_name_form_a_chain(quads: list[Quad]) -> None:
    below = NamedNode(f"{data.BASE}id/data-type/{data.CHAIN[-1]}")
    broader = {q.subject: q.object for q in quads if q.predicate.value == data.SKOS + "broader"}
    steps = 0
    while below in broader:
        below, steps = broader[below], steps + 1
    assert steps == len(data.CHAIN) - 1


def test_a_written_graph_is_read_back_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    from pyoxigraph import RdfFormat, parse

    path = tmp_path_factory.mktemp("graph") / "made.nq"
    data.write(20, path)
    assert set(parse(path=path, format=RdfFormat.N_QUADS)) == set(data.quads(20))
    assert any(quad.object == Literal("TB") for quad in data.quads(200))
