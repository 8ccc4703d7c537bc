"""A file of a registry, here or at an address: as a file here, for as long as it is read."""

import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fingerpost.errors import BadParameter, NotOfRegistry
from fingerpost.progress import Progress

_SECONDS = 60
"""How long an address may be silent."""
_AGENT = "Fingerpost (https://w3id.org/fingerpost)"


@contextmanager
def local(source: str, tell: Progress) -> Iterator[Path]:
    """Give the file that a path or an address on the web names.

    Raises:
        BadParameter: there is no such file.
        NotOfRegistry: the address does not answer with one.
    """
    if not source.startswith(("http://", "https://")):
        if not Path(source).is_file():
            raise BadParameter(f'There is no file "{source}".')
        yield Path(source)
        return
    name = Path(urlsplit(source).path).name or "answer"
    with tempfile.TemporaryDirectory(prefix="fingerpost-") as folder:
        tell(f"Retrieving {source}")
        yield _retrieved(source, Path(folder) / name)


def _retrieved(address: str, path: Path) -> Path:
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - http
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer, path.open("wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
    except (OSError, ValueError) as fault:
        told = fault.reason if isinstance(fault, urllib.error.URLError) else fault
        raise NotOfRegistry(f"{address} cannot be retrieved: {told}.") from fault
    return path
