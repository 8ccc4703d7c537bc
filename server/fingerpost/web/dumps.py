"""`/dump.ttl`, `.nq`, `.jsonld`, and each packed: made once a generation, then streamed."""

import base64

from flask import Blueprint, Response

from fingerpost import __version__
from fingerpost.engine import Answer
from fingerpost.errors import UnknownRecord
from fingerpost.publish import signposts
from fingerpost.publish.dcat import DUMPS, File
from fingerpost.publish.signposts import Link
from fingerpost.suggest import suggestion
from fingerpost.web import documents
from fingerpost.web.opened import site

blueprint = Blueprint("dumps", __name__)

_FILES = {file.suffix: file for file in DUMPS}


@blueprint.get("/dump.<suffix>")
def dump(suffix: str) -> Response:
    """Give the whole graph as a file, with its digest (RFC 9530) and version.

    Raises:
        UnknownRecord: there is no such file.
    """
    if suffix not in _FILES:
        raise UnknownRecord(f'There is no dump ".{suffix}". {suggestion(suffix, _FILES)}')
    file = _FILES[suffix]
    made = site().dumps.get(suffix)
    body = Answer(made.size, file=made.file)
    answer = Response(body.chunks(), content_type=_type(file))
    answer.headers.extend(
        [
            ("Content-Length", str(made.size)),
            ("ETag", f'"{made.digest.hex()[:32]}"'),
            # The digest is that of these bytes: nobody may pack them anew on the way.
            ("Cache-Control", "no-cache, no-transform"),
            ("Repr-Digest", f"sha-256=:{base64.b64encode(made.digest).decode()}:"),
            ("Content-Disposition", f'attachment; filename="{_name(file, made.generation)}"'),
            ("Link", _links()),
        ]
    )
    return answer


def _type(file: File) -> str:
    type_ = "application/gzip" if file.packed else file.media_type
    return f"{type_}; charset=utf-8" if type_.startswith("text/") else type_


def _name(file: File, generation: str) -> str:
    return f"fingerpost-{__version__}-{generation}.{file.suffix}"


def _links() -> str:
    service = documents.service()
    return signposts.header(
        [
            Link("collection", f"{service}/catalog", "text/html"),
            Link("describedby", f"{service}/.well-known/void", "text/turtle"),
            Link("license", signposts.LICENCE),
        ]
    )
