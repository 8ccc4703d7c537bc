"""JSON and XML as registries send them: a document, or a list too long to be held at once."""

import json
import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import TextIO
from xml.etree import ElementTree

from fingerpost.errors import NotOfRegistry

LONGEST = 16 * 2**20
"""Characters that one record of a long list may have."""
_CHUNK = 2**20
_SPACE = re.compile(r"[\s,]*")
_DECODER = JSONDecoder()


def whole(data: bytes) -> object:
    """Return a JSON document.

    Raises:
        NotOfRegistry: it is none.
    """
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise NotOfRegistry(f"This is not JSON: {fault}.") from fault
    return found


def xml(data: bytes) -> ElementTree.Element:
    """Return the root of an XML document; expat reads no external entity, and bounds the others.

    Raises:
        NotOfRegistry: it is none.
    """
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - see above
    except (ElementTree.ParseError, LookupError, ValueError) as fault:
        raise NotOfRegistry(f"This is not XML: {fault}.") from fault


def elements(file: TextIO) -> Iterator[object]:
    """Yield the elements of a JSON list, of which one at a time is held.

    Raises:
        NotOfRegistry: it is no list, or stops being one: after which element.
    """
    text = file.read(_CHUNK).lstrip("\ufeff \t\r\n")
    if not text.startswith("["):
        raise NotOfRegistry("This is no JSON list.")
    place, number = 1, 0
    while True:
        place = _after_space(text, place)
        if text.startswith("]", place):
            return
        found, end, wrong = _decoded(text, place)
        if end < len(text) and not wrong:
            number += 1
            yield found
            place = end
            continue
        # It is wrong, or goes on in the next chunk.
        more = file.read(_CHUNK) if len(text) - place <= LONGEST else ""
        if not more:
            told = wrong or "the list has no end"
            raise NotOfRegistry(f"This is not JSON after element {number}: {told}.")
        text, place = text[place:] + more, 0


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _decoded(text: str, place: int) -> tuple[object, int, str]:
    """Return the element that begins here, where it ends, and what is wrong with it."""
    try:
        found, end = _DECODER.raw_decode(text, place)
    except (ValueError, RecursionError) as fault:
        return None, place, str(fault)
    return found, end, ""
