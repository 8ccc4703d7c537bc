"""What a question asks for: the kind of resource, and the phase."""

from collections.abc import Iterator

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import kinds, phases
from fingerpost.recommend.finding import Finding, Scan
from fingerpost.recommend.subjects import Subjects
from fingerpost.recommend.words import words


def every_kind(scan: Scan) -> list[Finding]:
    """Return the kinds of resource asked for, not those where the data came from."""
    found = []
    for one in scan.found("kind", kinds.KINDS):
        if scan.denied(one.span.start, kinds.NOT_WANTED):
            continue
        if one.value in kinds.ORIGINS and _comes_from(scan, one.span):
            continue
        weight = one.weight + scan.asked(one.span.start) + 2 * _heads(scan, one.span)
        found.append(Finding("kind", one.value, one.span, weight))
    return found


def _heads(scan: Scan, span: range) -> bool:
    """Return whether a question begins with a thing and what it is for."""
    after = scan.words.words[span.stop : span.stop + 1]
    return span.start == 0 and any(word.plain in kinds.FOR for word in after)


def _comes_from(scan: Scan, span: range) -> bool:
    """Return whether a thing is where data came from, as in "from our core facility"."""
    for before in range(span.start - 1, max(span.start - 4, -1), -1):
        word = scan.words.words[before].plain
        if scan.words.words[before + 1].breaks or word in kinds.ASKED:
            return False
        if word in kinds.FROM:
            return True
    return False


def phase_and_kind(scan: Scan, kind: list[Finding], about: Subjects) -> Iterator[Finding]:
    """Yield the kind that is asked for most plainly, and the phase that is or that it suggests."""
    wanted = [one for one in kind if not about.claimed.issuperset(one.span)]
    chosen = max(wanted, key=lambda one: (one.weight, -one.span.start), default=None)
    if chosen:
        yield chosen
    said = _phase(scan, about)
    if said:
        yield said
    elif chosen and chosen.value in kinds.KIND_PHASE:
        yield Finding("phase", _phase_iri(kinds.KIND_PHASE[chosen.value]), chosen.span)


def _phase(scan: Scan, about: Subjects) -> Finding | None:
    """Return the phase that is asked for most plainly; what has been done already counts least."""
    found = []
    for one in scan.found("phase", phases.PHASES):
        wanted = phases.WANTED.fullmatch(scan.before(one.span.start))
        if about.claimed.issuperset(one.span) and not wanted:
            continue
        if scan.denied(one.span.start, phases.NOT_WANTED):
            continue
        found.append((_wanted(scan, one), -one.span.start, one))
    if not found:
        return None
    best = max(found, key=lambda each: each[:2])[2]
    return Finding("phase", _phase_iri(best.value), best.span)


def phase(text: str) -> str | None:
    """Return the IRI of the phase that a few words such as "make it public" name."""
    scan = Scan(words(text))
    every = {at for at, word in enumerate(scan.words.words) if word.plain != "data"}
    found = [one for one in scan.found("phase", phases.PHASES) if every <= set(one.span)]
    best = max(found, key=lambda one: one.weight, default=None)
    return _phase_iri(best.value) if best else None


def _wanted(scan: Scan, one: Finding) -> float:
    """Return how plainly a phase is asked for."""
    last = scan.words.words[one.span[-1]].plain
    before = scan.before(one.span.start)
    asked = scan.asked(one.span.start)
    if len(one.span) == 1 and phases.PAST.fullmatch(last):
        return one.weight + 2 if before in phases.PASSIVE else one.weight / 10 + asked
    wanted = not before or phases.WANTED.fullmatch(before)
    return one.weight + 2 * bool(wanted) + asked


def _phase_iri(slug: str) -> str:
    return f"{IDS}phase/{slug}"
