"""Let W3C's HTML checker read the demo page and the markup that the widget makes: it needs Java and npm, so it is no test.

The widget's markup is read out of a real Chromium, in each state, and put into a page of its own. Ends with status 1
when the checker finds anything.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.screenshots import ADVERT, BROWSERS, CLAIM, FLAGS, say, show_clinic_check
from benchmarks.services import ROOT, stemcheck
from benchmarks.widget_peers import unpack

DEMO = ROOT / "stemcheck" / "web" / "static" / "demo"
CHECKER = ("vnu-jar", "26.9.27", "build/dist/vnu.jar")
MARKUP = "() => { const one = document.querySelector('stem-check'); return one.shadowRoot.innerHTML + one.innerHTML; }"
PAGE = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head><body><h1>Host</h1>{}</body></html>'


def press(*names: str) -> Callable[[Page], None]:
    """Return a function that presses these buttons one after the other."""

    def go(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name, exact=True).last.click()
        page.wait_for_timeout(1000)

    return go


def fail(page: Page) -> None:
    """Send a message while the connection is down."""
    page.route("**/messages", lambda route: route.abort())
    page.locator("form textarea").fill(CLAIM)
    press("Send")(page)
    page.get_by_role("button", name="Send again", exact=True).wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    "greeting": lambda _page: None,
    "verdict": lambda page: say(page, CLAIM),
    "advert-report": lambda page: say(page, ADVERT),
    "clinic-check": show_clinic_check,
    "safety": lambda page: say(page, "I want to kill myself"),
    "your-data": press("About and your data"),
    "sure": press("Delete my conversation"),
    "deleted": press("Delete my conversation"),
    "failed": fail,
}


def save_states(url: str, program: str, folder: Path) -> list[Path]:
    """Walk one conversation through all states and write the markup of each; returns the files."""
    files = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(locale="en-GB")
        page.goto(url)
        page.locator(".launcher").click()
        page.locator("article").first.wait_for()
        for name, reach in STATES.items():
            reach(page)
            files.append(folder / f"{name}.html")
            files[-1].write_text(PAGE.format(name, page.evaluate(MARKUP)), "utf-8")
        browser.close()
    return files


def main() -> None:
    """Check the demo page, its pictures and every state of the widget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a service that runs already")
    arguments = parser.parse_args()
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not program or not shutil.which("java"):
        raise SystemExit("Chromium and Java are needed (Debian: apt-get install chromium default-jre-headless).")
    checker = ["java", "-jar", str(unpack(*CHECKER))]
    with (
        nullcontext(arguments.url) if arguments.url else stemcheck() as service,
        tempfile.TemporaryDirectory() as folder,
    ):
        files = save_states(arguments.url or service.url, program, Path(folder))
        print(f"{len(files)} states of the widget: {', '.join(file.stem for file in files)}")
        found = [
            subprocess.run([*checker, kind, *paths], check=False).returncode
            for kind, paths in (
                ("--html", [DEMO / "index.html", *files]),
                ("--css", [DEMO / "demo.css"]),
                ("--svg", sorted(DEMO.glob("*.svg"))),
            )
        ]
    print("The checker found something." if any(found) else "The checker found nothing.")
    sys.exit(1 if any(found) else 0)


if __name__ == "__main__":
    main()
