"""`/quality`: what there is, what is missing, and what to look at again, for curators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request, url_for

from fingerpost import clock
from fingerpost.catalogue import Catalogue
from fingerpost.engine.rows import Row, Table
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import record_iri
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.opened import catalogue, site
from fingerpost.web.queries import given

blueprint = Blueprint("quality", __name__)

_JSON = "application/json"
_OFFERED = ("text/html", _JSON)
_MATRIX = "curate/coverage-matrix"
_CELL = "curate/what-counts"
_FIRST = 8
"""Rows of each list that the page shows."""
_YEARS = 2
"""Years after which the last word of a source is old, where no day is given."""
_NAMES = {"record": "name", "data": "dataName"}
"""Columns that are shown by the name that another column has."""
_HEAT = (1, 4, 11, 21)
"""From how many resources on a cell is a shade darker."""


@dataclass(frozen=True)
class Part:
    """A list of things to mend: the saved query behind it, and the columns that tell them apart.

    A `dated` one counts against the day that is asked about. Where a query answers several parts,
    `only` names the column that tells them apart, which is its parameter too, and the value.
    """

    title: str
    text: str
    query: str
    things: tuple[str, ...]
    only: tuple[tuple[str, str], ...] = ()
    dated: bool = False


PARTS = (
    Part(
        "Gaps",
        "Kinds that one looks for in a phase, and types of data for which there is none.",
        "curate/gaps",
        ("data", "phase", "kind"),
    ),
    Part(
        "Stale records",
        "Active resources of which no source has spoken since {before}.",
        "curate/stale",
        ("record",),
        dated=True,
    ),
    Part(
        "Overdue records",
        "Records that nobody has held against their sources for more than a year.",
        "check/not-verified-for-a-year",
        ("record",),
    ),
    Part(
        "Resources of a single source",
        "Active resources that only one source names.",
        "curate/single-source",
        ("record",),
        (("what", "resource"),),
    ),
    Part(
        "Facts of a single source",
        "Access, personal data, cost and limits of size that only one source states.",
        "curate/single-source",
        ("record", "property", "value"),
        (("what", "fact"),),
    ),
    Part(
        "Disagreements",
        "Properties of a record of which sources say different things.",
        "curate/disagreements",
        ("record", "property"),
    ),
    Part(
        "Links by age",
        "Addresses, those first that nobody has looked at for longest.",
        "curate/links-by-age",
        ("record", "property", "link"),
    ),
    Part(
        "Without an identifier",
        "Active repositories, registries, standards and tools that no registry is known to list.",
        "registry/without-identifier",
        ("record",),
    ),
)


@dataclass(frozen=True)
class Found:
    """The answer to a part: what was asked, how many things there are, and the first rows."""

    part: Part
    given: dict[str, str]
    text: str
    count: int
    table: Table

    @property
    def address(self) -> str:
        """Return where the whole answer is."""
        address = url_for("queries.run", name=self.part.query)
        return f"{address}?{urlencode(self.given)}" if self.given else address

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are shown: not what is the same in all rows, nor what is empty.

        Names stand in the place of what they name.
        """
        left_out = {name for key, name in _NAMES.items() if key in self.table.columns}
        left_out |= dict(self.part.only).keys()
        filled = {one for row in self.table.rows for one in row}
        return tuple(one for one in self.table.columns if one in filled - left_out)

    @property
    def slug(self) -> str:
        """Return the part's name in the address of the page."""
        return self.part.title.lower().replace(" ", "-")


@dataclass(frozen=True)
class State:
    """What the page shows: what is old before which day, how data are covered, and each part."""

    before: str
    matrix: Table
    found: list[Found]


@blueprint.get("/quality")
def index() -> Response:
    """Show how well data types and phases are covered, and what there is to mend."""
    media_type = formats.media_type(_OFFERED)
    before = _before(given())
    state = site().standing("quality", usual) if before == _usual() else None
    if state is None or state.before != before:
        state = _state(catalogue(), before)
    matrix, found = state.matrix, state.found
    if media_type == _JSON:
        return formats.response(json.dumps(_written(matrix, found, before)), _JSON)
    page = render_template(
        "quality.html",
        phases=_phases(matrix),
        rows=[_covered(row, matrix) for row in matrix.rows],
        matrix=url_for("queries.run", name=_MATRIX),
        found=found,
        names=_NAMES,
        before=before,
        address=request.full_path.rstrip("?"),
    )
    return formats.response(page, "text/html")


def usual(now: Catalogue) -> State:
    """Return what the page shows where nobody gives a day."""
    return _state(now, _usual())


def _state(now: Catalogue, before: str) -> State:
    found = [_found(now, part, before) for part in PARTS]
    return State(before, now.queries.table(_MATRIX, {}), found)


def _usual() -> str:
    today = clock.today()
    return f"{today.year - _YEARS}-{today:%m}-01"


def _before(asked: Mapping[str, str]) -> str:
    """Return the day before which a word is old.

    Raises:
        BadParameter: the address gives something else than that day.
    """
    for name in asked:
        if name != "before":
            raise BadParameter(f'There is no "{name}" here. {suggestion(name, ["before"])}')
    return asked.get("before") or _usual()


def _found(now: Catalogue, part: Part, before: str) -> Found:
    asked = {"before": before} if part.dated else {}
    table, _ = now.queries.some(part.query, asked, 0, 1)
    first, things = list[Row](), set[bytes]()
    for row in now.queries.each(part.query, asked):
        if all(row.get(key) == it for key, it in part.only):
            first += [row][: _FIRST - len(first)]
            things.add(_digest(row.get(one, "") for one in part.things))
    return Found(
        part=part,
        given=dict(part.only) | asked,
        text=part.text.format(before=before),
        count=len(things),
        table=Table(table.columns, tuple(first)),
    )


def _digest(values: Iterable[str]) -> bytes:
    """Return what tells a thing of very many from any other, in little memory."""
    return blake2b("\0".join(values).encode(), digest_size=16).digest()


def _phases(matrix: Table) -> tuple[str, ...]:
    """Return the phases of the matrix: its columns but for the type, its name and the sum."""
    return matrix.columns[2:-1]


def _covered(row: Row, matrix: Table) -> dict[str, object]:
    """Return a row of the heat map: each cell with its count, its shade and what is behind it."""
    slug = row["data"].rpartition("/")[2]
    return {
        "name": row["dataName"],
        "address": row["data"],
        "resources": row["resources"],
        "whole": url_for("queries.run", name=_CELL, data=slug),
        "cells": [
            {
                "phase": phase,
                "count": int(row[phase]),
                "heat": sum(int(row[phase]) >= least for least in _HEAT),
                "address": url_for("queries.run", name=_CELL, data=slug, phase=phase),
            }
            for phase in _phases(matrix)
        ],
    }


def _written(matrix: Table, found: list[Found], before: str) -> dict[str, object]:
    phases = _phases(matrix)
    return {
        "before": before,
        "coverage": {
            "query": _MATRIX,
            "phases": [record_iri("phase", phase) for phase in phases],
            "rows": [
                {
                    "data": row["data"],
                    "name": row["dataName"],
                    "resources": int(row["resources"]),
                    "counts": [int(row[phase]) for phase in phases],
                }
                for row in matrix.rows
            ],
        },
        "parts": [
            {
                "title": one.part.title,
                "description": one.text,
                "query": one.part.query,
                "given": one.given,
                "count": one.count,
                "first": list(one.table.rows),
            }
            for one in found
        ],
    }
