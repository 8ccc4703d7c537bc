"""The doors on the web: a Flask application over one catalogue."""

from flask import Flask, Response

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.engine.guarded import Fences
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import curie
from fingerpost.web import health, home, problems, queries, recommend, records, sparql

BODY = 2 * 1024 * 1024
"""The largest request body that is read, in bytes."""


def create_app(opened: Catalogue | None = None, folders: Folders | None = None) -> Flask:
    """Return the application over `opened`, or over the catalogue of `folders`.

    `flask --app fingerpost.web run` serves the data that came with the package.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.jinja_env.filters["curie"] = curie
    app.extensions["fingerpost"] = opened or catalogue.open_(
        folders or files.folders(), fences=Fences()
    )
    for part in (home, sparql, queries, recommend, health, records):
        app.register_blueprint(part.blueprint)
    problems.register(app)
    app.after_request(_secured)
    return app


def _secured(answer: Response) -> Response:
    """Let a page load nothing from elsewhere, and no browser guess what an answer is."""
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers.setdefault(
        "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return answer
