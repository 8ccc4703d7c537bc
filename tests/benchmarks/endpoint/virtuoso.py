"""Virtuoso as a server to compare with: its settings, and its own bulk loader."""

import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

PATH = "/sparql"
SECONDS = 3600
"""What loading may take."""

_GRAPH = "urn:merge"
_MOST = 1_000_000
"""Rows: for an order it makes room for as many as the LIMIT says, and with 10^9 it breaks down."""
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxSortedTopRows = {sorts}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Size:
    """How many pages it holds and how many unwritten; how many rows it sorts and how many it gives."""

    buffers: int = 340_000
    dirty: int = 250_000
    sorts: int = 2_000_000
    rows: int = 2_000_000


FOR_4_GB = Size()
"""The buffers are those that its own settings recommend."""


def settings(folder: Path, sql: int, http: int, *more: str, size: Size = FOR_4_GB) -> Path:
    """Write its settings into a folder of its own; `more` are lines about SPARQL."""
    text = _INI.format(folder=folder, sql=sql, http=http, **asdict(size))
    written = folder / "virtuoso.ini"
    written.write_text(text + "".join(f"{line}\n" for line in more), "utf-8")
    return written


def started_by(program: str, settings: Path) -> list[str]:
    """Return the command that starts it with the settings in a file."""
    return [program, "+foreground", "+configfile", str(settings)]


def command(folder: Path, http: int, sql: int) -> list[str]:
    """Return how to start it, after its settings have been written."""
    written = settings(folder, sql, http, f"DefaultGraph = {_GRAPH}")
    (folder / "virtuoso.port").write_text(str(sql), "ascii")
    return started_by(_tool("virtuoso-t"), written)


def load(folder: Path, triples: Path) -> None:
    """Load a file of N-Triples as the default graph of the server that was started in `folder`."""
    port = (folder / "virtuoso.port").read_text("ascii")
    steps = (
        f"ld_dir('{triples.parent}', '{triples.name}', '{_GRAPH}'); rdf_loader_run(); checkpoint;"
    )
    subprocess.run(
        [_tool("isql-vt"), f"127.0.0.1:{port}", "dba", "dba", f"exec={steps}"],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip


def bounded(text: str) -> str:
    """Return a query with a LIMIT that it makes room for; still beyond every answer."""
    return re.sub(r"LIMIT (\d+)", lambda found: f"LIMIT {int(found[1]) % 10**9 + _MOST}", text)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError(f"The benchmark needs {name}. On Debian: virtuoso-opensource.")
    return found
