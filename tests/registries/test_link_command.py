"""`fingerpost link`: the development sets held to their floors, and its files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fingerpost import files
from fingerpost.cli import commands
from fingerpost.errors import BadMapping
from fingerpost.graph import sssom
from fingerpost.graph.sssom import NOT, Row
from fingerpost.registries import mapped, reading
from fingerpost.registries.linking import linker, measure

FLOORS = {"fairsharing-re3data": (0.99, 0.985), "rdmkit-fairsharing": (0.96, 0.95)}
"""Precision and F1 that are asked for."""
DENIED = Row("a:1", linker.EXACT, "b:1", "semapv:ManualMappingCuration", predicate_modifier=NOT)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["link", *arguments])


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    for name, side in (("left", "a"), ("right", "b")):
        entries = [
            {"id": f"{side}:{n}", "name": word, "homepage": f"https://{word}.example"}
            for n, word in enumerate(["cedar", "maple", "birch", "alder", "rowan", "hazel"])
        ]
        text = "".join(json.dumps(one) + "\n" for one in entries)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    return [str(tmp_path / f"{name}.jsonl") for name in ("left", "right")]


@pytest.mark.parametrize("name", FLOORS)
def test_development_sets(shared: Path, name: str) -> None:
    place = shared / "linking" / name
    left, right = (reading.read(place / f"{side}.jsonl") for side in ("left", "right"))
    assert not left.broken
    assert not right.broken
    rows = mapped.link(left.entries, right.entries)
    found = measure.measure((row.pair for row in rows), measure.read(place / "truth.tsv"))
    precision, f1 = FLOORS[name]
    assert found.precision >= precision
    assert found.f1 >= f1


def test_a_mapping_set_is_written_and_read(two: list[str], tmp_path: Path) -> None:
    out = tmp_path / "links.sssom.tsv"
    done = run(*two, "--out", str(out))
    assert done.exit_code == 0, done.output
    rows = sssom.read(out)
    assert [row.pair for row in rows] == [(f"a:{n}", f"b:{n}") for n in range(6)]
    assert "# mapping_set_id: https://w3id.org/fingerpost/mappings/a-b\n" in out.read_text("utf-8")


def test_what_was_rejected_stays_so(two: list[str], tmp_path: Path) -> None:
    out = tmp_path / "links.sssom.tsv"
    out.write_text(sssom.write([DENIED], "https://example.org/set", "https://example.org/free"))
    for _ in range(2):
        assert run(*two, "--out", str(out)).exit_code == 0
        rows = sssom.read(out)
        assert [row for row in rows if row.pair == DENIED.pair] == [DENIED]
        assert len(rows) == 6


@pytest.mark.usefixtures("two")
def test_an_evaluation_names_what_is_wrong(tmp_path: Path) -> None:
    truth = tmp_path / "truth.tsv"
    truth.write_text("left_id\tright_id\trelation\na:0\tb:0\texact\na:1\tb:2\texact\n")
    done = run("--evaluate", str(truth))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("precision 0.167, recall 0.500, F1 0.250 (1 right, 5 wrong, 1 mi")
    assert "  missed: a:1 b:2\n" in done.output
    assert "  wrong:  a:1 b:1\n" in done.output


def test_what_is_broken_is_named_and_the_rest_linked(two: list[str], tmp_path: Path) -> None:
    left = Path(two[0])
    left.write_text(left.read_text("utf-8") + '{"id": "a:9"}\n', "utf-8")
    out = tmp_path / "links.sssom.tsv"
    done = run(*two, "--out", str(out))
    assert done.exit_code == 1
    assert f"{left}: line 7, name: this is missing.\n" in done.output
    assert len(sssom.read(out)) == 6


def test_an_audit_lists_the_links_in_doubt(two: list[str], tmp_path: Path) -> None:
    rows = [
        Row("a:0", linker.EXACT, "b:0", linker.WEIGHED),
        Row("a:1", linker.EXACT, "b:2", linker.WEIGHED),
        Row("a:2", linker.CLOSE, "b:99", linker.WEIGHED),
        DENIED,
    ]
    links = tmp_path / "links.sssom.tsv"
    links.write_text(sssom.write(rows, "https://example.org/set", "https://example.org/free"))
    done = run(*two, "--audit", str(links))
    assert done.exit_code == 0, done.output
    assert "a:2 b:99 (birch): 0.00\n  there is no such entry\n" in done.output
    assert "a:1 b:2 (maple is birch): 0.00\n" in done.output
    assert "  likelier: b:1 (maple): 0.9" in done.output
    assert done.output.endswith("2 of 3 links are in doubt.\n")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Data whose reviews say that a:0 is b:1, and that a:1 is not b:2."""
    place = tmp_path / "data/instances/mappings/audit"
    place.mkdir(parents=True)
    rows = [
        Row("a:0", linker.EXACT, "b:1", "semapv:ManualMappingCuration", comment="It moved."),
        replace(DENIED, subject_id="a:1", object_id="b:2", comment="A part."),
    ]
    text = sssom.write(rows, "https://example.org/set", "https://example.org/free")
    (place / "a-b.sssom.tsv").write_text(text)
    return tmp_path / "data"


