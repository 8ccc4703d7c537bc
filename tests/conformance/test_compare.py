"""The comparer: what is the same passes, and every control that must fail does."""

import pyoxigraph as ox
import pytest

from conformance.compare import difference, isomorphic
from conformance.results import Graph, Solutions

A, B, C, D = (ox.BlankNode(name) for name in "abcd")
P, Q = ox.NamedNode("http://example.org/p"), ox.NamedNode("http://example.org/q")
ONE, TWO = ox.Literal(1), ox.Literal(2)
XSD = "http://www.w3.org/2001/XMLSchema#"


def number(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def table(*rows: tuple[object, ...], variables: str = "x y") -> Solutions:
    return Solutions(tuple(variables.split()), rows)


def cycle(*nodes: ox.BlankNode) -> list[tuple[ox.BlankNode, ox.NamedNode, ox.BlankNode]]:
    return [(nodes[place - 1], P, node) for place, node in enumerate(nodes)]


SAME = {
    "blank nodes have other names": (table((A, P), (A, Q)), table((B, P), (B, Q))),
    "rows come in another order": (table((P, ONE), (Q, TWO)), table((Q, TWO), (P, ONE))),
    "columns come in another order": (
        table((P, ONE)),
        Solutions(("y", "x"), ((ONE, P),)),
    ),
    "a row stands twice in both": (table((P, ONE), (P, ONE)), table((P, ONE), (P, ONE))),
    "a number is written otherwise": (
        table((P, number("2.0", "decimal"))),
        table((P, number("2", "decimal"))),
    ),
    "a double is written otherwise": (
        table((P, number("1.0E6", "double"))),
        table((P, number("1000000", "double"))),
    ),
    "a language is written in capitals": (
        table((P, ox.Literal("x", language="EN"))),
        table((P, ox.Literal("x", language="en"))),
    ),
    "a blank node within a triple term has another name": (
        table((ox.Triple(A, P, ONE), A)),
        table((ox.Triple(B, P, ONE), B)),
    ),
    "graphs": (Graph(frozenset({(A, P, B)})), Graph(frozenset({(C, P, D)}))),
    "nothing is bound in both": (table((None, ONE)), table((None, ONE))),
    "both are true": (True, True),
}
DIFFERENT = {
    "a boolean is not the other": (True, False),
    "a boolean is no table": (True, table()),
    "a row is missing": (table((P, ONE), (Q, ONE)), table((P, ONE))),
    "a row is too many": (table((P, ONE)), table((P, ONE), (P, ONE))),
    "another row stands twice": (
        table((P, ONE), (P, ONE), (Q, ONE)),
        table((P, ONE), (Q, ONE), (Q, ONE)),
    ),
    "a variable has another name": (table((P, ONE)), table((P, ONE), variables="x z")),
    "a variable is missing": (table((P,), variables="x"), table((P, ONE))),
    "values are in each other's columns": (table((P, Q)), table((Q, P))),
    "nothing is bound where something should be": (table((P, ONE)), table((P, None))),
    "one blank node stands for two": (table((A, B)), table((C, C))),
    "two blank nodes stand for one": (table((A, A)), table((C, D))),
    "blank nodes are joined in other rows": (
        table((A, P), (A, Q), (B, P)),
        table((A, P), (B, Q), (C, P)),
    ),
    "a blank node is an address": (table((A, P)), table((Q, P))),
    "a literal is an address": (
        table((P, ox.Literal("http://example.org/q"))),
        table((P, Q)),
    ),
    "a number has another datatype": (
        table((P, number("1", "integer"))),
        table((P, number("1", "decimal"))),
    ),
    "a number is a string": (table((P, ONE)), table((P, ox.Literal("1")))),
    "a malformed number is written otherwise": (
        table((P, number("1_0", "integer"))),
        table((P, number("10", "integer"))),
    ),
    "a string has a language": (
        table((P, ox.Literal("x"))),
        table((P, ox.Literal("x", language="en"))),
    ),
    "a string has a direction": (
        table((P, ox.Literal("x", language="en"))),
        table((P, ox.Literal("x", language="en", direction=ox.BaseDirection.LTR))),
    ),
    "a date is written otherwise": (
        table((P, number("2006-08-23Z", "date"))),
        table((P, number("2006-08-23+00:00", "date"))),
    ),
    "a triple term holds another blank node": (
        table((ox.Triple(A, P, ONE), A)),
        table((ox.Triple(A, P, ONE), B)),
    ),
    "a statement is missing": (
        Graph(frozenset({(A, P, ONE), (A, Q, ONE)})),
        Graph(frozenset({(A, P, ONE)})),
    ),
    "a statement lies in another graph": (
        Graph(frozenset({(None, P, P, ONE)})),
        Graph(frozenset({(Q, P, P, ONE)})),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_results_are_the_same_where(case: str) -> None:
    expected, found = SAME[case]
    assert difference(expected, found) == ""


@pytest.mark.parametrize("case", DIFFERENT)
def test_results_differ_where(case: str) -> None:
    expected, found = DIFFERENT[case]
    assert difference(expected, found)
    assert difference(found, expected)


def test_two_rings_of_three_are_not_one_ring_of_six() -> None:
    e, f = ox.BlankNode("e"), ox.BlankNode("f")
    threes = cycle(A, B, C) + cycle(D, e, f)
    assert not isomorphic(threes, cycle(A, B, C, D, e, f))
    assert isomorphic(threes, cycle(A, C, e) + cycle(B, f, D))


def test_a_ring_is_the_same_from_any_of_its_nodes_but_not_turned_in_part() -> None:
    assert isomorphic(cycle(A, B, C, D), cycle(C, A, D, B))
    turned = [(A, P, B), (B, P, C), (C, P, D), (A, P, D)]
    assert not isomorphic(cycle(A, B, C, D), turned)


def test_rows_that_are_numbered_must_come_in_their_order() -> None:
    rows, turned = table((P, ONE), (Q, TWO)), table((Q, TWO), (P, ONE))
    assert difference(rows, rows, ordered=True) == ""
    assert difference(rows, turned, ordered=True)
    numbered = Solutions(rows.variables, rows.rows, ordered=True)
    assert difference(numbered, turned)


def test_a_blank_node_keeps_its_place_in_an_order() -> None:
    rows, turned = table((A, P), (B, P), (A, Q)), table((A, P), (B, P), (B, Q))
    assert difference(rows, turned) == ""
    assert difference(rows, turned, ordered=True)


def test_reduced_may_drop_repeated_rows_but_not_a_last_one_and_may_not_add() -> None:
    expected = table((P, ONE), (P, ONE), (Q, ONE))
    assert difference(expected, table((P, ONE), (Q, ONE)), lax=True) == ""
    assert difference(expected, expected, lax=True) == ""
    assert difference(expected, table((P, ONE), (P, ONE)), lax=True)
    assert difference(expected, table((P, ONE), (Q, ONE), (Q, ONE)), lax=True)
    assert difference(expected, table((P, ONE), (Q, TWO)), lax=True)


def test_the_cause_shows_what_is_missing_and_what_was_found_instead() -> None:
    cause = difference(table((P, ONE)), table((P, TWO)))
    assert cause.startswith("1 rows expected, 1 found; expected <http://example.org/p> ")
    assert '"1"' in cause
    assert '"2"' in cause
