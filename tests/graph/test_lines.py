"""A dataset in lines is what the whole of it gives, canonicalised and sorted."""

from collections.abc import Iterable

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from fingerpost.files import Folders
from fingerpost.graph import dataset, lines, records
from fingerpost.graph.lines import Part
from fingerpost.graph.statement import statement

TRIG = """
@prefix : <http://x/> .
:a :p "text"@en , "text" , "te\\"xt\\n" , 1 , "é" , <http://x/é> . :a\\#b :p :a . :a2 :p :a .
:g { :a :p "text" . [] :p [ :q :a ] , [ :q :b ] . :a :p [ :q :c ] . }
:g2 { :a :p [ :q :c ] . _:x :p _:y . _:y :p _:x . }
"""


def parts(quads: Iterable[Quad]) -> list[Part]:
    found: dict[object, set[object]] = {}
    for one in quads:
        found.setdefault(one.graph_name, set()).add(statement(one))
    return list(found.items())  # type: ignore[arg-type]


def reference(quads: Iterable[Quad]) -> bytes:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    whole = serialize(found, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(whole.splitlines(keepends=True)))


def test_lines_are_canonical_and_in_order() -> None:
    quads = list(parse(TRIG, format=RdfFormat.TRIG))
    assert b"".join(lines.n_quads(parts(quads))) == reference(quads)


def test_blank_nodes_have_the_same_names_each_time_they_are_read() -> None:
    first, second = (
        b"".join(lines.n_quads(parts(parse(TRIG, format=RdfFormat.TRIG)))) for _ in range(2)
    )
    assert first == second


def test_shipped_terms_shapes_and_some_records_come_to_the_same(folders: Folders) -> None:
    together = dataset.assemble(
        records.terminology(folders.ontology),
        records.terminology(folders.shapes),
        records.records(folders.instances / "organization"),
    )
    of_the_whole = [(DefaultGraph(), together.merge), *together.graphs.items()]
    assert b"".join(lines.n_quads(of_the_whole)) == reference(together.quads())
