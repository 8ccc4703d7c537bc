"""A data folder as it lies on the disk."""

from pathlib import Path


def files(data: Path) -> dict[str, str]:
    """Return every file of a folder with its text."""
    paths = sorted(path for path in data.rglob("*") if path.is_file())
    return {path.relative_to(data).as_posix(): path.read_text("utf-8") for path in paths}
