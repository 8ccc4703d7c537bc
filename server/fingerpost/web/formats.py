"""How an answer of a query is written for the client that asked: format, headers."""

import hashlib
from http import HTTPStatus

from flask import Response, json, request

from fingerpost.engine import Answer
from fingerpost.engine.changes import Done
from fingerpost.web import language, negotiation

_VARY = ("Vary", "Accept, Accept-Encoding")
_SPOKEN = ("Vary", "Accept, Accept-Encoding, Accept-Language")
_PAGE = "text/html"


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
    found = Response(body, content_type=content_type(type_), headers=_spoken(body, type_))
    if tagged:
        digest = hashlib.sha256(found.content_type.encode() + found.get_data()).hexdigest()
        found.headers.extend(_kept(digest[:32]))
    return found


def _spoken(body: bytes | str, type_: str) -> list[tuple[str, str]]:
    """Return the headers that say what an answer varies by; of a page, its languages too."""
    if type_ != _PAGE or not isinstance(body, str):
        return [_VARY]
    return [_SPOKEN, ("Content-Language", language.said(body))]


def answer(found: Answer, type_: str, tag: str | None) -> Response:
    """Return the answer to a query; without a `tag` no cache keeps it."""
    body = found.body if found.file is None else found.chunks()
    return Response(body, headers=headers(found, type_, tag))


def headers(found: Answer, type_: str, tag: str | None) -> list[tuple[str, str]]:
    """Return the headers that an answer in a media type goes out with."""
    return [
        ("Content-Type", content_type(type_)),
        ("Content-Length", str(found.size)),
        _VARY,
        *(_kept(tag) if tag else [("Cache-Control", "no-store")]),
    ]


def done(change: Done) -> Response:
    """Say that a change was made: 201 where its graph is new, else 200; and in which generation.

    It is 202 where the engine behind this service has yet to take what is kept.
    """
    status = HTTPStatus.OK if change.existed else HTTPStatus.CREATED
    if not change.shown:
        status = HTTPStatus.ACCEPTED
    body = {"generation": change.generation.number, "statements": change.statements}
    return Response(json.dumps(body), status, content_type="application/json")


def content_type(media_type: str) -> str:
    """Return a media type with its charset, where it has one."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _kept(tag: str) -> list[tuple[str, str]]:
    """Return the headers of what a cache may keep, and must ask about before each use."""
    return [("ETag", f'"{tag}"'), ("Cache-Control", "no-cache")]
