"""Make the pictures of the README: the demo page in a real Chromium, talking to the real service."""

import argparse
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from evaluation.service import run_service

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
MOST_BYTES = 200_000

CLAIM = "My neighbour says that stem cells cure MS. Is that true?"
ADVERT = """Our clinic cures MS with your own stem cells. There are no side effects and no risk at all.
95% of our patients walk again. Our treatment is approved. Maria threw away her wheelchair after a week.
We treat all kinds of MS, and autism as well. Book now: only 3 places left for $25,000!"""
CLINIC_CHECK = "Help me check an offer from a clinic"


def show_nothing(_page: Page) -> None:
    """Leave the chat as it opens."""


def show_verdict(page: Page) -> None:
    """Ask about a claim."""
    say(page, CLAIM)


def show_report(page: Page) -> None:
    """Paste an advert."""
    say(page, ADVERT)


def show_clinic_check(page: Page) -> None:
    """Begin the check of an offer and answer a question."""
    say(page, CLINIC_CHECK)
    say(page, "No")


@dataclass(frozen=True)
class Picture:
    """What a picture shows, and on which screen."""

    name: str
    show: Callable[[Page], None]
    width: int = 1280
    height: int = 800
    scheme: str = "light"
    touch: bool = False


ALL = (
    Picture("greeting", show_nothing),
    Picture("verdict", show_verdict),
    Picture("advert-report", show_report),
    Picture("clinic-check", show_clinic_check),
    Picture("dark", show_verdict, scheme="dark"),
    Picture("phone", show_verdict, width=360, height=740, touch=True),
)


def say(page: Page, text: str) -> None:
    """Send a message and wait for the reply."""
    replies = page.locator("article:not(.me)")
    before = replies.count()
    page.locator("form textarea").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    replies.nth(before).wait_for()
    page.locator(".typing").wait_for(state="hidden")


def take(browser: Browser, url: str, picture: Picture) -> Path:
    """Write a picture and return where. Raises ValueError when it is too large for a README."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,  # type: ignore[arg-type]
        has_touch=picture.touch,
        is_mobile=picture.touch,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page.goto(url)
    page.locator(".launcher").click()
    page.locator("article").first.wait_for()
    picture.show(page)
    page.mouse.move(0, 0)
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path)
    page.close()
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, more than {MOST_BYTES}")
    return path


def main() -> None:
    """Take all pictures, of a service of our own or of the one at --url."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a service that runs already")
    address = parser.parse_args().url
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not program:
        raise SystemExit("Chromium is needed (Debian: apt-get install chromium).")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with nullcontext(address) if address else run_service() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for picture in ALL:
            path = take(browser, url, picture)
            print(f"docs/pictures/{path.name}  {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
