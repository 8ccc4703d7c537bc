"""From files to a validated, loaded store; a build is kept until its inputs change."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

import fingerpost
from fingerpost import files
from fingerpost.errors import NotConforming
from fingerpost.files import Folders
from fingerpost.graph import lines
from fingerpost.graph.lasting import undisturbed
from fingerpost.progress import Progress, silent
from fingerpost.remembered import remembered

if TYPE_CHECKING:
    from fingerpost.build import Build

_DATASET = "dataset.nq"
_REPORT = "report.ttl"
_SUMMARY = "summary.json"


@dataclass(frozen=True)
class Summary:
    """What a build was made of: counts of files, statements and findings."""

    digest: str
    records: int
    stated: int
    inferred: int
    warnings: int


@dataclass(frozen=True)
class Generation:
    """A graph that conforms: N-Quads in the file `dataset`; `fresh` if it was built just now."""

    dataset: Path
    summary: Summary
    fresh: bool

    def load(self) -> Store:
        """Return the graph in memory."""
        store = Store()
        store.bulk_load(path=str(self.dataset), format=RdfFormat.N_QUADS)
        return store


def current(folders: Folders, tell: Progress = silent) -> Generation:
    """Return the graph of `folders`: as kept from an earlier build, or built now.

    Raises:
        Unreadable, UnappliedAxiom: the files cannot be used.
        NotConforming: the graph violates its shapes; it is neither kept nor returned.
        SettingFault: the cache cannot be written.
    """
    digest = _digest(tuple(folders.inputs()))
    kept = files.cache() / digest
    fresh = not (kept / _SUMMARY).is_file()
    if fresh:
        with files.writing_cache():
            _keep(folders, digest, kept, tell)
    summary = Summary(**json.loads((kept / _SUMMARY).read_text("utf-8")))
    return Generation(kept / _DATASET, summary, fresh)


def _digest(paths: tuple[Path, ...]) -> str:
    """Return what tells a build of files from any other; unchanged files are not read again."""
    read = remembered("inputs", paths, lambda: files.digest(iter(paths), ""))
    return files.digest(iter(()), _salt() + read)


def _salt() -> str:
    """Return what else a build depends on: the code that makes it."""
    package = Path(fingerpost.__file__).parent
    modules = [package / name for name in ("build.py", "reason.py", "rules.py")]
    modules += (package / "graph").glob("*.py")
    code = sorted([*modules, *(package / "shapes").glob("*.py")])
    return fingerpost.__version__ + files.digest(iter([*code, Path(__file__)]), "")


def _keep(folders: Folders, digest: str, kept: Path, tell: Progress) -> None:
    """Build into a folder of its own, then move it into place: a kept build is whole or absent."""
    # rdflib, owlrl and pyshacl are slow to import, and a kept build needs none of them.
    from fingerpost import build

    built = build.build(folders, tell)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if kept.exists() and not (kept / _SUMMARY).is_file():
        shutil.rmtree(kept)  # what somebody has deleted a part of
    making = Path(tempfile.mkdtemp(dir=kept.parent, prefix=".making-"))
    try:
        tell(f"Writing {len(built.dataset.merge) + len(built.inferred):,} statements")
        _write(making, built)
        if built.report.violations:
            raise NotConforming([build.explain(result) for result in built.report.violations])
        _conclude(making, built, digest)
        making.rename(kept)
    except OSError:
        # Another process may have kept the same build in the meantime.
        if not (kept / _SUMMARY).is_file():
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _write(folder: Path, built: "Build") -> None:
    with undisturbed(), (folder / _DATASET).open("wb") as file:
        file.writelines(lines.n_quads(built.parts()))
        file.flush()
        os.fsync(file.fileno())


def _conclude(folder: Path, built: "Build", digest: str) -> None:
    """Write what there is to say of a build that conforms."""
    summary = Summary(
        digest=digest,
        records=len(built.records),
        stated=len(built.dataset.merge),
        inferred=len(built.inferred),
        warnings=len(built.report.results),
    )
    (folder / _REPORT).write_text(built.report.turtle, "utf-8")
    (folder / _SUMMARY).write_text(json.dumps(asdict(summary)), "utf-8")
