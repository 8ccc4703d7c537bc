"""Doors of the IRIs that are neither records nor terms: graphs, queries, the dataset, prefixes."""

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template

from fingerpost.engine import rows
from fingerpost.errors import UnknownRecord
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import BASE, GRAPHS, PREFIXES
from fingerpost.publish import examples, places, signposts
from fingerpost.publish.examples import QUERIES
from fingerpost.queries import saved
from fingerpost.web import documents, formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("doors", __name__)

_PAGES = {"ontology": "/ontology", "shapes": "/shapes"}
_HOLDS = "SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH <{iri}> {{ ?subject ?property ?value }} }}"


@blueprint.get("/graph/<name>")
def graph(name: str) -> Response:
    """Lead from a named graph to its statements, or to the page about where they are from.

    Raises:
        UnknownRecord: there is no such graph.
    """
    source = catalogue().knows("source", name)
    known = source or name in {*_PAGES, "inferred", "service"}
    snapshot = (GRAPHS + name).startswith(SNAPSHOTS)
    if not (snapshot or known) or not _holds(name):
        raise UnknownRecord(f'There is no graph "{name}". /catalog lists what there is.')
    data = f"/graphs/{name}"
    if not formats.prefers_page("text/turtle"):
        return documents.see_other(data)
    if snapshot:
        return documents.see_other("/queries/registry/snapshots")
    page = f"/source/{name}" if source else _PAGES.get(name, "/catalog")
    return documents.see_other(page)


@blueprint.get("/query/<path:name>")
def query(name: str) -> Response:
    """Lead from a saved query to its page, or to what the graph says of it.

    Raises:
        UnknownQuery: there is no such query.
    """
    found = saved.find(catalogue().queries.queries, name)
    if formats.prefers_page("text/turtle"):
        return documents.see_other(f"/queries/{found.name}")
    described = urlencode({"query": f"DESCRIBE <{QUERIES}{found.name}>"})
    return documents.see_other(f"/sparql?{described}")


@blueprint.get("/dataset")
def dataset() -> Response:
    """Lead from the whole graph to the page or the data that describes it."""
    page = formats.prefers_page("text/turtle")
    return documents.see_other("/catalog" if page else "/.well-known/void")


@blueprint.get("/prefixes")
@blueprint.get("/prefixes.<suffix>")
def prefixes(suffix: str = "") -> Response:
    """List the prefixes that queries and data here are written with."""
    media_type = documents.media_type(suffix)
    if media_type == "text/html":
        shown = render_template("prefixes.html", prefixes=PREFIXES, data=places.DATA)
        answer = documents.page(shown)
    else:
        answer = documents.graph(examples.prefixes(), media_type)
    address = f"{documents.service()}/prefixes"
    links = signposts.document(address, BASE + "prefixes", "https://schema.org/DefinedTermSet")
    return documents.signposted(answer, links, address, media_type)


def _holds(name: str) -> bool:
    (row,) = rows.select(catalogue().engine, _HOLDS.format(iri=GRAPHS + name))
    return row["number"] != "0"
