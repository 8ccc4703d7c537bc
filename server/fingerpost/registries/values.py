"""Values as registries give them, each checked once: texts, lists of texts, days, CURIEs."""

import datetime
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fingerpost.registries.entry import Broken, Entry, Found

_NOTHING = frozenset({"", "na", "n/a", "none", "null", "-", "unknown"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class WrongValue(ValueError):
    """A value that is not what its field takes; the text says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Values:
    """The fields of one record, read by what they should be."""

    found: Mapping[str, object]

    def text(self, field: str) -> str:
        """Return a text without what no text has; empty where nothing is said."""
        value = self.found.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise WrongValue(field, f"this is a text, not {_shown(value)}.")
        return clean(value)

    def needed(self, field: str) -> str:
        """Return a text that must be there."""
        value = self.text(field)
        if not value:
            raise WrongValue(field, "this is missing.")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of texts, without empty ones; a single text is a list of one."""
        value = self.found.get(field)
        if value is None:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise WrongValue(field, f"this is a list of texts, not {_shown(value)}.")
        return unique(map(clean, listed))

    def within(self, field: str) -> "Values":
        """Return the fields below one; none where nothing is said."""
        value = self.found.get(field)
        if value is None or (isinstance(value, str) and not clean(value)):
            return Values({})
        if not isinstance(value, dict):
            raise WrongValue(field, f"this is an object, not {_shown(value)}.")
        return Values(value)

    def each(self, field: str) -> list["Values"]:
        """Return the objects of a list."""
        value = self.found.get(field)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise WrongValue(field, f"this is a list of objects, not {_shown(value)}.")
        return [Values(one) for one in value]


def taken(
    records: Iterable[object],
    noun: str,
    form: str,
    take: Callable[[Values], Entry],
    key: str = "id",
) -> Iterator[Found]:
    """Yield what `take` makes of each record; broken is one that is wrong, or not of the `form`."""
    for number, one in enumerate(records, 1):
        where = f"{noun} {number}"
        if not isinstance(one, dict):
            yield Broken(where, "", f"this is no {form}.")
            continue
        try:
            yield take(Values(one))
        except WrongValue as fault:
            said = one.get(key)
            id_ = said if isinstance(said, str | int) else "without id"
            yield broken(f"{where} ({str(id_)[:60]})", fault)


def clean(text: str) -> str:
    """Return a text in one line's spacing; what stands for nothing is empty."""
    plain = " ".join(_CONTROL.sub("", text).split())
    return "" if plain.lower() in _NOTHING else plain


def prose(text: str) -> str:
    """Return a description without the mail addresses in it, some of which are persons'."""
    return _MAIL.sub("…", text)


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that say something, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def day(text: str) -> str:
    """Return the day that a time begins with; empty where it is none."""
    match = _DAY.match(text)
    if not match:
        return ""
    try:
        return datetime.date.fromisoformat(match.group()).isoformat()
    except ValueError:
        return ""


def broken(record: str, fault: WrongValue) -> Broken:
    """Return a fault as what is told of a record."""
    return Broken(record, fault.field, str(fault))


def _shown(value: object) -> str:
    """Return the beginning of a value; what it holds may be far longer, as by YAML's aliases."""
    return reprlib.repr(value)[:60]
