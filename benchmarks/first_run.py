"""From a clone to a service that is ready, step by step: `python -m benchmarks.first_run`. Needs the network and 12 GB of disk.

What is downloaded is timed apart: once with an empty cache of packages, and once more with all of them in it, which is what the
machine itself has to do. The clone is of this repository as it is committed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.services import ROOT, running, service_environment

RESULT = ROOT / "benchmarks" / "results" / "first-run.md"
PYTHON = "STEMCHECK_PYTHON"  # the only setting that a first run may need
STEPS = ("clone", "install packages", "build encoder and archive", "start until ready")
Seconds = dict[str, float]


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only-cached", action="store_true", help="use the cache of packages as it is; time no download"
    )
    only_cached = parser.parse_args().only_cached
    with tempfile.TemporaryDirectory(dir=ROOT.parent) as folder:
        cache = {} if only_cached else {"UV_CACHE_DIR": f"{folder}/packages"}
        runs = {} if only_cached else {"nothing in the cache": first_run(Path(folder) / "empty", cache)}
        runs["all packages in the cache"] = first_run(Path(folder) / "full", cache)
    report = describe(runs)
    print(report)
    RESULT.write_text(report, encoding="utf-8")


def first_run(clone: Path, variables: Mapping[str, str]) -> Seconds:
    """Return the seconds that each step takes in a new clone, which is deleted afterwards. Raises CalledProcessError."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("STEMCHECK_") or name == PYTHON}
    environment = {**own, **variables}
    taken: Seconds = {}
    with timed(taken, "clone"):
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(clone)], check=True)
    with timed(taken, "install packages"):
        call([find_python(), "setup/environment.py"], clone, environment)
    with timed(taken, "build encoder and archive"):
        call([".venv/bin/stemcheck", "prepare"], clone, environment)
    own_service, url = service_environment(clone / "var")
    command = [str(clone / ".venv" / "bin" / "stemcheck"), "run"]
    with running(command, clone, {**environment, **own_service}, f"{url}/health/ready", url) as service:
        taken["start until ready"] = service.ready_seconds
    shutil.rmtree(clone)
    return taken


@contextmanager
def timed(taken: Seconds, step: str) -> Any:
    """Note the seconds that what is inside takes."""
    began = time.monotonic()
    yield
    taken[step] = time.monotonic() - began


def find_python() -> str:
    """Return the Python that a visitor of the README would start the set-up with."""
    return shutil.which("python3") or sys.executable


def call(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    """Run a command in a folder. Raises CalledProcessError."""
    subprocess.run(command, cwd=folder, env=dict(environment), check=True, stdout=subprocess.DEVNULL)


def describe(runs: Mapping[str, Seconds]) -> str:
    """Return the steps of each run as a page of Markdown; with two runs, the difference of the installations is the download."""
    names = list(runs)
    rows = [f"| {step} | " + " | ".join(f"{runs[name][step]:.0f}" for name in names) + " |" for step in STEPS]
    sums = "| **all** | " + " | ".join(f"{sum(runs[name].values()):.0f}" for name in names) + " |"
    lines = [
        "# From a clone to ready",
        "",
        f"`.venv/bin/python -m benchmarks.first_run`, {date.today()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f} at the end.",
        "",
        "| step, seconds | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
        *rows,
        sums,
        "",
    ]
    if len(names) > 1:
        first, second = (runs[name]["install packages"] for name in names)
        lines += [f"So the download of the packages took {max(0.0, first - second):.0f} s of it.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
