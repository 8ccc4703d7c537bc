"""What is said of things, read from the files that a graph was built into.

Their lines are in order, as `graph.lines` writes them: all about a thing stands together, and what
the merge says stands before the same in any graph.
"""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from fingerpost.graph.vocabulary import IDS, LABEL
from fingerpost.index.told import PROPERTIES, Statement, Told, told

_PART = 1024 * 1024
_KNOWN = 4096
"""Values of other types than text that are remembered."""
_VALUE = r'(?:<([^>]*)>|"(.*)"(?:@(\S+)|\^\^<([^>]*)>)?|_:\S+)'
_STATED = re.compile(
    rf"^(<({re.escape(IDS)}[^>]+/[^>]+)> <([^>]*)> {_VALUE}) (?:(\.)|\S+ \.)\n(?:\1 \S+ \.\n)*",
    re.MULTILINE,
)
"""A statement about what has an identifier of ours, with all graphs that it stands in."""
_NAMED = re.compile(rf'> {re.escape(str(LABEL))} "(.*)"@en \.\n')
"""What follows an IRI that the merge names in English."""
_Stated = Sequence[str]
"""A statement as written, its parts, and a full stop where the merge has it."""


def each(paths: Iterable[Path]) -> Iterator[Told]:
    """Yield what is said of everything that has a name and an identifier of ours."""
    # So they are ordered in a file: what goes on from an IRI may come before it.
    order = itemgetter(0)
    found = heapq.merge(*map(_grouped, paths), key=order)
    for iri, some in groupby(found, key=order):
        one = told(iri[1:-1], (statement for _, its in some for statement in _statements(its)))
        if one.named:
            yield one


def names(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield everything that has a name in English, with each."""
    for path in paths:
        for part in _parts(path):
            for found in _NAMED.finditer(part):
                start, name = part.rfind("\n", 0, found.start()) + 2, found[1]
                yield part[start : found.start()], _unescaped(name) if "\\" in name else name


def _grouped(path: Path) -> Iterator[tuple[str, list[_Stated]]]:
    """Yield what is stated of each thing that has a name, under its IRI as it is written."""
    for part in _parts(path):
        for iri, some in groupby(_STATED.findall(part), key=itemgetter(1)):
            found = list(some)
            if any(one[2] == LABEL.value for one in found):
                yield f"<{iri}>", found


def _statements(found: Iterable[_Stated]) -> Iterator[Statement]:
    for _, _, property_, iri, text, language, type_, merged in found:
        if property_ in PROPERTIES:
            value = iri or (_unescaped(text) if "\\" in text else text)
            if type_:
                value = _normal(value, type_)
            yield Statement(property_, value, language, bool(merged))


def _parts(path: Path) -> Iterator[str]:
    """Yield a file in parts, none of which ends amid what is said of a thing."""
    with path.open("rb") as file:
        rest = b""
        for part in iter(partial(file.read, _PART), b""):
            whole = rest + part
            last = whole.rfind(b"\n", 0, whole.rfind(b"\n")) + 1
            subject = whole[last : whole.find(b" ", last) + 1]
            end = 0 if whole.startswith(subject) else whole.find(b"\n" + subject) + 1
            yield whole[:end].decode()
            rest = whole[end:]
        yield rest.decode()


def _unescaped(text: str) -> str:
    (quad,) = parse(f'<a:a> <a:a> "{text}" .', format=RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, Literal) else ""


@lru_cache(_KNOWN)
def _normal(text: str, type_: str) -> str:
    """Return a value as an engine has it, which takes two spellings of a number for one."""
    store, any_ = Store(), NamedNode("any:any")
    store.add(Quad(any_, any_, Literal(text, datatype=NamedNode(type_))))
    return "".join(quad.object.value for quad in store if isinstance(quad.object, Literal))
