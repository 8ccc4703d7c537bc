"""The arguments of a tool: whatever a model sent, checked once and made into text or numbers."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from fingerpost.errors import BadParameter
from fingerpost.suggest import suggestion

Arguments: TypeAlias = Mapping[str, object]
"""Names and values as they came, which may be any JSON."""

_LONGEST = 500
"""Characters of a value, but of a query."""
_DIGITS = 9


def only(given: Arguments, names: Iterable[str]) -> None:
    """Return if all arguments are known.

    Raises:
        BadParameter: one is not; the message suggests another.
    """
    known = list(names)
    for name in given:
        if name not in known:
            raise BadParameter(f'There is no argument "{name[:60]}". {suggestion(name, known)}')


def texts(given: Arguments) -> dict[str, str | tuple[str, ...]]:
    """Return the arguments as the parts of a question are given: texts, or several of them.

    Raises:
        BadParameter: one is neither a text, a number or a truth value, nor a list of such.
    """
    found: dict[str, str | tuple[str, ...]] = {}
    for name, value in given.items():
        if isinstance(value, list):
            found[name] = tuple(_text(name, one) for one in value)
        elif value is not None:
            found[name] = _text(name, value)
    return found


def text(given: Arguments, name: str, longest: int = _LONGEST) -> str:
    """Return an argument as a text; empty where it is not given.

    Raises:
        BadParameter: it is none, or too long.
    """
    value = given.get(name)
    found = "" if value is None else _text(name, value).strip()
    if len(found) > longest:
        raise BadParameter(f"{name} has {len(found):,} characters; at most {longest:,}.")
    return found


def needed(given: Arguments, name: str, example: str, longest: int = _LONGEST) -> str:
    """Return an argument that must be there, as `text` does.

    Raises:
        BadParameter: it is not; the message has the example.
    """
    found = text(given, name, longest)
    if not found:
        raise BadParameter(f'The argument "{name}" is missing: give one such as {example}.')
    return found


def number(given: Arguments, name: str, usual: int, most: int) -> int:
    """Return an argument that counts from 1; `usual` where it is not given.

    Raises:
        BadParameter: it is no such number, or more than `most`.
    """
    found = text(given, name) or str(usual)
    plain = found.removesuffix(".0")
    if not (plain.isascii() and plain.isdecimal() and 1 <= int(plain[:_DIGITS]) <= most):
        raise BadParameter(f'{name} is a number from 1 to {most:,}, not "{found[:40]}".')
    return int(plain)


def mapping(given: Arguments, name: str) -> Arguments:
    """Return an argument that holds others; none where it is not given.

    Raises:
        BadParameter: it is something else.
    """
    found = given.get(name)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise BadParameter(
            f'{name} is an object of names and values, such as {{"phase": "share"}}.'
        )
    return found


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _sound(name, value)
    if isinstance(value, (int, float)):
        return str(value)
    raise BadParameter(f"{name} is a text, a number, or true or false.")


def _sound(name: str, value: str) -> str:
    """Return a text that can be written as UTF-8: JSON may escape half of a character."""
    try:
        value.encode()
    except UnicodeEncodeError as fault:
        raise BadParameter(f"{name} has half of a character, which is no text.") from fault
    return value
