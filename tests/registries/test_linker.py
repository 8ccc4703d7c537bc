"""Links: identifiers first, one to one, nothing on a tie, and why."""

from dataclasses import replace

import pytest

from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import linker
from fingerpost.registries.linking.linker import BROAD, CLOSE, EXACT, STATED, WEIGHED, Link

PRIDE = Entry("a:1", "PRIDE", homepage="https://www.ebi.ac.uk/pride/")
INTACT = Entry("a:2", "IntAct", homepage="https://www.ebi.ac.uk/intact/")
OTHERS = [
    Entry(f"b:other{number}", f"{word} database", homepage=f"https://{word.lower()}.example")
    for number, word in enumerate(["Cedar", "Maple", "Birch", "Alder", "Rowan", "Hazel", "Aspen"])
]


def pairs(links: list[Link]) -> list[tuple[str, str]]:
    return [(one.left.id, one.right.id) for one in links]


def test_name_and_address_make_a_link_with_reasons() -> None:
    right = Entry("b:1", "PRIDE Archive", ("PRIDE",), "http://ebi.ac.uk/pride/archive")
    (found,) = linker.link([PRIDE, INTACT], [right, *OTHERS])
    assert (found.left, found.right) == (PRIDE, right)
    assert found.predicate in {EXACT, CLOSE}
    assert found.justification == WEIGHED
    assert any(one.startswith("a name of both is equal") for one in found.reasons)


def test_a_shared_host_alone_is_no_link() -> None:
    right = Entry("b:1", "Expression Atlas", homepage="https://www.ebi.ac.uk/gxa/")
    assert not linker.link([PRIDE, INTACT], [right, *OTHERS])


def test_an_identifier_settles_it() -> None:
    left = Entry("a:1", "Something", identifiers=("re3data:r3d1", "fairsharing:F.1"))
    right = Entry("re3data:R3D1", "Quite another name")
    (found,) = linker.link([left], [right, *OTHERS])
    assert (found.predicate, found.confidence, found.justification) == (EXACT, 1.0, STATED)
    assert found.reasons == ("both have the identifier re3data:r3d1",)


def test_identifiers_that_differ_forbid_it() -> None:
    left = Entry("a:1", "PRIDE", homepage=PRIDE.homepage, identifiers=("re3data:r3d1",))
    right = Entry("re3data:r3d2", "PRIDE", homepage=PRIDE.homepage)
    assert not linker.link([left], [right, *OTHERS])


def test_an_identifier_of_two_settles_nothing() -> None:
    left = [Entry("a:1", "Cyan", identifiers=("x:1",)), Entry("a:2", "Teal", identifiers=("x:1",))]
    assert not linker.link(left, [Entry("b:1", "Azure", identifiers=("x:1",)), *OTHERS])


def test_one_to_one() -> None:
    right = Entry("b:1", "PRIDE", homepage=PRIDE.homepage)
    other = Entry("a:3", "PRIDE", homepage="https://pride.example")
    assert pairs(linker.link([PRIDE, other, INTACT], [right, *OTHERS])) == [("a:1", "b:1")]


def test_a_tie_is_left_alone() -> None:
    right = [Entry(f"b:{n}", "PRIDE", homepage=PRIDE.homepage) for n in (1, 2)]
    assert not linker.link([PRIDE, INTACT], [*right, *OTHERS])


def test_a_rejected_pair_stays_apart() -> None:
    right = Entry("b:1", "PRIDE", homepage=PRIDE.homepage)
    assert pairs(linker.link([PRIDE], [right, *OTHERS])) == [("a:1", "b:1")]
    assert not linker.link([PRIDE], [right, *OTHERS], {("a:1", "b:1")})


def test_organisations_are_linked_by_identifiers_alone() -> None:
    left = Entry("a:1", "Lund University", homepage="https://lu.se", kind="organization")
    right = Entry("ror:012a77v79", "Lund University", homepage="https://lu.se", kind="organization")
    assert not linker.link([left], [right, *OTHERS])
    told = Entry("a:1", "Lund University", kind="organization", identifiers=("ror:012a77v79",))
    assert pairs(linker.link([told], [right, *OTHERS])) == [("a:1", "ror:012a77v79")]


def test_versions_and_kinds_tell_apart() -> None:
    left = Entry("a:1", "Orchid Format 2", homepage="https://orchid.example")
    assert not linker.link([left], [Entry("b:1", "Orchid Format 3"), *OTHERS])
    left = Entry("a:1", "Orchid Ontology")
    assert not linker.link([left], [Entry("b:1", "Orchid Database"), *OTHERS])


def test_nothing_to_link() -> None:
    assert linker.link([], []) == []
    assert linker.link([PRIDE], []) == []
    assert linker.link([], OTHERS) == []


def test_the_order_of_entries_changes_nothing() -> None:
    right = [Entry("b:1", "PRIDE", homepage=PRIDE.homepage), *OTHERS]
    left = [PRIDE, INTACT]
    assert linker.link(left, right) == linker.link(left[::-1], right[::-1])


