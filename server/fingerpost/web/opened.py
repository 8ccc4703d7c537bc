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
    """Return what is made of the graph, made once for each generation and let go of with it."""
    return site().held(name, lambda now: make(now.engine))
