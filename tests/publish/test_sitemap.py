"""Pages for crawlers, in parts that are packed until they are asked for."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.publish import sitemap
from fingerpost.publish.record import edition
from fingerpost.publish.sitemap import Page, Pages


def test_parts_hold_every_page_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [Page(f"/tool/tool-{number}", f"2026-01-{number:02}") for number in range(1, 24)]
    monkeypatch.setattr(sitemap, "MOST", 10)
    found = Pages.of(every)
    assert [found.part(number) for number in range(len(found.parts))] == [
        every[:10],
        every[10:20],
        every[20:],
    ]
    assert found.latest == "2026-01-23"


def test_each_thing_has_one_page_however_many_names_it_has(opened: Catalogue) -> None:
    found = sitemap.pages(opened.engine, edition(opened.engine), ["explore/phases"])
    paths = [page.path for page in found.part(0)]
    assert len(paths) == len(set(paths)) > 1300
    things = paths[paths.index("/queries/explore/phases") + 1 :]
    assert {"/repository/zenodo", "/phase/share"} <= set(things)
