"""Every shipped resource that a registry knows is linked to it, or a row says why it is not.

As far as a program can tell: what has the same name or home page, and what the linker holds to be
the same.
"""

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal

from fingerpost.catalogue import Catalogue
from fingerpost.cli import commands
from fingerpost.engine import rows
from fingerpost.errors import UnknownRecord
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import RESOURCE_KINDS, term
from fingerpost.publish import mappings
from fingerpost.registries import mapped, reading
from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import linker

NAMES = ("skos:prefLabel", "skos:altLabel", "fp:formerName")
REGISTRIES = ("fairsharing", "re3data", "rdmkit")
Pairs = set[tuple[str, str]]


def ours(record: Record) -> Entry:
    said = set(record.triples) | dataset.about(set(record.triples))
    own = [t for t in said if t.subject == record.node]
    texts: dict[str, list[str]] = defaultdict(list)
    for triple in sorted(own, key=str):
        for name in (*NAMES, "dct:description"):
            if triple.predicate == term(name) and isinstance(triple.object, Literal):
                texts[name].append(triple.object.value)
    plain = [t.object for t in record.triples if t.predicate == term("schema:url")]
    return Entry(
        id=f"fingerpost:{record.kind}/{record.slug}",
        name=record.name,
        alt_names=tuple(name for kind in NAMES for name in texts[kind] if name != record.name),
        homepage=str(plain[0]).strip("<>") if plain else "",
        description=" ".join(texts["dct:description"]),
    )


@pytest.fixture(scope="module")
def resources(folders: Folders) -> tuple[Entry, ...]:
    found = (one for one in records.records(folders.instances) if one.kind in RESOURCE_KINDS)
    return tuple(map(ours, found))


@pytest.fixture(scope="module")
def decided(opened: Catalogue) -> Pairs:
    """The pairs that are linked, or said to be different."""
    return {one.row.pair for one in mappings.all_(opened.engine)}


@cache
def snapshot(registry: str) -> Mapping[str, Entry]:
    package = importlib.util.find_spec("bioregistry")
    if package is None or not package.origin:
        pytest.skip("the package bioregistry is not installed")
    path = Path(package.origin).parent / "external" / registry / "processed.json"
    return {one.id: one for one in reading.read(path, registry).entries}


@pytest.fixture
def there(request: pytest.FixtureRequest) -> Mapping[str, Entry]:
    if request.param != "rdmkit":
        return snapshot(request.param)
    path = request.getfixturevalue("shared") / "upstream" / "rdmkit" / "tool_and_resource_list.yml"
    return {one.id: one for one in reading.read(path, "rdmkit").entries}


def keys(entry: Entry) -> Iterator[str]:
    """The names and the home page of an entry, as they are compared."""
    for name in entry.names:
        if len(bare := re.sub(r"\W+", "", name.lower())) > 1:
            yield bare
    if bare := re.sub(r"^https?://(www\.)?", "", entry.homepage.lower()).rstrip("/"):
        yield f"//{bare}"


@pytest.mark.parametrize("there", REGISTRIES, indirect=True, ids=str)
def test_whatever_has_the_same_name_or_home_page_is_linked_or_rejected(
    there: Mapping[str, Entry], resources: tuple[Entry, ...], decided: Pairs
) -> None:
    known = defaultdict(set)
    for entry in there.values():
        for key in keys(entry):
            known[key].add(entry.id)
    alike = {(one.id, other) for one in resources for key in keys(one) for other in known[key]}
    assert len(alike) > 50
    assert sorted(alike - decided) == []


@pytest.mark.parametrize("there", REGISTRIES, indirect=True, ids=str)
def test_whatever_the_linker_holds_to_be_the_same_is_linked_or_rejected(
    there: Mapping[str, Entry], resources: tuple[Entry, ...], decided: Pairs
) -> None:
    links = mapped.link(resources, tuple(there.values()))
    proposed = {row.pair for row in links if row.predicate_id == linker.EXACT}
    assert len(proposed) > 50
    assert sorted(proposed - decided) == []


@pytest.mark.parametrize("there", ["fairsharing", "re3data"], indirect=True, ids=str)
def test_names_of_registries_in_the_tables_are_theirs(
    there: Mapping[str, Entry], opened: Catalogue
) -> None:
    for one in mappings.all_(opened.engine):
        if one.row.object_label and one.row.object_id in there:
            assert " ".join(there[one.row.object_id].name.split()) == one.row.object_label


def test_every_mapping_has_justification_confidence_date_and_reason(opened: Catalogue) -> None:
    for one in mappings.all_(opened.engine):
        row = one.row
        assert row.mapping_justification.startswith("semapv:"), one.iri
        assert 0.3 < float(row.confidence) <= 1, one.iri
        assert row.mapping_date, one.iri
        assert row.comment.endswith("."), one.iri
        assert one.sources, one.iri


def test_no_pair_is_both_the_same_and_something_else(opened: Catalogue) -> None:
    """Exact is disjoint with broad, narrow and related (SKOS reference, S46)."""
    asked = (
        "SELECT ?s ?o { VALUES ?p { skos:broadMatch skos:narrowMatch skos:relatedMatch } "
        "?s skos:exactMatch ?o ; ?p ?o }"
    )
    prefix = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    assert rows.select(opened.engine, prefix + asked) == ()


def test_a_rejected_pair_is_stated_nowhere(opened: Catalogue) -> None:
    rejected = [one for one in mappings.all_(opened.engine) if one.rejected]
    assert len(rejected) > 80
    stated = rows.select(
        opened.engine,
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?s ?o "
        "{ ?s skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch ?o }",
    )
    assert not {(one.subject, one.object) for one in rejected} & {(r["s"], r["o"]) for r in stated}


def run(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(commands, arguments)


def test_the_command_writes_the_mapping_set(opened: Catalogue) -> None:
    done = run("mappings")
    assert done.exit_code == 0
    assert done.stdout == mappings.write(mappings.all_(opened.engine))
    turtle = run("mappings", "--format", "turtle").stdout
    assert "sssom:MappingSet" in turtle


@pytest.mark.usefixtures("opened")
def test_the_command_resolves() -> None:
    done = run("resolve", "re3data:r3d100013949")
    assert done.stdout.startswith("https://w3id.org/fingerpost/id/repository/bioimage-archive  ")
    (found,) = json.loads(run("resolve", "bio.tools/idr", "--format", "json").stdout)
    assert found["name"] == "Image Data Resource"
    with pytest.raises(UnknownRecord, match="Understood are"):
        run("resolve", "biotools:castor")
