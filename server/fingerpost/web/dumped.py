"""The downloads of a generation as files, each made once for all processes, and then kept.

A file has its name when it is whole, with its digest beside it. Who reads one that is removed
reads it to its end.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fingerpost.engine import home
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.remote.remote import Remote
from fingerpost.errors import EngineBusy, StoreFault
from fingerpost.publish import dumps

_AT_ONCE = 64
"""How many may wait for a download at once, of the requests that a process has in hand."""
_DIGEST = ".sha256"
_PACKED = ".gz"
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A file that is made, open; its SHA-256, and the identifier of its generation."""

    file: BinaryIO
    digest: bytes
    generation: str

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self.file.fileno()).st_size


class Dumped:
    """The downloads of the current generation, in `folder` or, without, in one of its own."""

    def __init__(self, engine: Guarded | Remote, folder: Path | None) -> None:
        self._engine = engine
        self._waiting = threading.BoundedSemaphore(_AT_ONCE)
        self._folder = folder or Path(tempfile.mkdtemp(prefix="fingerpost-dumps-"))
        self._folder.mkdir(exist_ok=True)
        if folder is None:
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def get(self, suffix: str) -> Made:
        """Return the file of a suffix, such as `nq` or `nq.gz`; who asks first has it made.

        Raises:
            EngineBusy: as `Guarded.dump`, or too many others wait for it.
            StoreFault: the disk does not take it.
        """
        current = self._engine.generation.id
        if found := self._found(current, suffix):
            return found
        if not self._waiting.acquire(blocking=False):
            raise EngineBusy("This download is being made, and many wait for it. Try again soon.")
        try:
            return self._in_turn(current, suffix)
        except OSError as fault:
            why = fault.strerror or str(fault)
            raise StoreFault(f"The download cannot be written: {why}.") from fault
        finally:
            self._waiting.release()

    def _in_turn(self, generation: str, suffix: str) -> Made:
        """Return what somebody else has made of this generation, or of a later one; or make it."""
        with home.alone(self._folder / f".{suffix}.lock"):
            for one in (generation, self._engine.generation.id):
                if found := self._found(one, suffix):
                    return found
            return self._make(suffix)

    def _found(self, generation: str, suffix: str) -> Made | None:
        path = self._path(generation, suffix)
        try:
            digest = path.with_name(path.name + _DIGEST).read_bytes()
            return Made(path.open("rb"), digest, generation)
        except FileNotFoundError:
            return None

    def _make(self, suffix: str) -> Made:
        # Only who is alone with a suffix writes there, and not to what one that was killed left.
        making = self._folder / f".{suffix}"
        making.unlink(missing_ok=True)
        try:
            generation = self._write(suffix, making)
            file = making.open("rb")
            digest = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            path = self._path(generation, suffix)
            path.with_name(path.name + _DIGEST).write_bytes(digest)
            making.rename(path)
        finally:
            making.unlink(missing_ok=True)
        self._forget_others({generation, self._engine.generation.id})
        return Made(file, digest, generation)

    def _write(self, suffix: str, path: Path) -> str:
        """Write a file, and return the identifier of its generation."""
        if suffix == "nq":
            return self._engine.dump(dumps.ALL, path).id
        if suffix.endswith(_PACKED):
            plain = self._in_turn(self._engine.generation.id, suffix.removesuffix(_PACKED))
            with plain.file, path.open("wb") as to:
                _pack(plain.file, to)
            return plain.generation
        merge = path.with_name(f"{path.name}.merge")
        merge.unlink(missing_ok=True)
        try:
            generation = self._engine.dump(dumps.MERGE, merge)
            with merge.open("rb") as lines, path.open("wb") as to:
                dumps.write(lines, suffix, to)
        finally:
            merge.unlink(missing_ok=True)
        return generation.id

    def _forget_others(self, generations: set[str]) -> None:
        for path in self._folder.iterdir():
            name, _, rest = path.name.partition(".")
            if name and rest != "lock" and name not in generations:
                path.unlink(missing_ok=True)

    def _path(self, generation: str, suffix: str) -> Path:
        return self._folder / f"{generation}.{suffix}"


def _pack(file: BinaryIO, to: BinaryIO) -> None:
    # Without a time in it, the same graph gives the same bytes.
    with gzip.GzipFile("", "wb", fileobj=to, mtime=0) as packed:
        shutil.copyfileobj(file, packed, _PIECE)
