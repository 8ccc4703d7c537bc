"""A file of a registry, here or at an address: as a file here."""

from pathlib import Path

from fingerpost import files
from fingerpost.errors import BadParameter
from fingerpost.progress import Progress
from fingerpost.registries.harvest import fetching


def local(source: str, tell: Progress) -> Path:
    """Return the file that a path or an address on the web names; the latter is kept in the cache.

    Raises:
        BadParameter: there is no such file.
        HarvestFault: the address does not answer with one.
    """
    if not source.startswith(("http://", "https://")):
        if not Path(source).is_file():
            raise BadParameter(f'There is no file "{source}".')
        return Path(source)
    return fetching.retrieve(source, files.cache() / "harvest", tell=tell).path
