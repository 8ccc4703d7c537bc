"""What is found by way of the sieve is what pyshacl finds in the whole, whatever is wrong."""

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import SH, BNode

from fingerpost import shapes
from fingerpost.files import Folders
from fingerpost.graph import dataset, mappings, records
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import kind_and_slug
from fingerpost.shapes import Report, sieve
from fingerpost.shapes.facts import Facts
from revise.test_revise_shapes import OTHER, SHAPE, STATEMENTS
from revise.worlds import triples
from shapes.test_shapes import FILES, HERE
from test_checking import FAULTS

TESTS = {
    "numbers of values": "sh:minCount 1 ; sh:maxCount 1",
    "two at least": "sh:minCount 2",
    "none": "sh:maxCount 0",
    "a day": "sh:datatype xsd:date",
    "a year": "sh:datatype xsd:gYear",
    "a month": "sh:datatype xsd:gYearMonth",
    "true or false": "sh:datatype xsd:boolean",
    "a whole number": "sh:datatype xsd:integer",
    "a decimal number": "sh:datatype xsd:decimal",
    "a text": "sh:datatype xsd:string",
    "a text in a language": "sh:datatype rdf:langString",
    "an IRI": "sh:nodeKind sh:IRI",
    "no literal": "sh:nodeKind sh:BlankNodeOrIRI",
    "a pattern": 'sh:pattern "^[a-z]{2,}$"',
    "a pattern, whatever its capitals": 'sh:pattern "^[a-z]+$" ; sh:flags "i"',
    "a length": "sh:minLength 2 ; sh:maxLength 4",
    "a range": "sh:minInclusive 1 ; sh:maxInclusive 3",
    "a range of decimal numbers": "sh:minInclusive 0.5 ; sh:maxInclusive 2.000000000000000001",
    "a decimal range without its ends": "sh:minExclusive 1.0 ; sh:maxExclusive 1.5",
    "a range without its ends": "sh:minExclusive 1 ; sh:maxExclusive 3",
    "one of some": 'sh:in ( "text" 1 true :a )',
    "a value among others": "sh:hasValue true",
    "English": 'sh:languageIn ( "en" )',
    "one in each language": "sh:uniqueLang true",
    "one in English": (
        'sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1'
    ),
    "a class": "sh:class :A",
    "not one of some": 'sh:not [ sh:in ( "text" 1 true :a ) ]',
    "no day": "sh:not [ sh:datatype xsd:date ]",
    "a day or a year": "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] )",
    "a text or short": "sh:xone ( [ sh:datatype xsd:string ] [ sh:maxLength 4 ] )",
    "a text and short": "sh:and ( [ sh:datatype xsd:string ] [ sh:maxLength 4 ] )",
    "as of another": "sh:equals :q",
    "by a shape that refers to itself": "sh:node :itself ; sh:maxLength 4",
}
"""Tests of the values of a property, each a shape of its own."""

VALUES = r"""
:a
:b
:A
"text"
"a longer text"
""
"x"
"Text"
"text\n"
"text"@en
"text"@de
"text"@en-GB
"other"@en
"text"@EN
1
01
2
3
4
0
-1
1.0
1.5
1e0
"1"^^xsd:boolean
true
false
"yes"^^xsd:boolean
"one"^^xsd:integer
" 1"^^xsd:integer
"+1"^^xsd:integer
"1"^^xsd:int
"1.0"^^xsd:decimal
"1"^^xsd:decimal
"0.50"^^xsd:decimal
"-0.0"^^xsd:decimal
"2.0000000000000000005"^^xsd:decimal
"2.000000000000000001"^^xsd:decimal
"+1.5"^^xsd:decimal
"01.5"^^xsd:decimal
".5"^^xsd:decimal
"1."^^xsd:decimal
"1e0"^^xsd:decimal
"2026-11-21"^^xsd:date
"2026-02-30"^^xsd:date
"2026-11-21Z"^^xsd:date
"2026-11"^^xsd:date
"2026"^^xsd:gYear
"26"^^xsd:gYear
"21"^^xsd:gYear
"-2026"^^xsd:gYear
"2026Z"^^xsd:gYear
"2026-11"^^xsd:gYearMonth
"2026-13"^^xsd:gYearMonth
"2026-11-21T00:00:00"^^xsd:dateTime
"text"^^xsd:string
"text"^^:datatype
_:b
""".split("\n")[1:-1]
"""Terms as Turtle has them; some are ill-formed, some the same as others but for their form."""
ITSELF = ":itself a sh:NodeShape ; sh:property [ sh:path :q ; sh:node :itself ; sh:maxCount 0 ] ."


