"""What a saved query looks at: with nothing of that changed, its answer is the same."""

from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query
from fingerpost.engine.local import Local
from fingerpost.engine.results import JSON
from fingerpost.engine.rows import read
from fingerpost.engine.trail import DEFAULT, NAMED
from fingerpost.files import Folders
from fingerpost.generations import files
from fingerpost.queries.looking import statements

EX = "https://example.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CHANGES = 5
"""Changes that are made one after the other, of some statements each."""

LOOKS = {
    "?s ex:p ?o": "p",
    "?s a ex:C ; ex:p ?o": "p type",
    "?s ex:p/^ex:q|ex:r+ ?o": "p q r",
    "ex:a ex:p* ?o": "p",
    "?s ex:q ?x . ?x ex:p* ?o": "p q",
    "?s ex:p ?o FILTER (NOT EXISTS { ?o ex:q ?x } || ?o = 1)": "p q",
    "?s ex:p ?o BIND (EXISTS { ?s ex:q 1 } AS ?x)": "p q",
    "?s ex:p ?o OPTIONAL { ?s ex:q ?x FILTER EXISTS { ?x ex:r ?y } }": "p q r",
    "?s ex:p ?o MINUS { ?s ex:q ?x }": "p q",
    "{ ?s ex:p ?o } UNION { GRAPH ?g { ?s ex:q ?o } }": "p graph:q",
    "GRAPH ?g { ?s ex:p ?o FILTER EXISTS { ?s ex:q ?x } }": "graph:p graph:q",
    "?s ex:p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ex:p ?x } }": "p graph:p",
    "GRAPH ?g { { SELECT ?s { ?s ex:p ?o } } }": "graph:p",
    "{ SELECT ?s (COUNT(?o) AS ?n) { ?s ex:p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) }": "p",
    "VALUES ?p { ex:p ex:q } ?s ?p ?o": "p q",
    "VALUES (?p ?n) { (ex:p 1) (ex:q 2) } GRAPH ?g { ?s ?p ?o }": "graph:p graph:q",
    "VALUES ?p { ex:p } ?s ex:q ?x OPTIONAL { ?s ?p ?o }": "p q",
    "VALUES ?p { ex:p } ?s ex:q ?x FILTER EXISTS { ?s ?p ?o }": "p q",
    "VALUES ?p { ex:p } ?s ex:q ?x MINUS { ?s ?p ?o }": "p q",
}
LOOKS_AT_ALL = (
    "?s ?p ?o",
    "?s !ex:p ?o",
    "?s ex:p* ?o",
    "?s ex:p? ?o",
    "?s (ex:p|ex:q?) ?o",
    "VALUES ?p { ex:p UNDEF } ?s ?p ?o",
    'VALUES ?p { ex:p "q" } ?s ?p ?o',
    "?s ex:q ?x OPTIONAL { ?s ?p ?o } VALUES ?p { ex:p }",
    "{ ?s ex:q ?x MINUS { ?s ?p ?o } } VALUES ?p { ex:p }",
    "{ ?s ex:q ?x FILTER NOT EXISTS { ?s ?p ?o } } VALUES ?p { ex:p }",
    "{ ?s ex:q ?x BIND (EXISTS { ?s ?p ?o } AS ?y) } VALUES ?p { ex:p }",
    "VALUES ?p { ex:p } { SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p }",
    "GRAPH ?g { }",
    "SERVICE ex:there { ?s ex:p ?o }",
)


@pytest.mark.parametrize("pattern", LOOKS)
def test_a_pattern_looks_at_what_has_its_properties(pattern: str) -> None:
    expected = set()
    for one in LOOKS[pattern].split():
        name = one.removeprefix("graph:")
        expected.add((DEFAULT if name == one else NAMED, TYPE if name == "type" else f"{EX}{name}"))
    assert statements(f"PREFIX ex: <{EX}> SELECT * WHERE {{ {pattern} }}") == expected


@pytest.mark.parametrize("pattern", LOOKS_AT_ALL)
def test_a_pattern_without_a_property_may_look_at_anything(pattern: str) -> None:
    assert statements(f"PREFIX ex: <{EX}> SELECT * WHERE {{ {pattern} }}") is None


def test_what_another_graph_stands_in_place_of_the_default_one_for_is_not_told() -> None:
    assert statements(f"SELECT * FROM <{EX}g> WHERE {{ ?s <{EX}p> ?o }}") is None


@pytest.mark.parametrize("seed", range(2))
def test_answers_stand_while_nothing_changes_that_they_look_at(
    opened: Catalogue, folders: Folders, seed: int
) -> None:
    chance = Random(seed)
    store, _ = files.load(catalogue.dataset(folders), built=True)
    engine = Local(store, "changing")
    asked = {
        name: opened.queries.query(name, {}).text
        for name, query in opened.queries.queries.items()
        if query.form == "SELECT" and not query.limited
        if not any(one.required for one in query.parameters)
    }
    looked_at = {name: statements(text) for name, text in asked.items()}
    assert sum(found is not None for found in looked_at.values()) > len(asked) * 2 // 3
    every = sorted({_place(quad) for quad in store})
    stood = 0
    for _ in range(CHANGES):
        changed = set(chance.sample(every, chance.randint(1, 3)))
        standing = [
            name for name, found in looked_at.items() if found and found.isdisjoint(changed)
        ]
        before = {name: _rows(engine, asked[name]) for name in standing}
        _change(store, chance, changed)
        for name in standing:
            assert _rows(engine, asked[name]) == before[name], (name, changed)
        stood += len(standing)
    assert stood > CHANGES * len(asked) // 3


def _place(quad: Quad) -> tuple[str, str]:
    default = quad.graph_name == DefaultGraph()
    return DEFAULT if default else NAMED, quad.predicate.value


def _change(store: Store, chance: Random, changed: set[tuple[str, str]]) -> None:
    """Remove some statements with these properties, and add others like them."""
    for place in changed:
        every = store.quads_for_pattern(None, NamedNode(place[1]), None)
        there = sorted((quad for quad in every if _place(quad) == place), key=str)
        for quad in chance.sample(there, min(len(there), 20)):
            store.remove(quad)
            like = chance.choice(there)
            store.add(Quad(quad.subject, quad.predicate, like.object, like.graph_name))
            store.add(Quad(like.subject, quad.predicate, Literal("made"), quad.graph_name))


def _rows(engine: Local, text: str) -> list[str]:
    return sorted(str(sorted(row.items())) for row in read(engine.answer(Query(text), JSON)).rows)
