"""`/mcp`: the graph for language models, by the Model Context Protocol over streamable HTTP."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, request

from fingerpost import mcp as protocol
from fingerpost.errors import UnsupportedMediaType
from fingerpost.web import origins
from fingerpost.web.opened import site

if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server

blueprint = Blueprint("mcp", __name__)

_JSON = "application/json"
_HELD = "fingerpost.mcp"


@blueprint.post("/mcp")
def exchange() -> Response:
    """Answer one message; there are no sessions and no streams, so GET and DELETE do nothing.

    Raises:
        WriteRefused: a page of another origin asks.
        UnsupportedMediaType: the message is not JSON.
        NotInstalled: the SDK is not there.
    """
    origins.check()
    if request.mimetype != _JSON:
        raise UnsupportedMediaType(f'A message comes as {_JSON}, not as "{request.mimetype}".')
    protocol.needed()
    from fingerpost.mcp import exchange as http

    found = http.exchange(_server(), request.path, request.headers.items(), request.get_data())
    return Response(found.body, found.status, [*found.headers, ("Cache-Control", "no-store")])


def _server() -> "Server[Any]":
    """Return the server over this application's site, made once."""
    found: Server[Any] | None = current_app.extensions.get(_HELD)
    if found is None:
        from fingerpost.mcp import server

        over = site()
        found = current_app.extensions[_HELD] = server.over(lambda: over.catalogue)
    return found
