"""A store followed into engines: each generation comes there, and nobody else's is written over."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from engines.conftest import Running, oxigraph, reach, until, virtuoso
from fingerpost.engine import Query
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.engine.remote import following, writing
from fingerpost.engine.remote.exchange import Address
from fingerpost.engine.remote.following import Following
from fingerpost.engine.remote.publishing import Publisher
from fingerpost.engine.remote.remote import Remote
from fingerpost.engine.remote.shown import Shown
from fingerpost.engine.remote.writing import Writing
from fingerpost.engine.turn import Turn
from fingerpost.engine.writes import Write
from fingerpost.errors import EngineTaken
from fingerpost.generations import change, recording
from fingerpost.generations.change import Made
from fingerpost.web import formats

GRAPH = NamedNode("https://w3id.org/fingerpost/graph/a")
SAID = NamedNode("https://example.org/said")


@dataclass
class Kept:
    """A store that grows, as its keeper makes it grow."""

    folder: Path
    made: Made = field(init=False)
    turn: Turn = field(init=False)
    shown: Shown = field(init=False)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        store = holding(Quad(GRAPH, SAID, Literal("one")), Quad(GRAPH, SAID, Literal("one"), GRAPH))
        self.generations = recording.create(self.folder / "store", store, "test", "")
        self.made = self.generations.history()[0]
        self.turn = Turn(self.folder / "turn", create=True)
        self.shown = Shown(self.folder, create=True)

    def follow(self, address: Address) -> Following:
        publisher, store = Publisher(address), self.folder / "store"
        return Following(
            publisher, store, self.turn, self.shown, lambda _: None, self.warnings.append
        )

    def say(self, text: str, *more: Quad) -> None:
        """Make a generation in which something more is said, in the graph and the merge."""
        added = [Quad(GRAPH, SAID, Literal(text)), Quad(GRAPH, SAID, Literal(text), GRAPH), *more]
        changed = change.change(self.made, Made(0, ""), added, ())
        recording.write(changed, self.folder / "making")
        self.generations.commit(self.folder / "making", changed.made.number)
        self.made = changed.made
        self.turn.number = changed.made.number


def holding(*quads: Quad) -> Store:
    store = Store()
    store.extend(quads)
    return store


def said(reader: Remote, pattern: str = "?s ?p ?o") -> list[str]:
    found = reader.answer(Query(f"SELECT ?o WHERE {{ {pattern} }} ORDER BY ?o"), "text/csv")
    return found.decode().split()[1:]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def running() -> Iterator[Running]:
    with oxigraph() as found:
        yield found


@pytest.mark.parametrize("how", ["in one step", "by names", "virtuoso"])
def test_each_generation_comes_into_the_engine(
    how: str, kept: Kept, parser: Guarded, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        (tmp_path / "virtuoso").mkdir()
        begin = virtuoso(tmp_path / "virtuoso") if how == "virtuoso" else oxigraph()
        engine = stack.enter_context(begin)
        follows = kept.follow(engine.by_names if how == "by names" else engine.address)
        reader = reach(engine.query, parser)
        assert said(reader) == ["one"]
        follows.start()
        stack.callback(follows.close)
        kept.say("three")
        kept.say("two", Quad(GRAPH, SAID, Literal("other"), NamedNode(GRAPH.value + "b")))
        until(lambda: kept.shown.generation == 2)
        until(lambda: said(reader) == ["one", "three", "two"])
        inside = f"GRAPH ?g {{ ?s <{SAID.value}> ?o }}"
        assert said(reader, inside) == ["one", "other", "three", "two"]
        assert kept.warnings == []


def test_what_a_change_says_is_all_that_is_sent(kept: Kept, running: Running) -> None:
    follows = kept.follow(running.address)
    engine = follows._publisher._engine
    sent: list[str] = []
    engine.send = lambda method, graph, _=b"": sent.append(f"{method} {graph}")  # type: ignore[method-assign]
    follows.start()
    kept.say("two")
    until(lambda: kept.shown.generation == 1)
    follows.close()
    assert sent == []


def test_an_engine_that_has_lost_everything_gets_it_again(
    kept: Kept, running: Running, parser: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_WATCHING", 0.1)
    follows = kept.follow(running.address)
    follows.start()
    kept.say("two")
    until(lambda: kept.shown.generation == 1)
    before = kept.shown.mark
    follows._publisher._engine.update("DROP ALL")
    until(lambda: kept.shown.mark > before)
    follows.close()
    assert said(reach(running.query, parser)) == ["one", "two"]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_what_another_has_written_is_not_written_over(
    in_one_step: bool, kept: Kept, running: Running, parser: Guarded
) -> None:
    address = running.address if in_one_step else running.by_names
    follows = kept.follow(address)
    theirs = holding(Quad(GRAPH, SAID, Literal("theirs")))
    Publisher(address).publish(theirs, "theirs")
    follows.start()
    kept.say("two")
    until(lambda: bool(kept.warnings))
    follows.close()
    assert "Another generation" in kept.warnings[0]
    assert said(reach(running.query, parser)) == ["theirs"]
    # The operator's next start decides.
    kept.follow(address)
    assert said(reach(running.query, parser)) == ["one", "two"]


def test_blank_nodes_go_with_their_whole_graph(
    kept: Kept, running: Running, parser: Guarded
) -> None:
    follows = kept.follow(running.address)
    follows.start()
    kept.say("two", Quad(GRAPH, SAID, BlankNode(), GRAPH))
    until(lambda: kept.shown.generation == 1)
    kept.say("three")
    until(lambda: kept.shown.generation == 2)
    follows.close()
    assert said(reach(running.query, parser)) == ["one", "three", "two"]


def test_a_change_that_nobody_brings_to_the_engine_is_kept_and_said_to_come_later(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeping(store=kept.folder / "store", plain=True, writable=True, limits=Fences().limits)
    try:
        shown = Shown(keeper.folder, create=True)
        writes = Writing(keeper.folder, seconds=2)
        text = f'INSERT DATA {{ GRAPH <{GRAPH.value}> {{ <{GRAPH.value}> <{SAID.value}> "new" }} }}'
        done = writes.write(Write(kind="update", by="test", text=text), lambda: 0)
        assert not done.shown
        assert formats.done(done).status_code == HTTPStatus.ACCEPTED
        assert [made.number for made in kept.generations.history()] == [0, 1]
        shown.say(done.generation.number, 7)
        again = writes.write(Write(kind="update", by="test", text=text), lambda: 7)
        assert again.shown
        monkeypatch.setattr(writing, "_BETWEEN", 0.1)
        with pytest.raises(EngineTaken, match="generation 8"):
            writes.write(Write(kind="update", by="test", text=text), lambda: 8)
    finally:
        keeper.close()
