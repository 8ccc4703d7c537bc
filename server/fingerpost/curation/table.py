"""A table of records: CSV whose columns are fields, a row a record."""

import csv
import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fingerpost.curation import drafts, fields, words
from fingerpost.curation.drafts import Stated, Value
from fingerpost.curation.fields import Field
from fingerpost.curation.words import Words
from fingerpost.engine import Engine
from fingerpost.errors import BadParameter, DataFault
from fingerpost.files import Folders
from fingerpost.graph import canonical, records
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import KINDS
from fingerpost.suggest import suggestion

_DELIMITERS = ",;\t"
_UNKNOWN = frozenset({"", "na", "n/a", "null", "none", "-", "?"})
_OWN = ("id", "kind", "source", "date")
"""Columns that say which record a row is about, and who says so."""
_LONGEST = 100_000
_MOST_COLUMNS = 500


@dataclass(frozen=True)
class Columns:
    """How columns become fields: column → field, text between values, and what all rows share."""

    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separator: str = "|"


@dataclass(frozen=True)
class Broken:
    """What is wrong with a row, by the line on which it begins."""

    line: int
    column: str
    message: str


@dataclass
class Plan:
    """What a table would do to the files: drafts of what is new and what changes, and the rest."""

    new: dict[Path, Record] = field(default_factory=dict)
    changed: dict[Path, Record] = field(default_factory=dict)
    unchanged: set[Path] = field(default_factory=set)
    broken: list[Broken] = field(default_factory=list)

    def drafts(self) -> list[Record]:
        """Return every record that would be written."""
        return [*self.new.values(), *self.changed.values()]

    def problems(self, folders: Folders) -> list[str]:
        """Return what the shapes have against what would be written."""
        return drafts.problems(folders, self.drafts()) if self.new or self.changed else []

    def save(self) -> None:
        """Write what is new and what changes; raises as `drafts.save` does."""
        drafts.save(self.drafts())

    def summary(self) -> str:
        """Return how many records are new, change, stay, and how many rows are broken."""
        parts = [f"{len(self.new)} new", f"{len(self.changed)} changed"]
        parts += [f"{len(self.unchanged)} unchanged", f"{len(self.broken)} broken"]
        return ", ".join(parts) + "."

    def diff(self, folders: Folders) -> Iterator[str]:
        """Yield the lines of a unified diff of the files that would change."""
        for path, draft in sorted({**self.new, **self.changed}.items()):
            before = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
            name = path.relative_to(folders.instances.parent).as_posix()
            after = canonical.turtle(draft).splitlines(keepends=True)
            yield from difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")


def columns(path: Path | None, constants: Mapping[str, str]) -> Columns:
    """Return the mapping in a TOML file, with `constants` of the caller's before its own.

    Raises:
        BadParameter: the file is not such a mapping.
    """
    if path is None:
        return Columns(constants=constants)
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadParameter(f"{path} is not TOML: {fault}.") from fault
    for name in said:
        if name not in ("columns", "ignore", "constants", "values", "separator"):
            choices = ("columns", "constants", "ignore", "separator", "values")
            raise BadParameter(f'{path}: a mapping has no "{name}". {suggestion(name, choices)}')
    return Columns(
        columns=dict(said.get("columns", {})),
        ignored=frozenset(said.get("ignore", ())),
        constants={**said.get("constants", {}), **constants},
        values=dict(said.get("values", {})),
        separator=str(said.get("separator", "|")),
    )


