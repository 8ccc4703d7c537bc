"""The tools that answer with rows: saved queries, and SPARQL within the limits."""

import json

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query, guard, results, rows, tokens
from fingerpost.errors import AnswerTooLarge, BadParameter, QuerySyntax, WriteRefused
from fingerpost.mcp import arguments
from fingerpost.mcp.arguments import Arguments
from fingerpost.mcp.tool import NUMBER, TEXT, TEXTS, Said, Tool, gives, several, takes, told
from fingerpost.publish.openapi import schemas
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import SavedQuery

_USUAL = 50
"""Rows that come where nobody says how many."""
_MOST = 1000
"""Rows that come at most."""
_BYTES = {"rows": 8 * 1024 * 1024, "graph": 256 * 1024}
"""How large an answer may be that is read; a model has no use for more."""
_PAGES = 1_000_000
_LONGEST = 1024 * 1024
"""Characters of a query, which the engine bounds more closely."""

_LIST = """\
List the saved queries: questions about the graph that are written already, each with its \
parameters. Look here before writing SPARQL. With about, only those that have all its words."""
_RUN = """\
Run a saved query by its name, such as recommend/tools-for-phase, with its parameters; \
list_queries says which there are. A parameter that leads to a record or concept takes its slug or \
IRI. Rows come by pages: while more is true, ask for the next."""
_SPARQL = """\
Answer a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), read-only. Prefixes such as fp:, \
skos:, dct: and schema: need no declaration. Classes are fp:Repository, fp:Facility, fp:Tool, \
fp:Standard, fp:Guidance and so on; a record has skos:prefLabel, dct:description, schema:url, \
fp:accepts (types of data), fp:usedIn (phases), fp:access, fp:status, dct:source. Concepts are \
SKOS, such as https://w3id.org/fingerpost/id/data-type/imaging-data. The resource \
https://w3id.org/fingerpost/ontology has all terms. A query has some seconds and no network: \
SERVICE and updates are refused. Put a LIMIT; for English labels FILTER (LANG(?name) = "en")."""


def list_queries(opened: Catalogue, given: Arguments) -> Said:
    """List the saved queries."""
    arguments.only(given, ("about",))
    words = arguments.text(given, "about").lower().split()
    known = [one for one in opened.queries.queries.values() if _about(one, words)]
    lines = [f"{one.name}{_parameters(one)}: {one.summary}" for one in known]
    total = len(opened.queries.queries)
    head = f"{len(known)} of {total} saved queries; * marks what must be given."
    return Said({"queries": [one.json() for one in known]}, "\n".join([head, *lines]))


def _about(one: SavedQuery, words: list[str]) -> bool:
    told_ = " ".join((one.name, one.summary, one.description, *one.tags)).lower()
    return all(word in told_ for word in words)


def _parameters(one: SavedQuery) -> str:
    named = (f"{p.name}{'*' if p.required else ''} ({bind.describe(p)})" for p in one.parameters)
    found = ", ".join(named)
    return f" [{found}]" if found else ""


def run_query(opened: Catalogue, given: Arguments) -> Said:
    """Answer a saved query."""
    arguments.only(given, ("name", "parameters", "page", "page_size"))
    name = arguments.needed(given, "name", "explore/data-types")
    values = arguments.texts(arguments.mapping(given, "parameters"))
    several_ = [key for key, value in values.items() if not isinstance(value, str)]
    if several_:
        raise BadParameter(f"{several_[0]} takes one value.")
    text = opened.queries.text(name, {key: str(value) for key, value in values.items()})
    form = saved.find(opened.queries.queries, name).form
    size = arguments.number(given, "page_size", _USUAL, _MOST)
    page = arguments.number(given, "page", 1, _PAGES)
    return _answer(opened, text, form, (page - 1) * size, size)


def sparql(opened: Catalogue, given: Arguments) -> Said:
    """Answer a SPARQL query."""
    arguments.only(given, ("query", "limit"))
    text = arguments.needed(given, "query", "ASK { ?s a fp:Repository }", _LONGEST)
    guard.short(text)
    form = tokens.form(text)
    if form == "UPDATE":
        raise WriteRefused("Nothing is written here: ask with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if form is None:
        raise QuerySyntax("The text has none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
    return _answer(opened, text, form, 0, arguments.number(given, "limit", _USUAL, _MOST))


def _answer(opened: Catalogue, text: str, form: str, start: int, size: int) -> Said:
    if form in {"CONSTRUCT", "DESCRIBE"}:
        turtle = _read(opened, text, "text/turtle", "graph").decode()
        return Said({"turtle": turtle}, turtle)
    body = _read(opened, text, results.JSON, "rows")
    if form == "ASK":
        truth = bool(json.loads(body)["boolean"])
        return Said({"boolean": truth}, "yes" if truth else "no")
    found = rows.read(body)
    shown = found.rows[start : start + size]
    more = start + size < len(found.rows)
    table: dict[str, object] = {
        "columns": list(found.columns),
        "rows": [dict(row) for row in shown],
        "total": len(found.rows),
        "more": more,
    }
    lines = ["\t".join(row.get(name, "") for name in found.columns) for row in shown]
    told_ = (
        f"Rows {start + 1} to {start + len(shown)} of {len(found.rows)}." if lines else "No rows."
    )
    return Said(table, "\n".join(["\t".join(found.columns), *lines, told_]))


def _read(opened: Catalogue, text: str, media_type: str, what: str) -> bytes:
    """Return the answer to a query in one piece.

    Raises:
        AnswerTooLarge: it is larger than a model has use for.
    """
    found = opened.engine.fetch(Query(text), media_type)
    if found.size > _BYTES[what]:
        found.forget()
        raise AnswerTooLarge(
            f"The answer has {found.size:,} bytes; at most {_BYTES[what]:,} are read here. "
            "Ask for less: fewer columns, a narrower pattern, a LIMIT, or a COUNT."
        )
    return found.whole()


_ROWS = told("Rows that come at most.", "integer", minimum=1, maximum=_MOST, default=_USUAL)
_TABLE = gives(
    {},
    {
        "columns": TEXTS,
        "rows": several({"type": "object", "additionalProperties": TEXT}),
        "total": told("How many rows there are in all.", "integer"),
        "more": told("Whether there are rows behind these.", "boolean"),
        "boolean": told("The answer of ASK.", "boolean"),
        "turtle": told("The graph of CONSTRUCT or DESCRIBE."),
    },
)
_VALUES = told(
    "The values of the query's parameters, by name.",
    "object",
    additionalProperties={"type": ["string", "number", "boolean", "null"]},
    examples=[{"phase": "share", "data": "imaging-data"}],
)

TOOLS = (
    Tool(
        "list_queries",
        "List saved queries",
        _LIST,
        takes({"about": told("Words that name, summary or tags must have.")}),
        schemas.whole("SavedQueries"),
        list_queries,
    ),
    Tool(
        "run_query",
        "Run a saved query",
        _RUN,
        takes(
            {
                "name": told("Folder and name.", examples=["recommend/tools-for-phase"]),
                "parameters": _VALUES,
                "page": NUMBER | {"description": "The page, from 1.", "minimum": 1, "default": 1},
                "page_size": _ROWS,
            },
            "name",
        ),
        _TABLE,
        run_query,
    ),
    Tool(
        "sparql",
        "Ask in SPARQL",
        _SPARQL,
        takes({"query": told("The query."), "limit": _ROWS}, "query"),
        _TABLE,
        sparql,
    ),
)
