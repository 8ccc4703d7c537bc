"""What the graph said on a day: later sources gone, lapsed claims alive, statuses by their dates."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from fingerpost.graph import dataset, moment
from fingerpost.graph.dataset import Name
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import GRAPHS, PREFIXES, term

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
OLD = """
source:old dct:date "2022-06"^^xsd:gYearMonth .
facility:cells a fp:Facility ; fp:status status:ended ; skos:prefLabel "Cells"@en ;
  fp:endedOn "2024-11-15"^^xsd:date ; dct:isReplacedBy facility:genomes ; dct:source source:old .
facility:genomes fp:status status:active .
facility:seen fp:status status:ended ; fp:lastSeenOn "2023"^^xsd:gYear .
[] a fp:Claim ; fp:subject facility:cells ; fp:property schema:url ; fp:value <http://old.example/> ;
  fp:statedOn "2022-06"^^xsd:gYearMonth ; fp:validUntil "2023-01-01"^^xsd:date .
"""
NEW = """
source:new dct:date "2025"^^xsd:gYear .
facility:cells schema:url <https://new.example/> .
[] a fp:Claim ; fp:subject facility:genomes ; fp:property fp:endedOn ;
  fp:value "2027"^^xsd:gYear ; fp:statedOn "2025"^^xsd:gYear .
[] a fp:Claim ; fp:subject facility:genomes ; fp:property fp:access ; fp:value access:open ;
  fp:statedOn "2026-03"^^xsd:gYearMonth .
"""


def graph(text: str) -> set[Statement]:
    return {statement(quad) for quad in parse((HEAD + text).encode(), format=RdfFormat.TURTLE)}


@pytest.fixture
def graphs() -> dict[Name, set[Statement]]:
    stated: dict[Name, set[Statement]] = {
        NamedNode(GRAPHS + "old"): graph(OLD),
        NamedNode(GRAPHS + "new"): graph(NEW),
    }
    return dict(dataset.together(stated).graphs)


def merge(graphs: dict[Name, set[Statement]], day: str, subject: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in moment.as_of(graphs, day).merge:
        if one.subject == term(subject):
            found.setdefault(one.predicate.value, set()).add(str(one.object))
    return found


def test_a_source_of_a_later_date_says_nothing_yet(graphs: dict[Name, set[Statement]]) -> None:
    then = moment.as_of(graphs, "2024-12-31")
    assert NamedNode(GRAPHS + "new") not in then.graphs
    assert not moment.as_of(graphs, "2022-05-31").merge


def test_a_claim_that_lapsed_later_holds_still(graphs: dict[Name, set[Statement]]) -> None:
    address = term("schema:url").value
    assert merge(graphs, "2022-12-31", "facility:cells")[address] == {"<http://old.example/>"}
    assert address not in merge(graphs, "2023-01-01", "facility:cells")
    assert merge(graphs, "2025-01-01", "facility:cells")[address] == {"<https://new.example/>"}


def test_a_claim_made_later_is_not_known(graphs: dict[Name, set[Statement]]) -> None:
    access = term("fp:access").value
    assert access not in merge(graphs, "2026-02-28", "facility:genomes")
    assert access in merge(graphs, "2026-03-01", "facility:genomes")


@pytest.mark.parametrize(
    ("day", "subject", "status"),
    [
        ("2022-06-30", "cells", moment.ACTIVE),
        ("2024-11-14", "cells", moment.ACTIVE),
        ("2024-11-15", "cells", moment.SUPERSEDED),
        ("2026-12-31", "genomes", moment.ACTIVE),
        ("2027-01-01", "genomes", moment.ENDED),
        ("2023-01-01", "seen", moment.ACTIVE),
        ("2023-12-31", "seen", moment.ACTIVE),
        ("2024-01-01", "seen", moment.ENDED),
    ],
)
def test_a_status_follows_from_the_dates(
    graphs: dict[Name, set[Statement]], day: str, subject: str, status: NamedNode
) -> None:
    found = merge(graphs, day, f"facility:{subject}")
    assert found[moment.STATUS.value] == {str(status)}


def test_nobody_knew_of_an_end_before_it_came(graphs: dict[Name, set[Statement]]) -> None:
    before = merge(graphs, "2024-11-14", "facility:cells")
    after = merge(graphs, "2024-11-15", "facility:cells")
    ends = {term("fp:endedOn").value, term("dct:isReplacedBy").value}
    assert ends.isdisjoint(before)
    assert ends <= after.keys()
