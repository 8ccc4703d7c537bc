"""The reader of RDF in DCAT's and schema.org's terms."""

import json

import pytest

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import curies, rdf
from fingerpost.registries.entry import Broken, Entry

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
CATALOGUE = (
    PREFIXES
    + """
<https://www.re3data.org/repository/R3D100000001> a dcat:Catalog ;
  dct:title "Zeder"@de, "Cedar"@en-GB ;
  dct:alternative "CDR" ;
  dct:description "Bäume."@de, "Trees."@en ;
  dcat:landingPage <https://cedar.example> ;
  dcat:contactPoint [ a foaf:Person ; foaf:name "A Person" ] ;
  dct:publisher [ a foaf:Organization ; foaf:name "Forest" ] ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  adms:status <https://status.example/1> ;
  dcat:keyword "Botany"@en, "Seeds" ;
  dcat:theme <https://theme.example/1> ;
  dct:identifier "10.25504/FAIRSHARING.ab12cd", "12" ;
  adms:identifier [ skos:notation "RRID:SCR_002122" ] ;
  owl:sameAs <http://www.wikidata.org/entity/Q42> ;
  dct:modified "2024-05-06T07:08:09Z" .
<https://status.example/1> skos:prefLabel "Completed" .
<https://theme.example/1> skos:prefLabel "Forestry" .
<https://person.example/a> a foaf:Person, foaf:Organization ; foaf:name "A Person" .
"""
)
EXPECTED = Entry(
    id="re3data:r3d100000001",
    name="Cedar",
    alt_names=("Zeder", "CDR"),
    homepage="https://cedar.example",
    description="Trees.",
    kind="Catalog",
    status="Completed",
    access=("PUBLIC",),
    subjects=("Botany", "Seeds", "Forestry"),
    identifiers=("fairsharing:FAIRsharing.ab12cd", "rrid:SCR_002122", "wikidata:Q42"),
    modified="2024-05-06",
)


def read(data: str) -> list[Entry | Broken]:
    return list(rdf.entries(data.encode()))


def test_a_catalogue_in_turtle() -> None:
    assert read(CATALOGUE) == [EXPECTED]


def test_a_web_page_says_what_it_describes() -> None:
    said = {
        "@context": "https://schema.org",
        "@type": ["DataCatalog", "Thing"],
        "name": "Cedar",
        "url": "https://cedar.example",
        "keywords": "Botany, Seeds",
        "identifier": {"@type": "PropertyValue", "value": "https://doi.org/10.17616/R31"},
        "dataset": [{"@type": "Dataset", "@id": "https://cedar.example/1", "name": "Rings"}],
        "publisher": {
            "@type": "Organization",
            "@id": "https://ror.org/05a28rw58",
            "name": "Forest",
            "address": {"@type": "PostalAddress", "addressCountry": "NA"},
        },
        "author": {"@type": "Person", "name": "A Person"},
    }
    page = f'<!DOCTYPE html><html><script type="application/ld+json">{json.dumps(said)}</script>'
    page += '<script>var x = "<b>";</script><script type="application/ld+json">{</script></html>'
    for text in (json.dumps(said), json.dumps([said]), page):
        found = read(text)
        assert {one.id: one for one in found if isinstance(one, Entry)} == {
            "https://cedar.example": Entry(
                id="https://cedar.example",
                name="Cedar",
                homepage="https://cedar.example",
                kind="DataCatalog",
                subjects=("Botany", "Seeds"),
                identifiers=("doi:10.17616/R31",),
            ),
            "https://cedar.example/1": Entry("https://cedar.example/1", "Rings", kind="Dataset"),
            "ror:05a28rw58": Entry(
                "ror:05a28rw58", "Forest", kind="Organization", countries=("NA",)
            ),
        }
    assert next(one for one in found if isinstance(one, Broken)).record == "script 2"


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/SoftwareApplication> .\n"
        '<https://a.example/1> <http://schema.org/name> "Cedar" .\n',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">'
        '<s:SoftwareApplication rdf:about="https://a.example/1"><s:name>Cedar</s:name>'
        "</s:SoftwareApplication></rdf:RDF>",
        PREFIXES + '[] a schema:SoftwareApplication ; schema:name "Cedar" ; '
        "schema:url <https://a.example/1> .",
        PREFIXES + '<> a schema:SoftwareApplication ; schema:name "Cedar" ; '
        "schema:url <https://a.example/1> .",
    ],
    ids=["n-triples", "rdf-xml", "without an iri", "relative"],
)
def test_the_format_is_seen(text: str) -> None:
    (found,) = read(text)
    assert isinstance(found, Entry)
    assert (found.id, found.name, found.kind) == (
        "https://a.example/1",
        "Cedar",
        "SoftwareApplication",
    )


def test_a_fault_is_named_and_the_rest_read() -> None:
    found = read(
        CATALOGUE
        + "\n<x y> a 1 .\n<https://a.example/2> a dcat:Dataset .\n[] a dcat:Dataset ; dct:title 'x' .\n"
    )
    assert EXPECTED in found
    broken = [str(one) for one in found if isinstance(one, Broken)]
    assert broken[0].startswith("line 29: ")
    assert "<https://a.example/2>, name: this is missing." in broken
    assert broken[-1].endswith("id: this has neither an IRI nor an address.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it says nothing"),
        ("no RDF at all", "no RDF"),
        (
            '{"@context": "https://a.example/context", "name": "x"}',
            "a.example/context, which is not",
        ),
        ('{"@context":', "not JSON"),
        ("<?xml version='1.0'?><a", "not XML"),
        ("[" * 5000, "no RDF"),
    ],
)
def test_what_is_no_rdf_says_so(text: str, told: str) -> None:
    with pytest.raises(NotOfRegistry, match=told):
        read(text)


def test_entities_that_make_much_of_little_are_refused() -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY a0 "aaaaaaaaaa">{nested}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">'
        '<s:Dataset rdf:about="https://a.example/1"><s:name>&a8;</s:name></s:Dataset></rdf:RDF>'
    )
    with pytest.raises(NotOfRegistry, match="amplification"):
        read(text)


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("https://doi.org/10.25504/fairsharing.AB12cd", "fairsharing:FAIRsharing.AB12cd"),
        ("https://fairsharing.org/FAIRsharing.ab12cd", "fairsharing:FAIRsharing.ab12cd"),
        ("doi: 10.17616/R3", "doi:10.17616/R3"),
        ("http://dx.doi.org/10.17616%2FR3", "doi:10.17616/R3"),
        ("ROR.org/05A28RW58", "ror:05a28rw58"),
        ("https://bio.tools/SignalP", "biotools:SignalP"),
        ("https://scicrunch.org/resolver/RRID:SCR_1", "rrid:SCR_1"),
        ("https://identifiers.org/biotools:signalp", "biotools:signalp"),
        ("https://identifiers.org/biotools/signalp", "biotools:signalp"),
        ("https://bioregistry.io/re3data:R3D100000001", "re3data:r3d100000001"),
        ("https://bioregistry.io/nlx.sub:12", "nlx.sub:12"),
        ("https://www.wikidata.org/wiki/Q42", "wikidata:Q42"),
        ("https://a.example/10.1234/5", ""),
        ("", ""),
    ],
)
def test_addresses_become_curies(text: str, curie: str) -> None:
    assert curies.curie(text) == curie
