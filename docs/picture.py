"""Take the pictures of the README and the guide from the real page, after `make graph`."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = {"width": 1440, "height": 900}


def shot(page: Page, name: str) -> None:
    page.wait_for_timeout(700)
    page.screenshot(path=str(ROOT / "docs" / f"{name}.jpg"), type="jpeg", quality=82)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.locator(f'[data-key="{key}"]').click()


def tell(page: Page) -> None:
    """A note, and the first step of a story of two."""
    press(page, "view:drawing", "shown:cast")
    page.fill("#find", "Cristosal")
    page.keyboard.press("Enter")
    press(page, "note")
    page.fill("#note-text", "Ask for the list behind the figure.")
    press(page, "note:keep")
    steps = (
        ("Who counts the deaths", "One organisation gives the figure, and it reaches us through an agency."),
        ("What is denied", "Two relationships; who denies them stands on the line."),
    )
    for title, text in steps:
        press(page, "story")
        page.fill("#step-title", title)
        page.fill("#step-text", text)
        press(page, "step:keep", "story-dialog:close")
        page.keyboard.press("Escape")
        press(page, "shown:opening")
    page.keyboard.press(".")


def main() -> None:
    # README opens with the still picture that the build made.
    shutil.copyfile(ROOT / "out" / "graph.svg", ROOT / "docs" / "cast.svg")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto((ROOT / "out" / "graph.html").as_uri())
        page.wait_for_selector("canvas")
        shot(page, "page")
        page.locator("[data-key='shown:opening']").click()
        page.locator("#docket .row-link", has_text="defied the court order").first.click()
        shot(page, "who-says-what")
        page.get_by_role("button", name="Figures", exact=True).click()
        shot(page, "figures")
        tell(page)
        shot(page, "story")
        browser.close()


if __name__ == "__main__":
    main()
