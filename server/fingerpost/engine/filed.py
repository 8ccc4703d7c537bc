"""Answers kept as files, which all processes of a service share until the graph changes.

The folder goes with the service. A file has its name when it is whole, and who reads one that is
removed meanwhile reads it to its end.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fingerpost.engine import Answer, Generation, home

SHARE = 4
"""The part of all that is kept, one in so many, that a single answer may have."""

_LOCK = "lock"
_MAKING = ".making"


class Filed:
    """Answers in `folder`, of at most `size` bytes together, the least recently asked gone first.

    What an answer is kept under is a tuple of texts, and the generation that it is of.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        folder.mkdir(exist_ok=True)

    def get(self, generation: Generation, key: tuple[object, ...]) -> Answer | None:
        """Return an answer that is kept, open; None where it cannot be read."""
        with contextlib.suppress(OSError):
            file = self._path(generation, key).open("rb")
            os.utime(file.fileno())
            return Answer(os.fstat(file.fileno()).st_size, file=file)
        return None

    def put(self, generation: Generation, key: tuple[object, ...], found: Answer) -> None:
        """Keep an answer, if it may be kept; what the disk does not take is not."""
        if found.size > self._size // SHARE:
            return
        with contextlib.suppress(OSError), self._making(generation, found.size) as making:
            if found.file is None:
                making.write_bytes(found.body)
            else:
                _copy(found.file.fileno(), making, found.size)
            with self._alone():
                making.rename(self._path(generation, key))

    def forget_before(self, number: int) -> None:
        """Remove the answers of earlier generations."""
        with contextlib.suppress(OSError), self._alone():
            self._forget_before(number)

    def _path(self, generation: Generation, key: tuple[object, ...]) -> Path:
        digest = hashlib.sha256(repr((generation.id, *key)).encode()).hexdigest()
        return self._folder / f"{generation.number}-{digest}"

    @contextlib.contextmanager
    def _making(self, generation: Generation, size: int) -> Iterator[Path]:
        """Give a file to be written, for which the disk has room; without a name it goes."""
        with self._alone():
            self._forget_before(generation.number)
            self._make_room(size)
            handle, name = tempfile.mkstemp(_MAKING, f"{generation.number}-", self._folder)
            making = Path(name)
            try:
                os.posix_fallocate(handle, 0, size)
            except OSError:
                making.unlink()
                raise
            finally:
                os.close(handle)
        try:
            yield making
        finally:
            making.unlink(missing_ok=True)

    def _forget_before(self, number: int) -> None:
        for path in self._kept():
            if int(path.name.partition("-")[0]) < number:
                path.unlink(missing_ok=True)

    def _make_room(self, size: int) -> None:
        """Remove what was not asked for longest, as far as `size` bytes more take it.

        What a process was writing that has ended goes like that, too.
        """
        about = [(path.stat(), path) for path in self._kept()]
        held = sum(one.st_size for one, _ in about)
        for one, path in sorted(about, key=lambda pair: pair[0].st_mtime_ns):
            if held + size <= self._size:
                return
            path.unlink(missing_ok=True)
            held -= one.st_size

    def _kept(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.name != _LOCK]

    def _alone(self) -> contextlib.AbstractContextManager[None]:
        return home.alone(self._folder / _LOCK)


def _copy(source: int, target: Path, size: int) -> None:
    """Copy an open file from its beginning, wherever it is read; OSError where it is shorter."""
    with target.open("r+b") as copy:
        done = 0
        while done < size:
            part = os.sendfile(copy.fileno(), source, done, size - done)
            if not part:
                raise OSError("an answer is shorter than its size")
            done += part
