"""The protocol over standard input and output, for a client that starts the command itself."""

import os
import signal
from types import FrameType
from typing import Any

import anyio
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server

from fingerpost import catalogue
from fingerpost.engine import guarded
from fingerpost.engine.cached import Cached
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.files import Folders
from fingerpost.mcp import server
from fingerpost.progress import Progress


def serve(folders: Folders, tell: Progress) -> None:
    """Answer until the client closes the input, within the limits of a server on the web.

    Raises:
        DataFault, SavedQueryFault: the graph cannot be served.
    """
    fences = Fences()
    keeper = guarded.keeping(catalogue.dataset(folders, tell), fences)
    try:
        _end_when_told(keeper)
        engine = Guarded(keeper.folder, fences)
        opened = catalogue.over(Cached(engine), folders)
        anyio.run(_answer, server.over(lambda: opened))
        engine.close()
    finally:
        keeper.close()


async def _answer(over: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await over.run(read, write, over.create_initialization_options())


def _end_when_told(keeper: Keeping) -> None:
    """End at once on a signal: a thread that waits for input cannot be called off."""

    def end(number: int, _: FrameType | None) -> None:
        keeper.close()
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
