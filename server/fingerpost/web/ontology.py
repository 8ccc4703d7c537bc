"""`/ontology` and `/shapes`: documentation made from the graph, and the same as RDF."""

from flask import Blueprint, Response, render_template

from fingerpost import __version__
from fingerpost.errors import UnknownRecord
from fingerpost.publish import diagram, places, signposts, vocabulary
from fingerpost.publish.statements import Statements
from fingerpost.web import documents
from fingerpost.web.opened import catalogue

blueprint = Blueprint("ontology", __name__)


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
def ontology(suffix: str = "") -> Response:
    """Describe every term: as a page, or as RDF by suffix or header."""
    return _ontology(suffix)


@blueprint.get("/ontology/<version>")
def version(version: str) -> Response:
    """Describe the terms of one version; only that of the graph in use is kept here.

    Raises:
        UnknownRecord: it is another version.
    """
    head, dot, suffix = version.rpartition(".")
    number, suffix = (head, suffix) if dot and suffix in places.SUFFIXES else (version, "")
    all_ = vocabulary.terminology(catalogue().engine)
    known = all_.text(vocabulary.DOCUMENT, "owl:versionInfo")
    if number != known:
        raise UnknownRecord(f"The ontology has no version {number} here. It has {known}.")
    return _ontology(suffix)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def shapes(suffix: str = "") -> Response:
    """Describe every shape: as a page, or as RDF by suffix or header."""
    media_type = documents.media_type(suffix)
    all_ = vocabulary.shapes(catalogue().engine)
    if media_type != "text/html":
        answer = documents.graph(vocabulary.shapes_document(all_), media_type)
    else:
        answer = documents.page(
            render_template(
                "shapes.html",
                shapes=vocabulary.shape_list(all_),
                data=places.DATA,
                path=places.path,
            )
        )
    return _signposted(answer, "shapes", vocabulary.SHAPES_DOCUMENT.value, media_type)


def _ontology(suffix: str) -> Response:
    media_type = documents.media_type(suffix)
    all_ = vocabulary.terminology(catalogue().engine)
    if media_type == "text/html":
        answer = documents.page(_page(all_))
    else:
        answer = documents.graph(vocabulary.ontology(all_), media_type)
    return _signposted(answer, "ontology", vocabulary.DOCUMENT.value, media_type)


def _page(all_: Statements) -> str:
    return render_template(
        "ontology.html",
        about={
            name: all_.text(vocabulary.DOCUMENT, property_)
            for name, property_ in (
                ("title", "dct:title"),
                ("description", "dct:description"),
                ("version", "owl:versionInfo"),
                ("modified", "dct:modified"),
                ("citation", "dct:bibliographicCitation"),
            )
        },
        diagram=diagram.tree(vocabulary.classes(all_)),
        sections=vocabulary.sections(all_),
        schemes=vocabulary.schemes(all_),
        borrowed=vocabulary.borrowed(all_),
        data=places.DATA,
        path=places.path,
        release=__version__,
    )


def _signposted(answer: Response, name: str, iri: str, media_type: str) -> Response:
    address = f"{documents.service()}/{name}"
    links = signposts.document(address, iri, "https://schema.org/DefinedTermSet")
    return documents.signposted(answer, links, address, media_type)
