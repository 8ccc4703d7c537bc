"""What a repository asks for and gives: formats, standards, identifiers, licences, access."""

from dataclasses import dataclass

from fingerpost.graph.vocabulary import local_name
from fingerpost.queries.service import SavedQueries
from fingerpost.route.ranking import Ranked

_TAKEN = {"takesStandard": "standard", "takesFormat": "format"}


@dataclass(frozen=True)
class Value:
    """One value of the property `about`: as in the graph, its name, its address, its source."""

    about: str
    value: str
    name: str
    address: str
    source: str

    @property
    def kind(self) -> str:
        """The kind of record that a standard or format is."""
        return _TAKEN.get(self.about, "")


@dataclass(frozen=True)
class Deposit:
    """A repository, and every value of the saved query `recommend/deposit`."""

    resource: str
    name: str
    values: tuple[Value, ...]

    @property
    def taken(self) -> tuple[Value, ...]:
        """The standards and formats that it asks for, each once."""
        found = {one.value: one for one in reversed(self.values) if one.kind}
        return tuple(reversed(found.values()))

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property (its local name), each once."""
        return tuple(dict.fromkeys(one.value for one in self.values if one.about == name))

    def first(self, name: str) -> str | None:
        """Return the first value of a property, or None."""
        return next(iter(self.all(name)), None)


def find(one: Ranked, queries: SavedQueries) -> Deposit:
    """Return what a repository among the ranked asks for and gives."""
    rows = queries.rows("recommend/deposit", {"repository": one.resource})
    values = tuple(
        Value(
            about=local_name(row["property"]),
            value=row["value"],
            name=row.get("valueName") or row["value"],
            address=row.get("address", ""),
            source=row["source"],
        )
        for row in rows
    )
    return Deposit(one.resource, one.name, values)
