"""Names are found, and rare words known, by the index as by a reading of the whole graph."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query
from fingerpost.engine.local import Local
from fingerpost.graph.vocabulary import IDS, TYPE, term
from fingerpost.index import making, names, spelling, texts, things
from fingerpost.index.indexes import Indexes, of_engine
from fingerpost.index.kept import Index
from fingerpost.recommend import naming
from fingerpost.recommend.naming import Indexed, Read, Source

ASKED = Path(__file__).parents[1] / "recommend"
WORDS = (
    *("Image", "image", "Images", "Génome", "genomes", "archive", "Data", "A", "x2", "of", "the"),
    *("single-cell", "Müller's", "O’Neill", "3,5", "12", "RNA/DNA", "Ørsted", "\u0130zmir"),
    *("\u017ftore", "sequencing", "analyses", "virus", "colour", "organisation", "\u212aelvin"),
)


@pytest.fixture(scope="module")
def made() -> Local:
    """Resources with names of a few words, some of them ended, some with none that tells."""
    chance = Random(3)
    store = Store()
    for number in range(300):
        one = NamedNode(f"{IDS}{chance.choice(['tool', 'repository'])}/made-{number}")
        state = chance.choice(["active", "active", "ended"])
        said = [(TYPE, term("fp:Resource")), (TYPE, term("fp:Tool"))]
        said.append((term("fp:status"), term(f"status:{state}")))
        said.append((term("skos:prefLabel"), Literal(some(chance, 3), language="en")))
        said.append((term("skos:altLabel"), Literal(f"words{number % 30 * number % 50}")))
        said += [
            (term(property_), Literal(some(chance, 4)))
            for property_ in ("skos:altLabel", "fp:formerName", "dct:description")
            if chance.random() < 0.4
        ]
        store.extend(Quad(one, property_, value) for property_, value in said)
    # What is no resource has names too.
    other = NamedNode(f"{IDS}guidance/made")
    for property_, value in (
        (TYPE, term("fp:Guidance")),
        (term("skos:prefLabel"), Literal("Image genome", language="en")),
    ):
        store.add(Quad(other, property_, value))
    return Local(store, "")


@pytest.fixture(scope="module")
def indexed(made: Local, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of what is made, as far as names go."""
    path = tmp_path_factory.mktemp("names") / "index.sqlite"

    def write(writing, source):  # type: ignore[no-untyped-def]
        every = things.load(source, source.gathered())
        for part in (texts, names):
            writing.executescript(part.TABLES)
            part.fill(writing, every)

    source = making.Source(made, of_engine(made).made)  # type: ignore[arg-type]
    assert making.make(source, path, write)
    return Index(path)


def some(chance: Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def asked() -> Iterator[str]:
    """Every text of the question sets."""
    for path in sorted(ASKED.glob("*.tsv")):
        for row in csv.reader(path.read_text("utf-8").splitlines()[1:], delimiter="\t"):
            yield from row


def same(one: naming.Names, other: naming.Names, text: str, known: frozenset[str]) -> None:
    assert naming.named(one, text, known) == naming.named(other, text, known), text
    words = [*spelling.spoken(text), *text.lower().split()]
    assert one.rare(words) == other.rare(words), text


def test_the_index_knows_what_a_reading_of_the_shipped_graph_knows(
    opened: Catalogue, index: Index
) -> None:
    read = naming.load(opened.engine)
    every = list(dict.fromkeys(asked()))
    assert len(every) > 1_000
    found = 0
    for text in every:
        same(read, Indexed(index), text, frozenset())
        found += bool(naming.named(read, text, frozenset()))
    assert found > 100
    labels = [text for (text,) in index.select("SELECT text FROM text ORDER BY text")]
    for text in map(str, labels[::5]):
        same(read, Indexed(index), text, spelling.forms(text))


def test_the_index_knows_what_a_reading_of_a_made_graph_knows(made: Local, indexed: Index) -> None:
    read = naming.load(made)
    chance = Random(5)
    named = 0
    for _ in range(500):
        text = some(chance, 12)
        known = spelling.forms(some(chance, 3)) if chance.random() < 0.5 else frozenset()
        same(read, Indexed(indexed), text, known)
        named += bool(naming.named(read, text, known))
    assert named > 50
    few = Indexed(indexed).rare(read.speakers)
    assert few
    assert few == {word for word, speakers in read.speakers.items() if 1 <= len(speakers) <= 6}


def test_nothing_is_asked_of_the_engine_where_there_is_an_index(
    opened: Catalogue, index: Index
) -> None:
    assert opened.indexes.made() is index
    found = Source(Silent(), opened.indexes.ready)()  # type: ignore[arg-type]
    bbbc = "does BBBC take images"
    assert naming.named(found, bbbc, frozenset())
    assert found.rare(["ground", "data"]) == {"ground"}


def test_until_there_is_an_index_the_graph_is_read_once(opened: Catalogue, index: Index) -> None:
    later = Later(index)
    source = Source(opened.engine, later.ready)
    first = source()
    assert isinstance(first, Read)
    assert source() is first
    later.there = True
    assert isinstance(source(), Indexed)
    later.there = False
    assert source() is not first


class Silent:
    """An engine that nobody may ask."""

    def answer(self, query: Query, _: str) -> bytes:
        raise AssertionError(query.text)


class Later(Indexes):
    """Of a service whose index comes while it is asked."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.there = False

    def ready(self) -> Index | None:
        return self.index if self.there else None
