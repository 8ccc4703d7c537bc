"""Texts and values as they are compared: names without case, values by what they name."""

from collections.abc import Iterable, Iterator

from fingerpost.recommend.places import country_of
from fingerpost.reconcile import identifying
from fingerpost.reconcile.properties import Form, Property, Value


def written(text: str) -> str:
    """Return a name as it is compared where it must be the same: without case and spacing."""
    return " ".join(text.casefold().replace("‐", "-").replace("’", "'").split())


def of(value: Value, form: Form) -> tuple[str, ...]:
    """Return what a value is found by: its text, and what it names by IRI, code or slug."""
    if form == "address":
        return (identifying.page(value.text) or written(value.text),)
    if form == "identifier":
        return (written(value.text), identifying.local(value.text))
    key = written(value.key)
    return (written(value.text), key, key.rpartition("/id/")[2], key.rpartition("/")[2])


def wanted(texts: Iterable[str], property_: Property) -> frozenset[str]:
    """Return what somebody looks for who gives these texts for a property."""
    return frozenset(key for text in texts for key in _wanted(text, property_) if key)


def _wanted(text: str, property_: Property) -> Iterator[str]:
    if property_.form == "address":
        yield identifying.page(text) or written(text)
        return
    yield written(text)
    if property_.form == "identifier":
        yield from identifying.keys(text)
    if property_.id == "country":
        yield written(country_of(text) or "")
