"""What names mean in a graph: read all at once, or looked up in its index as they are given."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine, rows
from fingerpost.errors import Preparing
from fingerpost.graph.vocabulary import PREFIXES, SCHEMES, kind_and_slug, record_iri
from fingerpost.index import labels, spelt
from fingerpost.index.kept import Index
from fingerpost.suggest import nearest, suggestion

_NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name
WHERE { VALUES ?naming { skos:prefLabel skos:altLabel } ?thing ?naming ?name }
ORDER BY ?thing ?name
"""
_CONCEPTS = f"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name
WHERE {{
  # By themselves, or in a large graph the names of everything are read.
  {{
    SELECT DISTINCT ?thing
    WHERE {{
      VALUES ?scheme {{ {" ".join(f"<{PREFIXES['scheme']}{one}>" for one in SCHEMES)} }}
      ?thing skos:inScheme ?scheme .
    }}
  }}
  VALUES ?naming {{ skos:prefLabel skos:altLabel }}
  ?thing ?naming ?name .
}}
ORDER BY ?thing ?name
"""
_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
_MOST = 20_000
"""Things among which the nearest is looked for by comparing with each."""
_NEAR = 50
"""Things that are compared with a text of which they have the beginning."""
_BEGINNING = 4
_SHOWN = 5


class Known(Protocol):
    """The records and concepts that there are, by kind."""

    def has(self, kind: str, slug: str) -> bool:
        """Say whether there is a record or concept of that slug."""

    def called(self, kind: str, text: str) -> frozenset[str]:
        """Return the IRIs of those with a text as slug or name, or in small letters as name."""

    def hint(self, kinds: Sequence[str], text: str) -> str:
        """Return a sentence about which of some kinds a text may mean that is no name of one."""


@dataclass(frozen=True)
class Read:
    """All that there are: kind → slug or name, in its own case and in small letters → IRIs."""

    names: Mapping[str, Mapping[str, frozenset[str]]]

    def has(self, kind: str, slug: str) -> bool:
        """See `Known`."""
        return record_iri(kind, slug) in self.called(kind, slug)

    def called(self, kind: str, text: str) -> frozenset[str]:
        """See `Known`."""
        return self.names.get(kind, {}).get(text, frozenset())

    def hint(self, kinds: Sequence[str], text: str) -> str:
        """See `Known`."""
        every = (iris for kind in kinds for iris in self.names.get(kind, {}).values())
        return suggestion(text, {short(iri) for iris in every for iri in iris})


@dataclass(frozen=True)
class Indexed:
    """The records that an index knows."""

    index: Index

    def has(self, kind: str, slug: str) -> bool:
        """See `Known`."""
        return spelt.knows(self.index, kind, slug)

    def called(self, kind: str, text: str) -> frozenset[str]:
        """See `Known`."""
        return spelt.called(self.index, kind, text)

    def hint(self, kinds: Sequence[str], text: str) -> str:
        """See `Known`; of very many those that begin alike."""
        every = spelt.some(self.index, kinds, _MOST + 1)
        if len(every) <= _MOST:
            return suggestion(text, map(short, every))
        begun = (text, text[:_BEGINNING])
        found = [each for one in begun for each in self._beginning(kinds, one)]
        names = {name: short(iri) for iri, name in found}
        near = nearest(text, names, limit=_SHOWN)
        return f"Did you mean: {', '.join(names[one] for one in near)}?" if near else ""

    def _beginning(self, kinds: Sequence[str], text: str) -> list[tuple[str, str]]:
        return labels.beginning(self.index, text, kinds, _NEAR)


class Looked:
    """What a catalogue holds, looked up: concepts by reading them all, records in the index.

    Until the index of a small graph is made, that reads the names of everything.
    """

    def __init__(self, opened: Catalogue) -> None:
        self._opened = opened

    def has(self, kind: str, slug: str) -> bool:
        """See `Known`."""
        if _PLAIN.fullmatch(slug):
            return self._opened.knows(kind, slug)
        return self.of(kind).has(kind, slug)

    def called(self, kind: str, text: str) -> frozenset[str]:
        """See `Known`; raises as `of`."""
        return self.of(kind).called(kind, text)

    def hint(self, kinds: Sequence[str], text: str) -> str:
        """See `Known`; raises as `of`."""
        return self.of(kinds[0]).hint(kinds, text)

    def of(self, kind: str) -> Known:
        """Return what knows the names of a kind.

        Raises:
            Preparing: the index of a graph of many resources is still being made.
        """
        if kind in SCHEMES:
            return self._concepts
        index = self._opened.indexes.at_hand()
        if index:
            return Indexed(index)
        if self._opened.indexes.many:
            raise Preparing(
                "The names of this graph are still being read. Ask again soon, or give "
                "addresses such as source/… in their place."
            )
        return self._everything

    @cached_property
    def _concepts(self) -> Read:
        # A question about the whole graph waits while another is answered: this is none.
        return _read(rows.select(self._opened.engine, _CONCEPTS))

    @cached_property
    def _everything(self) -> Read:
        return read(self._opened.engine)


def read(engine: Engine) -> Read:
    """Return the names of everything that an engine holds."""
    return _read(rows.whole(engine, _NAMES))


def short(iri: str) -> str:
    """Return a thing's kind and slug; any other IRI as it is."""
    return "/".join(kind_and_slug(iri) or (iri,))


def _read(listed: Iterable[rows.Row]) -> Read:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, name, iri in _named(listed):
        found[kind][name].add(iri)
    return Read({k: {n: frozenset(i) for n, i in names.items()} for k, names in found.items()})


def _named(found: Iterable[rows.Row]) -> Iterator[tuple[str, str, str]]:
    for row in found:
        kind, slug = kind_and_slug(row["thing"]) or ("", "")
        if kind and "#" not in row["thing"]:
            for name in {slug, row["name"], row["name"].casefold()}:
                yield kind, name, row["thing"]
