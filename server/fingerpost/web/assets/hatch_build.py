"""Builds the SPARQL editor when the package is built, if there is Node; a form does without it.

npm fetches what `package-lock.json` names, checks it by its digests and runs none of its scripts;
`build.mjs` bundles it into `static/editor`. What is there and up to date is not built again.
Nothing that goes wrong here stops an installation: pages then have a plain form in its place.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / "static" / "editor"
MANIFEST = "built.json"
FETCH = [
    *("npm", "ci", "--no-progress", "--prefer-offline"),
    *("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=20000"),
]
LONGEST = 180
"""Seconds that fetching, and then bundling, may take."""


class NotBuilt(Exception):
    """There is no editor; the text says why."""


class EditorHook(BuildHookInterface[Any]):
    """Sees to it that the editor is there before hatchling collects what goes into a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the editor, or say in a line that there will be none."""
        del version, build_data
        digest = sources()
        if up_to_date(digest):
            return
        shutil.rmtree(BUILT, ignore_errors=True)
        try:
            make(digest)
        except (NotBuilt, OSError) as fault:
            self.app.display_warning(f"The SPARQL editor will be a plain form: {fault}")


def sources() -> str:
    """Return the digest of all that the editor is made from."""
    whole = hashlib.sha256()
    for path in sorted(HERE.iterdir()):
        if path.is_file() and path.suffix in {".js", ".mjs", ".css", ".json", ".txt"}:
            whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def up_to_date(digest: str) -> bool:
    """Say whether the editor that is there was made from sources of this digest."""
    try:
        built = json.loads((BUILT / MANIFEST).read_text("utf-8"))
        names = [built["script"], built["style"], "licences.txt"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return built.get("digest") == digest and all((BUILT / name).is_file() for name in names)


def make(digest: str) -> None:
    """Fetch and bundle the editor in a folder aside, and put what comes out in its place.

    Raises:
        NotBuilt: there is no Node, or it cannot be fetched or bundled.
    """
    for name in ("node", "npm"):
        if not shutil.which(name):
            raise NotBuilt(f"there is no {name} here to build it.")
    with tempfile.TemporaryDirectory(prefix="fingerpost-editor-") as aside:
        work = Path(aside, "work")
        shutil.copytree(HERE, work, ignore=shutil.ignore_patterns("node_modules", "*.py", "__*"))
        run(FETCH, work)
        run(["node", "build.mjs", "built", digest], work)
        shutil.copytree(work / "built", BUILT)


def run(command: list[str], folder: Path) -> None:
    """Run a command in a folder.

    Raises:
        NotBuilt: it failed, or took too long.
    """
    program = shutil.which(command[0]) or command[0]
    try:
        done = subprocess.run(  # noqa: S603 -- our own commands, without a shell
            [program, *command[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise NotBuilt(f"{' '.join(command[:2])} took over {LONGEST} seconds.") from fault
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise NotBuilt(f"{' '.join(command[:2])} failed: {' '.join(said[:3])[:300]}")