PORTAL = Entry("b:1", "Orchid", ("Orchid portal",), "https://orchid.example", "All of flowers.")


def told(name: str, homepage: str) -> Entry:
    return Entry("a:1", name, homepage=homepage, description="A part of Orchid, with seeds.")


@pytest.mark.parametrize(
    ("name", "homepage"),
    [
        ("Orchid Mouse", "https://orchid.example/mouse"),
        ("Orchid 7", "https://orchid.example/7"),
        ("Orchid Pollen Seeds Atlas", "https://pollen.orchid.example"),
    ],
)
def test_a_part_has_a_broader_match(name: str, homepage: str) -> None:
    whole = replace(PORTAL, id="a:0")
    same, found = linker.link([whole, told(name, homepage)], [PORTAL, *OTHERS])
    assert (same.left, same.predicate) == (whole, EXACT)
    assert (found.right, found.predicate) == (PORTAL, BROAD)
    assert found.reasons[0].startswith("its name is that of the other and ")


@pytest.mark.parametrize(
    ("name", "homepage"),
    [
        ("Pollen Seeds Atlas", "https://orchid.example/pollen"),
        ("Orchid Pollen Seeds Atlas", "https://pollen.example/orchid"),
        ("Orchid Pollen Seeds Atlas", ""),
    ],
)
def test_what_is_not_plainly_a_part_has_none(name: str, homepage: str) -> None:
    links = linker.link([replace(PORTAL, id="a:0"), told(name, homepage)], [PORTAL, *OTHERS])
    assert pairs(links) == [("a:0", "b:1")]


def test_a_part_of_what_nothing_else_is_stays_alone() -> None:
    assert not linker.link(
        [told("Orchid Mouse", "https://orchid.example/mouse")], [PORTAL, *OTHERS]
    )


def test_names_without_words_break_nothing() -> None:
    left = [Entry("a:1", "()", homepage=PRIDE.homepage), PRIDE]
    right = Entry("b:1", "†", homepage=PRIDE.homepage, description="PRIDE")
    assert not linker.link(left, [right, *OTHERS])


def test_a_rejected_part_stays_apart() -> None:
    part = told("Orchid Mouse", "https://orchid.example/mouse")
    left = [replace(PORTAL, id="a:0"), part]
    assert pairs(linker.link(left, [PORTAL, *OTHERS], {("a:1", "b:1")})) == [("a:0", "b:1")]


def test_another_country_or_owner_tells_apart() -> None:
    left = Entry("a:1", "Polar Data Centre of Norway", ("PDC",), "https://pdc.example.no")
    right = Entry("b:1", "Polar Data Centre of Japan", ("PDC",), "https://pdc.example.jp")
    assert not linker.link([left], [right, *OTHERS])
    same = Entry("b:1", "Norwegian Polar Data Center", ("PDC",), "https://pdc.example.no/en")
    assert pairs(linker.link([left], [same, *OTHERS])) == [("a:1", "b:1")]


def test_an_archived_address_is_the_address() -> None:
    right = Entry("b:1", "PRIDE", homepage=f"https://web.archive.org/web/2019/{PRIDE.homepage}")
    (found,) = linker.link([PRIDE], [right, *OTHERS])
    assert any(one.startswith("the addresses are equal") for one in found.reasons)


def test_one_rejected_pair_leaves_the_next_best() -> None:
    right = [Entry(f"b:{n}", "PRIDE", homepage=f"{PRIDE.homepage}{n}") for n in (1, 2)]
    links = linker.link([PRIDE], [*right, *OTHERS], {("a:1", "b:1")})
    assert pairs(links) == [("a:1", "b:2")]


@pytest.mark.parametrize(
    ("id_", "kind"), [("ror:012a77v79", "Education"), ("b:1", "EducationalOrganization, NGO")]
)
def test_whatever_an_organisation_is_called_it_stays_apart(id_: str, kind: str) -> None:
    left = Entry("a:1", "Lund University", homepage="https://lu.se", kind="facility")
    right = Entry(id_, "Lund University", homepage="https://lu.se", kind=kind)
    assert not linker.link([left], [right, *OTHERS])


@pytest.mark.parametrize(
    "left",
    [
        Entry("a:1", "Something", identifiers=("https://www.re3data.org/repository/r3d100010772",)),
        Entry("a:1", "Something", homepage="https://www.re3data.org/repository/r3d100010772"),
        Entry("a:1", "Something", identifiers=("RE3DATA:R3D100010772",)),
    ],
)
def test_an_address_in_a_registry_is_an_identifier(left: Entry) -> None:
    right = Entry("re3data:r3d100010772", "Quite another name")
    assert pairs(linker.link([left], [right, *OTHERS])) == [("a:1", right.id)]


def test_a_thing_may_have_several_dois() -> None:
    left = Entry("a:1", "PRIDE", homepage=PRIDE.homepage, identifiers=("doi:10.1/a",))
    right = Entry("b:1", "PRIDE", homepage=PRIDE.homepage, identifiers=("doi:10.1/b",))
    assert pairs(linker.link([left], [right, *OTHERS])) == [("a:1", "b:1")]
