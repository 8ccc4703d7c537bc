"""The catalogue that the running application serves."""

from flask import current_app

from fingerpost.catalogue import Catalogue


def catalogue() -> Catalogue:
    """Return the catalogue of the application that handles this request."""
    found = current_app.extensions["fingerpost"]
    if not isinstance(found, Catalogue):
        raise TypeError("the application has no catalogue: make it with create_app")
    return found
