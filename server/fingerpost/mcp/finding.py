"""The tool that finds records by what people know of them, and what stands for one of them."""

from fingerpost.catalogue import Catalogue
from fingerpost.errors import AmbiguousConcept
from fingerpost.graph.vocabulary import IDS
from fingerpost.mcp import arguments
from fingerpost.mcp.arguments import Arguments
from fingerpost.mcp.tool import TEXT, Said, Tool, gives, several, takes, told
from fingerpost.publish.openapi.answers import Json
from fingerpost.reconcile import matching, types
from fingerpost.reconcile.asked import Query
from fingerpost.reconcile.entities import CLASSES
from fingerpost.reconcile.matching import Candidate

_FIND = """\
Find resources, organizations, types of data, techniques and phases by name, acronym, former name, \
slug, home page or an identifier of FAIRsharing, re3data, bio.tools, ROR, RRID, Wikidata or DOI, \
misspellings forgiven. match is true where an answer is certain. To learn what is right for some \
data, use recommend: this looks at names only."""
_USUAL = 10
_MOST = 50


def find(opened: Catalogue, given: Arguments) -> Said:
    """Find what may be meant."""
    arguments.only(given, ("name", "kind", "limit"))
    text = arguments.needed(given, "name", "EGA, fairsharing:FAIRsharing.wy4egf or zenodo.org")
    kind = arguments.text(given, "kind")
    wanted = (types.known(kind),) if kind else ()
    limit = arguments.number(given, "limit", _USUAL, _MOST)
    found = matching.candidates(Query(text, types=wanted, limit=limit), opened.index)
    lines = [_line(one) for one in found] or [f'Nothing is called like "{text}".']
    return Said({"found": [_told(one) for one in found]}, "\n".join(lines))


def meant(opened: Catalogue, what: str) -> str:
    """Return the IRI of the record or concept that an IRI, slug, identifier or name stands for.

    Raises:
        UnknownRecord: there is none.
        AmbiguousConcept: it stands for several.
    """
    named = opened.index.named(what)
    if len(named) > 1:
        known = opened.index.entities(named)
        raise AmbiguousConcept(what, [f"{known[one].name} ({one})" for one in named])
    return IDS + named[0] if named else opened.iri(what)


def _told(one: Candidate) -> Json:
    entity = one.entity
    return {
        "iri": entity.iri,
        "kind": entity.kind,
        "name": entity.name,
        "description": entity.description,
        "score": one.score,
        "match": one.match,
    }


def _line(one: Candidate) -> str:
    sure = ", certain" if one.match else ""
    entity = one.entity
    return f"{entity.name} ({entity.kind}, {one.score:g}{sure}) {entity.iri} {entity.description}"


_FOUND = gives(
    {
        "iri": TEXT,
        "kind": TEXT,
        "name": TEXT,
        "description": TEXT,
        "score": told("How well the name fits, of 100.", "number"),
        "match": told("Whether this is meant for certain.", "boolean"),
    }
)

TOOL = Tool(
    "find",
    "Find records by name or identifier",
    _FIND,
    takes(
        {
            "name": told(
                "What is known of it.", examples=["BIA", "fairsharing:FAIRsharing.wy4egf"]
            ),
            "kind": told("Only of this kind.", enum=list(CLASSES)),
            "limit": told("The most answers.", "integer", minimum=1, maximum=_MOST, default=_USUAL),
        },
        "name",
    ),
    gives({"found": several(_FOUND)}),
    find,
)
