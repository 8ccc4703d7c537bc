"""`/dump.ttl`, `.nq`, `.jsonld`, and each packed: made once a generation, then streamed."""

import base64
import gzip
import hashlib
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response

from fingerpost import __version__
from fingerpost.engine import Answer
from fingerpost.errors import UnknownRecord
from fingerpost.publish import dumps, signposts
from fingerpost.publish.dcat import DUMPS, File
from fingerpost.publish.signposts import Link
from fingerpost.suggest import suggestion
from fingerpost.web import documents
from fingerpost.web.opened import site
from fingerpost.web.site import Site

blueprint = Blueprint("dumps", __name__)

_N_TRIPLES = "application/n-triples"
_FILES = {file.suffix: file for file in DUMPS}


@dataclass(frozen=True)
class Made:
    """A file that has been made, its size, and its SHA-256."""

    path: Path
    size: int
    digest: bytes


class Shelf:
    """The files of the current generation, each made when somebody asks for it first."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made: dict[tuple[str, str], Made] = {}
        self._lock = threading.Lock()

    def get(self, over: Site, file: File) -> tuple[Made, str]:
        """Return a file, and the identifier of its generation."""
        generation = over.engine.generation.id
        with self._lock:
            found = self._made.get((generation, file.suffix))
            if found is None:
                self._forget_others(generation)
                found = self._make(over, file, generation)
                self._made[generation, file.suffix] = found
        return found, generation

    def _forget_others(self, generation: str) -> None:
        for key in [key for key in self._made if key[0] != generation]:
            self._made.pop(key).path.unlink(missing_ok=True)

    def _make(self, over: Site, file: File, generation: str) -> Made:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="fingerpost-dumps-")
        path = Path(self._folder.name) / f"{generation}.{file.suffix}"
        plain = file.suffix.removesuffix(".gz")
        with path.open("wb") as raw:
            if file.packed:
                # Without a time in it, the same graph gives the same bytes.
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                    _write(over, plain, packed.write)
            else:
                _write(over, plain, raw.write)
        with path.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256").digest()
        return Made(path, path.stat().st_size, digest)


def _write(over: Site, suffix: str, write: Callable[[bytes], object]) -> None:
    merge = _triples(over, None)
    if suffix != "nq":
        write(dumps.merge(merge, suffix))
        return
    for graph in (None, *dumps.graphs(over.engine)):
        for line in dumps.quads(merge if graph is None else _triples(over, graph), graph):
            write(line)


def _triples(over: Site, graph: str | None) -> bytes:
    found, _ = over.guarded.graph(graph, _N_TRIPLES)
    return found.whole()


_SHELF = Shelf()


@blueprint.get("/dump.<suffix>")
def dump(suffix: str) -> Response:
    """Give the whole graph as a file, with its digest (RFC 9530) and version.

    Raises:
        UnknownRecord: there is no such file.
    """
    if suffix not in _FILES:
        raise UnknownRecord(f'There is no dump ".{suffix}". {suggestion(suffix, _FILES)}')
    file = _FILES[suffix]
    made, generation = _SHELF.get(site(), file)
    body = Answer(made.size, file=made.path.open("rb"))
    answer = Response(body.chunks(), content_type=_type(file))
    answer.headers.extend(
        [
            ("Content-Length", str(made.size)),
            ("ETag", f'"{made.digest.hex()[:32]}"'),
            # The digest is that of these bytes: nobody may pack them anew on the way.
            ("Cache-Control", "no-cache, no-transform"),
            ("Repr-Digest", f"sha-256=:{base64.b64encode(made.digest).decode()}:"),
            ("Content-Disposition", f'attachment; filename="{_name(file, generation)}"'),
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
