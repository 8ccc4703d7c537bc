"""Questions as clients send them, checked once: batches of queries, wishes for columns."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fingerpost.errors import BadParameter
from fingerpost.reconcile import comparing, types
from fingerpost.reconcile.properties import Property
from fingerpost.suggest import suggestion

BATCH = 1000
"""Queries that a batch may have; also things whose columns are fetched at once."""
LONGEST = 1000
"""Characters that a query, or a value in it, may have."""
CANDIDATES = 100
"""Candidates that a query gets at most, however many it asks for."""
COLUMNS = 50
"""Properties that a query may name, and columns that may be fetched at once."""
WISHES = 5000
"""Properties that the queries of a batch may name together."""
VALUES = 50
"""Values that a property of a query may have."""
_USUAL = 10
_MOST = 10**6
_STRICT = ("any", "should", "all")
_FIELDS = {"query", "type", "limit", "properties", "type_strict"}

Properties = Mapping[str, Property]


@dataclass(frozen=True)
class Wish:
    """A property that a candidate should have; one of `keys`, as `comparing` has them, will do."""

    property_: Property
    keys: frozenset[str]


@dataclass(frozen=True)
class Query:
    """What somebody looks for; without `text`, by its properties alone."""

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = _USUAL
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True)
class Column:
    """A property to fetch, and how many of its values; None is all."""

    property_: Property
    limit: int | None = None


@dataclass(frozen=True)
class Extension:
    """Columns to fetch for some ids, which are as the client sent them."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def queries(text: str, known: Properties) -> dict[str, Query]:
    """Return a batch of queries by the keys that the client gave them.

    Raises:
        BadParameter: it is no such batch, or too large; the message says where.
    """
    batch = _object(_json(text, "queries"), '"queries"')
    if len(batch) > BATCH:
        raise BadParameter(f"A batch has at most {BATCH:,} queries, not {len(batch):,}.")
    made = {key: _query(found, f'Query "{key[:40]}"', known) for key, found in batch.items()}
    if sum(len(one.wishes) for one in made.values()) > WISHES:
        raise BadParameter(f"The queries of a batch have at most {WISHES:,} properties together.")
    return made


def extension(text: str, known: Properties) -> Extension:
    """Return the columns that a client wants for some ids.

    Raises:
        BadParameter: it is no such wish, or too large; the message says where.
    """
    wanted = _object(_json(text, "extend"), '"extend"')
    ids = wanted.get("ids")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadParameter('"ids" in "extend" is a list of identifiers.')
    columns = wanted.get("properties")
    if not isinstance(columns, list):
        raise BadParameter('"properties" in "extend" is a list of objects with an "id".')
    if len(ids) > BATCH or len(columns) > COLUMNS:
        raise BadParameter(f"At most {BATCH:,} ids and {COLUMNS} properties are fetched at once.")
    return Extension(tuple(ids), tuple(_column(one, known) for one in columns))


def whole(value: object, name: str, most: int) -> int:
    """Return a number of things that are asked for.

    Raises:
        BadParameter: it is none from 1 to `most`.
    """
    text = str(value)
    if isinstance(value, (int, float, str)) and text.removesuffix(".0").isascii():
        text = text.removesuffix(".0")
        if text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most:
            return int(text)
    raise BadParameter(f"{name} is a whole number from 1 to {most}, not {text[:40]}.")


def _query(found: object, where: str, known: Properties) -> Query:
    said = _object(found, where)
    if unknown := sorted(set(said) - _FIELDS):
        raise BadParameter(f'{where} has "{unknown[0][:40]}". {suggestion(unknown[0], _FIELDS)}')
    text = said.get("query", "")
    if not isinstance(text, str):
        raise BadParameter(f'{where}: "query" is a text.')
    _short(text, where)
    wishes = tuple(_wishes(said.get("properties", []), where, known))
    if not wishes and "query" not in said:
        raise BadParameter(f'{where} has neither "query" nor "properties".')
    strict = said.get("type_strict", "any")
    if strict not in _STRICT:
        raise BadParameter(f'{where}: "type_strict" is one of {", ".join(_STRICT)}.')
    limit = min(whole(said.get("limit") or _USUAL, f'{where}: "limit"', _MOST), CANDIDATES)
    return Query(text.strip(), _types(said.get("type"), where), str(strict), limit, wishes)


def _types(found: object, where: str) -> tuple[str, ...]:
    listed = [found] if isinstance(found, str) else [] if found is None else found
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise BadParameter(f'{where}: "type" is the id of a type, or a list of such ids.')
    return tuple(types.known(one) for one in listed if one)


def _wishes(found: object, where: str, known: Properties) -> Iterator[Wish]:
    if not isinstance(found, list) or len(found) > COLUMNS:
        raise BadParameter(f'{where}: "properties" is a list of at most {COLUMNS} objects.')
    for one in found:
        said = _object(one, f"A property of {where}")
        if "v" not in said:
            raise BadParameter(f'A property of {where} has no "v", its value.')
        property_ = _property(said.get("pid"), known)
        yield Wish(property_, comparing.wanted(_values(said["v"], where), property_))


def _values(found: object, where: str) -> Iterator[str]:
    listed = found if isinstance(found, list) else [found]
    if len(listed) > VALUES:
        raise BadParameter(f"A property of {where} has more than {VALUES} values.")
    for one in filter(_is_given, listed):
        value = one.get("id") if isinstance(one, dict) else one
        if not isinstance(value, (str, int, float)):
            raise BadParameter(f"A value in {where} is neither text, number, truth nor entity.")
        text = str(value).strip()
        _short(text, where)
        if text:
            yield text


def _is_given(value: object) -> bool:
    return value is not None


def _column(found: object, known: Properties) -> Column:
    said = _object(found, 'A property in "extend"')
    settings = _object(said.get("settings") or {}, '"settings"')
    limit = settings.get("limit") or 0
    most = whole(limit, '"limit" of a property', _MOST) if str(limit) not in {"0", "0.0"} else None
    return Column(_property(said.get("id"), known), most)


def _property(found: object, known: Properties) -> Property:
    text = str(found)
    if text in known:
        return known[text]
    named = [one for one in known.values() if one.name.casefold() == text.strip().casefold()]
    if not named:
        raise BadParameter(f'There is no property "{text[:60]}". {suggestion(text, known)}')
    return named[0]


def _json(text: str, name: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadParameter(f'"{name}" is not JSON: {fault}.') from fault
    return found


def _object(found: object, where: str) -> dict[str, object]:
    if not isinstance(found, dict):
        raise BadParameter(f"{where} is a JSON object.")
    return found


def _short(text: str, where: str) -> None:
    if len(text) > LONGEST:
        raise BadParameter(f"{where} has a text of more than {LONGEST:,} characters.")
