"""What people and sources call data finds its concept, in 98 of 100 cases."""

from collections import Counter

from fingerpost.catalogue import Catalogue
from recommend.phrasings import figure, missed, rows


def test_phrasings_find_their_concepts(opened: Catalogue) -> None:
    wrong = missed(opened)
    print(f"\n{figure(opened)}")
    assert len(wrong) <= 0.02 * len(rows()), "\n".join(wrong)


def test_there_are_enough_phrasings_and_each_is_told_once() -> None:
    counted = Counter((row["phrase"].casefold(), row["class"]) for row in rows())
    assert [phrase for phrase, times in counted.items() if times > 1] == []
    assert len(counted) >= 320
