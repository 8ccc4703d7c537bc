"""The configuration that the documentation gives for the Data Stewardship Wizard works."""

import json
import re
import urllib.parse
from pathlib import Path

import jinja2
import pytest

import fingerpost
from asking import fetch

PAGE = Path(fingerpost.__file__).parent / "web" / "docs" / "matching.md"
BLOCKS = [
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)
]
SERVICE = "https://fingerpost.example.org"


def items(server: str, settings: dict[str, str]) -> list[dict[str, str]]:
    """The items of an answer, found as the wizard finds them: by the path of the list field."""
    url = settings["requestUrl"].replace(SERVICE, server)
    asked = url.replace("${q}", "archive").replace("{{ q }}", urllib.parse.quote("archive"))
    status, _, body = fetch(asked, "application/json")
    assert status == 200
    found = json.loads(body)
    for step in filter(None, settings["responseListField"].split(".")):
        found = found[step]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("settings", BLOCKS, ids=["api", "legacy"])
def test_every_template_finds_its_fields(server: str, settings: dict[str, str]) -> None:
    strict = jinja2.Environment(undefined=jinja2.StrictUndefined)
    templates = [
        value
        for name, value in settings.items()
        if name.startswith("responseItem") and "{{" in value
    ]
    assert len(templates) == 2
    found = items(server, settings)
    assert len(found) > 10
    for item in found:
        for template in templates:
            assert strict.from_string(template).render(item=item).strip()
            assert "{{" not in strict.from_string(template).render(item=item)


def test_the_link_of_an_item_leads_to_its_record(server: str) -> None:
    legacy = BLOCKS[1]
    for item in items(server, legacy)[:3]:
        id_ = jinja2.Template(legacy["responseItemId"]).render(item=item)
        url = legacy["responseItemUrl"].replace(SERVICE, server).replace("${id}", id_)
        assert fetch(url)[0] == 303


def test_a_kind_and_a_limit_narrow_the_list(server: str) -> None:
    def offered(**asked: str) -> list[dict[str, str]]:
        return json.loads(fetch(f"{server}/search?{urllib.parse.urlencode(asked)}")[2])

    assert {one["kind"] for one in offered(q="micro", kind="technique", limit="50")} == {
        "technique"
    }
    assert {one["kind"] for one in offered(q="uni", kind="organization")} == {"organization"}
    assert len(offered(q="a", limit="3")) == 3
    assert len(offered(q="a", limit="100")) == 100


@pytest.mark.parametrize("asked", ["kind=nothing", "limit=0", "limit=101", "limit=x"])
def test_what_cannot_be_asked_is_refused(server: str, asked: str) -> None:
    assert fetch(f"{server}/search?q=a&{asked}")[0] == 400
