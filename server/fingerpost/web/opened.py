"""The site that the running application serves, and its catalogue."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import current_app

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine
from fingerpost.web.site import Site

_HELD = "fingerpost.held"
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
    """Return what is made of the graph, made once for each generation.

    At the next generation all is let go of together, whichever is asked for first: else each would
    hold on to the whole catalogue of the generation in which it was last asked for.
    """
    now = catalogue()
    kept: tuple[Catalogue, dict[str, object]] | None = current_app.extensions.get(_HELD)
    if kept is None or kept[0] is not now:
        kept = current_app.extensions[_HELD] = (now, {})
    if name not in kept[1]:
        kept[1][name] = make(now.engine)
    return cast(_Made, kept[1][name])
