"""Statements: the same as pyoxigraph's own, with parts that are there once."""

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from fingerpost.graph import records
from fingerpost.graph.statement import Statement, statement

TEXT = """
<http://x/a> <http://x/p> <http://x/b> , "caf\\u00e9 \\"au\\" lait"@fr , "line\\nfeed" , _:blank ;
  <http://x/q> "01"^^<http://www.w3.org/2001/XMLSchema#integer> , true .
_:blank <http://x/p> <http://x/a> .
<http://x/a> <http://x/says> <<( <http://x/b> <http://x/p> "quoted" )>> .
"""


def test_the_text_of_a_statement_is_its_line_of_n_triples() -> None:
    quads = list(parse(TEXT, format=RdfFormat.TURTLE))
    ours = "".join(f"{statement(quad)} .\n" for quad in quads)
    assert ours.encode() == serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)


def test_statements_of_equal_parts_are_one_in_a_set() -> None:
    first, second = (set(map(statement, parse(TEXT, format=RdfFormat.TURTLE))) for _ in range(2))
    plain = {one for one in first if "_:" not in str(one)}
    assert plain <= second
    assert len(plain) == 6


def test_what_several_files_speak_of_is_held_once(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.ttl", "two.ttl")]
    for path in paths:
        path.write_text(
            f'<http://x/a> <http://x/p> "same" ; <http://x/is> "{path.stem}" .', "utf-8"
        )
    found = records.triples(paths)
    assert len(found) == 4
    assert len({id(one.subject) for one in found}) == 1
    assert len({id(one.predicate) for one in found}) == 2
    assert len({id(one.object) for one in found}) == 3
    assert all(isinstance(one, Statement) for one in found)
