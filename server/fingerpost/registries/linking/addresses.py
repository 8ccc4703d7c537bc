"""Addresses as they are compared: what leads to the same page in the same form.

A scheme, `www.`, an index page or a copy in an archive make no other place of a page; a path
does, as many hosts have hundreds of services.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/[0-9]{4,14}[a-z_]*/|https?://archive\.(?:today|ph|is)/[^/]+/"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://")
_HOST = re.compile(r"^(?:www[0-9]?|w3|web)\.")
_PAGE = re.compile(
    r"^(?:index|default|home|main|welcome|start)(?:[_-]?[a-z]{2})?"
    r"(?:\.(?:[a-z]?html?|php[0-9]?|aspx?|jsp|cgi|action|do))?$"
)
_EMPTY = frozenset(
    {"", "en", "eng", "english", "en-us", "en-gb", "de", "app", "#", "home", "about"}
)
_SECOND = frozenset({"ac", "co", "com", "edu", "go", "gov", "gob", "gc", "net", "or", "org", "res"})


@dataclass(frozen=True)
class Address:
    """A host without `www.`, and the parts of a path that tell pages apart."""

    host: str
    path: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> str:
        """Host and path in one."""
        return "/".join((self.host, *self.path))

    @cached_property
    def domain(self) -> str:
        """What somebody registered: `ebi.ac.uk` of `www.ebi.ac.uk`."""
        labels = self.host.split(".")
        short = len(labels) > 2 and labels[-2] in _SECOND and len(labels[-1]) == 2
        return ".".join(labels[-3 if short else -2 :])

    @cached_property
    def label(self) -> str:
        """The speaking part of the domain: `orthomcl` of `orthomcl.org`."""
        return self.domain.split(".")[0]

    def within(self, other: "Address") -> bool:
        """Say whether this is the other page or one below it, at the same host."""
        return self.host == other.host and self.path[: len(other.path)] == other.path


def address(text: str) -> Address | None:
    """Return an address as it is compared; None where there is none."""
    plain = text.strip().lower()
    while match := _ARCHIVED.match(plain):
        plain = plain[match.end() :]
    if not plain:
        return None
    try:
        parts = urlsplit(plain if _SCHEME.match(plain) else f"http://{plain}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if "." not in host:
        return None
    steps = unquote(f"{parts.path}/{parts.fragment.lstrip('!/')}").split("/")
    path = [step for step in steps if step not in _EMPTY and not _PAGE.match(step)]
    if parts.query:
        path.append(parts.query)
    return Address(_HOST.sub("", host.rstrip(".")), tuple(path))
