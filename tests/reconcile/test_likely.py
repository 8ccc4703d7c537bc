"""Of very many names a few are held against what is asked, and the one that is meant is there."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from fingerpost.index.kept import Index
from fingerpost.reconcile import likely

WORDS = [
    f"{first}{second}"
    for first in "ba ko lim ser tun vol gra pel nid mar".split()
    for second in "rex dan tor lus nim fay gol wen pik sam".split()
]


def many() -> list[str]:
    chance = Random(11)
    drawn = (
        " ".join([*chance.sample(WORDS, chance.choice([1, 2, 3])), str(number)])
        for number in range(likely.ALL + 2_000)
    )
    return [*drawn, "ols", "bioimage archive"]


def slipped(name: str, chance: Random) -> str:
    at = chance.randrange(len(name))
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    return chance.choice([name[:at] + name[at + 1 :], name[:at] + "x" + name[at + 1 :], swapped])


def kept(path: Path, names: Sequence[str]) -> Index:
    with closing(sqlite3.connect(path)) as writing:
        writing.executescript(likely.TABLES)
        writing.executemany(
            "INSERT OR IGNORE INTO word (concepts, text) VALUES (0, ?)", ((one,) for one in names)
        )
        likely.fill(writing)
        writing.commit()
    return Index(path)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return kept(tmp_path_factory.mktemp("likely") / "many.sqlite", many())


def test_few_names_are_all_likely(tmp_path: Path) -> None:
    index = kept(tmp_path / "few.sqlite", WORDS)
    assert likely.to(index, "anything", concepts=False) == tuple(WORDS)
    assert likely.to(index, "anything", concepts=True) == ()


def test_of_many_names_the_misspelt_one_is_among_a_few(few: Index) -> None:
    names = many()
    chance = Random(12)
    asked = [(name, slipped(name, chance)) for name in chance.sample(names, 200)]
    found = [likely.to(few, text, concepts=False) for _, text in asked]
    assert max(map(len, found)) < len(names) / 2
    assert sum(name in each for (name, _), each in zip(asked, found, strict=True)) >= 196


def test_short_names_are_found_though_no_piece_of_them_is_left(few: Index) -> None:
    assert "ols" in likely.to(few, "los", concepts=False)
    assert "bioimage archive" in likely.to(few, "bioimgae archvie", concepts=False)
