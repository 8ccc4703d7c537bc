"""Editors that find prefixes, examples, classes and properties by asking the endpoint.

SIB's sparql-editor and sparql-overview ask `GET /sparql?ac=1&query=…` for JSON, wait five seconds,
and where nothing comes read the service description instead, with Comunica. The questions here
mean what theirs mean.
"""

import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import direct_answers
import pytest
from direct_answers import Term

FP = "https://w3id.org/fingerpost/ontology#"
QUERIES = "https://w3id.org/fingerpost/query/"
PATIENCE = 5
PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { ?declared sh:prefix ?prefix ; sh:namespace ?namespace }
ORDER BY ?prefix
"""
EXAMPLES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?example ?comment ?query
WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment .
  { ?example sh:select ?query } UNION { ?example sh:ask ?query }
  UNION { ?example sh:construct ?query } UNION { ?example sh:describe ?query }
}
ORDER BY ?example
"""
VOID = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?classLabel ?property ?propertyLabel ?triples ?valueClass ?datatype
WHERE {
  ?of void:class ?class ; void:propertyPartition ?part .
  ?part void:property ?property .
  OPTIONAL { ?class rdfs:label ?classLabel }
  OPTIONAL { ?property rdfs:label ?propertyLabel }
  OPTIONAL { ?part void:triples ?triples }
  OPTIONAL {
    { ?part void:classPartition/void:class ?valueClass }
    UNION { ?part void-ext:datatypePartition/void-ext:datatype ?datatype }
  }
}
ORDER BY ?class ?property ?valueClass ?datatype
"""
OVERVIEW = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
SELECT DISTINCT ?class ?property ?triples ?valueClass
WHERE {
  ?named sd:graph/void:classPartition ?of .
  ?of void:class ?class ; void:propertyPartition ?part .
  ?part void:property ?property ; void:triples ?triples .
  OPTIONAL { ?part void:classPartition/void:class ?valueClass }
}
"""
USED = "SELECT DISTINCT ?class ?property { ?s a ?class ; ?property ?value }"
USED_VALUES = (
    "SELECT DISTINCT ?class ?property ?valueClass { ?s a ?class ; ?property ?value . "
    "?value a ?valueClass }"
)


def asked(endpoint: str, query: str) -> list[dict[str, Term]]:
    """Ask as the editor does."""
    address = f"{endpoint}?ac=1&{urllib.parse.urlencode({'query': query})}"
    accept = {"Accept": "application/sparql-results+json"}
    begin = time.monotonic()
    with urllib.request.urlopen(urllib.request.Request(address, headers=accept)) as answer:
        found = direct_answers.rows(answer.read())
    assert time.monotonic() - begin < PATIENCE
    return found


def values(rows: list[dict[str, Term]], *names: str) -> set[tuple[str, ...]]:
    """Return the values of some variables, in the rows that bind them all."""
    return {tuple(row[name][1] for name in names) for row in rows if set(names) <= set(row)}


@pytest.fixture(scope="module")
def prefixes(endpoint: str) -> dict[str, str]:
    return dict(values(asked(endpoint, PREFIXES), "prefix", "namespace"))


@pytest.fixture(scope="module")
def examples(endpoint: str) -> list[dict[str, Term]]:
    return asked(endpoint, EXAMPLES)


@pytest.fixture(scope="module")
def void(endpoint: str) -> list[dict[str, Term]]:
    return asked(endpoint, VOID)


