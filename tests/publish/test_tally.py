"""The numbers of a graph, counted in its file: the same as a store gives that has loaded it."""

import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    Triple,
)

from fingerpost import store
from fingerpost.engine.local import Local
from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.graph import lines
from fingerpost.graph.lines import Part
from fingerpost.graph.vocabulary import IDS, TYPE, term
from fingerpost.publish import announced, tally, void
from fingerpost.publish.terms import DATASET

GRAPH = NamedNode("https://example.org/graph")
CLASS, OTHER = NamedNode("https://example.org/Class"), NamedNode("https://example.org/Other")
P, Q = NamedNode("https://example.org/p"), NamedNode("https://example.org/p2")
A, B = NamedNode(IDS + "tool/a"), NamedNode(IDS + "tool/b")


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=term(f"xsd:{datatype}"))


GRAPHS: dict[str, list[Triple]] = {
    "nothing": [],
    "one value in two spellings": [
        Triple(A, P, typed("1", "integer")),
        Triple(A, P, typed("01", "integer")),
        Triple(A, P, typed("001", "integer")),
        Triple(A, P, typed("1", "int")),
        Triple(A, P, typed("1.0", "decimal")),
        Triple(A, P, typed("1.00", "decimal")),
        Triple(B, P, typed("1", "boolean")),
        Triple(B, P, typed("true", "boolean")),
        Triple(B, P, typed("no number", "integer")),
        Triple(A, TYPE, CLASS),
        Triple(B, TYPE, CLASS),
    ],
    "values of every sort": [
        Triple(A, TYPE, CLASS),
        Triple(A, P, B),
        Triple(A, P, BlankNode("b")),
        Triple(A, P, Literal('says "no" .\n<a> <b> \\ <https://example.org/graph>')),
        Triple(A, P, Literal("says .", language="en")),
        Triple(A, P, Literal("says .", language="en-GB")),
        Triple(A, P, Literal("says .")),
        Triple(A, P, Literal("")),
        Triple(A, P, Literal("<x>", datatype=NamedNode("https://example.org/type"))),
        Triple(A, Q, Triple(A, P, Literal("quoted"))),
        Triple(BlankNode("b"), TYPE, CLASS),
        Triple(BlankNode("b"), P, Literal("says .")),
        Triple(B, P, Literal("not of any type")),
    ],
    "classes of every sort": [
        Triple(A, TYPE, CLASS),
        Triple(A, TYPE, OTHER),
        Triple(A, TYPE, BlankNode("class")),
        Triple(A, TYPE, Literal("class")),
        Triple(B, TYPE, OTHER),
        Triple(B, P, A),
        Triple(A, P, A),
        Triple(A, Q, B),
        Triple(BlankNode("only"), TYPE, OTHER),
        Triple(CLASS, TYPE, term("rdfs:Class")),
    ],
    "links, a repository and days": [
        Triple(A, term("skos:exactMatch"), NamedNode("https://example.org/things/1#x")),
        Triple(A, term("skos:exactMatch"), NamedNode("https://example.org/things/2#x")),
        Triple(A, term("skos:closeMatch"), NamedNode("urn:isbn:1")),
        Triple(A, term("owl:sameAs"), NamedNode("https://example.org/things/1")),
        Triple(A, term("owl:sameAs"), B),
        Triple(OTHER, term("owl:sameAs"), NamedNode("https://example.org/things/1")),
        Triple(A, term("schema:sameAs"), Literal("https://example.org/things/1")),
        Triple(A, TYPE, term("fp:Repository")),
        Triple(B, TYPE, term("fp:Repository")),
        Triple(BlankNode("z"), TYPE, term("fp:Repository")),
        Triple(A, term("dct:modified"), typed("2026-11-21", "date")),
        Triple(B, term("dct:modified"), typed("2026-11-22+00:00", "date")),
        Triple(B, term("dct:modified"), BlankNode("zz")),
    ],
}


def described(path: Path) -> tuple[list[Triple], list[Triple]]:
    """The description of a file's graph, counted in the file and asked of a store."""
    loaded = Store()
    loaded.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    counted = void.description(tally.of_file(path), DATASET, endpoint=announced.ENDPOINT)
    return counted, void.statements(Local(loaded), DATASET, endpoint=announced.ENDPOINT)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_file_and_a_store_give_the_same_numbers(name: str, tmp_path: Path) -> None:
    def parts() -> Iterator[Part]:
        yield DefaultGraph(), GRAPHS[name]
        yield GRAPH, GRAPHS[name]
        yield BlankNode("graph"), [Triple(A, P, Literal("in a graph without a name"))]
        yield GRAPH, [Triple(OTHER, Q, Literal("only in a graph ."))]

    path = tmp_path / "dataset.nq"
    path.write_bytes(b"".join(lines.n_quads(parts())))
    counted, asked = described(path)
    assert counted == asked
    assert len(counted) > 10


def test_of_what_is_shipped_they_are_the_same(folders: Folders) -> None:
    generation = store.current(folders)
    counted, asked = described(generation.dataset)
    assert counted == asked
    assert set(counted) < _statements(announced.kept(generation, folders))


def _statements(path: Path) -> set[Triple]:
    loaded = Store()
    loaded.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    return {quad.triple for quad in loaded}


def test_a_full_disk_is_told_and_nothing_is_left_of_what_was_begun(
    folders: Folders, tmp_path: Path
) -> None:
    (tmp_path / "dataset.nq").touch()
    generation = replace(store.current(folders), dataset=tmp_path / "dataset.nq")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(SettingFault, match="cannot be written"):
            announced.kept(generation, folders)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert [path.name for path in tmp_path.iterdir()] == ["dataset.nq"]
