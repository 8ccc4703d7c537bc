"""Pages of every kind, and what forms answer, are valid HTML: by html-validate, and by the Nu checker."""

import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from browser.kinds import FRAMES, PAGES, REFUSED

NODE_CHECKER = "html-validate@10.17.0"
NU = "vnu-jar@26.9.27"
RULES = {"root": True, "extends": ["html-validate:standard"]}
SENT = {
    "proposal": ("/correct/repository/zenodo", {"description": "A shop for every kind of output; <b>all</b>."}),
    "faults": ("/correct/repository/zenodo", {"url": "<zenodo>", "country": "Sweden", "access": "qq"}),
    "new-faults": ("/new/guidance", {"name": "Do it"}),
}  # fmt: skip
"""What is sent to a form, by a name for its answer."""
MORE = 40
"""Pages of the list for crawlers that are looked at beside those of each kind."""


def fetch(
    address: str, fields: dict[str, str] | None = None, spoken: str = "en"
) -> tuple[int, bytes]:
    data = urllib.parse.urlencode(fields).encode() if fields else None
    headers = {"Accept": "text/html", "Accept-Language": spoken}
    request = urllib.request.Request(address, data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.read()


def crawled(server: str) -> list[str]:
    """Addresses from the list for crawlers, evenly spread."""
    lines = fetch(f"{server}/sitemap.xml")[1].decode().split("<loc>")[1:]
    found = [line.partition("</loc>")[0] for line in lines]
    return found[:: max(len(found) // MORE, 1)]


@pytest.fixture(scope="module")
def pages(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pages of every kind, in English and with Swedish names."""
    folder = tmp_path_factory.mktemp("pages")
    for name, path in (PAGES | FRAMES).items():
        for spoken in ("en", "sv"):
            status, body = fetch(server + path, spoken=spoken)
            assert status == REFUSED.get(name, 200)
            (folder / f"{name}-{spoken}.html").write_bytes(body)
    for name, (path, fields) in SENT.items():
        status, body = fetch(server + path, fields)
        assert status == (200 if name == "proposal" else 422)
        (folder / f"{name}.html").write_bytes(body)
    for number, address in enumerate(crawled(server)):
        status, body = fetch(address)
        assert status == 200
        (folder / f"crawled-{number}.html").write_bytes(body)
    return folder


def installed(package: str, folder: Path, *inside: str) -> Path:
    """What npm fetches, or a skip where it cannot."""
    if not shutil.which("npm"):
        pytest.skip(f"there is no npm on this machine, which fetches {package}")
    command = [
        "npm",
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--prefix",
        folder,
        package,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=folder)
    found = folder.joinpath("node_modules", *inside)
    if not found.exists():
        pytest.skip(f"npm cannot fetch {package}: {done.stderr.strip()[-200:]}")
    return found


def test_pages_keep_the_rules_of_html(pages: Path, tmp_path: Path) -> None:
    checker = installed(NODE_CHECKER, tmp_path, "html-validate", "bin", "html-validate.mjs")
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES), "utf-8")

    def faults(*files: Path) -> list[str]:
        command = ["node", checker, "--config", rules, "--formatter", "json", *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=tmp_path)
        assert done.stdout, done.stderr
        return [
            f"{Path(page['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
            for page in json.loads(done.stdout)
            for one in page["messages"]
        ]

    assert faults(*sorted(pages.glob("*.html"))) == []
    wrong = tmp_path / "wrong.html"
    wrong.write_text(
        '<!doctype html><html lang="en"><head><title>x</title></head><body><p><div></div></p></body></html>'
    )
    assert faults(wrong)


def test_the_nu_checker_finds_nothing(pages: Path, tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("there is no java on this machine, which the Nu checker needs")
    checker = installed(NU, tmp_path, "vnu-jar", "build", "dist", "vnu.jar")

    def faults(*files: Path) -> list[str]:
        options = ["--format", "json", "--exit-zero-always", "--no-langdetect"]
        command = ["java", "-jar", checker, *options, *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
        return [
            f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']}"
            for one in json.loads(done.stderr)["messages"]
        ]

    assert faults(*sorted(pages.glob("*.html"))) == []
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>x</title><p><div></div></p>")
    assert faults(wrong)
