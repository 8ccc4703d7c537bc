"""What the command line writes of saved queries and records."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fingerpost import catalogue
from fingerpost.counting import counted
from fingerpost.engine import Query, results
from fingerpost.engine.rows import Table
from fingerpost.errors import BadParameter, NotAcceptable
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import curie
from fingerpost.progress import Progress, silent
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import SavedQuery

_FORMATS = {
    "json": results.JSON,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
_WIDEST = 60


def query(
    folders: Folders,
    name: str | None,
    words: Sequence[str],
    format_: str,
    tell: Progress = silent,
    store: Path | None = None,
) -> str:
    """Return the answer to a saved query, or the list of all where there is no name.

    With a store, its last generation is asked.

    Raises:
        UnknownQuery, BadParameter: as `SavedQueries.text`.
        NotAcceptable: a graph is asked for as a table.
    """
    if name is None:
        return _index(saved.load(folders.queries))
    given = _parameters(words)
    opened = catalogue.of_store(store, folders, tell) if store else catalogue.open_(folders, tell)
    if format_ == "sparql":
        return opened.queries.text(name, given)
    form = saved.find(opened.queries.queries, name).form
    if form in {"CONSTRUCT", "DESCRIBE"}:
        if format_ != "table":
            raise NotAcceptable(f"{name} answers with a graph: leave --format out for Turtle.")
        return opened.queries.answer(name, given, "text/turtle").decode()
    if format_ == "table" and form == "SELECT":
        return _table(opened.queries.table(name, given))
    media_type = _FORMATS.get(format_, _FORMATS["csv"])
    return opened.queries.answer(name, given, media_type).decode()


def show(folders: Folders, what: str, tell: Progress = silent) -> str:
    """Return everything that is said of a record, as Turtle.

    Raises:
        UnknownRecord: there is no such record.
    """
    opened = catalogue.open_(folders, tell)
    text = opened.description(opened.iri(what))
    return opened.engine.answer(Query(text), "text/turtle").decode()


def _index(known: Mapping[str, SavedQuery]) -> str:
    lines = []
    for one in known.values():
        lines.append(f"{one.name}\n    {one.summary}")
        lines += [f"    --{p.name}  {bind.describe(p)}" + _note(p) for p in one.parameters]
    return "\n".join(lines) + "\n"


def _note(one: saved.Parameter) -> str:
    if one.default is not None:
        return f" (default: {curie(one.default)})"
    return " (may be left out)" if one.optional else ""


def _parameters(words: Sequence[str]) -> dict[str, str]:
    """Return `--name value` and `--name=value` as a mapping."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise BadParameter(f'"{word}" is no parameter: write --name value.')
        if not equals:
            if not rest:
                raise BadParameter(f"--{name} needs a value.")
            value = rest.pop(0)
        if name in given:
            raise BadParameter(f"--{name} is given twice.")
        given[name] = value
    return given


def _table(found: Table) -> str:
    cells = [[_cell(row.get(name, "")) for name in found.columns] for row in found.rows]
    grid = [list(found.columns), *cells]
    widths = [min(max(map(len, column)), _WIDEST) for column in zip(*grid, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in grid
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    lines.append(f"({counted(len(found.rows), 'row')})")
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    return curie(value).replace("\n", " | ")
