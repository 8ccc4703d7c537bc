"""What speaks for two entries being the same thing, and what against it, each from 0 to 1."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from fingerpost.registries.linking import conflicts, naming, placing, telling
from fingerpost.registries.linking.corpus import Corpus, Known


@dataclass(frozen=True)
class Evidence:
    """The evidence about a pair. Each figure is 0 where it says nothing."""

    same_name: float = 0.0
    """A whole name of both is equal; by how rare and long it is."""
    same_core: float = 0.0
    """A name of both is equal but for words of sort, such as database; by how rare it is."""
    same_head: float = 0.0
    """What stands before the colon of a name of one is a name of the other."""
    main_apart: float = 0.0
    """The first name of each, if long, has rare words that the other's lacks."""
    same_piece: float = 0.0
    """A piece of a name of one is a name, or a piece, of the other."""
    similar: float = 0.0
    """The words of the most similar names, weighed, that both have."""
    contained: float = 0.0
    """The rare words of the shorter name are all in the longer one."""
    same_place: float = 0.0
    """The addresses are equal, by how few entries have it."""
    near_place: float = 0.0
    """One address is below the other."""
    same_host: float = 0.0
    """The host is the same, by how few entries have it; the paths differ."""
    same_domain: float = 0.0
    """The domain is the same, by how few entries have it; the hosts differ."""
    called: float = 0.0
    """A word in the address of one is a name of the other; by its letters."""
    named_in_text: float = 0.0
    """The description of one names the other by a rare name."""
    begins: float = 0.0
    """The description of one begins with a name of the other."""
    untold: float = 0.0
    """One has no description, so that it cannot be alike."""
    told_alike: float = 0.0
    """The cosine of the words of their descriptions."""
    extra: float = 0.0
    """One name has rare words that the other lacks."""
    other_number: float = 0.0
    """The names differ in a number: a version, a part."""
    other_sort: float = 0.0
    """One is called a standard, the other a place where data are."""
    other_kin: float = 0.0
    """The names have different species."""
    other_land: float = 0.0
    """The countries of names and addresses differ."""
    one_land: float = 0.0
    """Only one name has a country, and it is not the other's."""
    other_owner: float = 0.0
    """A word is in the name and host of one, in neither of the other, at different domains."""

    def figures(self) -> tuple[float, ...]:
        """Return the figures in order."""
        return tuple(getattr(self, one.name) for one in fields(self))


Figures = Mapping[str, float]
NAMES = tuple(one.name for one in fields(Evidence))


def compare(left: Known, right: Known, corpus: Corpus) -> Evidence:
    """Return what speaks for a pair, and what against it."""
    return read(glimpse(left, right, corpus), left, right, corpus)


def glimpse(left: Known, right: Known, corpus: Corpus) -> Figures:
    """Return what names and addresses say of a pair: cheap, and enough to drop most of them."""
    return {
        **dict(naming.evidence(left, right, corpus)),
        **dict(placing.evidence(left, right, corpus)),
        **dict(conflicts.evidence(left, right, corpus)),
    }


def read(seen: Figures, left: Known, right: Known, corpus: Corpus) -> Evidence:
    """Return the evidence of a pair that has been glimpsed, with what the descriptions say."""
    return Evidence(**seen, **dict(telling.evidence(left, right, corpus)))
