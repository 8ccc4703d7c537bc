"""A graph opened for use: its engine, its saved queries, its concepts."""

import datetime
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from fingerpost import inventory, store
from fingerpost.engine import Engine, rows
from fingerpost.engine.cached import Cached
from fingerpost.engine.local import Local
from fingerpost.errors import UnknownRecord
from fingerpost.files import Folders
from fingerpost.generations import files
from fingerpost.generations.folder import Generations
from fingerpost.graph.vocabulary import IDS, KINDS, kind_and_slug, record_iri
from fingerpost.index import shelf
from fingerpost.index.answers import Answers
from fingerpost.index.gathered import Files, nowhere
from fingerpost.index.indexes import Indexes, Trail, of_engine
from fingerpost.index.kept import Index as Ranking
from fingerpost.index.lists import Listing
from fingerpost.moments.apart import Source
from fingerpost.moments.moments import Moments
from fingerpost.progress import Progress, silent
from fingerpost.publish import announced, narrowed
from fingerpost.queries import saved
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import answering, concepts, naming, registries, understanding
from fingerpost.recommend.answer import Recommendation
from fingerpost.recommend.concepts import Concepts
from fingerpost.recommend.given import Given
from fingerpost.recommend.leading import RANKING, first
from fingerpost.reconcile import keeping
from fingerpost.reconcile.index import Index
from fingerpost.route import asked, way
from fingerpost.route.ranking import Asked
from fingerpost.route.way import Way
from fingerpost.suggest import suggestion

