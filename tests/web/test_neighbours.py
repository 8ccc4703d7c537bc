"""What is near a record: grouped, bounded, drawn without overlap, and listed in words."""

import re
import urllib.request

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import record_iri
from fingerpost.publish import record
from fingerpost.web import neighbourhood, record_page
from fingerpost.web.neighbourhood import Drawing, Part
from fingerpost.web.neighbours import Group
from fingerpost.web.record_page import Value, View

THINGS = [
    ("repository", "zenodo"), ("repository", "bioimage-archive"), ("organization", "scilifelab"),
    ("phase", "share"), ("data-type", "imaging-data"), ("source", "rdmkit-tool-list"),
    ("guidance", "deposit-cryo-em-in-three-archives"), ("storage", "swestore"),
]  # fmt: skip


NAME = Value("A name of four words", "/tool/name")


def view(opened: Catalogue, kind: str, slug: str) -> View:
    return record_page.view(record.find(opened.engine, record_iri(kind, slug)), opened.engine)


def related(opened: Catalogue, kind: str, slug: str) -> dict[str, Part]:
    return {part.group.relation: part for part in view(opened, kind, slug).near}


def made(*numbers: int) -> list[Group]:
    return [
        Group(
            f"relation {at}",
            f"fact-{at}",
            tuple(Value(f"Thing {at}.{n} {'x' * n}", f"/t/{at}-{n}") for n in range(number)),
        )
        for at, number in enumerate(numbers)
    ]


def test_relations_read_from_where_one_stands(opened: Catalogue) -> None:
    zenodo = related(opened, "repository", "zenodo")
    assert [one.text for one in zenodo["operated by"].shown] == ["CERN"]
    assert "guidance that recommends it" in zenodo
    assert "takes standard" in zenodo
    assert "operates" in related(opened, "organization", "embl-ebi")
    ended = related(opened, "storage", "swestore")
    assert [one.text for one in ended["is replaced by"].shown if one.href.startswith("/storage/")]
    assert "taken by" in related(opened, "standard", "datacite-metadata-schema")


def test_who_is_near_both_ways_stands_there_once(opened: Catalogue) -> None:
    near = view(opened, "facility", "national-genomics-infrastructure").near
    links = [one.href for part in near for one in part.group.neighbours]
    whole = "/facility/scilifelab-genomics"
    assert links.count(whole) <= 1
    concepts = {link for link in links if link.startswith(("/status/", "/access/", "/source/"))}
    assert concepts == set()


@pytest.mark.parametrize(
    "numbers", [(1,), (60,), (2, 60), (1,) * 10, (30,) * 30, (5, 5, 5), (13, 12)]
)
def test_no_record_has_too_much_to_draw(numbers: tuple[int, ...]) -> None:
    parts = neighbourhood.parts(made(*numbers))
    assert sum(len(part.shown) for part in parts) <= 60
    for part, number in zip(parts, numbers, strict=False):
        assert len(part.shown) + part.more == number
        assert part.more != 1
    for drawing in (neighbourhood.wide(NAME, parts), neighbourhood.narrow(NAME, parts)):
        sound(drawing)


def sound(drawing: Drawing) -> None:
    """All text lies in the drawing, and no line on another."""
    taken: dict[tuple[bool, int], list[int]] = {}
    for line in drawing.lines:
        assert 0 <= line.x <= drawing.width
        assert 12 <= line.y <= drawing.height
        room = line.x if line.right else drawing.width - line.x
        assert line.role == "own" or max(map(len, line.rows)) * 7 <= room
        column = taken.setdefault((line.right, line.x), [])
        rows = [line.y + 18 * row for row in range(len(line.rows))]
        assert all(abs(mine - other) >= 18 for mine in rows for other in column)
        column += rows
    x, y, width, height = drawing.box
    assert x >= 0
    assert y >= 0
    assert x + width <= drawing.width
    assert y + height <= drawing.height
    for line in drawing.lines:
        if line.role != "own" and line.x > x and not line.right and line.x < x + width:
            assert not y < line.y < y + height, line


@pytest.mark.parametrize("thing", THINGS, ids="/".join)
def test_drawings_of_records_are_sound(opened: Catalogue, thing: tuple[str, str]) -> None:
    shown = view(opened, *thing)
    assert shown.near
    assert shown.wide
    assert shown.narrow
    sound(shown.wide)
    sound(shown.narrow)


@pytest.mark.parametrize("thing", THINGS, ids="/".join)
def test_a_page_draws_what_it_lists_and_leads_to_the_rest(
    server: str, thing: tuple[str, str]
) -> None:
    address = f"{server}/{'/'.join(thing)}"
    with urllib.request.urlopen(
        urllib.request.Request(address, headers={"Accept": "text/html"}), timeout=20
    ) as answer:
        page = answer.read().decode()
    assert len(page.encode()) < 100_000
    drawings = re.findall(r'<svg class="near .*?</svg>', page, re.DOTALL)
    assert len(drawings) == 2
    links = [sorted(re.findall(r'<a href="([^"]+)"', one)) for one in drawings]
    assert links[0] == links[1]
    (listed,) = re.findall(r"The same as a list</summary>(.*?)</details>", page, re.DOTALL)
    assert sorted(re.findall(r'<a href="([^"]+)"', listed)) == links[0]
    for anchor in {one[1:] for one in links[0] if one.startswith("#")}:
        assert f'id="{anchor}"' in page


def test_a_thing_without_neighbours_has_no_drawing(server: str) -> None:
    address = f"{server}/criterion/data-exact"
    with urllib.request.urlopen(
        urllib.request.Request(address, headers={"Accept": "text/html"}), timeout=20
    ) as answer:
        assert b'class="near' not in answer.read()
