"""Whether one entry is plainly a part of another: a version, a species, a database in a portal."""

from dataclasses import dataclass

from fingerpost.registries.linking import conflicts
from fingerpost.registries.linking.corpus import Corpus, Known
from fingerpost.registries.linking.names import Form

_RARE = 0.5
"""How rare the name of a whole must be to be known in the name of a part."""
_FEW = 3
"""The most entries at a host whose part and whole are told apart by their addresses."""


PLAIN = 0.8
"""How sure it is that a plain part is one."""
_ALSO = ("its address is the same or below", "its description names the other")


@dataclass(frozen=True)
class Part:
    """Why an entry is a part of another, and how sure that is, from 0 to 1."""

    confidence: float
    reasons: tuple[str, ...]


def part(one: Known, other: Known, corpus: Corpus) -> Part | None:
    """Return why the first is a part of the second; None where the evidence is not plain.

    Plain are three together: the name of the part is that of the whole and a word that says which
    part, its address is the same or below, and its description names the whole.
    """
    if not one.forms or not _below(one, other, corpus):
        return None
    whole = next((form for form in other.whole if _holds(one.forms[0], form, corpus)), None)
    if whole is None or f" {' '.join(whole.words)} " not in one.text:
        return None
    rest = [word for word in one.forms[0].words if word not in whole.words]
    which = conflicts.qualifiers(rest, corpus)
    if not which or not other.words.isdisjoint(which):
        return None
    return Part(PLAIN, (f"its name is that of the other and {' '.join(which)}", *_ALSO))


def _holds(name: Form, whole: Form, corpus: Corpus) -> bool:
    """Say whether a name begins or ends with that of a whole, and has more words."""
    mine, theirs = name.words, whole.words
    size = len(theirs)
    if size >= len(mine) or corpus.rarity(whole) < _RARE:
        return False
    return theirs in (mine[:size], mine[-size:])


def _below(one: Known, other: Known, corpus: Corpus) -> bool:
    mine, yours = one.address, other.address
    if not mine or not yours or mine.domain != yours.domain:
        return False
    if mine.within(yours):
        return bool(yours.path) or corpus.hosts.get(yours.host, 1) <= _FEW
    few = corpus.domains.get(yours.domain, 1) <= _FEW
    return few and not yours.path and mine.host.endswith(f".{yours.host}")
