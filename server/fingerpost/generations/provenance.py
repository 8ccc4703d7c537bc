"""Who changed what and when, as statements of PROV-O (W3C, 2013) in a graph of their own."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from fingerpost.graph.vocabulary import GRAPHS, TYPE, term

PROVENANCE = NamedNode(GRAPHS + "provenance")


def statements(number: int, what: str, by: str, time: str, graphs: Iterable[str]) -> Iterator[Quad]:
    """Yield what stays on record of change `number`: by whom, when (UTC), which graphs."""
    change = NamedNode(f"{PROVENANCE.value}#change-{number}")
    agent = NamedNode(f"{PROVENANCE.value}#agent-{by}")
    lines: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (change, TYPE, term("prov:Activity")),
        (change, term("rdfs:label"), Literal(what, language="en")),
        (change, term("prov:endedAtTime"), Literal(time, datatype=term("xsd:dateTime"))),
        (change, term("prov:wasAssociatedWith"), agent),
        (agent, TYPE, term("prov:Agent")),
        (agent, term("rdfs:label"), Literal(by)),
        *((NamedNode(graph), term("prov:wasInfluencedBy"), change) for graph in sorted(graphs)),
    ]
    for subject, property_, value in lines:
        yield Quad(subject, property_, value, PROVENANCE)
