"""Pictures of one page of each kind: `python -m browser.screenshots SITE FOLDER [NAME …]`.

Three widths, both themes. Run it in `tests`; SITE is the address of a running server.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser.kinds import PAGES, REFUSED

CHROMIUM = "/usr/bin/chromium"
WIDTHS = (390, 1024, 1600)
THEMES = ("light", "dark")
HEIGHT = 900


def main(site: str, folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for theme in THEMES:
            for width in WIDTHS:
                page = browser.new_page(
                    viewport={"width": width, "height": HEIGHT}, color_scheme=theme
                )
                for name in names:
                    answer = page.goto(site + PAGES[name])
                    told = answer.status if answer else 0
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
                    if told != REFUSED.get(name, 200):
                        print(f"{name}: status {told}")
                page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]), sys.argv[3:] or list(PAGES))
