"""What curators have to mend: what saved queries find, counted, with the first rows of each."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlencode

from flask import url_for

from fingerpost import clock, files
from fingerpost.catalogue import Catalogue
from fingerpost.engine.rows import Row, Table
from fingerpost.web import once

MATRIX = "curate/coverage-matrix"
NAMES = {"record": "name", "data": "dataName"}
"""Columns that are shown by the name that another column has."""
_FIRST = 8
"""Rows of each list that the page shows."""
_YEARS = 2
"""Years after which the last word of a source is old, where no day is given."""


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
        left_out = {name for key, name in NAMES.items() if key in self.table.columns}
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


def usual(now: Catalogue) -> State:
    """Return what the page shows where nobody gives a day, found once for all processes.

    Of a graph of few resources that is found sooner than it is written.
    """
    before = usual_day()
    if not now.shelf.many:
        return state(now, before)
    asked = (now.queries.queries[one].text for one in (MATRIX, *(part.query for part in PARTS)))
    code = files.digest(iter([Path(__file__)]), "\0".join((before, *asked)))
    return _read(before, once.told(now, "quality", code, lambda: _told(state(now, before))))


def state(now: Catalogue, before: str) -> State:
    """Return what there is to mend, what is old before a day included."""
    found = [_found(now, part, before) for part in PARTS]
    return State(before, now.queries.table(MATRIX, {}), found)


def usual_day() -> str:
    """Return the day before which a word is old where nobody gives one."""
    today = clock.today()
    return f"{today.year - _YEARS}-{today:%m}-01"


def _told(found: State) -> str:
    """Return in JSON what was found, without what is the same each time."""
    lists = [(one.given, one.text, one.count, *_lines(one.table)) for one in found.found]
    return json.dumps([_lines(found.matrix), lists])


def _read(before: str, text: str) -> State:
    (columns, rows), lists = json.loads(text)
    found = [
        Found(part, given, text, count, Table(tuple(names), tuple(first)))
        for part, (given, text, count, names, first) in zip(PARTS, lists, strict=True)
    ]
    return State(before, Table(tuple(columns), tuple(rows)), found)


def _lines(table: Table) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    return table.columns, table.rows


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
