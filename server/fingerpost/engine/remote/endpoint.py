"""One endpoint over HTTP: connections kept, deadlines held, a silent one left alone a while."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.exceptions import TimeoutError as OutOfTime

from fingerpost.engine.sink import Sink
from fingerpost.errors import EngineBusy, EngineFault, QueryOutOfTime, SettingFault

_CONNECTING = 3.0
"""Seconds that a connection may take to be made."""
_AGAIN = (0.1, 0.5)
"""Seconds before a question is asked again whose connection broke, or that found it full."""
_BROKEN = 5
"""Failures in a row after which an endpoint is not asked for a while."""
_REST = 5.0
"""Seconds of that while."""
_PIECE = 64 * 1024
_SHOWN = 300
_FULL = frozenset({429, 502, 503})
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What came back: its status, its headers, and its body where it was no success."""

    status: int
    headers: Mapping[str, str]
    text: str = ""


@dataclass
class _Breaker:
    """Counts failures in a row; after some, says for how long nobody need ask."""

    failures: int = 0
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> float:
        return self.until - time.monotonic()

    def succeeded(self) -> None:
        with self.lock:
            self.failures = 0

    def failed(self) -> None:
        with self.lock:
            self.failures += 1
            if self.failures >= _BROKEN:
                self.until = time.monotonic() + _REST


class Endpoint:
    """A SPARQL endpoint at an address; at most `connections` questions at once.

    `credentials` is a user and a password, sent as HTTP Basic authentication, or a bearer token.
    """

    def __init__(self, address: str, seconds: float, connections: int, credentials: str) -> None:
        self.address = address
        self._seconds = seconds
        self._headers = headers(credentials)
        self._breaker = _Breaker()
        self._pool = urllib3.PoolManager(
            num_pools=1, maxsize=connections, block=True, retries=False
        )

    def ask(self, fields: list[tuple[str, str]], accept: str, to: Sink) -> Reply:
        """Write what the endpoint answers to `to`, and return the rest of the reply.

        Raises:
            EngineBusy: it cannot be reached, or says that it is full; both after two more tries.
            QueryOutOfTime: it took longer than a question may.
            EngineFault: it broke off.
            AnswerTooLarge: the answer is larger than the sink takes.
        """
        if (rest := self._breaker.wait()) > 0:
            raise EngineBusy(
                f"The engine at {self.address} does not answer. "
                f"It is asked again in {rest:.0f} seconds."
            )
        for pause in (*_AGAIN, None):
            try:
                reply = self._ask(fields, accept, to)
            except _Unreached as fault:
                if pause is None:
                    self._breaker.failed()
                    raise EngineBusy(str(fault)) from fault
            except (QueryOutOfTime, EngineFault):
                self._breaker.failed()
                raise
            else:
                if reply.status not in _FULL or pause is None:
                    self._breaker.succeeded()
                    return reply
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _ask(self, fields: list[tuple[str, str]], accept: str, to: Sink) -> Reply:
        timeout = urllib3.Timeout(connect=_CONNECTING, read=self._seconds)
        end = time.monotonic() + self._seconds
        try:
            response = self._pool.request(
                "POST",
                self.address,
                body=urlencode(fields),
                headers={**self._headers, "Accept": accept, "Content-Type": _FORM},
                timeout=timeout,
                preload_content=False,
                redirect=False,
                pool_timeout=self._seconds,
            )
        except urllib3.exceptions.EmptyPoolError as fault:
            raise EngineBusy("Every connection to the engine is in use. Try again soon.") from fault
        except urllib3.exceptions.ReadTimeoutError as fault:
            raise self._late() from fault
        except (HTTPError, MaxRetryError) as fault:
            raise _Unreached(f"The engine at {self.address} cannot be reached.") from fault
        try:
            return self._read(response, end, to)
        except OutOfTime as fault:
            raise self._late() from fault
        except HTTPError as fault:
            raise EngineFault(f"The engine at {self.address} broke off its answer.") from fault
        finally:
            response.close()  # of a connection that was read to its end nothing is closed

    def _read(self, response: urllib3.BaseHTTPResponse, end: float, to: Sink) -> Reply:
        told = response.headers  # names in any case
        if response.status != 200:
            text = response.read(_PIECE).decode("utf-8", "replace")
            return Reply(response.status, told, " ".join(text.split())[:_SHOWN])
        for piece in response.stream(_PIECE):
            if time.monotonic() > end:
                raise self._late()
            to.write(piece)
        return Reply(response.status, told)

    def _late(self) -> QueryOutOfTime:
        return QueryOutOfTime(
            f"The engine took longer than {self._seconds:g} seconds. Ask for less: a narrower "
            "pattern, a LIMIT without ORDER BY, a saved query."
        )


class _Unreached(Exception):
    """No connection could be made, or it ended before any answer."""


def headers(credentials: str) -> dict[str, str]:
    """Return the headers that give credentials, `user:password` or a token; none for none."""
    if not credentials:
        return {}
    if ":" in credentials:
        return dict(urllib3.make_headers(basic_auth=credentials))
    return {"Authorization": f"Bearer {credentials}"}


def credentials(file: Path | None, said: str | None) -> str:
    """Return the credentials in a file, or those said in the environment; empty where none are.

    Raises:
        SettingFault: the file cannot be read, or has more than one line.
    """
    if file is None:
        return said or ""
    try:
        text = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingFault(f"{file}, with the engine's credentials, cannot be read.") from fault
    if "\n" in text:
        raise SettingFault(f"{file} has more than one line: it takes user:password, or a token.")
    return text


def checked(address: str) -> str:
    """Return an address that can be asked.

    Raises:
        SettingFault: it is none, or holds a user and a password.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingFault(f'An engine is an address such as https://…/sparql, not "{address}".')
    if parts.username or parts.password:
        raise SettingFault("An engine's credentials are given in a file, not in its address.")
    return address
