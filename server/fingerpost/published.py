"""A store that is kept here, and put into an engine elsewhere generation by generation."""

from contextlib import ExitStack
from pathlib import Path

import click

from fingerpost.engine import process
from fingerpost.engine.process import Keeping
from fingerpost.engine.remote.following import Following
from fingerpost.engine.remote.shown import Shown
from fingerpost.engine.remote.wanted import Wanted
from fingerpost.progress import Progress


class Published:
    """The keeper of a store, and what follows it into an engine; `close` ends both.

    Raises:
        EngineBusy, EngineFault: the engine cannot be reached, or refuses the graph.
    """

    def __init__(self, keeper: Keeping, store: Path, remote: Wanted, tell: Progress) -> None:
        self._keeper = keeper
        self.folder = keeper.folder
        shown = Shown(keeper.folder, create=True)
        turn = process.turn(keeper.folder)
        with ExitStack() as undone:
            undone.callback(keeper.close)
            self._following = Following(remote.publisher(), store, turn, shown, tell, _say)
            undone.pop_all()
        self._following.start()

    def close(self) -> None:
        """End both; what is not in the engine yet comes there at the next start."""
        self._following.close()
        self._keeper.close()


def _say(text: str) -> None:
    click.echo(f"fingerpost: {text}", err=True)
