"""What the addresses of two entries say of them."""

from collections.abc import Iterator

from fingerpost.registries.linking.addresses import Address
from fingerpost.registries.linking.corpus import Corpus, Known


def evidence(left: Known, right: Known, corpus: Corpus) -> Iterator[tuple[str, float]]:
    """Yield how near two addresses are, each figure by how few entries have the same."""
    yield "called", max(_called(left.address, right), _called(right.address, left))
    mine, yours = left.address, right.address
    if not mine or not yours:
        return
    host = 1 / corpus.hosts.get(mine.host, 1) ** 0.5
    yield "same_place", (mine == yours) / corpus.places.get(mine.whole, 1)
    yield "near_place", (mine.within(yours) or yours.within(mine)) * host
    yield "same_host", (mine.host == yours.host) * host
    if mine.domain == yours.domain:
        yield "same_domain", 1 / corpus.domains.get(mine.domain, 1) ** 0.5


def _called(place: Address | None, one: Known) -> float:
    """Return how many letters, of 6 and more, has a word in an address that is a name."""
    if not place:
        return 0.0
    said = {word.replace("-", "").replace("_", "") for word in place.spoken}
    found = (len(form.key) for form in one.forms if len(form.key) > 2 and form.key in said)
    return min(1.0, max(found, default=0) / 6)
