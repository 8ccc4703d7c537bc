"""No bytes break a reader: each gives entries, names what is broken, or says that it is not its."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.errors import NotOfRegistry
from fingerpost.registries.entry import Broken, Entry
from fingerpost.registries.reading import READERS

FIELDS = (
    "@context @graph @id @type a accessibility admin aliases attributes biotoolsID country "
    "country_code cross_references data description doi external_ids FAIRsharing.ab12 homepage id "
    "items keywords label labels last_modified links list locations metadata name names otherID "
    "portal r3d100000001 registry status subjects term topic type types url value xrefs"
).split()
WORDS = [
    *FIELDS,
    "NA",
    "https://ror.org/05a28rw58",
    "https://schema.org/",
    "Dataset",
    "ror_display",
]
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(WORDS)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
    ),
    max_leaves=16,
)
TAGS = (
    "additionalName databaseAccess endDate closed identifiers institution institutionCountry re3data "
    "re3data.orgIdentifier repository repositoryIdentifier repositoryName repositoryURL rdf:RDF "
    "s:Dataset s:name subject"
).split()
XML = st.recursive(
    st.text(st.characters(codec="utf-8"), max_size=8) | st.just("r3d100000001"),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
).map(
    lambda inner: (
        '<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:s="http://schema.org/">{inner}</x>'
    )
)
TOKENS = st.sampled_from(
    [
        *(
            "<https://a.example/1>",
            "<x>",
            "a",
            "dcat:Dataset",
            "dct:title",
            '"x"',
            "[",
            "]",
            "(",
            ")",
        ),
        *(".", ";", ",", "{", "}", "_:b", "1", "@en", "@prefix dct: <http://purl.org/dc/terms/> ."),
        *("@prefix dcat: <http://www.w3.org/ns/dcat#> .", "\n"),
    ]
)
TURTLE = st.lists(TOKENS, max_size=20).map(" ".join)
CELLS = st.sampled_from(
    [*"\t,;|\"'#\r\n\0", "id", "name", "subject_id", "predicate_id", "object_id", "skos:exactMatch"]
)
TABLE = st.lists(CELLS | st.text(max_size=4), max_size=30).map("".join)
MANGLED = st.tuples(JSON.map(json.dumps), st.integers(0, 80)).map(lambda made: made[0][: made[1]])
TEXTS = JSON.map(json.dumps) | MANGLED | XML | TURTLE | TABLE
BYTES = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=60)


MAIL = "write to Ann Other <ann.o-ther@trees.example.org>, or ring."
DESCRIBED = {
    "biotools": {"biotoolsID": "x", "name": "x", "description": MAIL},
    "fairsharing": [{"id": "1", "attributes": {"metadata": {"name": "x", "description": MAIL}}}],
    "lines": {"id": "x:1", "name": "x", "description": MAIL},
    "re3data": {"r3d100000001": {"name": "x", "description": MAIL}},
    "rdf": {
        "@id": "https://x.example/",
        "@type": "http://schema.org/Dataset",
        "http://schema.org/name": "x",
        "http://schema.org/description": MAIL,
    },
    "rdmkit": [{"id": "x", "name": "x", "description": MAIL}],
}


@pytest.mark.parametrize("name", DESCRIBED)
def test_no_mail_address_is_taken_from_a_description(name: str) -> None:
    (found,) = READERS[name](json.dumps(DESCRIBED[name]).encode())
    assert isinstance(found, Entry)
    assert found.description == "write to Ann Other <…>, or ring."


@pytest.mark.parametrize("name", READERS)
@given(data=BYTES)
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_a_reader(name: str, data: bytes) -> None:
    try:
        found = list(READERS[name](data))
    except NotOfRegistry:
        return
    assert all(isinstance(one, Entry | Broken) for one in found)
    assert all(one.id and one.name for one in found if isinstance(one, Entry))
    assert all(one.record and str(one) for one in found if isinstance(one, Broken))
