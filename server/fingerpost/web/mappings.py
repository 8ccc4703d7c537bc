"""`/mappings`: how our records match those of registries, as a page, as SSSOM, and as RDF."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request

from fingerpost.engine import results
from fingerpost.errors import BadParameter, UnknownRecord
from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.vocabulary import KINDS
from fingerpost.publish import mappings, places, signposts
from fingerpost.publish.mappings import PREDICATES
from fingerpost.suggest import suggestion
from fingerpost.web import documents, formats, standing
from fingerpost.web.paging import number

blueprint = Blueprint("mappings", __name__)

FACETS = {"registry": NAMES, "match": PREDICATES, "kind": KINDS}
"""Field of an address → the values that it takes, and what they are called."""

_HEADINGS = {"registry": "Registry", "match": "Match", "kind": "Kind of record"}
_JSON = "application/json"
_TSV = "text/tab-separated-values"
_OFFERED = ("text/html", _JSON, _TSV, *results.GRAPHS)
_PAGE = 100
"""Mappings on a page."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many it leaves, and the address that chooses it or gives it up."""

    name: str
    count: int
    address: str
    chosen: bool


@blueprint.get("/mappings")
@blueprint.get("/mappings.<suffix>")
def index(suffix: str = "") -> Response:
    """List mappings, narrowed by registry, match and kind of record."""
    if suffix == "sssom.tsv":
        return _table(_found({}))
    chosen, text = _chosen(), request.args.get("q", "").strip()[:200]
    media_type = documents.media_type(suffix, _OFFERED)
    found = _found(chosen, text.lower())
    if media_type == _TSV:
        return _table(found)
    if media_type == _JSON:
        listed = [_listed(one) for one in found]
        return formats.response(json.dumps({"found": len(found), "mappings": listed}), _JSON)
    if media_type == "text/html":
        answer = documents.page(_page(found, chosen, text))
    else:
        answer = documents.graph(mappings.statements(found), media_type)
    address = f"{documents.service()}/mappings"
    links = signposts.document(address, mappings.SET, "https://schema.org/Dataset")
    return documents.signposted(answer, links, address, media_type)


@blueprint.get("/mappings/<registry>")
def registry(registry: str) -> Response:
    """Lead from the mapping set of one registry to what is in it.

    Raises:
        UnknownRecord: there is no such registry.
    """
    if registry not in NAMES:
        known = suggestion(registry, NAMES)
        raise UnknownRecord(f'There are no mappings to "{registry[:60]}". {known}')
    return documents.see_other(f"/mappings?registry={registry}")


def _found(chosen: Mapping[str, str], text: str = "") -> list[mappings.Mapping]:
    """Return the mappings for which all that is chosen holds, and that are named by a text."""
    return [
        one
        for one in standing.mapped()
        if all(getattr(one, facet) == value for facet, value in chosen.items())
        and (not text or text in _words(one))
    ]


def _words(one: mappings.Mapping) -> str:
    row = one.row
    return f"{row.subject_label} {row.subject_id} {row.object_label} {row.object_id}".lower()


def _table(found: Iterable[mappings.Mapping]) -> Response:
    answer = formats.response(mappings.write(found), _TSV)
    answer.headers["Content-Disposition"] = 'inline; filename="fingerpost.sssom.tsv"'
    return answer


def _chosen() -> dict[str, str]:
    """Return what the address chooses, by facet.

    Raises:
        BadParameter: a value is none that the facet has.
    """
    found: dict[str, str] = {}
    for facet, values in FACETS.items():
        if value := request.args.get(facet, "").strip():
            if value not in values:
                near = suggestion(value, values)
                raise BadParameter(f'"{value[:60]}" is not a {_HEADINGS[facet].lower()}. {near}')
            found[facet] = value
    return found


def _page(found: list[mappings.Mapping], chosen: Mapping[str, str], text: str) -> str:
    at = number(len(found), _PAGE)
    return render_template(
        "mappings.html",
        found=found,
        shown=found[(at - 1) * _PAGE : at * _PAGE],
        facets={_HEADINGS[facet]: _choices(facet, chosen, text) for facet in FACETS},
        chosen=chosen,
        text=text,
        registries=NAMES,
        matches=PREDICATES,
        number=at,
        pages=-(-len(found) // _PAGE),
        address=lambda page: _address(chosen, text, page),
        data=places.DATA,
        path=places.path,
    )


def _choices(facet: str, chosen: Mapping[str, str], text: str) -> list[Choice]:
    """Return a facet as it stands under the other choices."""
    others = {name: value for name, value in chosen.items() if name != facet}
    counts = Counter(getattr(one, facet) for one in _found(others, text.lower()))
    return [
        Choice(
            name,
            counts[value],
            _address(others if chosen.get(facet) == value else {**others, facet: value}, text),
            chosen.get(facet) == value,
        )
        for value, name in FACETS[facet].items()
        if value in counts
    ]


def _address(chosen: Mapping[str, str], text: str, page: int = 1) -> str:
    pairs = [(facet, chosen[facet]) for facet in FACETS if facet in chosen]
    pairs += [("q", text)] if text else []
    pairs += [("page", str(page))] if page > 1 else []
    return "/mappings" + (f"?{urlencode(pairs)}" if pairs else "")


def _listed(one: mappings.Mapping) -> dict[str, object]:
    row = one.row
    return {
        "mapping": one.iri,
        "record": one.subject,
        "name": row.subject_label,
        "match": one.match,
        "predicate": row.predicate_id,
        "object": one.object,
        "identifier": row.object_id,
        "registry": one.registry,
        "objectName": row.object_label,
        "justification": row.mapping_justification,
        "confidence": float(row.confidence) if row.confidence else None,
        "date": row.mapping_date,
        "sources": list(one.sources),
        "reason": row.comment,
    }
