"""What axe-core says of a page in both themes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: a theme has colours of its own, and nothing else."""
_RUN = """async (rules) => (await axe.run(document, {runOnly: rules})).violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)"""


def held_against_axe(page: "Page", script: str) -> None:
    """Hold a page that stands still against every rule, and against those of colours in the dark."""
    page.evaluate(script)
    for theme, rules in (("light", _ALL), ("dark", _COLOURS)):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert page.evaluate(_RUN, rules) == [], theme
