"""`/id/<kind>/<slug>` leads by 303 to its document, `/<kind>/<slug>`, in the format asked for."""

from flask import Blueprint, Response, render_template, url_for

from fingerpost.errors import UnknownRecord
from fingerpost.graph.vocabulary import KINDS
from fingerpost.publish import places, record, schema_org, signposts
from fingerpost.publish.places import KNOWN
from fingerpost.publish.record import Record
from fingerpost.web import documents, language, record_page
from fingerpost.web.opened import catalogue

blueprint = Blueprint("records", __name__)


@blueprint.get("/id/<kind>/<name>")
def identify(kind: str, name: str) -> Response:
    """Lead from a thing to the document about it (Cool URIs for the Semantic Web, 4.2)."""
    slug, _, suffix = name.partition(".")
    _known(kind, slug)
    documents.suffixed(suffix)
    return documents.see_other(url_for("records.document", kind=kind, name=name))


@blueprint.get("/id/<kind>/<slug>/linkset")
def linkset(kind: str, slug: str) -> Response:
    """Give every signpost of a record and of its data (FAIR Signposting, level 2)."""
    found = _find(kind, slug)
    return documents.linkset(signposts.record(found, documents.service()))


@blueprint.get("/<kind>/<name>")
def document(kind: str, name: str) -> Response:
    """Describe a record: as a page, or as RDF by suffix or header."""
    slug, _, suffix = name.partition(".")
    _known(kind, slug)
    media_type = documents.media_type(suffix)
    found = _find(kind, slug)
    service = documents.service()
    if media_type == "text/html":
        answer = documents.page(_page(found, service))
    else:
        answer = documents.graph(record.statements(found, service), media_type)
    address = service + places.path(found.iri.value)
    return documents.signposted(answer, signposts.record(found, service), address, media_type)


def _known(kind: str, slug: str) -> str:
    """Return the IRI of a thing that the graph knows.

    Raises:
        UnknownRecord: there is no such kind or thing; the message suggests the nearest.
    """
    if kind not in KNOWN:
        raise UnknownRecord(f"There is nothing at /{kind}. Kinds: {', '.join(KNOWN)}.")
    if not catalogue().knows(kind, slug):
        near = catalogue().nearest(kind, slug)
        raise UnknownRecord(f'No {kind} is called "{slug}". {near}'.rstrip())
    return places.thing(kind, slug).value


def _find(kind: str, slug: str) -> Record:
    return record.find(catalogue().engine, _known(kind, slug))


def _page(found: Record, service: str) -> str:
    page = service + places.path(found.iri.value)
    return render_template(
        "record.html",
        record=found,
        view=record_page.view(found, catalogue().engine, language.names()),
        name=language.spoken(found.iri.value, found.name),
        canonical=page,
        links=signposts.record(found, service)[page],
        data=places.DATA,
        embedded=schema_org.record(found, service),
        correctable=found.kind in KINDS,
    )
