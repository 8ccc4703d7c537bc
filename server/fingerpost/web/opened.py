"""The site that the running application serves, and its catalogue."""

from flask import current_app

from fingerpost.catalogue import Catalogue
from fingerpost.web.site import Site


def site() -> Site:
    """Return the site of the application that handles this request."""
    found = current_app.extensions["fingerpost"]
    if not isinstance(found, Site):
        raise TypeError("the application has no site: make it with create_app")
    return found


def catalogue() -> Catalogue:
    """Return the catalogue of the site, of the current generation."""
    return site().catalogue
