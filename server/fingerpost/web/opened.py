"""The site that the running application serves, and its catalogue."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine
from fingerpost.web.site import Site

_Made = TypeVar("_Made")


def site() -> Site:
    """Return the site of the application that handles this request."""
    found = current_app.extensions["fingerpost"]
    if not isinstance(found, Site):
        raise TypeError("the application has no site: make it with create_app")
    return found


def catalogue() -> Catalogue:
    """Return the catalogue of the site, of the current generation."""
    return site().catalogue


def held(name: str, make: Callable[[Engine], _Made]) -> _Made:
    """Return what is made of the graph, made once for each generation."""
    now = catalogue()
    kept: tuple[Catalogue, _Made] | None = current_app.extensions.get(f"fingerpost.{name}")
    if kept is None or kept[0] is not now:
        kept = (now, make(now.engine))
        current_app.extensions[f"fingerpost.{name}"] = kept
    return kept[1]
