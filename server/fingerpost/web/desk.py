"""What the forms for corrections need of one generation, looked up as they are filled in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from fingerpost.catalogue import Catalogue
from fingerpost.curation import fields
from fingerpost.curation.corrections import Corrections, Names
from fingerpost.curation.known import Looked
from fingerpost.curation.words import Words
from fingerpost.engine import Engine, rows
from fingerpost.errors import EngineBusy, Preparing, UnknownRecord
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import term
from fingerpost.index import asking
from fingerpost.web.opened import site

if TYPE_CHECKING:
    from fingerpost.trial import Finding, Ground

_PATIENCE = 10.0
"""Seconds for which a form waits while another is held against the shapes."""
_CONCEPTS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name (MIN(?place) AS ?order)
WHERE {{
  ?thing skos:inScheme {scheme} ; skos:prefLabel ?name .
  OPTIONAL {{ ?thing fp:order ?place }}
  FILTER (LANG(?name) = "en")
}}
GROUP BY ?thing ?name
ORDER BY ?order LCASE(?name) ?thing
"""


@dataclass
class Desk:
    """Fields, names and shapes of one generation of the data folders; tries one draft at a time."""

    folders: Folders
    catalogue: Catalogue
    _kinds: dict[str, Corrections] = field(default_factory=dict)
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _trying: threading.Lock = field(default_factory=threading.Lock)

    @property
    def settled(self) -> bool:
        """Whether forms have the names of records, which in a large graph are not there at once."""
        try:
            self._known.of("source")
        except Preparing:
            return False
        return True

    def corrections(self, kind: str) -> Corrections:
        """Return what may be said of records of a kind."""
        with self._reading:
            if kind not in self._kinds:
                known = fields.fields(kind, self._terms)
                spoken = Words(self.catalogue.concepts, self._known)
                self._kinds[kind] = Corrections(kind, known, spoken, self._names)
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

    @property
    def near(self) -> bool:
        """Whether drafts are tried among the records that they name alone.

        All of them are read and inferred anew for each draft: with many, somebody who posts drafts
        would have this process for himself.
        """
        return self.catalogue.indexes.many

    def findings(self, draft: Record) -> "tuple[Finding, ...]":
        """Return what shapes and check queries find of a draft.

        Raises:
            EngineBusy: too many others wait for the same.
        """
        with self._waiting():
            return self._ground.findings(draft)

    def offered(self, kind: str) -> list[str]:
        """Return the names of all concepts of a kind, in order."""
        asked = _CONCEPTS.format(scheme=term(f"scheme:{kind}"))
        found = {row["thing"]: row["name"] for row in rows.select(self.catalogue.engine, asked)}
        return list(found.values())

    def name(self, iri: str) -> str | None:
        """Return the name of a thing, if it has one."""
        return self._names([iri]).get(iri)

    @property
    def _names(self) -> Names:
        return partial(asking.names, self.catalogue.engine)

    @cached_property
    def _terms(self) -> Engine:
        return fields.terms(self.folders)

    @cached_property
    def _known(self) -> Looked:
        return Looked(self.catalogue)

    @cached_property
    def _ground(self) -> "Ground":
        # rdflib, owlrl and pyshacl are slow to import, and who only reads needs none of them.
        from fingerpost.trial import Ground

        return Ground(self.folders, near=self.near)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        if not self._trying.acquire(timeout=_PATIENCE):
            raise EngineBusy("Too many corrections are being checked at once. Try again soon.")
        try:
            yield
        finally:
            self._trying.release()


def desk() -> Desk:
    """Return the desk of the current generation.

    Raises:
        UnknownRecord: the service has no data folders, so nothing can be corrected.
    """
    folders = site().folders
    if folders is None:
        raise UnknownRecord("A plain service has no records that could be corrected.")
    return site().held("desk", partial(Desk, folders))
