"""A record as if it were among the others: what shapes and check queries would say of it.

The shapes are held against what they can see from the record and no more. They find the same as
on the whole graph, in a tenth of the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from fingerpost import reason, shapes
from fingerpost.engine import rows
from fingerpost.engine.local import Local
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.dataset import INFERRED, quad
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import KINDS, PROPERTY, Term, curie, kind_and_slug
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import CHECKS, VIOLATION
from fingerpost.revise.ledger import Delta, Ledger
from fingerpost.rules import Rules
from fingerpost.shapes.runs import Runs
from fingerpost.shapes.sight import Sight


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend; `path` is a prefixed name, and empty where no property is to blame."""

    severity: str
    path: str
    message: str
    value: str = ""

    @property
    def fatal(self) -> bool:
        """Whether it keeps a graph from being served."""
        return self.severity == VIOLATION


class Ground:
    """The records, shapes and rules of the data folders, read once for many trials.

    Where there are very many records a draft is tried among those `near` it, which it names: what
    is found then is found among all, too, but for what others say of the same thing.
    """

    def __init__(self, folders: Folders, *, near: bool = False) -> None:
        self._folders = folders
        self._near = near

    def findings(self, draft: Record) -> tuple[Finding, ...]:
        """Return what would be found of a record, were it in its place among the others.

        Raises:
            Unreadable, UnappliedAxiom, SavedQueryFault: the files that are there cannot be used.
        """
        others = self._named(draft) if self._near else self._records
        among = {**others, draft.path: draft}
        together = dataset.assemble(self._terminology, self._shapes, among.values())
        inferred = reason.inferred(together.merge, self._rules)
        store = Store()
        store.bulk_extend(quad(one, DefaultGraph()) for one in together.checked | inferred)
        store.bulk_extend(quad(one, INFERRED) for one in inferred)
        found = {*self._shaped(draft, store), *self._checked(draft, store)}
        types = {t for t in together.checked | inferred if t.subject == draft.node}
        for sentence in reason.contradictions(types, self._rules):
            found.add(Finding(VIOLATION, "rdf:type", sentence))
        return tuple(sorted(found))

    def _shaped(self, draft: Record, store: Store) -> set[Finding]:
        nodes: set[Term] = {triple.subject for triple in draft.triples}
        seen = self._runs.seen(nodes, Ledger(store, Delta(frozenset(), frozenset())))
        report = shapes.validate_nodes(nodes, seen, shapes.parsed(self._shapes))
        about = _about(draft)
        return {
            Finding(
                result.severity,
                about.get(result.focus, result.path),
                result.message,
                "" if result.value == result.focus else result.value,
            )
            for result in report.results
        }

    def _checked(self, draft: Record, store: Store) -> set[Finding]:
        engine = Local(store)
        return {
            Finding(query.severity, "", row["problem"])
            for query in self._queries
            for row in rows.select(engine, bind.bind(query, {}, lambda _: {}))
            if row["record"].partition("#")[0] == draft.node.value
        }

    def _named(self, draft: Record) -> Mapping[Path, Record]:
        """Return the records that a draft names."""
        named = (one.object.value for one in draft.triples if isinstance(one.object, NamedNode))
        places = {place for place in map(kind_and_slug, named) if place}
        paths = [
            self._folders.instances / kind / f"{slug}.ttl"
            for kind, slug in places
            if kind in KINDS and "/" not in slug
        ]
        return {path: records.record(path) for path in paths if path.is_file()}

    @cached_property
    def _records(self) -> dict[Path, Record]:
        return {one.path: one for one in records.records(self._folders.instances)}

    @cached_property
    def _terminology(self) -> list[Statement]:
        return records.terminology(self._folders.ontology)

    @cached_property
    def _shapes(self) -> list[Statement]:
        return records.terminology(self._folders.shapes)

    @cached_property
    def _rules(self) -> Rules:
        return reason.rules(self._terminology)

    @cached_property
    def _runs(self) -> Runs:
        return Runs(Sight(shapes.parsed(self._shapes)))

    @cached_property
    def _queries(self) -> list[saved.SavedQuery]:
        every = saved.load(self._folders.queries)
        return [query for name, query in every.items() if name.startswith(CHECKS)]


def _about(draft: Record) -> dict[str, str]:
    """Return what each claim of a record is about: claim → property, both as prefixed names."""
    return {
        curie(one.subject.value): curie(one.object.value)
        for one in draft.triples
        if one.predicate == PROPERTY
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode)
    }
