"""`fingerpost import csv`: a table becomes records and claims, all of it or nothing."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curation.conftest import Run
from curation.folder import files
from fingerpost.errors import BadParameter, DataFault

HEAD = "id,name,description,URL,accepts,used in,access,repository scope,source,date\n"
NEW = (
    "repository/plates,Plates,A repository for pictures of plates.,https://plates.example/,"
    "imaging|proteomic,share|reuse,open,domain,new,2025-07\n"
)
OLD = "repository/images,,,,,,registered,,list,2026-01-31\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(HEAD + NEW + OLD, "utf-8")
    return path


def test_new_records_get_files_and_known_ones_claims(run: Run, data: Path, table: Path) -> None:
    done = run("import", "csv", str(table))
    assert done.exit_code == 0, done.output
    assert "1 new, 1 changed, 0 unchanged, 0 broken." in done.output
    made = (data / "instances/repository/plates.ttl").read_text("utf-8")
    assert "fp:usedIn phase:reuse ,\n    phase:share ;" in made
    images = (data / "instances/repository/images.ttl").read_text("utf-8")
    assert "fp:access access:open ;" in images
    claim = images[images.index("<#claim-access>") :]
    assert "fp:value access:registered ;" in claim
    assert "dct:source source:list ;" in claim
    assert 'fp:statedOn "2026-01-31"^^xsd:date .' in claim
    assert "plates" not in run("check").output
    assert run("format", "--check").exit_code == 0


def test_a_second_import_changes_nothing(run: Run, data: Path, table: Path) -> None:
    run("import", "csv", str(table))
    before = files(data)
    assert "0 new, 0 changed, 2 unchanged, 0 broken." in run("import", "csv", str(table)).output
    assert files(data) == before


def test_a_dry_run_shows_the_lines_that_would_change(run: Run, data: Path, table: Path) -> None:
    before = files(data)
    done = run("import", "csv", str(table), "--dry-run")
    assert done.exit_code == 0
    assert "+++ b/instances/repository/plates.ttl" in done.output
    assert "+  fp:value access:registered ;" in done.output
    assert "Nothing was written." in done.output
    assert files(data) == before


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nowhere/x,X,,,,,,,new,2025\n", '"nowhere" is no kind'),
        ("repository/X Y,X,,,,,,,new,2025\n", "is no slug"),
        ("repository/x,X,,,,,,,new,2025\n", "description: a new record needs it"),
        ("repository/images,,,,qqqq,,,,new,2025\n", 'accepts: No data type is called "qqqq"'),
        ("repository/images,,,htp:/x,,,,,new,2025\n", "is no address"),
        ("repository/images,,,,,,open|closed,,new,2025\n", 'no access is called "closed"'),
        ("repository/images,,,,,,registered,,,2025\n", "name the source"),
        ("repository/images,,,,,,registered,,new,\n", "say when the source says"),
        ("repository/images,,,,,,registered,,nobody,2025\n", 'no source is called "nobody"'),
        (",,,,,,registered,,new,2025\n", "kind: no kind"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_written(
    run: Run, data: Path, table: Path, row: str, message: str
) -> None:
    before = files(data)
    table.write_text(HEAD + NEW + row, "utf-8")
    done = run("import", "csv", str(table))
    assert done.exit_code == 1
    assert f"{table}:3: " in done.output
    assert message in done.output
    assert files(data) == before
    rest = run("import", "csv", str(table), "--skip-broken")
    assert rest.exit_code == 1
    assert (data / "instances/repository/plates.ttl").exists()


def test_what_does_not_conform_is_not_written(run: Run, data: Path, table: Path) -> None:
    before = files(data)
    table.write_text(HEAD + NEW.replace(",domain,", ",stage:raw,"), "utf-8")
    assert run("import", "csv", str(table)).exit_code == 1
    table.write_text(HEAD + NEW.replace("share|reuse", ""), "utf-8")
    done = run("import", "csv", str(table))
    assert done.exit_code == 1
    assert "Say in which phase it is used" in done.output
    assert files(data) == before


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_other_spreadsheets_are_read_too(run: Run, table: Path, delimiter: str, start: str) -> None:
    text = (HEAD + NEW + OLD).replace(",", delimiter).replace("\n", "\r\n")
    table.write_bytes((start + text).encode())
    assert "1 new, 1 changed" in run("import", "csv", str(table)).output


def test_an_empty_cell_or_na_says_nothing(run: Run, table: Path) -> None:
    table.write_text(HEAD + "repository/images,,,NA,n/a,,,?,list,2026\n", "utf-8")
    assert "0 new, 0 changed, 1 unchanged" in run("import", "csv", str(table)).output


def test_two_rows_for_one_record_are_put_together(run: Run, data: Path, table: Path) -> None:
    more = "repository/plates,,,,,,controlled,,list,2026\n"
    table.write_text(HEAD + NEW + more + more, "utf-8")
    assert "1 new, 0 changed" in run("import", "csv", str(table)).output
    text = (data / "instances/repository/plates.ttl").read_text("utf-8")
    assert text.count("fp:value access:controlled") == 1


def test_columns_are_mapped_by_a_file(run: Run, data: Path, tmp_path: Path, table: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'separator = ";"\nignore = ["remark"]\n'
        '[columns]\nTitle = "name"\nText = "description"\nKinds = "accepts"\nWhere = "usedIn"\n'
        '[constants]\nkind = "repository"\nrepositoryScope = "general"\n'
        '[values.Kinds]\npictures = "imaging-data"\n'
    )
    table.write_text(
        'Title,Text,Kinds,Where,remark\nÅ plates,"Pictures\nof many plates.",pictures,share;reuse,x\n',
        "utf-8",
    )
    done = run(
        "import", "csv", str(table), "--mapping", str(mapping), "--source", "new", "--date", "2025"
    )
    assert done.exit_code == 0, done.output
    text = (data / "instances/repository/a-plates.ttl").read_text("utf-8")
    assert "fp:accepts data-type:imaging-data ;" in text
    assert '"Pictures\\nof many plates."@en' in text
    mapping.write_text("colums = 1\n")
    done = run("import", "csv", str(table), "--mapping", str(mapping))
    assert 'a mapping has no "colums"' in str(done.exception)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no header"),
        (b"id,id\n", "has the column id twice"),
        (b"id,name\na,b,c\n", "has 3 cells under 2 columns"),
        (b"id,name\n\xff\xfe,x\n", "is not UTF-8"),
        (b'id,name\n"a"b,c\n', "is no CSV"),
        (b"id\n" + b"x" * 200_000, "is no CSV"),
        (b",".join(b"c%d" % n for n in range(5000)) + b"\n", "5,000 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_its_fault(
    run: Run, data: Path, table: Path, content: bytes, message: str
) -> None:
    before = files(data)
    table.write_bytes(content)
    done = run("import", "csv", str(table))
    assert isinstance(done.exception, DataFault | BadParameter)
    assert message in str(done.exception)
    assert files(data) == before


def test_a_formula_is_a_text_like_any_other(run: Run, data: Path, table: Path) -> None:
    text = NEW.replace("A repository for pictures of plates.", "\"=cmd|' /C calc'!A0 <script>\"")
    table.write_text(HEAD + text, "utf-8")
    assert run("import", "csv", str(table)).exit_code == 0
    written = (data / "instances/repository/plates.ttl").read_text("utf-8")
    assert "=cmd|' /C calc'!A0 <script>" in written


@pytest.mark.slow
def test_who_is_killed_in_the_middle_leaves_only_whole_files(data: Path, table: Path) -> None:
    rows = "".join(
        NEW.replace("plates", f"plates-{n}").replace("Plates", f"Plates {n}") for n in range(60)
    )
    table.write_text(HEAD + rows, "utf-8")
    command = [sys.executable, "-m", "fingerpost", "--data", str(data), "import", "csv", str(table)]
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - begun
    wanted = files(data)
    made = [path for path in (data / "instances/repository").iterdir() if "plates" in path.name]
    for moment in (0.8, 0.95):
        for path in made:
            path.unlink(missing_ok=True)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, text in files(data).items():
            if "/." not in name:
                assert text == wanted[name]
    subprocess.run(command, check=True, capture_output=True)
    assert {k: v for k, v in files(data).items() if "/." not in k} == wanted
