"""The engine at another address that a service is to ask, and how it is reached."""

from dataclasses import dataclass
from pathlib import Path

from fingerpost.engine import Engine
from fingerpost.engine.fences import Fences
from fingerpost.engine.remote import dialects, endpoint
from fingerpost.engine.remote.endpoint import Endpoint
from fingerpost.engine.remote.exchange import Address
from fingerpost.engine.remote.publishing import Publisher
from fingerpost.engine.remote.remote import Remote
from fingerpost.engine.remote.writing import Writing


@dataclass(frozen=True)
class Wanted:
    """Address, kind of engine (empty: as it says itself), and credentials (empty: none).

    `graphs` and `update` are where it is written, see `exchange.Address`; empty where it is not.
    """

    address: str
    kind: str
    credentials: str
    graphs: str = ""
    update: str = ""

    def reach(self, parser: Engine, fences: Fences, writing: Writing | None = None) -> Remote:
        """Return the engine, once it has said which generation it holds.

        Raises:
            EngineBusy: it cannot be reached.
            EngineFault: it holds no generation.
        """
        asked = Endpoint(self.address, fences.seconds, fences.workers, self.credentials)
        return Remote(asked, parser, fences, self.kind, writing)

    def publisher(self) -> Publisher:
        """Return what writes to the engine."""
        return Publisher(Address(self.address, self.graphs, self.credentials, self.update))


def read(
    address: str,
    kind: str | None,
    file: Path | None,
    said: str | None,
    *,
    graphs: str | None = None,
    update: str | None = None,
) -> Wanted:
    """Return what settings mean; credentials are in a file, or `said` by the environment.

    Raises:
        SettingFault: an address, a kind or a file that cannot be.
    """
    if kind:
        dialects.called(kind)
    return Wanted(
        endpoint.checked(address),
        kind or "",
        endpoint.credentials(file, said),
        endpoint.checked(graphs) if graphs else "",
        endpoint.checked(update) if update else "",
    )
