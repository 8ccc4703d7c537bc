"""FAIR Signposting, levels 1 and 2 (profile of 2023-10-02), and link sets (RFC 9264)."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from fingerpost.publish import places, schema_org
from fingerpost.publish.places import PROJECT
from fingerpost.publish.record import Record

LINKSET = "application/linkset+json"
LICENCE = "https://spdx.org/licenses/CC0-1.0"
"""The licence of the data as signposts name it."""

_PAGE = "https://schema.org/AboutPage"
Json = dict[str, object]


@dataclass(frozen=True)
class Link:
    """A link of a context; `type` is the media type of what it leads to, where that matters."""

    relation: str
    target: str
    type: str = ""
    profile: str = ""

    def __str__(self) -> str:
        """Write it as a header has it (RFC 8288), without blanks: some readers take none."""
        parts = [f"<{self.target}>", f'rel="{self.relation}"']
        parts += [f'type="{self.type}"'] if self.type else []
        parts += [f'profile="{self.profile}"'] if self.profile else []
        return ";".join(parts)

    def markup(self) -> str:
        """Write it as an element in the head of a page."""
        parts = [f'rel="{escape(self.relation)}"', f'href="{escape(self.target)}"']
        parts += [f'type="{escape(self.type)}"'] if self.type else []
        return f"<link {' '.join(parts)}>"


Contexts = dict[str, list[Link]]
"""Address → its links."""


def record(found: Record, service: str) -> Contexts:
    """Return the links of a record: from its page, from its data, the page first."""
    page = service + places.path(found.iri.value)
    linkset = Link("linkset", f"{service}/id/{found.kind}/{found.slug}/linkset", LINKSET)
    kind = f"https://schema.org/{schema_org.kind(found.kind)}"
    return document(page, found.iri.value, kind, linkset)


def document(page: str, identifier: str, kind: str, linkset: Link | None = None) -> Contexts:
    """Return the links of a page that has data beside it, at the same address with a suffix.

    `identifier` is what to cite, `kind` the class of what the page is about.
    """
    data = {f"{page}.{suffix}": type_ for suffix, type_ in places.DATA.items()}
    content = f"{page}.ttl"
    found = {
        page: [
            Link("cite-as", identifier),
            *(Link("describedby", target, type_) for target, type_ in data.items()),
            Link("item", content, data[content]),
            Link("type", kind),
            Link("type", _PAGE),
            Link("license", LICENCE),
            Link("author", PROJECT.value),
        ]
    }
    for target in data:
        found[target] = [Link("describes", page, "text/html")]
    found[content].append(Link("collection", page, "text/html"))
    if linkset:
        for links in found.values():
            links.append(linkset)
    return found


def header(links: Iterable[Link]) -> str:
    """Return links as one Link header."""
    return ",".join(map(str, links))


def linkset(contexts: Contexts) -> Json:
    """Return all links as a link set in JSON; where to find it is left out of it."""
    return {"linkset": [_context(anchor, links) for anchor, links in contexts.items()]}


def _context(anchor: str, links: list[Link]) -> Json:
    found: dict[str, list[dict[str, str]]] = {}
    for link in links:
        if link.relation == "linkset":
            continue
        target = {"href": link.target}
        target |= {"type": link.type} if link.type else {}
        target |= {"profile": link.profile} if link.profile else {}
        found.setdefault(link.relation, []).append(target)
    return {"anchor": anchor, **found}
