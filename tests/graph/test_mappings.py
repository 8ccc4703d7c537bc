"""Tables of mappings: each row a mapping of the graph, each fault named with its line."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from fingerpost import checking, files
from fingerpost.errors import Unreadable
from fingerpost.files import Folders
from fingerpost.graph import dataset, mappings, records, sssom
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import GRAPHS, curie, term

HEAD = """# license: https://creativecommons.org/publicdomain/zero/1.0/
# mapping_provider: https://w3id.org/fingerpost/id/source/registry-review
# mapping_set_id: https://w3id.org/fingerpost/mappings/re3data
"""
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier"
COLUMNS += "\tconfidence\tmapping_date\tcomment"
SUBJECT, OBJECT = "fingerpost:repository/zenodo", "re3data:r3d100010468"
BY_HAND = "semapv:ManualMappingCuration"
RECORD = term("repository:zenodo")
THERE = NamedNode("https://www.re3data.org/repository/r3d100010468")
REVIEW = NamedNode(GRAPHS + "registry-review")


def row(
    subject: str = SUBJECT,
    predicate: str = "skos:exactMatch",
    object_: str = OBJECT,
    justification: str = BY_HAND,
    modifier: str = "",
    confidence: str = "0.9",
) -> str:
    cells = (subject, predicate, object_, justification, modifier, confidence, "2026-11-21", "So.")
    return "\t".join(cells)


def table(folder: Path, *rows: str, head: str = HEAD, name: str = "re3data") -> Path:
    path = folder / "mappings" / f"{name}.sssom.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((head + COLUMNS, *rows)) + "\n", "utf-8")
    return path


def stated(folder: Path) -> dataset.Dataset:
    return dataset.assemble([], [], mappings.read(folder))


def test_a_row_is_a_mapping_with_its_line_and_puts_the_match_into_its_graph(tmp_path: Path) -> None:
    path = table(tmp_path, row())
    (found,) = mappings.read(tmp_path)
    assert curie(found.node.value) == "mapping:repository-zenodo-re3data-r3d100010468"
    assert found.place == path.with_name("re3data.sssom.tsv:5")
    held = stated(tmp_path)
    assert Statement(RECORD, term("skos:exactMatch"), THERE) in held.graphs[REVIEW] & held.merge
    identifier = Statement(RECORD, term("fp:registryIdentifier"), Literal(OBJECT))
    assert identifier in held.merge


def test_a_rejected_pair_is_a_mapping_and_no_match(tmp_path: Path) -> None:
    table(tmp_path, row(modifier="Not"))
    merge = stated(tmp_path).merge
    assert {t.object for t in merge if t.predicate == term("sssom:object_id")} == {THERE}
    assert not {t for t in merge if t.subject == RECORD}


def test_a_broad_match_gives_no_identifier(tmp_path: Path) -> None:
    table(tmp_path, row(predicate="skos:broadMatch"))
    said = {t.predicate for t in stated(tmp_path).merge if t.subject == RECORD}
    assert said == {term("skos:broadMatch")}


FAULTS = {
    "subject": (row(subject="zenodo"), "subject_id is fingerpost:<kind>/<slug>, not zenodo."),
    "object": (row(object_="re3data:1"), "object_id is no identifier of re3data: re3data:1."),
    "registry": (row(object_="biotools:x"), "object_id is no identifier of re3data: biotools:x."),
    "predicate": (row(predicate="owl:sameAs"), "predicate_id is skos:…, not owl:sameAs."),
    "justification": (row(justification=""), "mapping_justification is semapv:…, not empty."),
    "confidence": (row(confidence="high"), "confidence is a number from 0 to 1, not high."),
    "empty": (row(subject=""), "subject_id is empty."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_row_is_named_with_file_and_line(name: str, tmp_path: Path) -> None:
    broken, message = FAULTS[name]
    path = table(tmp_path, row(object_="re3data:r3d100000001"), broken)
    with pytest.raises(Unreadable) as fault:
        mappings.read(tmp_path)
    assert fault.value.faults == (f"{path}:6: {message}",)


def test_the_faults_of_all_rows_are_told_together(tmp_path: Path) -> None:
    table(tmp_path, row(confidence="high"), row(), row())
    with pytest.raises(Unreadable) as fault:
        mappings.read(tmp_path)
    lines = [one.partition("sssom.tsv:")[2] for one in fault.value.faults]
    assert lines == [
        "5: confidence is a number from 0 to 1, not high.",
        "6: this pair stands in line 5 already.",
        "7: this pair stands in line 5 already.",
    ]


@pytest.mark.parametrize(
    ("name", "head", "message"),
    [
        ("re3data", HEAD.replace("source/", ""), "the head names no source of ours"),
        ("re3data", HEAD.replace("license", "x"), "the head does not say license."),
        ("re3data", "# [\n", "the head is not YAML."),
        ("nowhere", HEAD, '"nowhere" is no registry'),
    ],
)
def test_a_broken_head_is_named(name: str, head: str, message: str, tmp_path: Path) -> None:
    table(tmp_path, head=head, name=name)
    with pytest.raises(Unreadable, match=rf"{name}.sssom.tsv:1: .*{message}"):
        mappings.read(tmp_path)


def test_check_names_the_line_that_breaks_a_shape(tmp_path: Path, folders: Folders) -> None:
    (tmp_path / "source").mkdir()
    source = folders.instances / "source" / "registry-review.ttl"
    (tmp_path / "source" / source.name).write_text(source.read_text("utf-8"), "utf-8")
    table(tmp_path, row())
    own = Folders(folders.ontology, folders.shapes, tmp_path, folders.queries)
    found = [one for one in checking.check(own).problems if one.path == "sssom:subject_id"]
    assert [Path(one.file).name for one in found] == ["re3data.sssom.tsv:5"]


def test_a_table_is_an_input_of_the_build(tmp_path: Path, folders: Folders) -> None:
    own = Folders(folders.ontology, folders.shapes, tmp_path, folders.queries)
    path = table(tmp_path, row())
    assert path in list(own.inputs())


def test_the_formatter_orders_a_table_and_takes_names_from_the_records(tmp_path: Path) -> None:
    path = table(tmp_path, row(object_="re3data:r3d100000002"), row())
    text = mappings.canonical(path, {RECORD.value: "Zenodo"})
    body = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert body[0][:5] == [*COLUMNS.split("\t")[:4], "subject_label"]
    assert [line[2] for line in body[1:]] == ["re3data:r3d100000002", OBJECT]
    assert {line[4] for line in body[1:]} == {"Zenodo"}
    path.write_text(text, "utf-8")
    assert mappings.canonical(path, {}) == text


def test_a_mapping_of_the_graph_gives_back_its_row(tmp_path: Path) -> None:
    path = table(tmp_path, row(), row(object_="re3data:r3d100000001", modifier="Not"))
    path.write_text(mappings.canonical(path, {RECORD.value: "Zenodo"}), "utf-8")
    again = [mappings.row(one.triples, {RECORD.value: "Zenodo"}) for one in mappings.read(tmp_path)]
    assert mappings.written(again, sssom.table(path).head) == path.read_text("utf-8")


def test_the_shipped_tables_are_in_canonical_form_and_name_records(folders: Folders) -> None:
    names = {one.node.value: one.name for one in records.records(folders.instances)}
    for path in files.tables(folders.instances):
        assert mappings.canonical(path, names) == path.read_text("utf-8"), path.name


def test_the_graph_gives_back_the_rows_of_all_tables(folders: Folders) -> None:
    """What an export writes: the same tables, from statements alone."""
    every = [t for one in records.records(folders.instances) for t in one.triples]
    every += [t for one in mappings.read(folders.instances) for t in one.triples]
    found = mappings.rows(every).values()
    for path in files.tables(folders.instances):
        registry = path.name.removesuffix(".sssom.tsv")
        own = [one for one in found if one.object_id.startswith(f"{registry}:")]
        assert mappings.path(folders.instances, registry) == path
        assert mappings.written(own, sssom.table(path).head) == path.read_text("utf-8")


def test_a_table_that_is_new_has_a_head(tmp_path: Path) -> None:
    table(tmp_path, row())
    (found,) = mappings.read(tmp_path)
    path = mappings.path(tmp_path, "re3data")
    path.write_text(mappings.written([mappings.row(found.triples, {})], mappings.head(path)))
    assert [one.slug for one in mappings.read(tmp_path)] == [found.slug]
