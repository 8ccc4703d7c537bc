"""Of very many names a few are held against what is asked, and the one that is meant is there."""

from random import Random

from fingerpost.reconcile import likely
from fingerpost.reconcile.likely import Likely

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


def test_few_names_are_all_likely() -> None:
    assert Likely(WORDS).to("anything") == tuple(WORDS)


def test_of_many_names_the_misspelt_one_is_among_a_few() -> None:
    names = many()
    few = Likely(names)
    chance = Random(12)
    asked = [(name, slipped(name, chance)) for name in chance.sample(names, 200)]
    found = [few.to(text) for _, text in asked]
    assert max(map(len, found)) < len(names) / 2
    assert sum(name in each for (name, _), each in zip(asked, found, strict=True)) >= 196


def test_short_names_are_found_though_no_piece_of_them_is_left() -> None:
    assert "ols" in Likely(many()).to("los")
    assert "bioimage archive" in Likely(many()).to("bioimgae archvie")
