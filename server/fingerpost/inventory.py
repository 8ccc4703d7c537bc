"""How much of what there is in a graph, read from the whole of it."""

from collections import defaultdict

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import KINDS, kind_and_slug

NAMED = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing
WHERE { { ?thing skos:prefLabel ?name } UNION { ?thing a skos:ConceptScheme } }
"""
"""Everything that has a name."""
_SIZE = "SELECT (COUNT(*) AS ?statements) WHERE { ?subject ?property ?value }"


def sizes(engine: Engine) -> tuple[int, int]:
    """Return how many records and statements an engine holds."""
    every = things(engine)
    (size,) = rows.whole(engine, _SIZE)
    return sum(len(every.get(kind, ())) for kind in KINDS), int(size["statements"])


def things(engine: Engine) -> dict[str, frozenset[str]]:
    """Return the slugs of what the graph describes under its own identifiers, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows.each(engine, NAMED):
        kind, slug = kind_and_slug(row["thing"]) or ("", "")
        found[kind].add(slug)
    return {kind: frozenset(slugs) for kind, slugs in found.items()}
