"""Signing in to FAIRsharing: a user and a password, for a token that no file and no log sees."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fingerpost.errors import HarvestFault, SettingFault
from fingerpost.registries.harvest.client import Client
from fingerpost.registries.values import clean

USER = "FINGERPOST_FAIRSHARING_USER"
PASSWORD = "FINGERPOST_FAIRSHARING_PASSWORD"  # noqa: S105 - the name of a setting
_HIDDEN = "…"


@dataclass(frozen=True)
class Login:
    """Who asks. The password is never shown."""

    user: str
    password: str = field(repr=False)


def login(environment: Mapping[str, str], file: Path | None = None) -> Login | None:
    """Return who asks: from a file with user and password on two lines, or else the environment.

    Raises:
        SettingFault: the file is not of that form, or the environment has one without the other.
    """
    if file:
        try:
            lines = file.read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as fault:
            raise SettingFault(f"{file} cannot be read: {type(fault).__name__}.") from fault
        user, password = (*lines, "", "")[:2]
        if not user.strip() or not password.strip():
            raise SettingFault(f"{file} has a user on its first line and a password on its second.")
        return Login(user.strip(), password.rstrip("\r"))
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise SettingFault(f"Set both {USER} and {PASSWORD}, or neither.")
    return Login(user, password) if user else None


@dataclass
class Signing:
    """The token of one run: had when it is first needed, and again when it has expired."""

    client: Client
    address: str
    login: Login | None
    _token: str = field(default="", init=False, repr=False)
    _had: set[str] = field(default_factory=set, init=False, repr=False)

    def headers(self) -> dict[str, str]:
        """Return the headers that say who asks.

        Raises:
            HarvestFault: the registry does not know the user and password, or none are given.
        """
        if not self._token:
            self._token = self._signed_in()
            self._had.add(self._token)
        return {"Authorization": f"Bearer {self._token}"}

    def expire(self) -> None:
        """Sign in anew before the next page."""
        self._token = ""

    def hide(self, text: str) -> str:
        """Return a text that a registry sent, on one line, without what is secret."""
        for secret in (*self._had, *([self.login.password] if self.login else [])):
            text = text.replace(secret, _HIDDEN)
        return clean(text)[:200]

    def _signed_in(self) -> str:
        if not self.login:
            raise HarvestFault(
                f"FAIRsharing answers those who sign in: set {USER} and {PASSWORD}, or name a file "
                "with both. An account is free."
            )
        said = {"user": {"login": self.login.user, "password": self.login.password}}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        file = io.BytesIO()
        answer = self.client.post(self.address, headers, json.dumps(said).encode(), file)
        token, told = _token(file.getvalue())
        if not token:
            told = self.hide(told) or f"status {answer.status}"
            raise HarvestFault(f"FAIRsharing does not sign in {self.login.user}: {told}.")
        return token


def _token(data: bytes) -> tuple[str, str]:
    """Return the token, or what is said in its place."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    token, told = found.get("jwt"), found.get("message") or found.get("error") or ""
    return (token, "") if isinstance(token, str) else ("", str(told))
