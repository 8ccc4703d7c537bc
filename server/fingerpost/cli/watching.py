"""Progress on a terminal: how far something is. Elsewhere nothing is shown."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from fingerpost.progress import Count, uncounted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def watched(what: str) -> Iterator[Count]:
    """Give what is told how far something is, and shows it while it goes on."""
    if not sys.stderr.isatty():
        yield uncounted
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True)) as shown:
        yield partial(_show, shown, shown.add_task(what, total=None))


def _show(shown: "Progress", task: "TaskID", done: int, total: int) -> None:
    shown.update(task, completed=done, total=total or None)
