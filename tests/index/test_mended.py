"""A list that is brought up to date by what was touched is the one that is made anew."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine, Query, trail
from fingerpost.engine.local import Local
from fingerpost.engine.trail import Touched
from fingerpost.generations.change import Change, Made
from fingerpost.graph.vocabulary import IDS, term
from fingerpost.index import gathered, making, mended, shelf
from fingerpost.index.indexes import Indexes, Mend
from fingerpost.index.kept import Index
from fingerpost.index.making import Source
from fingerpost.publish import narrowed

CHANGES = 20
NAME, OTHER, TYPE = term("skos:prefLabel"), term("skos:altLabel"), term("rdf:type")
TEXT, COUNTRY = term("dct:description"), term("fp:country")
DATA, PHASE, STATUS = term("fp:concernsData"), term("fp:usedIn"), term("fp:status")
Step = tuple[list[Quad], list[Quad]]
"""Statements that come, and statements that go."""


class Changing:
    """A small graph of the shipped data that changes at random."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)
        self.steps: tuple[Callable[[], Step], ...] = (
            *(self.add, self.remove, self.rename, self.rename, self.describe, self.end),
            *(self.move, self.retype, self.reclass, self.untitle, self.concept, self.hierarchy),
            *(self.several, self.once),
        )

    def step(self) -> frozenset[tuple[str, str]]:
        """Change the graph; return what is touched, as the keeper tells it."""
        come, go = self.chance.choice(self.steps)()
        come = [quad for quad in come if quad not in self.store]
        go = [quad for quad in go if quad in self.store and quad not in come]
        made = Change(Made(1, "one"), tuple(come), tuple(go))
        made.apply(self.store)
        return trail.touched(made)

    def one(self) -> NamedNode:
        every = self.store.quads_for_pattern(None, TYPE, term("fp:Resource"), DefaultGraph())
        return self.chance.choice(sorted((quad.subject for quad in every), key=str))

    def any_of(self, kind: str) -> NamedNode:
        every = {
            quad.subject for quad in self.store.quads_for_pattern(None, NAME, None, DefaultGraph())
        }
        return self.chance.choice(sorted((o for o in every if f"/{kind}/" in str(o)), key=str))

    def said(self, subject: NamedNode, property_: NamedNode | None = None) -> list[Quad]:
        return list(self.store.quads_for_pattern(subject, property_, None, DefaultGraph()))

    def add(self) -> Step:
        number = self.chance.randrange(10**6)
        new = NamedNode(f"{IDS}tool/made-{number}")
        words = " ".join(self.chance.sample(["Alpha", "beta", "Ål", "zeta", "genome"], 2))
        lines = [
            *((TYPE, term(f"fp:{one}")) for one in ("Resource", "Tool")),
            *((NAME, Literal(f"{words} {number}", language="en")), (PHASE, self.any_of("phase"))),
            *((DATA, self.any_of("data-type")), (COUNTRY, Literal("NO"))),
        ]
        return [Quad(new, property_, value) for property_, value in lines], []

    def remove(self) -> Step:
        return [], self.said(self.one())

    def rename(self) -> Step:
        one = self.one()
        name = Literal(f"{self.chance.choice('aÄz')} renamed {self.chance.random()}", language="en")
        return [Quad(one, NAME, name)], self.said(one, NAME)

    def describe(self) -> Step:
        one = self.one()
        text = Literal(f"Told\nanew, {self.chance.random()}.", language="en")
        return [Quad(one, TEXT, text), Quad(one, OTHER, text)], self.said(one, TEXT)

    def end(self) -> Step:
        one = self.one()
        return [Quad(one, STATUS, self.any_of("status"))], self.said(one, STATUS)

    def move(self) -> Step:
        one = self.one()
        code = self.chance.choice(["SE", "NO", "FI", "XK"])
        return [Quad(one, COUNTRY, Literal(code))], self.said(one, COUNTRY)

    def retype(self) -> Step:
        one = self.one()
        gone = self.said(one, DATA) if self.chance.random() < 0.5 else []
        return [Quad(one, DATA, self.any_of("data-type"))], gone

    def reclass(self) -> Step:
        one = self.one()
        return [], [Quad(one, TYPE, term("fp:Resource"))]

    def untitle(self) -> Step:
        one = self.one()
        return [Quad(one, NAME, Literal("På svenska", language="sv"))], self.said(one, NAME)

    def concept(self) -> Step:
        one = self.any_of("data-type")
        name = Literal(f"Another {self.chance.random()}", language="en")
        return [Quad(one, NAME, name)], self.said(one, NAME)

    def hierarchy(self) -> Step:
        one, wider = self.any_of("data-type"), self.any_of("data-type")
        return [Quad(one, term("skos:broader"), wider)], []

    def once(self) -> Step:
        one, source = self.one(), NamedNode("https://example.org/graph")
        gone = self.store.quads_for_pattern(one, None, None, source)
        return [Quad(one, COUNTRY, Literal(f"{self.chance.random()}"), source)], list(gone)

    def several(self) -> Step:
        steps = [self.add(), self.rename(), self.move(), self.end()]
        return [q for come, _ in steps for q in come], [q for _, go in steps for q in go]


