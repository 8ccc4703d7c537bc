"""What servers take, sampled: memory, files, threads, processes, and room on the disk."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from attack import tree
from attack.tree import Size

MEGABYTE = 1024 * 1024


@dataclass
class Samples:
    """What each server took, and when, in seconds from the first sample."""

    roots: Mapping[str, int]
    begin: float = field(default_factory=time.monotonic)
    seconds: list[float] = field(default_factory=list)
    sizes: dict[str, list[Size]] = field(default_factory=dict)

    def take(self) -> None:
        """Add one sample of every server."""
        self.seconds.append(time.monotonic() - self.begin)
        for name, root in self.roots.items():
            self.sizes.setdefault(name, []).append(tree.size(root))

    def until(self, stop: threading.Event, every: float) -> None:
        """Add samples until it is to stop."""
        while not stop.wait(every):
            self.take()


def disk(folder: Path) -> int:
    """Return the bytes of the files below a folder, those that are linked twice counted once."""
    found = {}
    for path in folder.rglob("*"):
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        found[status.st_ino] = status.st_blocks * 512
    return sum(found.values())
