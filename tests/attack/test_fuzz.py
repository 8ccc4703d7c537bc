"""Random and mutated requests: whatever is sent, the rules of every answer hold.

The profile `attack` bounds the time to about a minute for all; FINGERPOST_FUZZ multiplies it.
"""

import os
import random
import urllib.parse

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attack import client, rules
from attack.target import Target
from fingerpost import files
from fingerpost.engine import tokens
from fingerpost.queries import saved

pytestmark = pytest.mark.slow

TIMES = int(os.environ.get("FINGERPOST_FUZZ", "1"))
QUERIES = saved.load(files.folders().queries)
TEXTS = sorted(query.text for query in QUERIES.values())
WORDS = sorted({token.text for text in TEXTS for token in tokens.significant(text)})
KEYWORDS = """SELECT ASK CONSTRUCT DESCRIBE WHERE FILTER EXISTS NOT OPTIONAL UNION MINUS GRAPH BIND
VALUES SERVICE SILENT GROUP BY HAVING ORDER LIMIT OFFSET DISTINCT REDUCED FROM NAMED PREFIX BASE UNDEF
IN AS ( ) { } [ ] . ; , * + ? | / ^ ! = < > && || - << >> {| |} << _:a ?x $y <a:b> "x" 'y' '''z'''
1 2.5 3e4 true false @en ^^xsd:date a fp:Repository skos:prefLabel COUNT(*) GROUP_CONCAT( CONCAT(
REPLACE( REGEX( STRDT( IRI( IF( COALESCE( BNODE() RAND() UUID() NOW() LATERAL LOAD INSERT DELETE DROP""".split()


def bounded(examples: int) -> settings:
    """Return settings that bound a test by its number of examples, and never by its speed."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=list(HealthCheck),
    )


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A saved query in which some tokens are lost, doubled, swapped or changed for others."""
    pieces = [token.text for token in tokens.tokens(draw(st.sampled_from(TEXTS)))]
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 8))):
        place = chance.randrange(len(pieces))
        other = chance.randrange(len(pieces))
        match chance.randrange(6):
            case 0:
                del pieces[place : place + chance.randrange(1, 5)]
                pieces = pieces or [" "]
            case 1:
                pieces[place:place] = pieces[other : other + 20]
            case 2:
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case 3:
                pieces[place] = chance.choice(WORDS)
            case 4:
                pieces.insert(place, f" {chance.choice(KEYWORDS)} ")
            case _:
                pieces[place] = pieces[place][: chance.randrange(len(pieces[place]) + 1)]
    return "".join(pieces)


def soup() -> st.SearchStrategy[str]:
    """Words of SPARQL in any order."""
    words = st.lists(st.sampled_from([*KEYWORDS, *WORDS]), min_size=1, max_size=60)
    return words.map(" ".join)


def texts() -> st.SearchStrategy[str]:
    """Any text that can be sent, marks and characters outside the first plane among it."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def values() -> st.SearchStrategy[str]:
    """Values of parameters: those that may be right, and any others."""
    known = ["share", "SE", "true", "1", "-1", "2025-07-31", "imaging", "proteomics", "a:b", "en"]
    return st.one_of(st.sampled_from(known), texts(), st.integers().map(str))


def accepts() -> st.SearchStrategy[str]:
    """Accept headers, well made and not."""
    types = [
        "text/csv",
        "application/json",
        "text/html",
        "text/turtle",
        "*/*",
        "text/*",
        "image/png",
    ]
    ends = ["", ";q=0", ";q=1", ";q=0.5", ";q=x", ";level=1", ";q=", ";"]
    parts = st.tuples(st.sampled_from(types), st.sampled_from(ends)).map("".join)
    printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
    return st.lists(st.one_of(parts, printable), max_size=6).map(",".join)


def asked(target: Target, query: str) -> None:
    lasting = target.lasting()
    rules.check(client.ask(target.port, query), query)
    rules.alive(target, lasting)


@bounded(400)
@given(query=mutated())
def test_a_mutated_query_breaks_no_rule(target: Target, query: str) -> None:
    asked(target, query)


@bounded(400)
@given(query=soup())
def test_words_in_any_order_break_no_rule(target: Target, query: str) -> None:
    asked(target, query)


@bounded(200)
@given(head=st.sampled_from(["", "ASK {", "SELECT * {?s ?p "]), query=texts())
def test_any_text_breaks_no_rule(target: Target, head: str, query: str) -> None:
    asked(target, head + query)


@bounded(150)
@given(body=st.binary(max_size=300))
def test_any_bytes_break_no_rule(target: Target, body: bytes) -> None:
    for type_ in (client.FORM, "application/sparql-query"):
        request = client.message("POST", "/sparql", {"Content-Type": type_}, body)
        rules.check(client.exchange(target.port, request, "POST"), body.decode("latin-1"))


@pytest.mark.parametrize("name", sorted(QUERIES))
@bounded(12)
@given(data=st.data())
def test_any_parameters_of_a_saved_query_break_no_rule(
    target: Target, name: str, data: st.DataObject
) -> None:
    names = [*(one.name for one in QUERIES[name].parameters), "format", "x"]
    fields = data.draw(st.dictionaries(st.sampled_from(names), values(), max_size=4))
    query = urllib.parse.urlencode({"format": "json", **fields})
    answer = client.get(target.port, f"/queries/{name}?{query}")
    rules.check(answer, query, page=True)


@bounded(300)
@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["data", "technique", "phase", "kind", "country", "sensitive", "limit", "at", "q", "x"]
        ),
        values(),
        max_size=5,
    ),
    format_=st.sampled_from(["json", "csv"]),
)
def test_any_question_breaks_no_rule(target: Target, fields: dict[str, str], format_: str) -> None:
    query = urllib.parse.urlencode({**fields, "format": format_})
    rules.check(client.get(target.port, f"/recommend?{query}"), query)


@bounded(300)
@given(
    accept=accepts(),
    path=st.sampled_from(
        [
            "/",
            "/queries",
            "/queries/curate/counts",
            "/recommend?data=imaging",
            "/repository/zenodo",
            "/sparql?query=ASK%7B%7D",
            "/sparql?query=DESCRIBE%20%3Ca:b%3E",
            "/sparql?query=ASK",
            "/nothing",
        ]
    ),
)
def test_any_wish_breaks_no_rule(target: Target, accept: str, path: str) -> None:
    answer = client.get(target.port, path, {"Accept": accept})
    rules.check(answer, accept, page=True)


@bounded(200)
@given(path=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_address_breaks_no_rule(target: Target, path: str) -> None:
    answer = client.get(target.port, "/" + urllib.parse.quote(path))
    rules.check(answer, path)


def test_what_is_mutated_is_still_partly_sparql(target: Target) -> None:
    """Else the mutations would only ever reach the parser."""
    chance = random.Random(1)
    statuses = []
    for text in TEXTS:
        pieces = [token.text for token in tokens.tokens(text)]
        pieces[chance.randrange(len(pieces))] = chance.choice(WORDS)
        statuses.append(client.ask(target.port, "".join(pieces)).status)
    assert statuses.count(200) >= 5
    assert statuses.count(400) >= 5
