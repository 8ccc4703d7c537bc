"""What there is in a default graph, counted in one reading of its N-Quads in order.

Every number is the one that a store gives which holds them: it takes two spellings of a number
or a date for one value, and so each is taken here as a store writes it. What is said of one
thing lies together in such a file, and things of the same types are counted together: most
numbers of a class are sums over the sets of types that it is in.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, RdfFormat, Store, Triple, parse

from fingerpost.engine.rows import Row
from fingerpost.graph.vocabulary import TYPE, Term, term
from fingerpost.publish.counts import LINKING, MOST

_AS_IT_IS = re.compile(rb'<[^<].*|_:.*|".*"(?:@[a-z0-9-]+)?')
_LAST_PART = re.compile("[^/#]*$")
_A = str(TYPE).encode()
_MODIFIED = str(term("dct:modified")).encode()
_REPOSITORY = str(term("fp:Repository")).encode()
_LINKING = frozenset(str(term(name)).encode() for name in LINKING)
_TEXT, _TAGGED = str(term("xsd:string")).encode(), str(term("rdf:langString")).encode()
_Line = tuple[bytes, bytes, bytes]
_Names = tuple[bytes, ...]
_Counts = defaultdict[_Names, Counter[str]]
_What = TypeVar("_What", bound=Hashable)


@dataclass(eq=False)
class _Alike:
    """All things of the same types: what is said of them."""

    types: frozenset[bytes]
    named: int = 0
    """How many of them have an IRI."""
    values: dict[bytes, "array[int]"] = field(default_factory=lambda: defaultdict(_no_numbers))
    """Property → the number of each value."""
    having: Counter[bytes] = field(default_factory=Counter)
    """Property → how many of them have it."""

    def classes(self) -> list[_Names]:
        """Return their types that have an IRI."""
        return [(one,) for one in self.types if one.startswith(b"<")]


class _Values(dict[bytes, int]):
    """A number for each value that there is, equal ones having the same."""

    def __init__(self) -> None:
        super().__init__()
        self.datatypes: list[bytes] = []
        """The datatype of each literal, by its number; empty for what is none."""
        self.respelt: set[bytes] = set()
        """What a store writes otherwise."""

    def __missing__(self, text: bytes) -> int:
        stored = text if _AS_IT_IS.fullmatch(text) else _stored(text)
        if stored != text:
            self.respelt.add(text)
            number = self[stored]
        else:
            number = len(self.datatypes)
            self.datatypes.append(_datatype(text))
        self[text] = number
        return number


class Tally:
    """The numbers of a graph, as `counts.Counts` has them."""

    def __init__(self, lines: Iterable[_Line]) -> None:
        """Count the statements of a graph, each in the terms of N-Triples, by their subjects."""
        self._values = _Values()
        self._kinds: dict[frozenset[bytes], _Alike] = {}
        self._subjects: dict[bytes, _Alike] = {}
        self._links: list[_Line] = []
        for subject, about in groupby(lines, itemgetter(0)):
            self._enter(subject, list(about))

    def _enter(self, subject: bytes, about: list[_Line]) -> None:
        """Count what is said of one thing."""
        types = frozenset(value for _, property_, value in about if property_ == _A)
        if types not in self._kinds:
            self._kinds[types] = _Alike(types)
        alike = self._subjects[subject] = self._kinds[types]
        alike.named += subject.startswith(b"<")
        self._links += [line for line in about if line[1] in _LINKING]
        numbered = [(property_, self._values[value]) for _, property_, value in about]
        if self._values.respelt:
            numbered = list(dict.fromkeys(numbered))
        last = b""
        for property_, number in numbered:
            alike.values[property_].append(number)
            if property_ != last:
                alike.having[property_] += 1
                last = property_

    def totals(self, space: str) -> tuple[Row, ...]:
        """Return one row for the graph; its entities are subjects whose IRIs begin with `space`."""
        start = f"<{space}".encode()
        parts = [part for alike in self._kinds.values() for part in alike.values.items()]
        found = Counter(
            triples=sum(len(its) for _, its in parts),
            distinctSubjects=len(self._subjects),
            distinctObjects=len(self._values.datatypes),
            properties=len({property_ for property_, _ in parts}),
            entities=sum(subject.startswith(start) for subject in self._subjects),
        )
        return _rows((), {(): found})

    def distinct_classes(self) -> tuple[Row, ...]:
        """Return one row with the number of classes that something has."""
        found = {self._values[one] for types in self._kinds for one in types}
        return _rows((), {(): Counter(classes=len(found))})

    def properties(self) -> tuple[Row, ...]:
        """Return a row a property."""
        return _rows(("property",), self._parts(lambda _: [()]))

    def classes(self) -> tuple[Row, ...]:
        """Return a row a class: what its instances are the subjects of."""
        found: _Counts = defaultdict(Counter)
        for (class_, _), numbers in self._parts(_Alike.classes).items():
            found[class_,]["triples"] += numbers["triples"]
            found[class_,]["properties"] += 1
        for alike in self._kinds.values():
            for name in alike.classes():
                found[name]["entities"] += alike.named
        return _rows(("class",), found)

    def class_properties(self) -> tuple[Row, ...]:
        """Return a row a class and property of its instances."""
        return _rows(("class", "property"), self._parts(_Alike.classes))

    def value_classes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and class of the values."""
        alike = [_Alike(frozenset())] * len(self._values.datatypes)
        for text, number in self._values.items():
            alike[number] = self._subjects.get(text, alike[number])
        return self._of(alike, _Alike.classes)

    def value_datatypes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and datatype of the values."""
        return self._of(self._values.datatypes, lambda datatype: [(datatype,)] if datatype else [])

    def links(self, space: str) -> tuple[Row, ...]:
        """Return a row a mapping property and namespace outside `space` to which it leads."""
        found: _Counts = defaultdict(Counter)
        ours = f"<{space}".encode()
        for subject, property_, value in self._links:
            if subject.startswith(ours) and value.startswith(b"<") and not value.startswith(ours):
                outside = _LAST_PART.sub("", value[1:-1].decode())
                found[property_, f"<{outside}>".encode()]["triples"] += 1
        return _rows(("property", "space"), found)

    def about(self) -> Row:
        """Return one of the records as `example`, and when any was last `modified`, if anything."""
        repositories = (s for s, alike in self._subjects.items() if _REPOSITORY in alike.types)
        days = {n for alike in self._kinds.values() for n in alike.values.get(_MODIFIED, ())}
        modified = (
            text
            for text, number in self._values.items()
            if number in days and text not in self._values.respelt
        )
        found = {"example": _latest(repositories), "modified": _latest(modified)}
        return {key: value for key, value in found.items() if value}

    def _parts(self, wholes: Callable[[_Alike], list[_Names]]) -> _Counts:
        """Return the numbers of each property of the wholes that things alike belong to."""
        values: dict[_Names, list[array[int]]] = defaultdict(list)
        found: _Counts = defaultdict(Counter)
        for alike in self._kinds.values():
            for whole in wholes(alike):
                for property_, its in alike.values.items():
                    part = *whole, property_
                    values[part].append(its)
                    found[part]["triples"] += len(its)
                    found[part]["distinctSubjects"] += alike.having[property_]
        for part, several in values.items():
            found[part]["distinctObjects"] = len(set[int]().union(*several))
        return found

    def _of(self, known: list[_What], parts: Callable[[_What], list[_Names]]) -> tuple[Row, ...]:
        """Return a row a class, property and part of the values, of which something is known."""
        found: _Counts = defaultdict(Counter)
        for alike in self._kinds.values():
            for property_, its in alike.values.items():
                for what, times in Counter(map(known.__getitem__, its)).items():
                    for part in parts(what):
                        for class_ in alike.classes():
                            found[*class_, property_, *part]["triples"] += times
        return _rows(("class", "property", "of"), found)


def of_file(path: Path) -> Tally:
    """Return the numbers of the default graph in an N-Quads file with its lines in order."""
    return Tally(_lines(path))


def _lines(path: Path) -> Iterator[_Line]:
    """Yield the parts of each line of the default graph."""
    seen = b"\n"
    with path.open("rb") as file:
        for line in file:
            # What is in the default graph comes first, and then the same in named graphs.
            if line.startswith(seen):
                continue
            subject, property_, rest = line.split(b" ", 2)
            if _is_all(rest):
                seen = line[:-2]
                yield subject, property_, rest[:-3]


def _is_all(rest: bytes) -> bool:
    """Return whether there is no graph behind the value with which the rest of a line begins."""
    if rest.startswith(b'"'):
        return rest.count(b" ", rest.rfind(b'"')) == 1
    if rest.startswith(b"<<("):
        return rest.endswith(b")>> .\n")
    return rest.count(b" ") == 1


def _rows(names: tuple[str, ...], found: dict[_Names, Counter[str]]) -> tuple[Row, ...]:
    """Return the largest in rows, in order."""
    named = [([iri[1:-1].decode() for iri in key], its) for key, its in found.items()]
    named.sort(key=lambda one: (-one[1]["triples"], one[0]))
    return tuple(
        dict(zip(names, key, strict=True)) | {name: str(number) for name, number in its.items()}
        for key, its in named[:MOST]
    )


def _latest(texts: Iterable[bytes]) -> str:
    """Return the last of some terms by what they say; blank nodes say nothing."""
    terms = map(_term, texts)
    said = (one.value for one in terms if not isinstance(one, BlankNode | Triple))
    return max(said, default="")


def _datatype(text: bytes) -> bytes:
    if not text.startswith(b'"'):
        return b""
    end = text[text.rfind(b'"') + 1 :]
    return end[2:] if end.startswith(b"^^") else _TAGGED if end else _TEXT


def _statement(text: bytes) -> bytes:
    return b"<a:a> <a:a> %b ." % text


def _term(text: bytes) -> Term:
    (found,) = parse(_statement(text), format=RdfFormat.N_TRIPLES)
    value: Term = found.object
    return value


def _stored(text: bytes) -> bytes:
    """Return a term as a store writes it."""
    store = Store()
    store.load(_statement(text), RdfFormat.N_TRIPLES)
    (found,) = store
    return str(found.object).encode()


def _no_numbers() -> "array[int]":
    return array("I")
