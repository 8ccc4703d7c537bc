"""The page on which SPARQL is written: an editor where it was built, else a form; and answers."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request

from fingerpost.errors import BadParameter
from fingerpost.publish import examples
from fingerpost.queries.saved import SavedQuery
from fingerpost.suggest import suggestion
from fingerpost.web.opened import catalogue, site

LARGEST = 4 * 1024 * 1024
"""Bytes of an answer up to which the page shows it."""

_BUILT = "editor"
"""The folder of static files that an installation builds, with its manifest."""
_MANIFEST = "built.json"
_FOREVER = "public, max-age=31536000, immutable"
_ROWS = 200
_TEXT = 100_000
_MEANT = {
    "recommend": "Where to go, and what to mind",
    "explore": "Look around",
    "registry": "Identifiers in registries",
    "curate": "How good and complete the graph is",
}
"""What the saved queries of a folder are about, in the order of the page."""
_CHECKS = "check"
_PLAIN = "SELECT * { ?s ?p ?o } LIMIT 10"
_EXAMPLE = """PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?name ?homepage
WHERE {
  ?repository a fp:Repository ;
    skos:prefLabel ?name ;
    schema:url ?homepage .
}
ORDER BY ?name
LIMIT 10"""


@dataclass(frozen=True)
class Built:
    """The files of the editor, by their paths below the static ones."""

    script: str
    style: str
    licences: str


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it: rows, a truth value, or a text; `more` is left out of it."""

    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    truth: bool | None = None
    text: str = ""
    more: int = 0


def register(app: Flask) -> None:
    """Let the templates of an application know whether there is an editor, and caches keep it."""
    app.jinja_env.globals["editor"] = built(Path(app.static_folder or ""))
    app.after_request(_kept)


def built(static: Path) -> Built | None:
    """Return the editor's files in a folder of static files; None where it was not built."""
    try:
        named = json.loads((static / _BUILT / _MANIFEST).read_text("utf-8"))
        files = [f"{_BUILT}/{one}" for one in (named["script"], named["style"], "licences.txt")]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Built(*files) if all((static / one).is_file() for one in files) else None


def shown(answer: bytes, media_type: str) -> Shown:
    """Return what the page shows of an answer in JSON or Turtle."""
    if "json" not in media_type:
        text = answer.decode()
        return Shown(text=text[:_TEXT], more=max(len(text) - _TEXT, 0))
    document = json.loads(answer)
    if "boolean" in document:
        return Shown(truth=document["boolean"])
    found = document["results"]["bindings"]
    return Shown(
        columns=tuple(document["head"]["vars"]),
        rows=tuple({key: one["value"] for key, one in row.items()} for row in found[:_ROWS]),
        more=max(len(found) - _ROWS, 0),
    )


def page(text: str = "", answer: Shown | None = None, fault: str = "") -> str:
    """Return the page with a query in it, and with what came of that.

    Raises:
        BadParameter: the address names an example that is none.
    """
    plain = site().plain
    fresh = _PLAIN if plain else _EXAMPLE
    known = {} if plain else _examples()
    example = None if plain else _example()
    return render_template(
        "sparql.html",
        text=text or (examples.rendered(example) if example else fresh),
        asked=text,
        example=example,
        fresh=fresh,
        answer=answer,
        fault=fault,
        known=known,
        address=f"/sparql?{urlencode({'query': text})}",
    )


def opens(query: SavedQuery) -> bool:
    """Say whether a saved query is among the examples, which the page opens by their names."""
    return any(query in many for many in _examples().values())


def _example() -> SavedQuery | None:
    """Return the example that the address names.

    Raises:
        BadParameter: there is none of that name.
    """
    named = request.args.get("example")
    if not named:
        return None
    known = {one.name: one for many in _examples().values() for one in many}
    if named not in known:
        raise BadParameter(f'"{named[:60]}" is no example. {suggestion(named, known)}')
    return known[named]


def _examples() -> dict[str, list[SavedQuery]]:
    """Return the saved queries that run as they stand, by what they are about."""
    queries = catalogue().queries.queries
    unfit = examples.left_out(queries)
    found: dict[str, list[SavedQuery]] = {folder: [] for folder in _MEANT}
    for one in queries.values():
        folder = one.name.partition("/")[0]
        if one.name not in unfit and folder != _CHECKS:
            found.setdefault(folder, []).append(one)
    return {_MEANT.get(folder, folder): many for folder, many in found.items() if many}


def _kept(answer: Response) -> Response:
    """Say that a file whose name has its digest never changes (RFC 8246)."""
    if request.path.startswith(f"/static/{_BUILT}/editor-") and answer.status_code in {200, 304}:
        answer.headers["Cache-Control"] = _FOREVER
        answer.vary.add("Accept-Encoding")
    return answer
