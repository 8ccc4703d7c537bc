"""What a running service is: its engine, who may change its graph, and how it answers."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine.cached import Cached
from fingerpost.engine.guarded import Guarded
from fingerpost.files import Folders


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


class Site:
    """A service over an engine; without `folders` its dataset is served just as it stands."""

    def __init__(
        self, guarded: Guarded, folders: Folders | None, policy: Policy | None = None
    ) -> None:
        self.guarded = guarded
        self.engine = Cached(guarded)
        self.folders = folders
        self.policy = policy or Policy()
        self._lock = threading.Lock()
        self._opened: tuple[int, Catalogue] | None = None

    @property
    def plain(self) -> bool:
        """Whether the dataset is served just as it stands."""
        return self.folders is None

    @property
    def catalogue(self) -> Catalogue:
        """What the current generation holds, found out once for each.

        Raises:
            TypeError: the site is plain, and has no catalogue.
        """
        if self.folders is None:
            raise TypeError("a plain service has no catalogue")
        number = self.engine.generation.number
        opened = self._opened
        if opened is None or opened[0] != number:
            with self._lock:
                opened = self._opened
                if opened is None or opened[0] != number:
                    opened = (number, catalogue.over(self.engine, self.folders))
                    self._opened = opened
        return opened[1]
