"""The schema of service descriptions: a small one conforms, every departure is found."""

import pytest

from conformance import results
from conformance.description import conforms, schema_faults
from conformance.evaluation import Failed
from conformance.results import Graph

ADDRESS = "http://127.0.0.1/sparql"
GOOD = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<#service> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:EmptyGraphs ; sd:resultFormat <http://www.w3.org/ns/formats/Turtle> ;
  sd:defaultDataset <#all> .
<#all> a sd:Dataset ; sd:defaultGraph <#default> ; sd:namedGraph <#one> .
<#default> a sd:Graph .
<#one> a sd:NamedGraph ; sd:name <http://example.org/one> ; sd:graph [ a sd:Graph ] .
"""
DEPARTURES = {
    "nothing is an sd:Service": ("a sd:Service ;", ""),
    "sd:Endpoint is no term of the vocabulary": ("a sd:Service", "a sd:Service, sd:Endpoint"),
    "sd:language is no term of the vocabulary": ("sd:supportedLanguage", "sd:language"),
    "the object of sd:supportedLanguage is no sd:Language": ("SPARQL11Query", "EmptyGraphs"),
    "the object of sd:feature is no resource with an address": ("sd:EmptyGraphs", "true"),
    "the object of sd:name is no resource with an address": ("<http://example.org/one>", '"one"'),
    "the subject of sd:defaultGraph is no sd:Dataset": ("a sd:Dataset ;", ""),
    "the object of sd:defaultDataset is no sd:Dataset": ("a sd:Dataset ;", "a sd:Graph ;"),
    "an sd:NamedGraph has no sd:name": ("sd:name <http://example.org/one> ;", ""),
}


def described(text: str) -> Graph:
    return results.read(text.encode(), ".ttl", ADDRESS)


def test_a_small_description_conforms() -> None:
    conforms(described(GOOD), ADDRESS)


def test_a_description_of_another_endpoint_does_not() -> None:
    with pytest.raises(Failed, match=r"not http://127\.0\.0\.1/other"):
        conforms(described(GOOD), "http://127.0.0.1/other")


@pytest.mark.parametrize("fault", DEPARTURES)
def test_a_departure_is_found(fault: str) -> None:
    text, instead = DEPARTURES[fault]
    assert GOOD.count(text) == 1
    assert fault in set(schema_faults(described(GOOD.replace(text, instead))))