@pytest.fixture
def graph(opened: Catalogue) -> Store:
    """Some resources, and all concepts that they may be filed under."""
    made = Store()
    for which in (
        "?s <http://www.w3.org/2004/02/skos/core#inScheme> ?scheme",
        f"{{ SELECT ?s {{ ?s a {term('fp:Resource')} }} ORDER BY ?s LIMIT 60 }}",
        f"?s a {term('fp:Source')}",
    ):
        asked = Query(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {which} . ?s ?p ?o }}".replace("} .", "}")
        )
        found = opened.engine.answer(asked, "application/n-triples")
        made.load(found, format=RdfFormat.N_TRIPLES)
    return made


@pytest.mark.parametrize("seed", range(2))
def test_a_list_mended_after_each_of_many_changes_is_the_one_made_anew(
    graph: Store, tmp_path: Path, seed: int
) -> None:
    changing = Changing(graph, seed)
    engine = Local(graph, "changing")
    kinds: dict[str, tuple[making.Write, Mend]] = {
        "gathered": (partial(gathered.write, gathered.nowhere), gathered.mend),
        "shelf": (shelf.write, shelf.mend),
        "records": (narrowed._write, narrowed._mend),
    }
    before: dict[str, Index] = {}
    for name, (write, _) in kinds.items():
        before[name] = made(engine, tmp_path / f"{name}.sqlite", write, before)
    for number in range(CHANGES):
        touched = changing.step()
        for name, (write, mend) in kinds.items():
            mending = partial(mend, before[name], touched)
            after = made(engine, tmp_path / f"{name}-{number}.sqlite", mending, before)
            anew = made(engine, tmp_path / "anew.sqlite", write, before)
            assert rows(after) == rows(anew), (seed, number, name)
            before[name] = after


def made(engine: Engine, path: Path, write: making.Write, kept: Mapping[str, Index]) -> Index:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as writing:
        write(writing, Source(engine, lambda: kept["gathered"]))
        writing.commit()
    return Index(path)


def rows(index: Index) -> dict[str, list[tuple[object, ...]]]:
    tables = index.select("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        str(name): sorted(map(tuple, index.select(f"SELECT * FROM {name}")), key=repr)
        for (name,) in tables
    }


def test_a_trail_tells_what_several_changes_touched_or_that_it_does_not_know(
    tmp_path: Path,
) -> None:
    for number in (2, 3, 4):
        one = NamedNode(f"{IDS}tool/number-{number}")
        come = Quad(one, NAME, Literal("one"))
        apart = Quad(one, OTHER, Literal("one"), NamedNode("https://example.org/graph"))
        theirs = Quad(NamedNode("https://example.org/one"), NAME, Literal("one"), apart.graph_name)
        trail.leave(tmp_path, number, Change(Made(number, ""), (come, apart, theirs), (come,)))
    graphs = {
        *((trail.DEFAULT, NAME.value), (trail.NAMED, NAME.value), (trail.NAMED, OTHER.value)),
    }
    assert trail.since(tmp_path, 2, 4) == graphs | {
        (f"{IDS}tool/number-{number}", property_.value)
        for number in (3, 4)
        for property_ in (NAME, OTHER)
    }
    assert not mended.others(frozenset(graphs))
    assert trail.since(tmp_path, 4, 4) == frozenset()
    assert trail.since(tmp_path, 0, 4) is None
    assert trail.since(tmp_path, 3, 5) is None
    assert trail.since(tmp_path, 4, 3) is None


def test_a_file_is_made_from_the_one_before_where_it_is_told_what_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    told: list[object] = []

    def mend(before: Index, touched: Touched, writing: sqlite3.Connection, _: Engine) -> None:
        told.append((before.path.name[:3], touched))
        _write_one(writing, _)

    every = []
    for number, known in ((1, None), (2, frozenset({("a", "b")})), (3, None)):
        engine = Local(Store(), f"no{number}", number=number)
        every.append(Indexes(engine, "mended", _write_one, mend=mend))
        if number > 1:
            asked = partial(_asked, told, known)
            every[-1].follow(every[-2], 0.0, asked)
        assert every[-1].made()
    assert told == [(1, 2), ("no1", {("a", "b")}), (2, 3)]


def _asked(told: list[object], known: Touched | None, after: int, number: int) -> Touched | None:
    told.append((after, number))
    return known


def _write_one(writing: sqlite3.Connection, _: Engine) -> None:
    writing.execute("CREATE TABLE one (two)")
