"""A polite HTTP client: one request at a time, tried again as urllib3 does, within limits."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry, Timeout
from urllib3.exceptions import HTTPError, MaxRetryError, ProtocolError, ReadTimeoutError

import fingerpost
from fingerpost.errors import HarvestFault

_AGENT = f"fingerpost/{fingerpost.__version__} (https://w3id.org/fingerpost/)"
_FALTERING = frozenset({429, 500, 502, 503, 504})
_CHUNK = 64 * 1024
_REDIRECTS = 5


@dataclass(frozen=True)
class Manners:
    """How a registry is asked. Times are seconds.

    `pause` lies between two requests; `silence` is how long it may say nothing, `patience` how
    long one page may take, and how long it may tell us to wait; `longest` is the bytes of a page.
    """

    pause: float = 0.5
    tries: int = 6
    backoff: float = 1.0
    silence: float = 60.0
    patience: float = 1800.0
    longest: int = 2**31


@dataclass(frozen=True)
class Answer:
    """What a server answered, apart from the bytes."""

    status: int
    headers: Mapping[str, str]


@dataclass
class Client:
    """Asks one server after the other has answered."""

    manners: Manners = field(default_factory=Manners)
    _last: float = field(default=0.0, init=False)
    _pools: dict[str, PoolManager] = field(default_factory=dict, init=False, repr=False)

    def get(self, address: str, headers: Mapping[str, str], file: BinaryIO) -> Answer:
        """Write what an address answers to the file, from its beginning.

        Raises:
            HarvestFault: it does not answer, or with too much.
        """
        return self._ask("GET", address, headers, None, file)

    def post(self, address: str, headers: Mapping[str, str], body: bytes, file: BinaryIO) -> Answer:
        """Send a body to an address, and write what it answers to the file.

        Raises:
            HarvestFault: it does not answer, or with too much.
        """
        return self._ask("POST", address, headers, body, file)

    def _ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None,
        file: BinaryIO,
    ) -> Answer:
        """Ask until there is a whole answer; what broke off counts as a try, as what faltered."""
        left = self._policy()
        while True:
            self._wait()
            try:
                answer = self._pool(address).request(
                    method,
                    address,
                    headers={"User-Agent": _AGENT, **headers},
                    body=body,
                    retries=left,
                    redirect=method == "GET",  # a password goes nowhere else
                    timeout=Timeout(self.manners.silence),
                    preload_content=False,
                )
                self._keep(address, answer, file)
            except (ProtocolError, ReadTimeoutError) as fault:
                left = self._another(left, method, address, fault)
            except MaxRetryError as fault:
                raise HarvestFault(f"{shown(address)} does not answer: {fault.reason}.") from fault
            except (HTTPError, ValueError) as fault:
                raise HarvestFault(f"{shown(address)} cannot be asked: {fault}.") from fault
            else:
                return Answer(answer.status, answer.headers)

    def _policy(self) -> Retry:
        return Retry(
            total=self.manners.tries,
            redirect=_REDIRECTS,
            status_forcelist=_FALTERING,
            allowed_methods=None,
            backoff_factor=self.manners.backoff,
            backoff_jitter=self.manners.backoff / 4,
            raise_on_status=False,
            retry_after_max=int(self.manners.patience),
        )

    def _another(self, left: Retry, method: str, address: str, fault: Exception) -> Retry:
        try:
            less = left.increment(method, address, error=fault)
        except HTTPError as last:
            raise HarvestFault(f"{shown(address)} breaks off: {fault}.") from last
        less.sleep()
        return less

    def _wait(self) -> None:
        """Let the pause between two requests pass."""
        time.sleep(max(0.0, self._last + self.manners.pause - time.monotonic()))
        self._last = time.monotonic()

    def _pool(self, address: str) -> PoolManager:
        """Return the connections for an address, through the proxy that the system names."""
        parts = urlsplit(address)
        proxy = getproxies().get(parts.scheme, "")
        if proxy and proxy_bypass(parts.netloc):
            proxy = ""
        if proxy not in self._pools:
            self._pools[proxy] = ProxyManager(proxy) if proxy else PoolManager()
        return self._pools[proxy]

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.clear()

    def _keep(self, address: str, answer: BaseHTTPResponse, file: BinaryIO) -> None:
        file.seek(0)
        file.truncate()
        until = time.monotonic() + self.manners.patience
        try:
            for chunk in answer.stream(_CHUNK, decode_content=True):
                file.write(chunk)
                if file.tell() > self.manners.longest:
                    told = f"{shown(address)} sends more than {self.manners.longest:,} bytes."
                    raise HarvestFault(told)
                if time.monotonic() > until:
                    raise HarvestFault(f"{shown(address)} takes longer than a page may.")
        finally:
            answer.release_conn()
        file.flush()


def shown(address: str) -> str:
    """Return an address without what may be secret in it: a user, a password, a query."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "…" if parts.query else "", ""))
