"""re3data's descriptions of repositories, in its schemas 2.2, 3.0 and 4.0 (https://doi.org/10.48440/re3.010).

The schemas differ in the case of `URL`, and in whether a value is text or has parts. Contacts are
left out: some are persons'.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import bioregistry, documents, notices
from fingerpost.registries.entry import Entry, Found
from fingerpost.registries.values import WrongValue, broken, clean, day, prose, unique

PREFIX = "re3data"
_LOCAL = re.compile(r"r3d1[0-9]{8}", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_REGISTRIES = (
    (
        re.compile(
            r"FAIRsharing[._:](?:doi:)?(?:10\.25504/)?(?:FAIRsharing\.)?([a-z0-9]+)", re.IGNORECASE
        ),
        "fairsharing:FAIRsharing.{}",
    ),
    (re.compile(r"RRID:((?:SCR|nlx|nif|OMICS)[_-][A-Za-z0-9_-]+)", re.IGNORECASE), "rrid:{}"),
    (re.compile(r"(?:https?://)?ror\.org/(0[a-z0-9]{8})", re.IGNORECASE), "ror:{}"),
    (re.compile(r"wikidata[^Q]*(Q[0-9]+)", re.IGNORECASE), "wikidata:{}"),
)
"""How identifiers of other registries are written → the CURIE."""


def entries(data: bytes) -> Iterator[Found]:
    """Yield the repositories of a document.

    Raises:
        NotOfRegistry: it is neither XML nor JSON, or describes no repository.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _snapshot(data)
        return
    found = [one for one in documents.xml(data).iter() if _tag(one) == "repository"]
    if not found:
        raise NotOfRegistry("This XML describes no repository of re3data.")
    for number, one in enumerate(found, 1):
        try:
            yield _entry(one)
        except WrongValue as fault:
            name = next(iter(_texts(one, "repositoryname")), "without a name")
            yield broken(f"repository {number} ({name})", fault)


def _snapshot(data: bytes) -> Iterator[Found]:
    found = documents.whole(data)
    if not isinstance(found, dict) or not bioregistry.is_re3data(found):
        raise NotOfRegistry("This JSON describes no repository of re3data.")
    return bioregistry.re3data(found)


def _entry(node: ElementTree.Element) -> Entry:
    told = next(iter(_texts(node, "description")), "")
    name, *others = (*_texts(node, "repositoryname"), *_texts(node, "additionalname")) or ("",)
    if not name:
        raise WrongValue("repositoryName", "this is missing.")
    return Entry(
        id=_id(node),
        name=name,
        alt_names=tuple(one for one in unique(others) if one != name),
        homepage=next(iter(_texts(node, "repositoryurl")), ""),
        description=prose(told),
        kind="repository",
        status=_status(node) or notices.re3data(told),
        access=_below(node, "databaseaccess", "databaseaccesstype"),
        subjects=unique((*_subjects(node), *_texts(node, "keyword"))),
        countries=_below(node, "institution", "institutioncountry"),
        identifiers=_identifiers(node),
        modified=day(next(iter(_texts(node, "lastupdate")), "")),
    )


def _id(node: ElementTree.Element) -> str:
    said = (
        *_texts(node, "re3data.orgidentifier"),
        *_below(node, "identifiers", "re3data"),
    )
    match = next(filter(None, map(_LOCAL.search, said)), None)
    if not match:
        raise WrongValue("re3data identifier", "r3d1 and eight digits are missing.")
    return f"{PREFIX}:{match.group().lower()}"


def _status(node: ElementTree.Element) -> str:
    """Return `closed` or `offline` with the day; empty for a repository that has not ended."""
    for child in _children(node, "enddate"):
        ended = [(_tag(one), clean(one.text or "")) for one in child] or [
            ("closed", clean(child.text or ""))
        ]
        for how, when in ended:
            if when:
                return f"{how} {day(when) or when}"
    return ""


def _identifiers(node: ElementTree.Element) -> tuple[str, ...]:
    said = (
        *_texts(node, "repositoryidentifier"),
        *_below(node, "repositoryidentifier", "repositoryidentifiervalue"),
    )
    own = (match.group() for match in map(_DOI.search, _below(node, "identifiers", "doi")) if match)
    return unique((*(f"doi:{one}" for one in own), *map(_curie, said)))


def _curie(text: str) -> str:
    for pattern, curie in _REGISTRIES:
        if match := pattern.search(text):
            return curie.format(match.group(1))
    return ""


def _subjects(node: ElementTree.Element) -> Iterator[str]:
    """Yield subjects: `2 Life Sciences` in 2.2, an id and a name in later schemas."""
    for child in _children(node, "subject"):
        yield from _texts(child, "subjectname")
        yield clean((child.text or "").lstrip("0123456789 "))


def _below(node: ElementTree.Element, above: str, tag: str) -> tuple[str, ...]:
    return unique(text for child in _children(node, above) for text in _texts(child, tag))


def _texts(node: ElementTree.Element, tag: str) -> tuple[str, ...]:
    return unique(clean(child.text or "") for child in _children(node, tag))


def _children(node: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return (child for child in node if _tag(child) == tag)


def _tag(node: ElementTree.Element) -> str:
    """Return a name without its namespace, in lower case."""
    return str(node.tag).rpartition("}")[2].lower()
