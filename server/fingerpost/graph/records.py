"""Reading Turtle files, and the rule that a record lies where its IRI says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from fingerpost import files
from fingerpost.errors import Unreadable
from fingerpost.graph.statement import Shared, Statement
from fingerpost.graph.vocabulary import KINDS, LABEL, TYPE, record_iri, term

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Record:
    """One file of `instances/`: a record and the claims about it.

    Of a table it is one `line`.
    """

    path: Path
    kind: str
    slug: str
    triples: tuple[Statement, ...]
    line: int = 0

    @property
    def node(self) -> NamedNode:
        """The IRI of the thing that the file describes."""
        return NamedNode(record_iri(self.kind, self.slug))

    @property
    def name(self) -> str:
        """What the thing is called in English; empty if the file does not say so."""
        names = (t.object for t in self.triples if (t.subject, t.predicate) == (self.node, LABEL))
        found = (one.value for one in names if isinstance(one, Literal) and one.language == "en")
        return min(found, default="")

    @property
    def place(self) -> Path:
        """Where to look: the file, and of a table the line behind it."""
        return self.path.with_name(f"{self.path.name}:{self.line}") if self.line else self.path


def read(path: Path, terms: Shared | None = None) -> tuple[Statement, ...]:
    """Return the triples of a Turtle file, literals exactly as they are written.

    Their terms are those of `terms`, which several files may share.

    Raises:
        Unreadable: the file is not Turtle; the fault names the line.
    """
    try:
        found = parse(path=str(path), format=RdfFormat.TURTLE)
        return tuple((terms or Shared()).statements(found))
    except SyntaxError as fault:
        raise Unreadable([f"{path}:{fault.lineno or 1}: not Turtle: {fault.msg}"]) from fault
    except UnicodeDecodeError as fault:
        raise Unreadable([f"{path}: not UTF-8: {fault.reason} at byte {fault.start}"]) from fault


def record(path: Path, terms: Shared | None = None) -> Record:
    """Return the record in `path`, `<kind>/<slug>.ttl`.

    Raises:
        Unreadable: not Turtle, an unknown kind, a subject that is not this record or one
            of its fragments, a blank node, or a type that is not the folder's.
    """
    found = Record(path, path.parent.name, path.stem, read(path, terms))
    faults = [f"{path}: {fault}" for fault in _faults(found)]
    if faults:
        raise Unreadable(faults)
    return found


def records(folder: Path) -> list[Record]:
    """Return every record below `folder`, in the order of their paths.

    Raises:
        Unreadable: with the faults of all files together.
    """
    return _each(files.turtle(folder), partial(record, terms=Shared()))


def terminology(folder: Path) -> list[Statement]:
    """Return the triples of all Turtle files below `folder` together.

    Raises:
        Unreadable: with the faults of all files together.
    """
    return triples(files.turtle(folder))


def triples(paths: Iterable[Path]) -> list[Statement]:
    """Return the triples of several Turtle files together.

    Raises:
        Unreadable: with the faults of all files together.
    """
    return [triple for found in _each(paths, partial(read, terms=Shared())) for triple in found]


def _each(paths: Iterable[Path], reader: Callable[[Path], _Found]) -> list[_Found]:
    """Return what `reader` finds in every file, or the faults of all files together."""
    found: list[_Found] = []
    faults: list[str] = []
    for path in paths:
        try:
            found.append(reader(path))
        except Unreadable as fault:
            faults.extend(fault.faults)
    if faults:
        raise Unreadable(faults)
    return found


def _faults(found: Record) -> Iterator[str]:
    if found.kind not in KINDS:
        yield f'unknown kind "{found.kind}": a record lies in one of {", ".join(KINDS)}.'
        return
    own = found.node
    subjects = {triple.subject for triple in found.triples}
    strangers = {
        str(subject)
        for subject in subjects
        if not isinstance(subject, NamedNode) or subject.value.partition("#")[0] != own.value
    }
    for stranger in sorted(strangers):
        yield (
            f"describes {stranger}; this file may only describe <{own.value}> and <{own.value}#…>."
        )
    if any(isinstance(triple.object, BlankNode) for triple in found.triples):
        yield "has a blank node: give it an address such as <#claim-homepage>."
    expected = Statement(own, TYPE, term(f"fp:{KINDS[found.kind]}"))
    if expected not in found.triples:
        yield f"has no type fp:{KINDS[found.kind]}: a record in {found.kind}/ says `<> a` it."
