"""The head of a saved query: the lines that begin with `#+`, in YAML (grlc's convention)."""

from typing import TypeAlias

import yaml

from fingerpost.errors import SavedQueryFault

Yaml: TypeAlias = "str | int | float | bool | None | list[Yaml] | dict[str, Yaml]"
_HEAD = "#+"


def read(name: str, text: str) -> dict[str, Yaml]:
    """Return the head of the query called `name`.

    Raises:
        SavedQueryFault: it is not YAML, or has no keys.
    """
    lines = [
        line.removeprefix(_HEAD).removeprefix(" ")
        for line in text.splitlines()
        if line.startswith(_HEAD)
    ]
    try:
        head = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as fault:
        raise SavedQueryFault(f"{name}: the head is not YAML: {fault}") from fault
    if not isinstance(head, dict):
        raise SavedQueryFault(f"{name}: the head has no keys.")
    return head


def pairs(value: Yaml) -> dict[str, Yaml]:
    """Return grlc's list of one-key mappings, or one mapping, as a mapping."""
    if isinstance(value, dict):
        return value
    return {
        key: inner for item in items(value) if isinstance(item, dict) for key, inner in item.items()
    }


def texts(value: Yaml) -> dict[str, str]:
    """Return such pairs with each value as SPARQL writes it."""
    return {key: text(one) for key, one in pairs(value).items()}


def items(value: Yaml) -> list[Yaml]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: Yaml) -> str:
    """Return a value as SPARQL writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
