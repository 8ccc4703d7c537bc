"""What is not sent to the engine, as it says nothing without a parameter."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows, tokens
from fingerpost.errors import SavedQueryFault
from fingerpost.publish import examples
from fingerpost.queries import needless, saved

TEXT = """#+ summary: Which things?
SELECT ?thing {
  { ?thing a ?_class_iri }
  # Only with size.
  UNION
  { ?thing ?large ?__size_integer . FILTER (1 < (2)) }
  # Only with name, other.
  FILTER (COALESCE(?__name_literal, ?__other_literal, "(") = "" || EXISTS { ?thing ?p ?o })
  # Which things there are.
}
"""


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ((), (False, False)),
        (("size",), (True, False)),
        (("other",), (False, True)),
        (("size", "name", "class"), (True, True)),
    ],
)
def test_a_part_goes_where_none_of_its_parameters_is_given(
    given: tuple[str, ...], there: tuple[bool, bool]
) -> None:
    text = saved.parse("things", TEXT).bare(given).text
    assert ("UNION { ?thing ?large" in text, "FILTER (COALESCE" in text) == there
    assert text.count("{") == text.count("}")
    assert "?thing a ?_class_iri" in text
    assert "#" not in text


def test_a_part_depends_on_parameters_that_there_are() -> None:
    assert needless.named(tokens.tokens(TEXT)) == {"size", "name", "other"}
    with pytest.raises(SavedQueryFault, match="length"):
        saved.parse("things", TEXT.replace("with size", "with length"))


def test_a_part_goes_where_a_parameter_that_it_is_without_is_given() -> None:
    text = TEXT.replace("Only with name, other", "Only without name, other")
    query = saved.parse("things", text)
    assert "FILTER (COALESCE" in query.bare(["size"]).text
    assert "FILTER (COALESCE" not in query.bare(["other"]).text


def test_a_part_may_depend_on_the_values_that_only_the_server_gives() -> None:
    head = TEXT.replace("\n", "\n#+ values:\n#+   - things: thing\n", 1)
    text = head.replace("with size.", "with things.").replace(
        "?thing ?p", "VALUES ?thing { UNDEF } ?thing ?p"
    )
    assert "UNION" in saved.parse("things", text).bare(["things"]).text


def test_what_people_may_read_and_send_says_the_same_as_what_is_sent(opened: Catalogue) -> None:
    queries, shorter = opened.queries, set[str]()
    for name, query in queries.queries.items():
        example = examples.given(query)
        needed = {one.name for one in query.parameters if one.required}
        if not needed <= example.keys() or query.form != "SELECT":
            continue
        for given in (example, {one: example[one] for one in needed}):
            asked, whole = queries.query(name, given).text, queries.text(name, given)
            if len(asked) < len(whole) / 2:
                shorter.add(name)
            assert told(opened, asked) == told(opened, whole), (name, given)
    assert {"recommend/fitting", "recommend/repositories-for-data"} <= shorter


def told(opened: Catalogue, text: str) -> list[list[tuple[str, str]]]:
    """Return the rows of an answer; what is put together in them, and they, may be in any order."""
    return sorted(
        sorted((name, "".join(sorted(value))) for name, value in row.items())
        for row in rows.select(opened.engine, text)
    )
