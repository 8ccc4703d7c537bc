"""Entries from JSON lines: what is there is kept, what is broken is named."""

from pathlib import Path

import pytest

from fingerpost.errors import BadEntry
from fingerpost.registries import entry


def lines(folder: Path, text: str) -> Path:
    path = folder / "some.jsonl"
    path.write_text(text, "utf-8")
    return path


def test_an_entry_has_what_is_said(tmp_path: Path) -> None:
    text = '{"id": "a:1", "name": " Å ", "alt_names": ["B", ""], "homepage": null, "more": 3}\n\n'
    (found,) = entry.read(lines(tmp_path, text))
    assert found == entry.Entry("a:1", "Å", ("B",))
    assert found.names == ("Å", "B")


def test_the_last_of_an_id_holds(tmp_path: Path) -> None:
    text = '{"id": "a:1", "name": "Old"}\n{"id": "a:1", "name": "New"}\n'
    assert [one.name for one in entry.read(lines(tmp_path, text))] == ["New"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: an entry is a JSON object"),
        ('{"name": "x"}', 'line 2: "id" is missing'),
        ('{"id": "a:2", "name": " "}', 'line 2: "name" is missing'),
        ('{"id": "a:2", "name": "x", "alt_names": "y"}', 'line 2: "alt_names" is a list'),
        ('{"id": "a:2", "name": "x", "homepage": 5}', 'line 2: "homepage" is a text, not 5'),
        ("\udcff", "line 2: not JSON"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "some.jsonl"
    first = b'{"id": "a:1", "name": "x"}\n'
    path.write_bytes(first + line.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadEntry, match=told):
        entry.read(path)
