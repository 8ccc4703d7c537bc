"""Who may change the graph: a bearer token (RFC 6750), compared in constant time."""

import hmac
import re
from collections.abc import Mapping
from pathlib import Path

from flask import request

from fingerpost.errors import SettingFault, Unauthorized, WriteRefused
from fingerpost.web.opened import site

SHORTEST = 16
"""The fewest characters of a token."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def tokens(file: Path | None, value: str | None) -> dict[str, str]:
    """Return names and tokens: of a file, a line each (`name token`), and of a setting.

    Raises:
        SettingFault: the file cannot be read, or a token is too short; no token is shown.
    """
    found: dict[str, str] = {}
    if value:
        found["environment"] = value
    if file:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as fault:
            raise SettingFault(f"The token file {file} cannot be read: {fault}") from fault
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                name, token = _line(line, f"{file}:{number}")
                found[name] = token
    for name, token in found.items():
        if len(token) < SHORTEST or not token.isascii():
            raise SettingFault(
                f'The token of "{name}" is too short: use at least {SHORTEST} ASCII characters, '
                "such as `openssl rand -hex 32` gives."
            )
    return found


def _line(line: str, place: str) -> tuple[str, str]:
    name, _, token = line.strip().partition(" ")
    if not token:
        name, token = "default", name
    if not _NAME.fullmatch(name):
        raise SettingFault(f"{place}: a name has letters, digits, dots and dashes, then the token.")
    return name, token.strip()


def writer() -> str:
    """Return the name of who makes this request, who may write.

    Raises:
        WriteRefused: nobody may, or a page of another origin asks.
        Unauthorized: the request has no token, or one that is not known.
    """
    policy = site().policy
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.host:
        raise WriteRefused(f"A page of {origin} may not write here.")
    if policy.open_writes:
        return "anybody"
    if not policy.tokens:
        raise WriteRefused(
            "This service is read-only. To write, start it with --token-file or FINGERPOST_TOKEN."
        )
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Unauthorized("A change needs a token: send `Authorization: Bearer TOKEN`.")
    return _whose(given.strip(), policy.tokens)


def _whose(given: str, known: Mapping[str, str]) -> str:
    found = [
        name
        for name, token in known.items()
        if hmac.compare_digest(token.encode(), given.encode("utf-8", "replace"))
    ]
    if not found:
        raise Unauthorized("The token is not known here.")
    return found[0]
