"""The plain parts of a question: yes or no, amounts, days, countries, each checked once."""

import datetime
import re
from decimal import Decimal

from fingerpost import clock
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import RESOURCE_KINDS
from fingerpost.recommend.places import COUNTRIES, country_of
from fingerpost.suggest import suggestion

STAGES = ("raw", "derived")
"""As the instrument gave them, or made from that."""
COSTS = ("free",)
"""What a question may say of the price."""
MOST_ANSWERS = 100
"""The most answers that a question may ask for."""

_CODE = re.compile(r"[A-Za-z]{2}")
_YES_OR_NO = {
    "": False, "false": False, "no": False, "0": False,
    "true": True, "yes": True, "1": True, "on": True,
}  # fmt: skip
_UNITS = "kmgtpe"
_SIZE = re.compile(
    r"\s*(?P<number>[0-9]{1,18}(?:[.,][0-9]{1,18})*)\s*"
    r"(?:(?P<prefix>[kmgtpe])(?P<binary>i)?b?"
    r"|(?P<word>kilo|mega|giga|tera|peta|exa)\s?bytes?|b|bytes?)?\s*",
    re.IGNORECASE,
)
_LARGEST = 10**18
"""Bytes; an exabyte is as much as a saved query takes."""


def yes(field: str, text: str | None) -> bool | None:
    """Return whether `text` says yes; None where nothing is said."""
    if not text:
        return None
    if text.lower() not in _YES_OR_NO:
        raise BadParameter(f'{field} is true or false, not "{text[:40]}".')
    return _YES_OR_NO[text.lower()]


def size(text: str | None) -> int | None:
    """Return the bytes in an amount such as "600 GB" (thousands) or "1.5 TiB" (of 1,024)."""
    if not text:
        return None
    found = _SIZE.fullmatch(text)
    if not found:
        raise BadParameter(f'size is an amount such as 600 GB or 1.5 TiB, not "{text[:40]}".')
    prefix = (found["prefix"] or (found["word"] or "")[:1]).lower()
    base = 1024 if found["binary"] else 1000
    power = _UNITS.index(prefix) + 1 if prefix else 0
    amount = int(_number(found["number"]) * base**power)
    if not 0 < amount <= _LARGEST:
        raise BadParameter(f'size is more than nothing and at most 1 EB, not "{text[:40]}".')
    return amount


def _number(text: str) -> Decimal:
    """Return a number; of `1,000` the comma parts thousands, of `1,5` the fraction."""
    whole = re.sub(r",(?=[0-9]{3}(?![0-9]))", "", text).replace(",", ".")
    if whole.count(".") > 1:
        raise BadParameter(f'"{text[:40]}" is no number.')
    return Decimal(whole)


def written(amount: int) -> str:
    """Return bytes as people write them, such as "1.5 TB"."""
    power = min((len(str(amount)) - 1) // 3, len(_UNITS))
    unit = f"{_UNITS[power - 1].replace('k', 'K').upper()}B".replace("KB", "kB")
    return f"{amount / 1000**power:.3g} {unit}" if power else f"{amount} bytes"


def kind(text: str | None) -> str | None:
    """Return a kind of resource."""
    return _choice("kind", text, RESOURCE_KINDS)


def stage(text: str | None) -> str | None:
    """Return `raw` or `derived`."""
    return _choice("stage", text, STAGES)


def free(text: str | None) -> bool:
    """Return whether what is recommended must be free."""
    return _choice("cost", text, COSTS) == "free"


def country(text: str | None) -> str | None:
    """Return the two letters of a country, given as these or as its name."""
    if not text:
        return None
    known = country_of(text)
    if known:
        return known
    if not _CODE.fullmatch(text):
        wrong = f'"{text[:40]}" is no country: give its two letters, such as SE, or its name.'
        raise BadParameter(f"{wrong} {suggestion(text, COUNTRIES)}")
    return text.upper()


def limit(text: str | None) -> int:
    """Return how many answers are wanted."""
    text = text or "10"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST_ANSWERS:
        raise BadParameter(f'limit is a number from 1 to {MOST_ANSWERS}, not "{text[:40]}".')
    return int(text)


def day(text: str | None) -> datetime.date:
    """Return the day for which the answer holds; without one, today."""
    if not text:
        return clock.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as fault:
        raise BadParameter(f'at is a day such as 2025-07-31, not "{text[:40]}".') from fault


def _choice(field: str, text: str | None, choices: tuple[str, ...]) -> str | None:
    if not text:
        return None
    if text.lower() not in choices:
        raise BadParameter(f'"{text[:40]}" is no {field}. {suggestion(text, choices)}')
    return text.lower()
