"""What any registry says of a thing, in one form, and what of it cannot be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One record of a registry. `id` and `identifiers` are CURIEs with prefixes of Bioregistry.

    What a registry does not say is empty; nothing is made up in its place. `kind`, `status`,
    `access` and `subjects` are the registry's own words; `countries` are as it names them;
    `modified` is a day (ISO 8601).
    """

    id: str
    name: str
    alt_names: tuple[str, ...] = ()
    homepage: str = ""
    description: str = ""
    kind: str = ""
    status: str = ""
    access: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    modified: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the alternative ones."""
        return (self.name, *self.alt_names)


@dataclass(frozen=True)
class Broken:
    """A record that cannot be taken: which, the field that is to blame, and what is wrong."""

    record: str
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.record}, {self.field}" if self.field else self.record
        return f"{where}: {self.message}"


Found = Entry | Broken
"""What a reader makes of a record."""
