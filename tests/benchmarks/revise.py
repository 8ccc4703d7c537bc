"""What it costs to revise one record, in a small graph and in a large one.

Run it with `python tests/benchmarks/revise.py [RESOURCES]`. It makes two graphs from the shipped
one, with 1,000 and with RESOURCES (100,000) further repositories of 27 statements each, changes
records in both, and prints medians and their ratio. The large graph takes minutes and some
gigabytes to make.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost import files, reason, store
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, quad
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import GRAPHS, TYPE, term
from fingerpost.reason import Rules
from fingerpost.revise import Delta, Reviser

SEED = 20261121
SMALL = 1_000
TIMES = 15
SOURCE = "rdmkit-tool-list"
GRAPH = NamedNode(GRAPHS + SOURCE)
DATA_TYPES = "any-data imaging-data light-sheet-microscopy-images".split()
COUNTRIES = "SE NO DK FI DE FR NL BE CH GB".split()


def record(number: int, chance: random.Random) -> list[Statement]:
    """A repository that conforms to the shapes, in 27 statements."""
    said = [
        ("rdf:type", term("fp:Repository")),
        ("skos:prefLabel", Literal(f"Repository {number}", language="en")),
        (
            "dct:description",
            Literal(f"A repository made up to measure by, {number}.", language="en"),
        ),
        ("schema:url", NamedNode(f"https://example.org/{number}")),
        ("fp:status", term("status:active")),
        ("fp:usedIn", term("phase:share")),
        ("fp:usedIn", term("phase:preserve")),
        ("fp:repositoryScope", term("repository-scope:domain")),
        ("fp:access", term("access:open")),
        ("fp:cost", term("cost:free")),
        ("fp:reach", term("reach:international")),
        ("fp:operatedBy", term(f"organization:made-up-{number % 100}")),
        ("fp:registryIdentifier", Literal(f"re3data:r3d1{number:08}")),
        ("dct:identifier", Literal(f"made-up-{number}")),
        ("dct:source", term(f"source:{SOURCE}")),
        ("dct:modified", Literal("2026-11-21", datatype=term("xsd:date"))),
        ("fp:country", Literal(chance.choice(COUNTRIES))),
        ("fp:accepts", term("data-type:" + chance.choice(DATA_TYPES))),
    ]
    said += [("skos:altLabel", Literal(f"R{number}-{n}", language="en")) for n in range(3)]
    said += [("rdfs:seeAlso", NamedNode(f"https://example.org/{number}/{n}")) for n in range(4)]
    said += [("fp:eligibleCountry", Literal(two)) for two in chance.sample(COUNTRIES, 2)]
    return [Statement(term(f"repository:made-up-{number}"), term(p), value) for p, value in said]


def organization(number: int) -> list[Statement]:
    said = [
        ("rdf:type", term("fp:Organization")),
        ("skos:prefLabel", Literal(f"Organization {number}", language="en")),
        ("dct:description", Literal("An organization made up to measure by.", language="en")),
        ("dct:source", term(f"source:{SOURCE}")),
        ("dct:modified", Literal("2026-11-21", datatype=term("xsd:date"))),
    ]
    return [Statement(term(f"organization:made-up-{number}"), term(p), value) for p, value in said]


def derived(triples: list[Statement], rules: Rules, base: Store) -> Iterator[Quad]:
    """What a build has of a record that no transitive property joins to others."""
    for triple in triples:
        yield quad(triple, GRAPH)
        yield quad(triple, DefaultGraph())
    for triple in reason.closure(triples, rules):
        # What is said of others, such as the type of a data type, may be there already.
        if quad(triple, DefaultGraph()) not in base:
            yield quad(triple, DefaultGraph())
            yield quad(triple, INFERRED)


def grown(resources: int) -> Store:
    """The shipped graph with so many more repositories, as a build would make it."""
    base = store.current(files.folders()).load()
    held = base.quads_for_pattern(None, None, None, ONTOLOGY)
    rules = reason.rules(statement(one) for one in held)
    for number in range(100):
        base.extend(derived(organization(number), rules, base))
    chance = random.Random(SEED)
    for first in range(0, resources, 1_000):
        numbers = range(first, min(first + 1_000, resources))
        records = [derived(record(number, chance), rules, base) for number in numbers]
        base.bulk_extend([one for quads in records for one in quads])
    return base


Change = Callable[[Store, int], tuple[set[Quad], set[Quad]]]


def about(held: Store, number: int) -> set[Quad]:
    thing = term(f"repository:made-up-{number}")
    return set(held.quads_for_pattern(thing, None, None, GRAPH))


def renamed(held: Store, number: int) -> tuple[set[Quad], set[Quad]]:
    old = {one for one in about(held, number) if one.predicate == term("skos:prefLabel")}
    name = Literal(f"New name {number}", language="en")
    return {Quad(one.subject, one.predicate, name, GRAPH) for one in old}, old


def deleted(held: Store, number: int) -> tuple[set[Quad], set[Quad]]:
    return set(), about(held, number)


def inserted(_: Store, number: int) -> tuple[set[Quad], set[Quad]]:
    new = record(10**7 + number, random.Random(number))
    return {quad(triple, GRAPH) for triple in new}, set()


def claimed(_: Store, number: int) -> tuple[set[Quad], set[Quad]]:
    thing = f"repository:made-up-{number}"
    claim = NamedNode(term(thing).value + "#claim-country")
    said = [
        (TYPE, term("fp:Claim")),
        (term("fp:subject"), term(thing)),
        (term("fp:property"), term("fp:country")),
        (term("fp:value"), Literal("IS")),
        (term("dct:source"), term(f"source:{SOURCE}")),
        (term("fp:statedOn"), Literal("2026", datatype=term("xsd:gYear"))),
    ]
    return {Quad(claim, property_, value, GRAPH) for property_, value in said}, set()


def operator_renamed(held: Store, number: int) -> tuple[set[Quad], set[Quad]]:
    thing = term(f"organization:made-up-{number % 100}")
    old = set(held.quads_for_pattern(thing, term("skos:prefLabel"), None, GRAPH))
    name = Literal(f"New name {number}", language="en")
    return {Quad(thing, term("skos:prefLabel"), name, GRAPH)}, old


CHANGES: dict[str, Change] = {
    "a record renamed": renamed,
    "a record inserted": inserted,
    "a record deleted": deleted,
    "a claim inserted": claimed,
    "an operator of one in a hundred renamed": operator_renamed,
}


def seconds(held: Store, reviser: Reviser, change: Change, numbers: list[int]) -> float:
    """The median time of a revision, each of another record; each is undone afterwards."""
    found = []
    for number in numbers:
        put, take = change(held, number)
        for one in take:
            held.remove(one)
        held.extend(put)
        begin = time.perf_counter()
        revision = reviser.revise(held, Delta(frozenset(put), frozenset(take)))
        found.append(time.perf_counter() - begin)
        if revision.report.results:
            raise SystemExit(f"the change was to conform: {revision.report.results}")
        for one in revision.delta.added:
            held.remove(one)
        held.extend(revision.delta.removed)
    return statistics.median(found)


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as cache:
        os.environ.setdefault("FINGERPOST_CACHE", cache)
        stores = [grown(SMALL), grown(large)]
    revisers = [Reviser(held) for held in stores]
    chance = random.Random(SEED)
    for name, change in CHANGES.items():
        numbers = chance.sample(range(SMALL), TIMES)
        small, big = (
            seconds(held, reviser, change, numbers)
            for held, reviser in zip(stores, revisers, strict=True)
        )
        times = f"{small * 1000:.0f} ms among {SMALL:,}, {big * 1000:.0f} ms among {large:,}"
        print(f"{name:40}: {big / small:5.2f} times ({times})")


if __name__ == "__main__":
    main()
