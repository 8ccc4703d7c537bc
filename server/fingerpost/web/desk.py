"""What the forms for corrections need of one generation, found out once and kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from fingerpost.catalogue import Catalogue
from fingerpost.curation import fields, words
from fingerpost.curation.corrections import Corrections
from fingerpost.curation.words import Words
from fingerpost.engine import Engine, rows
from fingerpost.errors import EngineBusy, FingerpostError, Preparing, UnknownRecord
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import kind_and_slug
from fingerpost.web.opened import site

if TYPE_CHECKING:
    from fingerpost.trial import Finding, Ground

_PATIENCE = 10.0
"""Seconds for which a form waits while another is held against the shapes."""
_READ = "read desk"
"""The desk whose names are read, by name."""
_NAMES = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name (MIN(?place) AS ?order)
WHERE {
  ?thing skos:prefLabel ?name .
  OPTIONAL { ?thing fp:order ?place }
  FILTER (LANG(?name) = "en")
}
GROUP BY ?thing ?name
ORDER BY ?order LCASE(?name) ?thing
"""


@dataclass
class Desk:
    """Fields, names and shapes of one generation of the data folders; tries one draft at a time."""

    folders: Folders
    catalogue: Catalogue
    _kinds: dict[str, Corrections] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _reader: threading.Thread | None = None
    _fault: FingerpostError | None = None

    def prepare(self) -> None:
        """See that the names are there; those of a large graph are read in the background.

        Raises:
            Preparing: they are still being read.
            QueryFault: the engine did not give them; it is asked again for who comes next.
        """
        if not self.catalogue.matching.large:
            return
        with self._waiting():
            if self._reader is None:
                self._reader = threading.Thread(target=self._read, daemon=True)
                self._reader.start()
            if self._reader.is_alive():
                raise Preparing("The names for forms are still being read. Ask again soon.")
            if self._fault:
                fault, self._fault, self._reader = self._fault, None, None
                raise fault

    def _read(self) -> None:
        try:
            len(self.names)
            len(self._words.names)
        except FingerpostError as fault:
            self._fault = fault

    def corrections(self, kind: str) -> Corrections:
        """Return what may be said of records of a kind."""
        with self._waiting():
            if kind not in self._kinds:
                known = fields.fields(kind, self._terms)
                self._kinds[kind] = Corrections(kind, known, self._words, self.names)
            return self._kinds[kind]

    def record(self, kind: str, slug: str) -> Record:
        """Return a record as its file has it.

        Raises:
            UnknownRecord: there is no such file; the graph may hold the record all the same.
        """
        path = self.folders.instances / kind / f"{slug}.ttl"
        if not self.catalogue.knows(kind, slug) or not path.is_file():
            raise UnknownRecord(f'There is no file of a {kind} "{slug}" that could be corrected.')
        return records.record(path)

    def findings(self, draft: Record) -> "tuple[Finding, ...]":
        """Return what shapes and check queries find of a draft.

        Raises:
            EngineBusy: too many others wait for the same.
        """
        with self._waiting():
            return self._ground.findings(draft)

    def offered(self, kind: str) -> list[str]:
        """Return the names of everything of a kind, in order."""
        return [name for iri, name in self.names.items() if _kind(iri) == kind]

    @cached_property
    def names(self) -> dict[str, str]:
        """IRI → name, of everything that has one."""
        return {row["thing"]: row["name"] for row in rows.whole(self.catalogue.engine, _NAMES)}

    @cached_property
    def _terms(self) -> Engine:
        return fields.terms(self.folders)

    @cached_property
    def _words(self) -> Words:
        return words.words(self.catalogue)

    @cached_property
    def _ground(self) -> "Ground":
        # rdflib, owlrl and pyshacl are slow to import, and who only reads needs none of them.
        from fingerpost.trial import Ground

        return Ground(self.folders)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise EngineBusy("Too many corrections are being checked at once. Try again soon.")
        try:
            yield
        finally:
            self._lock.release()


def desk() -> Desk:
    """Return the desk of the current generation, or of one before while its names are read.

    Raises:
        UnknownRecord: the service has no data folders, so nothing can be corrected.
        Preparing: the names of a large graph are still being read.
    """
    folders = site().folders
    if folders is None:
        raise UnknownRecord("A plain service has no records that could be corrected.")
    found = site().held("desk", partial(Desk, folders))
    with suppress(Preparing):
        found.prepare()
        return site().held(_READ, lambda _: found)
    return site().standing(_READ, partial(_prepared, found))


def _prepared(found: Desk, _now: Catalogue) -> Desk:
    found.prepare()
    return found


def _kind(iri: str) -> str:
    return (kind_and_slug(iri) or ("", ""))[0]