def test_what_was_reviewed_is_not_told_again(two: list[str], data: Path, tmp_path: Path) -> None:
    rows = [
        Row(f"a:{one}", linker.EXACT, f"b:{other}", linker.WEIGHED)
        for one, other in ((0, 1), (1, 2), (3, 3))
    ]
    links = tmp_path / "links.sssom.tsv"
    links.write_text(sssom.write(rows, "https://example.org/set", "https://example.org/free"))
    arguments = ["link", *two, "--audit", str(links)]
    done = CliRunner().invoke(commands, ["--data", str(data), *arguments])
    assert done.output == "a:1 b:2: rejected. A part.\n1 of 3 links are in doubt.\n"
    assert CliRunner().invoke(commands, arguments).output.endswith("2 of 3 links are in doubt.\n")


def test_what_was_reviewed_and_rejected_is_not_linked(two: list[str], data: Path) -> None:
    table = next(data.rglob("*.tsv"))
    table.write_text(table.read_text("utf-8").replace("b:2", "b:1"), "utf-8")
    done = CliRunner().invoke(commands, ["--data", str(data), "link", *two])
    linked = [line.split("\t")[0] for line in done.output.splitlines() if line.startswith("a:")]
    assert linked == [f"a:{n}" for n in range(6) if n != 1]


def test_an_audit_without_a_file_takes_what_records_state(two: list[str]) -> None:
    left = Path(two[0])
    lines = [json.loads(line) for line in left.read_text("utf-8").splitlines()]
    for number, other in ((0, "B:0"), (1, "b:4"), (2, "c:2")):
        lines[number]["identifiers"] = [other]
    left.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    done = run(*two, "--audit")
    assert "a:1 b:4 (maple is rowan): 0.0" in done.output
    assert done.output.endswith("1 of 2 links are in doubt.\n")


def test_our_own_records_are_a_side(tmp_path: Path) -> None:
    right = tmp_path / "right.jsonl"
    record = {
        "id": "x:1",
        "name": "BioImage Archive",
        "alt_names": ["BIA"],
        "description": "Images.",
    }
    right.write_text(json.dumps({**record, "homepage": "https://www.ebi.ac.uk/bioimage-archive"}))
    done = run("fingerpost", str(right))
    assert "fingerpost:repository/bioimage-archive\tskos:" in done.output


def test_the_audits_that_are_shipped_are_mapping_sets() -> None:
    tables = [one for one in files.tables_below(files.folders().instances) if "audit" in one.parts]
    assert tables
    for row in (row for table in tables for row in sssom.read(table)):
        assert row.mapping_justification == "semapv:ManualMappingCuration"
        assert row.comment
        assert row.mapping_date


def test_nothing_to_link_is_said() -> None:
    done = run()
    assert done.exit_code != 0
    assert "LEFT.jsonl RIGHT.jsonl" in str(done.exception)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has no column subject_id, predicate_id, object_id"),
        ("subject_id\tobject_id\na\tb\n", "has no column predicate_id"),
        (
            "# license: x\nsubject_id\tpredicate_id\tobject_id\na:1\t\tb:1\n",
            "line 3: predicate_id is empty",
        ),
    ],
)
def test_a_broken_mapping_set_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "set.sssom.tsv"
    path.write_text(text)
    with pytest.raises(BadMapping, match=told):
        sssom.read(path)


def test_other_readers_read_it(two: list[str], tmp_path: Path) -> None:
    reader = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    out = tmp_path / "links.sssom.tsv"
    assert run(*two, "--out", str(out)).exit_code == 0
    found = reader.read(out)[0]
    assert [one.subject.curie for one in found] == [f"a:{n}" for n in range(6)]
    assert all(one.justification.curie == linker.WEIGHED for one in found)