@dataclass
class Importer:
    """Reads tables for one set of data folders."""

    folders: Folders
    words: Words
    how: Columns
    _fields: dict[str, dict[str, Field]] = field(default_factory=dict)

    def plan(self, path: Path) -> Plan:
        """Return what the table at `path` would do.

        Raises:
            DataFault: the file is no such table at all.
            BadParameter: a column is no field.
        """
        found = Plan()
        for line, row in rows(path):
            try:
                self._add(found, row)
            except _Wrong as wrong:
                found.broken.append(Broken(line, wrong.column, str(wrong)))
        return found

    def _add(self, found: Plan, row: Mapping[str, str]) -> None:
        given = self._given(row)
        path = self._place(given)
        said = self._said(path.parent.name, given)
        draft = found.new.get(path) or found.changed.get(path)
        before = draft or (records.record(path) if path.exists() else None)
        if before is None:
            for name, text in drafts.DEFAULTS.items():
                if name in self.fields(path.parent.name) and name not in said:
                    said[name] = self._values(self.fields(path.parent.name)[name], name, text)
            _complete(said, self.fields(path.parent.name))
            found.new[path] = drafts.new(path, said, self.fields(path.parent.name))
            return
        said = {name: values for name, values in said.items() if name != "source"}
        after = drafts.amended(before, said, self.fields(path.parent.name), self._stated(given))
        if path in found.new:
            found.new[path] = after
        elif after is before:
            found.unchanged |= set() if path in found.changed else {path}
        else:
            found.changed[path] = after
            found.unchanged.discard(path)

    def fields(self, kind: str) -> dict[str, Field]:
        """Return the fields of a kind; read once."""
        if kind not in self._fields:
            self._fields[kind] = fields.fields(kind, self._terms)
        return self._fields[kind]

    @cached_property
    def _terms(self) -> Engine:
        return fields.terms(self.folders)

    def _given(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return field → text, columns renamed, unknown values left out."""
        given = {_bare(name): text for name, text in self.how.constants.items()}
        for column, text in row.items():
            if column in self.how.ignored or text.strip().casefold() in _UNKNOWN:
                continue
            name = self.how.columns.get(column, column)
            given[_bare(name)] = self.how.values.get(column, {}).get(text.strip(), text.strip())
        return given

    def _place(self, given: Mapping[str, str]) -> Path:
        kind, _, slug = given.get("id", "").rpartition("/")
        kind = given.get("kind", kind).casefold()
        name = slug or drafts.slug(given.get("name", ""))
        if not kind:
            raise _Wrong("kind", f"no kind: give one of {', '.join(KINDS)}.")
        if not name:
            raise _Wrong("id", "neither an id nor a name that gives one.")
        try:
            return drafts.place(self.folders, kind, name)
        except BadParameter as fault:
            raise _Wrong("id" if kind in KINDS else "kind", str(fault)) from fault

    def _said(self, kind: str, given: Mapping[str, str]) -> dict[str, list[Value]]:
        known = self.fields(kind)
        names = {_bare(name): name for name in known}
        said: dict[str, list[Value]] = {}
        for column, text in given.items():
            if column in _OWN and column != "source" and not (column == "date" and "date" in known):
                continue
            if column not in names:
                raise _Wrong(column, f"a {kind} has no such field. {suggestion(column, known)}")
            said[names[column]] = self._values(known[names[column]], column, text)
        return said

    def _values(self, known: Field, column: str, text: str) -> list[Value]:
        many = [text] if known.single or known.form == "text" else text.split(self.how.separator)
        try:
            return [self.words.term(known, one) for one in many if one.strip()]
        except BadParameter as fault:
            raise _Wrong(column, str(fault)) from fault

    def _stated(self, given: Mapping[str, str]) -> Stated:
        """Return who says what a row says of a record that is there already."""
        if "source" not in given:
            raise _Wrong("source", "the record is there: name the source of what is new.")
        if "date" not in given:
            raise _Wrong("date", "the record is there: say when the source says what is new.")
        try:
            source = self.words.thing(fields.SOURCE, given["source"])
            return Stated(source, words.date(fields.STATED_ON, given["date"]))
        except BadParameter as fault:
            raise _Wrong("source or date", str(fault)) from fault


class _Wrong(Exception):
    """A row that cannot be used, and the column that is to blame."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV file with the line on which it ends: column → text.

    Raises:
        DataFault: it is not UTF-8, has no header, or a row does not fit the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(_LONGEST)
            file.seek(0)
            delimiter = max(_DELIMITERS, key=head.count)
            csv.field_size_limit(_LONGEST)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _usable(path, header)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, _row(path, reader.line_num, header, cells)
    except UnicodeDecodeError as fault:
        raise DataFault(f"{path} is not UTF-8: {fault.reason} at byte {fault.start}.") from fault
    except csv.Error as fault:
        raise DataFault(f"{path} is no CSV: {fault}.") from fault


def _usable(path: Path, header: list[str]) -> None:
    if not any(header):
        raise DataFault(f"{path} has no header: its first line names the columns.")
    if len(header) > _MOST_COLUMNS:
        raise DataFault(f"{path} has {len(header):,} columns; at most {_MOST_COLUMNS}.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise DataFault(f"{path} has the column {twice[0]} twice.")


def _row(path: Path, line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(header):
        raise DataFault(f"{path}:{line} has {len(cells)} cells under {len(header)} columns.")
    return {name: cell for name, cell in zip(header, cells, strict=False) if name}


def _complete(said: Mapping[str, list[Value]], known: Mapping[str, Field]) -> None:
    for name, one in known.items():
        if one.required and not said.get(name):
            raise _Wrong(name, f"a new record needs it. {one.help}")


def _bare(name: str) -> str:
    """Return a column's name as names are compared: without case, blanks, hyphens, underscores."""
    return "".join(letter for letter in name.casefold() if letter not in " -_")
