"""What a few letters may be the beginning of: the likeliest names first."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """A thing that may be meant, with all its labels in lower case."""

    iri: str
    name: str
    labels: tuple[str, ...]

    def fit(self, text: str) -> int | None:
        """Return how well it begins like `text`, 0 best; None if it does not at all."""
        name = self.name.lower()
        found = [
            name.startswith(text),
            any(one.startswith(text) for one in self.labels),
            any(f" {text}" in f" {one}".replace("-", " ") for one in self.labels),
            any(text in one for one in self.labels),
        ]
        return found.index(True) if True in found else None


def offer(iri: str, name: str, others: Iterable[str]) -> Offer:
    """Return a thing with its names."""
    return Offer(iri, name, tuple(one.lower() for one in (name, *others)))


def best(offers: Iterable[Offer], text: str, most: int) -> list[Offer]:
    """Return at most so many of the things whose labels go on from what is typed."""
    typed = " ".join(text.lower().split())
    together = {one.iri: one for one in offers}
    ranked = sorted(
        (fit, len(one.name), one.name.lower(), one.iri)
        for one in together.values()
        if typed and (fit := one.fit(typed)) is not None
    )
    return [together[iri] for *_, iri in ranked[:most]]
