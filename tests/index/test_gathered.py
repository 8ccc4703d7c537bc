"""What is gathered of a graph is the same, whether its files are read or its engine is asked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from fingerpost.catalogue import Catalogue
from fingerpost.engine.guarded import Fences, Guarded
from fingerpost.engine.local import Local
from fingerpost.engine.process import Keeping
from fingerpost.graph.vocabulary import IDS, TYPE, term
from fingerpost.index import gathered, lines, ranking, shelf
from fingerpost.index.indexes import of_engine
from fingerpost.index.told import PROPERTIES, Told
from fingerpost.publish import resembling
from fingerpost.reconcile import properties

NAME, COST = term("skos:prefLabel"), term("fp:cost")
ANYWHERE = NamedNode("https://example.org/graph")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def test_the_files_of_the_shipped_graph_say_what_its_engine_does(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = opened.gathered.made()
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    asked = of_engine(opened.engine).made()
    assert read
    assert asked
    assert read.path != asked.path
    every = list(gathered.each(read))
    assert len(every) > 1_000
    assert every == list(gathered.each(asked))
    names = "SELECT iri, name FROM named ORDER BY iri"
    assert read.select(names) == asked.select(names)


@pytest.mark.parametrize("size", [1, 100, 10**6])
def test_files_are_read_in_parts_that_end_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(lines, "_PART", size)
    paths = files(tmp_path)
    read = {one.iri.removeprefix(IDS): one for one in lines.each(paths)}
    assert {iri: (one.name, dict(one.said), dict(one.stated)) for iri, one in read.items()} == {
        "tool/a": ("Z", {"skos:prefLabel": ["A", "Z"], "fp:cost": ["1"]}, {"fp:cost": ["two"]}),
        "tool/a-b": ('"é"\n \\', {"skos:prefLabel": ['"é"\n \\']}, {}),
        "tool/ab": ("", {"skos:prefLabel": ["På svenska"]}, {}),
    }
    assert sorted(lines.names(paths)) == [
        ("https://example.org/other", "Other"),
        (f"{IDS}tool/a", "A"),
        (f"{IDS}tool/a", "Z"),
        (f"{IDS}tool/a-b", '"é"\n \\'),
    ]


def test_read_or_asked_things_come_in_the_order_of_their_iris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    paths, store = files(tmp_path), Store()
    for path in paths:
        store.extend(parse(path=str(path), format=RdfFormat.N_QUADS))
    found: list[list[Told]] = []
    for number, known in enumerate((lambda: paths, gathered.nowhere)):
        kept = of_engine(Local(store, f"no-{number}"), known).made()
        assert kept
        found.append(list(gathered.each(kept)))
        assert [one.name for one in gathered.some(kept, [f"{IDS}tool/a", "none"])] == ["Z"]
    assert [one.iri.removeprefix(IDS) for one in found[0]] == ["tool/a", "tool/a-b", "tool/ab"]
    assert found[0] == found[1]


def test_it_is_made_anew_where_the_one_before_was_deleted(tmp_path: Path) -> None:
    store = Store()
    for path in files(tmp_path):
        store.extend(parse(path=str(path), format=RdfFormat.N_QUADS))
    engine = Local(store, "")
    before = of_engine(engine).made()
    assert before
    before.path.unlink()
    with closing(sqlite3.connect(tmp_path / "after.sqlite")) as writing:
        gathered.mend(before, frozenset(), writing, engine)
        found = writing.execute("SELECT iri FROM thing ORDER BY iri").fetchall()
    assert found == [(f"{IDS}tool/{slug}",) for slug in ("a", "a-b", "ab")]
    assert not before.path.exists()


def test_what_is_made_of_it_asks_for_no_property_that_is_not_gathered() -> None:
    asked = {*ranking._RESOURCE, *shelf._FILED.values(), *resembling._SAID, *properties.SAID}
    assert asked <= {*PROPERTIES.values()}


def test_an_engine_tells_the_files_that_we_have_built(tmp_path: Path) -> None:
    path = tmp_path / "one.nq"
    path.write_text(f'<{IDS}tool/a> {NAME} "A"@en <{ANYWHERE.value}> .\n', "utf-8")
    for plain, known in ((True, ()), (False, (path,))):
        keeping = Keeping(files=(path,), plain=plain, writable=plain, limits=Fences().limits)
        guarded = Guarded(keeping.folder)
        try:
            assert guarded.built() == known
        finally:
            guarded.close()
            keeping.close()


def files(folder: Path) -> list[Path]:
    """Two files as they are built, of which both say something of one thing."""
    first = [
        (tool("a"), NAME, Literal("Z", language="en"), DefaultGraph(), ANYWHERE),
        (tool("a"), COST, Literal("01", datatype=INTEGER), DefaultGraph(), ANYWHERE),
        (tool("a"), COST, Literal("two"), ANYWHERE, NamedNode("https://example.org/another")),
        (tool("a"), term("fp:unheard"), Literal("of"), DefaultGraph(), ANYWHERE),
        (tool("a-b"), NAME, Literal('"é"\n \\', language="en"), DefaultGraph(), ANYWHERE),
        (tool("ab"), NAME, Literal("På svenska", language="sv"), DefaultGraph(), ANYWHERE),
        (tool("nameless"), TYPE, term("fp:Tool"), DefaultGraph(), ANYWHERE),
        (tool("elsewhere"), NAME, Literal("Elsewhere", language="en"), ANYWHERE, ANYWHERE),
        (NamedNode("https://example.org/other"), NAME, Literal("Other", language="en"),
         DefaultGraph(), ANYWHERE),
    ]  # fmt: skip
    second = [(tool("a"), NAME, Literal("A", language="en"), DefaultGraph(), DefaultGraph())]
    paths = []
    for number, statements in enumerate((first, second)):
        quads = {Quad(*one[:3], graph) for one in statements for graph in one[3:]}
        text = serialize(quads, format=RdfFormat.N_QUADS) or b""
        paths.append(folder / f"{number}.nq")
        paths[-1].write_bytes(b"".join(sorted(text.splitlines(keepends=True))))
    return paths


def tool(slug: str) -> NamedNode:
    return NamedNode(f"{IDS}tool/{slug}")
