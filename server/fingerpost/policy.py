"""How a service answers, and who may write: what the server processes are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fingerpost.errors import SettingFault

SHORTEST = 16
"""The fewest characters of a token."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True)
class Policy:
    """How a service answers.

    `tokens` maps the name of who may write to the token that shows it; with `open_writes`
    anybody may. `proxies` are the addresses whose forwarded headers count. `rate` is how many
    requests a second one client may make, 0 without a limit. With `access_log` every request
    is told in a line of JSON. `page_size` is how many rows of a saved query come at once.
    """

    tokens: Mapping[str, str] = field(default_factory=dict)
    open_writes: bool = False
    proxies: tuple[str, ...] = ()
    rate: float = 0.0
    access_log: bool = False
    page_size: int = 10_000

    @property
    def writable(self) -> bool:
        """Whether anybody may change the graph."""
        return self.open_writes or bool(self.tokens)


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
