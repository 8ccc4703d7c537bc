"""The commands, as a terminal runs them."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib


def run(*words: str, cache: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "fingerpost", *words],
        env={**os.environ, "FINGERPOST_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_recommend_writes_a_table_json_and_csv(cache: Path) -> None:
    words = ("recommend", "proteomics", "--phase", "collect", "--kind", "facility", "--limit", "2")
    assert "Recommended (2 of" in run(*words, cache=cache).stdout
    body = json.loads(run(*words, "--format", "json", cache=cache).stdout)
    assert [answer["rank"] for answer in body["answers"]] == [1, 2]
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv", cache=cache).stdout)))
    assert [row["name"] for row in table] == [answer["name"] for answer in body["answers"]]


def test_changes_are_told_in_the_order_of_time_with_their_sources(cache: Path) -> None:
    words = ("changes", "--since", "2024-01-01", "--until", "2025")
    text = run(*words, cache=cache).stdout
    days = [line[:10].strip() for line in text.splitlines() if line[:1].isdigit()][:-1]
    assert days == sorted(days)
    assert days[0] >= "2024"
    assert days[-1] <= "2026"
    assert "Eukaryotic Single-Cell Genomics: has ended by then" in text
    assert "Glycoproteomics → Glycoproteomics and MS Proteomics" in text
    assert "Swestore" not in text
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv", cache=cache).stdout)))
    assert {row["date"] for row in table} == set(days)
    found = json.loads(run(*words, "--format", "json", cache=cache).stdout)
    assert len(found["results"]["bindings"]) == len(table)


def test_a_time_without_changes_says_so(cache: Path) -> None:
    assert "Nothing" in run("changes", "--since", "2099", cache=cache).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("changes", "--since", "yesterday"), "a day, month or year"),
        (("recommend", "xyzzy"), "No data type or technique"),
        (("recommend",), "needs"),
        (("recommend", "imaging", "--phase", "dance"), "phase"),
        (("recommend", "imaging", "--country", "Swedistan"), "two letters"),
        (("recommend", "imaging", "--limit", "0"), "from 1 to 100"),
        (("query", "nothing"), "No saved query"),
        (("query", "recommend/advice"), 'needs the parameter "phase"'),
        (("query", "recommend/advice", "--phase", "dance"), "plan"),
        (("query", "recommend/advice", "phase"), "--name value"),
        (("query", "recommend/advice", "--phase"), "needs a value"),
        (("query", "recommend/advice", "--phase", "plan", "--phase", "share"), "twice"),
        (("show", "nothing"), "no record"),
        (("show", "repository/nothing"), "No repository"),
        (("serve", "--plain", "--host", "0.0.0.0"), "not of this machine alone"),
        (("serve", "--open-writes"), "--plain"),
        (("serve", "pyproject.toml"), "--plain"),
        (("serve", "--token-file", "/nowhere"), "cannot be read"),
        (("serve", "--service", "example.org"), "https://example.org/"),
        (("serve", "--proxy", "example.org"), "IP address"),
        (("serve", "--host", "example.org"), "IP address"),
        (("--data", "/", "check"), "none of the folders"),
    ],
)
def test_a_fault_is_one_message_on_the_error_stream(
    words: tuple[str, ...], message: str, cache: Path
) -> None:
    done = run(*words, cache=cache, expect=2)
    assert done.stdout == ""
    assert message in done.stderr


def test_query_lists_the_queries_and_runs_one_in_every_format(cache: Path) -> None:
    listing = run("query", cache=cache).stdout
    assert "recommend/advice" in listing
    assert "--phase" in listing
    words = ("query", "curate/ended-and-replaced", "--format")
    rows = list(csv.DictReader(io.StringIO(run(*words, "csv", cache=cache).stdout)))
    body = json.loads(run(*words, "json", cache=cache).stdout)
    assert len(body["results"]["bindings"]) == len(rows) > 5
    assert run(*words, "tsv", cache=cache).stdout.startswith("?record\t")
    assert "<sparql" in run(*words, "xml", cache=cache).stdout
    assert "SELECT" in run(*words, "sparql", cache=cache).stdout


def test_a_parameter_called_data_is_the_querys_own(cache: Path) -> None:
    words = ("query", "recommend/facilities-for-data", "--data", "imaging-data", "--format", "csv")
    assert "advanced-light-microscopy" in run(*words, cache=cache).stdout


def test_show_writes_a_record_as_turtle(cache: Path) -> None:
    for what in (
        "repository/zenodo",
        "repository:zenodo",
        "https://w3id.org/fingerpost/id/repository/zenodo",
    ):
        graph = rdflib.Graph().parse(data=run("show", what, cache=cache).stdout, format="turtle")
        assert len(graph) > 10


def test_own_data_take_the_place_of_ours(cache: Path, tmp_path: Path) -> None:
    small = Path(__file__).parent / "queries" / "graph"
    out = run("recommend", "imaging", "--phase", "share", "--data", str(small), cache=cache).stdout
    assert "1. Images" in out
    assert "BioImage Archive" not in out
    assert (
        "1. Images"
        in run("--data", str(small), "recommend", "imaging", "--phase", "share", cache=cache).stdout
    )
    assert run("check", "--data", str(tmp_path), cache=cache, expect=2).stderr


def test_format_changes_nothing_in_what_is_shipped(cache: Path) -> None:
    assert run("format", "--check", cache=cache).stdout == ""


def test_format_rewrites_what_is_not_canonical(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "instances" / "tool"
    folder.mkdir(parents=True)
    file = folder / "thing.ttl"
    file.write_text(
        "<https://w3id.org/fingerpost/id/tool/thing>  a\n<https://w3id.org/fingerpost/ontology#Tool>.",
        "utf-8",
    )
    done = run("format", "--check", "--data", str(tmp_path), cache=cache, expect=1)
    assert "would rewrite" in done.stdout
    assert "rewrote" in run("format", "--data", str(tmp_path), cache=cache).stdout
    assert file.read_text("utf-8").endswith("<>\n  a fp:Tool .\n")
    assert run("format", "--data", str(tmp_path), cache=cache).stdout == ""


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    done = run("recommend", "imaging", cache=blocked / "cache", expect=2)
    assert "FINGERPOST_CACHE" in done.stderr


def test_a_build_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run("recommend", "imaging", cache=cache)
    (kept,) = cache.glob("*/summary.json")
    kept.unlink()
    assert "Recommended" in run("recommend", "imaging", cache=cache).stdout


def test_the_version_and_help_are_there(cache: Path) -> None:
    assert "0.1.0" in run("--version", cache=cache).stdout
    assert "recommend" in run("--help", cache=cache).stdout