_YIELDS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT ?technique (MIN(?data) AS ?only)
WHERE { ?technique fp:yields ?data }
GROUP BY ?technique
HAVING (COUNT(?data) = 1)
"""
_DESCRIPTION = """
CONSTRUCT {{ ?subject ?property ?value }}
WHERE {{
  {{ BIND (<{iri}> AS ?subject) ?subject ?property ?value . }}
  UNION
  {{ ?subject <https://w3id.org/fingerpost/ontology#subject> <{iri}> ; ?property ?value . }}
}}
"""
_KNOWN = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing
WHERE {{
  VALUES ?thing {{ <{iri}> }}
  FILTER (EXISTS {{ ?thing skos:prefLabel ?name }} || EXISTS {{ ?thing a skos:ConceptScheme }})
}}
"""
_SLUG = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class Catalogue:
    """What every door needs of one generation."""

    engine: Engine
    queries: SavedQueries
    concepts: Concepts
    yields: Mapping[str, str]
    moments: Moments
    gathered: Indexes
    shelf: Indexes
    indexes: Indexes
    answers: Answers
    matching: Indexes
    listed: Indexes
    patient: bool = False

    def follow(self, before: "Catalogue", until: float, touched: Trail | None = None) -> None:
        """Let what was made of the generation before answer meanwhile; see `Indexes.follow`."""
        self.gathered.follow(before.gathered, until, touched)
        self.shelf.follow(before.shelf, until, touched)
        self.indexes.follow(before.indexes, until, touched)
        self.answers.follow(before.answers, until, touched)
        self.matching.follow(before.matching, until, touched)
        self.listed.follow(before.listed, until, touched)

    def meanwhile(self, most: float) -> SavedQueries:
        """Return the saved queries for who would rather not wait for the index and kept answers.

        What takes long is answered from those of a generation before until then, if they are not
        out of date for longer than so many seconds.
        """
        return replace(
            self.queries,
            before=self.answers.before,
            within=most,
            firsts={RANKING: partial(self._first, most)},
        )

    def _first(
        self, most: float, queries: SavedQueries, given: Mapping[str, str], size: int
    ) -> str | None:
        """Return the first rows of the ranking by its index, or by one as in `meanwhile`."""
        found = first(self.indexes.ready, queries, given, size)
        before = None if found else self.indexes.before
        if before and time.time() - before.until <= most:
            found = first(lambda: before.what, queries, given, size)
            if found:
                before.used()
        return found

    @property
    def statements(self) -> int:
        """How many statements the default graph has."""
        return self._sizes[1]

    @cached_property
    def things(self) -> Mapping[str, frozenset[str]]:
        """The slugs of everything by kind, read when they are first asked for."""
        return inventory.things(self.engine)

    def slugs(self, kind: str) -> frozenset[str]:
        """Return the slugs of everything of a kind: records, concepts, schemes."""
        return self.things.get(kind, frozenset())

    def nearest(self, kind: str, slug: str) -> str:
        """Return which slugs of a kind are like one that is none, as a sentence.

        Those of a large graph are not read for that: it takes as long as a page may.
        """
        return "" if self.shelf.large else suggestion(slug, self.slugs(kind))

    def counts(self) -> Mapping[str, int]:
        """Return how much of each kind there is.

        Raises:
            Preparing: the graph is too large to be counted before its list is made.
        """
        found = self.shelf.needed()
        if found is None:
            return {kind: len(slugs) for kind, slugs in self.things.items()}
        resources = Listing(found)
        return resources.counts("kind", resources.every)

    def knows(self, kind: str, slug: str) -> bool:
        """Say whether something of a kind has a slug, without reading what else there is."""
        iri = record_iri(kind, slug)
        if not _SLUG.fullmatch(slug) or kind_and_slug(iri) != (kind, slug):
            return slug in self.slugs(kind)
        return bool(rows.select(self.engine, _KNOWN.format(iri=iri)))

    @property
    def index(self) -> Index:
        """Everything that a name or an identifier may mean, made when it is first asked for.

        Raises:
            Preparing: it is still being made of a large graph.
        """
        return Index(self.matching.awaited(), self.engine)

    @property
    def records(self) -> int:
        """How many records there are."""
        return self._sizes[0]

    @property
    def _sizes(self) -> tuple[int, int]:
        """The numbers of records and statements, counted where no shelf knows them."""
        found = self.shelf.found or self.shelf.aged()
        return shelf.sizes(found) if found else self._counted

    @cached_property
    def _counted(self) -> tuple[int, int]:
        return inventory.sizes(self.engine)

    def iri(self, what: str) -> str:
        """Return the IRI of a record or concept that is named by it, as kind/slug or kind:slug.

        Raises:
            UnknownRecord: there is none; the message suggests the nearest.
        """
        iri = what if "://" in what else IDS + what.replace(":", "/", 1)
        kind, slug = kind_and_slug(iri) or ("", "")
        if kind in KINDS and self.knows(kind, slug):
            return record_iri(kind, slug)
        if kind in KINDS and self.shelf.large:
            raise UnknownRecord(f'No {kind} is called "{slug}".')
        slugs = self.slugs(kind)
        if not slugs:
            raise UnknownRecord(
                f'"{what}" is no record: give its IRI, or kind/slug. {suggestion(kind, KINDS)}'
            )
        if slug not in slugs:
            raise UnknownRecord(f'No {kind} is called "{slug}". {suggestion(slug, slugs)}')
        return record_iri(kind, slug)

    def description(self, iri: str) -> str:
        """Return the query for everything that is said of a record, claims included."""
        return _DESCRIPTION.format(iri=iri)

    def recommend(self, given: Given) -> Recommendation:
        """Return the recommendation for a question, its parts named as in `given.FIELDS`.

        Raises:
            BadParameter, UnknownConcept, AmbiguousConcept: the question cannot be understood.
            Preparing: the graph is too large to be asked without its index.
        """
        with self.indexes.meanwhile():
            asked = understanding.understand(given, self.concepts, self.yields)
            then = self.at(asked.at)
            found = answering.recommend(asked, then.queries, self._ranking(then))
            if not asked.registries:
                return found
            listed = registries.listing(asked, then.queries, len(found.answers))
            return replace(found, registries=listed)

    def route(self, given: Given) -> Way:
        """Return the way for a question, its parts named as in `route.asked.FIELDS`.

        Raises:
            BadParameter, UnknownConcept, AmbiguousConcept: the question cannot be understood.
            Preparing: as for `recommend`.
        """
        with self.indexes.meanwhile():
            understood = asked.understand(given, self.concepts, self.yields)
            then = self.at(understood.at)
            source = Asked(then.queries, self._ranking(then))
            phases = asked.phases(then.queries, self.concepts)
            return way.way(understood, source, phases, asked.told(given))

    def at(self, day: datetime.date) -> "Catalogue":
        """Return the catalogue as its sources stood on `day`, with the concepts of today.

        Raises:
            Preparing: the graph is large, and as of that day it is still being made.
            EngineBusy, StoreFault: it cannot be made now.
        """
        then = self.moments.at(day)
        if then is None:
            return self
        queries = SavedQueries(then.engine, self.queries.queries)
        return replace(
            self, engine=then.engine, queries=queries, shelf=then.shelf, indexes=then.indexes
        )

    def _ranking(self, then: "Catalogue") -> Ranking | None:
        """Return what ranks as of a day, if it is there; a small graph of before does without.

        Without it one question of a large graph takes all the time that several queries have: only
        who is patient asks so.
        """
        if then is self:
            return self.indexes.at_hand() if self.patient else self.indexes.needed()
        return then.indexes.needed() if then.indexes.large else None


def open_(folders: Folders, tell: Progress = silent) -> Catalogue:
    """Return the catalogue of `folders` in this process, built first if its inputs have changed.

    Raises:
        DataFault: the files cannot be used, or the graph does not conform.
        SavedQueryFault: a saved query breaks the convention.
    """
    paths = dataset(folders, tell)
    loaded, made = files.load(paths, built=True)
    return over(Cached(Local(loaded, made.id)), folders, patient=True, built=lambda: paths)


def of_store(place: Path, folders: Folders, tell: Progress = silent) -> Catalogue:
    """Return the catalogue of the last generation of a store, which may be in use.

    Raises:
        StoreFault: the store is damaged.
        SavedQueryFault: a saved query breaks the convention.
    """
    loaded, made = Generations(place).read(tell)
    return over(Cached(Local(loaded, made.id)), folders, patient=True)


def dataset(folders: Folders, tell: Progress = silent) -> tuple[Path, ...]:
    """Return the N-Quads files that are served for `folders`, built first if need be.

    Raises:
        DataFault, SavedQueryFault: as `open_`.
    """
    generation = store.current(folders, tell)
    if generation.fresh:
        tell("Counting what there is")
    return generation.dataset, announced.kept(generation, folders)


def over(
    engine: Engine,
    folders: Folders,
    *,
    patient: bool = False,
    source: Source | None = None,
    known: Mapping[str, SavedQuery] | None = None,
    built: Files = nowhere,
) -> Catalogue:
    """Return the catalogue of what an engine holds, with the saved queries of `folders`.

    Who is `patient` has the names of a large graph read before they are in its index. Earlier
    days of a large graph are made apart from its `source`, if there is one. Saved queries that are
    `known` are not read again. `built` tells which files hold just what the engine does.

    Raises:
        SavedQueryFault: a saved query breaks the convention.
    """
    yields = {row["technique"]: row["only"] for row in rows.select(engine, _YIELDS)}
    queries = SavedQueries(engine, known or saved.load(folders.queries))
    gathered = of_engine(engine, built)
    shelved = Indexes(engine, "shelf", shelf.write, mend=shelf.mend, of=gathered)
    indexes = Indexes(engine, after=shelved, of=gathered)
    answers = Answers(queries, indexes)
    names = naming.Source(engine, indexes.ready if patient else indexes.needed)
    return Catalogue(
        engine=engine,
        queries=replace(queries, kept=answers, firsts={RANKING: partial(first, indexes.ready)}),
        concepts=concepts.load(engine, names),
        yields=yields,
        moments=Moments(engine, source),
        gathered=gathered,
        shelf=shelved,
        indexes=indexes,
        answers=answers,
        matching=keeping.indexes(engine, gathered),
        listed=narrowed.listed(engine, gathered),
        patient=patient,
    )
