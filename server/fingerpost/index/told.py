"""What is said of one thing, as it is read from an engine or from files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fingerpost.graph.vocabulary import LABEL, kind_and_slug, term

PROPERTIES = {
    term(one).value: one
    for one in (
        "dct:description", "dct:isReplacedBy", "dct:license", "dct:modified", "dct:source",
        "fp:access", "fp:allowsEmbargo", "fp:concernsData", "fp:cost", "fp:country",
        "fp:dataStage", "fp:eligibleInstitution", "fp:endedNotLaterThan", "fp:endedOn",
        "fp:forData", "fp:formerName", "fp:hostedBy", "fp:inPhase", "fp:inferredSuccessor",
        "fp:licenceChoice", "fp:mintsIdentifier", "fp:offersTechnique", "fp:onlyFor",
        "fp:operatedBy", "fp:personalData", "fp:providedBy", "fp:recommends",
        "fp:registryIdentifier", "fp:repositoryScope", "fp:sizeLimit", "fp:standardType",
        "fp:startedOn", "fp:status", "fp:strength", "fp:supersededOn", "fp:takesFormat",
        "fp:takesStandard", "fp:underCondition", "fp:usedIn", "rdf:type", "schema:url",
        "skos:altLabel", "skos:broader", "skos:definition", "skos:exactMatch", "skos:prefLabel",
    )
}  # fmt: skip
"""What is read: the IRIs of properties → their prefixed names."""

Values = Mapping[str, Sequence[str]]
"""Property, a prefixed name → values in order."""
_NAME = PROPERTIES[LABEL.value]
_DESCRIPTION = "dct:description"


class Statement(NamedTuple):
    """A property of a thing by its IRI, a value; whether the merge says so, or only some graph."""

    property: str
    value: str
    language: str
    merged: bool


@dataclass(frozen=True)
class Told:
    """A thing, and what is said of it; of several names in English it has the last.

    `stated` has what some graph says and the merge does not: what held once.
    """

    iri: str
    name: str = ""
    description: str = ""
    said: Values = field(default_factory=dict)
    stated: Values = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of a record or concept, by its IRI."""
        return (kind_and_slug(self.iri) or ("",))[0]

    @property
    def named(self) -> bool:
        """Whether it has a name, in any language."""
        return _NAME in self.said

    def of(self, property_: str) -> Sequence[str]:
        """Return the values of a property."""
        return self.said.get(property_, ())

    def ever(self, property_: str) -> Sequence[str]:
        """Return the values of a property, those too that hold no longer."""
        return (*self.of(property_), *self.stated.get(property_, ()))


def told(iri: str, statements: Iterable[Statement]) -> Told:
    """Return what some statements say of a thing."""
    said: dict[str, list[str]] = defaultdict(list)
    stated: dict[str, list[str]] = defaultdict(list)
    english = {_NAME: "", _DESCRIPTION: ""}
    for property_, value, language, merged in statements:
        name = PROPERTIES.get(property_)
        if name is None:
            continue
        (said if merged else stated)[name].append(value)
        if merged and name in english and language == "en":
            english[name] = max(english[name], value)
    return Told(iri, english[_NAME], english[_DESCRIPTION], _in_order(said), _in_order(stated))


def _in_order(values: dict[str, list[str]]) -> Values:
    for found in values.values():
        if len(found) > 1:
            found.sort()
    return values
