"""bio.tools' descriptions of tools, from its API (https://biotools.readthedocs.io), CC BY 4.0.

A page of a list, a list, or one tool. Credits name persons, and are never read.
"""

import re
from collections.abc import Iterator

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import documents
from fingerpost.registries.entry import Entry, Found
from fingerpost.registries.values import Values, WrongValue, day, prose, taken, unique

PREFIX = "biotools"
_LOCAL = re.compile(r"[\w.-]+", re.ASCII)
_PREFIXES = re.compile(r"^(?:biotools:|https?://bio\.tools/)+", re.IGNORECASE)
_RRID = re.compile(r"^(?:rrid:)+\s*", re.IGNORECASE)
_DOI = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)+(?=10\.)", re.IGNORECASE)


def entries(data: bytes) -> Iterator[Found]:
    """Yield the tools of a response.

    Raises:
        NotOfRegistry: it is none of bio.tools', but an error, for example.
    """
    found = documents.whole(data)
    if isinstance(found, dict) and isinstance(found.get("list"), list):
        found = found["list"]
    elif isinstance(found, dict) and "biotoolsID" in found:
        found = [found]
    if not isinstance(found, list):
        told = found.get("detail", "no list") if isinstance(found, dict) else "no list"
        raise NotOfRegistry(f"This is no page of bio.tools' tools: {told}")
    yield from taken(found, "tool", "JSON object", _entry, key="biotoolsID")


def _entry(tool: Values) -> Entry:
    name = tool.needed("name")
    return Entry(
        id=f"{PREFIX}:{_local(tool)}",
        name=name,
        homepage=tool.text("homepage"),
        description=prose(tool.text("description")),
        kind=", ".join(tool.texts("toolType")),
        status=tool.text("maturity"),
        access=tool.texts("accessibility"),
        subjects=unique(topic.text("term") for topic in tool.each("topic")),
        identifiers=unique(map(_identifier, tool.each("otherID"))),
        modified=day(tool.text("lastUpdate")),
    )


def _local(tool: Values) -> str:
    """Return the identifier, which has no case in bio.tools, as it is written there."""
    local = _PREFIXES.sub("", tool.text("biotoolsID") or tool.text("biotoolsCURIE"))
    if not _LOCAL.fullmatch(local):
        raise WrongValue("biotoolsID", "this is missing, or no identifier of bio.tools.")
    return local


def _identifier(other: Values) -> str:
    """Return an identifier elsewhere as a CURIE; empty where it has no prefix here."""
    value, kind = other.text("value"), other.text("type").lower()
    doi = _DOI.sub("", value)
    if doi.startswith("10."):
        return f"doi:{doi}"
    if kind == "rrid" or _RRID.match(value):
        return f"rrid:{_RRID.sub('', value)}"
    if _PREFIXES.match(value):
        return f"{PREFIX}:{_PREFIXES.sub('', value)}"
    return ""
