"""Say in one line what to do when no Chromium is there for the browser tests."""

import shutil
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

if __name__ == "__main__":
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        sys.exit(
            "StemCheck: the browser tests need Chromium. Install it (Debian: apt-get install chromium) and run make test again."
        )
