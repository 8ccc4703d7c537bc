"""The doors on the web: a Flask application over one site."""

import atexit

from flask import Flask, Response, request

from fingerpost import catalogue, files
from fingerpost.counting import counted
from fingerpost.engine import guarded
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.graph.vocabulary import curie
from fingerpost.web import (
    about,
    aging,
    api,
    browse,
    catalogued,
    correct,
    described,
    doors,
    dumps,
    editor,
    graphs,
    health,
    home,
    language,
    look,
    mappings,
    mcp,
    offers,
    ontology,
    problems,
    promises,
    quality,
    queries,
    recommend,
    reconcile,
    records,
    resolve,
    route,
    sparql,
    wellknown,
)
from fingerpost.web.bodies import BODY
from fingerpost.web.front import Front
from fingerpost.web.site import Site
from fingerpost.web.standing import LATER, STANDING

_SECURED = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Age, ETag, Link, Location, Retry-After, X-Request-Id"),
]
"""Headers of every answer: a page loads nothing from elsewhere, no browser guesses what an answer
is, and a page from anywhere may read it. None of them lets such a page send a token."""
_PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match, X-Request-Id"),
    ("Access-Control-Max-Age", "86400"),
]


def create_app(site: Site | None = None) -> Flask:
    """Return the application over `site`.

    Without one it serves the data that came with the package, as does
    `flask --app fingerpost.web run`.
    """
    over = site or _shipped()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.jinja_env.filters["counted"] = counted
    app.jinja_env.filters["curie"] = curie
    app.extensions["fingerpost"] = over
    over.lasting, over.later = STANDING, LATER
    parts = [sparql, graphs, health, described]
    if not over.plain:
        parts += [home, about, browse, correct, mcp, offers, quality, queries, recommend, route]
        parts += [
            api,
            reconcile,
            ontology,
            catalogued,
            promises,
            dumps,
            doors,
            wellknown,
            mappings,
            resolve,
            records,
        ]
    for part in parts:
        app.register_blueprint(part.blueprint)
    problems.register(app)
    aging.register(app)
    look.register(app)
    language.register(app)
    editor.register(app)
    app.after_request(_secured)
    app.wsgi_app = Front(app, over, _SECURED)  # type: ignore[assignment]
    return app


def _shipped() -> Site:
    folders = files.folders()
    keeper = guarded.keeping(catalogue.dataset(folders), Fences())
    atexit.register(keeper.close)
    return Site(Guarded(keeper.folder), folders)


def _secured(answer: Response) -> Response:
    for name, value in _SECURED:
        answer.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        answer.headers.extend(_PREFLIGHT)
    return answer
