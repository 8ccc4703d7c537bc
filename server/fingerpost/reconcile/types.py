"""The types that a search can be narrowed to: classes of the ontology, each with its name."""

from collections.abc import Iterable, Sequence

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import PREFIXES
from fingerpost.reconcile.entities import CLASSES, CONCEPTS, classes
from fingerpost.suggest import suggestion

_WIDE = {"Resource": "Resource", "Concept": "Concept"}
NAMES = _WIDE | {class_: kind.replace("-", " ").capitalize() for kind, class_ in CLASSES.items()}
"""Id of a type → its name."""
_DESCRIBED = {
    "Resource": "Whatever a researcher can use, of any kind.",
    "Concept": "Types of data, techniques and phases.",
}
_BY_KIND = {kind.casefold(): class_ for kind, class_ in CLASSES.items()}
_BY_ID = {class_.casefold(): class_ for class_ in NAMES}


def known(text: str) -> str:
    """Return the id of a type that is named by its id, its IRI, a prefixed name or a kind.

    Raises:
        BadParameter: there is no such type.
    """
    plain = text.strip().removeprefix(PREFIXES["fp"]).removeprefix("fp:").casefold()
    found = _BY_ID.get(plain) or _BY_KIND.get(plain.replace(" ", "-"))
    if found is None:
        raise BadParameter(f'There is no type "{text[:60]}". {suggestion(text, NAMES)}')
    return found


def shown(class_: str) -> dict[str, str]:
    """Return a type by id and name."""
    return {"id": class_, "name": NAMES[class_]}


def described(class_: str) -> dict[str, object]:
    """Return a type with the broader one that it belongs to."""
    kind = next((kind for kind, one in CLASSES.items() if one == class_), "")
    broader = [shown(one) for one in classes(kind)[1:]] if kind else []
    told = {"description": _DESCRIBED[class_]} if class_ in _DESCRIBED else {}
    return {**shown(class_), **told, **({"broader": broader} if broader else {})}


def of(kind: str) -> list[dict[str, str]]:
    """Return the types of a kind, the narrowest first."""
    return [shown(one) for one in classes(kind)]


def of_concepts(class_: str) -> bool:
    """Say whether a type has concepts."""
    return class_ == "Concept" or class_ in CONCEPTS.values()


def fit(kind: str, wanted: Iterable[str], strict: str) -> bool:
    """Say whether a kind is of all types that are wanted, or of one of them."""
    own = set(classes(kind))
    return own.issuperset(wanted) if strict == "all" else not own.isdisjoint(wanted)


def kinds(wanted: Sequence[str]) -> list[str]:
    """Return the kinds that are of one of some types; all where none is wanted."""
    return [kind for kind in CLASSES if not wanted or fit(kind, wanted, "any")]
