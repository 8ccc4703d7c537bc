"""Addresses and texts that identify something in a registry, as CURIEs."""

import re
from urllib.parse import unquote

_FORMS = (
    (
        re.compile(
            r"(?:https?://(?:www\.)?fairsharing\.org/|(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.25504/"
            r"|fairsharing:)FAIRsharing\.([a-z0-9]+)/?",
            re.IGNORECASE,
        ),
        "fairsharing:FAIRsharing.{}",
    ),
    (
        re.compile(
            r"(?:https?://(?:www\.|service\.)?re3data\.org/repository/|re3data:)?(r3d1[0-9]{8})/?",
            re.IGNORECASE,
        ),
        "re3data:{}",
    ),
    (re.compile(r"(?:https?://)?(?:www\.)?ror\.org/(0[a-z0-9]{8})/?", re.IGNORECASE), "ror:{}"),
    (re.compile(r"(?:https?://bio\.tools/|biotools:)([\w.-]+)/?", re.IGNORECASE), "biotools:{}"),
    (
        re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/|wikidata:)(Q[0-9]+)"),
        "wikidata:{}",
    ),
    (
        re.compile(
            r"(?:https?://(?:www\.)?scicrunch\.org/resolver/|https?://identifiers\.org/)?"
            r"RRID:\s*([A-Za-z]+[_-][A-Za-z0-9_-]+)",
            re.IGNORECASE,
        ),
        "rrid:{}",
    ),
    (
        re.compile(
            r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE
        ),
        "doi:{}",
    ),
)
"""How identifiers are written → the CURIE; the first holds."""
_NO_CASE = ("re3data:", "ror:")
_RESOLVER = re.compile(
    r"https?://(?:www\.)?(?:identifiers\.org|bioregistry\.io|n2t\.net)/([a-z0-9._-]+)[:/](.+)",
    re.IGNORECASE,
)


def curie(text: str) -> str:
    """Return the CURIE of what an address or text identifies; empty where no registry is known."""
    plain = unquote(text.strip())
    for pattern, form in _FORMS:
        if match := pattern.fullmatch(plain):
            found = form.format(match.group(1))
            return found.lower() if found.startswith(_NO_CASE) else found
    if match := _RESOLVER.fullmatch(plain):
        prefix, local = match.group(1).lower(), match.group(2)
        return curie(f"{prefix}:{local}") or f"{prefix}:{local.removeprefix(f'{prefix}:')}"
    return ""
