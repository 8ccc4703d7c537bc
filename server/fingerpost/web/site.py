"""What a running service is: its engine, who may change its graph, and how it answers."""

import threading
from pathlib import Path

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine
from fingerpost.engine.cached import Cached
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.remote.remote import Remote
from fingerpost.files import Folders
from fingerpost.policy import Policy
from fingerpost.web.tally import Tally


class Site:
    """A service over an engine; without `folders` its dataset is served just as it stands.

    `counts` is a folder in which its processes count together. `own` answers the service's own
    queries, where that is not the engine that answers everybody's.
    """

    def __init__(
        self,
        guarded: Guarded | Remote,
        folders: Folders | None,
        policy: Policy | None = None,
        counts: Path | None = None,
        own: Engine | None = None,
    ) -> None:
        self.guarded = guarded
        self.engine = Cached(guarded)
        self._own = Cached(own) if own else self.engine
        self.folders = folders
        self.policy = policy or Policy()
        self.tally = Tally(counts)
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
        number = self._own.generation.number
        opened = self._opened
        if opened is None or opened[0] < number:
            with self._lock:
                # Others may have gone further while this one waited: nobody goes back.
                opened = self._opened
                if opened is None or opened[0] < number:
                    number = self._own.generation.number
                    opened = (number, catalogue.over(self._own, self.folders))
                    self._opened = opened
                    # So that it is there when somebody asks what it is for.
                    opened[1].indexes.ready()
        return opened[1]
