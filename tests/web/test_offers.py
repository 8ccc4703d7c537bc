"""A few letters bring what may be meant, the likeliest first."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest


def offered(server: str, text: str, classes: str = "") -> list[dict[str, str]]:
    asked = {"q": text, "class": classes} if classes else {"q": text}
    address = f"{server}/search?{urllib.parse.urlencode(asked)}"
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return json.loads(answer.read())


def names(server: str, text: str, classes: str = "") -> list[str]:
    return [one["name"] for one in offered(server, text, classes)]


def test_what_begins_so_comes_first(server: str) -> None:
    assert names(server, "zeno")[0] == "Zenodo"
    assert names(server, "  BIOIMAGE  arch")[0] == "BioImage Archive"


def test_other_names_are_known_too(server: str) -> None:
    assert "BioImage Archive" in names(server, "BIA", "fp:Resource")


def test_only_what_is_asked_for_is_offered(server: str) -> None:
    found = offered(server, "cryo", "fp:DataType fp:Technique")
    assert {one["kind"] for one in found} == {"data-type", "technique"}
    assert all(one["iri"].endswith(f"/{one['kind']}/{one['slug']}") for one in found)


@pytest.mark.parametrize("text", ["", "   ", "xyzzyx"])
def test_nothing_brings_nothing(server: str, text: str) -> None:
    assert offered(server, text) == []


def test_there_are_never_more_than_ten(server: str) -> None:
    assert len(offered(server, "data")) == 10


def test_a_class_that_no_field_takes_is_refused(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        offered(server, "x", "fp:Nothing")
    assert refused.value.code == 400
    refused.value.close()
