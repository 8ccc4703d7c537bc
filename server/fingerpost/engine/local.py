"""pyoxigraph in this process: for commands, whose queries are their own."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from pyoxigraph import Store

from fingerpost.engine import Answer, Generation, Query, evaluate, guard
from fingerpost.engine.sink import Sink
from fingerpost.engine.worker import STACK
from fingerpost.errors import EngineEnded


class Local:
    """Answers from a store in memory, which is only read.

    Queries are parsed and evaluated in threads of their own with a deep stack: with the usual
    two megabytes a chain of 1,000 OPTIONALs within all limits of `guard` ended the process.
    """

    def __init__(
        self, store: Store, identifier: str = "", threads: int = 2, number: int = 0
    ) -> None:
        self._store = store
        self.generation = Generation(number, identifier)
        threading.stack_size(STACK)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sparql")

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`; see `Engine`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`; see `Engine`.

        Raises:
            EngineEnded: the process is ending, and who asks is left over in it.
        """
        guard.check_query(query)
        sink = Sink(sys.maxsize)
        try:
            asked = self._threads.submit(evaluate.evaluate, self._store, query, media_type, sink)
        except RuntimeError as fault:
            raise EngineEnded(f"The engine takes no more queries: {fault}.") from fault
        asked.result()
        return sink.answer()