def same(stated: Iterable[Statement], by: Iterable[Statement]) -> int:
    """Hold the sieve's report against that of the whole; return how many findings there are."""
    stated, by = list(stated), list(by)
    whole, sieved = shapes.validate(stated, by), sieve.validate(stated, by)
    assert sieved.results == whole.results
    assert told(sieved) == told(whole)
    return len(whole.results)


def told(report: Report) -> Counter[frozenset[tuple[str, str]]]:
    """What a report in Turtle says of itself and of each result.

    Of anonymous shapes pyshacl copies more or less each time; they are left out.
    """
    graph = rdflib.Graph().parse(data=report.turtle, format="turtle")
    told_of = {*graph.subjects(SH.conforms), *graph.objects(None, SH.result)}
    return Counter(
        frozenset(
            (p.n3(), o.n3()) for p, o in graph.predicate_objects(one) if not isinstance(o, BNode)
        )
        for one in told_of
    )


@pytest.mark.parametrize("text", TESTS.values(), ids=TESTS)
def test_each_test_of_values_finds_the_same_of_every_value(text: str) -> None:
    by = triples(
        f":shape a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; {text} ] . {ITSELF}"
        f":either a sh:NodeShape ; sh:targetClass :E ; sh:property ["
        f"  sh:path [ sh:alternativePath ( :p :q ) ] ; {text.replace('sh:equals :q', '')} ] ."
    )
    chance = random.Random(text)
    said = [":none a :T , :E . :a a :A . :b a :B . :B rdfs:subClassOf :A ."]
    said += [f":one{n} a :T ; :p {value} ." for n, value in enumerate(VALUES)]
    said.append(f":all a :T , :E ; :p {' , '.join(VALUES)} .")
    for number in range(30):
        several = " , ".join(chance.sample(VALUES, chance.randint(2, 3)))
        said.append(f":more{number} a :T , :E ; :p {several} ; :q {chance.choice(VALUES)} .")
    assert same(triples("\n".join(said)), by) > 0


@pytest.mark.parametrize("text", SHAPE.values(), ids=SHAPE)
def test_each_form_of_shape_finds_the_same_in_any_world(text: str) -> None:
    name = ":A" if "rdfs:Class" in text else ":shape"
    by = triples(f"{name} a sh:NodeShape ; {text} . {OTHER}")
    for seed in range(12):
        chance = random.Random(seed)
        same(chance.sample(STATEMENTS, chance.choice([5, 15, 30])), by)


def test_the_examples_of_every_shape_are_found(folders: Folders) -> None:
    stated = records.triples(
        [*sorted(folders.ontology.rglob("*.ttl")), *sorted((HERE / "neighbours").iterdir()), *FILES]
    )
    assert same(stated, records.terminology(folders.shapes)) > 100


def planted(part: Path) -> Iterable[Record]:
    """The records of a part of the shipped ones, and a copy of one for each planted fault."""
    yield from records.records(part)
    for number, (name, change, _) in enumerate(FAULTS.values()):
        text = change((part / f"{name}.ttl").read_text("utf-8"))
        text = text.replace(f"id/{name}>", f"id/{name}-{number}>", 1)
        try:
            found = tuple(statement(quad) for quad in parse(text, format=RdfFormat.TURTLE))
        except SyntaxError:
            continue
        yield Record(
            Path(), *(kind_and_slug(f"https://w3id.org/fingerpost/id/{name}") or ()), found
        )


def test_every_planted_fault_is_found_among_shipped_records(folders: Folders, part: Path) -> None:
    by = records.terminology(folders.shapes)
    terminology = records.terminology(folders.ontology)
    together = dataset.assemble(terminology, by, planted(part))
    assert same(together.checked, by) > 20


def test_what_is_doubted_is_looked_at_in_parts_and_reported_together(
    folders: Folders, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieve, "_AT_A_TIME", 7)
    by = records.terminology(folders.shapes)
    terminology = records.terminology(folders.ontology)
    together = dataset.assemble(terminology, by, planted(part))
    assert len(sieve.doubted(Facts(together.checked), by)) > 14
    assert same(together.checked, by) > 20


@pytest.mark.slow
def test_the_whole_shipped_graph_gets_the_same_report(folders: Folders) -> None:
    by = records.terminology(folders.shapes)
    terminology = records.terminology(folders.ontology)
    together = dataset.assemble(terminology, by, records.records(folders.instances))
    same(together.checked, by)


def test_hardly_a_node_is_left_to_pyshacl(folders: Folders) -> None:
    by = records.terminology(folders.shapes)
    every = [*records.records(folders.instances), *mappings.read(folders.instances)]
    facts = Facts(dataset.assemble(records.terminology(folders.ontology), by, every).checked)
    assert len(sieve.doubted(facts, by)) < len(list(facts.subjects())) / 1000