def test_prefixes_are_found_and_stand_for_one_namespace_each(
    endpoint: str, prefixes: dict[str, str]
) -> None:
    assert prefixes["fp"] == FP
    assert prefixes["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert len(prefixes) == len(asked(endpoint, PREFIXES)) >= 5
    assert all(re.fullmatch(r"https?://\S+[#/_=:]", iri) for iri in prefixes.values())


def test_prefixes_that_are_found_make_a_query_that_is_answered(
    endpoint: str, prefixes: dict[str, str]
) -> None:
    assert prefixes
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    found = asked(endpoint, head + "SELECT ?r { ?r a fp:Repository ; skos:prefLabel ?name }")
    assert len(found) >= 5


def test_examples_are_found_with_one_comment_each(examples: list[dict[str, Term]]) -> None:
    assert len(examples) >= 10
    assert max(Counter(row["example"][1] for row in examples).values()) == 1
    for row in examples:
        kind, comment, language = row["comment"]
        assert (kind, language) == ("literal", "en")
        assert len(comment) > 10
        assert row["example"][1].startswith(QUERIES)


def test_every_example_runs_where_it_was_found(
    endpoint: str, examples: list[dict[str, Term]]
) -> None:
    """They find something, but for those about registries, of which none is imported here."""
    assert examples
    found = {row["example"][1]: run(endpoint, row["query"][1]) for row in examples}
    without = {name.removeprefix(QUERIES) for name in found if found[name] != "something"}
    assert without == {"recommend/registries", "recommend/registry-record", "registry/snapshots"}


def run(endpoint: str, query: str) -> str:
    """Send a query as Yasgui, inside the editor, does; what came of it."""
    form = urllib.parse.urlencode({"query": query}).encode()
    accept = {"Accept": "application/sparql-results+json,text/turtle,*/*;q=0.9"}
    try:
        request = urllib.request.Request(endpoint, form, accept)
        with urllib.request.urlopen(request, timeout=30) as answer:
            body, type_ = answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as fault:
        with fault:
            return f"{fault.code} {fault.read().decode()}"
    if type_.startswith("text/turtle"):
        return "something" if b" a " in body else "an empty graph"
    found = json.loads(body)
    return "something" if found.get("boolean") or found["results"]["bindings"] else "no rows"


def test_classes_and_their_properties_are_found_and_used(
    endpoint: str, void: list[dict[str, Term]]
) -> None:
    found = values(void, "class", "property")
    assert (f"{FP}Repository", "http://www.w3.org/2004/02/skos/core#prefLabel") in found
    assert found <= values(direct_answers.solutions(endpoint, USED), "class", "property")


def test_every_class_of_resources_is_offered_with_its_label(
    endpoint: str, void: list[dict[str, Term]]
) -> None:
    kinds = direct_answers.solutions(
        endpoint,
        "SELECT DISTINCT ?class { ?class <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
        f"<{FP}Resource> . ?r a ?class }}",
    )
    assert len(kinds) >= 5
    assert values(kinds, "class") <= values(void, "class")
    assert values(kinds, "class") <= {(iri,) for iri, _ in values(void, "class", "classLabel")}


def test_kinds_of_values_are_found_and_used(endpoint: str, void: list[dict[str, Term]]) -> None:
    found = values(void, "class", "property", "valueClass")
    assert (f"{FP}Repository", f"{FP}accepts") in {part[:2] for part in found}
    used = direct_answers.solutions(endpoint, USED_VALUES)
    assert found <= values(used, "class", "property", "valueClass")
    assert values(void, "class", "property", "datatype")


def test_the_overview_finds_every_part_with_its_size(
    endpoint: str, void: list[dict[str, Term]]
) -> None:
    found = asked(endpoint, OVERVIEW)
    assert found
    assert values(found, "class", "property") == values(void, "class", "property")
    for row in found:
        assert int(row["triples"][1]) > 0


@pytest.mark.slow
def test_an_editor_that_reads_the_service_description_finds_nothing_else(
    endpoint: str, comunica: Path, prefixes: dict[str, str], void: list[dict[str, Term]]
) -> None:
    """Comunica takes the description for a file of statements."""
    described = in_description(comunica, endpoint, PREFIXES)
    assert values(described, "prefix", "namespace") == set(prefixes.items()) != set()
    described = in_description(comunica, endpoint, VOID)
    assert values(described, "class", "property") <= values(void, "class", "property")


def in_description(comunica: Path, endpoint: str, query: str) -> list[dict[str, Term]]:
    command = [str(comunica / "node_modules" / ".bin" / "comunica-sparql"), f"file@{endpoint}"]
    options = ["-t", "application/sparql-results+json"]
    done = subprocess.run(
        [*command, query, *options], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return direct_answers.rows(done.stdout)
