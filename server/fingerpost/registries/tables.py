"""Tables of entries (CSV, TSV), and mapping sets (SSSOM) as entries with cross-references."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from fingerpost.errors import NotOfRegistry
from fingerpost.graph.sssom import NOT
from fingerpost.registries.entry import Broken, Entry, Found
from fingerpost.registries.json_lines import entry
from fingerpost.registries.values import Values, WrongValue, broken, clean, unique

_LISTS = ("alt_names", "access", "subjects", "countries", "identifiers")
_BETWEEN = "|"
_SEPARATORS = (",", "\t", ";")
_EXACT = frozenset({"skos:exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch"})
_MAPPED = ("subject_id", "predicate_id", "object_id")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a table begins that a spreadsheet wrote as “Unicode”."""
_MORE = "more"
"""Where cells beyond the last column go."""


def entries(data: bytes) -> Iterator[Found]:
    """Yield an entry for each row; the header names its fields, of which id and name are needed.

    The columns are those of an `Entry`; others are left out. Lists have | between their values.
    The separator is a comma, a tab or a semicolon.

    Raises:
        NotOfRegistry: it is no table with these columns.
    """
    for where, row in _rows(_text(data), ("id", "name")):
        yield row if isinstance(row, Broken) else _made(where, row)


def mapped(data: bytes) -> Iterator[Found]:
    """Yield the subjects of a mapping set, with what each is an exact match of as identifiers.

    A subject that has no label goes by its id. Other predicates, and rows that say Not, identify
    nothing.

    Raises:
        NotOfRegistry: it is no SSSOM table.
    """
    text = _text(data)
    lines = text.splitlines(keepends=True)
    above = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found: dict[str, tuple[str, list[str]]] = {}
    for where, row in _rows("".join(lines[above:]), _MAPPED, above):
        if isinstance(row, Broken):
            yield row
            continue
        try:
            _gather(found, row)
        except WrongValue as fault:
            yield broken(where, fault)
    for id_, (label, same) in found.items():
        yield Entry(id=id_, name=label or id_, identifiers=unique(same))


def _gather(found: dict[str, tuple[str, list[str]]], row: Values) -> None:
    """Put what a mapping says of its subject to what others said."""
    subject, predicate, object_ = map(row.needed, _MAPPED)
    label, same = found.get(subject, ("", []))
    if predicate in _EXACT and row.text("predicate_modifier") != NOT:
        same.append(object_)
    found[subject] = (label or row.text("subject_label"), same)


def _made(where: str, row: Values) -> Found:
    lists = {name: row.text(name).split(_BETWEEN) for name in _LISTS}
    try:
        return entry(Values({**row.found, **lists}))
    except WrongValue as fault:
        return broken(where, fault)


def _text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotOfRegistry(f"This is not UTF-8: byte {fault.start}.") from fault


def _rows(text: str, needed: tuple[str, ...], above: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield where each row is, and its cells, or why it cannot be read."""
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey=_MORE)
    try:
        names = [clean(name).lower() for name in table.fieldnames or ()]
    except csv.Error as fault:
        raise NotOfRegistry(f"This is no table: {fault}.") from fault
    missing = [name for name in needed if name not in names]
    if missing:
        raise NotOfRegistry(f"This table has no column {', '.join(missing)}.")
    table.fieldnames = names
    while True:
        where = f"line {table.line_num + above + 1}"
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as fault:
            yield where, Broken(where, "", f"this is no row ({fault}).")
            continue
        yield where, _checked(where, row)


def _checked(where: str, row: dict[str, Any]) -> Values | Broken:
    if _MORE in row:
        return Broken(where, "", "this row has more cells than there are columns.")
    return Values(row)
