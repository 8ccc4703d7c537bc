"""What every page shows around its own: the doors that this service has."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, request


@dataclass(frozen=True)
class Door:
    """A link in the head of a page; `here` says that the page lies behind it."""

    path: str
    name: str
    here: bool


_DOORS = (
    ("recommend.answer", "/recommend", "Ask"),
    ("route.ask", "/route", "Route"),
    ("browse.index", "/browse", "Browse"),
    ("queries.index", "/queries", "Queries"),
    ("quality.index", "/quality", "Quality"),
    ("sparql.endpoint", "/sparql", "SPARQL"),
    ("about.page", "/about", "About"),
)
"""Endpoint, address and name of what the head of a page may link to."""
_FOOT = (
    ("about.page", "/about", "About, licence, how to cite"),
    ("ontology.ontology", "/ontology", "Ontology"),
    ("ontology.shapes", "/shapes", "Shapes"),
    ("described.openapi", "/openapi.json", "OpenAPI"),
    ("dumps.whole", "/dump.ttl", "The whole graph"),
)
"""The same of its foot."""


def register(app: Flask) -> None:
    """Let the templates of an application ask for its doors."""
    app.jinja_env.globals["doors"] = lambda: _there(_DOORS)
    app.jinja_env.globals["more_doors"] = lambda: _there(_FOOT)


def _there(doors: Iterable[tuple[str, str, str]]) -> list[Door]:
    """Return those doors that this application has; a plain one has few."""
    return [
        Door(path, name, here=f"{request.path}/".startswith(f"{path}/"))
        for endpoint, path, name in doors
        if endpoint in current_app.view_functions
    ]
