"""What every page shows around its own: the doors that this service has."""

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


def register(app: Flask) -> None:
    """Let the templates of an application ask for its doors."""
    app.jinja_env.globals["doors"] = _doors


def _doors() -> list[Door]:
    """Return the doors that this application has; a plain one has few."""
    return [
        Door(path, name, here=f"{request.path}/".startswith(f"{path}/"))
        for endpoint, path, name in _DOORS
        if endpoint in current_app.view_functions
    ]
