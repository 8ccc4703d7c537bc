"""What is wrong with the files, for a curator: which file, which record, what to do."""

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Store

from fingerpost import build
from fingerpost.build import Build
from fingerpost.counting import counted
from fingerpost.engine import rows
from fingerpost.engine.local import Local
from fingerpost.errors import Unreadable
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import curie, kind_and_slug
from fingerpost.progress import Progress, silent
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import CHECKS, VIOLATION, SavedQuery


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend; `file` is below the data folder, and empty where none is to blame."""

    severity: str
    file: str
    record: str
    path: str
    message: str
    value: str


@dataclass(frozen=True)
class Findings:
    """Everything that was found, and the SHACL report as Turtle."""

    problems: tuple[Problem, ...]
    records: int
    report: str

    @property
    def violations(self) -> int:
        """How many problems keep the graph from being served."""
        return sum(problem.severity == VIOLATION for problem in self.problems)


def check(folders: Folders, tell: Progress = silent, at: datetime.date | None = None) -> Findings:
    """Return what reading, shapes and check queries find in the data folders.

    What depends on the day is checked as of `at`, or of today.

    Raises:
        UnappliedAxiom: the ontology goes beyond the rules.
        SavedQueryFault: a saved query breaks the convention.
    """
    try:
        built = build.build(folders, tell)
    except Unreadable as fault:
        return Findings(tuple(_unreadable(fault.faults, folders)), 0, "")
    tell("Asking the check queries")
    problems = sorted([*_shapes(built, folders), *_rules(built, folders, at)])
    return Findings(tuple(problems), len(built.records), built.report.turtle)


def write(found: Findings, format_: str) -> str:
    """Return the findings as `text`, `json`, or the SHACL report as `turtle`."""
    if format_ == "turtle":
        return found.report
    if format_ == "json":
        body = {"records": found.records, "problems": [asdict(one) for one in found.problems]}
        return json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Findings) -> Iterator[str]:
    for one in found.problems:
        where = " ".join(part for part in (one.file or one.record, one.path) if part)
        value = f" (found: {one.value})" if one.value else ""
        yield f"{one.severity}: {where}: {one.message}{value}"
    warnings = counted(len(found.problems) - found.violations, "warning")
    violations = counted(found.violations, "violation")
    yield f"{counted(found.records, 'record')}: {violations}, {warnings}."


def _unreadable(faults: Sequence[str], folders: Folders) -> Iterator[Problem]:
    for fault in faults:
        file, _, message = fault.partition(": ")
        yield Problem(VIOLATION, _below(Path(file), folders), "", "", message, "")


def _shapes(built: Build, folders: Folders) -> Iterator[Problem]:
    paths = {curie(one.node.value): one.place for one in (*built.records, *built.mappings)}
    for result in built.report.results:
        record = result.focus.partition("#")[0]
        path = paths.get(record) or _by_iri(record, folders)
        yield Problem(
            severity=result.severity,
            file=_below(path, folders) if path else "",
            record=result.focus,
            path=result.path,
            message=result.message,
            value="" if result.value == result.focus else result.value,
        )


def _rules(built: Build, folders: Folders, at: datetime.date | None) -> Iterator[Problem]:
    store = Store()
    store.bulk_extend(built.quads())
    engine = Local(store)
    for name, query in saved.load(folders.queries).items():
        if not name.startswith(CHECKS):
            continue
        for row in rows.select(engine, _asked(query, at)):
            path = _by_iri(row["record"], folders)
            file = _below(path, folders) if path else ""
            yield Problem(query.severity, file, curie(row["record"]), "", row["problem"], "")


def _asked(query: SavedQuery, at: datetime.date | None) -> str:
    """Return the text of a check query, as of a day where it takes one."""
    dated = at is not None and any(one.name == "at" for one in query.parameters)
    return bind.bind(query, {"at": str(at)} if dated else {}, lambda _: {})


def _by_iri(iri: str, folders: Folders) -> Path | None:
    """Return the file in which a record lies, where the IRI is one of a record."""
    found = kind_and_slug(iri)
    path = folders.instances / found[0] / f"{found[1]}.ttl" if found else None
    return path if path and path.is_file() else None


def _below(path: Path, folders: Folders) -> str:
    root = folders.instances.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
