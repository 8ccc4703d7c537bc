"""What a question may name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """What a question may name: IRI, class (or scheme) as a prefixed name, preferred name.

    It is a data type, technique, phase, condition, audience or organization.

    `personal` says that such data are personal data as a rule.
    """

    iri: str
    class_: str
    name: str
    personal: bool = False

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rpartition("/")[2]
