"""A run: each page had once, from the cache or the registry, and looked at before it is kept."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fingerpost.errors import HarvestFault, NotOfRegistry
from fingerpost.registries.harvest.cache import Cache, Page
from fingerpost.registries.harvest.client import Client, shown
from fingerpost.registries.harvest.signing import Signing

Looked = TypeVar("Looked")
_WRONG = 3
"""How often a page may be wrong in a row: some registries send errors as if all were well."""
_OK, _UNCHANGED, _GONE = 200, 304, frozenset({404, 410})
_SIGNED_OUT = frozenset({401, 403})


class Gone(HarvestFault):
    """A page that the registry no longer has."""


@dataclass(frozen=True)
class Run:
    """What one run has: the registry's address, the client, the cache, and who asks."""

    address: str
    client: Client
    cache: Cache
    signing: Signing | None

    def page(self, address: str, look: Callable[[Path], Looked]) -> tuple[Page, Looked]:
        """Return a page, and what `look` sees in its file.

        Raises:
            Gone: there is none any more.
            HarvestFault: the registry does not send one in which `look` sees anything.
        """
        known = self.cache.known(address)
        if known and self.cache.current(known):
            with suppress(NotOfRegistry):
                return self.cache.used(known), look(known.path)
        for number in range(1, _WRONG + 1):
            try:
                return self._asked(address, known, look)
            except NotOfRegistry as fault:
                if number == _WRONG:
                    raise HarvestFault(f"{shown(address)}: {fault}") from fault
                known = None
                time.sleep(self.client.manners.backoff * number)
        raise AssertionError

    def _asked(
        self, address: str, known: Page | None, look: Callable[[Path], Looked]
    ) -> tuple[Page, Looked]:
        part = self.cache.part(address)
        headers = {**(known.asked if known else {}), "Accept": "*/*"}
        if self.signing:
            headers |= self.signing.headers()
        with part.open("w+b") as file:
            answer = self.client.get(address, headers, file)
        if answer.status == _UNCHANGED and known:
            return self.cache.renew(known), look(known.path)
        if answer.status in _GONE:
            raise Gone(f"{shown(address)} answers {answer.status}: it is gone.")
        if answer.status in _SIGNED_OUT and self.signing:
            self.signing.expire()
            raise NotOfRegistry(f"It answers {answer.status}.")
        if answer.status != _OK:
            raise HarvestFault(f"{shown(address)} answers {answer.status}.")
        try:
            seen = look(part)
        except NotOfRegistry as fault:
            if not self.signing:
                raise
            told = self.signing.hide(str(fault))
            self.signing.expire()
            raise NotOfRegistry(told) from None  # what was sent is not told of elsewhere
        return self.cache.put(address, answer.headers), seen
