"""Who may change the graph: a bearer token (RFC 6750), compared in constant time."""

import hmac
from collections.abc import Mapping

from flask import request

from fingerpost.errors import Unauthorized, WriteRefused
from fingerpost.web.opened import site


def writer() -> str:
    """Return the name of who makes this request, who may write.

    Raises:
        WriteRefused: nobody may, or a page of another origin asks.
        Unauthorized: the request has no token, or one that is not known.
    """
    policy = site().policy
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.host:
        raise WriteRefused(f"A page of {origin} may not write here.")
    if policy.open_writes:
        return "anybody"
    if not policy.tokens:
        raise WriteRefused(
            "This service is read-only. To write, start it with --token-file or FINGERPOST_TOKEN."
        )
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Unauthorized("A change needs a token: send `Authorization: Bearer TOKEN`.")
    return _whose(given.strip(), policy.tokens)


def _whose(given: str, known: Mapping[str, str]) -> str:
    found = [
        name
        for name, token in known.items()
        if hmac.compare_digest(token.encode(), given.encode("utf-8", "replace"))
    ]
    if not found:
        raise Unauthorized("The token is not known here.")
    return found[0]
