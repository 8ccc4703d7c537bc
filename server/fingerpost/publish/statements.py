"""Statements looked up by what they are about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from fingerpost.engine import Engine, Query, rows
from fingerpost.graph.vocabulary import Term, term

_NAMES = ("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")


def construct(engine: Engine, text: str) -> list[Triple]:
    """Return the graph that a CONSTRUCT query makes; raises as `Engine.answer` does."""
    return _read(engine, Query(text))


def whole(engine: Engine, text: str) -> list[Triple]:
    """Return the graph that a CONSTRUCT query makes of the whole; see `rows.whole`."""
    return _read(engine, rows.standing(text))


def _read(engine: Engine, query: Query) -> list[Triple]:
    body = engine.answer(query, "application/n-triples")
    return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]


class Statements:
    """A graph, asked by subject and property; values are in the order of their text."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = sorted(set(triples), key=str)
        self._values: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(dict)
        for triple in self.triples:
            self._values[triple.subject].setdefault(triple.predicate, []).append(triple.object)

    def subjects(self) -> Iterator[NamedNode]:
        """Yield everything with an IRI that something is said of, in order."""
        return (one for one in self._values if isinstance(one, NamedNode))

    def nodes(self) -> Iterator[NamedNode | BlankNode]:
        """Yield everything that something is said of, in order."""
        return (one for one in self._values if isinstance(one, (NamedNode, BlankNode)))

    def properties(self, node: Term) -> Iterator[tuple[NamedNode, list[Term]]]:
        """Yield the properties of a node, each with its values."""
        return iter(self._values.get(node, {}).items())

    def of(self, node: Term, curie: str) -> list[Term]:
        """Return the values of a property, named as in `vocabulary.term`."""
        return self._values.get(node, {}).get(term(curie), [])

    def iris(self, node: Term, curie: str) -> list[NamedNode]:
        """Return those values of a property that are IRIs."""
        return [one for one in self.of(node, curie) if isinstance(one, NamedNode)]

    def texts(self, node: Term, curie: str, language: str = "en") -> list[str]:
        """Return the values of a property that are texts in a language, or in none."""
        literals = (one for one in self.of(node, curie) if isinstance(one, Literal))
        return [one.value for one in literals if one.language in {language, None}]

    def text(self, node: Term, *curies: str) -> str:
        """Return the first English text that one of the properties has; empty if none has."""
        return next((text for curie in curies for text in self.texts(node, curie)), "")

    def name(self, node: Term) -> str:
        """Return what a node is called; empty if that is not said."""
        return self.text(node, *_NAMES)
