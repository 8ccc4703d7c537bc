"""How an answer of a query is written for the client that asked: format, headers."""

import hashlib

from flask import Response, request

from fingerpost.web import negotiation


def media_type(offered: tuple[str, ...]) -> str:
    """Return the one of `offered` that the request wants, by `format` or by its header.

    Raises:
        NotAcceptable: it wants none of them.
    """
    short = request.values.get("format")
    if short:
        return negotiation.named(short, offered)
    return negotiation.choose(request.headers.get("Accept", ""), offered)


def prefers_page(other: str) -> bool:
    """Say whether the client would rather have a page than `other`; no wish is no page."""
    accept = request.headers.get("Accept", "")
    return "text/html" in accept and negotiation.choose(accept, (other, "text/html")) == "text/html"


def response(body: bytes | str, type_: str, *, tagged: bool = True) -> Response:
    """Return an answer that any page may read and that caches tell apart by format.

    A strong entity tag (RFC 9110, 8.8.3) lets a client that has the answer be told so in a 304.
    What may be different the next time is not `tagged`.
    """
    content_type = f"{type_}; charset=utf-8" if type_.startswith("text/") else type_
    answer = Response(body, content_type=content_type)
    answer.headers["Vary"] = "Accept"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if tagged:
        answer.set_etag(hashlib.sha256(content_type.encode() + answer.get_data()).hexdigest()[:32])
        answer.headers["Cache-Control"] = "no-cache"
        answer.make_conditional(request)
    return answer
