"""Rewriting records in their canonical form."""

import os
import tempfile
from pathlib import Path

from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.graph import canonical, records


def format_records(folders: Folders, *, write: bool) -> list[Path]:
    """Return the files that are not in canonical form, rewritten where `write` says so.

    Every file is read before the first is written, so a fault changes nothing.

    Raises:
        Unreadable: a file is not Turtle, or not the record that its place says.
        SettingFault: the folder cannot be written.
    """
    wanted = {found.path: canonical.turtle(found) for found in records.records(folders.instances)}
    changed = [path for path, text in wanted.items() if path.read_text("utf-8") != text]
    if write:
        for path in changed:
            replace(path, wanted[path])
    return changed


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of the file at once: it is never half written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as fault:
        raise SettingFault(f"{path.parent} cannot be written: {fault.strerror}.") from fault
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(path.stat().st_mode)
    Path(name).replace(path)
