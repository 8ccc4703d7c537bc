"""Pages of a registry on disk: what a run has is not asked again, nor sent again if unchanged."""

import fcntl
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from fingerpost.errors import HarvestFault

_RESUMED = timedelta(days=1)
"""How old a run that broke off may be that is gone on with."""
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]")
_RUN = "run.json"
_PART = ".part"
_LOCK = ".lock"


@dataclass(frozen=True)
class Page:
    """Bytes that a registry sent: from which address, in which file, and when (ISO 8601, UTC)."""

    address: str
    path: Path
    retrieved: str
    etag: str = ""
    modified: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The headers that ask for it only if it has changed."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {header: value for header, value in said.items() if value}


@dataclass
class Cache:
    """The pages of one registry; one run at a time has them."""

    folder: Path
    began: str = ""
    resumed: bool = False
    _used: set[str] = field(default_factory=set)

    def known(self, address: str) -> Page | None:
        """Return the page of an address, of this run or another."""
        path = self._path(address)
        try:
            said = json.loads(_said(path).read_bytes())
            page = Page(**{**said, "path": path})
        except (OSError, ValueError, TypeError):
            return None
        return page if path.is_file() and page.address == address else None

    def current(self, page: Page) -> bool:
        """Return whether a page is of this run."""
        return page.retrieved >= self.began

    def part(self, address: str) -> Path:
        """Return the path for bytes that are not whole yet."""
        path = self._path(address)
        return path.with_name(path.name + _PART)

    def put(self, address: str, headers: Mapping[str, str]) -> Page:
        """Take the part of an address as its page."""
        path = self._path(address)
        page = Page(address, path, now(), headers.get("ETag", ""), headers.get("Last-Modified", ""))
        # What is said of a page goes before it: without, the page is not known.
        _said(path).unlink(missing_ok=True)
        self.part(address).replace(path)
        return self._write(page)

    def renew(self, page: Page) -> Page:
        """Say of a page that it has not changed until now."""
        return self._write(Page(**{**asdict(page), "retrieved": now()}))

    def _write(self, page: Page) -> Page:
        said = {slot: value for slot, value in asdict(page).items() if slot != "path"}
        _write(_said(page.path), said)
        self._used.add(page.path.name)
        return page

    def used(self, page: Page) -> Page:
        """Note that this run has a page."""
        self._used.add(page.path.name)
        return page

    def _path(self, address: str) -> Path:
        last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        return self.folder / f"{name(address)}-{_UNUSUAL.sub('-', last)[-60:]}"

    def begin(self, anew: bool) -> None:
        """Begin a run, or go on with one that broke off; or else forget all that there is."""
        for path in self.folder.glob("*" if anew else f"*{_PART}"):
            if path.name != _LOCK:
                path.unlink()
        try:
            said = json.loads((self.folder / _RUN).read_bytes())
            began, ended = datetime.fromisoformat(said["began"]), bool(said["ended"])
            self.resumed = not ended and datetime.now(UTC) - began < _RESUMED
        except (OSError, ValueError, TypeError, KeyError):
            self.resumed = False
        if self.resumed:
            self.began = said["began"]
        else:
            self.began = now()
            _write(self.folder / _RUN, {"began": self.began, "ended": ""})

    def end(self) -> None:
        """End a run: its pages alone are kept, for the next to compare with."""
        kept = self._used | {_said(Path(one)).name for one in self._used}
        for path in self.folder.iterdir():
            if path.name not in kept and path.name not in {_RUN, _LOCK}:
                path.unlink()
        _write(self.folder / _RUN, {"began": self.began, "ended": now()})


@contextmanager
def opened(folder: Path, anew: bool = False) -> Iterator[Cache]:
    """Give the cache in a folder to one run; `anew`, without what was in it.

    Raises:
        HarvestFault: another run has it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            cache = Cache(folder)
            cache.begin(anew)
            yield cache
    except BlockingIOError as fault:
        raise HarvestFault(f"Another run is harvesting into {folder}.") from fault
    except OSError as fault:
        raise HarvestFault(
            f"The pages in {folder} cannot be kept: {fault.strerror or fault}."
        ) from fault


def now() -> str:
    """Return the time, to be compared as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def name(address: str) -> str:
    """Return what an address goes by in a folder."""
    return hashlib.sha256(address.encode()).hexdigest()[:20]


def _said(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _write(path: Path, said: Mapping[str, str]) -> None:
    making = path.with_name(path.name + _PART)
    making.write_text(json.dumps(said), "utf-8")
    making.replace(path)
