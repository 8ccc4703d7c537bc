"""Addresses as they are compared: what leads to the same page in the same form.

A scheme, `www.`, an index page or a copy in an archive make no other place of a page; a path
does, as many hosts have hundreds of services.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

_ARCHIVED = re.compile(
    r"(?:https?://)?(?:web(?:-beta)?\.archive\.org/web|wayback\.archive-it\.org/(?:org-)?[0-9]+"
    r"|webarchive\.nationalarchives\.gov\.uk(?:/ukgwa)?|arquivo\.pt/wayback"
    r"|archive\.(?:today|ph|is|li|vn|fo|md))/(?:[0-9]{1,14}\*?(?:[a-z]{2}_)?/|\*/)?(?=[^/]*\.)"
)
_WITHIN = re.compile(r"^.{9,}?(=?)((?:https?|ftp)(?::|%3a)(?:/|%2f){1,2}.+)$")
"""An address in another: what an archive keeps, where a redirect leads."""
_MOVED = tuple(
    (re.compile(rf"^(?:www\.)?{pattern}"), place)
    for pattern, place in (
        (r"(?:dx\.doi\.org/|doi:)(?=10\.)", r"doi.org/"),
        (r"registry\.identifiers\.org/registry/([a-z0-9._-]+)", r"identifiers.org/\1"),
        (
            r"(?:identifiers\.org|bioregistry\.io|n2t\.net)/([a-z0-9._-]+)(?:[:/]|$)",
            r"identifiers.org/\1/",
        ),
        (r"purl\.bioontology\.org/ontology/", r"bioportal.bioontology.org/ontologies/"),
        (
            r"purl\.obolibrary\.org/obo/([a-z_]+)(?:\.(?:owl|obo|json))?/?$",
            r"obofoundry.org/ontology/\1",
        ),
        (r"([a-z0-9-]+)\.github\.io(?=/|$)", r"github.com/\1"),
        (r"raw\.githubusercontent\.com/", r"github.com/"),
        (
            r"(?:([a-z0-9-]+)\.)(?:sourceforge\.(?:net|io)|sf\.net)(?=/|$)",
            r"sourceforge.net/projects/\1",
        ),
        (r"sourceforge\.net/p/", r"sourceforge.net/projects/"),
    )
)
"""Addresses that are known to lead elsewhere."""
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//")
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

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """What of an address may be a name: the words of its host, the steps of its path."""
        hosts = self.host.removesuffix(self.domain).rstrip(".").split(".")
        return (self.label, *hosts, *self.path)

    def within(self, other: "Address") -> bool:
        """Say whether this is the other page or one below it, at the same host."""
        return self.host == other.host and self.path[: len(other.path)] == other.path


def address(text: str) -> Address | None:
    """Return an address as it is compared; None where there is none."""
    plain = _SCHEME.sub("", _unwrapped(text.strip().lower()), count=1)
    for pattern, place in _MOVED:
        plain = pattern.sub(place, plain)
    try:
        parts = urlsplit(f"http://{plain}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if "." not in host or parts.username:
        return None
    steps = unquote(f"{parts.path}/{parts.fragment.lstrip('!/')}").split("/")
    path = [step for step in steps if step not in _EMPTY and not _PAGE.match(step)]
    if parts.query:
        path.append(parts.query)
    return Address(_HOST.sub("", host.rstrip(".")), tuple(path))


def _unwrapped(plain: str) -> str:
    """Return the address that an archive or a redirect has in its own."""
    while match := _ARCHIVED.match(plain):
        plain = plain[match.end() :]
    while match := _WITHIN.match(plain):
        inner = match.group(2)
        plain = unquote(inner.partition("&")[0] if match.group(1) else inner)
        plain = re.sub(r"^([a-z]+):/+", r"\1://", plain)
    return plain
