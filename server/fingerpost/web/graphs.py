"""`/graphs`: SPARQL 1.1 Graph Store HTTP Protocol (W3C, 2013).

Indirectly a graph is named by `?graph=IRI` or `?default`; directly by its address: below
`/graphs/` lie the graphs of this service's own names, and in a plain service the address itself
is the name.
"""

import re
import uuid
from http import HTTPStatus

from flask import Blueprint, Response, request

from fingerpost.engine import putting, results
from fingerpost.engine.writes import Part, Write
from fingerpost.errors import BadRequest
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.web import access, bodies, formats, protocol
from fingerpost.web.opened import site

blueprint = Blueprint("graphs", __name__)

_MULTIPART = "multipart/form-data"
_TAGS = re.compile(r'\*|"([^"]*)"')
_CODING = re.compile(r"\+[a-z]+$")


@blueprint.get("/graphs")
@blueprint.get("/graphs/<path:name>")
def get(name: str = "") -> Response:
    """Return a graph."""
    graph = _named(name)
    media_type = formats.media_type(tuple(results.GRAPHS))
    found, tag = site().guarded.graph(graph, media_type)
    return formats.answer(found, media_type, putting.entity_tag(tag, media_type))


@blueprint.put("/graphs")
@blueprint.put("/graphs/<path:name>")
def put(name: str = "") -> Response:
    """Replace a graph, or make it."""
    return _write("put", _named(name))


@blueprint.post("/graphs")
@blueprint.post("/graphs/<path:name>")
def post(name: str = "") -> Response:
    """Add to a graph; where none is named, make one and say where it is."""
    if name or request.args.keys() & {"graph", "default"}:
        return _write("post", _named(name))
    new = uuid.uuid4().hex
    address = f"{request.base_url.rstrip('/')}/{new}"
    answer = _write("post", address if site().plain else GRAPHS + new)
    answer.headers["Location"] = address
    return answer


@blueprint.delete("/graphs")
@blueprint.delete("/graphs/<path:name>")
def delete(name: str = "") -> Response:
    """Remove a graph."""
    return _write("delete", _named(name))


def _named(name: str) -> str | None:
    """Return the IRI of the graph that a request names; None is the default graph.

    Raises:
        BadRequest: it names none, several, or one by something else than an absolute IRI.
    """
    fields = protocol.parse(request.query_string.decode("latin-1"))
    asked = fields.all("graph")
    default = fields.all("default")
    if name:
        if asked or default:
            raise BadRequest("Name the graph once: by the address, or by ?graph or ?default.")
        graph = request.base_url if site().plain else GRAPHS + name
        protocol.absolute(graph, "graph")
        return graph
    if len(asked) + bool(default) != 1:
        raise BadRequest(
            "Name one graph: ?graph=IRI, ?default, or one of this service's own as /graphs/NAME."
        )
    if default:
        return None
    protocol.absolute(asked[0], "graph")
    return asked[0]


def _write(kind: str, graph: str | None) -> Response:
    by = access.writer()
    request.max_content_length = bodies.GRAPH
    done = site().guarded.write(
        Write(
            kind=kind,
            by=by,
            graph=graph,
            parts=() if kind == "delete" else _parts(),
            base=graph or request.base_url,
            if_match=_tags("If-Match"),
            if_none_match=_tags("If-None-Match"),
        )
    )
    answer = formats.done(done)
    if kind == "delete" and done.shown:
        answer.status_code = HTTPStatus.OK
    return answer


def _parts() -> tuple[Part, ...]:
    """Return the graph, or graphs, that a request brings.

    Raises:
        BadRequest: a part of a multipart body is no file.
    """
    if request.mimetype != _MULTIPART:
        protocol.utf_8(request.content_type or "")
        return (Part(request.mimetype, request.get_data()),)
    request.max_form_memory_size = bodies.GRAPH
    if request.form:
        raise BadRequest(f"A part has no file name: {', '.join(request.form)}. Send files.")
    files = [file for _, several in request.files.lists() for file in several]
    return tuple(Part(file.mimetype, file.read()) for file in files)


def _tags(header: str) -> tuple[str, ...]:
    """Return the strong entity tags of a header, without the coding that an answer had."""
    text = re.sub(r'W/"[^"]*"', "", request.headers.get(header, ""))
    found = (match.group(1) or match.group() for match in _TAGS.finditer(text))
    tags = tuple(_CODING.sub("", tag) for tag in found)
    return tags or (("",) if header in request.headers else ())
