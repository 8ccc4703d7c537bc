"""`/queries`: the saved queries, each a form and a table, or an answer in any format."""

import sys
from dataclasses import dataclass
from math import inf
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request

from fingerpost.engine import results
from fingerpost.engine.rows import Table
from fingerpost.errors import BadParameter
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import Parameter, SavedQuery
from fingerpost.queries.service import SavedQueries
from fingerpost.web import charts, editor, formats
from fingerpost.web.opened import catalogue, site

blueprint = Blueprint("queries", __name__)

_JSON = "application/json"
_TEXT = "application/sparql-query"
_ROWS = 100
"""Rows of a table that a page shows at once."""
_DRAWN = 10_000
"""Rows of a table that are drawn as a picture at most, as all must be read for it."""
_CURRENT = 0.0
"""Seconds for which an answer to a program may be out of date: it looks at no line that says so."""
_PICKED = 150
"""Things that a picker lists; where there are more, a field completes itself."""
_OWN = frozenset({"format", "page", "page_size"})
"""Fields of an address that are ours and not a query's."""


@blueprint.get("/queries")
def index() -> Response:
    """List every saved query with its parameters."""
    known = catalogue().queries.queries
    if formats.prefers_page(_JSON):
        folders: dict[str, list[SavedQuery]] = {}
        for one in known.values():
            folders.setdefault(one.name.partition("/")[0], []).append(one)
        return formats.response(render_template("queries.html", folders=folders), "text/html")
    formats.media_type((_JSON,))
    return formats.response(json.dumps([one.json() for one in known.values()]), _JSON)


@blueprint.get("/queries/<path:name>")
def run(name: str) -> Response:
    """Answer a saved query; a browser gets its form and a table; `.rq` gives its text."""
    queries = catalogue().queries
    if name.endswith(".rq"):
        return formats.response(saved.find(queries.queries, name[:-3]).text, _TEXT)
    query = saved.find(queries.queries, name)
    if "format" not in request.args and formats.prefers_page(results.JSON):
        return _page(query)
    media_type = formats.media_type(results.offered(query.form))
    if query.form != "SELECT":
        return formats.response(queries.answer(name, given(), media_type), media_type)
    return _rows(query, media_type)


def _rows(query: SavedQuery, media_type: str) -> Response:
    """Answer with a page of a table; where there are more, a Link leads on (RFC 8288)."""
    number = _counted("page", 1, most=sys.maxsize)
    size = _counted("page_size", site().policy.page_size, most=site().policy.page_size)
    page = _queries(_CURRENT).page(query.name, given(), (number - 1) * size, size, media_type)
    answer = formats.response(page.body, media_type)
    if page.more:
        answer.headers.add("Link", f'<{_at(number + 1)}>; rel="next"')
    if number > 1:
        answer.headers.add("Link", f'<{_at(number - 1)}>; rel="prev"')
    return answer


def _queries(most: float) -> SavedQueries:
    """Return the saved queries, whose answers may be out of date for so many seconds.

    A client says what it would rather have (RFC 9111, 5.2.1).
    """
    wish = request.cache_control
    told = 0 if wish.no_cache else wish.max_age
    return catalogue().meanwhile(most if told is None else told)


def _counted(name: str, usual: int, most: int) -> int:
    """Return a positive number out of the address.

    Raises:
        BadParameter: it is none, or too large.
    """
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:18]) <= most):
        raise BadParameter(f'"{name}" is a number from 1 to {most}, not "{text[:40]}".')
    return int(text)


def _at(page: int) -> str:
    """Return the address of this request with another page."""
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "page"]
    return f"{request.base_url}?{urlencode([*pairs, ('page', page)])}"


def given() -> dict[str, str]:
    """Return the values in the address; one given twice is a fault.

    Raises:
        BadParameter: a name stands more than once with different values.
    """
    found: dict[str, str] = {}
    for name, values in request.args.lists():
        if len(set(values)) > 1:
            raise BadParameter(f'"{name}" is given {len(values)} times: give it once.')
        if name not in _OWN:
            found[name] = values[0]
    return found


@dataclass(frozen=True)
class _Shown:
    """What a page shows of a table: some rows, their number, and the picture.

    `total` is how many rows there are; None where no more than a page is read.
    """

    table: Table
    number: int
    total: int | None
    chart: charts.Bars | charts.Heat | None = None
    more: bool = False

    @property
    def pages(self) -> int | None:
        """How many pages there are, where that is known."""
        return None if self.total is None else _pages(self.total)

    @property
    def first(self) -> int:
        """The number of the first row, from 1."""
        return (self.number - 1) * _ROWS + 1


def _page(query: SavedQuery) -> Response:
    """Show form and table; what the values given cannot be is said above the form."""
    asked = {name: value for name, value in given().items() if value}
    ready = all(one.name in asked for one in query.parameters if one.required)
    number = _counted("page", 1, most=sys.maxsize)
    shown: _Shown | None = None
    fault: str | None = None
    if ready and query.form == "SELECT":
        try:
            shown = _shown(query, asked, number)
        except BadParameter as wrong:
            fault = str(wrong)
    page = _rendered(query, asked, shown, fault)
    return Response(page, 400) if fault else formats.response(page, "text/html")


def _shown(query: SavedQuery, asked: dict[str, str], number: int) -> _Shown:
    """Return a page of the answer; of one that is not kept no more is read."""
    queries = _queries(inf)
    size = queries.size(query.name, asked)
    if size is not None and size <= _DRAWN:
        return _whole(queries.table(query.name, asked), number)
    if size is not None:
        number = min(number, _pages(size))
    table, more = queries.some(query.name, asked, (number - 1) * _ROWS, _ROWS)
    if table.rows and (more or number > 1):
        return _Shown(table, number, size, more=more)
    return _whole(table if number == 1 else queries.table(query.name, asked), number)


def _whole(table: Table, number: int) -> _Shown:
    """Return a page of a table that is read; the last one where it has not so many."""
    size = len(table.rows)
    number = min(number, max(_pages(size), 1))
    drawn = charts.chart(table) if size <= _DRAWN else None
    return _Shown(_part(table, number), number, size, drawn, more=number < _pages(size))


def _part(table: Table, number: int) -> Table:
    return Table(table.columns, table.rows[(number - 1) * _ROWS : number * _ROWS])


def _pages(size: int) -> int:
    return -(-size // _ROWS)


def _rendered(
    query: SavedQuery, asked: dict[str, str], shown: _Shown | None, fault: str | None
) -> str:
    return render_template(
        "query.html",
        query=query,
        asked=asked,
        fault=fault,
        choices={one.name: _choices(one) for one in query.parameters},
        describe=bind.describe,
        shown=shown,
        at=_at,
        charts=charts,
        address="?".join(filter(None, (request.path, urlencode(asked)))),
        site=request.url_root.rstrip("/"),
        opens=editor.opens(query),
    )


def _choices(one: Parameter) -> list[tuple[str, str]]:
    """Return what a picker offers, value and label; nothing where there is too much to list."""
    if one.choices:
        return [(choice, choice) for choice in one.choices]
    if one.class_:
        return list(catalogue().queries.few(one.class_, _PICKED).items())
    return [("true", "yes"), ("false", "no")] if one.type == "boolean" else []
