"""Documents that have several formats, each with an address of its own, and signposts."""

from collections.abc import Iterable

from flask import Response, json, redirect, request
from pyoxigraph import Triple

from fingerpost.engine import results
from fingerpost.errors import UnknownRecord
from fingerpost.publish import context, signposts
from fingerpost.publish.places import SUFFIXES
from fingerpost.publish.signposts import LINKSET, Contexts
from fingerpost.suggest import suggestion
from fingerpost.web import formats

OFFERED = ("text/html", *results.GRAPHS)
"""The media types of a document, the page first."""

_JSON_LD = frozenset({"application/ld+json", "application/json"})


def service() -> str:
    """Return the address at which the client has reached the service, without a slash."""
    return request.url_root.rstrip("/")


def suffixed(suffix: str) -> str | None:
    """Return the media type of a suffix; none has none.

    Raises:
        UnknownRecord: there is no such format.
    """
    if suffix and suffix not in SUFFIXES:
        raise UnknownRecord(f'There is no format ".{suffix}". {suggestion(suffix, SUFFIXES)}')
    return SUFFIXES.get(suffix)


def media_type(suffix: str, offered: tuple[str, ...] = OFFERED) -> str:
    """Return the media type that a request wants, by suffix or by header.

    Raises:
        UnknownRecord: there is no such format.
        NotAcceptable: the client takes none that is offered.
    """
    return suffixed(suffix) or formats.media_type(offered)


def see_other(address: str) -> Response:
    """Lead to the document about something that cannot be sent itself."""
    found = redirect(address, 303)
    answer = Response(found.response, 303, found.headers)
    answer.headers["Vary"] = "Accept"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def page(markup: str) -> Response:
    """Return a page."""
    return formats.response(markup, "text/html")


def graph(triples: Iterable[Triple], type_: str) -> Response:
    """Return a graph; as JSON-LD it is compact, in the context of this service."""
    if type_ in _JSON_LD:
        return formats.response(context.written(triples), type_)
    return formats.response(results.graph(triples, type_), type_)


def signposted(answer: Response, contexts: Contexts, address: str, type_: str) -> Response:
    """Return an answer with the address of this format, and its links.

    `address` is that of the document in any format.
    """
    suffix = next((suffix for suffix, one in SUFFIXES.items() if one == type_), "")
    own = f"{address}.{suffix}" if suffix and suffix != "html" else address
    answer.headers["Content-Location"] = own
    answer.headers["Link"] = signposts.header(contexts.get(own, []))
    return answer


def linkset(contexts: Contexts) -> Response:
    """Return links as a link set (RFC 9264)."""
    return formats.response(json.dumps(signposts.linkset(contexts)), LINKSET)
