"""Where a server is started does not matter."""

from pathlib import Path

from attack import rules
from attack.target import serving


def test_a_server_starts_in_a_folder_that_is_a_package(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    with serving(cache, "--workers", "1", folder=tmp_path) as target:
        rules.alive(target, target.lasting())


def test_a_server_runs_no_module_of_the_folder_that_it_is_started_in(
    cache: Path, tmp_path: Path
) -> None:
    for name in ("fingerpost", "json", "pyoxigraph"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')", "utf-8")
    with serving(cache, "--workers", "1", folder=tmp_path) as target:
        rules.alive(target, target.lasting())
