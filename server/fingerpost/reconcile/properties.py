"""What is told of a thing in columns of a table, and what narrows a search for it."""

from dataclasses import dataclass
from typing import Literal

from fingerpost.graph.identifiers import NAMES

Form = Literal["text", "thing", "address", "identifier", "day"]

IDENTIFIER = "fp:registryIdentifier"
"""The property whose values are CURIEs; each registry's are a column of their own."""
REGISTRIES = NAMES | {"doi": "DOI"}
"""Prefix of an identifier → the registry's own name."""
CONCERNING = frozenset({"address", "identifier"})
"""Forms of a value that only one thing should have."""


@dataclass(frozen=True)
class Value:
    """A text; `key` is the IRI or the code of what it names, where it names something."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class Property:
    """A column: its id and name, what it says, the form of its values.

    `class_` is the local name of the class that its things have.
    """

    id: str
    name: str
    description: str
    said: tuple[str, ...] = ()
    form: Form = "text"
    class_: str = ""


PROPERTIES = (
    Property("homepage", "Home page", "Its own page on the web.", ("schema:url",), "address"),
    Property("status", "Status", "Active, ended, superseded or planned.", ("fp:status",)),
    Property("access", "Access", "How it is reached: open, controlled …", ("fp:access",)),
    Property("country", "Country", "Where it is; also by its code.", ("fp:country",)),
    Property("kind", "Kind", "The kind of resource, such as repository."),
    Property(
        "dataType", "Types of data", "The data that it is for.", ("fp:concernsData",),
        "thing", "DataType",
    ),
    Property(
        "phase", "Phases", "The phases of the data's life that it is for.", ("fp:usedIn",),
        "thing", "Phase",
    ),
    Property(
        "technique", "Techniques", "The techniques that it offers.", ("fp:offersTechnique",),
        "thing", "Technique",
    ),
    Property(
        "operator", "Operator", "Who runs it.", ("fp:operatedBy",), "thing", "Organization"
    ),
    Property("provider", "Provider", "Who offers it.", ("fp:providedBy",), "thing", "Organization"),
    Property("host", "Host", "Whose house it is in.", ("fp:hostedBy",), "thing", "Organization"),
    Property(
        "licence", "Licence", "Licences that it has or gives a choice of.",
        ("dct:license", "fp:licenceChoice"),
    ),
    Property("cost", "Cost", "Free of charge, or not.", ("fp:cost",)),
    Property("personalData", "Personal data", "What it does with them.", ("fp:personalData",)),
    Property("alternativeName", "Alternative names", "Other names.", ("skos:altLabel",)),
    Property("formerName", "Former names", "Names that it had.", ("fp:formerName",)),
    Property(
        "successor", "Successor", "What took its place.",
        ("dct:isReplacedBy", "fp:inferredSuccessor"), "thing", "Resource",
    ),
    Property("broader", "Broader", "The broader concept.", ("skos:broader",), "thing"),
    Property(
        "description", "Description", "What it is.", ("dct:description", "skos:definition")
    ),
    Property("modified", "Modified", "When the record last changed.", ("dct:modified",), "day"),
)  # fmt: skip
"""Every property but the identifiers, whose registries the graph tells."""
SAID = {term: one.id for one in PROPERTIES for term in one.said} | {IDENTIFIER: ""}
"""Property of the graph → the id of the column that it fills."""


def identifier(prefix: str) -> Property:
    """Return the column of a registry's identifiers."""
    name = REGISTRIES.get(prefix, prefix)
    told = f"Its identifier in {name}, with the prefix {prefix}."
    return Property(prefix, f"{name} identifier", told, (IDENTIFIER,), "identifier")
