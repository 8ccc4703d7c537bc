"""Records in their canonical form, and files written all at once."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fingerpost import files
from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.graph import canonical, mappings, records


def format_records(folders: Folders, *, write: bool) -> list[Path]:
    """Return the files that are not in canonical form, rewritten where `write` says so.

    Every file is read before the first is written, so a fault changes nothing.

    Raises:
        Unreadable: a file is not Turtle, or not the record that its place says.
        SettingFault: the folder cannot be written.
    """
    there = records.records(folders.instances)
    wanted = {found.path: canonical.turtle(found) for found in there}
    names = {found.node.value: found.name for found in there}
    for table in files.tables(folders.instances):
        wanted[table] = mappings.canonical(table, names)
    changed = {path: text for path, text in wanted.items() if path.read_text("utf-8") != text}
    if write:
        put(changed)
    return list(changed)


def put(texts: Mapping[Path, str]) -> None:
    """Write each text to its file: all are on the disk before the first takes its place.

    Raises:
        SettingFault: a folder cannot be written; then no file has changed.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            ready[path] = _beside(path, text)
        for path, made in ready.items():
            made.replace(path)
    except OSError as fault:
        raise SettingFault(f"{fault.filename} cannot be written: {fault.strerror}.") from fault
    finally:
        for made in ready.values():
            made.unlink(missing_ok=True)


def _beside(path: Path, text: str) -> Path:
    """Return a file with the text in the same folder, readable as the file at `path` is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(mode)
    return Path(name)
