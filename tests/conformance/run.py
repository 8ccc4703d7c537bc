"""The W3C SPARQL suites against running servers, side by side.

    python tests/conformance/run.py [--server oxigraph|fingerpost|both] [--suite NAME] [--verbose]

With FINGERPOST_IN_MEMORY=never Fingerpost has its graph on disk. The exit status is 1 where Fingerpost passes fewer tests than `oxigraph serve` of SPARQL 1.0 and 1.1
or of 1.2, where a test of a protocol fails, or where a failure is not the one that is known.
"""

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance import description, evaluation, exchanges, protocol, servers, verdict
from conformance.manifests import TOPS, Suites
from conformance.servers import LAYOUTS, Layout, Server
from conformance.verdict import Outcomes

ROOT = Path(__file__).resolve().parents[2]
SUITES = (*TOPS, *exchanges.MANIFESTS, "service-description")


def suites_in(shared: Path) -> Suites:
    """The suites beside the checkout."""
    return Suites(shared / "w3c" / "rdf-tests" / "sparql")


def measure(layout: Layout, suites: Suites, names: tuple[str, ...] = SUITES) -> Outcomes:
    """Start a server, run the suites of those names on it, and stop it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.running(layout, Path(folder)) as server,
    ):
        return {name: _suite(server, suites, name) for name in names}


def measured(
    layouts: list[Layout], suites: Suites, names: tuple[str, ...] = SUITES
) -> dict[str, Outcomes]:
    """The outcomes of several servers, which run side by side."""
    with ThreadPoolExecutor(len(layouts)) as pool:
        running = {layout.name: pool.submit(measure, layout, suites, names) for layout in layouts}
        return {name: outcomes.result() for name, outcomes in running.items()}


def _suite(server: Server, suites: Suites, name: str) -> list[evaluation.Outcome]:
    if name in TOPS:
        return list(evaluation.Runner(server, suites).run(suites.cases(name)))
    if name == "service-description":
        return list(description.run(server, suites))
    tests = exchanges.conversations(suites, name, server.layout)
    return list(protocol.run(server, suites, tests))


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--server", choices=[*LAYOUTS, "both"], default="both")
    parser.add_argument("--suite", choices=SUITES, help="one suite only")
    parser.add_argument("--verbose", action="store_true", help="print what each server did")
    chosen = parser.parse_args()
    suites = suites_in(Path(os.environ.get("FINGERPOST_SHARED", ROOT.parent / "shared")))
    if not suites.root.is_dir():
        print("The W3C suites are not here; FINGERPOST_SHARED names the folder that has them.")
        return 2
    layouts = [LAYOUTS[name] for name in LAYOUTS if chosen.server in {name, "both"}]
    names = (chosen.suite,) if chosen.suite else SUITES
    results = measured(layouts, suites, names)
    print(verdict.table(results))
    print(verdict.failures(results, verbose=chosen.verbose), end="")
    complaints = verdict.complaints(results)
    for complaint in complaints:
        print("FAULT", complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
